"""Rounding of computed values, by named rules. Panels are not rounded; a value is rounded once, when it is told.

The value rounded is the exact fraction, not the float of the panel: 100·(1.022,5/1.000 − 1) is 2,25 exactly and
becomes 2,3, which the float 2,2499999999999964 would miss.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from sct.catalogue.model import Indicator, Transformation
from sct.vietnamese.quantities import Quantity, Unit

PERCENT = Unit("pct", "percent", Fraction(1), "%", "%")
POINT = Unit("pp", "percentage_point", Fraction(1), "điểm phần trăm", "percentage points")

# Digits after the comma where an indicator declares none (domain-rules §6.3).
DEFAULT_DECIMALS: Mapping[Transformation, int] = {
    Transformation.CONTRIBUTION: 2,
    Transformation.SINCE_DECEMBER: 2,
    Transformation.AVERAGE_YEARLY: 2,
}
# What is told in the indicator's own unit; points and percentages are told in theirs.
_OWN_UNIT = (Transformation.LEVEL,)


def half_up(value: Fraction, decimals: int) -> Fraction:
    """To the nearest, a half away from zero: 2,25 → 2,3 and −2,25 → −2,3; how Vietnamese tables are rounded."""
    scaled = abs(value) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(whole if value >= 0 else -whole, 10**decimals)


def half_even(value: Fraction, decimals: int) -> Fraction:
    """To the nearest, a half to the even digit: 2,25 → 2,2; without drift in long sums."""
    return Fraction(round(value * 10**decimals), 10**decimals)


RULES: Mapping[str, Callable[[Fraction, int], Fraction]] = {"ROUND_HALF_UP": half_up, "ROUND_HALF_EVEN": half_even}
RULE = "ROUND_HALF_UP"


def decimals_of(indicator: Indicator, transformation: Transformation) -> int:
    """The declared digits, else the default table; a count has none."""
    default = DEFAULT_DECIMALS.get(transformation, 1)
    if transformation is Transformation.LEVEL and indicator.unit.counted:
        default = 0
    return indicator.decimals_of(transformation, default)


def unit_of(indicator: Indicator, transformation: Transformation, units: Mapping[str, Unit]) -> Unit:
    if transformation in _OWN_UNIT:
        return indicator.unit
    fallback = POINT if transformation is Transformation.CONTRIBUTION else PERCENT
    return units.get(fallback.code, fallback)


def rounded(value: Fraction, unit: Unit, decimals: int, rule: str = RULE) -> Quantity:
    """A value in base units as a quantity of `unit`, rounded once by the named rule."""
    return Quantity(RULES[rule](value / unit.factor, decimals), unit, decimals)
