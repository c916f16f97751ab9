"""Tables of a PDF page: those drawn with rulings, and those that only stand in columns of figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sct.reading.pdf_page import Box, Line, Page, Word, lines_of

_NEAR = 3.0  # points: rulings this close are one
_LEAST = 6.0  # points: shorter strokes are no rulings
_NUMBER = re.compile(r"[-−–+(]?\d[\d.,]*%?\)?\*?")


@dataclass(frozen=True, slots=True)
class Square:
    """A cell of a table on a page: its place in the grid and its words in reading order."""

    row: int
    column: int
    rows: int
    columns: int
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Found:
    box: Box
    squares: tuple[Square, ...]


def drawn(page: Page) -> list[Found]:
    """The tables that rulings draw, from the top; a frame around a page or a single box is none."""
    tables = []
    for group in _groups([r for r in page.rulings if max(r[2] - r[0], r[3] - r[1]) >= _LEAST]):
        level = [r for r in group if r[3] - r[1] <= r[2] - r[0]]
        upright = [r for r in group if r[3] - r[1] > r[2] - r[0]]
        xs, ys = _snapped([r[0] for r in upright]), _snapped([r[1] for r in level])
        if len(xs) < 3 or len(ys) < 2 or len(xs) > 80 or len(ys) > 600:
            continue
        found = _table(page, xs, ys, level, upright)
        if sum(1 for square in found.squares if square.words) > 1:
            tables.append(found)
    return sorted(tables, key=lambda found: (found.box[1], found.box[0]))


def _groups(rulings: Sequence[Box]) -> list[list[Box]]:
    """Rulings that touch, level and upright together."""
    groups: list[tuple[Box, list[Box]]] = []
    for ruling in sorted(set(rulings), key=lambda r: (r[1], r[0])):
        box, members = ruling, [ruling]
        kept = []
        for other, listed in groups:
            if _touch(other, box):
                box = (min(box[0], other[0]), min(box[1], other[1]), max(box[2], other[2]), max(box[3], other[3]))
                members = listed + members
            else:
                kept.append((other, listed))
        groups = [*kept, (box, members)]
    return [members for _box, members in groups]


def _touch(one: Box, other: Box) -> bool:
    return all(one[i] - _NEAR <= other[i + 2] and other[i] - _NEAR <= one[i + 2] for i in (0, 1))


def _snapped(places: Iterable[float]) -> list[float]:
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > _NEAR:
            found.append(place)
    return found


def _table(page: Page, xs: list[float], ys: list[float], level: Sequence[Box], upright: Sequence[Box]) -> Found:
    rows, columns = len(ys) - 1, len(xs) - 1
    walls = {(r, c): _wall(upright, xs[c], (ys[r] + ys[r + 1]) / 2) for r in range(rows) for c in range(1, columns)}
    floors = {(r, c): _floor(level, ys[r], (xs[c] + xs[c + 1]) / 2) for r in range(1, rows) for c in range(columns)}
    inside: dict[tuple[int, int], list[Word]] = {}
    for word in page.words:
        x, y = (word.box[0] + word.box[2]) / 2, word.middle
        if xs[0] <= x <= xs[-1] and ys[0] <= y <= ys[-1]:
            row = max(i for i in range(rows) if ys[i] <= y)
            column = max(i for i in range(columns) if xs[i] <= x)
            inside.setdefault((row, column), []).append(word)
    taken: set[tuple[int, int]] = set()
    squares = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            across = 1
            while column + across < columns and not walls[row, column + across] and (row, column + across) not in taken:
                across += 1
            down = 1
            while row + down < rows and not any(floors[row + down, column + i] for i in range(across)):
                down += 1
            spots = [(row + i, column + j) for i in range(down) for j in range(across)]
            taken.update(spots)
            words = [word for spot in spots for word in inside.get(spot, [])]
            squares.append(Square(row, column, down, across, tuple(ordered(words))))
    return Found((xs[0], ys[0], xs[-1], ys[-1]), tuple(squares))


def _wall(upright: Sequence[Box], x: float, y: float) -> bool:
    return any(abs(r[0] - x) <= _NEAR and r[1] - 1 <= y <= r[3] + 1 for r in upright)


def _floor(level: Sequence[Box], y: float, x: float) -> bool:
    return any(abs(r[1] - y) <= _NEAR and r[0] - 1 <= x <= r[2] + 1 for r in level)


def ordered(words: Iterable[Word]) -> list[Word]:
    """Words line by line."""
    return [word for line in lines_of(words, gap=1e9) for word in line.words]


def in_columns(lines: Sequence[Line]) -> list[Found]:
    """Runs of at least three rows of three and more columns, mostly figures, without rulings."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda one: (one.box[1] + one.box[3], one.box[0])):
        middle = (line.box[1] + line.box[3]) / 2
        if rows and rows[-1][0].box[1] <= middle <= rows[-1][0].box[3]:
            rows[-1].append(line)
        else:
            rows.append([line])
    found: list[Found] = []
    run: list[list[Line]] = []
    for row in [*rows, []]:
        if len(row) >= 3:
            run.append(row)
            continue
        found += _aligned(run)
        run = []
    return found


def _aligned(run: Sequence[Sequence[Line]]) -> list[Found]:
    cells = [line for row in run for line in row]
    if len(run) < 3 or sum(1 for line in cells if _NUMBER.fullmatch(line.text.replace(" ", ""))) < 0.4 * len(cells):
        return []
    edges = _gutters(cells)
    squares: dict[tuple[int, int], list[Word]] = {}
    for number, row in enumerate(run):
        for line in row:
            column = sum(1 for edge in edges if edge <= (line.box[0] + line.box[2]) / 2)
            squares.setdefault((number, column), []).extend(line.words)
    box = (
        min(c.box[0] for c in cells),
        min(c.box[1] for c in cells),
        max(c.box[2] for c in cells),
        max(c.box[3] for c in cells),
    )
    full = [(row, column) for row in range(len(run)) for column in range(len(edges) + 1)]
    return [Found(box, tuple(Square(r, c, 1, 1, tuple(squares.get((r, c), ()))) for r, c in full))]


def _gutters(cells: Sequence[Line]) -> list[float]:
    """The middles of the white stripes between columns."""
    found, reach = [], None
    for left, right in sorted((line.box[0], line.box[2]) for line in cells):
        if reach is not None and left - reach > 2:
            found.append((left + reach) / 2)
        reach = right if reach is None else max(reach, right)
    return found
