"""A table of a document as a neutral grid: cells with their spans in `Document.text`, heads, unit and notes.

Rows and columns count from 0. A merged cell stands once, at its upper left, and covers `rows` × `columns` of the grid.
"""

from __future__ import annotations

from dataclasses import dataclass, field

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: `text[start:end]` are its words (`start == end` for an empty one), `place` where it stands."""

    row: int
    column: int
    start: int
    end: int
    place: str = ""
    rows: int = 1
    columns: int = 1

    def covers(self, row: int, column: int) -> bool:
        return self.row <= row < self.row + self.rows and self.column <= column < self.column + self.columns


@dataclass(frozen=True, slots=True)
class Table:
    """A table of `rows` × `columns` with its cells in reading order.

    The first `head_rows` rows head the columns (merged and multi-row heads included), the first `label_columns`
    columns name the rows. `unit_rows` and `note_rows` are rows that carry the unit ("Đơn vị tính: tỷ đồng") or notes
    ("Ghi chú", "Nguồn") and no data. `title`, `unit` and `notes` are spans of `Document.text`, in the table or in the
    paragraphs beside it; (0, 0) where there is none.
    """

    place: str
    rows: int
    columns: int
    cells: tuple[Cell, ...]
    head_rows: int = 0
    label_columns: int = 0
    unit_rows: tuple[int, ...] = ()
    note_rows: tuple[int, ...] = ()
    title: Span = (0, 0)
    unit: Span = (0, 0)
    notes: tuple[Span, ...] = ()
    _grid: dict[tuple[int, int], Cell] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.rows):
                for column in range(cell.column, cell.column + cell.columns):
                    self._grid.setdefault((row, column), cell)

    def at(self, row: int, column: int) -> Cell | None:
        """The cell that covers a place of the grid; None where the row is shorter."""
        return self._grid.get((row, column))

    @property
    def data_rows(self) -> tuple[int, ...]:
        """The rows below the heads that are neither unit nor notes."""
        left_out = {*self.unit_rows, *self.note_rows}
        return tuple(row for row in range(self.head_rows, self.rows) if row not in left_out)

    def heads(self, column: int) -> tuple[Cell, ...]:
        """The heads of a column from the top down, each once: ("Thực hiện", "Tháng 9")."""
        found = (self.at(row, column) for row in range(self.head_rows) if row not in self.unit_rows)
        return tuple(dict.fromkeys(cell for cell in found if cell is not None and cell.start < cell.end))

    def labels(self, row: int) -> tuple[Cell, ...]:
        """The cells that name a row, from the left, each once."""
        found = (self.at(row, column) for column in range(self.label_columns))
        return tuple(dict.fromkeys(cell for cell in found if cell is not None and cell.start < cell.end))
