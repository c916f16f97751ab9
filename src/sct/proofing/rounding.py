"""What a printed figure can stand for: rounding, qualifiers, trailing zeros, truncation (docs/why/rounding.md).

A figure has up to three readings. `tight` is the strictest honest one, `wide` the widest honest one (a round level
rounded further than its digits show, "khoảng"), `cut` the one of somebody who cuts digits instead of rounding them.
A relation that fails even with the wide readings is wrong; one that only holds with the cut ones is doubtful.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from sct.catalogue.model import Comparator, Figure, Stage
from sct.catalogue.statement import Statement
from sct.proofing.intervals import Interval
from sct.vietnamese.quantities import Quantity, Unit

# Words of a quote that say on which side of the printed number the value lies.
_BELOW = re.compile(r"\b(gần|xấp xỉ dưới|suýt soát|chưa đến|chưa đầy)\b", re.I)
_ABOVE = re.compile(r"\b(hơn|trên|quá|vượt)\b", re.I)


_BIG = 1000  # counts from here on may have been rounded to their last digit that is not 0


@dataclass(frozen=True, slots=True)
class Readings:
    """The readings of one printed figure in base units, and the step of its last printed digit (`ulp`).

    `printed` is the number itself where nothing but rounding stands between it and the value.
    """

    tight: Interval
    wide: Interval
    cut: Interval
    ulp: Fraction
    printed: Fraction | None = None

    @classmethod
    def exactly(cls, value: Fraction, ulp: Fraction) -> Readings:
        """A value that nobody rounded (a plan target as the operand of a ratio, a counted thing)."""
        point = Interval.exact(value)
        return cls(point, point, point, ulp)

    def in_mode(self, mode: str) -> Interval:
        return {"tight": self.tight, "wide": self.wide, "cut": self.cut}[mode]


def step(quantity: Quantity) -> Fraction:
    """One unit of the last printed digit, in the base unit."""
    return _step(quantity.decimals, quantity.unit)


@cache
def _step(decimals: int, unit: Unit) -> Fraction:
    return Fraction(unit.factor.numerator, unit.factor.denominator * 10**decimals)


def round_step(value: Fraction, ulp: Fraction) -> Fraction:
    """One unit of the last digit that is not 0: 100 tỷ for "1.200 tỷ", 1 for "1.201"; never below `ulp`."""
    if value == 0:
        return ulp
    digits = abs(value) / ulp
    size = ulp
    while digits.denominator == 1 and digits.numerator % 10 == 0:
        digits /= 10
        size *= 10
    return size


def one_number(one: Quantity, other: Quantity, *, ties: bool = True) -> bool:
    """Whether two plain prints can be of one number: the finer rounds to the coarser.

    Two prints of equal precision must be equal. A tie may round either way, since nobody knows how a draft was rounded;
    without `ties` it rounds away from zero (the ledger: 8,5 is not 8). `sct.proofing.judging.direct` is the same with
    qualifiers and trailing zeros.
    """
    gap: Fraction = abs(one.value - other.value)
    fine, coarse = sorted((one, other), key=lambda quantity: quantity.half_step)
    if gap == 0 or fine.half_step == coarse.half_step:
        return gap == 0
    if gap != coarse.half_step:
        return gap < coarse.half_step
    return ties or abs(coarse.value) > abs(fine.value)


def rounding(value: Fraction, quantity: Quantity) -> Readings:
    """Readings of a plainly printed number (comparator `eq`).

    Whole numbers of counted things are exact at first reading; every whole number with trailing zeros may have been
    rounded to its last digit that is not 0.
    """
    ulp = step(quantity)
    tight = Interval.around(value, quantity.half_step)
    whole = quantity.decimals == 0
    counted = quantity.unit.counted and whole
    size = round_step(value, ulp) if whole else ulp
    if counted and abs(value) < _BIG * ulp:
        size = ulp
    # A counted thing below the last zero is exact ("43 cụm", "50 chợ"); "138.000 doanh nghiệp" may be 137.800.
    wide = tight if size == ulp else Interval.around(value, size / 2)
    cut = tight if counted and size == ulp else _cut(value, ulp)
    return Readings(tight, wide, cut, ulp, value)


def _cut(value: Fraction, ulp: Fraction) -> Interval:
    """Digits cut off: the value lies away from zero by less than one step."""
    return Interval(value, value + ulp) if value >= 0 else Interval(value - ulp, value)


def _slack(value: Fraction, plain: Readings, *, whole: bool, below: bool) -> Fraction:
    """How far a qualifier reaches: one step, but a tenth of a round number (gần 100), and below a one-digit one too.

    "gần 3" is 2,7 and more; "hơn 3" may be 3,9, since officials cut digits off.
    """
    digits = abs(value) / plain.ulp
    if below and digits < 10 and digits.denominator == 1 and plain.ulp >= 1:
        return abs(value) / 10
    is_round = whole and round_step(value, plain.ulp) > plain.ulp
    return max(plain.ulp, abs(value) / 10) if is_round else plain.ulp


def qualified(value: Fraction, quantity: Quantity, comparator: str, quote: str = "") -> Readings:
    """Readings of a number with its comparator; a negative figure is the mirror of the positive one (giảm hơn 5%)."""
    if value < 0:
        mirror = qualified(-value, quantity, comparator, quote)
        printed = None if mirror.printed is None else value
        return Readings(-mirror.tight, -mirror.wide, -mirror.cut, mirror.ulp, printed)
    plain = rounding(value, quantity)
    if comparator == Comparator.EQ.value:
        return plain
    whole = quantity.decimals == 0
    above, below = _slack(value, plain, whole=whole, below=False), _slack(value, plain, whole=whole, below=True)
    match comparator:
        case Comparator.GE.value:
            side = Interval(value, None)
        case Comparator.LE.value:
            side = Interval(None, value)
        case Comparator.GT.value:
            side = Interval(value, value + above)
        case Comparator.LT.value:
            side = Interval(value - below, value)
        case Comparator.APPROX.value if _BELOW.search(quote):
            side = Interval(value - below, value)
        case Comparator.APPROX.value if _ABOVE.search(quote):
            side = Interval(value, value + above)
        case Comparator.APPROX.value:
            wide = Interval(value - below, value + above).hull(plain.wide)
            return Readings(plain.tight, wide, plain.cut, plain.ulp)
        case _:
            return plain
    return Readings(side, side, side, plain.ulp)


def of_statement(statement: Statement, *, plan_is_exact: bool = False) -> Readings:
    """What a statement can stand for, in base units; a range is the hull of its two ends.

    With `plan_is_exact` a plan target is taken as set, not rounded: nobody plans 5,04%.
    """
    ulp = step(statement.quantity)
    as_set = plan_is_exact and statement.status == "plan"
    if statement.value is not None:
        if as_set and statement.comparator == "eq":
            return Readings.exactly(statement.value, ulp)
        return qualified(statement.value, statement.quantity, statement.comparator, statement.quote)
    assert statement.low is not None and statement.high is not None, "a statement has a value or two ends"
    if as_set:
        ends = Interval(statement.low, statement.high)
        return Readings(ends, ends, ends, ulp)
    low, high = (rounding(end, statement.quantity) for end in (statement.low, statement.high))
    return Readings(low.tight.hull(high.tight), low.wide.hull(high.wide), low.cut.hull(high.cut), ulp)


def ends(statement: Statement) -> tuple[Fraction, ...]:
    """The printed value, or both ends of a range."""
    if statement.value is not None:
        return (statement.value,)
    return tuple(end for end in (statement.low, statement.high) if end is not None)


def of_figure(figure: Figure) -> Readings:
    """What a figure of the ledger can stand for; targets are exact, one end of a range is open on its other side."""
    value, quantity = figure.quantity.value, figure.quantity
    if figure.bound:
        side = Interval(value, None) if figure.bound == "lower" else Interval(None, value)
        return Readings(side, side, side, step(quantity))
    if figure.stage is Stage.PLAN and figure.comparator is Comparator.EQ:
        return Readings.exactly(value, step(quantity))
    return qualified(value, quantity, figure.comparator.value)
