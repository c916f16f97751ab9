"""Declared formulas: a small grammar, a recursive-descent parser and its writer. No eval.

    sum     = product { ("+" | "-") product }
    product = factor { ("*" | "/") factor }
    factor  = "-" factor | "(" sum ")" | number | name [ "[" breakdown "]" ]

A name is an indicator code; a number is written with a decimal point. `exports[sector:fdi] / exports * 100`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from sct.errors import Place, UserError
from sct.words import _

DEEPEST = 60  # nested parentheses; a formula an officer can read has a handful
_TOKEN = re.compile(r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<name>[A-Za-z_]\w*)|(?P<mark>[-+*/()])|(?P<of>\[[^\[\]]*\]))")
_RANK = {"+": 1, "-": 1, "*": 2, "/": 2}


@dataclass(frozen=True, slots=True)
class Number:
    value: Fraction


@dataclass(frozen=True, slots=True)
class Name:
    """A series of the same area and period: indicator code and breakdown ("" for the whole)."""

    code: str
    breakdown: str = ""


@dataclass(frozen=True, slots=True)
class Negative:
    of: Formula


@dataclass(frozen=True, slots=True)
class Binary:
    mark: str  # + - * /
    left: Formula
    right: Formula


Formula = Number | Name | Negative | Binary


@dataclass(frozen=True, slots=True)
class Token:
    kind: str  # number | name | mark | of | end
    text: str
    start: int


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a formula, closed by one of kind `end`; raises `UserError("bad-formula")`."""
    at = 0
    end = len(text.rstrip())
    while at < end:
        found = _TOKEN.match(text, at)
        if found is None:
            at += len(text[at:]) - len(text[at:].lstrip())
            raise _bad(Token("mark", text[at], at), _("mã chỉ tiêu, số, + − * / hoặc ngoặc"))
        kind = found.lastgroup or ""
        yield Token(kind, found[kind], found.start(kind))
        at = found.end()
    yield Token("end", "", end)


def parse(text: str) -> Formula:
    """The formula of a text; raises `UserError("bad-formula")` with the place in the text."""
    parser = _Parser(text)
    formula = parser.sum()
    parser.expect("end", _("hết công thức hoặc một dấu + − * /"))
    return formula


def write(formula: Formula) -> str:
    """The text of a formula with no needless parentheses; `parse(write(f)) == f`."""
    return _write(formula, 0)


def names(formula: Formula) -> tuple[Name, ...]:
    """The series a formula speaks of, each once, in the order of reading."""
    return tuple(dict.fromkeys(_names(formula)))


class _Parser:
    def __init__(self, text: str) -> None:
        self.tokens = list(tokens(text))
        self.at = 0
        self.depth = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.at]

    def take(self) -> Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def expect(self, kind: str, expected: str, text: str = "") -> Token:
        if self.token.kind != kind or text not in ("", self.token.text):
            raise _bad(self.token, expected)
        return self.tokens[self.at] if kind == "end" else self.take()

    def sum(self) -> Formula:
        left = self.product()
        while self.token.kind == "mark" and self.token.text in "+-":
            left = Binary(self.take().text, left, self.product())
        return left

    def product(self) -> Formula:
        left = self.factor()
        while self.token.kind == "mark" and self.token.text in "*/":
            left = Binary(self.take().text, left, self.factor())
        return left

    def factor(self) -> Formula:
        self.depth += 1
        if self.depth > DEEPEST:
            raise _bad(self.token, _("không quá {n} lớp ngoặc").format(n=DEEPEST))
        result = self._factor()
        self.depth -= 1
        return result

    def _factor(self) -> Formula:
        token = self.token
        if token.kind == "number":
            return Number(Fraction(self.take().text))
        if token.kind == "name":
            self.take()
            return Name(token.text, self._breakdown())
        if token.text == "-":
            self.take()
            return Negative(self.factor())
        if token.text == "(":
            self.take()
            inner = self.sum()
            self.expect("mark", _("dấu đóng ngoặc )"), ")")
            return inner
        raise _bad(token, _("mã chỉ tiêu, số hoặc dấu mở ngoặc"))

    def _breakdown(self) -> str:
        if self.token.kind != "of":
            return ""
        token = self.take()
        breakdown = token.text[1:-1].strip()
        if not breakdown:
            raise _bad(token, _("phân tổ trong ngoặc vuông, ví dụ [commodity:textiles]"))
        return breakdown


def _bad(token: Token, expected: str) -> UserError:
    return UserError(
        "bad-formula",
        _("Công thức viết sai"),
        value=token.text or _("hết công thức"),
        expected=expected,
        place=Place(field="formula", start=token.start, end=token.start + max(1, len(token.text))),
    )


def _write(formula: Formula, rank: int) -> str:
    match formula:
        case Number(value):
            return _decimal(value)
        case Name(code, breakdown):
            return f"{code}[{breakdown}]" if breakdown else code
        case Negative(of):
            return f"-{_write(of, 3)}"
        case Binary(mark, left, right):
            mine = _RANK[mark]
            text = f"{_write(left, mine)} {mark} {_write(right, mine + 1)}"
            return f"({text})" if mine < rank else text


def _decimal(value: Fraction) -> str:
    """A fraction that a decimal number can write, exactly."""
    digits = 0
    while (value * 10**digits).denominator != 1:
        digits += 1
        assert digits < 400, f"{value} is no decimal number"
    whole = (value * 10**digits).numerator
    text = str(whole).rjust(digits + 1, "0")
    return f"{text[:-digits]}.{text[-digits:]}" if digits else text


def _names(formula: Formula) -> Iterator[Name]:
    match formula:
        case Name():
            yield formula
        case Negative(of):
            yield from _names(of)
        case Binary(_, left, right):
            yield from _names(left)
            yield from _names(right)
