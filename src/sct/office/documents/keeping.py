"""Letting a finding stand, with the reason, until one of its operands changes; and taking that back."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from sct.errors import UserError
from sct.office.documents.models import Keeping
from sct.office.people import audit
from sct.office.people.errors import NotVisibleError
from sct.office.people.models import Person, Right
from sct.office.people.queries import Someone, narrowed, require
from sct.proofing import Verdict, checks
from sct.words import _

_KEY = re.compile(r"C\d{1,3}-[0-9a-f]{20}")


def kept(person: Someone, keys: Iterable[str]) -> dict[str, Keeping]:
    """The standing keeping of each key that has one, the newest. One query."""
    wanted = list(set(keys))
    rows = narrowed(person, Keeping.objects.filter(key__in=wanted, undoes=None, undone=None))
    return {row.key: row for row in rows.select_related("who").order_by("id")}


@transaction.atomic
def keep(person: Person, key: str, *, check: str, verdict: str, area: str, reason: str) -> Keeping:
    """Let a finding stand: every proofing of people of this area shows it as kept, with the reason.

    Only the fingerprint of the finding is stored, none of its words. Raises `UserError`: no-reason, bad-key.
    """
    audit.lock()
    require(person, Right.RECORD, area)
    if not reason.strip():
        raise UserError("no-reason", _("Giữ nguyên thì phải nói vì sao"))
    if not _KEY.fullmatch(key) or check not in checks() or verdict not in {one.value for one in Verdict}:
        raise UserError("bad-key", _("Không biết phát hiện này"), value=key[:20])
    there = kept(person, [key]).get(key)
    if there is not None:
        return there
    row = Keeping(
        key=key,
        check_code=check,
        verdict=verdict,
        area=area,
        reason=reason.strip()[:500],
        who=person,
        at=timezone.now(),
    )
    row.save()
    _record(person, "documents.keep", row)
    return row


@transaction.atomic
def take_back(person: Person, number: int) -> Keeping:
    """Undo a keeping: the finding is open again. Returns the keeping that was taken back."""
    audit.lock()
    row = narrowed(person, Keeping.objects.filter(pk=number, undoes=None)).first()
    if row is None:
        raise NotVisibleError("not-found", _("Không có mục này"))
    require(person, Right.RECORD, row.area)
    if Keeping.objects.filter(undoes=row).exists():
        raise UserError("already-undone", _("Việc giữ nguyên này đã được hoàn tác"))
    undo = Keeping(
        key=row.key,
        check_code=row.check_code,
        verdict=row.verdict,
        area=row.area,
        who=person,
        at=timezone.now(),
        undoes=row,
    )
    undo.save()
    _record(person, "documents.unkeep", undo)
    return row


def _record(person: Person, action: str, row: Keeping) -> None:
    payload = {
        "key": row.key,
        "check": row.check_code,
        "verdict": row.verdict,
        "area": row.area,
        "reason": row.reason,
        "undoes": row.undoes_id,
    }
    audit.record(person.pk, action, f"keeping:{row.pk}", payload)
