"""One family with its figures: panels built when first needed, and computed cells with their provenance."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from typing import Protocol

import numpy as np

from sct.catalogue.model import Figure, SeriesKey, Transformation
from sct.engine import kernels
from sct.engine.areas import AreaTree
from sct.engine.axis import Axis, Grain, grain_of
from sct.engine.choosing import Cell, choose
from sct.engine.computing import FamilyPanels
from sct.engine.families import Ties
from sct.engine.panel import Panel, Variable
from sct.engine.recipes import LEVEL, Take, Which, grows
from sct.engine.tracing import Constant, Node, Tracer, made
from sct.vietnamese.periods import Period, PeriodKind


class Feed(Protocol):
    """Where the values of a family come from. Cell numbers of its panels are the feed's own."""

    def panels(self, name: str, ties: Ties, tree: AreaTree) -> FamilyPanels:
        """The panels of the current figures of the family."""

    def figure(self, number: int) -> Figure:
        """The figure behind a cell number."""

    def reported(self, cell: Cell) -> Figure | None:
        """The current figure of a cell (its period under any of its names)."""


class FigureFeed:
    """A family fed by figures; cell numbers point into the list of those chosen."""

    def __init__(self, figures: Iterable[Figure]) -> None:
        self.figures = tuple(figures)
        self.chosen = choose(self.figures)
        self._feeding: list[Figure] = []

    def panels(self, name: str, ties: Ties, tree: AreaTree) -> FamilyPanels:
        return panels_of(name, self.chosen.actual, self.chosen.plans, ties, tree, feeding=self._feeding)

    def figure(self, number: int) -> Figure:
        return self._feeding[number]

    def reported(self, cell: Cell) -> Figure | None:
        series, period, transformation = cell
        return self.chosen.actual.get((series, period.canonical, transformation))


class Family:
    """One family: what was reported of it, and what is made of that."""

    def __init__(self, name: str, feed: Feed, ties: Ties, tree: AreaTree) -> None:
        self.name = name
        self.feed = feed
        self.ties = ties
        self.tree = tree

    @cached_property
    def panels(self) -> FamilyPanels:
        """The panels of the current figures."""
        return self.feed.panels(self.name, self.ties, self.tree)

    @cached_property
    def tracer(self) -> Tracer:
        return Tracer(self.panels, self.feed.figure)

    def figure_at(self, number: int) -> Figure:
        """The figure behind a cell number of the panels."""
        return self.feed.figure(number)

    def reported(self, cell: Cell) -> Figure | None:
        return self.feed.reported(cell)

    def node(self, series: SeriesKey, period: Period, transformation: Transformation) -> Node | None:
        """The computed value of a cell with its operands; None where it cannot be computed.

        A cell has the figures of all its names behind it, but is never computed from itself alone.
        """
        variable = (series.indicator, series.breakdown)
        row = self.panels.axis.row(series.area)
        if row is None:
            return None
        if period.kind is PeriodKind.SPAN:
            return self._over_span(variable, row, period, transformation)
        for name in period.canonical.same_days:
            column, grain = self.panels.axis.column(name), grain_of(name)
            if column is None or grain is None:
                return None
            take = Take(Which.COMPUTED, grain, transformation=transformation)
            node = self.tracer.trace(take, variable, row, column)
            if node is not None:
                return node
        return None

    def _over_span(self, variable: Variable, row: int, period: Period, transformation: Transformation) -> Node | None:
        """Average yearly growth: from the levels of the last year and the year before the first, else from yearly
        growths one after the other."""
        if transformation is not Transformation.AVERAGE_YEARLY:
            return None
        years = range(period.year, period.number + 1)
        label = f"{variable[0]}.average_yearly({period})"
        if grows(self.ties.meta(variable)):
            last = self._year(variable, row, years[-1], LEVEL)
            first = self._year(variable, row, years[0] - 1, LEVEL)
            if last and first:
                return made(
                    kernels.average_yearly, (last, first, Constant(Fraction(len(years)), str(len(years)))), label
                )
        growths = [self._year(variable, row, year, Transformation.YOY) for year in years]
        known = tuple(growth for growth in growths if growth is not None)
        return made(kernels.average_of_growths, known, label) if len(known) == len(years) else None

    def _year(self, variable: Variable, row: int, year: int, transformation: Transformation) -> Node | None:
        column = self.panels.axis.column(Period.of_year(year))
        if column is None:
            return None
        return self.tracer.trace(Take(Which.BEST, Grain.YEAR, transformation=transformation), variable, row, column)

    def value(self, series: SeriesKey, period: Period, transformation: Transformation) -> float:
        """The float of the panel; NaN where there is none."""
        row = self.panels.axis.row(series.area)
        for name in period.canonical.same_days:
            grain, column = grain_of(name), self.panels.axis.column(name)
            if grain is None or column is None or row is None:
                break
            block = self.panels.computed(transformation, grain, (series.indicator, series.breakdown))
            if block is not None and not np.isnan(block[row, column]):
                return float(block[row, column])
        return float("nan")

    def cells(self, indicator: str = "", area: str = "") -> Iterator[Cell]:
        """Every cell that can be computed, spans of years excepted, in a steady order; of one indicator or area if
        told. A cell with two names (the first half, six months) comes once.
        """
        axis = self.panels.axis
        rows = range(len(axis.areas)) if not area else [] if axis.row(area) is None else [axis.row(area)]
        variables = [variable for variable in self.panels.variables if indicator in ("", variable[0])]
        for transformation in COMPUTABLE:
            seen: set[tuple[Variable, int, Period]] = set()
            for grain in self.panels.grains(transformation):
                for variable in variables:
                    block = self.panels.computed(transformation, grain, variable)
                    if block is None:
                        continue
                    for row in rows:
                        assert row is not None
                        for column in np.flatnonzero(~np.isnan(block[row])).tolist():
                            at = (variable, row, axis.period(grain, column).canonical)
                            if grain in _TWICE and at in seen:
                                continue
                            seen.add(at)
                            yield SeriesKey(variable[0], axis.areas[row], variable[1]), at[2], transformation


_TWICE = frozenset({Grain.QUARTER, Grain.HALF, Grain.CUMULATIVE, Grain.YEAR})


COMPUTABLE = (
    LEVEL,
    Transformation.MOM,
    Transformation.YOY,
    Transformation.SINCE_DECEMBER,
    Transformation.SHARE,
    Transformation.CONTRIBUTION,
    Transformation.GROWTH_SHARE,
    Transformation.PROGRESS,
)


def panels_of(
    name: str,
    actual: Mapping[Cell, Figure],
    plans: Mapping[Cell, Figure],
    ties: Ties,
    tree: AreaTree,
    *,
    feeding: list[Figure],
) -> FamilyPanels:
    """Panels of one figure a cell. `feeding` receives the figures; a panel's cell number is a place in it."""
    axis = axis_of((*actual, *plans), tree)
    grouped: dict[tuple[bool, Transformation, Grain], list[tuple[Figure, Period]]] = defaultdict(list)
    for plan, cells in ((False, actual), (True, plans)):
        for (_series, period, transformation), figure in cells.items():
            for at in period.same_days:
                grain = grain_of(at)
                if grain is not None:
                    grouped[plan, transformation, grain].append((figure, at))
    reported: dict[tuple[Transformation, Grain], Panel] = {}
    planned: dict[Grain, Panel] = {}
    for (plan, transformation, grain), figures in grouped.items():
        if not plan:
            reported[transformation, grain] = _panel(grain, axis, figures, feeding)
        elif transformation is LEVEL:
            planned[grain] = _panel(grain, axis, figures, feeding)
    return FamilyPanels(name, axis, ties, tree, reported=reported, plans=planned)


def axis_of(cells: Iterable[Cell], tree: AreaTree) -> Axis:
    """The axis that holds some cells."""
    keys = set()
    years: list[int] = []
    for series, period, _transformation in cells:
        keys.add(series.area)
        years += (period.year, period.number) if period.kind is PeriodKind.SPAN else (period.year,)
    if not years:
        return Axis((), 2000, 1)
    return Axis(tree.with_parents(keys), min(years), max(years) - min(years) + 1)


def _panel(grain: Grain, axis: Axis, told: list[tuple[Figure, Period]], feeding: list[Figure]) -> Panel:
    figures = [figure for figure, _name in told]
    variables = {(figure.series.indicator, figure.series.breakdown) for figure in figures}
    numbers = {variable: number for number, variable in enumerate(sorted(variables))}
    at: list[tuple[int, int, int]] = []
    first = len(feeding)
    feeding.extend(figures)
    for figure, name in told:
        row, column = axis.row(figure.series.area), axis.column(name)
        assert row is not None
        assert column is not None
        at.append((numbers[figure.series.indicator, figure.series.breakdown], row, column))
    places = np.array(at, np.intp).reshape(-1, 3)
    values = np.array([float(figure.quantity.value) for figure in figures])
    cells = np.arange(first, len(feeding), dtype=np.int64)
    return Panel.from_rows(
        grain, axis, numbers, at=(places[:, 0], places[:, 1], places[:, 2]), values=values, cells=cells
    )


def fingerprint(figures: Iterable[Figure]) -> str:
    """The same for the same figures in any order, another one when a figure is added, withdrawn or differs."""
    lines = sorted(
        f"{figure.id}|{figure.series}|{figure.period}|{figure.transformation.value}|{figure.quantity.value}|"
        f"{figure.quantity.decimals}|{figure.stage.value}|{figure.bound}|{figure.basis}|{figure.published}|"
        f"{figure.entered}|{figure.origin}"
        for figure in figures
    )
    return hashlib.blake2b("\n".join(lines).encode(), digest_size=16).hexdigest()
