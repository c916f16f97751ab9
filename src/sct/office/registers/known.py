"""A register as it was known at a moment: the second date. Only the entries that moved since are worked out anew.

What nobody touched after the moment is what its spans say today; the rest is told from the events put in by then and
not yet withdrawn then, as `docs/why/registers.md` has it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from sct.catalogue.histories import Event as Told
from sct.office.people.queries import Someone, below, granted
from sct.office.registers.mapping import Box
from sct.office.registers.models import Event, EventWithdrawal, Span
from sct.office.registers.queries import (
    PAGE,
    SORTS,
    Line,
    Question,
    asked,
    lines_of,
)
from sct.office.registers.reading import facet_columns, span_rows, told
from sct.office.registers.words import split

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an entry stands in the answer: its key of order, its state, and its span (0: worked out, by entry)."""

    order: tuple[object, ...]
    entry: int
    state: str
    span: int


class AsKnown:
    """The answer to a question as known at a moment; `question.state` narrows the lines, not the counts by state."""

    def __init__(self, person: Someone, question: Question, moment: datetime) -> None:
        self._person, self.question, self._moment = person, question, moment
        self._open = replace(question, state=())

    @cached_property
    def _moved(self) -> frozenset[int]:
        """Entries with an event or a withdrawal after the moment."""
        code = self.question.register.code
        events = Event.objects.filter(entry__register=code, entered__gt=self._moment).values_list("entry", flat=True)
        taken = EventWithdrawal.objects.filter(event__entry__register=code, at__gt=self._moment)
        return frozenset(events.distinct()) | frozenset(taken.values_list("event__entry", flat=True).distinct())

    @cached_property
    def _worked(self) -> dict[int, Span]:
        """The spans of the moved entries on the day asked, those that answer the question."""
        kind, found = self.question.register, dict[int, Span]()
        inside = below(self.question.area) if self.question.area else None
        for entry, events in self._lives().items():
            day = [row for row in span_rows(kind, entry, events) if row.start <= self.question.day < row.until]
            if day and _answers(self._person, self._open, inside, day[0]):
                found[entry] = day[0]
        return found

    def _lives(self) -> dict[int, list[Told]]:
        lives: dict[int, list[Told]] = defaultdict(list)
        numbers = sorted(self._moved)
        for start in range(0, len(numbers), _CHUNK):
            rows = Event.objects.filter(entry__in=numbers[start : start + _CHUNK], entered__lte=self._moment)
            for row in rows.exclude(withdrawal__at__lte=self._moment).order_by("entry_id", "valid", "pk"):
                lives[row.entry_id].append(told(row))
        return lives

    @cached_property
    def _places(self) -> list[_Place]:
        names = [name.lstrip("-") for name in SORTS[self.question.sort]]
        backwards = SORTS[self.question.sort][0].startswith("-")
        rows = asked(self._person, self._open).values_list("pk", "entry", "state", *names)
        moved = self._moved
        found = [_Place(_order(key), entry, state, pk) for pk, entry, state, *key in rows if entry not in moved]
        for entry, row in self._worked.items():
            found.append(_Place(_order([getattr(row, name) for name in names]), entry, row.state, 0))
        return sorted(found, key=lambda place: place.order, reverse=backwards)

    @property
    def states(self) -> dict[str, int]:
        """How many entries stand in each state, whichever are listed."""
        return dict(Counter(place.state for place in self._places))

    @cached_property
    def _listed(self) -> list[_Place]:
        wanted = self.question.state
        return [place for place in self._places if not wanted or place.state in wanted]

    @property
    def total(self) -> int:
        return len(self._listed)

    def page(self) -> list[Line]:
        """The lines of the page asked for."""
        start = (self.question.page - 1) * PAGE
        return self._lines(self._listed[start : start + PAGE])

    def lines(self, box: Box | None = None, most: int | None = None) -> list[Line]:
        """All lines, or those whose point lies in a rectangle."""
        found = self._lines(self._listed)
        if box is not None:
            found = [line for line in found if _within(line.lat, line.lon, box)]
        return found[:most]

    def _lines(self, places: Sequence[_Place]) -> list[Line]:
        numbers = [place.span for place in places if place.span]
        rows: list[Span] = []
        for start in range(0, len(numbers), _CHUNK):
            rows += Span.objects.filter(pk__in=numbers[start : start + _CHUNK])
        rows += [self._worked[place.entry] for place in places if not place.span]
        by_entry = {line.entry: line for line in lines_of(self._person, self.question.register, rows)}
        return [by_entry[place.entry] for place in places]


def _order(key: Iterable[object]) -> tuple[object, ...]:
    """A key that sorts what is not known last."""
    return tuple(part for value in key for part in (value is None, "" if value is None else value))


def _answers(person: Someone, question: Question, inside: frozenset[str] | None, row: Span) -> bool:
    """Whether a span worked out here answers a question, by the same filters as `queries.narrowed_to`."""
    areas = granted(person)
    columns = facet_columns(question.register)
    words = row.search.split()
    return (
        (areas is None or row.area in areas)
        and (inside is None or row.area in inside)
        and all(getattr(row, columns[code]) == value for code, value in question.facets if code in columns)
        and (question.entries is None or row.entry_id in question.entries)
        and (question.box is None or _within(row.lat, row.lon, question.box))
        and all(any(word.startswith(part) for word in words) for part in split(question.words))
    )


def _within(lat: float | None, lon: float | None, box: Box) -> bool:
    return lat is not None and lon is not None and box.south <= lat <= box.north and box.west <= lon <= box.east
