"""Formulas in floats, to see quickly what fractions need not be asked; near a border fractions decide.

A formula over numbers says which corners may be outermost; one over spans (low, high) holds everything that the exact
intervals hold: each step is widened by far more than a float can err.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from typing import Any

from sct.proofing.intervals import Interval

Span = tuple[float, float]
Rough = Callable[[Mapping[str, Any]], Any]
Operations = Mapping[type[ast.operator], Callable[[Any, Any], Any]]
_SLACK = 1e-12  # of the larger operand; a float errs by 1e-16
_INFINITE = float("inf")


def in_floats(tree: ast.expr) -> Rough | None:
    """The formula over numbers, lists of them for several; None for one with bounds, which are no arithmetic."""
    return _compiled(tree, _NUMBERS, float)


def in_spans(tree: ast.expr) -> Rough | None:
    """The formula over spans; it raises `ZeroDivisionError` where a divisor may be 0."""
    return _compiled(tree, _SPANS, lambda value: (float(value), float(value)))


def span(interval: Interval) -> Span:
    """An interval in floats, widened."""
    low = -_INFINITE if interval.low is None else float(interval.low)
    high = _INFINITE if interval.high is None else float(interval.high)
    return low - abs(low) * _SLACK, high + abs(high) * _SLACK


def apart(one: Span, other: Span) -> bool:
    """Whether two spans surely have no value in common."""
    return one[1] < other[0] or other[1] < one[0]


def _compiled(node: ast.expr, operations: Operations, point: Callable[[Any], Any]) -> Rough | None:
    if isinstance(node, ast.Constant):
        constant = point(node.value)
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
    if not isinstance(left, list) and not isinstance(right, list):
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


def _plus(one: Span, other: Span) -> Span:
    return _wider(one[0] + other[0], one[1] + other[1], max(map(abs, (*one, *other))))


def _minus(one: Span, other: Span) -> Span:
    return _wider(one[0] - other[1], one[1] - other[0], max(map(abs, (*one, *other))))


def _times(one: Span, other: Span) -> Span:
    corners = (one[0] * other[0], one[0] * other[1], one[1] * other[0], one[1] * other[1])
    low, high = min(corners), max(corners)
    return _wider(low, high, max(abs(low), abs(high)))


def _over(one: Span, other: Span) -> Span:
    if other[0] <= 0 <= other[1]:
        raise ZeroDivisionError
    corners = (one[0] / other[0], one[0] / other[1], one[1] / other[0], one[1] / other[1])
    low, high = min(corners), max(corners)
    return _wider(low, high, max(abs(low), abs(high)))


def _wider(low: float, high: float, size: float) -> Span:
    return low - size * _SLACK, high + size * _SLACK


_NUMBERS: Operations = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}
_SPANS: Operations = {ast.Add: _plus, ast.Sub: _minus, ast.Mult: _times, ast.Div: _over}
