"""Tables that stand side by side on one sheet: each is given a view of its own columns, the others blank."""

from __future__ import annotations

from collections.abc import Sequence

from sct.reading.workbooks.grid import Cell, Grid, is_number
from sct.reading.workbooks.headers import read_header
from sct.reading.workbooks.periods import period_label
from sct.reading.workbooks.units import unit_code, unit_of_row
from sct.reading.workbooks.values import is_amount_text
from sct.reading.workbooks.words import Words

_ROWS = 120  # rows looked at
_HEADS = 8  # rows above the first number in which a column is named


def side_by_side(grid: Grid, words: Words) -> list[Grid]:
    """The sheet as it is, or one view of it for each table that stands beside another.

    A column begins another table when it holds row labels (words that are no units, or periods), numbers stand on both
    its sides, and a column of labels stands left of those on its left too.
    """
    if grid.width < 4:
        return [grid]
    rows = _rows_with_numbers(grid)
    if len(rows) < 2:
        return [grid]
    labels = [column for column in range(grid.width) if _holds_labels(grid, column, rows, words)]
    starts = [0]
    for column in labels:
        left = [one for one in labels if starts[-1] <= one < column]
        if (
            left
            and _numbers_between(grid, rows, left[0] + 1, column)
            and _numbers_between(grid, rows, column + 1, grid.width)
        ):
            starts.append(_first_of(grid, rows, column, words))
    if len(starts) == 1:
        return [grid]
    ends = [*starts[1:], grid.width]
    return [_view(grid, start, end, words) for start, end in zip(starts, ends, strict=True)]


def _rows_with_numbers(grid: Grid) -> list[int]:
    found = []
    for row, cells in enumerate(grid.rows):
        if any(cell.__class__ is float or is_number(cell) for cell in cells):
            found.append(row)
            if len(found) >= _ROWS:
                break
    return found


def _holds_labels(grid: Grid, column: int, rows: Sequence[int], words: Words) -> bool:
    cells = [grid.rows[row][column] for row in rows]
    texts = [cell for cell in cells if isinstance(cell, str) and any(ch.isalpha() for ch in cell)]
    labels = [
        text
        for text in texts
        if not unit_code(text, words)
        and not is_amount_text(text, words)
        and text.strip().lower() not in words.no_data
        and unit_of_row(text, words) is None
        and words.titled(text)[1] < 3
    ]
    above = _named(grid, column, min(rows[0] + _HEADS, rows[-1]), words)
    if above in ("unit", "note", "code", "order"):
        return False
    filled = [cell for cell in cells if cell != ""]
    if above == "label" and sum(period_label(cell, words) is not None for cell in filled) >= max(3, 0.6 * len(filled)):
        return True
    return len({text for text in labels if len(text.strip()) > 2}) >= 2 and len(labels) >= 0.5 * len(filled)


def _named(grid: Grid, column: int, first: int, words: Words) -> str:
    """What a header among the first rows says a column is for; "" where none says."""
    for row in range(first):
        text = grid.filled(row, column)
        if not text.strip() or len(text) >= 60 or unit_of_row(text, words) is not None:
            continue
        role = read_header(text, words).role
        if role != "value":
            return role
    return ""


def _numbers_between(grid: Grid, rows: Sequence[int], start: int, end: int) -> bool:
    """Whether some column of the stretch holds numbers in two rows."""
    return any(sum(is_number(grid.rows[row][column]) for row in rows) >= 2 for column in range(start, end))


def _first_of(grid: Grid, rows: Sequence[int], column: int, words: Words) -> int:
    """The first column of a table whose labels stand in `column`: its numbering or its title may go before."""
    first, empty = _back_to_title(grid, rows, column, words)
    numbers = [cell for row in rows if is_number(cell := grid.rows[row][empty - 1])] if empty else []
    if len(numbers) >= 2 and numbers in ([*range(1, len(numbers) + 1)], [1, *range(1, len(numbers))]):
        first, _empty = _back_to_title(grid, rows, empty - 1, words)
    return first


def _back_to_title(grid: Grid, rows: Sequence[int], column: int, words: Words) -> tuple[int, int]:
    """The first of the empty columns before a column that holds a title (else the column), and the first empty one."""
    titled = empty = column
    while empty > 0 and not _numbers_between(grid, rows, empty - 1, empty):
        if _holds_labels(grid, empty - 1, rows, words):
            break
        empty -= 1
        if any(words.titled(grid.text(row, empty))[1] >= 3 for row in range(min(rows[0] + 2 * _HEADS, rows[-1]))):
            titled = empty
    return titled, empty


def _view(grid: Grid, start: int, end: int, words: Words) -> Grid:
    """The columns from `start` to `end` in their places; a unit said once for all tables is said for this one too."""
    blank_left, blank_right = [""] * start, [""] * (grid.width - end)
    rows = [[*blank_left, *cells[start:end], *blank_right] for cells in grid.rows]
    merged = {cell: first for cell, first in grid.merged.items() if start <= cell[1] < end and start <= first[1] < end}
    _share_unit(grid, rows, (start, end), words)
    filled = [column for cells in rows for column in range(start, end) if cells[column] != ""]
    breadth = max(filled, default=start) - start + 1
    return Grid(grid.name, rows, merged, grid.hidden, grid.uncomputed, breadth)


def _share_unit(grid: Grid, rows: list[list[Cell]], span: tuple[int, int], words: Words) -> None:
    """Say the unit of another table in a free row above this one's header, where this one says none."""
    start, end = span
    first = next((n for n, cells in enumerate(rows) if sum(cell != "" for cell in cells) > 1), 0)
    above = range(min(first, 2 * _HEADS))
    if any(isinstance(cell, str) and unit_of_row(cell, words) for n in above for cell in rows[n]):
        return
    for n in above:
        unit = next((cell for cell in grid.rows[n] if isinstance(cell, str) and unit_of_row(cell, words)), None)
        if unit is not None and all(cell == "" for cell in rows[n][start:end]):
            rows[n][start] = unit
            return
