"""How many entries each filter would leave: one pass makes a table of combinations, kept until the register moves.

The table has a row for each combination of state, area and facets that occurs, with its count; every filter of every
person is then answered in memory. A register of 57 clusters has a few dozen rows, one of 200,000 shops some thousands.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import date
from threading import Lock

import numpy as np
import numpy.typing as npt
from django.db import connection
from django.db.models import Count
from django.utils import timezone

from sct.catalogue.registers import Register
from sct.office.people.queries import Someone, below, granted
from sct.office.registers.models import FACET_COLUMNS, Event, EventWithdrawal, Span
from sct.office.registers.queries import Question, inside, narrowed_to, on_day, visible
from sct.office.registers.reading import facet_columns

LARGE = 20_000  # spans; above it a past day is counted by state alone, from an index
_NAMES = ("state", "area", *FACET_COLUMNS)


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of one filter with their counts; `code` is `state` or a field."""

    code: str
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Counted:
    """How many entries answer a question, and what each further filter would leave; None where not counted."""

    total: int
    states: dict[str, int]
    facets: tuple[Facet, ...]
    everything: int  # without the filters


@dataclass(frozen=True, slots=True)
class _Cube:
    words: tuple[tuple[str, ...], ...]  # for each of _NAMES its distinct values
    codes: npt.NDArray[np.int32]  # [name, combination]
    counts: npt.NDArray[np.int64]


def stamp() -> tuple[int, int]:
    """The state of all registers as two numbers: last event, last withdrawal. One query."""
    events, withdrawals = Event._meta.db_table, EventWithdrawal._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT (SELECT MAX(id) FROM {events}), (SELECT MAX(id) FROM {withdrawals})")  # noqa: S608
        event, withdrawal = cursor.fetchone()
    return event or 0, withdrawal or 0


_kept: OrderedDict[object, _Cube] = OrderedDict()
_lock = Lock()


def forget() -> None:
    """Drop everything kept."""
    with _lock:
        _kept.clear()


def _cube(person: Someone, kind: Register, day: date) -> _Cube:
    today = timezone.localdate()
    key = (str(connection.settings_dict["NAME"]), stamp(), kind.code, granted(person), min(day, today))
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    rows = on_day(visible(person, kind.code), day).values_list(*_NAMES).annotate(n=Count("id")).order_by()
    made = _folded(list(rows))
    with _lock:
        _kept[key] = made
        while len(_kept) > 64:
            _kept.popitem(last=False)
    return made


def _folded(rows: list[tuple[object, ...]]) -> _Cube:
    words, columns = [], []
    for place in range(len(_NAMES)):
        known: dict[str, int] = {}
        columns.append([known.setdefault(str(row[place]), len(known)) for row in rows])
        words.append(tuple(known))
    counts = np.array([int(str(row[-1])) for row in rows], dtype=np.int64)
    return _Cube(tuple(words), np.array(columns, dtype=np.int32).reshape(len(_NAMES), len(rows)), counts)


def counted(person: Someone, question: Question) -> Counted:
    """Totals and facet counts of a question. Each facet counts as if it were not filtered itself."""
    if question.words or question.box is not None or question.entries is not None:
        return _slowly(person, question)
    if question.past and _is_large(question.register):
        return _by_state(person, question)
    cube = _cube(person, question.register, question.day)
    columns = facet_columns(question.register)
    masks = {"state": _mask(cube, "state", question.state)}
    masks |= {columns[code]: _mask(cube, columns[code], (value,)) for code, value in question.facets if code in columns}
    area = _mask(cube, "area", tuple(below(question.area)) if question.area else ())

    def left(without: str = "") -> npt.NDArray[np.bool_]:
        kept = area.copy()
        for name, mask in masks.items():
            if name != without:
                kept &= mask
        return kept

    facets = tuple(Facet(code, _sums(cube, column, left(column))) for code, column in columns.items())
    total = int(cube.counts[left()].sum())
    return Counted(total, _sums(cube, "state", left("state")), facets, int(cube.counts[area].sum()))


def _mask(cube: _Cube, name: str, values: tuple[str, ...]) -> npt.NDArray[np.bool_]:
    """Combinations whose `name` is one of the values; all where none is asked for."""
    place = _NAMES.index(name)
    if not values:
        return np.ones(len(cube.counts), dtype=np.bool_)
    known = {word: number for number, word in enumerate(cube.words[place])}
    wanted = [known[value] for value in values if value in known]
    return np.isin(cube.codes[place], wanted)


def _sums(cube: _Cube, name: str, kept: npt.NDArray[np.bool_]) -> dict[str, int]:
    place = _NAMES.index(name)
    if not len(cube.counts):
        return {}
    sums = np.bincount(cube.codes[place][kept], weights=cube.counts[kept], minlength=len(cube.words[place]))
    return {word: int(n) for word, n in zip(cube.words[place], sums, strict=True) if n}


def _is_large(kind: Register) -> bool:
    """Whether a register has more than `LARGE` spans; looks no further than that."""
    return Span.objects.filter(register=kind.code)[LARGE : LARGE + 1].exists()


def _by_state(person: Someone, question: Question) -> Counted:
    """A past day of a large register: one walk along an index for each state."""
    rows = visible(person, question.register.code)
    rows = narrowed_to(
        on_day(rows, question.day),
        Question(question.register, question.day, facets=question.facets, area=question.area),
    )
    states = {code: rows.filter(state=code).count() for code in question.register.states}
    wanted = question.state or tuple(states)
    total = sum(states.get(code, 0) for code in wanted)
    return Counted(total, {code: n for code, n in states.items() if n}, (), sum(states.values()))


def _slowly(person: Someone, question: Question) -> Counted:
    """With words or a cohort: the rows found are few, they are counted as they are."""
    plain = replace(question, state=(), facets=())
    rows = narrowed_to(on_day(visible(person, question.register.code), question.day), plain)
    made = _folded(list(rows.values_list(*_NAMES).annotate(n=Count("id")).order_by()))
    columns = facet_columns(question.register)
    masks = {"state": _mask(made, "state", question.state)}
    masks |= {columns[code]: _mask(made, columns[code], (value,)) for code, value in question.facets if code in columns}
    kept = np.ones(len(made.counts), dtype=np.bool_)
    for mask in masks.values():
        kept &= mask
    facets = tuple(Facet(code, _sums(made, column, kept)) for code, column in columns.items())
    return Counted(int(made.counts[kept].sum()), _sums(made, "state", kept), facets, int(made.counts.sum()))


def standing(person: Someone) -> dict[str, int]:
    """How many living entries each register holds today. One query."""
    areas = granted(person)
    rows = Span.objects.filter(open=True)
    if areas is not None:
        rows = rows.filter(inside(areas)) if areas else rows.none()
    return dict(rows.values_list("register").annotate(n=Count("id")).order_by())
