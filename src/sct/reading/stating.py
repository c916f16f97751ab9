"""A figure with all its fields becomes a statement: value, unit, quote, indicator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache

from sct.catalogue import Catalogue
from sct.catalogue.model import Indicator, Kind
from sct.catalogue.statement import Segment, Statement
from sct.errors import UserError
from sct.reading.clauses import Item, Span
from sct.reading.indicators import Names
from sct.reading.measures import Measure
from sct.reading.page import Page
from sct.vietnamese import units
from sct.vietnamese.amounts import Amount
from sct.vietnamese.periods import Period
from sct.vietnamese.quantities import Quantity


@dataclass(frozen=True, slots=True)
class Found:
    """What the rules found out about a figure."""

    item: Item
    measure: Measure
    subject: str
    status: str
    period: Period | None
    baseline: Period | None
    area: str | None
    whole: str = ""  # the indicator spoken of before, of which this may be a part
    average: bool = False  # "bình quân" leads to the figure
    written: Period | None = None  # the month of writing


def statement(page: Page, where: tuple[Segment, Span], found: Found, names: Names, catalogue: Catalogue) -> Statement:
    """The statement of a figure in a segment and sentence; its span is exact in the document's own text."""
    segment, sentence = where
    amount, measure = found.item.amount, found.measure
    start, end = page.span(amount.start, amount.end)
    low = _signed(amount.low, measure)
    high = None if amount.high is None else _signed(amount.high, measure)
    if high is not None and high < low:
        low, high = high, low
    indicator, breakdown, area_key, unmatched, by_name = _tie(found, names, catalogue)
    return Statement(
        quote=page.document.text[start:end],
        start=start,
        end=end,
        subject=found.subject,
        measure=measure.name,
        value=low if high is None else None,
        low=None if high is None else low,
        high=high,
        unit=measure.unit or _unit_name(amount),
        comparator="range" if high is not None else amount.comparator,
        period=None if found.period is None else found.period.code,
        baseline=None if found.baseline is None else found.baseline.code,
        status=found.status,
        area=found.area,
        quantity=Quantity(amount.low.number, amount.low.unit, amount.low.decimals),
        sentence=page.span(*sentence),
        place=segment.place,
        indicator=indicator,
        breakdown=breakdown,
        area_key=area_key,
        unmatched=unmatched,
        rules=(*found.item.rules, by_name),
    )


def _unit_name(amount: Amount) -> str:
    """The dimension, with the denominator printed ("kWh/ngày"); only "/năm" is left out (GUIDE §2, unit)."""
    dimension = amount.low.unit.dimension
    if not amount.per or "/" in dimension or dimension == "percent" or amount.per == "năm":
        return dimension
    return f"{dimension}/{amount.per}"


def _signed(quantity: Quantity, measure: Measure) -> Fraction:
    value = quantity.value
    if measure.sign < 0 and value > 0:
        value = -value
    return value + measure.offset


def _tie(found: Found, names: Names, catalogue: Catalogue) -> tuple[str, str, str, str, str]:
    """(indicator, breakdown, area key, why not, rule): what the figure would be in the ledger."""
    series = names.averaged(found.subject) if found.average else None
    rule = "indicator-average" if series else "indicator-named"
    series = series or names.match(found.subject, found.whole, _day(found))
    key = _area_key(found, catalogue)
    if series is None:
        return "", "", key, "no-indicator", "no-indicator"
    if not _fits(found, catalogue.indicators[series[0]]):
        return "", "", key, "unit-differs", "unit-differs"
    reason = "" if key else "no-area"
    if found.period is None:
        reason = "no-period"
    return series[0], series[1], key, reason, "indicator-part" if series[1] else rule


def _day(found: Found) -> date | None:
    """A day of the figure's period, else of writing: names change their meaning in time."""
    period = found.period or found.written
    return None if period is None else period.days()[1]


def _fits(found: Found, indicator: Indicator) -> bool:
    """Whether the unit can be that of the indicator: 171 tỷ đồng of mining is no index of production."""
    if found.measure.name not in {"level", "change_abs"}:
        return True
    own, wanted = indicator.unit, found.item.amount.low.unit
    if own.dimension in {"percent", "index"} or indicator.kind is Kind.INDEX:
        return wanted.dimension in {"percent", "percentage_point"}
    if own.counted or units.is_count(own):
        return units.is_count(wanted) or wanted.dimension == "count"
    return own.dimension.partition("/")[0] == wanted.dimension.partition("/")[0]


def _area_key(found: Found, catalogue: Catalogue) -> str:
    if found.area is None or "," in found.area:
        return ""
    return _key_on(catalogue, found.area, found.period.days()[1] if found.period is not None else None)


@lru_cache(maxsize=8192)
def _key_on(catalogue: Catalogue, name: str, on: date | None) -> str:
    try:
        return catalogue.area_named(name, on).key
    except UserError:
        return ""
