"""Tables of web pages: which hold data and which only lay the page out, and where each cell stands in the grid."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sct.reading.blocks import Spot

if TYPE_CHECKING:
    from lxml.etree import _Element

_PROSE = 600  # characters in one cell: the table lays out a page
_MOST = 1_000  # rows or columns that one cell may span
_CELLS = ("td", "th")


def data_tables(main: _Element) -> set[_Element]:
    """The tables of two columns and more that hold neither tables nor prose."""
    return {table for table in main.iter("table") if _is_data(table)}


def _is_data(table: _Element) -> bool:
    if table.find(".//table") is not None or table.get("role") == "presentation":
        return False
    widest = 0
    for row in _rows(table):
        cells = list(row.iterchildren(*_CELLS))
        widest = max(widest, len(cells))
        if any(len(str(cell.xpath("string()")).strip()) > _PROSE for cell in cells):
            return False
    return widest > 1


def _rows(table: _Element) -> Iterator[_Element]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in {"thead", "tbody", "tfoot"}:
            yield from child.iterchildren("tr")


class Grid:
    """The places of a table's cells, spans taken into account (HTML 4.9.12: forming a table)."""

    def __init__(self, table: _Element) -> None:
        self.table = table
        self.spots: dict[_Element, tuple[int, int, int, int, bool]] = {}
        taken: set[tuple[int, int]] = set()
        rows = list(_rows(table))
        for r, row in enumerate(rows):
            parent = row.getparent()
            in_head = parent is not None and parent.tag == "thead"
            cells = list(row.iterchildren(*_CELLS))
            all_heads = len(cells) > 1 and all(cell.tag == "th" for cell in cells)
            column = 0
            for cell in cells:
                while (r, column) in taken:
                    column += 1
                down, across = _span(cell, "rowspan", len(rows) - r), _span(cell, "colspan", _MOST)
                self.spots[cell] = (r, column, down, across, in_head or all_heads)
                if down > 1:
                    taken |= {(r + i, column + j) for i in range(1, down) for j in range(across)}
                column += across

    def spot(self, cell: _Element, table: str) -> Spot:
        row, column, rows, columns, head = self.spots[cell]
        return Spot(table, row, column, rows, columns, head)


def _span(cell: _Element, name: str, most: int) -> int:
    text = str(cell.get(name) or "1").strip()
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 1
    return max(1, min(number or (most if name == "rowspan" else 1), most, _MOST))
