"""The wording of faults in declarations: each a `UserError` with file, line and field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from itertools import pairwise
from typing import Any

from sct.declared import Row
from sct.errors import UserError
from sct.words import _

Field = tuple[str | int, ...]


def fault(code: str, what: str, row: Row, field: Field, value: object = None, *, expected: str = "") -> UserError:
    return UserError(code, what, value=value, expected=expected, place=row.exact(*field))


def unknown(kind: str, row: Row, field: Field, value: str, known: Iterable[str]) -> UserError:
    """A reference to something that is not declared; `kind` says what it should have been."""
    near = get_close_matches(value, list(known), n=3, cutoff=0.6)
    return fault(
        "unknown-reference",
        _("{kind} chưa được khai báo").format(kind=kind),
        row,
        field,
        value,
        expected=_("gần nhất: {codes}").format(codes=", ".join(near)) if near else "",
    )


def overlaps(row: Row, field: str) -> list[UserError]:
    """Faults where two intervals of a dated list share a day, or one ends before it begins."""
    found = []
    spans = []
    for index, item in enumerate(_items(row, field)):
        start, end = str(item.get("from", "")), str(item.get("to") or date.max.isoformat())
        if end < start:
            found.append(
                fault("bad-interval", _("Ngày hết hiệu lực trước ngày bắt đầu"), row, (field, index, "to"), end)
            )
        spans.append((start, end, index))
    spans.sort()
    for (first, until, _index), (start, _end, index) in pairwise(spans):
        if start <= until:
            what = _("Hai khoảng hiệu lực chồng nhau")
            found.append(fault("overlap", what, row, (field, index, "from"), f"{first} … {until} / {start}"))
    return found


def _items(row: Mapping[str, Any], field: str) -> list[dict[str, Any]]:
    items = row.get(field)
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def items(row: Mapping[str, Any], field: str) -> list[tuple[int, dict[str, Any]]]:
    """The entries of a list field with their number; nothing where the field is not a list of mappings."""
    return list(enumerate(_items(row, field)))


def words(row: Mapping[str, Any], field: str) -> list[tuple[int, str]]:
    """The texts of a list field with their number."""
    found = row.get(field)
    return [(i, word) for i, word in enumerate(found) if isinstance(word, str)] if isinstance(found, list) else []
