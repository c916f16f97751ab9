"""Bounds: what a computed value can be when each printed operand stands for all values that round to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Bounds:
    """A closed interval of exact numbers with the four operations.

    An operand that occurs twice counts as two, so bounds are never too narrow, sometimes too wide.
    Division by an interval that holds zero raises `ZeroDivisionError`.
    """

    low: Fraction
    high: Fraction

    @classmethod
    def of(cls, other: Bounds | Fraction | int) -> Bounds:
        return other if isinstance(other, Bounds) else cls(Fraction(other), Fraction(other))

    def monotone(self, function: Callable[[Fraction], Fraction]) -> Bounds:
        """Under a function that never falls."""
        return Bounds(function(self.low), function(self.high))

    def __add__(self, other: Bounds | Fraction | int) -> Bounds:
        with_ = Bounds.of(other)
        return Bounds(self.low + with_.low, self.high + with_.high)

    def __neg__(self) -> Bounds:
        return Bounds(-self.high, -self.low)

    def __sub__(self, other: Bounds | Fraction | int) -> Bounds:
        return self + -Bounds.of(other)

    def __mul__(self, other: Bounds | Fraction | int) -> Bounds:
        with_ = Bounds.of(other)
        corners = [a * b for a in (self.low, self.high) for b in (with_.low, with_.high)]
        return Bounds(min(corners), max(corners))

    def __truediv__(self, other: Bounds | Fraction | int) -> Bounds:
        with_ = Bounds.of(other)
        if with_.low <= 0 <= with_.high:
            raise ZeroDivisionError("bounds of the divisor hold zero")
        return self * Bounds(1 / with_.high, 1 / with_.low)

    def __radd__(self, other: Fraction | int) -> Bounds:
        return self + other

    def __rsub__(self, other: Fraction | int) -> Bounds:
        return Bounds.of(other) - self

    def __rmul__(self, other: Fraction | int) -> Bounds:
        return self * other

    def __rtruediv__(self, other: Fraction | int) -> Bounds:
        return Bounds.of(other) / self

    def __lt__(self, other: Bounds) -> bool:
        """By the upper end, so that `max` of bounds bounds the greatest."""
        return self.high < other.high
