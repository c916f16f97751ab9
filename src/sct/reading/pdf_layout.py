"""The reading order of a PDF page: columns left to right, lines top down, lines joined to paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sct.reading.pdf_page import Box, Line, Page, around, lines_of
from sct.reading.pdf_tables import Found, drawn, in_columns

_GUTTER = 9.0  # points between columns
_STOP = (".", ":", ";", "!", "?", "…", ".”", '."')
_ITEM = re.compile(r"(?:[-–•+*▪❖]|\(?\d{1,2}[.)]|\(?[a-zđ]\)|[IVX]{1,5}\.)(?:\s|$)|\d{1,2}(?:\.\d{1,2}){1,3}\.?\s")
_DEEP = 12


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines of one paragraph in order; `size` is that of its letters."""

    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)

    @property
    def size(self) -> float:
        return self.lines[0].size

    @property
    def box(self) -> Box:
        return around(line.box for line in self.lines)


Part = Paragraph | Found


def parts_of(page: Page) -> list[Part]:
    """Paragraphs and tables of a page in reading order."""
    tables = drawn(page)
    words = [word for word in page.words if not any(_inside(word.box, table.box) for table in tables)]
    lines = lines_of(words)
    loose = in_columns(lines)
    tables += loose
    lines = [line for line in lines if not any(_inside(line.box, table.box) for table in loose)]
    return [part for piece in _ordered([*lines, *tables], 0) for part in piece]


def _inside(box: Box, outer: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return outer[0] <= x <= outer[2] and outer[1] - 1 <= y <= outer[3] + 1


def _ordered(items: Sequence[Line | Found], depth: int) -> Iterator[list[Part]]:
    """Columns before rows: an upright white stripe through everything splits; else the widest level one does."""
    if len(items) > 1 and depth < _DEEP:
        columns = _split(items, 0, _GUTTER)
        if len(columns) > 1 and _are_columns(columns):
            for column in columns:
                yield from _ordered(column, depth + 1)
            return
        bands = _bands(items) if len(_split(items, 0, _GUTTER)) == 1 and _has_neighbours(items) else []
        if len(bands) > 1:
            for band in bands:
                yield from _ordered(band, depth + 1)
            return
    yield list(_flow(items))


def _has_neighbours(items: Sequence[Line | Found]) -> bool:
    """Whether two items stand side by side."""
    by_top = sorted(items, key=lambda item: item.box[1])
    return any(a.box[3] - b.box[1] > 0.5 * (b.box[3] - b.box[1]) for a, b in pairwise(by_top))


def _split(items: Sequence[Line | Found], axis: int, least: float) -> list[list[Line | Found]]:
    """Items parted where no box reaches over for `least` points along an axis (0: x, 1: y)."""
    groups: list[list[Line | Found]] = []
    reach = 0.0
    for item in sorted(items, key=lambda one: one.box[axis]):
        if not groups or item.box[axis] - reach > least:
            groups.append([])
            reach = item.box[axis + 2]
        groups[-1].append(item)
        reach = max(reach, item.box[axis + 2])
    return groups


def _are_columns(columns: Sequence[Sequence[Line | Found]]) -> bool:
    """Columns stand beside each other over some height: two lines of each at least."""
    tall = [column for column in columns if len(column) > 1 or isinstance(column[0], Found)]
    return len(tall) > 1


def _bands(items: Sequence[Line | Found]) -> list[list[Line | Found]]:
    """Items parted at the places where lines side by side begin or end.

    A line alone next to such a band, near it and on one side of its stripe, belongs to it: columns are not equally
    long.
    """
    bands: list[tuple[bool, list[list[Line | Found]]]] = []
    for row in _split(items, 1, -1.0):
        wide = len(row) > 1
        if not bands:
            bands.append((wide, [row]))
        elif bands[-1][0] == wide or (bands[-1][0] and _belongs(row, bands[-1][1])):
            bands[-1][1].append(row)
        else:
            moved: list[list[Line | Found]] = []
            while wide and len(bands[-1][1]) > 0 and _belongs(bands[-1][1][-1], [row, *moved]):
                moved.insert(0, bands[-1][1].pop())
            bands.append((wide, [*moved, row]))
    return [[item for row in rows for item in row] for _wide, rows in bands if rows]


def _belongs(row: Sequence[Line | Found], band: Sequence[Sequence[Line | Found]]) -> bool:
    inside = [item for other in band for item in other]
    near = min(min(abs(one.box[1] - other.box[3]), abs(other.box[1] - one.box[3])) for one in row for other in inside)
    height = max(item.box[3] - item.box[1] for item in row if isinstance(item, Line)) if _all_lines(row) else 0
    columns = len(_split(inside, 0, _GUTTER))
    return columns > 1 and near <= 0.9 * height and len(_split([*inside, *row], 0, _GUTTER)) == columns


def _all_lines(row: Sequence[Line | Found]) -> bool:
    return all(isinstance(item, Line) for item in row)


def _flow(items: Sequence[Line | Found]) -> Iterator[Part]:
    """The items of one column: tables as they are, lines joined to paragraphs."""
    rows = sorted(items, key=lambda one: (round(one.box[1] + one.box[3]), one.box[0]))
    lines = [item for item in rows if isinstance(item, Line)]
    if not lines:
        yield from (item for item in rows if isinstance(item, Found))
        return
    left, right = min(line.box[0] for line in lines), max(line.box[2] for line in lines)
    gap = _usual_gap(lines)
    begun: list[Line] = []
    for item in rows:
        if isinstance(item, Found):
            if begun:
                yield Paragraph(tuple(begun))
            begun = []
            yield item
        elif begun and _begins(begun[-1], item, (left, right), gap):
            yield Paragraph(tuple(begun))
            begun = [item]
        else:
            begun.append(item)
    if begun:
        yield Paragraph(tuple(begun))


def _usual_gap(lines: Sequence[Line]) -> float:
    steps = Counter(round(b.box[3] - a.box[3]) for a, b in pairwise(lines) if b.box[3] > a.box[3])
    return float(steps.most_common(1)[0][0]) if steps else 0.0


def _begins(before: Line, line: Line, edges: tuple[float, float], gap: float) -> bool:
    """Whether a line begins a paragraph."""
    left, right = edges
    step = line.box[3] - before.box[3]
    if step < 0 or abs(line.size - before.size) > 0.12 * before.size:
        return True
    if gap and step > 1.35 * gap + 1:
        return True
    if _ITEM.match(line.text):
        return True
    short = right - before.box[2] > max(0.12 * (right - left), 2 * before.size)
    indented = line.box[0] - left > 0.8 * line.size and before.box[0] - left <= line.box[0] - left - 0.5 * line.size
    if indented and (short or before.text.endswith(_STOP)):
        return True
    return short and (before.text.endswith(_STOP) or right - before.box[2] > 0.35 * (right - left))
