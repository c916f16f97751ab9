"""What people type in forms of plans, as the plan keeps it: names of indicators, areas, units and periods."""

from __future__ import annotations

from functools import lru_cache

from sct.catalogue import Catalogue, load
from sct.errors import UserError
from sct.vietnamese.periods import Period
from sct.vietnamese.text import search_key
from sct.words import _


def series_name(series: str) -> str:
    """The name by which people choose an indicator (with its breakdown); empty for none."""
    return load().name_of(*load().resolve(series)) if series else ""


def series_names() -> list[str]:
    """Every indicator that a target can stand on, by name."""
    catalogue = load()
    return sorted({catalogue.name_of(code, "") for code in catalogue.indicators})


@lru_cache(maxsize=2)
def _by_name(catalogue: Catalogue) -> dict[str, str]:
    named = {search_key(alias.text): _series(alias.code, alias.breakdown) for alias in catalogue.aliases}
    for one in {(alias.code, alias.breakdown) for alias in catalogue.aliases}:
        named[search_key(catalogue.name_of(*one))] = _series(*one)
    return named | {search_key(catalogue.name_of(code, "")): code for code in catalogue.indicators}


def _series(code: str, breakdown: str) -> str:
    return f"{code}[{breakdown}]" if breakdown else code


def indicator_of(text: str) -> str:
    """The series of a name, an alias or a code; empty for no text: a target in words."""
    told = text.strip()
    if not told or told in load().indicators:
        return told
    found = _by_name(load()).get(search_key(told))
    if found is None:
        raise UserError(
            "unknown-indicator",
            _("Không có chỉ tiêu mang tên này trong danh mục"),
            value=told,
            way_out=_("Chọn một tên trong danh sách, hoặc để trống thì là chỉ tiêu bằng lời"),
        )
    return found


def area_of(text: str) -> str:
    """The key of an area by its name."""
    return load().area_named(text.strip()).key


def unit_of(text: str, what: str) -> str:
    """The code of a unit by its name."""
    wanted = text.strip().lower()
    for code, unit in load().units.items():
        if wanted in (unit.name.lower(), code):
            return code
    raise UserError("unknown-unit", _("Đơn vị tính chưa được khai báo"), value=f"{what}: {text}", expected="%, tỷ USD")


def period_of(text: str, what: str) -> str:
    """The code of a period as typed (2026, 2026-Q1, 2026/2030); `what` names the row."""
    told = text.strip()
    if not told:
        raise UserError("no-period", _("Chưa rõ kỳ của chỉ tiêu"), value=what, expected="2026, 2026/2030")
    try:
        return Period.parse(told).code
    except (UserError, ValueError) as error:
        place = f"{what}: {told}"
        raise UserError("bad-period", _("Kỳ viết chưa đúng"), value=place, expected="2026, 2026/2030") from error


def free_code(series: str, taken: set[str]) -> str:
    """A code that no target of a plan has had."""
    stem = series.replace("[", "-").replace("]", "").replace("_", "-").replace(":", "-").lower()[:50] or "loi"
    stem = "".join(sign for sign in stem if sign.isascii() and (sign.isalnum() or sign == "-"))
    number, code = 1, stem
    while code in taken:
        number += 1
        code = f"{stem}-{number}"
    return code
