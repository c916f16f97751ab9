"""What stands in the cells of a form: text as typed, tidied; numbers as officials write them ("1.234,5").

Three answers that look alike are told apart: empty (not answered), `-` (không thuộc diện, does not apply) and `0`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from fractions import Fraction

from sct.catalogue.forms import Field, Form, Table, entry_of
from sct.catalogue.histories import NAME
from sct.errors import Place, UserError
from sct.vietnamese.quantities import Quantity
from sct.vietnamese.text import nfc, search_key
from sct.vietnamese.write import write_number
from sct.words import _

Values = Mapping[str, str]  # path of a cell → its text, tidied; empty cells are left out
DASH = "-"
_DASHES = {"-", "–", "—", "−"}
_VIETNAMESE = re.compile(r"[-−]?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?")
_ENGLISH = re.compile(r"[-−]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)")
_DAY = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
MOST_DIGITS = 18


def tidied(form: Form, path: str, text: str) -> str:
    """The text of a cell as it is kept ("" for empty); raises `UserError` naming the cell for what cannot be kept."""
    field = form.at(path)
    if field is None:
        raise UserError("unknown-field", _("Biểu không có ô này"), value=path, place=Place(field=path))
    if field.sum:
        raise UserError("computed-field", _("Ô này do phần mềm cộng, không gõ"), value=text, place=Place(field=path))
    text = nfc(text).replace("\r\n", "\n").replace("\xa0", " ").replace("\u202f", " ").strip()
    if not text:
        return ""
    if text in _DASHES:
        return _dash(form, field, path)
    try:
        return _TIDY[field.kind](field, text)
    except UserError as error:
        raise error.at(Place(field=path)) from error


def _dash(form: Form, field: Field, path: str) -> str:
    if not form.dash and field.kind == "number":
        raise UserError(
            "no-dash", _("Biểu này không nhận dấu gạch ngang"), way_out=_("Gõ 0 hoặc để trống"), place=Place(field=path)
        )
    return DASH


def _number(field: Field, text: str) -> str:
    plain = text.replace(" ", "").replace("−", "-")
    found = _VIETNAMESE.fullmatch(plain)
    if found is None:
        meant = plain.replace(",", "").replace(".", ",") if _ENGLISH.fullmatch(plain) else ""
        raise UserError(
            "bad-number",
            _("Không đọc được số này"),
            value=text,
            expected=_("chữ số, dấu chấm phân nghìn, dấu phẩy thập phân; ví dụ 1.234,5"),
            way_out=_("Viết {number}").format(number=meant) if meant else "",
        )
    digits = (found[1] or "").rstrip("0")
    if len(re.sub(r"\D", "", plain)) > MOST_DIGITS:
        raise UserError("long-number", _("Số dài quá 18 chữ số"), value=text)
    if len(digits) > field.decimals:
        what = _("Ô này nhận số nguyên") if not field.decimals else _("Ô này nhận ít chữ số thập phân hơn")
        expected = _("không quá {n} chữ số sau dấu phẩy").format(n=field.decimals) if field.decimals else ""
        raise UserError("too-fine", what, value=text, expected=expected)
    value = Fraction(plain.replace(".", "").replace(",", "."))
    if value < 0 and not field.negative:
        raise UserError("negative", _("Ô này không nhận số âm"), value=text)
    return write_number(value, len(digits))


def _text(field: Field, text: str) -> str:
    if len(text) > field.length:
        raise UserError(
            "long-text",
            _("Chữ dài quá"),
            value=len(text),
            expected=_("không quá {n} ký tự").format(n=field.length),
        )
    return text


def _choice(field: Field, text: str) -> str:
    """One of the choices, known also without diacritics or capitals."""
    for choice in field.choices:
        if search_key(choice) == search_key(text):
            return choice
    raise UserError("not-a-choice", _("Không có trong danh sách chọn"), value=text, expected=", ".join(field.choices))


def _date(field: Field, text: str) -> str:
    """A day as officials write it, 05-11-2026; also 5/11/2026 and 2026-11-05."""
    del field
    found = _DAY.fullmatch(text)
    try:
        day = date(int(found[3]), int(found[2]), int(found[1])) if found else datetime.fromisoformat(text).date()
    except ValueError:
        raise UserError("bad-date", _("Ngày không có thật"), value=text, expected="05-11-2026") from None
    return f"{day:%d-%m-%Y}"


_TIDY = {"number": _number, "text": _text, "choice": _choice, "date": _date}


def number_of(text: str) -> Fraction | None:
    """The number a tidied cell holds; None for an empty one and for a dash."""
    return None if text in {"", DASH} else Fraction(text.replace(".", "").replace(",", "."))


def quantity_of(field: Field, text: str) -> Quantity | None:
    """The quantity of a cell with the digits as typed."""
    number = number_of(text)
    if number is None or field.unit is None:
        return None
    return Quantity(number, field.unit, len(text.partition(",")[2]))


def rows_of(table: Table, values: Values) -> list[str]:
    """The rows of a table in which anything stands: those of the register's entries, then those the unit added."""
    used = {path.split(".")[1] for path, text in values.items() if text and path.startswith(table.code + ".")}
    return sorted(used, key=lambda row: (not entry_of(row), entry_of(row) or int(row)))


def added(rows: Iterable[str]) -> list[int]:
    """The numbers of the rows that the unit added itself."""
    return [int(row) for row in rows if not entry_of(row)]


def row_name(table: Table, row: str, values: Values) -> str:
    """What a row is called in a sentence: the name of the thing it tells, else its number."""
    column = table.column_of(NAME)
    name = values.get(table.path(row, column), "") if column is not None else ""
    word = _("dòng mới {row}") if table.register else _("dòng {row}")
    return name or (row if entry_of(row) else word.format(row=int(row) + 1))


def cells_of(form: Form, path: str, values: Values) -> list[str]:
    """The cells that a declared path means: itself, or for `clusters.area` the column in every used row."""
    table, dot, column = path.partition(".")
    if not dot:
        return [path]
    found = form.table(table)
    assert found is not None, path
    return [f"{table}.{row}.{column}" for row in rows_of(found, values)]


def with_sums(form: Form, values: Values) -> dict[str, str]:
    """The values with every computed cell filled in; a sum waits while one of its cells is empty, a dash adds 0.

    A sum over a table without rows waits too: no row may mean that nobody has begun.
    """
    found = {path: text for path, text in values.items() if text}
    for code, field in form.fields.items():
        if field.sum:
            text = _sum(form, field, found)
            if text:
                found[code] = text
            else:
                found.pop(code, None)
    return found


def _sum(form: Form, field: Field, values: Values) -> str:
    cells = [cell for path in field.sum for cell in cells_of(form, path, values)]
    texts = [values.get(cell, "") for cell in cells]
    if not texts or "" in texts:
        return ""
    if all(text == DASH for text in texts):
        return DASH
    total = sum((number_of(text) or Fraction(0) for text in texts), Fraction(0))
    return write_number(total, max(len(text.partition(",")[2]) for text in texts))
