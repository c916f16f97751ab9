"""Areas (địa bàn): units in force on a day, their succession, and the names by which texts call them.

Codes are reused (NQ 1656/NQ-UBTVQH15: all 126 codes of Hà Nội's new communes are old communes' codes, 96 of them
under another name), so the key is (code, valid_from) and every question has a day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property

from sct import declared
from sct.catalogue.model import Area
from sct.declared import Row
from sct.errors import UserError
from sct.vietnamese.text import nfc, old_tone, search_key
from sct.words import _

LEVELS = ("country", "province", "district", "commune")

# Words before a name that tell its type, without diacritics, longest first; each with the types it may mean.
_TYPES: tuple[tuple[str, frozenset[str]], ...] = (
    ("thanh pho truc thuoc trung uong", frozenset({"thanh pho truc thuoc trung uong"})),
    ("thanh pho", frozenset({"thanh pho truc thuoc trung uong", "thanh pho"})),
    ("thi tran", frozenset({"thi tran"})),
    ("thi xa", frozenset({"thi xa"})),
    ("phuong", frozenset({"phuong"})),
    ("huyen", frozenset({"huyen"})),
    ("quan", frozenset({"quan"})),
    ("tinh", frozenset({"tinh"})),
    ("xa", frozenset({"xa"})),
    ("tp", frozenset({"thanh pho truc thuoc trung uong", "thanh pho"})),
    ("tx", frozenset({"thi xa"})),
    ("tt", frozenset({"thi tran"})),
    ("q", frozenset({"quan"})),
    ("h", frozenset({"huyen"})),
    ("p", frozenset({"phuong"})),
    ("x", frozenset({"xa"})),
)


class Areas(Mapping[str, Area]):
    """All areas by key; lookups by code and by name on a day."""

    def __init__(self, areas: Mapping[str, Area]) -> None:
        self._areas = dict(areas)

    def __getitem__(self, key: str) -> Area:
        return self._areas[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._areas)

    def __len__(self) -> int:
        return len(self._areas)

    def on(self, day: date, level: str = "") -> list[Area]:
        """The areas in force on a day, of one level if told."""
        return [area for area in self.values() if area.valid_on(day) and level in ("", area.level)]

    def children(self, key: str, on: date | None = None) -> list[Area]:
        """The areas directly under one, in force on a day (None: those in force now)."""
        return [area for area in self._by_parent.get(key, ()) if _in_force(area, on)]

    def find(self, text: str, on: date | None = None) -> Area:
        """By key `01@2008-08-01`, or by the code in force on a day (None: now)."""
        if text in self._areas:
            return self._areas[text]
        for area in self._by_code.get(text, ()):
            if _in_force(area, on):
                return area
        known = ", ".join(area.key for area in self._by_code.get(text, ()))
        raise UserError(
            "unknown-area",
            _("Không có địa bàn mang mã này vào ngày đó") if known else _("Không có địa bàn mang mã này"),
            value=text,
            expected=known or _("mã như 01, hoặc 01@2008-08-01"),
        )

    def named(self, name: str, on: date | None = None) -> Area:
        """The area that a text calls `name` on a day (None: now, or the last that bore the name).

        With or without its type (huyện, TP. …) and its diacritics. Without a type the highest level is meant: texts
        say "phường" of a phường that shares its name with a district.
        """
        found = self._matching(name)
        alive = [area for area in found if _in_force(area, on)]
        if not alive and on is None and found:
            last = max(area.valid_to or date.max for area in found)
            alive = [area for area in found if area.valid_to == last]
        level = min((LEVELS.index(area.level) for area in alive), default=0)
        best = [area for area in alive if LEVELS.index(area.level) == level]
        if len(best) == 1:
            return best[0]
        raise _unknown(name, on, found) if not best else self._ambiguous(name, best)

    def _matching(self, name: str) -> list[Area]:
        exact = self._by_exact_name.get(_fold(name))
        if exact:
            return exact
        types, rest = split_type(name)
        found = self._by_plain_name.get(rest, [])
        if not types:
            return found or self._by_plain_name.get(plain(name), [])
        typed = [area for area in found if plain(area.type) in types]
        return typed or self._by_plain_name.get(plain(name), [])

    def _ambiguous(self, name: str, found: list[Area]) -> UserError:
        shown = []
        for area in found:
            parent = self.get(area.parent)
            shown.append(f"{area.name} ({parent.name})" if parent else area.name)
        return UserError(
            "ambiguous-area",
            _("Nhiều địa bàn cùng tên"),
            value=name,
            expected=_("một trong: {names}").format(names="; ".join(shown)),
            way_out=_("Ghi rõ cấp, địa bàn cấp trên hoặc mã"),
        )

    @cached_property
    def _by_code(self) -> dict[str, list[Area]]:
        return _grouped((area.code, area) for area in self.values())

    @cached_property
    def _by_parent(self) -> dict[str, list[Area]]:
        return _grouped((area.parent, area) for area in self.values())

    @cached_property
    def _by_exact_name(self) -> dict[str, list[Area]]:
        return _grouped((_fold(name), area) for area in self.values() for name in names_of(area))

    @cached_property
    def _by_plain_name(self) -> dict[str, list[Area]]:
        return _grouped((plain(name), area) for area in self.values() for name in names_of(area))


def names_of(area: Area) -> tuple[str, ...]:
    """Full name, short name and aliases, each once."""
    return tuple(dict.fromkeys((area.name, area.short_name, *area.aliases)))


def split_type(name: str) -> tuple[frozenset[str], str]:
    """`TP. Hà Nội` → (types that TP may mean, `ha noi`); no type word → (empty, the name)."""
    text = plain(name)
    for word, types in _TYPES:
        if text.startswith(word + " "):
            return types, text[len(word) + 1 :]
    return frozenset(), text


def plain(text: str) -> str:
    """Lower case without diacritics, punctuation as spaces, spaces folded: the key of a name."""
    return " ".join(re.sub(r"[^\w]+", " ", search_key(text)).split())


def _fold(text: str) -> str:
    return " ".join(old_tone(nfc(text).lower()).split())


def _in_force(area: Area, on: date | None) -> bool:
    return area.valid_to is None if on is None else area.valid_on(on)


def _grouped(pairs: Iterator[tuple[str, Area]]) -> dict[str, list[Area]]:
    result: dict[str, list[Area]] = {}
    for key, area in pairs:
        group = result.setdefault(key, [])
        if area not in group:
            group.append(area)
    return result


def _unknown(name: str, on: date | None, found: list[Area]) -> UserError:
    if found:
        spans = "; ".join(f"{area.name} ({area.valid_from} – {area.valid_to or '…'})" for area in found)
        return UserError(
            "unknown-area", _("Địa bàn không tồn tại vào ngày {day}").format(day=on), value=name, expected=spans
        )
    return UserError("unknown-area", _("Không có địa bàn mang tên này"), value=name)


def key_of(row: Row) -> str:
    return f"{row['code']}@{row['valid_from']}"


def load_areas() -> Areas:
    """All declared areas; reads the CSV files of `declarations/areas`."""
    return Areas({key: _area(row) for key, row in declared.merged("areas", key_of).items()})


def _area(row: Row) -> Area:
    def keys(name: str) -> tuple[str, ...]:
        return tuple(str(row.get(name, "")).split())

    def number(name: str) -> float | None:
        return float(row[name]) if name in row else None

    try:
        return Area(
            code=row["code"],
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=date.fromisoformat(row["valid_to"]) if "valid_to" in row else None,
            name=row["name"],
            short_name=row["short_name"],
            type=row["type"],
            level=row["level"],
            parent=row.get("parent", ""),
            predecessors=keys("predecessors"),
            partial_predecessors=keys("partial_predecessors"),
            successors=keys("successors"),
            aliases=tuple(alias.strip() for alias in row.get("aliases", "").split(";") if alias.strip()),
            latitude=number("latitude"),
            longitude=number("longitude"),
            area_km2=number("area_km2"),
        )
    except (KeyError, ValueError) as error:
        raise UserError("bad-area", _("Dòng địa bàn sai hoặc thiếu mục"), value=str(error), place=row.place) from error
