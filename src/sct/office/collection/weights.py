"""Weights of July 2025 that a person recorded: which share of an old district's values belongs to each new commune.

Every recording is a version: the newest of an area and indicator holds, over what declarations/weights says; the older
ones stay. Shares are fractions that add up to 1 exactly; an empty version takes the weights out of force.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.db import transaction
from django.utils import timezone

from sct.catalogue import load
from sct.catalogue.forms import Weight
from sct.collecting.boundaries import Sides, sides
from sct.errors import UserError
from sct.office.collection.models import Weighting
from sct.office.people import audit
from sct.office.people.models import Person, Right
from sct.office.people.queries import Someone, may, require
from sct.vietnamese.write import write_number
from sct.words import _

WEIGH = "collection.weigh"
ALL = "*"


@dataclass(frozen=True, slots=True)
class Standing:
    """One area that was divided: the areas that share it, and the weights in force, {} for none."""

    area: str
    others: tuple[str, ...]
    shares: Mapping[str, Fraction]
    source: str = ""


def both() -> Sides:
    return sides(load(), load().home)


def in_force() -> tuple[Weight, ...]:
    """All weights that hold: those recorded here before those declared. One query."""
    newest: dict[tuple[str, str], Weighting] = {}
    for row in Weighting.objects.order_by("id"):
        newest[row.area, row.indicator] = row
    declared = [w for w in load().weights if (w.source_area, w.indicator) not in newest]
    recorded = [
        Weight(area, target, Fraction(share), row.source, indicator)
        for (area, indicator), row in newest.items()
        for target, share in row.shares.items()
    ]
    return (*declared, *recorded)


def standings(indicator: str = ALL) -> list[Standing]:
    """Every area that touches more than one of the other side, old ones first, with its weights for an indicator."""
    found: list[Standing] = []
    held = [weight for weight in in_force() if weight.indicator == indicator]
    sides_ = both()
    for area in (*sides_.old, *sides_.new):
        others = tuple(sorted(sides_.touching.get(area.key, ()), key=lambda key: load().areas[key].name))
        if len(others) > 1:
            mine = [weight for weight in held if weight.source_area == area.key]
            shares = {weight.target_area: weight.share for weight in mine}
            found.append(Standing(area.key, others, shares, mine[0].source if mine else ""))
    return found


def may_weigh(person: Someone) -> bool:
    return may(person, Right.APPROVE, load().home)


def versions(area: str, indicator: str = ALL) -> list[Weighting]:
    """All that was recorded for an area, newest first."""
    return list(Weighting.objects.filter(area=area, indicator=indicator).order_by("-id").select_related("who"))


def record(person: Person, area: str, shares: Mapping[str, str], source: str, indicator: str = ALL) -> Weighting:
    """A new version of an area's weights; `shares` are percents as typed ("35,5"), none at all ends the weights.

    Raises 403 without the right, `UserError` naming what is wrong: an area that does not touch, a share that is no
    number, shares that do not add up to 100, no source.
    """
    require(person, Right.APPROVE, load().home)
    given = {key: text.strip() for key, text in shares.items() if text.strip()}
    if indicator != ALL:
        load().indicator(indicator)
    others = both().touching.get(area, frozenset())
    strange = [key for key in given if key not in others]
    if strange or len(others) < 2:
        raise UserError("not-touching", _("Hai địa bàn không có phần đất chung"), value=(strange or [area])[0])
    if not source.strip():
        raise UserError(
            "no-source", _("Trọng số phải có nguồn"), way_out=_("Ghi số, ngày văn bản hoặc biên bản rà soát")
        )
    made = {key: _share(text, load().areas[key].name) for key, text in given.items()}
    total = sum(made.values(), Fraction(0))
    if made and total != 1:
        raise UserError(
            "weights-not-whole",
            _("Các phần phải cộng đúng 100%"),
            value=f"{percent(total)}%",
            way_out=_("còn thiếu {n}%").format(n=percent(1 - total))
            if total < 1
            else _("đang thừa {n}%").format(n=percent(total - 1)),
        )
    with transaction.atomic():
        audit.lock()
        row = Weighting.objects.create(
            area=area,
            indicator=indicator,
            shares={key: str(share) for key, share in made.items()},
            source=source.strip()[:500],
            who=person,
            at=timezone.now(),
        )
        told = {"area": area, "indicator": indicator, "shares": row.shares, "source": row.source}
        audit.record(person.pk, WEIGH, f"weighting:{row.pk}", told, open_=True)
    return row


_PERCENT = re.compile(r"\d{1,3}(?:,\d{1,6})?")


def _share(text: str, name: str) -> Fraction:
    """35,5 (with or without the sign) → 71/200."""
    plain = text.replace(" ", "").removesuffix("%")
    if not _PERCENT.fullmatch(plain):
        raise UserError(
            "bad-number",
            _("Không đọc được phần của {name}").format(name=name),
            value=text,
            expected=_("số phần trăm, dấu phẩy thập phân; ví dụ 35,5"),
        )
    return Fraction(plain.replace(",", ".")) / 100


def percent(share: Fraction) -> str:
    """A share as people write it: 35,5."""
    return write_number(share * 100, 4).rstrip("0").rstrip(",")
