"""A plan amended on one page (điều chỉnh kế hoạch): what was changed there, and only that, makes a further version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from sct.catalogue import load
from sct.catalogue.model import Comparator, Transformation
from sct.errors import UserError
from sct.following.rhythm import Rhythm
from sct.office.people.models import Person
from sct.office.plans import queries
from sct.office.plans.actions import NewTarget, NewVersion, amend
from sct.office.plans.importing import number_of
from sct.office.plans.models import Target, Version
from sct.planning.aims import Nature
from sct.vietnamese.write import write_number
from sct.words import _

TOLD = (Comparator.EQ, Comparator.GE, Comparator.LE, Comparator.GT, Comparator.LT, Comparator.APPROX)


def same_as(row: Target) -> NewTarget:
    """A target as it stands, to be told anew."""
    factor = load().unit(row.unit).factor
    ends = [Fraction(text) / factor for text in (row.low, row.high) if text]
    series = f"{row.indicator}[{row.breakdown}]" if row.breakdown else row.indicator
    return NewTarget(
        code=row.code,
        value=ends[0] if ends else None,
        high=ends[1] if row.comparator == Comparator.RANGE.value else None,
        unit=row.unit,
        comparator=Comparator(row.comparator),
        decimals=row.decimals,
        name=row.name,
        indicator=series,
        period=row.period,
        area=row.area,
        transformation=Transformation(row.transformation),
        nature=Nature(row.nature),
        ceiling=row.ceiling,
        owner=row.owner,
        rhythm=Rhythm(row.rhythm),
        whole=row.whole,
    )


def fields_of(row: Target) -> dict[str, str]:
    """What the page shows of a target, as a person types it."""
    now = same_as(row)
    ends = [write_number(end, row.decimals) if end is not None else "" for end in (now.value, now.high)]
    comparator = Comparator.EQ if now.comparator is Comparator.RANGE else now.comparator
    return {"gia_tri": ends[0], "den": ends[1], "so_sanh": comparator.value, "chu_tri": row.owner}


def _changed(row: Target, given: Mapping[str, str]) -> NewTarget | None:
    """The target as the page tells it now; None where it says what stands, or was not shown."""
    if f"gia_tri-{row.code}" not in given:
        return None
    now, shown = same_as(row), fields_of(row)
    if given.get(f"bo-{row.code}"):
        return replace(now, drops=True)
    told = {name: given.get(f"{name}-{row.code}", "").strip() for name in shown}
    if told == shown:
        return None
    if not told["gia_tri"]:
        raise UserError("no-value", _("Chỉ tiêu chưa có giá trị"), value=row.name, way_out=_("Ghi số, hoặc chọn Bỏ"))
    value, decimals = number_of(told["gia_tri"])
    high = number_of(told["den"]) if told["den"] else None
    return replace(
        now,
        value=value,
        high=high[0] if high else None,
        decimals=max(decimals, high[1] if high else 0),
        comparator=next((one for one in TOLD if one.value == told["so_sanh"]), Comparator.EQ),
        owner=told["chu_tri"],
        clause=given.get("dieu_khoan", "").strip(),
    )


def amend_from(person: Person, plan_id: int, given: Mapping[str, str]) -> Version:
    """The amendment of a form: fields are named by the codes of the targets; what was left as it stands stays out."""
    plan = queries.plan_row(person, plan_id)
    changed = [new for row in queries.in_force(plan) if (new := _changed(row, given)) is not None]
    if not given.get("van_ban", "").strip() or not given.get("ngay_ban_hanh", "").strip():
        raise UserError(
            "no-paper", _("Bản điều chỉnh phải có văn bản và ngày ban hành"), way_out=_("Ghi số, trích yếu và ngày")
        )
    document = given.get("tai_lieu", "")
    version = NewVersion(
        given.get("cap_giao", ""),
        given.get("van_ban", ""),
        url=given.get("nguon", ""),
        decided=given.get("ngay_ban_hanh", "").strip(),
        note=given.get("ghi_chu", ""),
        document=int(document) if document.isdecimal() and document.isascii() else None,
    )
    return amend(person, plan.pk, version, changed)
