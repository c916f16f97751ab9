"""When two published values of one cell cannot be taken for the same number.

A printed figure stands for every value that rounds to it. Two prints of one cell *agree* when the finer, rounded to the
digits of the coarser (halves away from zero), gives the coarser: 9,18 and 9; 365.234 tỷ and 365 nghìn tỷ. Else they
disagree, and there are three ways to disagree:

- CONTRADICTORY: no number is told rightly by both (8,89 % and 8,29 %);
- RECONCILABLE: some number is, since one says "hơn 1.700" where the other says 1.718, or their rounding intervals
  touch (8 % and 8,5 %);
- FORECAST: a forecast and what came.

Not a disagreement: the two ends of a range ("10–15 cụm" is two figures with a bound) against each other; a target
against a result; growth in one year against average growth over years (another transformation); current against
constant prices.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from itertools import combinations

from sct.catalogue.model import Comparator, Figure, SeriesKey, Stage, Transformation
from sct.proofing.intervals import Interval
from sct.proofing.rounding import one_number
from sct.vietnamese.periods import Period


class Disagreement(Enum):
    """How two values of a cell disagree, worst first."""

    CONTRADICTORY = "contradictory"
    RECONCILABLE = "reconcilable"
    FORECAST = "forecast"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A cell with values that disagree: all that was said of it, oldest publication first, and the worst pair."""

    cell: tuple[SeriesKey, Period, Transformation]
    figures: tuple[Figure, ...]
    kind: Disagreement
    worst: tuple[Figure, Figure]

    @property
    def cannot_both_be_right(self) -> bool:
        return self.kind is Disagreement.CONTRADICTORY

    @property
    def values(self) -> tuple[Figure, ...]:
        """One figure for each different value, in the order they appeared."""
        seen: dict[Fraction, Figure] = {}
        for figure in self.figures:
            seen.setdefault(figure.quantity.value, figure)
        return tuple(seen.values())


_PRICES = {"constant_prices": "constant", "current_prices": "current"}
_ABOUT = Fraction(3, 100)  # "khoảng", "gần", "xấp xỉ": within 3 % of the number said
_ORDER = list(Disagreement)


def disagree(figures: Sequence[Figure]) -> Conflict | None:
    """The conflict among figures of one cell, None where all agree."""
    pairs = [(kind, pair) for pair in _pairs(figures) if (kind := between(*pair)) is not None]
    if not pairs:
        return None
    kind, worst = min(pairs, key=lambda found: (_ORDER.index(found[0]), -_gap(*found[1])))
    involved = {id(f) for _kind, pair in pairs for f in pair}
    same = {f.quantity.value for f in figures if id(f) in involved}
    told = tuple(f for f in figures if id(f) in involved or f.quantity.value in same)
    return Conflict(worst[0].cell, told, kind, worst)


def _pairs(figures: Iterable[Figure]) -> Iterable[tuple[Figure, Figure]]:
    """Pairs of different values; a value repeated by ten sources is compared once."""
    distinct: dict[tuple[object, ...], Figure] = {}
    for f in figures:
        q = f.quantity
        key = (q.value, q.half_step, f.comparator, f.bound, _class(f), f.stage is Stage.FORECAST, _prices(f))
        distinct.setdefault(key, f)
    return combinations(distinct.values(), 2)


def between(a: Figure, b: Figure) -> Disagreement | None:
    """How two figures of one cell disagree; None where they agree or must not be compared."""
    if not comparable(a, b) or agrees(a, b):
        return None
    if (a.stage is Stage.FORECAST) != (b.stage is Stage.FORECAST):
        return Disagreement.FORECAST
    return Disagreement.RECONCILABLE if _may_be_one(a, b) else Disagreement.CONTRADICTORY


def _may_be_one(a: Figure, b: Figure) -> bool:
    """Whether some number is told rightly by both."""
    one, other = a.quantity, b.quantity
    plain = a.comparator is Comparator.EQ and b.comparator is Comparator.EQ
    if plain and one.unit == other.unit and one.decimals == other.decimals and one.half_step:
        return bool(abs(one.number - other.number) * 10**one.decimals <= 1)
    return interval(a).meets(interval(b))


def comparable(a: Figure, b: Figure) -> bool:
    """Same kind of claim in the same kind of unit: target with target, current prices with current prices."""
    if a.quantity.unit.dimension != b.quantity.unit.dimension or a.bound or b.bound:
        return False
    prices = {_prices(a), _prices(b)} - {""}
    return _class(a) == _class(b) and len(prices) < 2


def _class(figure: Figure) -> bool:
    return figure.stage is Stage.PLAN


def _prices(figure: Figure) -> str:
    return _PRICES.get(figure.basis, "")


def agrees(a: Figure, b: Figure) -> bool:
    """Whether the finer print rounds to the coarser, by the rule of proofing (docs/why/rounding.md) but for ties."""
    return one_number(a.quantity, b.quantity, ties=False)


def interval(figure: Figure) -> Interval:
    """Every value a figure may honestly stand for: its rounding interval, open to the side its words leave open.

    Wider than proofing reads the same words: two publications may mean different things by "hơn 1.700", and here only
    what no number can reconcile is called contradictory.
    """
    printed = Interval.around(figure.quantity.value, figure.quantity.half_step)
    match figure.comparator:
        case Comparator.GT | Comparator.GE:
            return Interval(printed.low, None)
        case Comparator.LT | Comparator.LE:
            return Interval(None, printed.high)
        case Comparator.APPROX:
            wide = abs(figure.quantity.value) * _ABOUT
            return Interval.around(figure.quantity.value, figure.quantity.half_step + wide)
        case _:
            return printed


def _gap(a: Figure, b: Figure) -> Fraction:
    return abs(a.quantity.value - b.quantity.value)
