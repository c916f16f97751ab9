"""What a colleague would ask first where a relation fails: a scale word lost, a sign, two digits changed round.

A slip is only named when undoing it makes the relation hold. It is looked for in the claim, then in each operand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from sct.catalogue.statement import Statement
from sct.proofing import wording
from sct.proofing.intervals import Interval
from sct.proofing.judging import Formula, Judgement
from sct.proofing.ratios import apart, stretch
from sct.proofing.rounding import Readings, rounding
from sct.proofing.told import Told
from sct.vietnamese.quantities import Quantity
from sct.words import _

SCALED = ("VND", "USD", "kWh", "MW", "tonne", "ha", "TEU")  # dimensions told with nghìn, triệu, tỷ
_POWERS = tuple(Fraction(1000) ** power for power in (1, -1, 2, -2, 3, -3))


def other_scale(one: Fraction, other: Fraction, spread: Fraction = Fraction(11, 10)) -> Fraction | None:
    """The power of a thousand by which two values differ, give or take `spread` times; None where by none.

    A ratio of less than a hundred is no such power: floats are enough to see that, and most ratios are such.
    """
    if not one or not other or 1 < 100 * abs(float(one) / float(other)) < 10_000:
        return None
    ratio = abs(one / other)
    return next((power for power in _POWERS if power / spread < ratio < power * spread), None)


@dataclass(frozen=True, slots=True)
class Slip:
    """A code of `Finding.cause` and what would mend it."""

    code: str
    repair: str


def slip(
    readings: Readings, claim: Statement, operands: Sequence[Told], formula: Formula, judgement: Judgement
) -> Slip | None:
    """The slip that explains why a relation fails, None where none does."""
    found = _in_claim(readings, claim, judgement.computed)
    return found if found is not None else _in_operands(readings, operands, formula)


def _in_claim(readings: Readings, claim: Statement, computed: Interval) -> Slip | None:
    if not claim.value:
        return None
    found = _too_strong(claim, computed) if claim.comparator in ("gt", "lt", "ge", "le", "approx") else None
    if found is not None or not computed.is_bounded:
        return found
    if (-readings.wide).meets(computed):
        return Slip("opposite-sign", _mend(claim, -claim.value))
    return _scaled(readings, claim, computed) or _mistyped(claim, computed)


def _too_strong(claim: Statement, computed: Interval) -> Slip | None:
    """ "hơn", "gần" where the number alone would do, or nearly: a word too strong, not another number."""
    assert claim.value is not None
    bare = rounding(claim.value, claim.quantity)
    if bare.wide.meets(computed):
        return Slip("qualifier", _("Bỏ chữ «hơn», «gần», hoặc làm tròn sang số kia"))
    if _misses_little(bare, computed):
        return Slip("qualifier", _mend(claim, computed.low if computed.low is not None else claim.value))
    return None


def _scaled(readings: Readings, claim: Statement, computed: Interval) -> Slip | None:
    if claim.quantity.unit.dimension not in SCALED:
        return None
    for power in _POWERS:
        if readings.wide.times(power).meets(computed):
            return Slip("scale", rescaled(wording.printed_with_unit(claim), power))
    return None


def _mistyped(claim: Statement, computed: Interval) -> Slip | None:
    mine = digits(claim.quantity.number)
    for value in _printable(computed, claim.quantity):
        if near_miss(mine, digits(value)):
            return Slip("digits-swapped", _mend(claim, value * claim.quantity.unit.factor))
    return None


def _misses_little(bare: Readings, computed: Interval) -> bool:
    """Whether the number with its qualifier misses by less than a quarter: a word too strong, not another number."""
    low, high = bare.tight.low, bare.tight.high
    if low is None or high is None or not low + high:
        return False
    return bare.tight.gap(computed) * 4 < abs(low + high) / 2


def _printable(computed: Interval, like: Quantity) -> list[Fraction]:
    """The numbers with the claim's digits that lie in the computed interval, when there are few."""
    if computed.low is None or computed.high is None:
        return []
    step = Fraction(1, 10**like.decimals)
    low, high = computed.low / like.unit.factor / step, computed.high / like.unit.factor / step
    first, last = floor(low + Fraction(1, 2)), ceil(high - Fraction(1, 2))
    return [n * step for n in range(first, last + 1)] if last - first < 5 else []


def _in_operands(readings: Readings, operands: Sequence[Told], formula: Formula) -> Slip | None:
    """One operand read otherwise: its scale, then two neighbouring digits."""
    taken = [told.readings().tight for told in operands]
    outer = getattr(formula, "outer", None)
    claimed, plain = stretch(readings.wide), [found for found in map(stretch, taken) if found is not None]
    if claimed is None or len(plain) < len(taken):
        outer = None
    for at, told in enumerate(operands):
        half = told.quantity.half_step
        for code, value in _variants(told):
            other = Interval.around(value, half)
            if outer is not None and claimed is not None:  # most variants are far off: no corners are needed for that
                found = outer([*plain[:at], stretch(other), *plain[at + 1 :]])
                if found is not None and apart(found, claimed):
                    continue
            computed = formula([*taken[:at], other, *taken[at + 1 :]])
            if computed is not None and computed.is_bounded and readings.wide.meets(computed):
                said = told.words()
                better = wording.number(value, told.quantity.unit, told.quantity.decimals)
                if code == "scale" and told.value:
                    return Slip(code, rescaled(said, value / told.value))
                return Slip(code, _("Nếu {said} là {better} thì khớp").format(said=said, better=better))
    return None


def _variants(told: Told) -> Iterator[tuple[str, Fraction]]:
    value, quantity = told.value, told.quantity
    if not value:
        return
    if told.dimension in SCALED:
        for power in _POWERS[:2]:
            yield "scale", value * power
    step = Fraction(1, 10**quantity.decimals)
    printed = str(abs(quantity.number) / step)
    if told.statement is None or len(printed) < 3:
        return
    sign = 1 if value > 0 else -1
    for at in range(len(printed) - 1):
        if printed[at] != printed[at + 1]:
            swapped = printed[:at] + printed[at + 1] + printed[at] + printed[at + 2 :]
            yield "digits-swapped", sign * int(swapped) * step * quantity.unit.factor


def _mend(claim: Statement, value: Fraction) -> str:
    better = wording.number(value, claim.quantity.unit, claim.quantity.decimals)
    return _("Có phải {better}?").format(better=wording.with_unit(better, claim.quantity.unit))


def rescaled(said: str, power: Fraction) -> str:
    """What a figure would need to be `power` times what it says: the word lost or added."""
    if power > 1:
        return _("{said} có thể thiếu «{word}»").format(said=said, word=_SCALE_WORDS[power])
    return _("{said} có thể thừa «{word}»").format(said=said, word=_SCALE_WORDS[1 / power])


_SCALE_WORDS = {Fraction(10**3): "nghìn", Fraction(10**6): "triệu", Fraction(10**9): "tỷ"}


def digits(number: Fraction) -> str:
    """The digits of a decimal number without sign, comma and outer zeros; "" for one that has no end."""
    number = abs(number)
    while number.denominator != 1 and number.numerator < 10**15:
        number *= 10
    return str(int(number)).rstrip("0") if number.denominator == 1 else ""


def near_miss(mine: str, theirs: str) -> bool:
    """One digit other, missing or too many, or two neighbours changed round; not the last digit alone."""
    if len(mine) < 3 or not theirs or mine == theirs:
        return False
    if len(mine) == len(theirs):
        differing = [at for at, (a, b) in enumerate(zip(mine, theirs, strict=True)) if a != b]
        if len(differing) == 1:
            return differing != [len(mine) - 1]
        neighbours = len(differing) == 2 and differing[1] == differing[0] + 1
        return neighbours and mine[differing[0]] == theirs[differing[1]] and mine[differing[1]] == theirs[differing[0]]
    longer, shorter = (mine, theirs) if len(mine) > len(theirs) else (theirs, mine)
    return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))
