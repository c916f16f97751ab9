"""A register as it was known at a moment: the second date. Only the entries that moved since are worked out anew.

What nobody touched after the moment is what its spans say today; the rest is told from the events put in by then and
not yet withdrawn then, as `docs/why/registers.md` has it. Both stand in columns like those of a past day, so that
lists, counts and the map ask them alike.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from threading import Lock

from django.db import connection

from sct.catalogue.histories import Event as Told
from sct.catalogue.registers import Register
from sct.office.people.queries import Someone
from sct.office.registers import facets, past, points
from sct.office.registers.facets import Counted
from sct.office.registers.mapping import Box
from sct.office.registers.models import Entry, Event, EventWithdrawal, Span
from sct.office.registers.queries import Line, lines_of, rows_on
from sct.office.registers.questions import PAGE, Question
from sct.office.registers.reading import span_rows, told
from sct.office.registers.words import split

_CHUNK = 500
_MOST = 4  # moments kept


class AsKnown:
    """The answer to a question as known at a moment."""

    def __init__(self, person: Someone, question: Question, moment: datetime) -> None:
        self._person, self.question, self._moment = person, question, moment

    @cached_property
    def _then(self) -> _Then:
        return _then(self.question.register, self._moment)

    @cached_property
    def _view(self) -> past.View:
        return past.View(self._then.columns, self._person, self.question, self._words())

    def _words(self) -> frozenset[int] | None:
        """The entries with the words of the question: of those that moved, with the words they had then."""
        now = past.entries_with(self.question.words)
        if now is None:
            return None
        parts = split(self.question.words)
        moved = frozenset(entry for entry, rows in self._then.worked.items() if _holds(rows[-1].search, parts))
        return (now - self._then.moved) | moved

    @property
    def counted(self) -> Counted:
        """Totals and facet counts."""
        return facets.counted_in(self._view)

    @cached_property
    def _listed(self) -> list[int]:
        return self._view.listed()

    def page(self) -> list[Line]:
        """The lines of the page asked for."""
        start = (self.question.page - 1) * PAGE
        return self._lines(self._listed[start : start + PAGE])

    def lines(self) -> list[Line]:
        """All lines."""
        return self._lines(self._listed)

    def shown(self, box: Box, zoom: float) -> points.Shown:
        """What the map shows of a rectangle."""
        return points.shown_in(self._view, self._rows, box, zoom)

    def _lines(self, entries: Sequence[int]) -> list[Line]:
        return lines_of(self._person, self.question.register, self._rows(entries))

    def _rows(self, entries: Sequence[int]) -> list[Span]:
        """The spans on the day of the question, in the order given."""
        then, day = self._then, self.question.day
        stored = rows_on(self._person, self.question, [entry for entry in entries if entry not in then.moved])
        found = {row.entry_id: row for row in stored}
        worked = (row for entry in entries for row in then.worked.get(entry, ()))
        found |= {row.entry_id: row for row in worked if row.start <= day < row.until}
        return [found[entry] for entry in entries if entry in found]


def _holds(search: str, parts: Sequence[str]) -> bool:
    """Whether a text has every word or its beginning."""
    words = search.split()
    return all(any(word.startswith(part) for word in words) for part in parts)


@dataclass(frozen=True, slots=True)
class _Then:
    """What a register was known to be: the entries that moved since, their spans of then, and all as columns."""

    moved: frozenset[int]
    worked: dict[int, list[Span]]
    columns: past.Columns


_kept: OrderedDict[object, _Then] = OrderedDict()
_lock = Lock()


def forget() -> None:
    """Drop everything kept."""
    with _lock:
        _kept.clear()


def _then(kind: Register, moment: datetime) -> _Then:
    """Kept for the pages that follow: the next page of the list, its map, its file."""
    key = (str(connection.settings_dict["NAME"]), past.stamp(), kind.code, moment)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    made = _made(kind, moment)
    with _lock:
        _kept[key] = made
        while len(_kept) > _MOST:
            _kept.popitem(last=False)
    return made


def _made(kind: Register, moment: datetime) -> _Then:
    now, moved = past.of(kind), _moved(kind, moment)
    if not moved:
        return _Then(moved, {}, now)
    # What was put in after the moment was not known at all; only the older ones have a life to be worked out.
    later = Entry.objects.filter(register=kind.code, batch__at__gt=moment).values_list("pk", flat=True)
    lives = _lives(moment, sorted(moved.difference(later)))
    worked = {entry: rows for entry, events in lives.items() if (rows := span_rows(kind, entry, events))}
    lives_then = [past.row_of(row) for spans in worked.values() for row in spans]
    return _Then(moved, worked, now.replaced(moved, lives_then))


def _moved(kind: Register, moment: datetime) -> frozenset[int]:
    """Entries with an event or a withdrawal after the moment. Events are entered at the moment of their batch."""
    events = Event.objects.filter(batch__register=kind.code, batch__at__gt=moment).values_list("entry", flat=True)
    taken = EventWithdrawal.objects.filter(event__entry__register=kind.code, at__gt=moment)
    return frozenset(events.distinct()) | frozenset(taken.values_list("event__entry", flat=True).distinct())


def _lives(moment: datetime, entries: Sequence[int]) -> dict[int, list[Told]]:
    """The events put in by the moment and not yet withdrawn then."""
    lives: dict[int, list[Told]] = defaultdict(list)
    for start in range(0, len(entries), _CHUNK):
        rows = Event.objects.filter(entry__in=entries[start : start + _CHUNK], entered__lte=moment)
        for row in rows.exclude(withdrawal__at__lte=moment).order_by("entry_id", "valid", "pk"):
            lives[row.entry_id].append(told(row))
    return lives
