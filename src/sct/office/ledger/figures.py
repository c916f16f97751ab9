"""Between a row of the ledger and a `Figure` of the kit: exact, both ways."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime
from decimal import Context, Decimal
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

_WIDE = Context(prec=200)  # digits enough for any amount in đồng

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
    return "|".join((series.indicator, series.area, series.breakdown, period.canonical.code, transformation.value))


def exact(number: Fraction) -> str:
    """A number as canonical decimal text (`3060.7`, `-11.5`, `16700000000`); `a/b` where no decimal is finite."""
    below = number.denominator
    power = 0
    while below % 10 == 0:
        below, power = below // 10, power + 1
    twos = fives = 0
    while below % 2 == 0:
        below, twos = below // 2, twos + 1
    while below % 5 == 0:
        below, fives = below // 5, fives + 1
    if below != 1:
        return f"{number.numerator}/{number.denominator}"
    return printed(number, power + max(twos, fives))


def printed(number: Fraction, decimals: int) -> str:
    """A number with so many digits after the point, as it was printed: `3060.70`."""
    scaled = number * 10**decimals
    if scaled.denominator != 1:
        return exact(number)
    return f"{Decimal(scaled.numerator).scaleb(-decimals, context=_WIDE):.{decimals}f}"


def row_of(figure: Figure, **batch: Any) -> Observation:
    """The row that keeps a figure; `batch`, `who` and `entered` are told by the action that records it."""
    first, last = figure.period.months
    published = figure.published
    quantity, origin = figure.quantity, figure.origin
    row = Observation(
        indicator=figure.series.indicator,
        area=figure.series.area,
        breakdown=figure.series.breakdown,
        period=figure.written or figure.period.code,
        first_month=first,
        last_month=last,
        transformation=figure.transformation.value,
        cell=cell_key(*figure.cell),
        number=printed(quantity.number, quantity.decimals),
        unit=quantity.unit.code,
        decimals=quantity.decimals,
        value=exact(quantity.value),
        comparator=figure.comparator.value,
        bound=figure.bound,
        basis=figure.basis,
        stage=figure.stage.value,
        actual=figure.stage.is_actual,
        published="" if published is None else published.text,
        published_last=None if published is None else published.last,
        published_basis=origin.published_basis,
        doubtful="misprint" in figure.note,
        origin_kind=origin.kind,
        title=origin.title,
        url=origin.url,
        document=origin.document,
        file=origin.file,
        place=origin.place,
        origin_note=origin.note,
        note=figure.note,
        **batch,
    )
    row.content = content_of(row)
    return row


def content_of(row: Observation) -> str:
    """SHA-256 over the fields of `CONTENT`."""
    fields = [getattr(row, name) for name in CONTENT]
    return hashlib.sha256(json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


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
