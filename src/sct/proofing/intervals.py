"""Closed intervals with exact ends, and the operations a proof needs.

A printed figure stands for every value that rounds to it, so a comparison of printed figures is a comparison of
intervals. Ends are `Fraction`; an end of `None` is open to infinity (ít nhất, không quá).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

End = Fraction | None


def less(one: Fraction, other: Fraction) -> bool:
    """one < other in whole numbers; a quarter of the time that `Fraction` takes for finding out what it compares."""
    return one.numerator * other.denominator < other.numerator * one.denominator


@dataclass(frozen=True, slots=True)
class Interval:
    """All values from `low` to `high`, both included."""

    low: End
    high: End

    @classmethod
    def exact(cls, value: Fraction) -> Interval:
        return cls(value, value)

    @classmethod
    def around(cls, value: Fraction, half: Fraction) -> Interval:
        return cls(value - half, value + half)

    @property
    def is_bounded(self) -> bool:
        return self.low is not None and self.high is not None

    @property
    def width(self) -> Fraction | None:
        """None when an end is open."""
        return None if self.low is None or self.high is None else self.high - self.low

    def is_wider(self, limit: Fraction) -> bool:
        """Whether it is wider than `limit`, or open."""
        if self.low is None or self.high is None:
            return True
        low, high = self.low.denominator, self.high.denominator
        width = self.high.numerator * low - self.low.numerator * high
        return limit.numerator * low * high < width * limit.denominator

    def __contains__(self, value: Fraction) -> bool:
        below = self.low is not None and less(value, self.low)
        return not below and (self.high is None or not less(self.high, value))

    @property
    def has_zero(self) -> bool:
        return (self.low is None or self.low.numerator <= 0) and (self.high is None or self.high.numerator >= 0)

    def meets(self, other: Interval) -> bool:
        """Whether one value lies in both."""
        if self.high is not None and other.low is not None and less(self.high, other.low):
            return False
        return self.low is None or other.high is None or not less(other.high, self.low)

    def gap(self, other: Interval) -> Fraction:
        """The distance between the two, 0 when they meet."""
        if self.high is not None and other.low is not None and self.high < other.low:
            return other.low - self.high
        if self.low is not None and other.high is not None and other.high < self.low:
            return self.low - other.high
        return Fraction(0)

    def hull(self, other: Interval) -> Interval:
        """The smallest interval that holds both."""
        low = None if self.low is None or other.low is None else min(self.low, other.low)
        high = None if self.high is None or other.high is None else max(self.high, other.high)
        return Interval(low, high)

    def __neg__(self) -> Interval:
        return Interval(None if self.high is None else -self.high, None if self.low is None else -self.low)

    def __add__(self, other: Interval) -> Interval:
        low = None if self.low is None or other.low is None else self.low + other.low
        high = None if self.high is None or other.high is None else self.high + other.high
        return Interval(low, high)

    def __sub__(self, other: Interval) -> Interval:
        low = None if self.low is None or other.high is None else self.low - other.high
        high = None if self.high is None or other.low is None else self.high - other.low
        return Interval(low, high)

    def plus(self, value: Fraction | int) -> Interval:
        return self + Interval.exact(Fraction(value))

    def times(self, factor: Fraction | int) -> Interval:
        """Every value multiplied by a factor that is not 0."""
        assert factor
        low = None if self.low is None else self.low * factor
        high = None if self.high is None else self.high * factor
        return Interval(low, high) if factor.numerator > 0 else Interval(high, low)

    def over(self, other: Interval) -> Interval | None:
        """All quotients; None where nothing can be said: `other` holds 0 or reaches to infinity.

        Of an open numerator over a divisor of one sign the open end stays open.
        """
        if other.has_zero or other.low is None or other.high is None:
            return None
        if self.low is not None and self.high is not None:
            if self.low.numerator >= 0 and other.low.numerator > 0:  # the usual case, without comparing four quotients
                return Interval(self.low / other.high, self.high / other.low)
            corners = [a / b for a, b in product((self.low, self.high), (other.low, other.high))]
            return Interval(min(corners), max(corners))
        if other.high.numerator < 0:
            return (-self).over(-other)
        low = None if self.low is None else min(self.low / other.low, self.low / other.high)
        high = None if self.high is None else max(self.high / other.low, self.high / other.high)
        return Interval(low, high)


def total(intervals: Iterable[Interval]) -> Interval:
    """The interval of a sum; widths add up."""
    every = list(intervals)
    result = every[0] if every else Interval.exact(Fraction(0))
    for interval in every[1:]:
        result = result + interval
    return result


_ROOT_DIGITS = 12  # after the comma; ends are rounded outwards


def root(value: Interval, count: int) -> Interval | None:
    """The `count`-th roots of non-negative values, ends rounded outwards at the twelfth digit; None below 0."""
    if count < 1 or value.low is None or value.high is None or value.low < 0:
        return None
    return Interval(_root(value.low, count, up=False), _root(value.high, count, up=True))


def _root(value: Fraction, count: int, *, up: bool) -> Fraction:
    """The largest root of twelve digits whose power is not above the value, or the next one."""
    scale = 10**_ROOT_DIGITS
    target = value.numerator * scale**count // value.denominator
    low, high = 0, 1
    while high**count <= target:
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if middle**count <= target else (low, middle)
    exact = Fraction(low, scale) ** count == value
    return Fraction(low if exact or not up else high, scale)
