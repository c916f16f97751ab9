"""What a mended field may be: every value is checked against the catalogue before it is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sct.catalogue import Catalogue
from sct.catalogue.model import Comparator
from sct.errors import UserError
from sct.vietnamese.periods import Period
from sct.words import _

MEASURES = ("level", "growth_pct", "change_abs", "contribution_pp", "share_pct", "multiple", "index", "plan_pct")
STATUSES = ("actual", "estimate", "plan", "forecast")

Check = Callable[[Catalogue, str], dict[str, str]]


def _indicator(catalogue: Catalogue, value: str) -> dict[str, str]:
    code, breakdown = catalogue.resolve(value)
    return {"indicator": code, "breakdown": breakdown}


def _breakdown(catalogue: Catalogue, value: str) -> dict[str, str]:
    return {"breakdown": catalogue.member(value).code if value else ""}


def _area(catalogue: Catalogue, value: str) -> dict[str, str]:
    area = catalogue.area(value)
    return {"area_key": area.key, "area": area.name}


def _period(name: str) -> Check:
    return lambda _catalogue, value: {name: Period.parse(value).code if value else ""}


def _one_of(name: str, allowed: tuple[str, ...]) -> Check:
    def check(_catalogue: Catalogue, value: str) -> dict[str, str]:
        if value not in allowed:
            raise UserError(
                "unknown-word", _("Giá trị không có trong danh sách"), value=value, expected=", ".join(allowed)
            )
        return {name: value}

    return check


CHECKS: Mapping[str, Check] = {
    "indicator": _indicator,
    "breakdown": _breakdown,
    "area_key": _area,
    "period": _period("period"),
    "baseline": _period("baseline"),
    "measure": _one_of("measure", MEASURES),
    "status": _one_of("status", STATUSES),
    "comparator": _one_of("comparator", tuple(c.value for c in Comparator if c is not Comparator.RANGE)),
}
