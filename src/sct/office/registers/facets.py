"""How many entries each filter would leave: a table of combinations of state, area and facets with their counts.

A register of 57 clusters has a few dozen combinations, one of 200,000 shops some thousands; every filter is answered
from them in memory. Of today the database counts them, kept until the register moves; of a past day, and as known on
a day, they are counted from the columns of `past`.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from threading import Lock

import numpy as np
import numpy.typing as npt
from django.db import connection
from django.db.models import Count
from django.utils import timezone

from sct.catalogue.registers import Register
from sct.office.people.queries import Someone, granted
from sct.office.registers import past
from sct.office.registers.models import Span
from sct.office.registers.past import NAMES, Combos, Mask, View
from sct.office.registers.queries import Spans, inside, narrowed_to, on_day, visible
from sct.office.registers.questions import Question
from sct.office.registers.reading import facet_columns

TILED = 20_000  # entries; more of them are not laid out as tiles beside the list


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of one filter with their counts; `code` is a field."""

    code: str
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Counted:
    """How many entries answer a question, and what each further filter would leave."""

    total: int
    states: dict[str, int]
    facets: tuple[Facet, ...]
    everything: int  # without the filters by state and facets


@dataclass(frozen=True, slots=True)
class Cube:
    """Combinations and how many entries have each."""

    combos: Combos
    counts: npt.NDArray[np.int64]

    def sums(self, name: str, kept: Mask) -> dict[str, int]:
        place, words = NAMES.index(name), self.combos.words[NAMES.index(name)]
        sums = np.bincount(self.combos.codes[place][kept], weights=self.counts[kept], minlength=len(words))
        return {word: int(n) for word, n in zip(words, sums, strict=True) if n}


def counted(person: Someone, question: Question) -> Counted:
    """Totals and facet counts of a question. Each facet counts as if it were not filtered itself."""
    if question.past:
        return counted_in(past.view(person, question))
    if question.words or question.box is not None or question.entries is not None:
        rows = narrowed_to(_open(person, question.register), replace(question, state=(), facets=()))
        return told(_asked(rows), question)
    return told(_cube(person, question.register), question)


def counted_in(view: View) -> Counted:
    """The same of a question upon columns."""
    return told(Cube(view.columns.combos, view.columns.counts(view.standing())), view.question)


def told(cube: Cube, question: Question) -> Counted:
    """What a cube says of a question's filters."""
    combos = cube.combos
    columns = facet_columns(question.register)
    facets = tuple(
        Facet(code, cube.sums(column, combos.narrowed(question, without=code))) for code, column in columns.items()
    )
    total = int(cube.counts[combos.narrowed(question)].sum())
    everything = int(cube.counts[combos.narrowed(replace(question, state=(), facets=()))].sum())
    return Counted(total, cube.sums("state", combos.narrowed(question, without="state")), facets, everything)


# -- of today --------------------------------------------------------------------------------------------------

_kept: OrderedDict[object, Cube] = OrderedDict()
_lock = Lock()


def forget() -> None:
    """Drop everything kept."""
    past.forget()
    with _lock:
        _kept.clear()


def _cube(person: Someone, kind: Register) -> Cube:
    key = (str(connection.settings_dict["NAME"]), past.stamp(), kind.code, granted(person))
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    made = _asked(_open(person, kind))
    with _lock:
        _kept[key] = made
        while len(_kept) > 64:
            _kept.popitem(last=False)
    return made


def _open(person: Someone, kind: Register) -> Spans:
    return on_day(visible(person, kind.code), timezone.localdate())


def _asked(rows: Spans) -> Cube:
    found: Sequence[tuple[object, ...]] = list(rows.values_list(*NAMES).annotate(n=Count("id")).order_by())
    combos = Combos.folded([tuple(str(word) for word in row[:-1]) for row in found])
    return Cube(combos, np.array([int(str(row[-1])) for row in found], dtype=np.int64))


def standing(person: Someone) -> dict[str, int]:
    """How many living entries each register holds today. One query."""
    areas = granted(person)
    rows = Span.objects.filter(open=True)
    if areas is not None:
        rows = rows.filter(inside(areas)) if areas else rows.none()
    return dict(rows.values_list("register").annotate(n=Count("id")).order_by())
