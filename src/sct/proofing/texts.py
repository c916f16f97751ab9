"""What the checks look at: texts with their statements by key, and the ledger beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import TYPE_CHECKING, Protocol

from sct.catalogue.model import Figure, Indicator, PartialDate, SeriesKey, Transformation
from sct.catalogue.statement import Document, Statement
from sct.proofing.finding import Verdict
from sct.proofing.judging import direct
from sct.proofing.keys import Key, alike, key_of, series_of, transformations_of
from sct.proofing.rounding import of_statement
from sct.vietnamese.periods import Period

if TYPE_CHECKING:
    from sct.catalogue import Catalogue


class Ledger(Protocol):
    """Where figures of earlier publications are found: all vintages of one cell, in any order."""

    def figures(self, series: SeriesKey, period: Period, transformation: Transformation) -> Sequence[Figure]: ...


@dataclass(frozen=True, slots=True)
class Text:
    """One document as proofing sees it; `statements` stand in the order of the text."""

    name: str
    statements: tuple[Statement, ...]
    text: str = ""
    published: PartialDate | None = None
    keys: Mapping[Statement, Key | None] = field(default_factory=dict)
    by_key: Mapping[Key, tuple[Statement, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Document | str, statements: Iterable[Statement], catalogue: Catalogue | None = None) -> Text:
        """A text from a read document, or from its name alone."""
        ordered = tuple(sorted(statements, key=lambda s: (s.start, s.end, s.quote)))
        text = document.text if isinstance(document, Document) else ""
        name = document.name if isinstance(document, Document) else document
        published = document.published if isinstance(document, Document) else None
        keys = {s: key_of(canonical(s, catalogue), clause(text, ordered, at)) for at, s in enumerate(ordered)}
        grouped: dict[Key, list[Statement]] = defaultdict(list)
        for statement, key in keys.items():
            if key is not None:
                grouped[key].append(statement)
        by_key = {key: tuple(group) for key, group in grouped.items()}
        return cls(name, ordered, text, PartialDate(published) if published else None, keys, by_key)

    def nearest(self, key: Key, to: Statement) -> Statement | None:
        """The statement of that key that stands nearest."""
        found = [s for s in self.by_key.get(key, ()) if s is not to]
        return min(found, key=lambda s: abs(s.start - to.start), default=None)

    def contradicts_itself(self, key: Key) -> bool:
        """Whether the text tells one key in ways that cannot be one number.

        Then the key does not tell those figures apart, and nothing certain can be concluded from it.
        """
        return any(not agree(a, b) for a, b in combinations(self.by_key.get(key, ()), 2))

    def in_sentence(self, statement: Statement) -> tuple[Statement, ...]:
        """The statements of the same sentence, itself among them."""
        return tuple(s for s in self.statements if s.sentence == statement.sentence)

    def between(self, start: int, end: int) -> str:
        """The words between two places, "" where the text is not known."""
        return " ".join(self.text[start:end].lower().split()) if start < end else ""


def agree(one: Statement, other: Statement) -> bool:
    """Whether two statements can be one number."""
    if one.quantity.unit.dimension != other.quantity.unit.dimension:
        return False
    return direct(of_statement(one), of_statement(other)).verdict is Verdict.HOLDS


def clause(text: str, ordered: Sequence[Statement], at: int) -> str:
    """The words around a statement that are its own: from the statement before it in its sentence to the one after."""
    statement = ordered[at]
    if not text or statement.sentence == (0, 0):
        return f"{statement.subject} {statement.quote}"
    start, end = statement.sentence
    before = [s.end for s in ordered[:at] if s.sentence == statement.sentence and s.end <= statement.start]
    after = [s.start for s in ordered[at + 1 :] if s.sentence == statement.sentence and s.start >= statement.end]
    following = text[statement.end : min(after, default=end)]
    # What follows belongs to this figure only up to the next comma or semicolon.
    own = following.split(",")[0].split(";")[0]
    return text[max(before, default=start) : statement.end] + own


def canonical(statement: Statement, catalogue: Catalogue | None) -> Statement:
    """The statement under the series that keeps its figures: exports of the FDI sector are exports by ownership."""
    found = indicator_of(statement, catalogue)
    if found is None or not found.view or statement.breakdown:
        return statement
    code, breakdown = found.series
    return replace(statement, indicator=code, breakdown=breakdown)


def indicator_of(statement: Statement, catalogue: Catalogue | None) -> Indicator | None:
    """The indicator of a matched statement; None when it has none or no catalogue is at hand."""
    if catalogue is None or not statement.indicator:
        return None
    return catalogue.indicators.get(statement.indicator) or catalogue.views.get(statement.indicator)


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything on the table of one proofing: the texts, the catalogue, the ledger."""

    texts: tuple[Text, ...]
    catalogue: Catalogue | None = None
    ledger: Ledger | None = None

    def indicator(self, statement: Statement) -> Indicator | None:
        return indicator_of(statement, self.catalogue)

    def figures(self, statement: Statement, period: str | None = None) -> tuple[Figure, ...]:
        """The ledger's figures for the fact of a statement (or for the same fact in another period), oldest first."""
        code = period or statement.period
        if self.ledger is None or not code or not statement.indicator or not statement.area_key:
            return ()
        series = series_of(canonical(statement, self.catalogue))
        found: list[Figure] = []
        for transformation in transformations_of(statement, self.indicator(statement)):
            for same in alike(code):
                found += self.ledger.figures(series, same, transformation)
        dimension = statement.quantity.unit.dimension
        return tuple(sorted((f for f in found if f.quantity.unit.dimension == dimension), key=_age))


def _age(figure: Figure) -> tuple[str, int]:
    return (figure.published.last.isoformat() if figure.published else "", figure.id)
