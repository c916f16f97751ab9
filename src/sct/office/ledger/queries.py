"""Views of the ledger, each already narrowed to what the person may see.

Current: of the actual values of a cell (no plan, no forecast), the one published last; then the one whose date is
known more precisely; then the one entered later. A value that its own source misprints is current only where nothing
else stands. As of a day: the same question among the values published, and entered, by then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from fractions import Fraction
from functools import lru_cache
from itertools import groupby
from typing import Any

from django.core.cache import cache
from django.db import models
from django.db.models import F, Q, Window
from django.db.models.functions import Length, RowNumber
from django.utils import timezone

from sct.catalogue.model import Figure, SeriesKey, Stage, Transformation
from sct.office.ledger.disagreement import Conflict, disagree
from sct.office.ledger.figures import Row, cell_key, cell_read, figure_of, figure_read, figures_of, rows_read
from sct.office.ledger.models import Batch, ContestedCell, Observation, Withdrawal
from sct.office.people import audit
from sct.office.people.errors import NotVisibleError
from sct.office.people.queries import Someone, granted, narrowed
from sct.vietnamese.periods import Period
from sct.words import _

Rows = models.QuerySet[Observation]
Cell = tuple[SeriesKey, Period, Transformation]


@dataclass(frozen=True, slots=True)
class AsOf:
    """What was known: published by a day, and entered by a moment (a whole day counts to its end)."""

    published: date | None = None
    entered: datetime | date | None = None

    @property
    def moment(self) -> datetime | None:
        """`entered` as the moment up to which rows count."""
        if self.entered is None or isinstance(self.entered, datetime):
            return self.entered
        return timezone.make_aware(datetime.combine(self.entered, time.max))


NOW = AsOf()

# The order of the ledger: what stands first in a cell is its current value.
_NEWEST = (
    F("doubtful").asc(),
    F("published_last").desc(nulls_last=True),
    Length("published").desc(),
    F("entered").desc(),
    F("id").desc(),
)
_HISTORY = ("published_last", "entered", "id")


def _known(person: Someone, as_of: AsOf = NOW) -> Rows:
    """Observations the person may see that stood at that time: published, entered and not yet withdrawn."""
    rows = narrowed(person, Observation.objects.all())
    moment = as_of.moment
    if moment is None:
        rows = rows.filter(withdrawal__isnull=True)
    else:
        rows = rows.filter(Q(withdrawal__isnull=True) | Q(withdrawal__at__gt=moment), entered__lte=moment)
    if as_of.published is not None:
        rows = rows.filter(published_last__lte=as_of.published)
    return rows


def _chosen(
    rows: models.QuerySet[Any], indicators: Iterable[str] | None, areas: Iterable[str] | None
) -> models.QuerySet[Any]:
    if indicators is not None:
        rows = rows.filter(indicator__in=list(indicators))
    if areas is not None:
        rows = rows.filter(area__in=list(areas))
    return rows


def current(
    person: Someone,
    *,
    indicators: Iterable[str] | None = None,
    areas: Iterable[str] | None = None,
    as_of: AsOf = NOW,
) -> list[Figure]:
    """The current value of each cell, by indicator, area, breakdown and period. One query."""
    rows = _chosen(_known(person, as_of), indicators, areas).filter(actual=True, bound="")
    ranked = rows.annotate(rank=Window(RowNumber(), partition_by=[F("cell")], order_by=list(_NEWEST)))
    return figures_of(ranked.filter(rank=1).order_by(*_BY_SERIES))


_BY_SERIES = ("indicator", "area", "breakdown", "transformation", "first_month", "last_month", "id")


def plans(
    person: Someone,
    *,
    indicators: Iterable[str] | None = None,
    areas: Iterable[str] | None = None,
    as_of: AsOf = NOW,
) -> list[Figure]:
    """All targets that hold, newest first in a cell: several givers may each set one, and a range is two (`bound`)."""
    rows = _chosen(_known(person, as_of), indicators, areas).filter(stage=Stage.PLAN.value)
    return figures_of(rows.order_by("indicator", "area", "first_month", "cell", *_NEWEST))


def told(
    person: Someone,
    *,
    indicators: Iterable[str] | None = None,
    areas: Iterable[str] | None = None,
    periods: Iterable[str] | None = None,
    as_of: AsOf = NOW,
) -> list[Figure]:
    """Everything said, results and targets, oldest publication first within a cell: what a report is written from."""
    rows = _chosen(_known(person, as_of), indicators, areas)
    if periods is not None:
        rows = rows.filter(period__in=list(periods))
    return figures_of(rows.order_by("indicator", "area", "first_month", "last_month", "cell", *_HISTORY))


def vintages(
    person: Someone,
    series: SeriesKey,
    period: Period | None = None,
    transformation: Transformation | None = None,
    as_of: AsOf = NOW,
) -> list[Figure]:
    """Everything said of a series, of one period or one cell of it: oldest publication first within a cell."""
    rows = _known(person, as_of)
    if period is not None and transformation is not None:
        rows = rows.filter(cell=cell_key(series, period, transformation))
    else:
        rows = rows.filter(indicator=series.indicator, area=series.area, breakdown=series.breakdown)
        if period is not None:
            first, last = period.months
            rows = rows.filter(first_month=first, last_month=last)
        if transformation is not None:
            rows = rows.filter(transformation=transformation.value)
    return figures_of(rows.order_by("first_month", "last_month", "cell", *_HISTORY))


def standing(told: Iterable[Figure]) -> dict[Cell, Figure]:
    """The current value of each cell among figures already read, by the order of the ledger (`_NEWEST`)."""
    found: dict[Cell, Figure] = {}
    for figure in told:
        if figure.stage.is_actual and not figure.bound:
            before = found.get(figure.cell)
            if before is None or _age(before) < _age(figure):
                found[figure.cell] = figure
    return found


def _age(figure: Figure) -> tuple[bool, date, int, int]:
    published = figure.published
    when = (published.last, len(published.text)) if published else (date.min, 0)
    return "misprint" not in figure.note, *when, figure.id


@dataclass(frozen=True, slots=True)
class Revision:
    """One step in the history of a cell. `change` is against the value before, in the base unit; None for the first.

    `relative` is the same in % of the value before; None where that is 0 or where the unit is % itself (say points).
    """

    figure: Figure
    change: Fraction | None = None
    relative: Fraction | None = None


def revisions(person: Someone, series: SeriesKey, period: Period, transformation: Transformation) -> list[Revision]:
    """How the actual value of one cell moved from publication to publication; repetitions are left out."""
    told = [f for f in vintages(person, series, period, transformation) if f.stage.is_actual and not f.bound]
    result: list[Revision] = []
    for figure in told:
        if not result:
            result.append(Revision(figure))
            continue
        before = result[-1].figure.quantity
        if figure.quantity.value == before.value:
            continue
        change = figure.quantity.value - before.value
        percent = before.unit.dimension == "percent"
        relative = None if percent or before.value == 0 else change / abs(before.value) * 100
        result.append(Revision(figure, change, relative))
    return result


def conflicts(
    person: Someone,
    *,
    indicators: Iterable[str] | None = None,
    areas: Iterable[str] | None = None,
    as_of: AsOf = NOW,
    limit: int | None = None,
) -> list[Conflict]:
    """Cells whose published values disagree beyond rounding (`disagreement.disagree`). Two queries at most.

    Without `limit` by indicator and period; with it, the cells contested most recently.
    """
    contested = _chosen(narrowed(person, ContestedCell.objects.all()), indicators, areas)
    found: list[Conflict] = []
    if limit is None:
        return list(_in_cells(person, contested.values("cell"), as_of))
    recent_first = contested.order_by("-id").values_list("cell", flat=True)
    start, step = 0, max(2 * limit, 20)
    while len(found) < limit:
        cells = list(recent_first[start : start + step])
        if not cells:
            break
        order = {cell: n for n, cell in enumerate(cells)}
        more = _in_cells(person, cells, as_of)
        found += sorted(more, key=lambda conflict: order[cell_key(*conflict.cell)])
        start += step
    return found[:limit]


def _in_cells(person: Someone, cells: Any, as_of: AsOf) -> Iterator[Conflict]:
    rows = _known(person, as_of).filter(cell__in=cells).order_by("indicator", "area", "first_month", "cell", *_HISTORY)
    for _cell, group in groupby(rows_read(rows), key=cell_read):
        conflict = _conflict(tuple(group))
        if conflict is not None:
            yield conflict


@lru_cache(maxsize=8192)  # of what the rows say alone, so never stale
def _conflict(rows: tuple[Row, ...]) -> Conflict | None:
    return disagree([figure_read(*row) for row in rows])


def figure(person: Someone, observation: int) -> Figure:
    """One figure by its number, withdrawn or not; raises `NotVisibleError` (404)."""
    row = narrowed(person, Observation.objects.filter(pk=observation)).first()
    if row is None:
        raise NotVisibleError("not-found", _("Không có số liệu này"), value=observation)
    return figure_of(row)


def figures(person: Someone, observations: Sequence[int]) -> list[Figure]:
    """Figures by their numbers, those the person may see, in the order asked."""
    rows = narrowed(person, Observation.objects.filter(pk__in=list(observations)))
    found = {figure.id: figure for figure in figures_of(rows)}
    return [found[number] for number in observations if number in found]


@dataclass(frozen=True, slots=True)
class Entry:
    """Who put a figure in, when and how; and who took it out, if somebody did."""

    batch: int
    kind: str
    name: str
    who: str
    at: datetime
    withdrawn_by: str = ""
    withdrawn_at: datetime | None = None
    why: str = ""


def entry(person: Someone, observation: int) -> Entry:
    """The record of how a figure came in; raises `NotVisibleError` (404)."""
    rows = Observation.objects.filter(pk=observation).select_related("batch", "who", "withdrawal__who")
    row = narrowed(person, rows).first()
    if row is None:
        raise NotVisibleError("not-found", _("Không có số liệu này"), value=observation)
    told = Entry(row.batch_id, row.batch.kind, row.batch.name, str(row.who), row.entered)
    taken: Withdrawal | None = getattr(row, "withdrawal", None)
    if taken is None:
        return told
    return replace(told, withdrawn_by=str(taken.who), withdrawn_at=taken.at, why=taken.why)


def recent(person: Someone, limit: int = 20, as_of: AsOf = NOW) -> list[Figure]:
    """What came into the ledger last."""
    return figures_of(_known(person, as_of).order_by("-id")[:limit])


def batches(person: Someone, limit: int = 20) -> list[Batch]:
    """The newest batches with at least one figure the person may see."""
    visible = narrowed(person, Observation.objects.filter(batch=models.OuterRef("pk")))
    return list(Batch.objects.filter(models.Exists(visible)).select_related("who").order_by("-id")[:limit])


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the ledger holds for a person."""

    figures: int
    series: int
    indicators: int
    sources: int
    contested: int


def counts(person: Someone) -> Counts:
    """Figures that stand, their series, indicators and distinct sources; counted once for each state of the ledger."""
    areas = granted(person)
    key = audit.digest_of([audit.last_hash(), None if areas is None else sorted(areas)])
    known: Counts | None = cache.get(key)
    if known is None:
        known = _count(person)
        cache.set(key, known)
    return known


def _count(person: Someone) -> Counts:
    total = _known(person).aggregate(
        figures=models.Count("id"),
        indicators=models.Count("indicator", distinct=True),
        sources=models.Count("url", distinct=True, filter=~Q(url="")),
    )
    series = _known(person).values("indicator", "area", "breakdown").distinct().count()
    contested = narrowed(person, ContestedCell.objects.all()).count()
    return Counts(series=series, contested=contested, **total)


def is_empty() -> bool:
    """Whether nothing was ever recorded."""
    return not Observation.objects.exists()
