"""The columns of a register's file: what export writes and import knows again, by either name or by code."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sct.catalogue import load
from sct.catalogue.registers import Kind, Register
from sct.vietnamese.text import search_key
from sct.words import _

# Columns every register has: code, Vietnamese name, English name, further spellings.
COMMON: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("entry", "Mã hồ sơ", "Entry", ("ma", "id", "ma ho so")),
    ("name", "Tên", "Name", ("ten goi", "ten ho so")),
    ("area", "Địa bàn", "Area", ("xa", "phuong", "xa phuong", "quan huyen", "huyen", "don vi hanh chinh")),
    ("lat", "Vĩ độ", "Latitude", ("lat", "vi do")),
    ("lon", "Kinh độ", "Longitude", ("lon", "lng", "kinh do")),
    ("state", "Trạng thái", "State", ("tinh trang",)),
    ("valid", "Từ ngày", "Valid from", ("ngay hieu luc", "ngay", "tu ngay")),
)
EVIDENCE: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("decision", "Số quyết định", "Decision", ("quyet dinh", "so quyet dinh")),
    ("decided", "Ngày ký", "Signed on", ("ngay quyet dinh",)),
    ("signer", "Người ký", "Signer", ()),
    ("document", "Văn bản", "Document", ()),
    ("source", "Nguồn", "Source", ("dia chi nguon",)),
    ("note", "Ghi chú biến động", "Note on the event", ("ghi chu",)),
)
_UNIT = re.compile(r"\s*\([^()]*\)\s*$")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the code of a field or of what every entry has."""

    code: str
    title: str
    numeric: bool = False


def columns(kind: Register, hidden: frozenset[str] = frozenset()) -> list[Column]:
    """The columns of a file that leaves, in order, titles in the language of this context."""
    made = [Column(code, _title(name, english)) for code, name, english, _more in COMMON]
    for one in kind.fields.values():
        if one.code in hidden:
            continue
        unit = load().units[one.unit].name if one.unit else ""
        made.append(Column(one.code, f"{one.told} ({unit})" if unit else one.told, one.numeric))
    return made + [Column(code, _title(name, english)) for code, name, english, _more in EVIDENCE]


def _title(name: str, english: str) -> str:
    from sct.catalogue.registers import told

    return told(name, english)


def known_columns(kind: Register) -> dict[str, str]:
    """Every way a column may be titled, without diacritics and unit → its code."""
    found: dict[str, str] = {}
    for one in kind.fields.values():
        for title in (one.code, one.name, one.name_en):
            found.setdefault(plain_title(title), one.code)
    for code, name, english, more in (*COMMON, *EVIDENCE):
        for title in (name, english, *more):
            found.setdefault(plain_title(title), code)
        if code not in kind.fields:
            found[code] = code
    return found


def plain_title(title: str) -> str:
    return search_key(_UNIT.sub("", title)).strip(" *:.")


def is_computed(kind: Register, code: str) -> bool:
    return code in kind.fields and kind.fields[code].kind is Kind.RATIO


def word(code: str) -> str:
    """The title of a common column."""
    return next((_title(name, english) for c, name, english, _more in (*COMMON, *EVIDENCE) if c == code), _("Dòng"))
