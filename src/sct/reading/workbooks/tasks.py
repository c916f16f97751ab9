"""Task sheets (tiến độ thực hiện nhiệm vụ): units, numbered tasks, deadlines in their text, progress."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sct.catalogue.workbook import SheetTable, Task
from sct.reading.workbooks.building import Book, Spot
from sct.reading.workbooks.folding import fold
from sct.reading.workbooks.grid import Grid
from sct.reading.workbooks.layout import Region
from sct.reading.workbooks.meaning import title_period
from sct.reading.workbooks.values import Reading
from sct.reading.workbooks.words import Words
from sct.vietnamese.periods import Period

_ROLES = (
    ("number", ("stt", "tt", "soo tt")),
    ("text", ("nhiem vu", "noi dung", "cong viec", "ten nhiem vu")),
    ("progress", ("tien do", "ket qua", "tinh hinh")),
    ("province", ("x", "ubnd tinh giao", "tinh giao", "ubnd tp giao")),
)


@dataclass(frozen=True, slots=True)
class TaskColumns:
    header: int
    number: int
    text: int
    progress: int
    province: int


def task_columns(grid: Grid) -> TaskColumns | None:
    """The header of a task sheet among its first rows: a column of tasks and one of progress."""
    for row in range(min(len(grid.rows), 15)):
        found: dict[str, int] = {}
        for column in range(grid.width):
            text = fold(grid.filled(row, column)).strip()
            for role, words in _ROLES:
                if role in found or not text or len(text) > 60:
                    continue
                if text in words or (role != "province" and any(text.startswith(w) for w in words)):
                    found[role] = column
                    break
        if "text" in found and "progress" in found:
            last = max(found.values())
            return TaskColumns(
                row,
                found.get("number", max(found["text"] - 1, 0)),
                found["text"],
                found["progress"],
                found.get("province", last + 1),
            )
    return None


def read_tasks(book: Book, region: Region, columns: TaskColumns) -> None:
    """Every unit and task of the sheet, as tasks and as cells."""
    grid = region.grid
    title = title_period(f"{region.title} {region.above} {grid.name}", book.words)
    spot = Spot(book, region, "")
    before = len(book.cells)
    period = Period.of_year(title.year) if title.year else None
    unit = ""
    for row in range(columns.header + 1, len(grid.rows)):
        number, text, progress = (grid.text(row, c).strip() for c in (columns.number, columns.text, columns.progress))
        if not number and not text:
            continue
        numbered = bool(re.fullmatch(r"\d{1,3}[.)]?", number))
        if numbered and text:
            _task(spot, row, columns, unit, period)
        elif progress or (number and text) or book.words.says("note", number or text):
            book.put_aside(grid.name, row + 1, f"{number} {text}", "note")
        else:
            unit = re.sub(r"\s+", " ", number or text)
            place = (row, columns.number if number else columns.text)
            _put(spot, place, unit, "task_unit", unit, period=period)
    book.tables.append(
        SheetTable(
            grid.name,
            "tasks",
            region.title,
            1,
            len(grid.rows),
            (columns.header + 1, columns.header + 1),
            reporting=period,
            cells=len(book.cells) - before,
        )
    )


def _task(spot: Spot, row: int, columns: TaskColumns, unit: str, period: Period | None) -> None:
    grid, book = spot.region.grid, spot.book
    number = grid.text(row, columns.number).strip().rstrip(".)")
    text, progress = grid.text(row, columns.text).strip(), grid.text(row, columns.progress).strip()
    mark = grid.text(row, columns.province).strip() if columns.province < grid.width else ""
    label = f"{unit} / {number}" if unit else number
    deadlines = deadlines_of(text, book.words, period.year if period else 0)
    _put(spot, (row, columns.number), label, "task_number", number, period=period)
    _put(spot, (row, columns.text), label, "task_text", text, period=period)
    if deadlines:
        _put(spot, (row, columns.text), label, "task_deadline", ";".join(deadlines), period=period)
    _put(spot, (row, columns.progress), label, "task_progress", progress, period=period)
    if columns.province < grid.width:
        _put(spot, (row, columns.province), label, "task_assigned_by_province", mark, period=period)
    book.tasks.append(Task(grid.name, row + 1, unit, number, text, deadlines, progress, bool(mark)))


def _put(spot: Spot, place: tuple[int, int], label: str, meaning: str, text: str, *, period: Period | None) -> None:
    spot.cell(
        place, label, meaning, (period,) if period else (), Reading(None, text),
        period=period.code if period else "", unit=("", ""), scale="text",
    )  # fmt: skip


def deadlines_of(text: str, words: Words, year: int) -> tuple[str, ...]:
    """The deadlines a task's text tells, in order: 2026-02, 2026-Q1, 2026-01-15, recurring."""
    found = []
    for token in words.deadline.tokens(fold(text)):
        if token.code == "recurring":
            found.append("recurring")
        elif token.code == "in_month" and (token.year or year):
            found.append(f"{token.year or year}-{token.month:02d}")
        elif token.code == "in_quarter" and (token.year or year):
            found.append(f"{token.year or year}-Q{token.quarter}")
        elif token.code == "by_day":
            day, month, said = (int(n) for n in re.split(r"[/.-]", token.date))
            found.append(f"{said + 2000 if said < 100 else said:04d}-{month:02d}-{day:02d}")
    return tuple(dict.fromkeys(found))
