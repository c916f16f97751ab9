"""What people do with marks: a unit scores itself, a verifier verifies; a slip is one more mark."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from sct.errors import UserError
from sct.following.emulation import Cluster, Criterion, CriterionKind, load_criteria
from sct.office.documents import attaching
from sct.office.emulation import queries
from sct.office.emulation.models import Mark, Stage
from sct.office.people import audit
from sct.office.people.errors import NotAllowedError
from sct.office.people.models import Person
from sct.words import _


@dataclass(frozen=True, slots=True)
class Given:
    """Points given for a criterion, number and day of the paper that shows them, a remark, papers attached."""

    points: Decimal
    evidence: str = ""
    note: str = ""
    papers: tuple[attaching.Given, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """Phiếu chấm: whose and of which year."""

    area: str
    year: int
    unit: str
    cluster: Cluster


def score(person: Person, card: Card, given: Mapping[str, Given]) -> int:
    """The unit's own marks; 403 for another unit, refused where the criterion has been verified. How many changed."""
    queries.require_visible(person, card.area, card.unit)
    if not queries.is_own(person, card.area, card.unit):
        raise NotAllowedError("not-own-unit", _("Chỉ đơn vị tự chấm điểm của mình"))
    return _keep(person, card, Stage.OWN, given)


def verify(person: Person, card: Card, given: Mapping[str, Given]) -> int:
    """The verified marks; 403 for who may not verify, and for everybody in the own unit. How many changed."""
    queries.require_visible(person, card.area, card.unit)
    if not queries.may_verify(person, card.area, card.unit):
        raise NotAllowedError("may-not-verify", _("Bạn không thẩm định được điểm của đơn vị này"))
    return _keep(person, card, Stage.VERIFIED, given)


@transaction.atomic
def _keep(person: Person, card: Card, stage: Stage, given: Mapping[str, Given]) -> int:
    audit.lock()
    criteria = load_criteria()
    now = queries.marks(person, card.area, card.year).get(card.unit, {})
    rows = []
    for code, one in given.items():
        before = now.get((code, stage))
        same = before and (before.points, before.evidence, before.note) == (one.points, one.evidence, one.note)
        if same and not one.papers:
            continue
        _check(criteria.get(code), code, card, stage, one)
        if stage is Stage.OWN and (code, Stage.VERIFIED) in now:
            what = _("Tiêu chí đã thẩm định, đơn vị không chấm lại được")
            raise UserError(
                "verified-already", what, value=criteria[code].name, way_out=_("Đề nghị người thẩm định sửa")
            )
        if stage is Stage.VERIFIED:
            _with_reason(criteria[code], now.get((code, Stage.OWN)), one)
        rows.append(
            Mark(
                area=card.area,
                year=card.year,
                unit=card.unit,
                criterion=code,
                stage=stage,
                points=one.points,
                evidence=one.evidence[:300],
                note=one.note[:300],
                who=person,
                at=timezone.now(),
            )
        )
    if rows:
        for row in Mark.objects.bulk_create(rows):
            attaching.attach(person, card.area, row, given[row.criterion].papers)
        told = {row.criterion: str(row.points) for row in rows}
        subject = f"emulation:{card.area}:{card.year}"
        audit.record(person.pk, f"emulation.{stage.value}", subject, {"unit": card.unit, "points": told})
    return len(rows)


def _with_reason(criterion: Criterion, own: Mark | None, one: Given) -> None:
    """A verified mark that is not the unit's own is explained to the unit."""
    if own is not None and own.points != one.points and not one.note.strip():
        raise UserError(
            "no-reason",
            _("Điểm thẩm định khác điểm tự chấm mà chưa nói vì sao"),
            value=f"{criterion.name}: {own.points} → {one.points}",
            way_out=_("Ghi lý do vào ô ghi chú"),
        )


def _check(criterion: Criterion | None, code: str, card: Card, stage: Stage, one: Given) -> None:
    if criterion is None or not criterion.holds(card.year, card.cluster):
        raise UserError("no-such-criterion", _("Không có tiêu chí này trong năm"), value=code)
    if criterion.kind is CriterionKind.MINUS:
        raise UserError("counted", _("Điểm trừ này được đếm từ sổ, không gõ tay"), value=criterion.name)
    if not 0 <= one.points <= criterion.most or one.points != round(one.points, 2):
        raise UserError(
            "points-out-of-range",
            _("Điểm nằm ngoài thang của tiêu chí"),
            value=f"{criterion.name}: {one.points}",
            expected=_("từ 0 đến {most}, nhiều nhất hai chữ số thập phân").format(most=criterion.most),
        )
    if stage is Stage.OWN and criterion.evidence and one.points and not (one.evidence.strip() or one.papers):
        raise UserError(
            "no-evidence",
            _("Điểm tự chấm phải có văn bản chứng minh"),
            value=criterion.name,
            way_out=_("Ghi số và ngày văn bản, hoặc kèm tệp"),
        )
