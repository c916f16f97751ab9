"""One series with all that was said of it: by period, reported beside computed, as known then and now, in conflict."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, partial

from sct.catalogue.model import Area, Figure, SeriesKey, Stage, Transformation
from sct.engine import Computed
from sct.office.coordination.tallies import Reckoned
from sct.office.ledger import queries
from sct.office.ledger.disagreement import Conflict, disagree, interval
from sct.office.ledger.queries import NOW, AsOf
from sct.office.people.queries import Someone
from sct.proofing.intervals import Interval
from sct.reporting.known import Value
from sct.vietnamese.periods import Period, PeriodKind

At = tuple[Period, Transformation]

# How the periods of a series are told apart on the screen, in this order.
FREQUENCIES: dict[str, tuple[PeriodKind, ...]] = {
    "nam": (PeriodKind.YEAR, PeriodKind.SPAN),
    "quy": (PeriodKind.QUARTER,),
    "luyke": (PeriodKind.CUMULATIVE, PeriodKind.HALF),
    "thang": (PeriodKind.MONTH,),
}


class Cell:
    """One transformation of one period: the current value, the computed one beside it, all that was said.

    What the engine computes is worked out when it is first looked at: a page shows few of its cells.
    """

    def __init__(
        self,
        shown: Figure | None,
        work: Callable[[], Computed | None],
        *,
        now: Figure | None = None,
        told: tuple[Figure, ...] = (),
        unfit: Callable[[Figure], bool] | None = None,
    ) -> None:
        self.shown = shown
        self.now = now  # the value of today where it differs from `shown`, when looking back
        self.told = told
        self.conflict = disagree(told)
        self._work = work
        self._unfit = unfit

    @property
    def figure(self) -> Figure | None:
        """What stands in the table: the published value, else the computed one."""
        return self.shown or self.computed

    @cached_property
    def worked(self) -> Computed | None:
        return self._work()

    @property
    def computed(self) -> Figure | None:
        return self.worked.figure if self.worked else None

    @property
    def is_counted(self) -> bool:
        """Whether what stands in the table was counted from a register."""
        return self.shown is None and self.computed is not None and self.computed.origin.kind == "register"

    @cached_property
    def agrees(self) -> bool | None:
        """Whether the published value and the computed one can be the same number; None without both."""
        theirs = self.worked.interval() if self.shown is not None and self.worked else None
        if self.shown is None or theirs is None:
            return None
        return interval(self.shown).meets(Interval(*theirs))

    @cached_property
    def unfit(self) -> bool:
        """Whether what differs is a count of a register too incomplete to say anything."""
        counted = self.computed is not None and self.computed.origin.kind == "register"
        return bool(counted and self.shown and self._unfit and self.agrees is False and self._unfit(self.shown))


@dataclass(frozen=True, slots=True)
class Line:
    period: Period
    cells: dict[Transformation, Cell] = field(hash=False)

    @property
    def newest(self) -> Figure | None:
        """The figure published last among the values shown."""
        shown = [cell.shown for cell in self.cells.values() if cell.shown and cell.shown.published]
        return max(shown, key=lambda f: f.published.last if f.published else f.entered, default=None)  # type: ignore[return-value,arg-type]


@dataclass(frozen=True, slots=True)
class SeriesPage:
    """Lines by period, oldest first; conflicts, worst first; targets."""

    key: SeriesKey
    lines: tuple[Line, ...]
    conflicts: tuple[Conflict, ...]
    plans: tuple[Value, ...]

    def frequency(self, name: str) -> list[Line]:
        """The lines of one frequency; running sums include those that have another name, the quarter and the year."""
        kinds = FREQUENCIES[name]
        runs = name == "luyke" and any(line.period.kind is PeriodKind.CUMULATIVE for line in self.lines)
        return [line for line in self.lines if line.period.kind in kinds or (runs and _runs(line.period))]

    @property
    def frequencies(self) -> list[str]:
        """The frequencies that have lines."""
        return [name for name in FREQUENCIES if self.frequency(name)]


def series_page(person: Someone, area: Area, key: SeriesKey, as_of: AsOf) -> SeriesPage:
    """Everything about a series: one query, two when looking back, beside the computed values."""
    told: dict[At, list[Figure]] = defaultdict(list)
    for figure in queries.vintages(person, key, as_of=as_of):
        told[figure.period, figure.transformation].append(figure)
    shown = _current(told)
    now = shown
    if as_of != NOW:
        later: dict[At, list[Figure]] = defaultdict(list)
        for figure in queries.vintages(person, key):
            later[figure.period, figure.transformation].append(figure)
        now = _current(later)
    worked = Reckoned(person, area, as_of)
    lines: dict[Period, dict[Transformation, Cell]] = defaultdict(dict)
    for at in {*shown, *worked.cells(key)}:
        mine, after = shown.get(at), now.get(at)
        moved = after if after and mine and after.quantity.value != mine.quantity.value else None
        work, unfit = partial(worked.get, key, *at), partial(worked.unfit, key, at[0])
        lines[at[0]][at[1]] = Cell(mine, work, now=moved, told=tuple(told.get(at, ())), unfit=unfit)
    conflicts = [c for said in told.values() if (c := disagree(said)) is not None]
    conflicts.sort(key=lambda c: (not c.cannot_both_be_right, c.cell[1].sort_key))
    ordered = sorted(lines, key=lambda period: (period.months[1], period.months[0]))
    plans = [value for at in sorted(told, key=_by_time) for value in _targets(told[at])]
    return SeriesPage(key, tuple(Line(p, lines[p]) for p in ordered), tuple(conflicts), tuple(plans))


def _runs(period: Period) -> bool:
    """Whether a quarter or year is a running sum as well."""
    return period.kind in (PeriodKind.QUARTER, PeriodKind.YEAR) and len(period.same_days) > 1


def _current(told: dict[At, list[Figure]]) -> dict[At, Figure]:
    every = (figure for said in told.values() for figure in said)
    return {(period, how): figure for (_series, period, how), figure in queries.standing(every).items()}


def _by_time(at: tuple[Period, Transformation]) -> tuple[int, int, str]:
    return -at[0].months[1], at[0].months[0], at[1].value


def _targets(said: list[Figure]) -> list[Value]:
    """The targets of a cell, the two ends of a range as one; each different target once, as first published."""
    groups: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for figure in said:
        if figure.stage is Stage.PLAN:
            groups[bool(figure.bound), figure.origin.url, figure.origin.document, figure.published].append(figure)
    found: dict[tuple[object, ...], Value] = {}
    for (is_range, *_source), figures_told in groups.items():
        ordered = sorted(figures_told, key=lambda figure: figure.quantity.value)
        pairs = [tuple(ordered)] if is_range and len(ordered) == 2 else [(figure,) for figure in ordered]
        for pair in pairs:
            found.setdefault(tuple(figure.quantity.value for figure in pair), Value(pair))
    return list(found.values())
