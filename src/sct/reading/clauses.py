"""A sentence with figures as a row of items: each figure with the words that lead to it and the words it owns behind.

Between two figures the text is split once: what stands before the split belongs to the figure before ("tăng 5%
so với cùng kỳ"), what stands behind it leads to the next one ("; nhập khẩu đạt").
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sct.reading.lexicon import lexicon
from sct.reading.page import Page
from sct.vietnamese.amounts import Amount

Span = tuple[int, int]

_CLOSED = re.compile(r"\([^()]*\)")


@dataclass(slots=True)
class Item:
    """A figure in its sentence. `head` leads to it, `tail` follows it; `bracket` is where an open bracket began."""

    amount: Amount
    head: Span
    tail: Span
    sentence: Span
    bracket: int | None = None
    opened_by: int | None = None  # index of the figure the bracket is an aside of
    separator: str = ""  # what stands between the tail of the figure before and this head
    rules: list[str] = field(default_factory=list)


def items(page: Page, sentence: Span, amounts: list[Amount]) -> list[Item]:
    """The figures of one sentence, in order, with heads, tails and brackets."""
    found: list[Item] = []
    at, separator = sentence[0], ""
    for index, amount in enumerate(amounts):
        head = (at, amount.start)
        end = amounts[index + 1].start if index + 1 < len(amounts) else sentence[1]
        split, after, sign = _split(page.low, amount.end, end)
        found.append(Item(amount, head, (amount.end, split), sentence, separator=separator))
        at, separator = (after, sign) if sign else (amount.end, "")
    _brackets(page.low, sentence, found)
    return found


def _split(low: str, start: int, end: int) -> tuple[int, int, str]:
    """Where the tail ends, where the next head begins, and the sign or word between them."""
    closed = [m.span() for m in _CLOSED.finditer(low, start, end)]
    for found in lexicon().pattern("clause_split").finditer(low, start, end):
        if not any(a <= found.start() < b for a, b in closed):
            return found.start(), found.end(), found[0].strip()
    return end, end, ""


def _brackets(low: str, sentence: Span, found: list[Item]) -> None:
    """Tell each item whether it stands in a bracket, and which figure the bracket belongs to."""
    opened: list[int] = []
    at = sentence[0]
    for index, item in enumerate(found):
        for offset in range(at, item.amount.start):
            if low[offset] == "(":
                opened.append(offset)
            elif low[offset] == ")" and opened:
                opened.pop()
        at = item.amount.end
        if opened:
            item.bracket = opened[-1]
            before = [i for i in range(index) if found[i].amount.end <= opened[-1]]
            item.opened_by = before[-1] if before else None
