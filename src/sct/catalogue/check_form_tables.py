"""Faults of a form's tables that name a register: what a column tells of an entry is there and of one kind with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sct.catalogue.faults import fault, items, unknown
from sct.declared import Row
from sct.errors import UserError
from sct.words import _

_BUILT_IN = {"name": "text", "state": "choice"}
_KINDS = {
    "text": "text",
    "number": "number",
    "integer": "number",
    "date": "date",
    "choice": "choice",
    "yes_no": "choice",
}


def register_table_faults(row: Row, registers: Mapping[str, Row]) -> Iterator[UserError]:
    """Every fault of the tables of one form."""
    for number, section in items(row, "sections"):
        table = section.get("table")
        if not isinstance(table, dict):
            continue
        at = ("sections", number, "table")
        code = str(table.get("register", ""))
        if code and code not in registers:
            yield unknown(_("Sổ bộ"), row, (*at, "register"), code, registers)
        elif code:
            yield from _table(row, at, table, registers[code])
        else:
            for index, column in items(table, "columns"):
                if "entry" in column or "asked" in column:
                    what = _("Chỉ bảng có sổ bộ mới có cột kể hồ sơ của sổ")
                    yield fault("bad-field", what, row, (*at, "columns", index, "entry"), column["code"])


def _table(row: Row, at: tuple[str | int, ...], table: Mapping[str, Any], register: Row) -> Iterator[UserError]:
    fields = {str(one["code"]): one for one in register["fields"]}
    told: dict[str, Mapping[str, Any]] = {}
    for index, column in items(table, "columns"):
        entry = str(column.get("entry", ""))
        if entry:
            told[entry] = column
            yield from _column(row, (*at, "columns", index), column, fields)
    must = ["name", "state", *(code for code, one in fields.items() if one.get("required"))]
    for entry in must:
        if not told.get(entry, {}).get("required"):
            what = _("Bảng của sổ bộ phải có cột bắt buộc điền kể mục này, nếu không dòng mới không thành hồ sơ được")
            yield fault("missing-field", what, row, (*at, "columns"), entry)


def _column(
    row: Row, at: tuple[str | int, ...], column: Mapping[str, Any], fields: Mapping[str, Mapping[str, Any]]
) -> Iterator[UserError]:
    entry, kind = str(column["entry"]), str(column.get("kind", "number"))
    if entry not in fields and entry not in _BUILT_IN:
        yield unknown(_("Mục của sổ bộ"), row, (*at, "entry"), entry, {**fields, **_BUILT_IN})
        return
    field = fields.get(entry, {"type": _BUILT_IN.get(entry, "")})
    if _KINDS.get(str(field["type"])) != kind:
        what = _("Cột khác loại với mục của sổ bộ")
        yield fault("bad-field", what, row, (*at, "kind"), kind, expected=str(field["type"]))
    if kind == "number" and field.get("unit") and field["unit"] != column.get("unit"):
        what = _("Cột khác đơn vị với mục của sổ bộ")
        yield fault("units-differ", what, row, (*at, "unit"), column.get("unit"), expected=str(field["unit"]))
    if field.get("see") and not column.get("asked"):
        what = _("Mục chỉ một số người được xem thì không điền sẵn được")
        yield fault("bad-field", what, row, (*at, "asked"), entry, expected="asked: true")
