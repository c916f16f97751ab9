"""Formulas of declared indicators as kernels, so that panels, exact cells and error bounds share one arithmetic."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from sct.engine.grammar import Binary, Formula, Name, Negative, Number, names, parse, write
from sct.engine.kernels import Kernel

_MARKS: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}


@dataclass(frozen=True, slots=True)
class Compiled:
    """A formula as a kernel over its names, in the order of `names`."""

    kernel: Kernel
    names: tuple[Name, ...]


@cache
def compiled(text: str) -> Compiled:
    """Raises `UserError("bad-formula")` with the place in the text."""
    formula = parse(text)
    operands = names(formula)
    position = {name: number for number, name in enumerate(operands)}

    def arithmetic(*values: Any) -> Any:
        floats = bool(values) and isinstance(values[0], np.ndarray | float)
        result = _value(formula, values, position, floats)
        return np.where(np.isfinite(result), result, np.nan) if isinstance(result, np.ndarray) else result

    letters = tuple(f"n{number}" for number in range(len(operands)))
    shown = _shown(formula, position)
    return Compiled(Kernel("formula", letters, "", shown, arithmetic), operands)


def _value(formula: Formula, values: tuple[Any, ...], position: Mapping[Name, int], floats: bool) -> Any:
    match formula:
        case Number(value):
            return float(value) if floats else value
        case Name():
            return values[position[formula]]
        case Negative(of):
            return -_value(of, values, position, floats)
        case Binary(mark, left, right):
            return _MARKS[mark](_value(left, values, position, floats), _value(right, values, position, floats))


def _shown(formula: Formula, position: Mapping[Name, int]) -> str:
    """The formula as a template: operands become the letters of the kernel, the marks those of print."""
    match formula:
        case Name():
            return f"{{n{position[formula]}}}"
        case Number():
            return write(formula)
        case Negative(of):
            return f"−{_bracketed(of, position, 3)}"
        case Binary(mark, left, right):
            rank = 1 if mark in "+-" else 2
            shown = {"*": "·", "/": "/", "-": " − ", "+": " + "}[mark]
            return f"{_bracketed(left, position, rank)}{shown}{_bracketed(right, position, rank + 1)}"


def _bracketed(formula: Formula, position: Mapping[Name, int], rank: int) -> str:
    text = _shown(formula, position)
    low = isinstance(formula, Binary) and (1 if formula.mark in "+-" else 2) < rank
    return f"({text})" if low else text
