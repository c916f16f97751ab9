"""What keeping a workbook would do, before anything is kept: new, repeated, restated, set aside, asked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction

from sct.catalogue.model import Figure
from sct.catalogue.workbook import DataCell, SheetTable, Workbook
from sct.office.ledger import queries as ledger
from sct.office.ledger.figures import cell_key, figures_of
from sct.office.ledger.models import Observation
from sct.office.people.queries import Someone, narrowed
from sct.office.workbooks import reading
from sct.office.workbooks.figures import figures
from sct.office.workbooks.models import StoredWorkbook

_CHUNK = 500


class Effect(Enum):
    """What one cell of the workbook would do to the ledger."""

    NEW = "new"  # nothing was known
    SAME = "same"  # the value stands there already
    RESTATED = "restated"  # another value stands there: one more vintage
    BLANK = "blank"  # no data in the cell
    ASKED = "asked"  # not understood
    ASIDE = "aside"  # no figure, or not to be kept
    TEXT = "text"  # words: tasks, cells as written


@dataclass(frozen=True, slots=True)
class Line:
    """One cell with its effect; `before` is the value that stands, `change` against it in its base unit."""

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


@dataclass(slots=True)
class TablePreview:
    table: SheetTable
    lines: list[Line] = field(default_factory=list)

    @property
    def counts(self) -> Counter[Effect]:
        return Counter(line.effect for line in self.lines)

    @property
    def rows(self) -> list[tuple[int, str, list[Line]]]:
        """(row, label, lines) from top to bottom."""
        grouped: dict[int, list[Line]] = defaultdict(list)
        for line in self.lines:
            grouped[line.cell.row].append(line)
        return [(row, lines[0].cell.row_label, lines) for row, lines in sorted(grouped.items())]


@dataclass(slots=True)
class Preview:
    """The whole: the reading, its tables with effects, and what is known of earlier keepings."""

    workbook: StoredWorkbook
    book: Workbook
    tables: list[TablePreview]

    @property
    def lines(self) -> list[Line]:
        return [line for table in self.tables for line in table.lines]

    @property
    def counts(self) -> Counter[Effect]:
        return Counter(line.effect for line in self.lines)

    @property
    def restated(self) -> list[Line]:
        """Restated values, the largest change in per cent (or points) first."""
        found = [line for line in self.lines if line.effect is Effect.RESTATED]
        return sorted(found, key=lambda line: abs(line.relative or line.change or Fraction(0)), reverse=True)


def preview(person: Someone, workbook: StoredWorkbook) -> Preview:
    """What the workbook says and what keeping it would change. Few queries, whatever its size: one for 500 cells."""
    book = reading.read(workbook)
    made = {id(cell): figure for cell, figure in figures(book.cells, book, workbook)}
    standing = _standing(person, made.values())
    tables = [TablePreview(table) for table in book.tables]
    of_sheet: dict[str, list[TablePreview]] = defaultdict(list)
    for table in tables:
        of_sheet[table.table.sheet].append(table)
    for cell in book.cells:
        line = _line(cell, made.get(id(cell)), standing)
        for table in of_sheet[cell.sheet]:
            if table.table.first_row <= cell.row <= table.table.last_row:
                table.lines.append(line)
                break
    return Preview(workbook, book, tables)


def _line(cell: DataCell, figure: Figure | None, standing: dict[str, list[Figure]]) -> Line:
    effect = _without_figure(cell) if figure is None else Effect.NEW
    if figure is None:
        return Line(cell, effect)
    told = [one for one in standing.get(cell_key(*figure.cell), []) if one.stage.is_actual == figure.stage.is_actual]
    if not told:
        return Line(cell, effect, figure)
    same = any(one.quantity.value == figure.quantity.value for one in told)
    return Line(cell, Effect.SAME if same else Effect.RESTATED, figure, told[-1])


def _without_figure(cell: DataCell) -> Effect:
    """A cell that is certain and yet gives no figure repeats another cell of the same file."""
    if cell.set_aside:
        return Effect.ASIDE
    if cell.scale == "text":
        return Effect.TEXT
    if cell.value is None:
        return Effect.BLANK
    return Effect.SAME if cell.certain and cell.area else Effect.ASKED


def _standing(person: Someone, wanted: Iterable[Figure]) -> dict[str, list[Figure]]:
    """Cell → what the ledger holds of it, oldest publication first."""
    cells = list({cell_key(*figure.cell) for figure in wanted})
    found: dict[str, list[Figure]] = defaultdict(list)
    rows = narrowed(person, Observation.objects.filter(withdrawal__isnull=True))
    for start in range(0, len(cells), _CHUNK):
        part = rows.filter(cell__in=cells[start : start + _CHUNK]).order_by("published_last", "entered", "id")
        for figure in figures_of(part):
            found[cell_key(*figure.cell)].append(figure)
    return found


def chosen(view: Preview, rows: Sequence[str] | None, effects: frozenset[Effect]) -> list[Figure]:
    """The figures a person wants kept: of the rows "sheet!row" (None: all) with the effects wanted."""
    wanted = None if rows is None else frozenset(rows)
    return [
        line.figure
        for line in view.lines
        if line.figure is not None
        and line.effect in effects
        and (wanted is None or f"{line.cell.sheet}!{line.cell.row}" in wanted)
    ]


__all__ = ["Effect", "Line", "Preview", "TablePreview", "chosen", "ledger", "preview"]
