"""What keeping a workbook would do, before anything is kept: new, repeated, restated, set aside, asked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from sct.catalogue.model import Figure
from sct.catalogue.workbook import DataCell, SheetTable, Workbook
from sct.office.ledger.figures import cell_key, figures_of
from sct.office.ledger.models import Observation
from sct.office.people.queries import Someone, narrowed
from sct.office.workbooks import reading
from sct.office.workbooks.figures import Figures, cell_of
from sct.office.workbooks.models import StoredWorkbook

_CHUNK = 5_000


class Effect(Enum):
    """What one cell of the workbook would do to the ledger."""

    NEW = "new"  # nothing was known
    SAME = "same"  # the value stands there already
    RESTATED = "restated"  # another value stands there: one more vintage
    BLANK = "blank"  # no data in the cell
    ASKED = "asked"  # not understood
    ASIDE = "aside"  # no figure, or not to be kept
    TEXT = "text"  # words: tasks, cells as written


class Line(NamedTuple):
    """One cell with its effect. Of a value that the ledger holds already there is the figure, and what stood `before`;
    of a new one the figure is made when it is kept."""

    cell: DataCell
    effect: Effect
    figure: Figure | None = None
    before: Figure | None = None

    @property
    def change(self) -> Fraction | None:
        if self.figure is None or self.before is None:
            return None
        return self.figure.quantity.value - self.before.quantity.value

    @property
    def relative(self) -> Fraction | None:
        """The change in per cent of the value before; None for ratios, whose change is in points."""
        change = self.change
        if change is None or self.before is None or self.before.quantity.unit.dimension == "percent":
            return None
        value = self.before.quantity.value
        return None if value == 0 else change / abs(value) * 100


@dataclass
class TablePreview:
    table: SheetTable
    lines: list[Line] = field(default_factory=list)
    beside: str = ""  # its first column, where another table stands left of it

    @cached_property
    def counts(self) -> Counter[Effect]:
        return Counter(line.effect for line in self.lines)

    @property
    def rows(self) -> list[tuple[int, str, list[Line]]]:
        """(row, label, lines) from top to bottom."""
        grouped: dict[int, list[Line]] = defaultdict(list)
        for line in self.lines:
            grouped[line.cell.row].append(line)
        return [(row, lines[0].cell.row_label, lines) for row, lines in sorted(grouped.items())]

    def row_key(self, row: int) -> str:
        """How a form names a row: "sheet!7", or "sheet!7@H" in a table that stands right of another."""
        return f"{self.table.sheet}!{row}" + (f"@{self.beside}" if self.beside else "")


@dataclass
class Preview:
    """The whole: the reading, its tables with effects, and what is known of earlier keepings."""

    workbook: StoredWorkbook
    book: Workbook
    tables: list[TablePreview]
    figures: Figures

    @property
    def lines(self) -> list[Line]:
        return [line for table in self.tables for line in table.lines]

    @cached_property
    def counts(self) -> Counter[Effect]:
        return sum((table.counts for table in self.tables), Counter())

    @property
    def restated(self) -> list[Line]:
        """Restated values, the largest change in per cent (or points) first."""
        found = [line for line in self.lines if line.effect is Effect.RESTATED]
        return sorted(found, key=lambda line: abs(line.relative or line.change or Fraction(0)), reverse=True)


def preview(person: Someone, workbook: StoredWorkbook) -> Preview:
    """What the workbook says and what keeping it would change. Few queries, whatever its size: one for 500 cells."""
    book = reading.read(workbook)
    found = Figures(book, workbook)
    names = [found.name(cell) for cell in book.cells]
    standing = _standing(person, {cell_of(name) for name in names if name})
    tables = _tables(book)
    told, places = _Told(found), _Places(tables)
    for cell, name in zip(book.cells, names, strict=True):
        table = places.of(cell)
        if table is not None:
            table.lines.append(_line(cell, name, found, told, standing))
    return Preview(workbook, book, tables, found)


def _tables(book: Workbook) -> list[TablePreview]:
    made: list[TablePreview] = []
    for table in book.tables:
        beside = any(
            one.table.sheet == table.sheet
            and one.table.first_row <= table.last_row
            and table.first_row <= one.table.last_row
            for one in made
        )
        made.append(TablePreview(table, beside=table.columns[0].letter if beside and table.columns else ""))
    return made


class _Places:
    """The table a cell lies in: by its row, and where tables stand side by side by its column too."""

    def __init__(self, tables: Sequence[TablePreview]) -> None:
        self._of_sheet: dict[str, list[TablePreview]] = defaultdict(list)
        for one in tables:
            self._of_sheet[one.table.sheet].append(one)
        self._before: TablePreview | None = None  # cells come table by table
        self._alone = {id(one) for one in tables if self._stands_alone(one)}

    def _stands_alone(self, one: TablePreview) -> bool:
        rows = one.table.first_row, one.table.last_row
        beside = [t for t in self._of_sheet[one.table.sheet] if t.table.first_row <= rows[1]]
        return not any(t is not one and rows[0] <= t.table.last_row for t in beside)

    def of(self, cell: DataCell) -> TablePreview | None:
        before = self._before
        if before is None or not _holds(before, cell) or id(before) not in self._alone:
            before = self._before = self._sought(cell)
        return before

    def _sought(self, cell: DataCell) -> TablePreview | None:
        found = [one for one in self._of_sheet.get(cell.sheet, ()) if _holds(one, cell)]
        if len(found) > 1:
            letter = cell.cell.rstrip("0123456789")
            found = [one for one in found if any(c.letter == letter for c in one.table.columns)] or found
        return found[0] if found else None


def _holds(one: TablePreview, cell: DataCell) -> bool:
    return one.table.sheet == cell.sheet and one.table.first_row <= cell.row <= one.table.last_row


class _Told:
    """What the file has told so far; values are compared only where a cell of the ledger is told a second time."""

    def __init__(self, found: Figures) -> None:
        self._found = found
        self._once: dict[str, DataCell] = {}
        self._values: dict[str, set[Fraction | None]] = {}

    def again(self, name: str, cell: DataCell) -> bool:
        """Whether the file told this value of this cell of the ledger before."""
        first = self._once.setdefault(name, cell)
        if first is cell:
            return False
        values = self._values.setdefault(name, {self._found.value(first)})
        value = self._found.value(cell)
        before = len(values)
        values.add(value)
        return len(values) == before


def _line(
    cell: DataCell,
    name: str,
    found: Figures,
    told: _Told,
    standing: dict[str, list[Figure]],
) -> Line:
    if not name:
        return Line(cell, _without_figure(cell))
    if told.again(name, cell):
        return Line(cell, Effect.SAME)
    held = standing.get(cell_of(name)) if standing else None
    actual = not name.endswith("|plan")
    before = [one for one in held or () if one.stage.is_actual == actual]
    if not before:
        return Line(cell, Effect.NEW)
    figure = found.figure(cell)
    same = any(one.quantity.value == figure.quantity.value for one in before)
    return Line(cell, Effect.SAME if same else Effect.RESTATED, figure, before[-1])


def _without_figure(cell: DataCell) -> Effect:
    if cell.set_aside:
        return Effect.ASIDE
    if cell.scale == "text":
        return Effect.TEXT
    if cell.value is None:
        return Effect.BLANK
    return Effect.ASKED


def _standing(person: Someone, wanted: set[str]) -> dict[str, list[Figure]]:
    """Cell → what the ledger holds of it, oldest publication first."""
    found: dict[str, list[Figure]] = defaultdict(list)
    rows, cells = narrowed(person, Observation.objects.filter(withdrawal__isnull=True)), sorted(wanted)
    for start in range(0, len(cells), _CHUNK):
        part = rows.filter(cell__among=cells[start : start + _CHUNK]).order_by("published_last", "entered", "id")
        for figure in figures_of(part):
            found[cell_key(*figure.cell)].append(figure)
    return found


def chosen(view: Preview, rows: Sequence[str] | None, effects: frozenset[Effect]) -> list[Line]:
    """The lines a person wants kept: of rows named by `TablePreview.row_key` (None: all), with the effects wanted."""
    wanted = None if rows is None else frozenset(rows)
    return [
        line
        for table in view.tables
        for line in table.lines
        if line.effect in effects and (wanted is None or table.row_key(line.cell.row) in wanted)
    ]


__all__ = ["Effect", "Line", "Preview", "TablePreview", "chosen", "preview"]
