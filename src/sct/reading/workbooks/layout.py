"""Where the tables of a sheet stand: title, unit row, header rows, label column, data rows. No fixed cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from sct.reading.workbooks.folding import squeezed
from sct.reading.workbooks.grid import Grid, is_number
from sct.reading.workbooks.headers import Header, read_header
from sct.reading.workbooks.periods import period_label
from sct.reading.workbooks.units import unit_code, unit_of_row
from sct.reading.workbooks.values import is_amount_text
from sct.reading.workbooks.words import TableKind, Words

_CODE = re.compile(r"\d{6,}")
_NUMBERING = re.compile(r"\(?(?:[A-ZĐa-zđ]|\d{1,2}(?:\s*=.*)?)\)?")
_MANY = 400  # rows looked at to tell columns apart


@dataclass(slots=True)
class Region:
    """A table in its sheet; rows count from 0, `first` and `last` are both inclusive."""

    grid: Grid
    first: int
    last: int
    kind: TableKind | None = None
    title: str = ""
    title_rows: list[int] = field(default_factory=list)
    above: str = ""  # all text above the header, for area and period
    unit: str = ""
    unit_code: str = ""
    header: tuple[int, int] = (0, -1)
    data: int = -1  # first data row, -1 when there is none
    label: int = 0
    label_is_period: bool = False
    unit_column: int = -1
    headers: dict[int, Header] = field(default_factory=dict)
    telling: list[int] | None = None  # the data rows that tell the columns apart

    @property
    def values(self) -> list[tuple[int, Header]]:
        """The value columns, in order."""
        return [
            (c, h)
            for c, h in sorted(self.headers.items())
            if h.role == "value" and c not in (self.label, self.unit_column)
        ]


def regions(grid: Grid, words: Words) -> list[Region]:
    """The tables of a sheet, one below another."""
    bounds: list[int] = []
    seen_data = True
    for row in range(len(grid.rows)):
        if seen_data and _is_title(grid, row, words) and (not bounds or _goes_on(grid, row, words)):
            bounds.append(row)
            seen_data = False
        elif not seen_data and _numbers(grid, row):
            seen_data = True
    starts = [0, *bounds[1:]]
    ends = [start - 1 for start in starts[1:]] + [len(grid.rows) - 1]
    return [region for s, e in zip(starts, ends, strict=True) if (region := _region(grid, s, e, words)) is not None]


def _cells(grid: Grid, row: int) -> list[int]:
    """The non-empty columns of a row."""
    return [
        column
        for column, value in enumerate(grid.rows[row])
        if value != "" and not (isinstance(value, str) and not value.strip())
    ]


def _numbers(grid: Grid, row: int) -> list[int]:
    """Columns with numbers that are no years of a header."""
    found = [
        c
        for c, value in enumerate(grid.rows[row])
        if value.__class__ is float or (value.__class__ is not str and is_number(value))
    ]
    if found and all(_is_year(grid.rows[row][c]) for c in found):
        return []
    return found


def _is_year(value: object) -> bool:
    return isinstance(value, int | float) and 1990 <= value <= 2100 and float(value).is_integer()


def _goes_on(grid: Grid, row: int, words: Words) -> bool:
    """Whether a table follows a title that stands below another table: a header of two columns, then data."""
    header = False
    for below in range(row + 1, min(row + 12, len(grid.rows))):
        if header and _is_data(grid, below, words):
            return True
        header = header or (len(_cells(grid, below)) >= 2 and not _numbers(grid, below))
    return False


def _is_title(grid: Grid, row: int, words: Words) -> bool:
    cells = grid.rows[row]
    if len(cells) - cells.count("") > 2:
        return False
    if _numbers(grid, row):
        return False
    columns = _cells(grid, row)
    if not columns or len(columns) > 2:
        return False
    text = grid.text(row, columns[0])
    if len(text) > 180 or unit_of_row(text, words) or words.says("note", text) or words.says("late", text):
        return False
    return words.titled(text)[1] >= 3


def _region(grid: Grid, first: int, last: int, words: Words) -> Region | None:
    region = Region(grid, first, last)
    data = next((row for row in range(first, last + 1) if _is_data(grid, row, words)), -1)
    before = data if data >= 0 else last + 1
    _heading(region, before, words)
    if data >= 0:
        region.data = data
        _label_column(region, words)
        _header_rows(region, words)
        _roles(region, words)
    return region if region.title_rows or data >= 0 or _cells_in(grid, first, last) else None


def _cells_in(grid: Grid, first: int, last: int) -> bool:
    return any(_cells(grid, row) for row in range(first, last + 1))


def _is_data(grid: Grid, row: int, words: Words) -> bool:
    """A row with a value: a number that is no year and no column numbering, or an amount in words."""
    numbers = _numbers(grid, row)
    if numbers:
        return not _is_numbering(grid, row)
    cells = _cells(grid, row)
    return (
        len(cells) > 1
        and sum(is_amount_text(grid.rows[row][c], words) for c in cells) >= 1
        and not any(len(grid.text(row, c)) > 80 for c in cells)
    )


def _is_numbering(grid: Grid, row: int) -> bool:
    """ "A | B | 1 | 2 | 3": the numbers of the columns; an empty column may have taken its number with it."""
    texts = {c: grid.text(row, c).strip() for c in _cells(grid, row)}
    if len(texts) < 2 or not all(_NUMBERING.fullmatch(text) for text in texts.values()):
        return False
    told = {c: text.strip("()") for c, text in texts.items()}
    numbers = [(c, int(re.sub(r"\D.*", "", text))) for c, text in told.items() if text[:1].isdigit()]
    steps = [(after - before, there - here) for (here, before), (there, after) in pairwise(numbers)]
    return len(numbers) > 1 and numbers[0][1] in (1, 2) and all(1 <= step <= apart for step, apart in steps)


# -- title and unit -----------------------------------------------------------------------------------------


def _heading(region: Region, before: int, words: Words) -> None:
    """Title, unit row and everything else that stands above the header."""
    grid = region.grid
    best = 0
    texts = []
    for row in range(region.first, before):
        for column in _cells(grid, row):
            text = grid.text(row, column)
            unit = _unit_line(grid, row, column, words)
            if unit is not None and not region.unit:
                region.unit, region.unit_code = unit
            if unit is not None or len(text) > 400:
                continue
            texts.append(squeezed(text))
            kind, length = words.titled(text) if len(_distinct(grid, row)) <= 2 else (None, 0)
            if length > best:
                best, region.kind, region.title = length, kind, squeezed(text)
                region.title_rows = [row]
    region.above = " | ".join(texts[:12])


def _unit_line(grid: Grid, row: int, column: int, words: Words) -> tuple[str, str] | None:
    """A line "Đơn vị tính: …", or one that holds nothing but a unit: "(Tỷ đồng)"."""
    text = grid.text(row, column)
    found = unit_of_row(text, words)
    if found is not None or len(_cells(grid, row)) > 1:
        return found
    bare = squeezed(text).strip(" ().:")
    return (bare, code) if (code := unit_code(bare, words)) and not bare.isdigit() else None


def _distinct(grid: Grid, row: int) -> list[int]:
    return _cells(grid, row)


# -- label column -------------------------------------------------------------------------------------------


def _data_rows(region: Region, words: Words) -> list[int]:
    if region.telling is not None:
        return region.telling
    found = region.telling = []
    for row in range(region.data, region.last + 1):
        if _numbers(region.grid, row) or _is_data(region.grid, row, words):
            found.append(row)
            if len(found) >= _MANY:
                break
    return found


def _label_column(region: Region, words: Words) -> None:
    """The column of row labels: words that are no units, or periods."""
    grid, rows = region.grid, _data_rows(region, words)
    if _period_column(region, rows, words):
        return
    best, most = -1, 0.0
    for column in range(grid.width):
        texts = [
            grid.filled(row, column)
            for row in rows
            if isinstance(grid.rows[row][column], str) or (row, column) in grid.merged
        ]
        words_in = [t for t in texts if t.strip() and any(ch.isalpha() for ch in t)]
        labels = [
            t
            for t in words_in
            if not unit_code(t, words) and not is_amount_text(t, words) and t.strip().lower() not in words.no_data
        ]
        score = len(labels) + min(sum(map(len, labels)) / 1000, len(labels) / 2)
        if score > most:
            best, most = column, score
    region.label = max(best, 0)
    if best < 0:
        region.label = -1


def _period_column(region: Region, rows: Sequence[int], words: Words) -> bool:
    """Whether a column holds months, quarters and the like: "1", "Quí I", "6 tháng"."""
    grid = region.grid
    for column in range(min(grid.width, 4)):
        cells = [grid.rows[row][column] for row in rows if grid.text(row, column).strip()]
        periods = _periods(cells, words)
        if len(periods) < 3:
            continue
        spelled = sum(isinstance(c, str) and not c.strip().isdigit() for c in periods)
        other_labels = sum(
            isinstance(grid.rows[row][c], str)
            and any(ch.isalpha() for ch in grid.text(row, c))
            and not is_amount_text(grid.rows[row][c], words)
            for row in rows
            for c in range(grid.width)
            if c != column
        )
        if spelled >= 2 or other_labels <= max(2, len(rows) // 4):
            region.label, region.label_is_period = column, True
            return True
    return False


def _periods(cells: Sequence[object], words: Words) -> list[object]:
    """The cells that name periods, where at least six in ten do; asked no further once they cannot."""
    found, others = [], 0
    for cell in cells:
        if period_label(cell, words) is not None:
            found.append(cell)
        else:
            others += 1
            if others > 0.4 * len(cells) + 1:
                return []
    return found if len(found) >= 0.6 * len(cells) else []


# -- header -------------------------------------------------------------------------------------------------


def _header_rows(region: Region, words: Words) -> None:
    """The rows between title and data that name columns; label-only rows just above the data are groups."""
    grid = region.grid
    last = region.data - 1
    while last > region.first and not [c for c in _cells(grid, last) if c != region.label]:
        last -= 1
    first = max(region.title_rows[-1] + 1 if region.title_rows else region.first, region.first)
    first = max(first, _after_units(region, last, words))
    while first <= last and not _names_columns(region, first, last):
        first += 1
    while last >= first and _is_numbering(grid, last):
        last -= 1
    region.header = (first, last)


def _after_units(region: Region, last: int, words: Words) -> int:
    after = region.first
    for row in range(region.first, last + 1):
        cells = _cells(region.grid, row)
        if cells and all(_unit_line(region.grid, row, c, words) for c in cells):
            after = row + 1
    return after


def _names_columns(region: Region, row: int, last: int) -> bool:
    """A header row names at least two columns, or stands above one that was entered before it."""
    grid = region.grid
    cells = _cells(grid, row)
    if len(cells) >= 2:
        return True
    if len(cells) == 1 and row < last:
        # One text: a title that goes on when it lies over everything, a header when it lies over some columns.
        spanned = [c for c in range(grid.width) if grid.merged.get((row, c)) == grid.merged.get((row, cells[0]))]
        return (
            cells[0] != region.label
            and (row, cells[0]) in grid.merged
            and len(spanned) < (grid.breadth or grid.width) - 1
        )
    return len(cells) == 1 and row == last


def _roles(region: Region, words: Words) -> None:
    grid = region.grid
    rows = _data_rows(region, words)
    for column in range(grid.width):
        text = header_text(region, column, words)
        header = read_header(text, words)
        cells = [grid.rows[row][column] for row in rows]
        filled = [c for c in cells if c != "" and not (isinstance(c, str) and not c.strip())]
        if column == region.label:
            header.role = "label"
        elif header.role == "value" and not text.strip() and not filled:
            header.role = "empty"
        elif _is_unit_column(header, filled, words):
            header.role = "unit"
        elif header.role == "value" and not header.understood and _is_order(filled, rows):
            header.role = "order"
        elif header.role == "label":
            header.role = "note" if not any(is_number(c) for c in filled) else "value"
        region.headers[column] = header
        if header.role == "unit" and region.unit_column < 0:
            region.unit_column = column


def _is_unit_column(header: Header, filled: Sequence[object], words: Words) -> bool:
    if header.role == "unit":
        return True
    texts = [c for c in filled if isinstance(c, str)]
    units = [t for t in texts if unit_code(t, words)]
    return not header.understood and len(units) >= 2 and len(units) >= 0.6 * len(filled)


def _is_order(filled: Sequence[object], rows: Sequence[int]) -> bool:
    """1, 2, 3 … down the column."""
    numbers = [int(c) for c in filled if isinstance(c, int | float) and float(c).is_integer()]
    return (
        len(numbers) >= 3
        and len(numbers) >= 0.8 * len(filled)
        and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    )


def header_text(region: Region, column: int, words: Words) -> str:
    """The texts over a column from top to bottom; a parent written only over its first column is inherited."""
    grid, (first, last) = region.grid, region.header
    parts: list[str] = []
    taken: set[tuple[int, int]] = set()
    for row in range(first, last + 1):
        origin = grid.merged.get((row, column), (row, column))
        if origin in taken:
            continue
        taken.add(origin)
        text = grid.text(*origin)
        if not text.strip():
            text = _inherited(region, row, column, words)
        if text.strip() and unit_of_row(text, words) is None:
            parts.append(text)
    return "\n".join(parts)


def _inherited(region: Region, row: int, column: int, words: Words) -> str:
    grid, (_first, last) = region.grid, region.header
    if (row, column) in grid.merged or row == last or not _below(region, row, column):
        return ""
    left = column - 1
    while left >= 0 and not grid.filled(row, left).strip():
        left -= 1
    if left < 0 or left == region.label or not _below(region, row, left):
        return ""
    text = grid.filled(row, left)
    header = read_header(text, words)
    return text if header.versus or header.base or header.subject or header.percent else ""


def _below(region: Region, row: int, column: int) -> bool:
    grid, (_first, last) = region.grid, region.header
    top = grid.merged.get((row, column), (row, column))
    return any(
        grid.filled(r, column).strip() and grid.merged.get((r, column), (r, column)) != top
        for r in range(row + 1, last + 1)
    )


def is_product_code(value: object) -> bool:
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
    return _CODE.fullmatch(text) is not None
