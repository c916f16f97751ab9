"""Finding the operands of a declared relation: from the claim's key to the keys of its operands, one look-up each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

from sct.catalogue.model import Partition, SeriesKey, Stage, Transformation
from sct.errors import UserError
from sct.proofing.keys import Key, same_months
from sct.proofing.relation import Relation, Wanted
from sct.proofing.texts import Desk, Text
from sct.proofing.told import Told
from sct.vietnamese.periods import Period, PeriodKind

_MOST = 12  # ways to choose among mentions of the operands
Bound = Mapping[str, tuple[Told, ...]]  # operands by name; one figure, or the several of a whole
_TRANSFORMATIONS = {
    "level": Transformation.LEVEL,
    "share_pct": Transformation.SHARE,
    "contribution_pp": Transformation.CONTRIBUTION,
    "plan_pct": Transformation.PROGRESS,
    "growth_pct": Transformation.YOY,
}
_COMPARED = ("growth_pct", "change_abs", "multiple", "index")  # measures that have a base period


def bindings(relation: Relation, text: Text, key: Key, desk: Desk) -> Iterator[Bound]:
    """Every way to bind the operands of a relation to figures; none where one is missing."""
    for frame in _frames(relation, key, desk):
        choices: list[Sequence[tuple[Told, ...]]] = []
        for wanted in relation.operands.values():
            found = _operand(wanted, text, key, frame, desk)
            if not found:
                break
            choices.append(found)
        else:
            for at, chosen in enumerate(product(*choices)):
                if at == _MOST:
                    break
                yield dict(zip(relation.operands, chosen, strict=True))


def _frames(relation: Relation, key: Key, desk: Desk) -> Sequence[tuple[tuple[str, str], ...]]:
    """What the operands are chosen from: the parts of each declared partition, each sibling, or nothing."""
    match relation.frame:
        case "parts":
            additive = "sum(" in relation.formula.text
            return [p.parts for p in partitions(key, desk) if p.additive or not additive]
        case "sibling":
            return [(sibling,) for sibling in siblings(key, desk)]
        case _:
            return [()]


def partitions(key: Key, desk: Desk) -> list[Partition]:
    """The complete divisions of a series into parts that the catalogue declares."""
    known = desk.catalogue.indicators.get(key.indicator) if desk.catalogue else None
    return [p for p in known.partitions if p.whole == (key.indicator, key.breakdown)] if known else []


def siblings(key: Key, desk: Desk) -> list[tuple[str, str]]:
    """The other parts of the same whole, later in its list (each pair is met once)."""
    whole = whole_of(key, desk)
    if whole is None:
        return []
    found: list[tuple[str, str]] = []
    for partition in partitions(key.of(indicator=whole[0], breakdown=whole[1]), desk):
        parts = list(partition.parts)
        if (key.indicator, key.breakdown) in parts:
            found += parts[parts.index((key.indicator, key.breakdown)) + 1 :]
    return found


def whole_of(key: Key, desk: Desk) -> tuple[str, str] | None:
    """The series that a series is a part of: without its breakdown, or its parent."""
    if key.is_local or desk.catalogue is None:
        return None
    if key.breakdown:
        return key.indicator, ""
    known = desk.catalogue.indicators.get(key.indicator)
    return (known.parent, "") if known and known.parent else None


def _operand(
    wanted: Wanted, text: Text, key: Key, frame: tuple[tuple[str, str], ...], desk: Desk
) -> Sequence[tuple[Told, ...]]:
    periods = _periods(wanted.period, key.period, key.baseline)
    if not periods:
        return []
    pairs = [(one, period) for one in _series(wanted, key, frame, desk) for period in periods]
    if not wanted.is_many:
        one = _key(wanted, key, *pairs[0]) if pairs else key
        return [] if one == key else [(told,) for told in _mentions(wanted, text, one, desk)]
    members = []
    for series, period in pairs:  # a whole of which one part is missing is given up there
        one = _key(wanted, key, series, period)
        mentions = _mentions(wanted, text, one, desk) if one != key else []
        if not mentions:
            return []
        members.append(mentions[0] if len(mentions) == 1 else min(mentions, key=lambda told: told.readings().ulp))
    return [tuple(members)] if members else []


def _series(wanted: Wanted, key: Key, frame: tuple[tuple[str, str], ...], desk: Desk) -> Sequence[tuple[str, str]]:
    match wanted.of:
        case "same":
            return [(key.indicator, key.breakdown)]
        case "whole":
            whole = whole_of(key, desk)
            return [whole] if whole else []
        case "parts" | "sibling":
            return frame
        case code:
            return [] if key.is_local else [(code, "")]


def _key(wanted: Wanted, key: Key, series: tuple[str, str], period: str) -> Key:
    status = key.status if wanted.status == "same" else wanted.status
    scope = key.scope if wanted.scope == "same" else wanted.scope
    baseline = ""
    if wanted.measure in _COMPARED:
        same = wanted.period == "same" and key.baseline
        baseline = key.baseline if same else _year_before(period)
    return Key(series[0], series[1], key.area, period, wanted.measure, baseline, status, scope)


def _mentions(wanted: Wanted, text: Text, key: Key, desk: Desk) -> list[Told]:
    """The figures of a key: those of the text itself, else those of the place that is asked for."""
    if wanted.where != "ledger":
        found = [Told(text, s) for s in text.mentions(key)]
        if not found and key.measure == "change_abs":
            found = [Told(text, s) for s in text.mentions(key.of(baseline=""))]
        if wanted.where == "others":
            found = []
        if not found and wanted.where in ("texts", "others") and not key.is_local:
            found = [Told(t, s) for t in desk.texts if t is not text for s in t.sure(key)]
        return found
    if key.is_local or key.scope:
        return []
    transformation = _TRANSFORMATIONS.get(key.measure)
    if transformation is None:
        return []
    kept = desk.cell(SeriesKey(key.indicator, key.area, key.breakdown), key.period, transformation)
    plan = key.status == "plan"
    return [
        Told(figure=f) for f in kept if (f.stage is Stage.PLAN) == plan and not f.bound and f.stage.is_actual != plan
    ]


@cache
def _year_before(code: str) -> str:
    try:
        return same_months(Period.parse(code).year_before.code)
    except UserError:
        return ""


@cache
def _periods(wanted: str, code: str, baseline: str) -> tuple[str, ...]:
    """The periods that a word of `Wanted.period` means for a claim; () where it means none."""
    if wanted == "same":
        return (code,)
    if wanted == "baseline":
        return (baseline,) if baseline else ()
    try:
        period = Period.parse(code)
    except UserError:
        return ()
    if period.kind is PeriodKind.SPAN:
        return _of_span(wanted, period)
    return tuple(same_months(one) for one in _of_period(wanted, period))


def _of_span(wanted: str, span: Period) -> tuple[str, ...]:
    years = range(span.year, span.number + 1)
    match wanted:
        case "before":
            return (f"{span.year - 1:04d}",)
        case "first":
            return (f"{span.year:04d}",)
        case "last":
            return (f"{span.number:04d}",)
        case "years":
            return tuple(f"{year:04d}" for year in years)
        case _:
            return ()


def _of_period(wanted: str, period: Period) -> tuple[str, ...]:
    first, last = period.months
    span = Months(first, last - first + 1)
    find = _NEIGHBOURS.get(wanted)
    return find(period, span) if find else ()


@dataclass(frozen=True, slots=True)
class Months:
    """A stretch of months: its first one (counted from year 0) and how many."""

    first: int
    count: int

    @property
    def starts_year(self) -> bool:
        return self.first % 12 == 0

    @property
    def is_quarters(self) -> bool:
        """More than one whole quarter."""
        return self.count > 3 and self.count % 3 == 0 and self.first % 3 == 0

    @property
    def each(self) -> range:
        return range(self.first, self.first + self.count)


def _previous(period: Period, months: Months) -> tuple[str, ...]:
    """The same cumulation one month earlier; else the period before of the same kind."""
    if months.starts_year and months.count > 1:
        return (Period.through(period.year, months.count - 1).code,)
    return (period.previous.code,)


def _next(period: Period, months: Months) -> tuple[str, ...]:
    """The cumulation one month on."""
    return (Period.through(period.year, months.count + 1).code,) if months.starts_year and months.count < 12 else ()


def _next_month(period: Period, months: Months) -> tuple[str, ...]:
    return (Period.of_month(period.year, months.count + 1).code,) if months.starts_year and months.count < 12 else ()


def _month_before(period: Period, months: Months) -> tuple[str, ...]:
    return (Period.of_month(period.year, months.count - 1).code,) if months.starts_year and months.count > 1 else ()


def _last_month(period: Period, months: Months) -> tuple[str, ...]:
    return (Period.of_month(period.year, months.count).code,) if months.starts_year and months.count > 1 else ()


def _each_month(period: Period, months: Months) -> tuple[str, ...]:
    return tuple(Period.of_month(m // 12, m % 12 + 1).code for m in months.each) if months.count > 1 else ()


def _each_quarter(period: Period, months: Months) -> tuple[str, ...]:
    if not months.is_quarters:
        return ()
    return tuple(Period.of_quarter(m // 12, m % 12 // 3 + 1).code for m in months.each[::3])


def _last_quarter(period: Period, months: Months) -> tuple[str, ...]:
    fits = months.starts_year and months.is_quarters
    return (Period.of_quarter(period.year, months.count // 3).code,) if fits else ()


def _quarter_before(period: Period, months: Months) -> tuple[str, ...]:
    fits = months.starts_year and months.is_quarters
    return (Period.through(period.year, months.count - 3).code,) if fits else ()


def _halves(period: Period, months: Months) -> tuple[str, ...]:
    if not (months.starts_year and months.count == 12):
        return ()
    return (Period.of_half(period.year, 1).code, Period.of_half(period.year, 2).code)


_NEIGHBOURS: Mapping[str, Callable[[Period, Months], tuple[str, ...]]] = {
    "year_before": lambda period, _months: (period.year_before.code,),
    "year": lambda period, _months: (Period.of_year(period.year).code,),
    "previous": _previous,
    "next": _next,
    "next_month": _next_month,
    "month_before": _month_before,
    "last_month": _last_month,
    "months": _each_month,
    "quarters": _each_quarter,
    "last_quarter": _last_quarter,
    "quarter_before": _quarter_before,
    "halves": _halves,
}
