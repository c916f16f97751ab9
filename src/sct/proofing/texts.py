"""What the checks look at: texts with their statements by key, and the ledger beside them.

Everything is found by key, in one look-up; nothing is compared with everything else.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING, Protocol

from sct.catalogue.model import Figure, Indicator, PartialDate, SeriesKey, Transformation
from sct.catalogue.statement import Document, Statement
from sct.proofing.finding import Verdict
from sct.proofing.judging import direct
from sct.proofing.keys import Key, alike, key_of, local_key, series_of, transformations_of
from sct.proofing.links import Matches, linked
from sct.proofing.rounding import Readings, of_figure, of_statement
from sct.vietnamese.periods import Period

if TYPE_CHECKING:
    from sct.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in a table a statement stands; `column` as its place writes it."""

    table: str
    row: int
    column: str


_SHEET = re.compile(r"(.+)!([A-Z]{1,3})(\d{1,7})")
_TABLE = re.compile(r"(.*table\d+)/r(\d+)/c(\d+)")


@cache
def spot_of(place: str) -> Spot | None:
    """The spot of a place such as `Tổng mức!C7` or `table2/r3/c1`; None for one that is in no table."""
    found = _SHEET.fullmatch(place)
    if found is not None:
        return Spot(found[1], int(found[3]), found[2])
    found = _TABLE.match(place)
    return Spot(found[1], int(found[2]), found[3]) if found is not None else None


class Ledger(Protocol):
    """Where figures of earlier publications are found: all vintages of one cell, in any order.

    A ledger may also have `fetch(series)`: it is called once with every series that a proofing will ask for, so that a
    whole paper costs one query; and `counted(series, period)`: what a register counts of a cell, and whether that
    register is stated to be complete for it, None where none counts it.
    """

    def figures(self, series: SeriesKey, period: Period, transformation: Transformation) -> Sequence[Figure]: ...


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """One document as proofing sees it; `statements` stand in the order of the text."""

    name: str
    statements: tuple[Statement, ...]
    text: str = ""
    published: PartialDate | None = None
    document: Document | None = None
    by_key: dict[Key, tuple[Statement, ...]] = field(default_factory=dict)
    linked: dict[int, Statement] = field(default_factory=dict)  # by id: what last month's matches make of it
    left: dict[str, int] = field(default_factory=dict)  # cells that were not compared, by reason
    beside_figures: list[tuple[int, str, str]] = field(default_factory=list)  # words of cells: start, words, place
    _keys: dict[int, Key | None] = field(default_factory=dict)
    _locals: dict[int, Key] = field(default_factory=dict)
    _sentences: dict[tuple[int, int], tuple[Statement, ...]] = field(default_factory=dict)
    _readings: dict[int, Readings] = field(default_factory=dict)
    _measures: dict[str, tuple[Statement, ...]] = field(default_factory=dict)
    _beside: dict[int, set[str]] = field(default_factory=dict)
    _claims: dict[tuple[str, Set[str]], tuple[Statement, ...]] = field(default_factory=dict)
    _contradicting: dict[Key, bool] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        document: Document | str,
        statements: Iterable[Statement],
        catalogue: Catalogue | None = None,
        earlier: Matches | None = None,
    ) -> Text:
        """A text from a read document, or from its name alone; `earlier` are last month's matches."""
        ordered = tuple(sorted(statements, key=lambda s: (s.start, s.end, s.quote)))
        known = document if isinstance(document, Document) else None
        text = known.text if known else ""
        published = known.published if known else None
        made = cls(
            known.name if known else str(document),
            ordered,
            text,
            PartialDate(published) if published else None,
            known,
        )
        made.linked.update(linked(ordered, earlier or {}))
        made._sort(catalogue)
        return made

    def _sort(self, catalogue: Catalogue | None) -> None:
        grouped: dict[Key, list[Statement]] = defaultdict(list)
        sentences: dict[tuple[int, int], list[Statement]] = defaultdict(list)
        for statement in self.statements:
            sentences[statement.sentence].append(statement)
        self._sentences.update({place: tuple(group) for place, group in sentences.items()})
        for group in self._sentences.values():
            for at, statement in enumerate(group):
                words = clause(self.text, group, at)
                key = key_of(canonical(self.matched(statement), catalogue), words)
                self._keys[id(statement)] = key
                self._locals[id(statement)] = key or local_key(statement, words)
        for statement in self.statements:
            grouped[self._locals[id(statement)]].append(statement)
        told: dict[tuple[str, str, str], set[str]] = defaultdict(set)
        for statement in self.statements:
            key = self._locals[id(statement)]
            measures = self._beside[id(statement)] = told[key.indicator, key.breakdown, key.area]
            measures.add(key.measure)
        self.by_key.update({key: tuple(group) for key, group in grouped.items()})

    def of_measure(self, measure: str) -> tuple[Statement, ...]:
        """Its statements of a measure, in the order of the text."""
        if not self._measures:
            grouped: dict[str, list[Statement]] = defaultdict(list)
            for statement in self.statements:
                grouped[statement.measure].append(statement)
            self._measures.update({name: tuple(group) for name, group in grouped.items()})
        return self._measures.get(measure, ())

    def beside(self, statement: Statement) -> Set[str]:
        """The measures that it tells of a statement's series, in whatever period."""
        return self._beside[id(statement)]

    def claims(self, measure: str, needs: Set[str]) -> tuple[Statement, ...]:
        """Its statements of a measure of whose series it tells `needs` too, in whatever period: most tell them not."""
        found = self._claims.get((measure, needs))
        if found is None:
            found = tuple(s for s in self.of_measure(measure) if needs <= self._beside[id(s)])
            self._claims[measure, needs] = found
        return found

    def matched(self, statement: Statement) -> Statement:
        """The statement under its series: its own, or the one that its words meant last month."""
        return self.linked.get(id(statement), statement)

    def key(self, statement: Statement) -> Key | None:
        """The key of one of its statements; None where a part of it is unknown."""
        return self._keys[id(statement)]

    def any_key(self, statement: Statement) -> Key:
        """Its key, or one that is good within its sentence (or table row) alone."""
        return self._locals[id(statement)]

    def readings(self, statement: Statement, *, plan_is_exact: bool = False) -> Readings:
        """What one of its statements can stand for; kept, since many relations ask."""
        if plan_is_exact and statement.status == "plan":
            return of_statement(statement, plan_is_exact=True)
        found = self._readings.get(id(statement))
        if found is None:
            found = self._readings[id(statement)] = of_statement(statement)
        return found

    def nearest(self, key: Key, to: Statement) -> Statement | None:
        """The statement of that key that stands nearest."""
        found = [s for s in self.by_key.get(key, ()) if s is not to]
        return min(found, key=lambda s: abs(s.start - to.start), default=None)

    def mentions(self, key: Key, most: int = 4) -> tuple[Statement, ...]:
        """The statements of a key that print it in different ways: a figure repeated ten times is compared once."""
        group = self.by_key.get(key, ())
        if len(group) < 2:
            return group
        seen: dict[tuple[object, ...], Statement] = {}
        for one in group:
            seen.setdefault((one.value, one.low, one.high, one.quantity.decimals, one.comparator), one)
        return tuple(seen.values())[:most]

    def sure(self, key: Key) -> tuple[Statement, ...]:
        """Its mentions of a key, none where they cannot be one number: for another text to lean on."""
        return () if self.contradicts_itself(key) else self.mentions(key)

    def contradicts_itself(self, key: Key) -> bool:
        """Whether the text tells one key in ways that cannot be one number.

        Then the key does not tell those figures apart, and nothing certain can be concluded from it.
        """
        known = self._contradicting.get(key)
        if known is None:
            mentions = self.mentions(key)
            known = len(mentions) > 1 and any(not self.agree(a, b) for a, b in combinations(mentions, 2))
            self._contradicting[key] = known
        return known

    def agree(self, one: Statement, other: Statement) -> bool:
        """Whether two of its statements can be one number."""
        if one.quantity.unit.dimension != other.quantity.unit.dimension:
            return False
        return direct(self.readings(one), self.readings(other)).verdict is Verdict.HOLDS

    def in_sentence(self, statement: Statement) -> tuple[Statement, ...]:
        """The statements of the same sentence, itself among them."""
        return self._sentences[statement.sentence]

    def sentences(self) -> Iterable[tuple[Statement, ...]]:
        """The statements sentence by sentence."""
        return self._sentences.values()

    def place_at(self, offset: int) -> str:
        """The place in the original of what stands at an offset, "" where it is not known."""
        segments = self.document.segments if self.document is not None else ()
        at = bisect_right(segments, offset, key=lambda segment: segment.start) - 1
        return segments[at].place if at >= 0 and offset < segments[at].end else ""

    def between(self, start: int, end: int) -> str:
        """The words between two places, "" where the text is not known."""
        return " ".join(self.text[start:end].lower().split()) if start < end else ""


def agree(one: Statement, other: Statement) -> bool:
    """Whether two statements can be one number."""
    if one.quantity.unit.dimension != other.quantity.unit.dimension:
        return False
    return direct(of_statement(one), of_statement(other)).verdict is Verdict.HOLDS


def clause(text: str, group: Sequence[Statement], at: int) -> str:
    """The words around a statement that are its own: from the statement before it in its sentence to the one after."""
    statement = group[at]
    if not text or statement.sentence == (0, 0):
        return f"{statement.subject} {statement.quote}"
    start, end = statement.sentence
    before = max((s.end for s in group[:at] if s.end <= statement.start), default=start)
    after = min((s.start for s in group[at + 1 :] if s.start >= statement.end), default=end)
    # What follows belongs to this figure only up to the next comma or semicolon.
    own = text[statement.end : after].split(",", maxsplit=1)[0].split(";", maxsplit=1)[0]
    return text[before : statement.end] + own


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


@dataclass(frozen=True, slots=True, eq=False)
class Desk:
    """Everything on the table of one proofing: the texts, the catalogue, the ledger."""

    texts: tuple[Text, ...]
    catalogue: Catalogue | None = None
    ledger: Ledger | None = None
    _figures: dict[tuple[SeriesKey, str, Transformation], tuple[Figure, ...]] = field(default_factory=dict)
    _readings: dict[int, Readings] = field(default_factory=dict)

    def prepare(self) -> None:
        """Ask the ledger once for every series that the checks may look up."""
        fetch = getattr(self.ledger, "fetch", None)
        if fetch is not None:
            fetch(self._series())

    def _series(self) -> Collection[SeriesKey]:
        found: dict[SeriesKey, None] = {}
        for text in self.texts:
            for statement in map(text.matched, text.statements):
                if not statement.indicator or not statement.area_key:
                    continue
                series = series_of(canonical(statement, self.catalogue))
                found[series] = None
                indicator = self.indicator(statement)
                for near in indicator.near_names if indicator else ():
                    found[replace(series, indicator=near.code, breakdown="")] = None
        return tuple(found)

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
            found += self.cell(series, code, transformation)
        dimension = statement.quantity.unit.dimension
        return tuple(sorted((f for f in found if f.quantity.unit.dimension == dimension), key=_age))

    def counted(self, statement: Statement) -> tuple[Figure, bool] | None:
        """What a register counts of the fact of a statement, and whether the register is stated to be complete."""
        ask = getattr(self.ledger, "counted", None)
        if ask is None or not statement.indicator or not statement.area_key or not statement.period:
            return None
        found: tuple[Figure, bool] | None = ask(
            series_of(canonical(statement, self.catalogue)), Period.parse(statement.period)
        )
        if found is None or found[0].quantity.unit.dimension != statement.quantity.unit.dimension:
            return None
        return found

    def readings(self, figure: Figure) -> Readings:
        """What a figure of the ledger can stand for; kept, since many checks ask."""
        found = self._readings.get(id(figure))
        if found is None:
            found = self._readings[id(figure)] = of_figure(figure)
        return found

    def cell(self, series: SeriesKey, period: str, transformation: Transformation) -> tuple[Figure, ...]:
        """The ledger's figures of one cell under every code of the same months, oldest first; asked for once."""
        if self.ledger is None:
            return ()
        known = self._figures.get((series, period, transformation))
        if known is None:
            found: list[Figure] = []
            for same in alike(period):
                found += self.ledger.figures(series, same, transformation)
            known = self._figures[series, period, transformation] = tuple(sorted(found, key=_age))
        return known


@cache
def _last(published: PartialDate) -> str:
    return published.last.isoformat()


def _age(figure: Figure) -> tuple[str, int]:
    return (_last(figure.published) if figure.published else "", figure.id)
