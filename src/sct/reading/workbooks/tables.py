"""The tables of a document read as the sheets of a workbook are: the same words, heads, units and row labels.

Each table becomes a sheet of its own with its title and unit above it; what is found keeps its place in the document.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sct.catalogue.load import Catalogue, load
from sct.catalogue.statement import Document
from sct.catalogue.table import Cell, Table
from sct.catalogue.workbook import DataCell, letter_of
from sct.reading.workbooks.building import Book
from sct.reading.workbooks.context import Context
from sct.reading.workbooks.grid import Grid, Printed
from sct.reading.workbooks.layout import Region
from sct.reading.workbooks.reader import read_sheet, read_table
from sct.reading.workbooks.values import typed
from sct.reading.workbooks.words import load_words

_ABOVE = 2  # rows put above a table: its title and its unit


@dataclass(frozen=True, slots=True)
class TableCells:
    """Data cells of a document's tables; `spans` says by sheet and cell where each stands: start, end, place."""

    cells: tuple[DataCell, ...]
    spans: Mapping[tuple[str, str], tuple[int, int, str]]


def read_tables(document: Document, context: Context | None = None, catalogue: Catalogue | None = None) -> TableCells:
    """What the tables of a document say; a table that is not understood gives nothing."""
    if not document.tables:
        return TableCells((), {})
    context = context or Context()
    book = Book(document.name, load_words(context.answers), catalogue or load(), context)
    waiting: list[tuple[int, Region]] = []
    spans: dict[tuple[str, str], tuple[int, int, str]] = {}
    for number, table in enumerate(document.tables, start=1):
        name = table.place or f"table{number}"
        grid = _grid(name, table, document.text)
        if grid.width:
            read_sheet(grid, book, waiting)
        for cell in table.cells:
            address = f"{letter_of(cell.column + 1)}{cell.row + _ABOVE + 1}"
            place = cell.place if "/r" in cell.place else f"table{number}/r{cell.row + 1}/c{cell.column + 1}"
            spans[name, address] = (cell.start, cell.end, place)
    for _at, region in waiting:
        read_table(region, book)
    return TableCells(tuple(book.cells), spans)


def _value(words: str, is_data: bool) -> object:
    """A number below the heads as one that keeps its digits; everything else as words."""
    number = typed(words) if is_data and len(words) < 30 else None
    return words if number is None else Printed(float(number[0]), words)


def _grid(name: str, table: Table, text: str) -> Grid:
    """The grid of a table below its title and unit; a merged cell's words stand in its first place."""
    above = [text[slice(*table.title)], text[slice(*table.unit)] if not table.unit_rows else ""]
    rows: list[list[object]] = [[words, *[""] * (table.columns - 1)] for words in above]
    first: dict[Cell, tuple[int, int]] = {}
    merged: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(table.rows):
        line: list[object] = []
        for column in range(table.columns):
            cell = table.at(row, column)
            place = (row + _ABOVE, column)
            if cell is None or cell.start == cell.end:
                line.append("")
            elif cell in first:
                merged[place] = first[cell]
                line.append("")
            else:
                first[cell] = place
                line.append(_value(" ".join(text[cell.start : cell.end].split()), row >= table.head_rows))
        rows.append(line)
    return Grid(name, rows, merged)
