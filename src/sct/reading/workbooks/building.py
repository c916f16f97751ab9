"""What the tables of one file share while it is read: cells, rows set aside, questions, the month of the file."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

from sct.catalogue.load import Catalogue
from sct.catalogue.model import Stage, Transformation
from sct.catalogue.workbook import AsideRow, DataCell, Question, SheetTable, Task, letter_of
from sct.reading.workbooks.context import Context
from sct.reading.workbooks.folding import squeezed
from sct.reading.workbooks.labels import Labels
from sct.reading.workbooks.layout import Region
from sct.reading.workbooks.meaning import Reporting
from sct.reading.workbooks.values import Reading
from sct.reading.workbooks.words import Words
from sct.vietnamese.periods import Period

MOST_QUESTIONS = 60  # of rows, in one table; beyond that the table itself is asked about
MOST_ASIDE = 2_000  # rows set aside that are listed one by one


@dataclass(slots=True)
class Book:
    """The reading of one file as it grows."""

    file: str
    words: Words
    catalogue: Catalogue
    context: Context
    sha256: str = ""
    labels: dict[str, Labels] = field(default_factory=dict)  # by kind of table
    tables: list[SheetTable] = field(default_factory=list)
    cells: list[DataCell] = field(default_factory=list)
    aside: list[AsideRow] = field(default_factory=list)
    questions: dict[str, Question] = field(default_factory=dict)
    asked: Counter[tuple[str, str]] = field(default_factory=Counter)
    tasks: list[Task] = field(default_factory=list)
    sheets: tuple[int, int] = (0, 1)  # the one under way, of how many
    months: Counter[tuple[int, int]] = field(default_factory=Counter)  # what the tables say the report is of

    @property
    def fallback(self) -> Reporting:
        """The month most tables of the file say, or a person did, for a table that says none."""
        told = self.words.settings.get(f"reporting:{self.sha256[:12]}", "")
        if told[:4].isdigit() and told[5:7].isdigit():
            return Reporting(int(told[:4]), int(told[5:7]))
        if not self.months:
            return Reporting()
        (year, month), _votes = self.months.most_common(1)[0]
        return Reporting(year, month)

    def at_sheet(self, number: int, of: int) -> None:
        """Sheet `number` (from 0) of so many is begun."""
        self.sheets = (number, of)
        self.context.progress(number * 1000, of * 1000)

    def within(self, row: int, rows: int) -> None:
        """Row `row` of `rows` of the sheet under way is read."""
        number, of = self.sheets
        self.context.progress(number * 1000 + 1000 * row // max(rows, 1), of * 1000)

    def put_aside(self, sheet: str, row: int, text: str, reason: str) -> None:
        if len(self.aside) < MOST_ASIDE:
            self.aside.append(AsideRow(sheet, row, squeezed(text)[:200], reason))

    def ask(self, question: Question) -> None:
        key, asked = question.key, (question.kind, question.table)
        before = self.questions.get(key)
        if before is not None:
            question = replace(before, cells=before.cells + question.cells)
        elif question.kind == "row" and self.asked[asked] >= MOST_QUESTIONS:
            return
        else:
            self.asked[asked] += 1
        self.questions[key] = question


@dataclass(slots=True)
class Spot:
    """Where a reading stands and what it is of; makes the data cell."""

    book: Book
    region: Region
    area: str

    def cell(
        self,
        place: tuple[int, int],
        label: str,
        meaning: str,
        periods: tuple[Period, ...],
        reading: Reading,
        *,
        period: str,
        unit: tuple[str, str],
        series: tuple[str, str] = ("", ""),
        kept: tuple[Transformation | None, Stage | None] = (None, None),
        scale: str = "",
        flags: tuple[str, ...] = (),
        set_aside: str = "",
    ) -> DataCell:
        row, column = place
        region = self.region
        made = DataCell(
            self.book.file,
            region.grid.name,
            f"{letter_of(column + 1)}{row + 1}",
            row + 1,
            column + 1,
            label,
            meaning,
            period,
            periods,
            reading.value,
            reading.printed,
            reading.decimals,
            unit[0],
            unit[1],
            scale,
            series[0],
            series[1],
            kept[0],
            kept[1],
            region.kind.code if region.kind else "",
            self.area,
            flags + reading.flags if flags or reading.flags else (),
            set_aside or reading.problem,
        )
        self.book.cells.append(made)
        return made
