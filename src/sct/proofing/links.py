"""Last month's matches as first candidates of this month: words that meant a series then probably mean it again.

What is kept is the subject's words with the series they were matched to. The office stores it; proofing takes it as an
input and gives it back. A figure that is matched this way only is a candidate: nothing about it is called LỖI.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sct.catalogue.statement import Statement
from sct.vietnamese.text import search_key

Matches = Mapping[str, tuple[str, str]]  # words of a subject, folded → indicator and breakdown
_OPEN = ("no-indicator",)  # reasons for which the words may still be a series


@dataclass(frozen=True, slots=True)
class Meant:
    """Words of a kept statement and the series they were matched to."""

    subject: str
    measure: str
    indicator: str
    breakdown: str = ""


def is_open(statement: Statement) -> bool:
    """Whether the words of a statement name no series by themselves."""
    return statement.unmatched in _OPEN


def matches(statements: Iterable[Statement | Meant]) -> dict[str, tuple[str, str]]:
    """What the words of these statements meant; words that meant two series are left out."""
    found: dict[str, set[tuple[str, str]]] = {}
    for statement in statements:
        if statement.indicator and statement.subject:
            series = (statement.indicator, statement.breakdown)
            found.setdefault(_words(statement), set()).add(series)
    return {words: next(iter(series)) for words, series in found.items() if len(series) == 1}


def linked(statements: Iterable[Statement], earlier: Matches) -> dict[int, Statement]:
    """By `id`: the statements that this month's words leave open, under the series they meant last month."""
    found: dict[int, Statement] = {}
    for statement in statements if earlier else ():
        series = earlier.get(_words(statement)) if is_open(statement) else None
        if series is not None:
            found[id(statement)] = replace(statement, indicator=series[0], breakdown=series[1], unmatched="")
    return found


def _words(statement: Statement | Meant) -> str:
    return f"{search_key(statement.subject)}|{statement.measure}"
