"""What follows from the figures: computed values beside the reported ones, each with formula and provenance."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from sct.catalogue.model import Figure, Origin, PartialDate, SeriesKey, Stage, Transformation
from sct.engine import refusals, rounding
from sct.engine.areas import AreaTree
from sct.engine.computing import FamilyPanels
from sct.engine.families import Ties, Words, ties, unknown
from sct.engine.family import Family, FigureFeed
from sct.engine.refusals import Refusal
from sct.engine.tracing import Node, bounds, leaves, text
from sct.vietnamese.periods import Period, PeriodKind
from sct.vietnamese.quantities import Quantity, Unit


@dataclass(frozen=True, slots=True)
class Computed:
    """A computed value of one cell.

    `value` is the float of the panel in base units, `exact` the same as a fraction, `quantity` that fraction rounded
    once by the declared rule, `formula` the arithmetic with codes and periods, `operands` the figures it came from,
    through everything computed between. `figure` is the value as a figure of stage COMPUTED.
    """

    series: SeriesKey
    period: Period
    transformation: Transformation
    value: float
    exact: Fraction
    quantity: Quantity
    formula: str
    operands: tuple[Figure, ...]
    figure: Figure
    node: Node = field(repr=False, compare=False)

    def origins(self) -> tuple[Origin, ...]:
        """The sources of its operands, each once."""
        return tuple(dict.fromkeys(figure.origin for figure in self.operands))

    @property
    def stages(self) -> frozenset[Stage]:
        """The release stages of its operands: computed from an estimate is an estimate still."""
        return frozenset(figure.stage for figure in self.operands)

    def interval(self) -> tuple[Fraction, Fraction] | None:
        """Least and greatest value, in base units, that the printed digits of its operands allow; None if unbounded."""
        try:
            ends = bounds(self.node)
        except ZeroDivisionError:
            return None
        return ends.low, ends.high


class Derived:
    """Computed values of all families; reported figures stay as they are and are asked for beside them."""

    def __init__(self, families: Mapping[str, Family], knots: Ties, tree: AreaTree, units: Mapping[str, Unit]) -> None:
        self._families = families
        self._ties = knots
        self._tree = tree
        self._units = units

    @property
    def families(self) -> Mapping[str, Family]:
        return self._families

    def family(self, indicator: str) -> Family | None:
        """The family of an indicator, if any figure of it is known."""
        return self._families.get(self._ties.family_of.get(indicator, ""))

    def panels(self, indicator: str) -> FamilyPanels | None:
        """The panels of an indicator's family, for whole-panel work."""
        family = self.family(indicator)
        return None if family is None else family.panels

    def get(self, series: SeriesKey, period: Period, transformation: Transformation) -> Computed | None:
        """The computed value of a cell, None where it cannot be computed (`refusal` says why)."""
        family = self.family(series.indicator)
        if family is None:
            return None
        if period.kind is not PeriodKind.SPAN and math.isnan(family.value(series, period, transformation)):
            return None  # the panel says so at once; a value that it has may still be refused (price bases)
        node = family.node(series, period, transformation)
        return None if node is None else self._told(family, node, series, period, transformation)

    def reported(self, series: SeriesKey, period: Period, transformation: Transformation) -> Figure | None:
        """The reported figure of a cell, the current one."""
        family = self.family(series.indicator)
        return None if family is None else family.reported((series, period, transformation))

    def best(self, series: SeriesKey, period: Period, transformation: Transformation) -> Figure | None:
        """The reported figure, else the computed one as a figure."""
        found = self.reported(series, period, transformation)
        if found is not None:
            return found
        computed = self.get(series, period, transformation)
        return None if computed is None else computed.figure

    def refusal(self, series: SeriesKey, period: Period, transformation: Transformation) -> Refusal | None:
        """Why a cell is not computed; None when it is."""
        if self.get(series, period, transformation) is not None:
            return None
        family = self.family(series.indicator)
        return refusals.why(family, self._ties, self._tree, series=series, period=period, transformation=transformation)

    def cells(self, indicator: str = "", area: str = "") -> Iterator[Computed]:
        """Every computed value (spans of years excepted), family by family; of one indicator or area if told."""
        chosen = self._families.values() if not indicator else filter(None, [self.family(indicator)])
        for family in chosen:
            for series, period, transformation in family.cells(indicator, area):
                computed = self.get(series, period, transformation)
                if computed is not None:
                    yield computed

    def _told(
        self, family: Family, node: Node, series: SeriesKey, period: Period, transformation: Transformation
    ) -> Computed:
        indicator = self._ties.meta((series.indicator, series.breakdown))
        unit = rounding.unit_of(indicator, transformation, self._units)
        quantity = rounding.rounded(node.value, unit, rounding.decimals_of(indicator, transformation))
        value = family.value(series, period, transformation)
        # Sums refused over different price bases may still stand in the panel; the exact value is always the node's.
        if not math.isclose(value, float(node.value), rel_tol=1e-9, abs_tol=1e-9):
            value = float(node.value)
        operands = tuple(dict.fromkeys(leaves(node)))
        formula = text(node)
        published = _latest(operands)
        origin = Origin("formula", title=rounding.RULE, place=formula, published=published)
        figure = Figure(series, period, transformation, quantity, Stage.COMPUTED, origin, published=published)
        return Computed(series, period, transformation, value, node.value, quantity, formula, operands, figure, node)


def derive(figures: Iterable[Figure], catalogue: Words, previous: Derived | None = None) -> Derived:
    """What can be computed from figures, whatever their order; figures may be current or all vintages.

    With `previous`, families whose figures are the same keep what they have computed. Raises
    `UserError("unknown-indicator")`, and `UserError` for a declared formula that is wrong.
    """
    knots, tree = (
        (previous._ties, previous._tree) if previous is not None else (ties(catalogue), AreaTree(catalogue.areas))
    )
    grouped: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        name = knots.family_of.get(figure.series.indicator)
        if name is None:
            raise unknown(figure.series.indicator)
        grouped[name].append(figure)
    families = {name: _family(name, grouped[name], knots, tree, previous) for name in sorted(grouped)}
    return Derived(families, knots, tree, getattr(catalogue, "units", {}))


def _family(name: str, figures: Sequence[Figure], knots: Ties, tree: AreaTree, previous: Derived | None) -> Family:
    old = previous.families.get(name) if previous is not None else None
    before = old.feed.figures if old is not None and isinstance(old.feed, FigureFeed) else ()
    if old is not None and len(before) == len(figures) and set(before) == set(figures):
        return old
    return Family(name, FigureFeed(figures), knots, tree)


def _latest(figures: Iterable[Figure]) -> PartialDate | None:
    dates = [figure.published for figure in figures if figure.published is not None]
    return max(dates, key=lambda published: (published.last, published.precision), default=None)
