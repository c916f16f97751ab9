"""A sheet as a grid of cells, rows and columns counting from 0, with what its merged cells cover."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

Cell = object  # str, float, int, bool, date …, "" where empty


@dataclass(slots=True)
class Grid:
    """`merged` gives for a covered cell the first cell of its range; `uncomputed` are formulas without a value."""

    name: str
    rows: Sequence[Sequence[Cell]]
    merged: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    hidden: bool = False
    uncomputed: frozenset[str] = frozenset()
    breadth: int = 0  # columns of the table this is a view of; 0: the whole sheet

    @property
    def width(self) -> int:
        return len(self.rows[0]) if self.rows else 0

    def at(self, row: int, column: int) -> Cell:
        return self.rows[row][column]

    def text(self, row: int, column: int) -> str:
        """The text of a cell; numbers as they would be typed (1.0 → "1"), a date in a header as a month."""
        return shown(self.rows[row][column])

    def filled(self, row: int, column: int) -> str:
        """The text of a cell, or of the merged range it lies in."""
        first = self.merged.get((row, column))
        return self.text(*first) if first is not None else self.text(row, column)


class Printed(float):
    """A number that a document prints: it counts as one, and keeps the digits it is written with."""

    text: str

    def __new__(cls, value: float, text: str) -> Printed:
        made = super().__new__(cls, value)
        made.text = text
        return made


def shown(value: Cell) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, Printed):
        return value.text
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, date | datetime):
        return f"{value.month}/{value.year}" if value.day == 1 else f"{value.day}/{value.month}/{value.year}"
    return "" if value is None else str(value)


def is_number(value: Cell) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
