"""Formulas of checks, over intervals: "100 * (V1 / V0 - 1)", "sum(p)", "span(least(g), most(g))".

They are parsed by Python's own grammar into a small tree that is walked here, never run as code. A name stands for one
interval or for several (the parts of a whole); arithmetic on several goes member by member.

A formula in which a name occurs twice is taken at the corners of its operands: every formula of the checks is a
quotient of functions linear in each operand, so its extremes lie there, and no width is counted twice.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import product
from math import prod
from typing import Any

from sct.proofing.intervals import Interval, root, total
from sct.proofing.roughly import Rough, Span, in_floats, in_spans, span

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
    floats: Rough | None = None
    spans: Rough | None = None

    def over(self, values: Mapping[str, Value]) -> Interval | None:
        """All values the formula can take; None where it is not defined."""
        try:
            if self.repeated and all(_bounded(values[name]) for name in self.names):
                if self.roughly(_as_spans(values)) is None:  # floats cannot tell that it is defined between corners
                    _walk(self.tree, values)
                corners = self._at_corners(values)
                if corners is not None:
                    return corners
            return _one(_walk(self.tree, values))
        except Undefined:
            return None

    def roughly(self, values: Mapping[str, Span | list[Span]]) -> Span | None:
        """A span that holds all of `over`; None where floats cannot tell."""
        try:
            found: Span | None = self.spans(values) if self.spans is not None else None
        except (ArithmeticError, TypeError):
            return None
        return found if found is not None and found[0] <= found[1] else None

    def _at_corners(self, values: Mapping[str, Value]) -> Interval | None:
        """The hull of the formula's values at the corners of its operands; None where there are too many.

        Floats say which corners can be the lowest and the highest, fractions decide among those.
        """
        slots = [(name, at) for name in self.names for at in range(_count(values[name]))]
        ends = [_ends(values[name], at) for name, at in slots]
        if prod(map(len, ends)) > _MOST_CORNERS:
            return None
        corners = list(product(*ends))
        hull: Interval | None = None
        for at in self._outermost(slots, ends, values):
            found = _one(_walk(self.tree, _taken(slots, corners[at], values)))
            hull = found if hull is None else hull.hull(found)
        return hull

    def _outermost(
        self, slots: Sequence[Slot], ends: Sequence[Sequence[Fraction]], values: Mapping[str, Value]
    ) -> Sequence[int]:
        """The corners whose value in floats is within a billionth of the lowest or the highest; all if floats fail."""
        rough = [tuple(float(end) for end in pair) for pair in ends]
        every = range(prod(map(len, ends)))
        if self.floats is None:
            return every
        try:
            found = [self.floats(_taken_roughly(slots, corner, values)) for corner in product(*rough)]
        except (ArithmeticError, TypeError):
            return every
        low, high = min(found), max(found)
        near = 1e-9 * max(abs(low), abs(high))
        if not near < float("inf"):
            return every
        return [at for at, value in enumerate(found) if value <= low + near or value >= high - near]


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
    return Expression(text, tree, tuple(found), repeated, in_floats(tree) if repeated else None, in_spans(tree))


def _as_spans(values: Mapping[str, Value]) -> dict[str, Span | list[Span]]:
    return {
        name: [span(one) for one in value] if isinstance(value, tuple) else span(value)
        for name, value in values.items()
    }


def _taken(slots: Sequence[Slot], corner: Sequence[Fraction], values: Mapping[str, Value]) -> dict[str, Value]:
    """The operands at one corner, as points."""
    taken: dict[str, Value] = dict(values)
    points: dict[str, list[Interval]] = {}
    for (name, _at), end in zip(slots, corner, strict=True):
        points.setdefault(name, []).append(Interval.exact(end))
    for name, found in points.items():
        taken[name] = tuple(found) if isinstance(values[name], tuple) else found[0]
    return taken


def _taken_roughly(slots: Sequence[Slot], corner: Sequence[float], values: Mapping[str, Value]) -> dict[str, Any]:
    taken: dict[str, Any] = {}
    for (name, _at), end in zip(slots, corner, strict=True):
        if isinstance(values[name], tuple):
            taken.setdefault(name, []).append(end)
        else:
            taken[name] = end
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
