"""One family with its figures: panels built when first needed, and computed cells with their provenance."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property

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


class Family:
    """The figures of one family and what is made of them. Figures are those of the family only."""

    def __init__(self, name: str, figures: Iterable[Figure], ties: Ties, tree: AreaTree) -> None:
        self.name = name
        self.figures = tuple(figures)
        self.ties = ties
        self.tree = tree
        self.chosen = choose(self.figures)
        self._feeding: list[Figure] = []

    @cached_property
    def panels(self) -> FamilyPanels:
        """The panels of the chosen figures; cell numbers point into the list of figures."""
        return panels_of(self.name, self.chosen.actual, self.chosen.plans, self.ties, self.tree, feeding=self._feeding)

    @cached_property
    def tracer(self) -> Tracer:
        return Tracer(self.panels, self.figure_at)

    def figure_at(self, number: int) -> Figure:
        """The figure behind a cell number of the panels."""
        return self._feeding[number]

    def reported(self, cell: Cell) -> Figure | None:
        return self.chosen.actual.get(cell)

    def node(self, series: SeriesKey, period: Period, transformation: Transformation) -> Node | None:
        """The computed value of a cell with its operands; None where it cannot be computed."""
        variable = (series.indicator, series.breakdown)
        row = self.panels.axis.row(series.area)
        if row is None:
            return None
        if period.kind is PeriodKind.SPAN:
            return self._over_span(variable, row, period, transformation)
        column, grain = self.panels.axis.column(period), grain_of(period)
        if column is None or grain is None:
            return None
        return self.tracer.trace(Take(Which.COMPUTED, grain, transformation=transformation), variable, row, column)

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
        grain, column, row = grain_of(period), self.panels.axis.column(period), self.panels.axis.row(series.area)
        if grain is None or column is None or row is None:
            return float("nan")
        block = self.panels.computed(transformation, grain, (series.indicator, series.breakdown))
        return float("nan") if block is None else float(block[row, column])

    def cells(self) -> Iterator[Cell]:
        """Every cell that can be computed, spans of years excepted, in a steady order."""
        axis = self.panels.axis
        for transformation in COMPUTABLE:
            for grain in self.panels.grains(transformation):
                for code, breakdown in self.panels.variables:
                    block = self.panels.computed(transformation, grain, (code, breakdown))
                    if block is None:
                        continue
                    for row, column in np.argwhere(~np.isnan(block)).tolist():
                        series = SeriesKey(code, axis.areas[row], breakdown)
                        yield series, axis.period(grain, column), transformation


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
    axis = _axis((*actual, *plans), tree)
    grouped: dict[tuple[bool, Transformation, Grain], list[Figure]] = defaultdict(list)
    for plan, cells in ((False, actual), (True, plans)):
        for (_series, period, transformation), figure in cells.items():
            grain = grain_of(period)
            if grain is not None:
                grouped[plan, transformation, grain].append(figure)
    reported: dict[tuple[Transformation, Grain], Panel] = {}
    planned: dict[Grain, Panel] = {}
    for (plan, transformation, grain), figures in grouped.items():
        if not plan:
            reported[transformation, grain] = _panel(grain, axis, figures, feeding)
        elif transformation is LEVEL:
            planned[grain] = _panel(grain, axis, figures, feeding)
    return FamilyPanels(name, axis, ties, tree, reported=reported, plans=planned)


def _axis(cells: Iterable[Cell], tree: AreaTree) -> Axis:
    keys = set()
    years: list[int] = []
    for series, period, _transformation in cells:
        keys.add(series.area)
        years += (period.year, period.number) if period.kind is PeriodKind.SPAN else (period.year,)
    if not years:
        return Axis((), 2000, 1)
    return Axis(tree.with_parents(keys), min(years), max(years) - min(years) + 1)


def _panel(grain: Grain, axis: Axis, figures: list[Figure], feeding: list[Figure]) -> Panel:
    variables = {(figure.series.indicator, figure.series.breakdown) for figure in figures}
    numbers = {variable: number for number, variable in enumerate(sorted(variables))}
    at: list[tuple[int, int, int]] = []
    first = len(feeding)
    feeding.extend(figures)
    for figure in figures:
        row, column = axis.row(figure.series.area), axis.column(figure.period)
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
