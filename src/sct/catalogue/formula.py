"""What a formula speaks of, without computing it: its names and whether it is well formed.

The grammar: indicator codes with an optional member in brackets, numbers, `+ - * /`, parentheses, `share(part, whole)`.
The engine parses the same text to kernels; here only the words are looked at.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from sct.errors import UserError
from sct.words import _

FUNCTIONS = frozenset({"share"})

_TOKEN = re.compile(
    r"\s*(?:(?P<name>[a-z][a-z0-9_]*)(?:\[(?P<member>[a-z_]+:[A-Za-z0-9_]+)\])?"
    r"|(?P<number>\d+(?:\.\d+)?)|(?P<sign>[-+*/(),]))"
)


class Name(NamedTuple):
    """An operand: indicator code and breakdown member, or a function's name."""

    code: str
    member: str


def names_in(formula: str) -> list[Name]:
    """The indicators that a formula uses, in order; raises `UserError("bad-formula")` where it is ill formed."""
    found = []
    position, depth = 0, 0
    wants_operand = True
    while position < len(formula.rstrip()):
        token = _TOKEN.match(formula, position)
        if token is None:
            raise _bad(formula, position)
        start, position = position, token.end()
        name, sign = token["name"], token["sign"]
        if name in FUNCTIONS and formula[position:].lstrip().startswith("("):
            continue
        if name or token["number"]:
            if not wants_operand:
                raise _bad(formula, start)
            wants_operand = False
            if name:
                found.append(Name(name, token["member"] or ""))
            continue
        depth, wants_operand = _step(formula, start, sign, depth, wants_operand)
    if depth or wants_operand:
        raise _bad(formula, position)
    return found


def _step(formula: str, start: int, sign: str, depth: int, wants_operand: bool) -> tuple[int, bool]:
    """Nesting depth and whether an operand must follow, after a sign."""
    if sign == "(":
        if not wants_operand:
            raise _bad(formula, start)
        return depth + 1, True
    if sign == "-" and wants_operand:
        return depth, True
    if wants_operand:
        raise _bad(formula, start)
    if sign == ")":
        if not depth:
            raise _bad(formula, start)
        return depth - 1, False
    return depth, True


def _bad(formula: str, position: int) -> UserError:
    return UserError(
        "bad-formula",
        _("Công thức sai ở ký tự {position}").format(position=position + 1),
        value=formula,
        expected=_("mã chỉ tiêu, số, + - * / ( ), share(phần, tổng)"),
    )
