"""Which part of a table is what: heads over the columns, labels before the rows, unit and note rows, its title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from sct.catalogue.statement import Segment
from sct.catalogue.table import Cell, Span, Table
from sct.reading.lexicon import lexicon
from sct.vietnamese.text import lower, normalise

_NUMBER = re.compile(r"[-−–+(]?\s*\d[\d.,\u00a0 ]*\s*%?\)?\*{0,2}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_ORDINAL = re.compile(r"\(?(?:\d{1,3}|[ivx]{1,5}|[a-hđ])[.)]?")
_NEAR = 3  # paragraphs before and after a table that may belong to it
_TITLE = 220  # characters


class Grid:
    """The words of a table by place, while its parts are told apart."""

    def __init__(self, cells: Sequence[Cell], text: str) -> None:
        self.cells = cells
        self.rows = max((cell.row + cell.rows for cell in cells), default=0)
        self.columns = max((cell.column + cell.columns for cell in cells), default=0)
        self.words = {cell: lower(normalise(text[cell.start : cell.end]).text) for cell in cells}
        self.by_row: dict[int, list[Cell]] = {}
        for cell in cells:
            for row in range(cell.row, cell.row + cell.rows):
                self.by_row.setdefault(row, []).append(cell)

    def filled(self, row: int) -> list[Cell]:
        """The cells with words that begin in a row or reach into it."""
        return [cell for cell in self.by_row.get(row, ()) if self.words[cell]]

    def number(self, cell: Cell) -> bool:
        """Whether a cell holds a figure; a bare year heads a column."""
        words = self.words[cell]
        return _NUMBER.fullmatch(words) is not None and _YEAR.fullmatch(words) is None

    def is_data(self, row: int) -> bool:
        """A row with figures, other than the row that numbers the columns (A, B, 1, 2 …) or an ordinal alone."""
        numbers = [cell for cell in self.filled(row) if self.number(cell) and cell.row == row]
        if not numbers or (len(numbers) == 1 and numbers[0].column == 0 and self.columns > 1):
            return False
        return not self._numbers_columns(row)

    def _numbers_columns(self, row: int) -> bool:
        words = [self.words[cell] for cell in self.filled(row)]
        if len(words) < 3 or any(len(word) > 10 for word in words):
            return False
        counted = [int(found[0]) for word in words if (found := re.match(r"\(?(\d{1,2})(?=\D|$)", word[:4].strip("(")))]
        others = [word for word in words if not word.strip("(")[:1].isdigit()]
        return (
            len(counted) > 1
            and all(b - a == 1 for a, b in pairwise(counted))
            and all(len(word.strip("().")) <= 1 for word in others)
        )


def structured(place: str, listed: Sequence[tuple[Cell, bool]], text: str, segments: Sequence[Segment]) -> Table:
    """The table of these cells; `listed` says of each whether the file itself calls it a head."""
    cells = tuple(cell if cell.start <= len(text) else _moved(cell, len(text)) for cell, _head in listed)
    grid = Grid(cells, text)
    told = {cell.row + cell.rows for cell, (_same, head) in zip(cells, listed, strict=True) if head}
    unit_rows = _rows_like(grid, "table_unit")
    note_rows = _rows_like(grid, "table_note")
    heads = _head_rows(grid, max(told, default=0), {*unit_rows, *note_rows})
    before, after = _beside(cells, segments)
    unit_in = next((grid.filled(row)[0] for row in unit_rows), None)
    notes = [(c.start, c.end) for row in note_rows for c in grid.filled(row)[:1]]
    title = _title(before, text)
    return Table(
        place=place,
        rows=grid.rows,
        columns=grid.columns,
        cells=cells,
        head_rows=heads,
        label_columns=_label_columns(grid, heads, {*unit_rows, *note_rows}),
        unit_rows=unit_rows,
        note_rows=note_rows,
        title=title,
        unit=(unit_in.start, unit_in.end) if unit_in else _unit(before, title, text),
        notes=(*notes, *_notes(after, text)),
    )


def _moved(cell: Cell, at: int) -> Cell:
    return Cell(cell.row, cell.column, at, at, cell.place, cell.rows, cell.columns)


def _rows_like(grid: Grid, code: str) -> tuple[int, ...]:
    """Rows whose words, one cell's alone, match a pattern of the lexicon."""
    pattern = lexicon().pattern(code)
    found = []
    for row in range(grid.rows):
        filled = grid.filled(row)
        if len(filled) == 1 and filled[0].rows == 1 and pattern.match(grid.words[filled[0]]):
            found.append(row)
    return tuple(found)


def _head_rows(grid: Grid, told: int, apart: set[int]) -> int:
    """Rows above the first with figures, less the rows that only open a section of it."""
    first = next((row for row in range(grid.rows) if row not in apart and grid.is_data(row)), None)
    if first is None:
        return told
    end = first
    while end > max(told, 1) and (end - 1 not in apart) and _opens_section(grid, end - 1):
        end -= 1
    return end if first else told


def _opens_section(grid: Grid, row: int) -> bool:
    filled = grid.filled(row)
    return all(cell.row == row and cell.column <= 1 for cell in filled) and len(filled) <= 2


def _label_columns(grid: Grid, heads: int, apart: set[int]) -> int:
    """Columns from the left that hold no figures below the heads; ordinals before a name are labels."""
    rows = [row for row in range(heads, grid.rows) if row not in apart]
    begin: dict[int, list[Cell]] = {}
    for cell in grid.cells:
        if cell.row in rows and grid.words[cell]:
            begin.setdefault(cell.column, []).append(cell)
    for column in range(grid.columns):
        filled = begin.get(column, [])
        numbers = [cell for cell in filled if grid.number(cell)]
        ordinals = column == 0 and bool(filled) and all(_ORDINAL.fullmatch(grid.words[cell]) for cell in filled)
        if numbers and not (ordinals and _names_follow(grid, begin.get(1, []))):
            return column
    return grid.columns if not heads else min(1, grid.columns)


def _names_follow(grid: Grid, cells: Iterable[Cell]) -> bool:
    listed = list(cells)
    return bool(listed) and not any(grid.number(cell) for cell in listed)


def _beside(cells: Sequence[Cell], segments: Sequence[Segment]) -> tuple[list[Segment], list[Segment]]:
    """The few paragraphs right before a table (nearest first) and right after it."""
    own = [cell for cell in cells if cell.start < cell.end]
    if not own:
        return [], []
    start, end = min(cell.start for cell in own), max(cell.end for cell in own)
    before, after = [], []
    for segment in reversed([s for s in segments if s.end <= start][-_NEAR:]):
        if segment.role == "cell":
            break
        before.append(segment)
    for segment in [s for s in segments if s.start >= end][:_NEAR]:
        if segment.role == "cell":
            break
        after.append(segment)
    return before, after


def _title(before: Sequence[Segment], text: str) -> Span:
    """The paragraph that names the table: it says so, or it is short and ends no sentence."""
    named, unit = lexicon().pattern("table_title"), lexicon().pattern("table_unit")
    plain: Span = (0, 0)
    for segment in before:
        words = lower(normalise(text[segment.start : segment.end]).text)
        if named.match(words):
            return segment.start, segment.end
        if unit.match(words):
            continue
        if plain == (0, 0) and len(words) <= _TITLE and not words.endswith((".", ";")):
            plain = segment.start, segment.end
        elif plain == (0, 0):
            break
    return plain


def _unit(before: Sequence[Segment], title: Span, text: str) -> Span:
    pattern = lexicon().pattern("table_unit")
    for segment in before:
        if pattern.match(lower(normalise(text[segment.start : segment.end]).text)):
            return segment.start, segment.end
        if (segment.start, segment.end) == title:
            break
    low = lower(text[slice(*title)])
    inside = lexicon().pattern("table_unit_inside").search(low)
    return (title[0] + inside.start(), title[0] + inside.end()) if inside else (0, 0)


def _notes(after: Sequence[Segment], text: str) -> list[Span]:
    pattern = lexicon().pattern("table_note")
    found = []
    for segment in after:
        if not pattern.match(lower(normalise(text[segment.start : segment.end]).text)):
            break
        found.append((segment.start, segment.end))
    return found
