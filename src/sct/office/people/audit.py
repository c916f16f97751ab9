"""The log of actions: a chain of SHA-256 hashes that shows if somebody changed it.

Every action appends one entry inside its own transaction, so an action and its entry stand or fall together.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from sct.office.people import journal
from sct.office.people.append_only import AppendOnly, guarded_models, unguarded
from sct.office.people.models import AuditEntry
from sct.office.people.progress import Progress, quiet
from sct.words import _

GENESIS = "0" * 64
_LOCK = 0x5C7  # one writer of the chain at a time on PostgreSQL; SQLite has one writer anyway

ADOPT = "audit.adopt"


@dataclass(frozen=True, slots=True)
class Verdict:
    """`broken` is the sequence number of the first entry that does not hold, None when all do; `rows` how many rows
    of append-only tables were counted again."""

    entries: int
    broken: int | None = None
    reason: str = ""
    rows: int = 0

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


def append(who: int | None, action: str, subject: str, digest: str, detail: str = "") -> AuditEntry:
    """Add an entry; must be called inside the transaction of the action itself, after its rows are written: it seals
    every append-only row that the transaction has added since its last entry."""
    lock()
    sealed = journal.seal()
    last = AuditEntry.objects.order_by("-sequence").first()
    entry = AuditEntry(
        sequence=last.sequence + 1 if last else 1,
        at=timezone.now(),
        who=who or 0,
        action=action,
        subject=subject,
        digest=digest,
        detail=detail,
        rows=json.dumps([one.as_json() for one in sealed]) if sealed else "",
        previous=last.hash if last else GENESIS,
    )
    entry.hash = _hash(entry)
    entry.save()
    return entry


def record(
    who: int | None, action: str, subject: str, payload: Mapping[str, Any], *, open_: bool = False
) -> AuditEntry:
    """`append` for actions whose payload is small enough to hash here; `open_` ones are kept readable in the log,
    for payloads that tell of nobody."""
    detail = json.dumps(dict(payload), ensure_ascii=False, sort_keys=True, default=str) if open_ and payload else ""
    return append(who, action, subject, digest_of(dict(payload)), detail)


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
    return digest_of([*fields, entry.detail, entry.rows] if entry.detail or entry.rows else fields)


@transaction.atomic
def adopt() -> int:
    """Seal what was recorded before entries sealed rows, once; returns how many rows. Nothing where any seal stands.

    The log then says: these rows were so on this day. What happened to them before cannot be told any more.
    """
    lock()
    if AuditEntry.objects.exclude(rows="").exists():
        return 0
    count = 0
    for model in _sealed_models():
        known = list(model._base_manager.order_by("pk").values_list("pk", flat=True))
        if known:
            journal.add(model._meta.label_lower, known)
            count += len(known)
    if count:
        append(None, ADOPT, "rows", "")
    return count


def verify(progress: Progress = quiet) -> Verdict:
    """Walk the chain from the beginning, count every sealed row again, and look for rows that no entry seals.

    Cutting off the end of the chain cannot be seen from within: keep the last hash elsewhere (`sct backup` writes it
    into the manifest).
    """
    with transaction.atomic():
        naked = unguarded()
        if naked:
            return Verdict(0, 0, _("Bảng mất khóa chống sửa: {tables}").format(tables=", ".join(naked)))
        return _walk(progress)


def _walk(progress: Progress) -> Verdict:
    previous, count = GENESIS, 0
    total = AuditEntry.objects.count()
    sealed: dict[str, list[journal.Span]] = defaultdict(list)
    for entry in AuditEntry.objects.order_by("sequence").iterator(chunk_size=2000):
        reason = _fault(entry, count + 1, previous, sealed)
        if reason:
            return Verdict(count, entry.sequence, reason)
        previous, count = entry.hash, count + 1
        progress(count, total)
    for model in _sealed_models():
        stray = _stray(model, sealed[model._meta.label_lower])
        if stray is not None:
            where = {"table": model._meta.db_table, "n": stray}
            return Verdict(count, 0, _("dòng {n} của bảng {table} không có trong nhật ký").format(**where))
    return Verdict(count, rows=sum(last - first + 1 for spans in sealed.values() for first, last in spans))


def _fault(entry: AuditEntry, expected: int, previous: str, sealed: dict[str, list[journal.Span]]) -> str:
    if entry.sequence != expected:
        return _("thiếu mục {n}").format(n=expected)
    if entry.previous != previous or entry.hash != _hash(entry):
        return _("mục {n} đã bị sửa").format(n=entry.sequence)
    for seal in journal.seals_of(entry.rows):
        sealed[seal.table].extend(seal.spans)
        if not seal.holds:
            return _("dữ liệu của mục {n} ({subject}) đã bị sửa").format(n=entry.sequence, subject=entry.subject)
    return ""


def _sealed_models() -> list[type[AppendOnly]]:
    return [model for model in guarded_models() if model.sealed]


def _stray(model: type[AppendOnly], spans: list[journal.Span]) -> int | None:
    """The first row that no entry seals, None if there is none; rows are only listed when their number is wrong."""
    if model._base_manager.count() == sum(last - first + 1 for first, last in spans):
        return None
    ends = sorted(spans)
    for pk in model._base_manager.order_by("pk").values_list("pk", flat=True).iterator():
        place = bisect_right(ends, (pk, 1 << 62)) - 1
        if place < 0 or pk > ends[place][1]:
            return int(pk)
    return None


def last_hash() -> str:
    """The hash of the newest entry: who keeps it elsewhere can prove that the chain was not cut short."""
    last = AuditEntry.objects.order_by("-sequence").first()
    return last.hash if last else GENESIS
