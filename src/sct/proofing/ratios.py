"""Formulas over whole numbers: exact as fractions are in about half their time, since nothing is reduced on the way.

A point is (numerator, denominator), a stretch (lowest numerator and denominator, highest numerator and denominator),
denominators above 0. Only what comes out is made a `Fraction`, once.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from sct.proofing.intervals import Interval

Point = tuple[int, int]
Stretch = tuple[int, int, int, int]
Compiled = Callable[[Mapping[str, Any]], Any]
Operations = Mapping[type[ast.operator], Callable[[Any, Any], Any]]


def over_points(tree: ast.expr) -> Compiled | None:
    """The formula over points, lists of them for several; None for one with bounds, which are no arithmetic."""
    return _compiled(tree, _POINTS, lambda value: (value.numerator, value.denominator))


def over_stretches(tree: ast.expr) -> Compiled | None:
    """The formula over stretches; it raises `ZeroDivisionError` where a divisor may be 0."""
    return _compiled(tree, _STRETCHES, lambda value: (value.numerator, value.denominator) * 2)


def stretch(interval: Interval) -> Stretch | None:
    """The ends of an interval; None for an open one."""
    low, high = interval.low, interval.high
    if low is None or high is None:
        return None
    return low.numerator, low.denominator, high.numerator, high.denominator


def interval(found: Stretch) -> Interval:
    low = Fraction(found[0], found[1])
    same = found[0] == found[2] and found[1] == found[3]
    return Interval(low, low if same else Fraction(found[2], found[3]))


def hull(points: Sequence[Point]) -> Stretch:
    """From the lowest of some points to the highest."""
    low = high = points[0]
    for point in points:
        if point[0] * low[1] < low[0] * point[1]:
            low = point
        elif high[0] * point[1] < point[0] * high[1]:
            high = point
    return (*low, *high)


def apart(one: Stretch, other: Stretch) -> bool:
    """Whether two stretches have no value in common."""
    return one[2] * other[1] < other[0] * one[3] or other[2] * one[1] < one[0] * other[3]


def _compiled(node: ast.expr, operations: Operations, point: Callable[[Fraction], Any]) -> Compiled | None:
    if isinstance(node, ast.Constant):
        constant = point(Fraction(str(node.value)))
        return lambda _values: constant
    if isinstance(node, ast.Name):
        name = node.id
        return lambda values: values[name]
    if isinstance(node, ast.BinOp):
        left, right = _compiled(node.left, operations, point), _compiled(node.right, operations, point)
        operation = operations[type(node.op)]
        if left is None or right is None:
            return None
        return lambda values: _each(operation, left(values), right(values))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "sum":
        inner, add = _compiled(node.args[0], operations, point), operations[ast.Add]
        return None if inner is None else lambda values: _total(add, inner(values))
    return None


def _each(operation: Callable[[Any, Any], Any], left: Any, right: Any) -> Any:
    """One with one, one with each of several, or member by member."""
    if isinstance(left, tuple) and isinstance(right, tuple):
        return operation(left, right)
    size = max(len(side) for side in (left, right) if isinstance(side, list))
    lefts = left if isinstance(left, list) else [left] * size
    rights = right if isinstance(right, list) else [right] * size
    return [operation(a, b) for a, b in zip(lefts, rights, strict=True)]


def _total(add: Callable[[Any, Any], Any], members: Any) -> Any:
    found, *rest = members if isinstance(members, list) else [members]
    for member in rest:
        found = add(found, member)
    return found


def _plus(one: Point, other: Point) -> Point:
    if one[1] == other[1]:
        return one[0] + other[0], one[1]
    return one[0] * other[1] + other[0] * one[1], one[1] * other[1]


def _minus(one: Point, other: Point) -> Point:
    if one[1] == other[1]:
        return one[0] - other[0], one[1]
    return one[0] * other[1] - other[0] * one[1], one[1] * other[1]


def _times(one: Point, other: Point) -> Point:
    return one[0] * other[0], one[1] * other[1]


def _over(one: Point, other: Point) -> Point:
    if other[0] > 0:
        return one[0] * other[1], one[1] * other[0]
    if other[0] == 0:
        raise ZeroDivisionError
    return -one[0] * other[1], -one[1] * other[0]


def _plus_all(one: Stretch, other: Stretch) -> Stretch:
    return (*_plus(one[:2], other[:2]), *_plus(one[2:], other[2:]))


def _minus_all(one: Stretch, other: Stretch) -> Stretch:
    return (*_minus(one[:2], other[2:]), *_minus(one[2:], other[:2]))


def _times_all(one: Stretch, other: Stretch) -> Stretch:
    if one[0] >= 0 and other[0] >= 0:
        return one[0] * other[0], one[1] * other[1], one[2] * other[2], one[3] * other[3]
    return hull([_times(a, b) for a in (one[:2], one[2:]) for b in (other[:2], other[2:])])


def _over_all(one: Stretch, other: Stretch) -> Stretch:
    if other[0] <= 0 <= other[2]:
        raise ZeroDivisionError
    if one[0] >= 0 and other[0] > 0:
        return one[0] * other[3], one[1] * other[2], one[2] * other[1], one[3] * other[0]
    return hull([_over(a, b) for a in (one[:2], one[2:]) for b in (other[:2], other[2:])])


_POINTS: Operations = {ast.Add: _plus, ast.Sub: _minus, ast.Mult: _times, ast.Div: _over}
_STRETCHES: Operations = {ast.Add: _plus_all, ast.Sub: _minus_all, ast.Mult: _times_all, ast.Div: _over_all}
