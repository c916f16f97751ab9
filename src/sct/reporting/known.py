"""What a report knows: the figures published by a day, current ones first, with everything said before.

The current value of a cell is the latest published actual one (`PartialDate.last`, then the more precise date, then
the later entered), a figure noted as a misprint only where there is no other. What an engine derived stands in only
where nobody published a value.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Protocol

from sct.catalogue.model import Area, Figure, Indicator, SeriesKey, Stage, Transformation
from sct.vietnamese.periods import Period
from sct.vietnamese.quantities import Quantity
from sct.vietnamese.write import round_half_up

Cell = tuple[SeriesKey, Period, Transformation]


class Computed(Protocol):
    """A computed figure as the engine gives it: its figure (stage COMPUTED), formula and operands."""

    @property
    def figure(self) -> Figure: ...
    @property
    def formula(self) -> str: ...
    @property
    def operands(self) -> tuple[Figure, ...]: ...
    @property
    def exact(self) -> Fraction: ...
    @property
    def stages(self) -> frozenset[Stage]: ...
    def interval(self) -> tuple[Fraction, Fraction] | None: ...


class Derived(Protocol):
    """What the engine derived."""

    def get(self, series: SeriesKey, period: Period, transformation: Transformation) -> Computed | None: ...


class Names(Protocol):
    """The part of the catalogue that a report needs."""

    @property
    def indicators(self) -> Mapping[str, Indicator]: ...
    def indicator(self, code: str) -> Indicator: ...
    def resolve(self, code: str) -> tuple[str, str]: ...
    def name_of(self, indicator: str, breakdown: str = "") -> str: ...
    def area(self, key: str) -> Area: ...


@dataclass(frozen=True, slots=True)
class Value:
    """What stands for a cell: one figure, or two ends of a range; computed ones with formula and operands."""

    figures: tuple[Figure, ...]
    formula: str = ""
    operands: tuple[Figure, ...] = ()
    estimate: bool = False  # told as "ước": an estimate, or computed from one

    @property
    def figure(self) -> Figure:
        return self.figures[0]


class Known:
    """Figures known by a day, looked up by cell."""

    def __init__(self, figures: Iterable[Figure], derived: Derived | None = None, as_of: date | None = None) -> None:
        self._derived = derived
        self._actual: dict[Cell, Value | None] = {}
        self._cells: dict[Cell, list[Figure]] = defaultdict(list)
        for figure in figures:
            if _known_by(figure, as_of):
                self._cells[figure.cell].append(figure)
        for vintages in self._cells.values():
            vintages.sort(key=_latest_first, reverse=True)

    def actual(self, cell: Cell) -> Value | None:
        """The current actual value of a cell, published or derived."""
        if cell not in self._actual:
            self._actual[cell] = self._find(cell)
        return self._actual[cell]

    def _find(self, cell: Cell) -> Value | None:
        found = _current(
            f for f in self._cells.get(_named(cell), ()) if f.stage.is_actual and f.stage is not Stage.COMPUTED
        )
        if found is not None or self._derived is None:
            return found
        computed = self._derived.get(*cell)
        return None if computed is None else _told(computed)

    def target(self, cell: Cell) -> Value | None:
        """The current target of a cell."""
        return _current(f for f in self._cells.get(_named(cell), ()) if f.stage is Stage.PLAN)

    def earlier(self, figure: Figure) -> list[Figure]:
        """Other values told for the figure's cell, same stage family and bound, latest first, each value once."""
        seen = {(figure.quantity.value, figure.comparator)}
        found = []
        for other in self._cells.get(figure.cell, ()):
            same = other.bound == figure.bound and (other.stage is Stage.PLAN) == (figure.stage is Stage.PLAN)
            same = same and (other.stage is Stage.FORECAST) == (figure.stage is Stage.FORECAST)
            told = (other.quantity.value, other.comparator)
            if same and told not in seen:
                seen.add(told)
                found.append(other)
        return found

    def cells(self) -> Iterator[Cell]:
        """Every published cell, in the order of the figures."""
        yield from self._cells


def _named(cell: Cell) -> Cell:
    """The cell under its period's canonical name: the first six months are the first half."""
    series, period, transformation = cell
    return series, period.canonical, transformation


def _known_by(figure: Figure, as_of: date | None) -> bool:
    if as_of is None:
        return True
    if figure.published is not None:
        return figure.published.last <= as_of
    return figure.entered is None or figure.entered <= as_of


def _latest_first(figure: Figure) -> tuple[bool, date, int, date, int]:
    published = figure.published
    return (
        "misprint" not in figure.note,
        published.last if published else date.min,
        int(published.precision) if published else 0,
        figure.entered or date.min,
        figure.id,
    )


def _told(computed: Computed) -> Value | None:
    """A computed value with only the digits that its operands' printed digits carry; None where they carry none."""
    quantity = computed.figure.quantity
    interval = computed.interval()
    if interval is None:
        return None
    width = (interval[1] - interval[0]) / quantity.unit.factor
    decimals = quantity.decimals
    while decimals >= 0 and width > Fraction(2, 10**decimals):
        decimals -= 1
    if decimals < 0:
        return None
    number = round_half_up(computed.exact / quantity.unit.factor, decimals)
    figure = replace(computed.figure, quantity=Quantity(number, quantity.unit, decimals))
    return Value((figure,), computed.formula, computed.operands, Stage.ESTIMATE in computed.stages)


def _current(latest_first: Iterable[Figure]) -> Value | None:
    """The first figure; with it the other end if it is one end of a range told on the same page."""
    figures: Sequence[Figure] = list(latest_first)
    if not figures:
        return None
    first = figures[0]
    if not first.bound:
        return Value((first,), estimate=first.stage is Stage.ESTIMATE)
    ends = {first.bound: first}
    for figure in figures[1:]:
        if figure.origin.url == first.origin.url and figure.published == first.published:
            ends.setdefault(figure.bound, figure)
    return Value(tuple(ends[bound] for bound in ("lower", "upper") if bound in ends))
