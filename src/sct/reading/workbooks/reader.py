"""Reading a workbook: every sheet into its tables, every table into data cells; nothing by place or by file name."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace

from sct.catalogue.areas import LEVELS
from sct.catalogue.load import Catalogue, load
from sct.catalogue.workbook import Question, Workbook
from sct.errors import UserError
from sct.reading.workbooks.beside import side_by_side
from sct.reading.workbooks.building import Book
from sct.reading.workbooks.context import Context
from sct.reading.workbooks.grid import Grid
from sct.reading.workbooks.labels import Labels
from sct.reading.workbooks.layout import Region, regions
from sct.reading.workbooks.opening import open_workbook
from sct.reading.workbooks.periodic import PeriodTable
from sct.reading.workbooks.series import SeriesTable
from sct.reading.workbooks.tasks import read_tasks, task_columns
from sct.reading.workbooks.words import TableKind, Words, load_words
from sct.uncollected import uncollected

_PROVINCE = re.compile(r"(?<!\w)(?:tỉnh|thành phố|tp\.?|thống kê)\s+((?:[^\W\d_]+[\s-]*){1,6})", re.I)


def read_workbook(
    data: bytes, name: str, context: Context | None = None, catalogue: Catalogue | None = None
) -> Workbook:
    """What a workbook says. `name` is the file's name, used as origin only, never for the period.

    Raises `UserError` for a file that cannot be opened (`opening.open_workbook`). What is not understood is no error:
    it is set aside and asked about.
    """
    context = context or Context()
    words = load_words(context.answers)
    sha256 = hashlib.sha256(data).hexdigest()
    book = Book(name, words, catalogue or load(), context, sha256)
    opened = open_workbook(data, name)
    with uncollected():
        waiting: list[tuple[int, Region]] = []
        for number, grid in enumerate(opened.sheets):
            book.at_sheet(number, opened.count)
            read_sheet(grid, book, waiting)
        # Tables that say no month of their own are read last: the others tell which month the file is of.
        for _at, region in waiting:
            read_table(region, book)
    context.progress(opened.count * 1000, opened.count * 1000)
    _ask_area(book)
    return Workbook(
        file=name,
        sha256=sha256,
        tables=tuple(book.tables),
        cells=tuple(book.cells),
        aside=tuple(book.aside),
        questions=tuple(book.questions.values()),
        tasks=tuple(book.tasks),
    )


def read_sheet(grid: Grid, book: Book, waiting: list[tuple[int, Region]]) -> None:
    """Read one sheet into the book; its tables that say no month are left `waiting`."""
    if not any(value != "" for row in grid.rows for value in row):
        book.put_aside(grid.name, 0, grid.name, "empty-sheet")
        return
    columns = task_columns(grid)
    parts = [grid] if columns is not None else side_by_side(grid, book.words)
    for region in (region for part in parts for region in regions(part, book.words)):
        _kind_by_rows(region, book)
        if columns is not None and (region.kind is None or region.kind.code == "tasks"):
            region.kind = book.words.tables["tasks"]
            read_tasks(book, region, columns)
            return
        if region.data < 0:
            _without_values(region, book)
        elif _says_month(region, book):
            read_table(region, book)
        else:
            waiting.append((len(book.cells), region))


def _says_month(region: Region, book: Book) -> bool:
    from sct.reading.workbooks.meaning import Reporting, reporting_of, title_period

    if region.label_is_period:
        return True
    title = title_period(f"{region.title} {region.above}", book.words)
    found = reporting_of([h for _c, h in region.values], title, Reporting())
    return found.period is not None and bool(found.month or found.quarter)


def read_table(region: Region, book: Book) -> None:
    """Read one table into the book."""
    area = _area(region, book)
    if region.label_is_period:
        PeriodTable(book, region, area).read()
    else:
        SeriesTable(book, region, _labels(region.kind, book), area).read()


def _labels(kind: TableKind | None, book: Book) -> Labels:
    """The rows a kind of table may have, made once a file."""
    code = kind.code if kind is not None else ""
    if code not in book.labels:
        book.labels[code] = Labels(kind, book.words, book.catalogue)
    return book.labels[code]


def _without_values(region: Region, book: Book) -> None:
    sheet = region.grid.name
    text = region.title or region.above or sheet
    book.put_aside(sheet, 0, text, "no-values" if region.kind is not None else "no-table")


def _kind_by_rows(region: Region, book: Book) -> None:
    """The kind of a table whose title says none: the one most of its row labels belong to."""
    if region.label_is_period or region.data < 0 or region.label < 0:
        return
    grid = region.grid
    rows = range(region.data, min(region.last + 1, region.data + 120))
    said = [text for row in rows if (text := grid.filled(row, region.label).strip())]
    declared = region.kind
    if declared is not None or not said:
        return
    best, most = None, 0
    for kind in book.words.tables.values():
        if not kind.indicator:
            continue
        labels = _labels(kind, book)
        known = sum(text in labels and _telling(text, book.words) for text in said)
        if known > most:
            best, most = kind, known
    if most >= 3 or (most and most >= 0.5 * len(said)):
        region.kind = best


def _telling(text: str, words: Words) -> bool:
    from sct.reading.workbooks.folding import label_key

    return label_key(text) not in words.totals


# -- area ---------------------------------------------------------------------------------------------------


def _area(region: Region, book: Book) -> str:
    """The province that the text above the table names; else the one the department declared."""
    declared = book.context.area or book.words.settings.get("area", "")
    for said in _PROVINCE.findall(region.above):
        words = said.split()
        for count in range(min(len(words), 5), 0, -1):  # "Hà Nội tháng 5": the longest name that is one
            try:
                area = book.catalogue.areas.named(" ".join(words[:count]).strip(" -,.;:"))
            except UserError:
                continue
            if area.level == LEVELS[1]:
                return area.key
    return declared


def _ask_area(book: Book) -> None:
    """Asked once for the whole file, where neither sheet nor department says it."""
    unsaid = [cell for cell in book.cells if not cell.area and cell.indicator]
    if unsaid:
        book.ask(replace(Question("area", book.file), cells=len(unsaid)))
