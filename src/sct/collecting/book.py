"""A form as a workbook and back: protected, with choices to pick, notes, last period's values; read by its own layout.

The layout follows from the declaration alone, so a workbook is read by where cells must be, not by what it says of
itself. Its hidden sheet only tells which form, period and unit it was made for, and on the ground of which edit.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sct.catalogue.forms import Field, Form, Section, Table, entry_of
from sct.collecting.duties import Duty
from sct.collecting.filling import DASH, Values, number_of, rows_of, tidied, with_sums
from sct.errors import Place, UserError
from sct.reading.package import Package
from sct.vietnamese.write import write_number
from sct.words import _

MAIN, HIDDEN = "Biểu", "_sct"
KIND = "so-cong-thuong form 1"
_FIRST_LINE = 6  # of the first section on the main sheet, counted from 0
_FIRST_ROW = 2  # of a table on its sheet
_VALUE, _BEFORE = 2, 3  # columns of the main sheet
_CELL = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_MOST_ROWS = 5000
_BAD = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


@dataclass(frozen=True, slots=True)
class At:
    """Where a cell of the form stands: sheet, row and column counted from 0."""

    path: str
    field: Field
    sheet: str
    row: int
    column: int

    @property
    def name(self) -> str:
        """As spreadsheets say it: C7."""
        letters, column = "", self.column + 1
        while column:
            column, rest = divmod(column - 1, 26)
            letters = chr(65 + rest) + letters
        return f"{letters}{self.row + 1}"


def sheet_of(section: Section) -> str:
    """The sheet of a section's table: its name, as far as spreadsheets take it."""
    return " ".join(section.name.translate(_BAD).split())[:31]


def layout(form: Form, values: Values | None = None) -> list[At]:
    """Every cell that is filled or summed, in the order of the form; of tables first the entries that have values."""
    found: list[At] = []
    line = _FIRST_LINE
    for section in form.sections:
        if section.table is not None:
            found += _table_places(section, section.table, keys_of(section.table, values or {}))
            continue
        line += 1  # the heading of the section
        for field in section.fields:
            found.append(At(field.code, field, MAIN, line, _VALUE))
            line += 1
    return found


def keys_of(table: Table, values: Values) -> list[str]:
    """The rows of a table's sheet: the entries in it, then all that the unit can add."""
    return [*filter(entry_of, rows_of(table, values)), *map(str, range(table.rows))]


def _table_places(section: Section, table: Table, keys: Sequence[str]) -> Iterator[At]:
    for line, key in enumerate(keys, _FIRST_ROW):
        for column, field in enumerate(table.columns):
            yield At(table.path(key, field), field, sheet_of(section), line, column + 1)


# -- out -------------------------------------------------------------------------------------------------------------


def write(duty: Duty, values: Values, before: Values, base: int) -> bytes:
    """The workbook of a duty with what stands in it so far; `base` is the edit it stands on.

    `before` is what is shown of the period before, sums included.
    """
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(stream, options)
    writer = _Writer(book, duty, with_sums(duty.form, values), before)
    writer.main()
    for section in duty.form.sections:
        if section.table is not None:
            writer.table(section, section.table)
    writer.hidden(base)
    book.close()
    return stream.getvalue()


class _Writer:
    """Writes one workbook; formats are made once."""

    def __init__(self, book: Any, duty: Duty, values: Values, before: Values) -> None:
        self.book, self.duty, self.values, self.before = book, duty, values, before
        self.places = {at.path: at for at in layout(duty.form, values)}
        wrap = {"text_wrap": True, "valign": "top"}
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.soft = book.add_format({"font_color": "#566373", **wrap})
        self.plain = book.add_format(wrap)
        self.head = book.add_format({"bold": True, "bg_color": "#E8F1FB", "border": 1, **wrap})
        self.section = book.add_format({"bold": True, "top": 1})
        field = {"border": 1, "bg_color": "#FFFDE7", "locked": False, "valign": "top"}
        self.number = book.add_format({**field, "num_format": "#,##0.####", "align": "right"})
        self.text = book.add_format({**field, "text_wrap": True, "num_format": "@"})
        self.sum = book.add_format({"border": 1, "num_format": "#,##0.####", "bold": True, "align": "right"})
        self.earlier = book.add_format({"num_format": "#,##0.####", "font_color": "#566373", "align": "right"})

    def main(self) -> None:
        duty, form = self.duty, self.duty.form
        sheet = self.book.add_worksheet(MAIN)
        sheet.protect("", {"format_columns": True, "format_rows": True})
        for column, width in enumerate((46, 16, 22, 18, 52)):
            sheet.set_column(column, column, width)
        sheet.write_string(0, 0, f"{form.number}. {form.name}", self.title)
        due = f"{duty.due:%d-%m-%Y}" + ("" if form.due.confirmed else f" ({_('hạn chưa được xác nhận')})")
        sheet.write_string(1, 0, f"{duty.unit.name} · {_('kỳ')} {duty.period.code} · {_('hạn nộp')} {due}", self.plain)
        sheet.merge_range(2, 0, 2, 4, form.instructions, self.soft)
        sheet.merge_range(3, 0, 3, 4, form.missing, self.soft)
        sheet.set_row(2, 48)
        sheet.set_row(3, 34)
        heads = (_("Chỉ tiêu"), _("Đơn vị"), _("Kỳ này"), _("Kỳ trước"), _("Ghi chú"))
        for column, head in enumerate(heads):
            sheet.write_string(5, column, head, self.head)
        sheet.freeze_panes(6, 1)
        line = _FIRST_LINE
        for section in form.sections:
            if section.table is not None:
                continue
            sheet.write_string(line, 0, section.name, self.section)
            line += 1
            for field in section.fields:
                self._line(sheet, self.places[field.code])
                line += 1
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)

    def _line(self, sheet: Any, at: At) -> None:
        field = at.field
        sheet.write_string(at.row, 0, field.name + (" *" if field.required else ""), self.plain)
        sheet.write_string(at.row, 1, field.unit.name if field.unit else "", self.soft)
        sheet.write_string(at.row, 4, field.note, self.soft)
        self._put(sheet, (at.row, _BEFORE), field, self.before.get(at.path, ""), self.earlier)
        if field.sum:
            self._formula(sheet, at)
        else:
            self._cell(sheet, at)

    def table(self, section: Section, table: Table) -> None:
        sheet = self.book.add_worksheet(sheet_of(section))
        sheet.protect("", {"format_columns": True, "format_rows": True})
        sheet.write_string(0, 0, f"{self.duty.form.number}. {section.name}. {section.note}".rstrip(". "), self.title)
        sheet.write_string(1, 0, _("Dòng"), self.head)
        sheet.set_column(0, 0, 9)
        for column, field in enumerate(table.columns, 1):
            sheet.write_string(1, column, field.name + (" *" if field.required else ""), self.head)
            sheet.set_column(column, column, 34 if field.kind == "text" else 18)
        keys = len(table.columns) + 1
        sheet.set_column(keys, keys, None, None, {"hidden": True})
        for line, key in enumerate(keys_of(table, self.values)):
            sheet.write_string(line + _FIRST_ROW, 0, _("trong sổ") if entry_of(key) else str(int(key) + 1), self.soft)
            sheet.write_string(line + _FIRST_ROW, keys, key)
            for field in table.columns:
                self._cell(sheet, self.places[table.path(key, field)])
        sheet.freeze_panes(_FIRST_ROW, 2)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)

    def _cell(self, sheet: Any, at: At) -> None:
        """A cell to fill: unlocked, with its rule, its note and what stands in it."""
        field = at.field
        style = self.number if field.kind == "number" else self.text
        self._put(sheet, (at.row, at.column), field, self.values.get(at.path, ""), style)
        sheet.data_validation(at.row, at.column, at.row, at.column, _rule(at))
        told = self.before.get(at.path, "") if at.sheet != MAIN else ""
        note = _("Kỳ trước: {value}").format(value=told) if told else field.note if at.sheet == MAIN else ""
        if note:
            sheet.write_comment(at.row, at.column, note, {"x_scale": 2})

    def _put(self, sheet: Any, place: tuple[int, int], field: Field, text: str, style: Any) -> None:
        number = number_of(text) if field.kind == "number" else None
        if number is not None:
            sheet.write_number(*place, float(number), style)
        elif text:
            sheet.write_string(*place, text, style)
        else:
            sheet.write_blank(*place, None, style)

    def _formula(self, sheet: Any, at: At) -> None:
        """A sum that the spreadsheet shows; what is read back is added up anew."""
        parts = []
        for path in at.field.sum:
            table, dot, code = path.partition(".")
            if not dot:
                parts.append(self.places[path].name)
                continue
            section = next(s for s in self.duty.form.sections if s.table is not None and s.table.code == table)
            assert section.table is not None
            column = next(c for c in section.table.columns if c.code == code)
            keys = keys_of(section.table, self.values)
            first, last = (self.places[section.table.path(key, column)] for key in (keys[0], keys[-1]))
            parts.append(f"'{first.sheet}'!{first.name}:{last.name}")
        value = number_of(self.values.get(at.path, ""))
        sheet.write_formula(at.row, at.column, f"=SUM({','.join(parts)})", self.sum, float(value or 0))

    def hidden(self, base: int) -> None:
        duty = self.duty
        sheet = self.book.add_worksheet(HIDDEN)
        told = (KIND, duty.form.code, str(duty.form.version), duty.period.code, duty.unit.key, str(base))
        for row, text in enumerate(told):
            sheet.write_string(row, 0, text)
        sheet.protect("")
        sheet.very_hidden()


def _rule(at: At) -> dict[str, Any]:
    """What the spreadsheet lets be typed: a number or a dash, one of the choices, a text not too long."""
    field = at.field
    if field.kind == "choice":
        return {"validate": "list", "source": list(field.choices), "error_message": _("Chọn trong danh sách")}
    if field.kind == "number":
        least = "" if field.negative else f",{at.name}>=0"
        formula = f'=OR({at.name}="-",AND(ISNUMBER({at.name}){least}))'
        message = _("Gõ một số, hoặc dấu - khi không thuộc diện")
        return {"validate": "custom", "value": formula, "error_message": message}
    return {"validate": "length", "criteria": "<=", "value": field.length, "error_message": _("Chữ dài quá")}


# -- back in ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Read:
    """What a workbook held: tidied cells (also those emptied), refusals with sheet and cell, its base."""

    values: Mapping[str, str]
    refused: tuple[UserError, ...]
    base: int


def read(duty: Duty, data: bytes, name: str) -> Read:
    """Read a form's workbook back. Raises `UserError` for a file that is no workbook, or made for another duty."""
    sheets = _open(data, name)
    base = _check(duty, sheets.get(HIDDEN), name)
    values: dict[str, str] = {}
    refused: list[UserError] = []
    for at in _places(duty.form, sheets, name, refused):
        if at.field.sum:
            continue
        raw = _at(sheets[at.sheet], at.row, at.column)
        try:
            values[at.path] = tidied(duty.form, at.path, _as_text(at.field, raw))
        except UserError as error:
            refused.append(error.at(Place(file=name, sheet=at.sheet, cell=at.name)))
    return Read(values, tuple(refused), base)


def _places(form: Form, sheets: Mapping[str, list[list[Any]]], name: str, refused: list[UserError]) -> Iterator[At]:
    """Where the cells are: fields by the form alone, rows of a table by the key that each row carries."""
    for section in form.sections:
        if section.table is not None and sheet_of(section) in sheets:
            keys = _keys(section.table, sheets[sheet_of(section)], Place(file=name, sheet=sheet_of(section)), refused)
            for line, key in keys.items():
                for column, field in enumerate(section.table.columns):
                    yield At(section.table.path(key, field), field, sheet_of(section), line, column + 1)
        elif section.table is not None or MAIN not in sheets:
            sheet = MAIN if section.table is None else sheet_of(section)
            raise UserError("missing-sheet", _("Tệp thiếu một trang của biểu"), value=sheet, place=Place(file=name))
    yield from (at for at in layout(form) if at.sheet == MAIN)


def _keys(table: Table, rows: list[list[Any]], place: Place, refused: list[UserError]) -> dict[int, str]:
    """Line of the sheet → row of the table. A line without a key, put in by hand, is a row the unit adds."""
    found: dict[int, str] = {}
    plain: list[int] = []
    for line in range(_FIRST_ROW, len(rows)):
        key = str(_at(rows, line, len(table.columns) + 1)).strip()
        if table.has_row(key) and key not in found.values():
            found[line] = key
        elif any(str(text).strip() for text in rows[line][1 : len(table.columns) + 1]):
            plain.append(line)
    free = (str(row) for row in range(table.rows) if str(row) not in found.values())
    for line in plain:
        key = next(free, "")
        if not key:
            what = _("Bảng nhiều dòng quá, từ dòng này không đọc")
            at = Place(place.file, place.sheet, line=line + 1)
            refused.append(UserError("too-many-rows", what, expected=str(table.rows), place=at))
            break
        found[line] = key
    return found


def _at(rows: list[list[Any]], row: int, column: int) -> Any:
    return rows[row][column] if row < len(rows) and column < len(rows[row]) else ""


def _open(data: bytes, name: str) -> dict[str, list[list[Any]]]:
    """The cells of every sheet; a bomb, a file with a password or one that is no xlsx is refused before it is read."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        package = Package(data, name)
    except UserError as error:
        if error.code == "not-a-docx":
            raise _no_workbook(name) from error
        raise
    if "xl/workbook.xml" not in package.parts:
        raise _no_workbook(name)
    _measure(package, name)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return {sheet: book.get_sheet_by_name(sheet).to_python(skip_empty_area=False) for sheet in book.sheet_names}
    except (CalamineError, OSError) as error:
        raise _no_workbook(name) from error


def _measure(package: Package, name: str) -> None:
    """A single cell far out would make a reader keep every cell before it: refuse what no form is."""
    for part in package.parts:
        if not part.startswith("xl/worksheets/") or not part.endswith(".xml"):
            continue
        for found in _CELL.finditer(package.read(part)):
            if int(found[2]) > _MOST_ROWS or len(found[1]) > 2:
                cell = (found[1] + found[2]).decode()
                what = _("Trang tính có ô nằm ngoài biểu rất xa")
                raise UserError("far-cell", what, value=cell, place=Place(file=name), way_out=_again())


def _again() -> str:
    return _("Tải lại mẫu, chép số sang rồi nộp")


def _no_workbook(name: str) -> UserError:
    return UserError(
        "not-a-workbook",
        _("Tệp này không phải bảng tính xlsx đọc được"),
        expected=_("tệp .xlsx tải từ trang của biểu này"),
        way_out=_again(),
        place=Place(file=name),
    )


def _check(duty: Duty, hidden: list[list[Any]] | None, name: str) -> int:
    """The base of a workbook made for this duty."""
    told = [str(row[0]) if row else "" for row in hidden or []]
    if len(told) < 6 or told[0] != KIND or not told[5].isdecimal():
        raise UserError(
            "not-this-form",
            _("Tệp không phải mẫu tải từ trang này"),
            way_out=_("Tải mẫu của đúng biểu, chép số sang rồi nộp"),
            place=Place(file=name),
        )
    wanted = (duty.form.code, str(duty.form.version), duty.period.code, duty.unit.key)
    names = (_("biểu"), _("phiên bản biểu"), _("kỳ"), _("đơn vị"))
    for word, mine, theirs in zip(names, wanted, told[1:5], strict=True):
        if mine != theirs:
            raise UserError(
                "not-this-form",
                _("Tệp được tải cho {word} khác").format(word=word),
                value=theirs,
                expected=mine,
                way_out=_("Tải mẫu của đúng biểu, chép số sang rồi nộp"),
                place=Place(file=name),
            )
    return int(told[5])


def _as_text(field: Field, raw: Any) -> str:
    """A spreadsheet's value as an officer would type it; a number keeps the digits a person sees, not float noise."""
    if isinstance(raw, bool):
        return str(raw)
    if isinstance(raw, float | int):
        if field.kind != "number":
            return write_number(_exact(raw), 0) if float(raw).is_integer() else str(raw)
        return _number_text(raw)
    if isinstance(raw, datetime | date):
        return f"{raw:%d-%m-%Y}"
    text = str(raw).strip()
    return DASH if text in {"–", "—"} else text


def _number_text(raw: float) -> str:
    number = _exact(raw)
    decimals = 0
    while decimals < 9 and (number * 10**decimals).denominator != 1:
        decimals += 1
    return write_number(number, decimals)


def _exact(raw: float) -> Any:
    """The decimal number a person sees: 15 significant digits, as spreadsheets keep."""
    from fractions import Fraction

    return Fraction(format(raw, ".15g"))
