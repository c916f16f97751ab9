"""Areas as people write them in a cell: a key, a name, or a name within a larger area."""

from __future__ import annotations

import re
from datetime import date

from sct.catalogue import load
from sct.catalogue.areas import plain, split_type
from sct.catalogue.model import Area
from sct.errors import UserError
from sct.words import _

_KEY = re.compile(r"[0-9A-Z]{2,5}@\d{4}-\d\d-\d\d")


def area_named(text: str, day: date) -> str:
    """The key of an area: `275@1900-01-01`, "Huyện Quốc Oai", "Xã Liên Hà, Đông Anh"; as of a day, else as now."""
    key = _KEY.search(text)
    if key:
        return load().area(key[0]).key
    inner, comma, outer = text.partition(",")
    if not comma:
        return _named(text, day).key
    whole = _named(outer.strip(), day)
    inside = [area for area in load().areas.children(whole.key, day) if _is(area, inner)]
    inside = inside or [area for area in load().areas.children(whole.key) if _is(area, inner)]
    if len(inside) == 1:
        return inside[0].key
    raise UserError(
        "unknown-area",
        _("{whole} không có địa bàn này").format(whole=whole.name),
        value=inner,
        expected=_("tên xã, phường"),
    )


def _named(text: str, day: date) -> Area:
    try:
        return load().area_named(text, day)
    except UserError as error:
        if error.code == "ambiguous-area":
            raise
        return load().area_named(text)


def _is(area: Area, name: str) -> bool:
    types, rest = split_type(name)
    same = plain(area.short_name) == rest or plain(area.name) == plain(name)
    return same and (not types or plain(area.type) in types)


def shown(key: str) -> str:
    """An area as a file writes it, so that it is known again: its name and its key."""
    area = load().areas.get(key)
    return f"{area.name} ({key})" if area else key
