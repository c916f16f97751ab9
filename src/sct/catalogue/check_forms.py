"""Faults of forms and of what belongs to them: unknown units, series, divisions, areas; checks that name no field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction

from sct.catalogue.check_form_tables import register_table_faults
from sct.catalogue.faults import Field, fault, items, unknown, words
from sct.declared import Row
from sct.errors import UserError
from sct.words import _

Rows = Mapping[str, Row]
# What each kind of check must name, besides its kind.
NEEDS: Mapping[str, tuple[str, ...]] = {
    "parts": ("whole", "parts"),
    "at_most": ("field", "than"),
    "change": ("field", "percent"),
    "explain": ("field", "text"),
    "rise": ("field",),
}


def form_faults(rooms: Mapping[str, Rows], sound: Mapping[str, Rows], units: Mapping[str, object]) -> list[UserError]:
    """Every fault beyond the schema of forms, holidays, traits and weights."""
    found: list[UserError] = []
    for row in sound["forms"].values():
        found += _references(row, rooms)
        for field, given in fields_of(row):
            found += _field_faults(row, field, given, rooms, units)
        found += register_table_faults(row, rooms["registers"])
        found += _names(row)
        found += _checks(row)
    for row in sound["holidays"].values():
        found += _holiday(row)
    for row in sound["traits"].values():
        if row["area"] not in rooms["areas"]:
            found.append(unknown(_("Địa bàn"), row, ("area",), str(row["area"]), rooms["areas"]))
    found += _weights(sound["weights"], rooms)
    return found


def fields_of(row: Row) -> Iterator[tuple[Field, dict[str, object]]]:
    """Every field of a form with its place in the file, columns of tables included."""
    for number, section in items(row, "sections"):
        for index, given in items(section, "fields"):
            yield ("sections", number, "fields", index), given
        table = section.get("table")
        if isinstance(table, dict):
            for index, given in items(table, "columns"):
                yield ("sections", number, "table", "columns", index), given


def _references(row: Row, rooms: Mapping[str, Rows]) -> Iterator[UserError]:
    divisions = rooms["divisions"]
    if row["receiver"] not in divisions:
        yield unknown(_("Phòng nhận"), row, ("receiver",), row["receiver"], divisions)
    if row["regime"] not in rooms["regimes"]:
        yield unknown(_("Chế độ báo cáo"), row, ("regime",), row["regime"], rooms["regimes"])
    if "law" in row and row["law"] not in rooms["laws"]:
        yield unknown(_("Văn bản"), row, ("law",), str(row["law"]), rooms["laws"])
    traits = {str(one.get("trait", "")) for one in rooms["traits"].values()}
    for index, sender in items(row, "senders"):
        for n, code in words(sender, "divisions"):
            if code not in divisions:
                yield unknown(_("Phòng gửi"), row, ("senders", index, "divisions", n), code, divisions)
        if "trait" in sender and sender["trait"] not in traits:
            yield unknown(_("Đặc điểm địa bàn"), row, ("senders", index, "trait"), str(sender["trait"]), traits)


def _field_faults(
    row: Row, at: Field, given: Mapping[str, object], rooms: Mapping[str, Rows], units: Mapping[str, object]
) -> Iterator[UserError]:
    kind = given.get("kind", "number")
    if kind == "number" and given.get("unit") not in units:
        yield unknown(_("Đơn vị"), row, (*at, "unit"), str(given.get("unit", "")), units)
    if kind == "choice" and "choices" not in given and "entry" not in given:
        yield fault("missing-field", _("Ô chọn phải có danh sách chọn"), row, (*at, "choices"), given["code"])
    if kind != "number" and ("sum" in given or "indicator" in given):
        yield fault("bad-field", _("Chỉ ô số mới vào sổ hoặc cộng được"), row, at, given["code"])
    if "indicator" in given:
        if "columns" in at:
            what = _("Cột của bảng không vào sổ từng dòng; cộng cột vào một ô rồi khai báo chỉ tiêu cho ô đó")
            yield fault("bad-field", what, row, (*at, "indicator"), given["code"])
        yield from _series(row, at, given, rooms, units)


def _series(
    row: Row, at: Field, given: Mapping[str, object], rooms: Mapping[str, Rows], units: Mapping[str, object]
) -> Iterator[UserError]:
    unit = str(given.get("unit", ""))
    code, _bracket, member = str(given["indicator"]).partition("[")
    member = member.removesuffix("]")
    indicators = rooms["indicators"]
    if code not in indicators:
        yield unknown(_("Chỉ tiêu"), row, (*at, "indicator"), code, indicators)
        return
    if member and (
        member not in rooms["breakdowns"] or member.partition(":")[0] not in indicators[code].get("breakdowns", ())
    ):
        yield unknown(_("Phân tổ"), row, (*at, "indicator"), member, rooms["breakdowns"])
    mine, theirs = units.get(unit), units.get(str(indicators[code].get("unit", "")))
    if mine is not None and theirs is not None and getattr(mine, "dimension", "") != getattr(theirs, "dimension", ""):
        what = _("Đơn vị của ô khác loại với đơn vị của chỉ tiêu")
        yield fault("units-differ", what, row, (*at, "unit"), unit, expected=str(indicators[code]["unit"]))


def _names(row: Row) -> Iterator[UserError]:
    """Codes are told apart; what a sum adds is there and is a number."""
    known = _known(row)
    seen: set[str] = set()
    for at, given in fields_of(row):
        path = _path(row, at, given)
        if path in seen:
            yield fault("duplicate-code", _("Mã ô lặp lại trong biểu"), row, (*at, "code"), path)
        seen.add(path)
        for index, part in words(given, "sum"):
            if known.get(part) != "number":
                yield unknown(_("Ô được cộng"), row, (*at, "sum", index), part, known)


def _path(row: Row, at: Field, given: Mapping[str, object]) -> str:
    if "columns" not in at:
        return str(given["code"])
    section = row["sections"][at[1]]
    return f"{section['table']['code']}.{given['code']}"


def _known(row: Row) -> dict[str, str]:
    """`clusters.area` and `retail_goods` → kind."""
    return {_path(row, at, given): str(given.get("kind", "number")) for at, given in fields_of(row)}


def _checks(row: Row) -> Iterator[UserError]:
    known = _known(row)
    for index, rule in items(row, "checks"):
        for need in NEEDS[rule["kind"]]:
            if need not in rule:
                what = _("Phép kiểm thiếu mục «{name}»").format(name=need)
                yield fault("missing-field", what, row, ("checks", index, need), rule["kind"])
        named = [("field",), ("than",), ("whole",), ("text",)]
        for (name,) in named:
            if name in rule and rule[name] not in known:
                yield unknown(_("Ô của phép kiểm"), row, ("checks", index, name), str(rule[name]), known)
        for n, part in words(rule, "parts"):
            if part not in known:
                yield unknown(_("Ô của phép kiểm"), row, ("checks", index, "parts", n), part, known)


def _holiday(row: Row) -> Iterator[UserError]:
    try:
        day = date.fromisoformat(str(row["code"]))
    except ValueError:
        yield fault("bad-date", _("Ngày không có thật"), row, ("code",), row["code"])
        return
    weekend = day.weekday() >= 5
    if (row["kind"] == "off") == weekend:
        what = _("Cuối tuần vốn đã nghỉ") if weekend else _("Ngày thường vốn đã làm việc")
        yield fault("idle-holiday", what, row, ("kind",), row["code"])


def _weights(rows: Rows, rooms: Mapping[str, Rows]) -> Iterator[UserError]:
    """Each area is known, and the shares of one area for an indicator add up to one."""
    shares: dict[tuple[str, str], Fraction] = {}
    last: dict[tuple[str, str], Row] = {}
    for row in rows.values():
        for end in ("from", "to"):
            if row[end] not in rooms["areas"]:
                yield unknown(_("Địa bàn"), row, (end,), str(row[end]), rooms["areas"])
        indicator = str(row.get("indicator", "*"))
        if indicator != "*" and indicator not in rooms["indicators"]:
            yield unknown(_("Chỉ tiêu"), row, ("indicator",), indicator, rooms["indicators"])
        key = (str(row["from"]), indicator)
        shares[key] = shares.get(key, Fraction(0)) + Fraction(str(row["weight"]))
        last[key] = row
    for key, total in shares.items():
        if total != 1:
            what = _("Trọng số của một địa bàn phải cộng đủ 1")
            yield fault("weights-not-whole", what, last[key], ("weight",), f"{key[0]}: {total}")
