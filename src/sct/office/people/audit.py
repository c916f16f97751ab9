"""The log of actions: a chain of SHA-256 hashes that shows if somebody changed it.

Every action appends one entry inside its own transaction, so an action and its entry stand or fall together.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from sct.office.people.append_only import unguarded
from sct.office.people.models import AuditEntry
from sct.words import _

GENESIS = "0" * 64
_LOCK = 0x5C7  # one writer of the chain at a time on PostgreSQL; SQLite has one writer anyway

Recount = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """`broken` is the sequence number of the first entry that does not hold, None when all do."""

    entries: int
    broken: int | None = None
    reason: str = ""

    @property
    def holds(self) -> bool:
        return not self.reason


def digest_of(payload: object) -> str:
    """SHA-256 of the canonical JSON of a payload."""
    text = json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def lock() -> None:
    """Be the only writer until the transaction ends; an action that first looks and then writes takes it first."""
    assert connection.in_atomic_block, "an action and its log entry are one transaction"
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def append(who: int | None, action: str, subject: str, digest: str) -> AuditEntry:
    """Add an entry; must be called inside the transaction of the action itself."""
    lock()
    last = AuditEntry.objects.order_by("-sequence").first()
    entry = AuditEntry(
        sequence=last.sequence + 1 if last else 1,
        at=timezone.now(),
        who=who or 0,
        action=action,
        subject=subject,
        digest=digest,
        previous=last.hash if last else GENESIS,
    )
    entry.hash = _hash(entry)
    entry.save()
    return entry


def record(who: int | None, action: str, subject: str, payload: Mapping[str, Any]) -> AuditEntry:
    """`append` for actions whose payload is small enough to hash here."""
    return append(who, action, subject, digest_of(dict(payload)))


def _hash(entry: AuditEntry) -> str:
    at: datetime = entry.at
    fields = [
        entry.sequence,
        at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.who,
        entry.action,
        entry.subject,
        entry.digest,
        entry.previous,
    ]
    return digest_of(fields)


def verify(recounts: Mapping[str, Recount] | None = None) -> Verdict:
    """Walk the chain from the beginning and name the first entry that does not hold.

    `recounts` maps an action to a function that computes its digest anew from the rows of the subject, so that a
    changed row is found as well as a changed log. Cutting off the end of the chain cannot be seen from within:
    keep the last hash elsewhere (`sct backup` writes it into the manifest).
    """
    with transaction.atomic():
        naked = unguarded()
        if naked:
            return Verdict(0, 0, _("Bảng mất khóa chống sửa: {tables}").format(tables=", ".join(naked)))
        return _walk(recounts or {})


def _walk(recounts: Mapping[str, Recount]) -> Verdict:
    previous, count = GENESIS, 0
    for entry in AuditEntry.objects.order_by("sequence").iterator(chunk_size=2000):
        reason = _fault(entry, count + 1, previous, recounts)
        if reason:
            return Verdict(count, entry.sequence, reason)
        previous, count = entry.hash, count + 1
    return Verdict(count)


def _fault(entry: AuditEntry, expected: int, previous: str, recounts: Mapping[str, Recount]) -> str:
    if entry.sequence != expected:
        return _("thiếu mục {n}").format(n=expected)
    if entry.previous != previous or entry.hash != _hash(entry):
        return _("mục {n} đã bị sửa").format(n=entry.sequence)
    recount = recounts.get(entry.action)
    if recount and recount(entry.subject) != entry.digest:
        return _("dữ liệu của mục {n} ({subject}) đã bị sửa").format(n=entry.sequence, subject=entry.subject)
    return ""


def last_hash() -> str:
    """The hash of the newest entry: who keeps it elsewhere can prove that the chain was not cut short."""
    last = AuditEntry.objects.order_by("-sequence").first()
    return last.hash if last else GENESIS


def subjects(action: str) -> set[str]:
    """The subjects of all entries of one action."""
    return set(AuditEntry.objects.filter(action=action).values_list("subject", flat=True))
