"""Faults of a register beyond its schema: names that lead nowhere, states nobody reaches, too many facets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sct.catalogue.faults import Field, fault, items, unknown
from sct.catalogue.register_rows import spelt_out
from sct.declared import Row
from sct.errors import UserError
from sct.words import _

FACETS = 4  # columns of the read model that hold facets
_NUMBERS, _RATIOS = ("number", "integer"), ("ratio",)
_COUNTED = {"sum": _NUMBERS, "event_sum": _NUMBERS, "ratio": _RATIOS, "growth": _RATIOS}  # what each counting takes
_COMPARED = ("over", "from", "under", "upto")


@dataclass(frozen=True, slots=True)
class Known:
    """What a register may refer to."""

    laws: Mapping[str, Row]
    parameters: Mapping[str, Row]
    indicators: Mapping[str, Row]
    breakdowns: Mapping[str, Row]
    units: Mapping[str, object]
    areas: Mapping[str, Row]
    registers: Mapping[str, Row]


def register_faults(row: Row, known: Known) -> Iterator[UserError]:
    """All faults of one register."""
    fields = {str(one["code"]): one for _i, one in items(row, "fields")}
    states = [str(one["code"]) for _i, one in items(row, "states")]
    yield from _field_faults(row, fields, known)
    yield from _life_faults(row, states)
    yield from _rule_faults(row, fields, known)
    yield from _reference_faults(row, fields, states, known)
    yield from _count_faults(row, fields, states, known)
    yield from _complete_faults(row, fields, states, known)
    for part in ("laws", "fields", "states", "transitions", "warnings"):
        for index, one in items(row, part):
            if "law" in one and one["law"] not in known.laws:
                yield unknown(_("Văn bản"), row, (part, index, "law"), str(one["law"]), known.laws)


def _field_faults(row: Row, fields: Mapping[str, Any], known: Known) -> Iterator[UserError]:
    for index, one in items(row, "fields"):
        kind = one.get("type", "text")
        at: Field = ("fields", index)
        if one.get("facet") and kind not in ("choice", "yes_no"):
            yield fault("bad-facet", _("Chỉ lựa chọn và có/không mới lọc được"), row, (*at, "facet"), one["code"])
        if (kind == "choice") != ("choices" in one):
            yield fault("bad-choices", _("Lựa chọn phải có danh sách, loại khác thì không"), row, (*at, "type"), kind)
        if (kind == "ratio") != ("of" in one):
            yield fault("bad-ratio", _("Tỷ lệ phải có tử số và mẫu số"), row, (*at, "type"), kind)
        for operand in one.get("of", ()):
            if fields.get(operand, {}).get("type") not in ("number", "integer"):
                yield unknown(_("Mục là số"), row, (*at, "of"), str(operand), fields)
        yield from _link_faults(row, at, one, fields, known)
        if "unit" in one and one["unit"] not in known.units:
            yield unknown(_("Đơn vị"), row, (*at, "unit"), str(one["unit"]), known.units)
    yield from _secret_faults(row)
    if sum(1 for one in fields.values() if one.get("facet") or one.get("type") == "entry") > FACETS:
        yield fault("too-many-facets", _("Quá nhiều mục lọc"), row, ("fields",), len(fields), expected=str(FACETS))
    if len(fields) != len(items(row, "fields")):
        yield fault("duplicate-field", _("Một mục khai báo hai lần"), row, ("fields",))


def _secret_faults(row: Row) -> Iterator[UserError]:
    """A field kept from some roles may not be told by another way: filters, search, deadlines, what is open to all."""
    told = [value for part in ("expires", "blocked") for value in row.get(part, {}).values() if isinstance(value, str)]
    for index, one in items(row, "fields"):
        uses = [use for use in ("public", "facet", "search") if one.get(use)]
        if one.get("see") and (uses or one["code"] in told):
            yield fault(
                "secret-told",
                _("Mục chỉ vài vai trò được xem thì không dùng để lọc, tìm, báo hạn, báo vướng mắc hay công khai"),
                row,
                ("fields", index, uses[0] if uses else "see"),
                one["code"],
            )


def _link_faults(
    row: Row, at: Field, one: Mapping[str, Any], fields: Mapping[str, Any], known: Known
) -> Iterator[UserError]:
    if (one.get("type") == "entry") != ("register" in one):
        yield fault("bad-link", _("Mục nối phải nói sổ nào, loại khác thì không"), row, (*at, "type"), one["code"])
        return
    if "register" in one and one["register"] not in known.registers:
        yield unknown(_("Sổ bộ"), row, (*at, "register"), str(one["register"]), known.registers)
        return
    theirs = items(known.registers[one["register"]], "fields") if "register" in one else []
    numbers = {field["code"] for _i, field in theirs if field.get("type") in _NUMBERS}
    for number, told in enumerate(one.get("gives", ())):
        if told["to"] not in numbers:
            yield unknown(_("Mục là số"), row, (*at, "gives", number, "to"), str(told["to"]), numbers)
        if told.get("how") == "sum" and fields.get(told.get("field"), {}).get("type") not in _NUMBERS:
            yield unknown(_("Mục là số"), row, (*at, "gives", number, "field"), str(told.get("field", "")), fields)


def _life_faults(row: Row, states: list[str]) -> Iterator[UserError]:
    dates = [one["code"] for _i, one in items(row, "fields") if one.get("type") == "date"]
    for index, one in items(row, "states"):
        if one.get("planned", "") not in ("", *dates):
            yield unknown(_("Mục là ngày"), row, ("states", index, "planned"), str(one["planned"]), dates)
    for index, one in items(row, "transitions"):
        for name in [one["to"], *([] if one["from"] == "any" else one["from"])]:
            if name not in states:
                yield unknown(_("Trạng thái"), row, ("transitions", index), str(name), states)
    if len(set(states)) != len(states):
        yield fault("duplicate-state", _("Một trạng thái khai báo hai lần"), row, ("states",))


def _rule_faults(row: Row, fields: Mapping[str, Any], known: Known) -> Iterator[UserError]:
    places: list[tuple[Field, list[dict[str, Any]]]] = []
    for index, one in items(row, "warnings"):
        places.append((("warnings", index, "when"), one["when"]))
    for index, one in items(row, "counts"):
        places.append((("counts", index, "where"), one.get("where", [])))
    for index, one in items(row, "classes"):
        for number, rule in enumerate(one["rules"]):
            places.append((("classes", index, "rules", number, "when"), rule["when"]))
    for place, conditions in places:
        for number, condition in enumerate(conditions):
            yield from _condition_faults(row, (*place, number), condition, fields, known)


def _condition_faults(
    row: Row, place: Field, condition: Mapping[str, Any], fields: Mapping[str, Any], known: Known
) -> Iterator[UserError]:
    name = str(condition["field"])
    if name != "state" and name not in fields:
        yield unknown(_("Mục"), row, (*place, "field"), name, fields)
    for op in _COMPARED:
        bound = condition.get(op)
        if isinstance(bound, str) and bound not in known.parameters:
            yield unknown(_("Tham số"), row, (*place, op), bound, known.parameters)
        if bound is not None and fields.get(name, {}).get("type") not in ("number", "integer", "ratio"):
            yield fault("not-a-number", _("Chỉ số mới so được với ngưỡng"), row, (*place, "field"), name)


def _reference_faults(row: Row, fields: Mapping[str, Any], states: list[str], known: Known) -> Iterator[UserError]:
    expires, blocked = row.get("expires", {}), row.get("blocked", {})
    for part, names in (("expires", ("until", "since")), ("blocked", ("obstacle", "who", "planned"))):
        given = expires if part == "expires" else blocked
        for name in names:
            if name in given and given[name] not in fields:
                yield unknown(_("Mục"), row, (part, name), str(given[name]), fields)
    for name, code in expires.get("never", {}).items():
        if code not in _choices(fields, name):
            yield unknown(_("Lựa chọn"), row, ("expires", "never"), str(code), _choices(fields, name))
    if "term" in expires and expires["term"] not in known.parameters:
        yield unknown(_("Tham số"), row, ("expires", "term"), str(expires["term"]), known.parameters)
    colours = {"state"} | {str(one["code"]) for _i, one in items(row, "classes")}
    if row.get("colour", "state") not in colours:
        yield unknown(_("Cách tô màu"), row, ("colour",), str(row["colour"]), colours)
    for index, one in items(row, "cohorts"):
        if one["entered"] not in states:
            yield unknown(_("Trạng thái"), row, ("cohorts", index, "entered"), str(one["entered"]), states)


def _complete_faults(row: Row, fields: Mapping[str, Any], states: list[str], known: Known) -> Iterator[UserError]:
    for index, one in items(row, "complete"):
        at: Field = ("complete", index)
        if "area" in one and one["area"] not in known.areas:
            yield unknown(_("Địa bàn"), row, (*at, "area"), str(one["area"]), known.areas)
        for name in one.get("states", ()):
            if name not in states:
                yield unknown(_("Trạng thái"), row, (*at, "states"), str(name), states)
        for name, code in one.get("only", {}).items():
            choices = _choices(fields, name)
            if code not in choices:
                yield unknown(_("Lựa chọn"), row, (*at, "only"), str(code), choices)


def _choices(fields: Mapping[str, Any], name: str) -> list[str]:
    return [str(choice[0]) for choice in fields.get(name, {}).get("choices", ())]


def _count_faults(row: Row, fields: Mapping[str, Any], states: list[str], known: Known) -> Iterator[UserError]:
    for index, one in items(row, "counts"):
        at: Field = ("counts", index)
        if one["indicator"] not in known.indicators:
            yield unknown(_("Chỉ tiêu"), row, (*at, "indicator"), str(one["indicator"]), known.indicators)
        yield from _breakdown_faults(row, at, one, fields, known)
        yield from _counted_field_faults(row, at, one, fields)
        given = one.get("states", [])
        for name in [given] if isinstance(given, str) else given:
            if name not in states:
                yield unknown(_("Trạng thái"), row, (*at, "states"), str(name), states)


def _breakdown_faults(
    row: Row, at: Field, one: Mapping[str, Any], fields: Mapping[str, Any], known: Known
) -> Iterator[UserError]:
    if "breakdown" in one and one["breakdown"] not in known.breakdowns:
        yield unknown(_("Phân tổ"), row, (*at, "breakdown"), str(one["breakdown"]), known.breakdowns)
    for field in one.get("by", {}).values():
        if "choices" not in fields.get(field, {}):
            yield unknown(_("Mục lựa chọn"), row, (*at, "by"), str(field), fields)
    for spelt in spelt_out({**row, "counts": [one]})[1:]:
        if spelt["breakdown"] not in known.breakdowns:
            yield unknown(_("Phân tổ"), row, (*at, "by"), str(spelt["breakdown"]), known.breakdowns)


def _counted_field_faults(
    row: Row, at: Field, one: Mapping[str, Any], fields: Mapping[str, Any]
) -> Iterator[UserError]:
    how, given = one.get("how", "stock"), one.get("field", [])
    names = [given] if isinstance(given, str) else given
    kinds = _COUNTED.get(how, ())
    for name in names or ([""] if kinds else []):
        if kinds and fields.get(name, {}).get("type") not in kinds:
            yield unknown(_("Mục"), row, (*at, "field"), str(name), fields)
    if one.get("distinct", "name") != "name" and one["distinct"] not in fields:
        yield unknown(_("Mục"), row, (*at, "distinct"), str(one["distinct"]), fields)
    if how == "expired" and "expires" not in row:
        yield fault("no-expiry", _("Sổ không khai thời hạn nên không đếm được hồ sơ hết hạn"), row, (*at, "how"), how)
