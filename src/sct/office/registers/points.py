"""What the map shows: single entries where they are few, counts by squares of the grid where they are many."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from threading import Lock

from django.db import connection
from django.db.models import Count

from sct.catalogue import load
from sct.catalogue.areas import LEVELS
from sct.office.people.queries import Someone, granted
from sct.office.registers import past
from sct.office.registers.mapping import ROW, Box, coarser, middle_of
from sct.office.registers.models import Span
from sct.office.registers.past import View
from sct.office.registers.queries import Line, asked, inside_box, lines_of, rows_on
from sct.office.registers.questions import Question

MOST = 1500  # single points in one answer
CLOSE = 14  # from this zoom on every entry is shown by itself
# Zoom → how many cells of the grid a square has on a side; from 14 on every entry is shown by itself.
_SQUARES = ((8, 16), (9, 8), (10, 4), (11, 2), (13, 1))


@dataclass(frozen=True, slots=True)
class Square:
    """A square with how many entries of each state lie in it."""

    lat: float
    lon: float
    count: int
    states: dict[str, int]


@dataclass(frozen=True, slots=True)
class Shown:
    lines: list[Line]
    squares: list[Square]


def shown(person: Someone, question: Question, box: Box, zoom: float) -> Shown:
    """What lies in a rectangle at a zoom."""
    if question.past:
        view = past.view(person, question)
        return shown_in(view, lambda entries: rows_on(person, question, entries), box, zoom)
    if zoom < CLOSE:
        touched = _touched(_cells(person, question), box)
        if sum(number for _cell, _state, number in touched) > MOST:
            return Shown([], _squares(touched, zoom))
    rows = inside_box(asked(person, question), box)
    return Shown(lines_of(person, question.register, rows[:MOST]), [])


def shown_in(view: View, rows: Callable[[Sequence[int]], list[Span]], box: Box, zoom: float) -> Shown:
    """The same of a question upon columns; `rows` brings the spans of entries on its day."""
    if zoom < CLOSE:
        touched = _touched(view.cells(), box)
        if sum(number for _cell, _state, number in touched) > MOST:
            return Shown([], _squares(touched, zoom))
    inside = replace(view, question=replace(view.question, box=box.cut(view.question.box)))
    return Shown(lines_of(view.person, view.question.register, rows(inside.listed()[:MOST])), [])


def _touched(cells: list[tuple[int, str, int]], box: Box) -> list[tuple[int, str, int]]:
    """The cells that a rectangle touches, with their counts by state."""
    first, last = box.rows()
    west, east = box.columns()
    return [one for one in cells if first <= one[0] <= last and west <= one[0] % ROW <= east]


def _squares(touched: list[tuple[int, str, int]], zoom: float) -> list[Square]:
    """Cells put together into squares."""
    size = next((cells for upto, cells in _SQUARES if zoom <= upto), 1)
    sums: dict[int, dict[str, int]] = defaultdict(dict)
    for cell, state, number in touched:
        square = sums[coarser(cell, size)]
        square[state] = square.get(state, 0) + number
    return [Square(*middle_of(cell, size), sum(states.values()), states) for cell, states in sums.items()]


_kept: OrderedDict[object, list[tuple[int, str, int]]] = OrderedDict()
_lock = Lock()


def forget() -> None:
    """Drop everything kept."""
    with _lock:
        _kept.clear()


def _cells(person: Someone, question: Question) -> list[tuple[int, str, int]]:
    """All cells of a question of today with their counts by state; one walk along an index, kept until they move."""
    one = question
    alike = (one.register.code, one.state, one.facets, one.area, one.words, one.entries, one.box)
    key = (str(connection.settings_dict["NAME"]), past.stamp(), granted(person), alike)
    with _lock:
        if key in _kept:
            return _kept[key]
    rows = asked(person, question).filter(cell__isnull=False)
    made = list(rows.values_list("cell", "state").annotate(n=Count("id")).order_by())
    with _lock:
        _kept[key] = made
        while len(_kept) > 24:
            _kept.popitem(last=False)
    return made


@dataclass(frozen=True, slots=True)
class Tile:
    """One unit of the city in the grid of tiles: its place by row and column, and how many entries lie in it."""

    key: str
    name: str
    row: int
    column: int
    count: int


def tiles(person: Someone, question: Question) -> tuple[list[Tile], str, int]:
    """The units of the chosen province as equal tiles near their place, their level, and entries in none of them.

    Entries told by old districts count in districts; the level that places more of them is taken.
    """
    province = question.area
    counted = dict(asked(person, question).values_list("area").annotate(n=Count("id")).order_by())
    best: tuple[int, str, dict[str, int]] = (-1, "", {})
    for level in ("commune", "district"):
        sums = _by_unit(counted, province, level)
        if sum(sums.values()) > best[0] and sums:
            best = (sum(sums.values()), level, sums)
    _n, level, sums = best
    return _laid_out(sums), level, sum(counted.values()) - sum(sums.values())


def _by_unit(counted: dict[str, int], province: str, level: str) -> dict[str, int]:
    """Counts by the units of a level right under a province: those of today, or the last that were (districts)."""
    known = load().areas
    units = [a for a in known.children(province) if a.level == level]
    if not units:
        under = [a for a in known.values() if a.parent == province and a.level == level and a.latitude is not None]
        last = max((a.valid_to for a in under if a.valid_to), default=None)
        units = [a for a in under if a.valid_to == last]
    sums = dict.fromkeys((a.key for a in units), 0)
    for key, number in counted.items():
        area = known.get(key)
        while area is not None and LEVELS.index(area.level) >= LEVELS.index(level):
            if area.key in sums:
                sums[area.key] += number
                break
            area = known.get(area.parent)
    return sums


def _laid_out(sums: dict[str, int]) -> list[Tile]:
    """Rows from north to south with about equally many tiles, each from west to east."""
    known = load().areas
    units = [known[key] for key in sums if known[key].latitude is not None]
    if not units:
        return []
    columns = max(4, round((len(units) * 1.25) ** 0.5))
    units.sort(key=lambda a: -(a.latitude or 0))
    found = []
    for row, start in enumerate(range(0, len(units), columns)):
        line = sorted(units[start : start + columns], key=lambda a: a.longitude or 0)
        found += [Tile(a.key, a.short_name, row, n, sums[a.key]) for n, a in enumerate(line)]
    return found
