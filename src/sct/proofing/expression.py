"""Formulas of checks, over intervals: "100 * (V1 / V0 - 1)", "sum(p)", "span(least(g), most(g))".

They are parsed by Python's own grammar into a small tree that is walked here, never run as code. A name stands for one
interval or for several (the parts of a whole); arithmetic on several goes member by member.

A formula in which a name occurs twice is taken at the corners of its operands: every formula of the checks is a
quotient of functions linear in each operand, so its extremes lie there, and no width is counted twice.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import product
from math import prod
from typing import Any

from sct.proofing import ratios
from sct.proofing.intervals import Interval, root, total
from sct.proofing.ratios import Compiled, Point, Stretch

Value = Interval | tuple[Interval, ...]
Slot = tuple[str, int]  # a name and which of its several
_MOST_CORNERS = 256


class Undefined(Exception):  # noqa: N818 - not an error: the formula says nothing for these operands
    """A quotient by something that may be 0, a root of something that may be negative."""


@dataclass(frozen=True, slots=True)
class Expression:
    """A parsed formula; `names` are its operands in the order they first occur."""

    text: str
    tree: ast.expr
    names: tuple[str, ...]
    repeated: bool
    points: Compiled | None = None
    stretches: Compiled | None = None

    def over(self, values: Mapping[str, Value]) -> Interval | None:
        """All values the formula can take; None where it is not defined."""
        try:
            if self.stretches is not None:
                given = _stretches(values, self.names)
                if given is not None:
                    return ratios.interval(self._in_whole_numbers(self.stretches, given))
            elif self.repeated and all(_bounded(values[name]) for name in self.names):
                _walk(self.tree, values)  # whether it is defined between corners
                corners = self._at_corners(values)
                if corners is not None:
                    return corners
            return _one(_walk(self.tree, values))
        except (Undefined, ZeroDivisionError):
            return None

    def outer(self, values: Mapping[str, Stretch | list[Stretch]]) -> Stretch | None:
        """A stretch that holds all of `over`, without going to the corners; None where nobody can tell."""
        try:
            found: Stretch | None = self.stretches(values) if self.stretches is not None else None
        except ZeroDivisionError:
            return None
        return found

    def _in_whole_numbers(self, stretches: Compiled, given: Mapping[str, Stretch | list[Stretch]]) -> Stretch:
        """The same as `_walk` and `_at_corners`, for formulas of arithmetic alone."""
        plain: Stretch = stretches(given)  # raises where it is not defined between corners
        if not self.repeated or self.points is None:
            return plain
        slots = [(name, at) for name in self.names for at in range(len(_listed(given[name])))]
        ends = [_two(_listed(given[name])[at]) for name, at in slots]
        if prod(map(len, ends)) > _MOST_CORNERS:
            return plain
        several = {name: isinstance(given[name], list) for name in self.names}
        return ratios.hull([self.points(_at(slots, corner, several)) for corner in product(*ends)])

    def _at_corners(self, values: Mapping[str, Value]) -> Interval | None:
        """The hull of the formula's values at the corners of its operands; None where there are too many."""
        slots = [(name, at) for name in self.names for at in range(_count(values[name]))]
        ends = [_ends(values[name], at) for name, at in slots]
        if prod(map(len, ends)) > _MOST_CORNERS:
            return None
        hull: Interval | None = None
        for corner in product(*ends):
            found = _one(_walk(self.tree, _taken(slots, corner, values)))
            hull = found if hull is None else hull.hull(found)
        return hull


@cache
def expression(text: str) -> Expression:
    """The expression of a formula; raises `ValueError` for one that is not of the grammar."""
    tree = ast.parse(text, mode="eval").body
    names = [node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id not in _FUNCTIONS]
    for node in ast.walk(tree):
        known = not isinstance(node, ast.Call) or (isinstance(node.func, ast.Name) and node.func.id in _FUNCTIONS)
        number = not isinstance(node, ast.Constant) or isinstance(node.value, int | float)
        if not (isinstance(node, _ALLOWED) and known and number):
            raise ValueError(f"{text}: {type(node).__name__} is not of the grammar of checks")
    found = sorted(dict.fromkeys(names), key=text.find)
    repeated = any(count > 1 for count in Counter(names).values())
    points = ratios.over_points(tree) if repeated else None
    return Expression(text, tree, tuple(found), repeated, points, ratios.over_stretches(tree))


def _stretches(values: Mapping[str, Value], names: Iterable[str]) -> dict[str, Stretch | list[Stretch]] | None:
    """The operands in whole numbers; None where one is open."""
    given: dict[str, Stretch | list[Stretch]] = {}
    for name in names:
        value = values[name]
        if isinstance(value, Interval):
            one = ratios.stretch(value)
            if one is None:
                return None
            given[name] = one
        else:
            members = [found for found in map(ratios.stretch, value) if found is not None]
            if len(members) < len(value):
                return None
            given[name] = members
    return given


def _listed(value: Stretch | list[Stretch]) -> list[Stretch]:
    return value if isinstance(value, list) else [value]


def _two(value: Stretch) -> Sequence[Point]:
    low, high = value[:2], value[2:]
    return (low,) if low == high else (low, high)


def _at(slots: Sequence[Slot], corner: Sequence[Point], several: Mapping[str, bool]) -> dict[str, Any]:
    """The operands at one corner."""
    taken: dict[str, Any] = {}
    for (name, _at), point in zip(slots, corner, strict=True):
        if several[name]:
            taken.setdefault(name, []).append(point)
        else:
            taken[name] = point
    return taken


def _taken(slots: Sequence[Slot], corner: Sequence[Fraction], values: Mapping[str, Value]) -> dict[str, Value]:
    """The operands at one corner, as points."""
    taken: dict[str, Value] = dict(values)
    points: dict[str, list[Interval]] = {}
    for (name, _at), end in zip(slots, corner, strict=True):
        points.setdefault(name, []).append(Interval.exact(end))
    for name, found in points.items():
        taken[name] = tuple(found) if isinstance(values[name], tuple) else found[0]
    return taken


def _walk(node: ast.expr, values: Mapping[str, Value]) -> Value:
    if isinstance(node, ast.Constant):
        return _constant(str(node.value))
    if isinstance(node, ast.Name):
        return values[node.id]
    if isinstance(node, ast.UnaryOp):
        return _each(lambda a, _b: -a, _walk(node.operand, values), Interval.exact(Fraction(0)))
    if isinstance(node, ast.BinOp):
        return _each(_OPERATIONS[type(node.op)], _walk(node.left, values), _walk(node.right, values))
    assert isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    return _FUNCTIONS[node.func.id](*(_walk(argument, values) for argument in node.args))


@cache
def _constant(text: str) -> Interval:
    return Interval.exact(Fraction(text))


def _each(operation: Callable[[Interval, Interval], Interval], left: Value, right: Value) -> Value:
    """One with one, one with each of several, or member by member."""
    if isinstance(left, Interval) and isinstance(right, Interval):
        return operation(left, right)
    lefts, rights = _many(left), _many(right)
    size = max(len(lefts), len(rights))
    lefts, rights = (side * size if len(side) == 1 else side for side in (lefts, rights))
    return tuple(operation(a, b) for a, b in zip(lefts, rights, strict=True))


def _many(value: Value) -> tuple[Interval, ...]:
    return value if isinstance(value, tuple) else (value,)


def _one(value: Value) -> Interval:
    assert isinstance(value, Interval), "a formula of a check gives one interval"
    return value


def _divide(left: Interval, right: Interval) -> Interval:
    quotient = left.over(right)
    if quotient is None:
        raise Undefined
    return quotient


def _multiply(left: Interval, right: Interval) -> Interval:
    if right.low is not None and (right.low is right.high or right.low == right.high):
        return left.times(right.low) if right.low else Interval.exact(Fraction(0))
    if left.low is not None and (left.low is left.high or left.low == left.high):
        return _multiply(right, left)
    if left.low is None or left.high is None or right.low is None or right.high is None:
        raise Undefined
    if left.low.numerator >= 0 and right.low.numerator >= 0:
        return Interval(left.low * right.low, left.high * right.high)
    corners = [a * b for a, b in product((left.low, left.high), (right.low, right.high))]
    return Interval(min(corners), max(corners))


def _root(value: Value, count: Value) -> Interval:
    years = _one(count).low
    found = root(_one(value), int(years)) if years is not None and years > 0 else None
    if found is None:
        raise Undefined
    return found


def _side(value: Value) -> Interval:
    """Everything of the same sign: above 0 for a rise, below for a fall, all where both are possible."""
    one = _one(value)
    zero = Fraction(0)
    low = zero if one.low is not None and one.low >= 0 else None
    high = zero if one.high is not None and one.high <= 0 else None
    return Interval(low, high)


def _least(value: Value) -> Interval:
    many = _many(value)
    lows = [one.low for one in many if one.low is not None]
    return Interval(min(lows), None) if len(lows) == len(many) else Interval(None, None)


def _most(value: Value) -> Interval:
    return -_least(tuple(-one for one in _many(value)))


def _span(*ends: Value) -> Interval:
    """From the lowest to the highest of some values."""
    every = [one for end in ends for one in _many(end)]
    lows = [one.low for one in every]
    highs = [one.high for one in every]
    low = None if None in lows else min(end for end in lows if end is not None)
    high = None if None in highs else max(end for end in highs if end is not None)
    return Interval(low, high)


_OPERATIONS: Mapping[type[ast.operator], Callable[[Interval, Interval], Interval]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: _multiply,
    ast.Div: _divide,
}
_FUNCTIONS: Mapping[str, Callable[..., Value]] = {
    "sum": lambda values: total(_many(values)),
    "span": _span,
    "upto": lambda value: Interval(None, _one(value).high),
    "onward": lambda value: Interval(_one(value).low, None),
    "least": _least,
    "most": _most,
    "root": _root,
    "side": _side,
}
_ALLOWED = (
    ast.Constant, ast.Name, ast.Load, ast.BinOp, ast.UnaryOp, ast.USub, ast.Call, ast.Add, ast.Sub, ast.Mult, ast.Div,
)  # fmt: skip


def _count(value: Value) -> int:
    return len(_many(value))


def _bounded(value: Value) -> bool:
    return all(one.is_bounded for one in _many(value))


def _ends(value: Value, at: int) -> Sequence[Fraction]:
    one = _many(value)[at]
    assert one.low is not None and one.high is not None
    return (one.low,) if one.low == one.high else (one.low, one.high)
