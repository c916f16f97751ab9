"""A document as it looks: headings, paragraphs, items, notes and tables, with marks on the words that are spoken of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sct.catalogue.statement import Document, Segment
from sct.catalogue.table import Cell, Table
from sct.catalogue.workbook import letter_of
from sct.proofing.wording import cell_number
from sct.reading.workbooks.grid import Grid, is_number

MOST_COLUMNS = 40


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark on `text[start:end]`: `key` names it on the page, `css` its look, `sign` and `note` stand behind it."""

    key: str
    start: int
    end: int
    css: str
    href: str
    sign: str = ""
    note: str = ""
    here: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """Text, or a part of a marked stretch; `first` and `last` tell its ends."""

    text: str
    mark: Mark | None = None
    first: bool = False
    last: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A cell of a table as the page shows it."""

    pieces: tuple[Piece, ...]
    head: str = ""  # col | row | ""
    rows: int = 1
    columns: int = 1
    number: bool = False
    label: bool = False  # what a row is about: it stays in sight when a wide sheet is moved


@dataclass(frozen=True, slots=True)
class Part:
    """A heading, paragraph, item, note or furniture line with its pieces; or a table with its rows of boxes."""

    role: str
    pieces: tuple[Piece, ...] = ()
    level: int = 0
    mark: str = ""
    head: tuple[tuple[Box, ...], ...] = ()
    body: tuple[tuple[Box, ...], ...] = ()


def parts(document: Document, marks: Sequence[Mark]) -> list[Part]:
    """The parts of a document in order. Overlapping marks: the shorter one owns the words."""
    owner = _owners(marks)
    cutter = _Cutter(document.text, owner)
    tables = {cell.place: table for table in document.tables for cell in table.cells}
    done: set[str] = set()
    made: list[Part] = []
    for segment in document.segments:
        table = tables.get(segment.place) if segment.role == "cell" else None
        if table is None:
            made.append(_part(segment, cutter))
        elif table.place not in done:
            done.add(table.place)
            made.append(_table(table, document.text, cutter))
    return made


def _part(segment: Segment, cutter: _Cutter) -> Part:
    return Part(segment.role, cutter.cut(segment.start, segment.end), segment.level, segment.mark)


def _table(table: Table, text: str, cutter: _Cutter) -> Part:
    rows: dict[int, list[Box]] = {row: [] for row in range(table.rows)}
    for cell in table.cells:
        rows[cell.row].append(_box(cell, table, text, cutter))
    listed = [tuple(rows[row]) for row in range(table.rows)]
    return Part("table", head=tuple(listed[: table.head_rows]), body=tuple(listed[table.head_rows :]))


def _box(cell: Cell, table: Table, text: str, cutter: _Cutter) -> Box:
    words = text[cell.start : cell.end].strip()
    head = "col" if cell.row < table.head_rows else "row" if cell.column < table.label_columns and words else ""
    number = not head and any(c.isdigit() for c in words) and sum(c.isalpha() for c in words) <= 2
    last = table.head_rows if cell.row < table.head_rows else table.rows
    return Box(cutter.cut(cell.start, cell.end), head, min(cell.rows, last - cell.row), cell.columns, number)


class _Cutter:
    """Cuts stretches of a text into pieces; goes through the text once, from the left."""

    def __init__(self, text: str, owner: Sequence[tuple[int, int, Mark]]) -> None:
        self.text, self.owner = text, owner
        self.starts = [start for start, _end, _mark in owner]
        self.seen: set[str] = set()

    def cut(self, start: int, end: int) -> tuple[Piece, ...]:
        from bisect import bisect_left

        found: list[Piece] = []
        at = start
        for first, last, mark in self.owner[max(0, bisect_left(self.starts, start) - 1) :]:
            if first >= end:
                break
            a, b = max(first, start), min(last, end)
            if a >= b:
                continue
            if at < a:
                found.append(Piece(self.text[at:a]))
            found.append(Piece(self.text[a:b], mark, mark.key not in self.seen, b == mark.end))
            self.seen.add(mark.key)
            at = b
        if at < end:
            found.append(Piece(self.text[at:end]))
        return tuple(found)


def _owners(marks: Iterable[Mark]) -> list[tuple[int, int, Mark]]:
    """Spans without overlap in the order of the text."""
    taken: list[tuple[int, int, Mark]] = []
    ordered = sorted(marks, key=lambda mark: (mark.start, mark.end))
    for mark in ordered:
        if taken and taken[-1][1] > mark.start:
            taken = _shared(taken, mark)
        else:
            taken.append((mark.start, mark.end, mark))
    return sorted(taken, key=lambda one: one[:2])


def _shared(taken: list[tuple[int, int, Mark]], mark: Mark) -> list[tuple[int, int, Mark]]:
    """The spans after one more mark that overlaps some: the shorter mark keeps the shared words."""
    free = [(mark.start, mark.end)]
    kept: list[tuple[int, int, Mark]] = []
    for start, end, other in taken:
        longer = other.end - other.start > mark.end - mark.start
        if end <= mark.start or start >= mark.end:
            kept.append((start, end, other))
        elif longer:
            kept += [(a, b, other) for a, b in ((start, mark.start), (mark.end, end)) if a < b]
        else:
            kept.append((start, end, other))
            free = [p for a, b in free for p in ((a, min(b, start)), (max(a, end), b)) if p[0] < p[1]]
    return [*kept, *((a, b, mark) for a, b in free)]


def sheet(grid: Grid, marks: Mapping[str, Mark], shown: range) -> Part:
    """A sheet of a workbook as a table; `marks` are by address ("C7"), `shown` the rows that are shown."""
    width = max((column + 1 for row in shown for column in range(grid.width) if grid.text(row, column)), default=0)
    head = tuple(Box((Piece(letter_of(column + 1)),), "col") for column in range(-1, min(width, MOST_COLUMNS)))
    label = _label_column(grid, shown)
    body = [tuple(_row(grid, row, min(width, MOST_COLUMNS), marks, label)) for row in shown]
    return Part("table", mark=grid.name, head=(head,), body=tuple(body))


def _label_column(grid: Grid, shown: range) -> int:
    """The column that says what rows are about: that of the first four with the most words; -1 where none has."""
    words = [sum(any(c.isalpha() for c in grid.text(row, column)[3:]) for row in shown) for column in range(4)]
    most = max(words)
    return words.index(most) if most > 1 else -1


def _row(grid: Grid, row: int, width: int, marks: Mapping[str, Mark], label: int) -> Iterator[Box]:
    """The boxes of a row; words run over the empty cells behind them, as they do in a spreadsheet."""
    yield Box((Piece(str(row + 1)),), "row")
    column = 0
    while column < width:
        text = grid.text(row, column)
        number = is_number(grid.at(row, column))
        across = 1
        if text and not number:
            while column + across < width and not grid.text(row, column + across):
                across += 1
            across = across if len(text) > 14 * across or across == width - column else 1
        mark = marks.get(f"{letter_of(column + 1)}{row + 1}")
        # A number that nobody read is mostly none: a year, a place in a list.
        shown = cell_number(text) if number and (mark is not None or "." in text) else text
        is_label = column == label and across == 1
        yield Box((Piece(shown, mark, True, True),) if text else (), columns=across, number=number, label=is_label)
        column += across
