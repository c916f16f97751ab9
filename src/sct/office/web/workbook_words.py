"""The words of workbook pages: measures, effects, reasons, sheets as grids."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from sct.catalogue.workbook import AsideRow, letter_of
from sct.office.workbooks.preview import Effect, Line, Preview
from sct.reading.workbooks.grid import Grid, is_number, shown
from sct.reading.workbooks.words import load_words
from sct.vietnamese.write import write_number
from sct.words import _, language

ROWS_SHOWN = 160

# css class, mark, words
EFFECTS: dict[Effect, tuple[str, str, Callable[[], str]]] = {
    Effect.NEW: ("new", "+", lambda: _("mới")),
    Effect.RESTATED: ("restated", "△", lambda: _("sửa số đã có")),
    Effect.SAME: ("same", "=", lambda: _("trùng số đã có")),
    Effect.ASKED: ("asked", "?", lambda: _("cần hỏi")),
    Effect.ASIDE: ("aside", "–", lambda: _("để riêng")),
    Effect.BLANK: ("blank", "", lambda: _("trống, không có số")),
    Effect.TEXT: ("text", "", lambda: _("chữ")),
}

MEASURES: dict[str, Callable[[], str]] = {
    "level_prev_month": lambda: _("thực hiện tháng trước"),
    "level_month_estimate": lambda: _("ước tháng báo cáo"),
    "level_month": lambda: _("số của tháng"),
    "level_ytd": lambda: _("lũy kế từ đầu năm"),
    "level_quarter": lambda: _("thực hiện quý"),
    "level_quarter_estimate": lambda: _("ước quý"),
    "level_year": lambda: _("số của năm"),
    "level_month_last_year": lambda: _("cùng kỳ năm trước, tháng"),
    "level_ytd_last_year": lambda: _("cùng kỳ năm trước, lũy kế"),
    "level_base_year": lambda: _("năm trước"),
    "level_reporting_year": lambda: _("năm báo cáo"),
    "level": lambda: _("giá trị"),
    "plan": lambda: _("kế hoạch năm"),
    "plan_growth": lambda: _("tốc độ tăng của kế hoạch"),
    "plan_completion": lambda: _("so với kế hoạch"),
    "index_mom": lambda: _("chỉ số so với tháng trước"),
    "index_yoy": lambda: _("chỉ số so với cùng kỳ"),
    "index_ytd_yoy": lambda: _("chỉ số lũy kế so với cùng kỳ"),
    "index_prev_month_yoy": lambda: _("tháng trước so với cùng kỳ"),
    "growth_mom": lambda: _("tăng, giảm so với tháng trước"),
    "growth_yoy": lambda: _("tăng, giảm so với cùng kỳ"),
    "growth_ytd_yoy": lambda: _("lũy kế tăng, giảm so với cùng kỳ"),
    "ignore": lambda: _("không phải số liệu, bỏ qua cột này"),
    "text": lambda: _("nguyên văn"),
}


def measure_words(meaning: str) -> str:
    """`export.index_yoy` as people say it."""
    bare = meaning.rpartition(".")[2].removesuffix("_flag")
    words = MEASURES.get(bare)
    return words() if words is not None else bare


def reason_words(code: str) -> str:
    """The sentence of a reason or flag code (declarations/workbooks/reasons.yaml)."""
    row = load_words().reasons.get(code)
    if row is None:
        return code
    return str(row["name_en"] if language() == "en" else row["name"])


def asides(view: Preview) -> list[tuple[str, list[AsideRow]]]:
    """What was set aside, by reason; titles and groups are no news."""
    found: dict[str, list[AsideRow]] = {}
    for row in view.book.aside:
        if row.reason not in ("title", "group"):
            found.setdefault(row.reason, []).append(row)
    for line in view.lines:
        if line.effect is Effect.ASIDE and line.cell.set_aside:
            cell = line.cell
            rows = found.setdefault(cell.set_aside, [])
            if not any(row.row == cell.row and row.sheet == cell.sheet for row in rows[-2:]):
                rows.append(AsideRow(cell.sheet, cell.row, cell.row_label or cell.printed, cell.set_aside))
    return [(reason_words(reason), rows) for reason, rows in found.items()]


# -- the sheet itself ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell of the sheet on the page; `rows` and `columns` are what it spans."""

    address: str
    text: str
    look: str
    title: str
    number: bool
    here: bool
    rows: int = 1
    columns: int = 1
    observation: int = 0


@dataclass(frozen=True, slots=True)
class ShownSheet:
    name: str
    letters: list[str]
    rows: list[tuple[int, list[ShownCell]]]
    first: int
    last: int
    total: int


@dataclass(frozen=True, slots=True)
class _Marks:
    """What marks the cells of a sheet: their lines, the chosen one, the figures that stand in the ledger."""

    looks: dict[str, Line]
    chosen: str
    observed: dict[str, int]


def shown_sheet(
    grid: Grid, lines: list[Line], *, chosen: str = "", start: int = 1, observed: dict[str, int] | None = None
) -> ShownSheet:
    """A part of a sheet as it looks, its cells marked by what keeping them would do."""
    marks = _Marks(_looks(lines), chosen, observed or {})
    total = len(grid.rows)
    first = max(1, min(start, total))
    last = min(total, first + ROWS_SHOWN - 1)
    spans = _spans(grid, first - 1, last - 1)
    rows = []
    for r in range(first - 1, last):
        cells = []
        for c in range(grid.width):
            origin = grid.merged.get((r, c), (r, c))
            if origin == (r, c) or origin[0] < first - 1:
                cells.append(_cell(grid, (r, c), spans.get((r, c), (1, 1)), marks))
        rows.append((r + 1, cells))
    return ShownSheet(grid.name, [letter_of(c + 1) for c in range(grid.width)], rows, first, last, total)


def _looks(lines: list[Line]) -> dict[str, Line]:
    """The line that decides how a cell looks: of several readings of one cell the most telling."""
    order = list(EFFECTS)
    found: dict[str, Line] = {}
    for line in lines:
        before = found.get(line.cell.cell)
        if before is None or order.index(line.effect) < order.index(before.effect):
            found[line.cell.cell] = line
    return found


def _spans(grid: Grid, first: int, last: int) -> dict[tuple[int, int], tuple[int, int]]:
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for (r, c), origin in grid.merged.items():
        if first <= origin[0] and r <= last:
            rows, columns = found.get(origin, (1, 1))
            found[origin] = (max(rows, r - origin[0] + 1), max(columns, c - origin[1] + 1))
    return found


def _cell(grid: Grid, place: tuple[int, int], span: tuple[int, int], marks: _Marks) -> ShownCell:
    row, column = place
    address = f"{letter_of(column + 1)}{row + 1}"
    value = grid.rows[row][column]
    line = marks.looks.get(address)
    return ShownCell(
        address,
        number_text(value) if is_number(value) else shown(value),
        EFFECTS[line.effect][0] if line is not None else "plain",
        _title(line) if line is not None else "",
        is_number(value),
        address == marks.chosen,
        span[0],
        span[1],
        marks.observed.get(f"{grid.name}!{address}", 0),
    )


def _title(line: Line) -> str:
    cell = line.cell
    about = measure_words(cell.column_meaning) if cell.column_meaning else ""
    why = reason_words(cell.set_aside) if cell.set_aside else EFFECTS[line.effect][2]()
    doubts = [reason_words(flag) for flag in cell.flags]
    return " · ".join(part for part in (cell.row_label, about, cell.period, why, *doubts) if part)


def number_text(value: object) -> str:
    """A number of a cell as it would be printed: Vietnamese writing, no more digits than the cell has."""
    text = repr(value)
    if "e" in text or "inf" in text or "nan" in text:
        return text
    whole, _dot, part = text.partition(".")
    part = "" if part == "0" else part
    if not part and whole.isdigit() and len(whole) == 4:
        return whole  # years stand in headers as numbers; four digits read well either way
    return write_number(Fraction(text), len(part)) if len(part) <= 6 else write_number(Fraction(text), 6)
