"""A register on any day: all its spans as arrays in memory, brought up to date by what moved since they were read.

The database answers for today from one row an entry. A past day would make it walk over every span that ever was, so
here stands a row of numbers for each span: from when, until when, which combination of state, area and facets, where,
and its place by name. What stood on a day is one comparison of the whole column. Nothing is kept that the spans do not
say: `of` reads them once, and again those of the entries that moved, told by the newest numbers of three tables.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db import connection

from sct.catalogue.registers import Register
from sct.office.people.queries import Someone, granted
from sct.office.registers.models import FACET_COLUMNS, Event, EventWithdrawal, Span
from sct.office.registers.questions import SORTS, Question, areas_in
from sct.office.registers.reading import facet_columns
from sct.office.registers.words import split, with_words

NAMES = ("state", "area", *FACET_COLUMNS)
_DAYS = ("start", "until", "since", "expires")
_FIRST = date(1970, 1, 1)  # days are counted from here
_NEVER = 2**31 - 1  # of a day that is not known: sorted last
# A day as a number; made by the database, which does it in a tenth of the time.
_COUNTED = {
    "sqlite": "CAST(julianday({0}) - 2440587.5 AS INTEGER)",
    "postgresql": "({0} - DATE '1970-01-01')",
}
_NOWHERE = -1
_PIECE = 20_000
_KEPT = 24

Combination = tuple[str, ...]  # a word for each of NAMES
Mask = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
Stamp = tuple[int, int, int]


def stamp() -> Stamp:
    """The state of all registers as three numbers: last event, last withdrawal, last span. One query."""
    tables = (Event._meta.db_table, EventWithdrawal._meta.db_table, Span._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f"(SELECT MAX(id) FROM {table})" for table in tables))  # noqa: S608
        event, withdrawal, span = cursor.fetchone()
    return event or 0, withdrawal or 0, span or 0


@dataclass(frozen=True, slots=True)
class Combos:
    """The combinations of state, area and facets that occur; `codes[name, combination]` numbers the words of a name."""

    words: tuple[tuple[str, ...], ...]
    codes: npt.NDArray[np.int32]

    def __len__(self) -> int:
        return int(self.codes.shape[1])

    @staticmethod
    def folded(rows: Sequence[Combination]) -> Combos:
        words, columns = [], []
        for place in range(len(NAMES)):
            known: dict[str, int] = {}
            columns.append([known.setdefault(row[place], len(known)) for row in rows])
            words.append(tuple(known))
        return Combos(tuple(words), np.array(columns, dtype=np.int32).reshape(len(NAMES), len(rows)))

    def rows(self) -> list[Combination]:
        columns = [[words[code] for code in codes] for words, codes in zip(self.words, self.codes, strict=True)]
        return list(zip(*columns, strict=True))

    def among(self, name: str, wanted: Collection[str] | None) -> Mask:
        """Combinations whose `name` is one of the words; all where none is asked for."""
        if wanted is None:
            return np.ones(len(self), dtype=np.bool_)
        place = NAMES.index(name)
        known = [number for number, word in enumerate(self.words[place]) if word in wanted]
        return np.isin(self.codes[place], known)

    def narrowed(self, question: Question, *, without: str = "") -> Mask:
        """Those that the filters of a question leave (its words, map and cohort look at entries, not at these)."""
        columns = facet_columns(question.register)
        kept = self.among("area", areas_in(question.area))
        if question.state and without != "state":
            kept &= self.among("state", question.state)
        for code, value in question.facets:
            if code in columns and code != without:
                kept &= self.among(columns[code], (value,))
        return kept


@dataclass(frozen=True, slots=True)
class Columns:
    """The spans of a register, one place each, in the order of names and entries; days are counted from 1-1-1970."""

    names: tuple[str, ...]  # the distinct keys of names in Vietnamese order
    order: Ints  # number of the name, then number of the entry: the order of lists
    days: npt.NDArray[np.int32]  # [start, until, since, expires]
    lat: npt.NDArray[np.float64]
    lon: npt.NDArray[np.float64]
    cell: npt.NDArray[np.int32]
    combo: npt.NDArray[np.int32]
    combos: Combos

    @property
    def entries(self) -> Ints:
        return self.order & 0xFFFF_FFFF

    def on(self, day: date) -> Mask:
        """The spans that hold on a day."""
        number = _number(day)
        start, until = self.days[0], self.days[1]
        holding: Mask = (start <= number) & (until > number)
        return holding

    def standing(self, person: Someone, question: Question, words: Collection[int] | None) -> Mask:
        """The spans of the day that a person may see, narrowed by what looks at entries: words, map, cohort."""
        kept = self.on(question.day)
        areas = granted(person)
        if areas is not None:
            kept &= self.combos.among("area", areas)[self.combo]
        for some in (words, question.entries):
            if some is not None:
                kept &= np.isin(self.entries, np.fromiter(some, np.int64, len(some)))
        if question.box is not None:
            box = question.box
            kept &= (self.lat >= box.south) & (self.lat <= box.north) & (self.lon >= box.west) & (self.lon <= box.east)
        return kept

    def counts(self, kept: Mask) -> Ints:
        """How many of the spans have each combination."""
        return np.bincount(self.combo[kept], minlength=len(self.combos))

    def sorted(self, kept: Mask, sort: str) -> Ints:
        """The entries in the order of a list (`questions.SORTS`)."""
        places = np.flatnonzero(kept)
        first = SORTS[sort][0]
        if first != "name_key":
            day = self.days[_DAYS.index(first.lstrip("-"))][places]
            order = np.lexsort((self.entries[places], -day if first.startswith("-") else day))
            places = places[order]
        return self.entries[places]

    def cells(self, kept: Mask) -> list[tuple[int, str, int]]:
        """Cell of the map, state, and how many."""
        places = np.flatnonzero(kept & (self.cell != _NOWHERE))
        states = self.combos.codes[0][self.combo[places]].astype(np.int64)
        words = self.combos.words[0]
        found, counts = np.unique(self.cell[places] * np.int64(len(words)) + states, return_counts=True)
        told = zip(found.tolist(), counts.tolist(), strict=True)
        return [(number // len(words), words[number % len(words)], many) for number, many in told]

    def replaced(self, entries: Collection[int], rows: Iterable[Sequence[Any]]) -> Columns:
        """The same with other spans for some entries; `rows` as `_pour` brings them."""
        made = _Making(self, ~np.isin(self.entries, np.fromiter(entries, np.int64, len(entries))))
        made.take(rows)
        return made.done()


class _Making:
    """Rows of the database into columns, piece by piece, behind those that are kept of older columns."""

    def __init__(self, old: Columns | None = None, kept: Mask | None = None) -> None:
        self._names: dict[str, int] = {}
        self._combos: dict[Combination, int] = {}
        self._parts: list[tuple[npt.NDArray[Any], ...]] = []
        if old is not None and kept is not None:
            self._names = {name: number for number, name in enumerate(old.names)}
            self._combos = {row: number for number, row in enumerate(old.combos.rows())}
            columns = (old.order >> 32, old.entries, old.days, old.lat, old.lon, old.cell, old.combo)
            self._parts.append(tuple(column[..., kept] for column in columns))

    def take(self, rows: Iterable[Sequence[Any]]) -> None:
        columns = list(zip(*rows, strict=True))
        if not columns:
            return
        entry, key, start, until, since, expires, lat, lon, cell, *words = columns
        names, combos = self._names, self._combos
        self._parts.append(
            (
                np.array([names.setdefault(one, len(names)) for one in key], dtype=np.int64),
                np.array(entry, dtype=np.int64),
                np.array([start, until, since, expires], dtype=np.int32),
                np.array(lat, dtype=np.float64),
                np.array(lon, dtype=np.float64),
                np.array(cell, dtype=np.int32),
                np.array([combos.setdefault(row, len(combos)) for row in zip(*words, strict=True)], dtype=np.int32),
            )
        )

    def done(self) -> Columns:
        """All rows in the order of names."""
        if not self._parts:
            return _EMPTY
        number, entry, *columns = (np.concatenate(one, axis=-1) for one in zip(*self._parts, strict=True))
        names = sorted(self._names)
        rank = np.empty(len(names), dtype=np.int64)
        rank[[self._names[name] for name in names]] = np.arange(len(names))
        order = (rank[number] << 32) | entry
        place = np.argsort(order, kind="stable")
        days, lat, lon, cell, combo = (one[..., place] for one in columns)
        return Columns(tuple(names), order[place], days, lat, lon, cell, combo, Combos.folded(list(self._combos)))


def _number(day: date) -> int:
    return day.toordinal() - _FIRST.toordinal()


_EMPTY = Columns(
    (),
    np.array([], dtype=np.int64),
    np.empty((len(_DAYS), 0), dtype=np.int32),
    np.array([], dtype=np.float64),
    np.array([], dtype=np.float64),
    np.array([], dtype=np.int32),
    np.array([], dtype=np.int32),
    Combos.folded([]),
)

# -- kept in memory --------------------------------------------------------------------------------------------

_kept: OrderedDict[object, tuple[Stamp, Columns]] = OrderedDict()
_lock = Lock()


def forget() -> None:
    """Drop everything kept."""
    with _lock:
        _kept.clear()


def of(kind: Register) -> Columns:
    """The spans of a register as they stand now."""
    key = (str(connection.settings_dict["NAME"]), kind.code)
    now = stamp()
    with _lock:
        known = _kept.get(key)
        if known is None or known[0] != now:
            made = _read(kind) if known is None else _brought_up(kind, *known)
            known = _kept[key] = (now, made)
        _kept.move_to_end(key)
        while len(_kept) > _KEPT:
            _kept.popitem(last=False)
        return known[1]


def _read(kind: Register) -> Columns:
    made = _Making()
    _pour(made.take, "register = %s", [kind.code])
    return made.done()


def _brought_up(kind: Register, then: Stamp, columns: Columns) -> Columns:
    """Columns of a moment, with the entries read again that have a span or a withdrawal since.

    Whoever writes is alone (`audit.lock`), so numbers are given in the order of commits. Making the spans of all
    entries anew gives all of them new numbers: then everything is read again.
    """
    _event, withdrawal, span = then
    moved = set(Span.objects.filter(pk__gt=span, register=kind.code).values_list("entry", flat=True).distinct())
    taken = EventWithdrawal.objects.filter(pk__gt=withdrawal, event__entry__register=kind.code)
    moved |= set(taken.values_list("event__entry", flat=True).distinct())
    if not moved:
        return columns
    if 4 * len(moved) > len(columns.order):
        return _read(kind)
    found: list[Sequence[Any]] = []
    listed = sorted(moved)
    for start in range(0, len(listed), 500):
        part = listed[start : start + 500]
        marks = ", ".join(["%s"] * len(part))
        _pour(found.extend, f"register = %s AND entry_id IN ({marks})", [kind.code, *part])
    return columns.replaced(moved, found)


def _pour(take: Callable[[Sequence[Sequence[Any]]], object], where: str, given: Sequence[str | int]) -> None:
    days = [f"COALESCE({_COUNTED[connection.vendor].format(day)}, {_NEVER})" for day in _DAYS]
    fields = ", ".join(["entry_id", "name_key", *days, "lat", "lon", f"COALESCE(cell, {_NOWHERE})", *NAMES])
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {fields} FROM {Span._meta.db_table} WHERE {where}", given)  # noqa: S608
        while rows := cursor.fetchmany(_PIECE):
            take(rows)


def row_of(span: Span) -> Sequence[Any]:
    """A span that stands in no table as a row like those of `_pour`."""
    days = (span.start, span.until, span.since, span.expires)
    counted = [_NEVER if day is None else _number(day) for day in days]
    cell = _NOWHERE if span.cell is None else span.cell
    names = [getattr(span, name) for name in NAMES]
    return [span.entry_id, span.name_key, *counted, span.lat, span.lon, cell, *names]


@dataclass(frozen=True, slots=True)
class View:
    """A question of somebody upon columns; `words` are the entries that its words leave, None where it has none."""

    columns: Columns
    person: Someone
    question: Question
    words: frozenset[int] | None

    def standing(self) -> Mask:
        """The spans that answer it but for state, area and facets."""
        return self.columns.standing(self.person, self.question, self.words)

    def chosen(self) -> Mask:
        """The spans that answer it."""
        return self.standing() & self.columns.combos.narrowed(self.question)[self.columns.combo]

    def listed(self) -> list[int]:
        """The entries that answer it, in the order it asks for."""
        found: list[int] = self.columns.sorted(self.chosen(), self.question.sort).tolist()
        return found

    def cells(self) -> list[tuple[int, str, int]]:
        """Where they lie: cell of the map, state, and how many."""
        return self.columns.cells(self.chosen())


def view(person: Someone, question: Question) -> View:
    """A question upon the register as it is known now."""
    return View(of(question.register), person, question, entries_with(question.words))


def entries_with(words: str) -> frozenset[int] | None:
    """The entries that hold all words or their beginnings; None where no words are asked."""
    if not split(words):
        return None
    return frozenset(Span.objects.filter(open=True, entry__in=with_words(words)).values_list("entry", flat=True))
