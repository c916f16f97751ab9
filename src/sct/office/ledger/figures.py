"""Between a row of the ledger and a `Figure` of the kit: exact, both ways."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.utils import timezone

from sct.catalogue import load
from sct.catalogue.model import Comparator, Figure, Origin, PartialDate, SeriesKey, Stage, Transformation
from sct.office.ledger.models import Observation
from sct.vietnamese.periods import Period
from sct.vietnamese.quantities import Quantity, Unit

# The fields that make a figure what it is; who entered it and when do not.
CONTENT = (
    "cell",
    "number",
    "unit",
    "decimals",
    "value",
    "comparator",
    "bound",
    "basis",
    "stage",
    "published",
    "published_basis",
    "doubtful",
    "origin_kind",
    "title",
    "url",
    "document",
    "file",
    "place",
    "origin_note",
    "note",
)


def cell_key(series: SeriesKey, period: Period, transformation: Transformation) -> str:
    """`exports|01@1900-01-01||2020|yoy`: the cell as one text; its period under the canonical name."""
    return key_of(series.indicator, series.area, series.breakdown, _named(period)[3], transformation)


def key_of(indicator: str, area: str, breakdown: str, period: str, transformation: Transformation) -> str:
    """`cell_key` of the code of a canonical period."""
    return f"{indicator}|{area}|{breakdown}|{period}|{transformation.value}"


def exact(number: Fraction) -> str:
    """A number as canonical decimal text (`3060.7`, `-11.5`, `16700000000`); `a/b` where no decimal is finite."""
    above, below = number.numerator, number.denominator
    decimals = _digits_of(below)
    return f"{above}/{below}" if decimals < 0 else _pointed(above * (10**decimals // below), decimals)


@lru_cache(maxsize=4096)
def _digits_of(below: int) -> int:
    """How many digits after the point a fraction in lowest terms over `below` has; -1 where they never end."""
    twos = fives = 0
    while below % 2 == 0:
        below, twos = below // 2, twos + 1
    while below % 5 == 0:
        below, fives = below // 5, fives + 1
    return max(twos, fives) if below == 1 else -1


def printed(number: Fraction, decimals: int) -> str:
    """A number with so many digits after the point, as it was printed: `3060.70`."""
    whole, rest = divmod(number.numerator * 10**decimals, number.denominator)
    return exact(number) if rest else _pointed(whole, decimals)


def _pointed(digits: int, decimals: int) -> str:
    """306070 with two digits after the point: `3060.70`."""
    if not decimals:
        return str(digits)
    text = f"{abs(digits):0{decimals + 1}d}"
    return f"{'-' if digits < 0 else ''}{text[:-decimals]}.{text[-decimals:]}"


# The fields that a figure fills, in the order of `values_of`; who recorded it, when and in which batch stand before.
FILLED = (
    *("indicator", "area", "breakdown", "period", "first_month", "last_month", "transformation", "actual"),
    *("published_last", *CONTENT, "content"),
)
_CONTENT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))  # one for all


def values_of(figure: Figure) -> tuple[Any, ...]:
    """What the ledger keeps of a figure, in the order of `FILLED`."""
    series, quantity, origin, published = figure.series, figure.quantity, figure.origin, figure.published
    _period, code, months, canonical = _named(figure.period)
    told, kept = "" if published is None else published.text, figure.transformation
    content = (
        key_of(series.indicator, series.area, series.breakdown, canonical, kept),
        printed(quantity.number, quantity.decimals),
        quantity.unit.code,
        quantity.decimals,
        exact(quantity.value),
        figure.comparator.value,
        figure.bound,
        figure.basis,
        figure.stage.value,
        told,
        origin.published_basis,
        "misprint" in figure.note,
        origin.kind,
        origin.title,
        origin.url,
        origin.document,
        origin.file,
        origin.place,
        origin.note,
        figure.note,
    )
    digest = hashlib.sha256(_CONTENT.encode(content).encode()).hexdigest()
    named = (series.indicator, series.area, series.breakdown, figure.written or code)
    last = _last(told) if told else None
    return (*named, *months, kept.value, figure.stage.is_actual, last, *content, digest)


_Named = tuple[Period, str, tuple[int, int], str]
_NAMES: dict[int, _Named] = {}  # by the identity of a period, which many figures share and whose hash takes long


def _named(period: Period) -> _Named:
    """A period with its code, months and canonical code."""
    found = _NAMES.get(id(period))
    if found is None or found[0] is not period:
        if len(_NAMES) > 4096:
            _NAMES.clear()
        found = _NAMES[id(period)] = period, period.code, period.months, period.canonical.code
    return found


@lru_cache(maxsize=4096)
def _last(published: str) -> date:
    return PartialDate(published).last


def content_of(row: Observation) -> str:
    """SHA-256 over the fields of `CONTENT`."""
    return hashlib.sha256(_CONTENT.encode([getattr(row, name) for name in CONTENT]).encode()).hexdigest()


# The columns that `figure_of` reads: a page of figures needs no whole model instances.
COLUMNS = (
    "id",
    "indicator",
    "area",
    "breakdown",
    "period",
    "transformation",
    "number",
    "unit",
    "decimals",
    "comparator",
    "bound",
    "basis",
    "stage",
    "published",
    "published_basis",
    "entered",
    "origin_kind",
    "title",
    "url",
    "document",
    "file",
    "place",
    "origin_note",
    "note",
)


Row = tuple[Any, ...]  # what `COLUMNS` hold of one observation


def rows_read(rows: models.QuerySet[Observation]) -> list[Row]:
    """The columns of many rows, in their order; past the ORM's converters, which cost more than the reading."""
    try:
        query, parameters = rows.values_list(*COLUMNS).query.sql_with_params()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        found: list[Row] = cursor.fetchall()
        return found


def figures_of(rows: models.QuerySet[Observation]) -> list[Figure]:
    """The figures of many rows, in their order."""
    return [figure_read(*row) for row in rows_read(rows)]


def figure_of(row: Observation) -> Figure:
    """The figure that a row keeps."""
    return figure_read(*(getattr(row, name) for name in COLUMNS))


def cell_read(row: Row) -> Row:
    """What rows of one cell share: series, canonical period, transformation."""
    return (*row[1:4], _period(row[4]).canonical, row[5])


@lru_cache(maxsize=16_384)  # of the row's content alone, so never stale: visits ask for the same figures
def figure_read(  # noqa: PLR0917
    pk: int,
    indicator: str,
    area: str,
    breakdown: str,
    period: str,
    transformation: str,
    number: str,
    unit: str,
    decimals: int,
    comparator: str,
    bound: str,
    basis: str,
    stage: str,
    published: str,
    published_basis: str,
    entered: datetime | str,
    origin_kind: str,
    title: str,
    url: str,
    document: str,
    file: str,
    place: str,
    origin_note: str,
    note: str,
) -> Figure:
    """The figure of one row of `COLUMNS`."""
    named = _period(period)
    return Figure(
        series=_series(indicator, area, breakdown),
        period=named.canonical,
        transformation=Transformation(transformation),
        quantity=Quantity(_number(number), _unit(unit), decimals),
        stage=Stage(stage),
        origin=_origin(origin_kind, title, url, document, file, place, _date(published), published_basis, origin_note),
        comparator=Comparator(comparator),
        bound=bound,
        basis=basis,
        published=_date(published),
        entered=_day(entered),
        id=pk,
        note=note,
        written="" if named.canonical == named else period,
    )


_series = lru_cache(maxsize=16_384)(SeriesKey)
_origin = lru_cache(maxsize=4096)(Origin)  # many figures come from one page of one source


def _number(text: str) -> Fraction:
    """A canonical decimal text exactly; quicker than `Fraction` itself reads it."""
    if "/" in text:
        return Fraction(text)
    whole, _point, part = text.partition(".")
    return Fraction(int(whole + part), 10 ** len(part))


@lru_cache(maxsize=4096)
def _day(entered: datetime | str) -> date:
    """The day in Vietnam; all rows of a batch share one moment. SQLite tells moments without their zone, UTC."""
    if isinstance(entered, str):
        entered = datetime.fromisoformat(entered)
    if entered.tzinfo is None:
        entered = entered.replace(tzinfo=UTC)
    return timezone.localtime(entered, timezone.get_default_timezone()).date()


@cache
def _date(text: str) -> PartialDate | None:
    return PartialDate(text) if text else None


@cache
def _period(code: str) -> Period:
    return Period.parse(code)


@cache
def _unit(code: str) -> Unit:
    return load().unit(code)
