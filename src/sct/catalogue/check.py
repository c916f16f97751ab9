"""The check of all declarations: form, references, cycles, intervals, names; each fault with file, line, field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from sct import declared
from sct.catalogue.areas import key_of
from sct.catalogue.check_areas import area_faults
from sct.catalogue.check_forms import form_faults
from sct.catalogue.check_indicators import indicator_faults
from sct.catalogue.check_registers import Known, register_faults
from sct.catalogue.faults import fault, items, overlaps, unknown, words
from sct.catalogue.model import Stage
from sct.declared import Row
from sct.errors import Place, UserError
from sct.words import _

Rows = Mapping[str, Row]
OWN = (
    *("indicators", "areas", "breakdowns", "regimes", "stages", "laws", "parameters", "registers"),
    *("forms", "divisions", "holidays", "traits", "weights"),
)


def check() -> list[UserError]:
    """All faults of the declarations in force (packaged and `SCT_DECLARATIONS`), in order of room; [] when sound.

    A file that cannot be read at all is one fault; the rows of the others are still checked.
    """
    found: list[UserError] = []
    rooms = {room: _merged(room, found) for room in OWN}
    for room, rows in rooms.items():
        found += [error for row in rows.values() for error in _schema_faults(room, row)]
    for room in declared.rooms():
        if room not in OWN:
            found += _plain_room(room)
    broken = {error.place.file for error in found if error.place is not None}
    sound = {
        room: {key: row for key, row in rows.items() if row.place.file not in broken} for room, rows in rooms.items()
    }
    return found + _meaning(rooms, sound)


def _meaning(rooms: Mapping[str, Rows], sound: Mapping[str, Rows]) -> list[UserError]:
    """Faults beyond the schema, of the files whose form is right; references may name anything that was read."""
    from sct.vietnamese.units import units

    laws, breakdowns = rooms["laws"], rooms["breakdowns"]
    found = [
        error
        for error in indicator_faults(rooms["indicators"], breakdowns, laws, units())
        if error.place is None or error.place.file in {row.place.file for row in sound["indicators"].values()}
    ]
    if len(sound["areas"]) == len(rooms["areas"]):
        found += area_faults(rooms["areas"])
    found += _breakdown_faults(sound["breakdowns"], breakdowns, laws)
    found += _law_faults(sound["laws"], laws)
    found += _parameter_faults(sound["parameters"], laws, units())
    found += form_faults(rooms, sound, units())
    known = Known(
        laws, rooms["parameters"], rooms["indicators"], breakdowns, units(), rooms["areas"], rooms["registers"]
    )
    found += [error for row in sound["registers"].values() for error in register_faults(row, known)]
    for room in ("regimes", "stages"):
        found += [error for row in sound[room].values() for error in _law_reference(row, laws)]
    missing = {stage.value for stage in Stage} - set(rooms["stages"])
    if missing:
        place = Place(file="stages/stages.yaml", line=1, field="code")
        what = _("Thiếu loại số liệu")
        found.append(UserError("missing-stage", what, value=", ".join(sorted(missing)), place=place))
    return found


# -- form -----------------------------------------------------------------------------------------------


def _merged(room: str, found: list[UserError]) -> dict[str, Row]:
    """The rows of a room by key, own over packaged; faults of reading go to `found`."""
    merged: dict[str, Row] = {}
    for base in declared.folders():
        here: dict[str, Row] = {}
        for row in _read(base, room, found):
            key = _key(room, row)
            if key in here:
                found.append(declared.duplicate(key, row.exact("code"), here[key].place))
                continue
            here[key] = row
        for key, row in here.items():
            merged[key] = declared.over(merged[key], row) if key in merged else row
    return merged


def _read(base: Path, room: str, found: list[UserError]) -> Iterator[Row]:
    for path in declared.files_of(base, room):
        try:
            yield from declared.rows(path)
        except UserError as error:
            found.append(error)
        except (UnicodeDecodeError, OSError) as error:
            what = _("Tệp khai báo không đọc được")
            found.append(UserError("bad-file", what, value=str(error), place=Place(file=declared.shown(path), line=1)))


def _key(room: str, row: Row) -> str:
    if room == "areas":
        return key_of(row) if {"code", "valid_from"} <= set(row) else f"{row.place}"
    return str(row.get("code", row.place))


def _plain_room(room: str) -> list[UserError]:
    """Rooms of other parts of the kit: the schema only, their meaning is theirs."""
    found: list[UserError] = []
    if not (declared.PACKAGED / room / "schema.json").is_file():
        what = _("Thư mục khai báo thiếu schema.json")
        return [UserError("no-schema", what, value=room, place=Place(file=f"{room}/schema.json"))]
    for base in declared.folders():
        for row in _read(base, room, found):
            found += _schema_faults(room, row)
    return found


def _schema_faults(room: str, row: Row) -> Iterator[UserError]:
    for error in sorted(
        _validator(room).iter_errors(_json(dict(row))), key=lambda error: str(list(error.absolute_path))
    ):
        field = tuple(error.absolute_path)
        if error.validator == "required":
            missing = [name for name in error.validator_value if name not in error.instance]
            for name in missing:
                what = _("Thiếu mục bắt buộc «{name}»").format(name=name)
                yield fault("missing-field", what, row, (*field, name), row.get("code"))
        elif error.validator == "additionalProperties":
            extra = [name for name in error.instance if name not in error.schema.get("properties", {})]
            for name in extra:
                known = ", ".join(error.schema.get("properties", {}))
                yield fault(
                    "unknown-field", _("Mục không có trong lược đồ"), row, (*field, str(name)), name, expected=known
                )
        else:
            yield fault("bad-field", _("Giá trị không đúng lược đồ"), row, field, error.instance, expected=_rule(error))


def _rule(error: Any, limit: int = 120) -> str:
    """The rule of the schema that a value breaks, short enough for a sentence: `enum: flow, stock, index`."""
    value = error.validator_value
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return f"{error.validator}: {text if len(text) <= limit else text[: limit - 1] + '…'}"


_validators: dict[str, Any] = {}


def _validator(room: str) -> Any:
    if room not in _validators:
        from jsonschema import Draft202012Validator

        _validators[room] = Draft202012Validator(declared.schema(room))
    return _validators[room]


def _json(value: Any) -> Any:
    """YAML values as JSON has them: dates as text."""
    if isinstance(value, dict):
        return {str(key): _json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_json(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


# -- meaning of the small rooms ---------------------------------------------------------------------------


def _breakdown_faults(rows: Rows, known: Rows, laws: Rows) -> Iterator[UserError]:
    for row in rows.values():
        if "parent" in row and row["parent"] not in known:
            yield unknown(_("Phân tổ cấp trên"), row, ("parent",), str(row["parent"]), known)
        dimension = str(row["code"]).partition(":")[0]
        if dimension not in known:
            yield unknown(_("Phân tổ"), row, ("code",), dimension, known)
        yield from _law_reference(row, laws)


def _law_faults(rows: Rows, laws: Rows) -> Iterator[UserError]:
    for row in rows.values():
        yield from overlaps(row, "validity")
        for field in ("replaces", "amends"):
            for index, code in words(row, field):
                if code not in laws:
                    yield unknown(_("Văn bản"), row, (field, index), code, laws)


def _parameter_faults(rows: Rows, laws: Rows, units: Mapping[str, object]) -> Iterator[UserError]:
    for row in rows.values():
        yield from overlaps(row, "values")
        if row["unit"] and row["unit"] not in units:
            yield unknown(_("Đơn vị"), row, ("unit",), str(row["unit"]), units)
        for index, item in items(row, "values"):
            if "law" in item and item["law"] not in laws:
                yield unknown(_("Văn bản"), row, ("values", index, "law"), str(item["law"]), laws)


def _law_reference(row: Row, laws: Rows) -> Iterator[UserError]:
    if "law" in row and row["law"] not in laws:
        yield unknown(_("Văn bản"), row, ("law",), str(row["law"]), laws)
