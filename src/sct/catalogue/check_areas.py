"""Faults of the areas: parents, days, and a succession that does not close."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from sct.catalogue.faults import fault, unknown
from sct.declared import Row
from sct.errors import UserError
from sct.words import _

FOREVER = "9999-12-31"


def area_faults(rows: Mapping[str, Row]) -> list[UserError]:
    """Every fault of the area rows (schema apart); `rows` by key (code, valid_from)."""
    found: list[UserError] = []
    for key, row in rows.items():
        found += _days(row)
        found += _parent(row, rows)
        found += _forward(key, row, rows)
        found += _backward(key, row, rows)
    found += _same_code(rows)
    return found


def _keys(row: Row, field: str) -> list[str]:
    return str(row.get(field, "")).split()


def _end(row: Row) -> str:
    return str(row.get("valid_to", FOREVER))


def _days(row: Row) -> Iterator[UserError]:
    if _end(row) < str(row["valid_from"]):
        yield fault("bad-interval", _("Ngày kết thúc trước ngày bắt đầu"), row, ("valid_to",), row.get("valid_to"))


def _parent(row: Row, rows: Mapping[str, Row]) -> Iterator[UserError]:
    parent = row.get("parent")
    if parent is not None and parent not in rows:
        yield unknown(_("Địa bàn cấp trên"), row, ("parent",), str(parent), rows)
    if parent is None and row["level"] != "country":
        yield fault("no-parent", _("Địa bàn thiếu cấp trên"), row, ("parent",), row["name"])


def _forward(key: str, row: Row, rows: Mapping[str, Row]) -> Iterator[UserError]:
    """A unit that ended names its heirs; an heir of the same level names it back."""
    if "valid_to" in row and not _keys(row, "successors"):
        yield fault(
            "no-successor", _("Địa bàn đã kết thúc mà không có đơn vị kế thừa"), row, ("successors",), row["name"]
        )
    for heir in _keys(row, "successors"):
        if heir not in rows:
            yield unknown(_("Đơn vị kế thừa"), row, ("successors",), heir, rows)
            continue
        back = _keys(rows[heir], "predecessors") + _keys(rows[heir], "partial_predecessors")
        if rows[heir]["level"] == row["level"] and key not in back:
            what = _("Đơn vị kế thừa không ghi lại đơn vị này")
            yield fault("open-succession", what, row, ("successors",), heir)
    if row["level"] == "district":
        yield from _through_communes(key, row, rows)


def _through_communes(key: str, row: Row, rows: Mapping[str, Row]) -> Iterator[UserError]:
    """The heirs of a district at commune level are those of its communes, all and only."""
    own = {heir for other in rows.values() if other.get("parent") == key for heir in _keys(other, "successors")}
    told = {heir for heir in _keys(row, "successors") if heir in rows and rows[heir]["level"] == "commune"}
    if own and told and own != told:
        what = _("Đơn vị kế thừa của quận, huyện khác với của các xã, phường trong đó")
        yield fault("open-succession", what, row, ("successors",), " ".join(sorted(own ^ told)))


def _backward(key: str, row: Row, rows: Mapping[str, Row]) -> Iterator[UserError]:
    """What a unit took over names it as an heir, unless it only ceded a part and lived on."""
    for field in ("predecessors", "partial_predecessors"):
        for former in _keys(row, field):
            if former not in rows:
                yield unknown(_("Đơn vị cũ"), row, (field,), former, rows)
                continue
            lived_on = field == "partial_predecessors" and _end(rows[former]) >= str(row["valid_from"])
            if key not in _keys(rows[former], "successors") and not lived_on:
                what = _("Đơn vị cũ không ghi đơn vị này là đơn vị kế thừa")
                yield fault("open-succession", what, row, (field,), former)


def _same_code(rows: Mapping[str, Row]) -> Iterator[UserError]:
    """One code means one unit on a day within a level; commune and district codes differ in length."""
    by_code: dict[str, list[Row]] = {}
    for row in rows.values():
        by_code.setdefault(str(row["code"]), []).append(row)
    for group in by_code.values():
        group.sort(key=lambda row: str(row["valid_from"]))
        for before, after in pairwise(group):
            if str(after["valid_from"]) <= _end(before):
                what = _("Hai địa bàn cùng mã trong cùng một ngày")
                yield fault("overlap", what, after, ("valid_from",), f"{before['name']} / {after['name']}")
