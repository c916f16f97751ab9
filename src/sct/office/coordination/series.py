"""One series with all that was said of it: by period, reported beside computed, as known then and now, in conflict."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction

from sct.catalogue.model import Area, Figure, SeriesKey, Stage, Transformation
from sct.engine import Computed
from sct.office.coordination.derived import derived, figures
from sct.office.ledger import queries
from sct.office.ledger.disagreement import Conflict, disagree, interval
from sct.office.ledger.queries import NOW, AsOf
from sct.office.people.queries import Someone
from sct.reporting.known import Value
from sct.vietnamese.periods import Period, PeriodKind

# How the periods of a series are told apart on the screen, in this order.
FREQUENCIES: dict[str, tuple[PeriodKind, ...]] = {
    "nam": (PeriodKind.YEAR, PeriodKind.SPAN),
    "quy": (PeriodKind.QUARTER,),
    "luyke": (PeriodKind.CUMULATIVE, PeriodKind.HALF),
    "thang": (PeriodKind.MONTH,),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One transformation of one period: the current value, the computed one beside it, all that was said."""

    shown: Figure | None
    worked: Computed | None
    now: Figure | None  # the value of today where it differs from `shown`, when looking back
    told: tuple[Figure, ...]
    conflict: Conflict | None

    @property
    def figure(self) -> Figure | None:
        """What stands in the table: the published value, else the computed one."""
        return self.shown or self.computed

    @property
    def computed(self) -> Figure | None:
        return self.worked.figure if self.worked else None

    @property
    def agrees(self) -> bool | None:
        """Whether the published value and the computed one can be the same number; None without both."""
        theirs = self.worked.interval() if self.worked else None
        if self.shown is None or theirs is None:
            return None
        mine = interval(self.shown)
        return not (_below(mine[1], theirs[0]) or _below(theirs[1], mine[0]))


def _below(high: Fraction | None, low: Fraction | None) -> bool:
    return high is not None and low is not None and high < low


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
        return [line for line in self.lines if line.period.kind in FREQUENCIES[name]]

    @property
    def frequencies(self) -> list[str]:
        """The frequencies that have lines."""
        return [name for name in FREQUENCIES if self.frequency(name)]


def series_page(person: Someone, area: Area, key: SeriesKey, as_of: AsOf) -> SeriesPage:
    """Everything about a series, in three queries at most beside the computed values."""
    told: dict[tuple[Period, Transformation], list[Figure]] = defaultdict(list)
    for figure in queries.vintages(person, key, as_of=as_of):
        told[figure.period, figure.transformation].append(figure)
    shown = _by_cell(figures(person, area, as_of), key)
    now = _by_cell(figures(person, area, NOW), key) if as_of != NOW else shown
    worked_out = derived(person, area, as_of)
    made = worked_out.cells(key.indicator, key.area)
    computed = {(c.period, c.transformation): c for c in made if c.series == key}
    lines: dict[Period, dict[Transformation, Cell]] = defaultdict(dict)
    for at in {*told, *shown, *computed}:
        said = tuple(told.get(at, ()))
        mine, worked = shown.get(at), computed.get(at)
        if mine is None and worked is None:
            continue
        later = now.get(at)
        moved = later if later and mine and later.quantity.value != mine.quantity.value else None
        lines[at[0]][at[1]] = Cell(mine, worked, moved, said, disagree(said))
    conflicts = [c for said in told.values() if (c := disagree(said)) is not None]
    conflicts.sort(key=lambda c: (not c.cannot_both_be_right, c.cell[1].sort_key))
    ordered = sorted(lines, key=lambda period: (period.months[1], period.months[0]))
    plans = [value for at in sorted(told, key=_by_time) for value in _targets(told[at])]
    return SeriesPage(key, tuple(Line(p, lines[p]) for p in ordered), tuple(conflicts), tuple(plans))


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


def _by_cell(current: list[Figure], key: SeriesKey) -> dict[tuple[Period, Transformation], Figure]:
    return {(f.period, f.transformation): f for f in current if f.series == key}
