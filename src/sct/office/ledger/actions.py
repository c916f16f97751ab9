"""Everything that can happen to the ledger: figures are recorded, figures are withdrawn. Nothing else can.

Each action is one transaction with one entry in the log: it happens whole or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Exists, OuterRef
from django.utils import timezone

from sct.catalogue import load
from sct.catalogue.model import Figure, Stage
from sct.errors import UserError
from sct.office.ledger.figures import row_of
from sct.office.ledger.models import Batch, BatchKind, ContestedCell, Observation, Withdrawal
from sct.office.people import audit
from sct.office.people.errors import NotAllowedError, NotVisibleError
from sct.office.people.models import Person, Right
from sct.office.people.progress import Progress, quiet
from sct.office.people.queries import granted, narrowed, require
from sct.words import _

RECORD, WITHDRAW = "ledger.record", "ledger.withdraw"
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class NewBatch:
    """What figures come in together: how, under which name, and the SHA-256 of the file if it is one."""

    kind: BatchKind
    name: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Recorded:
    """The batch, the observations made (in the order of the figures), and how many stood in the ledger already."""

    batch: int
    ids: tuple[int, ...]
    already: int = 0


@transaction.atomic
def record(person: Person, figures: Iterable[Figure], batch: NewBatch, progress: Progress = quiet) -> Recorded:
    """Put figures into the ledger; those that stand there already with the same source are left out.

    Raises `UserError` for a figure that is not declared or was computed, 403/404 errors for an area without the right.
    """
    listed = list(figures)
    _check(person, listed)
    audit.lock()
    now = timezone.now()
    made = Batch(kind=batch.kind, name=batch.name[:255], sha256=batch.sha256, who=person, at=now, count=0)
    rows = [row_of(figure, batch=made, who=person, entered=now) for figure in listed]
    fresh = _fresh(rows)
    made.count = len(fresh)
    made.save()
    for start in range(0, len(fresh), _CHUNK):
        Observation.objects.bulk_create(fresh[start : start + _CHUNK])
        progress(min(start + _CHUNK, len(fresh)), len(fresh))
    _note_contested(made)
    told = {"kind": made.kind, "name": made.name, "sha256": made.sha256, "count": made.count}
    audit.record(person.pk, RECORD, f"batch:{made.pk}", told)
    return Recorded(made.pk, tuple(row.pk for row in fresh), len(rows) - len(fresh))


def _check(person: Person, figures: Sequence[Figure]) -> None:
    catalogue = load()
    for area in {figure.series.area for figure in figures}:
        catalogue.area(area)
        require(person, Right.RECORD, area)
    for indicator, breakdown in {(f.series.indicator, f.series.breakdown) for f in figures}:
        series = f"{indicator}[{breakdown}]" if breakdown else indicator
        if catalogue.resolve(series) != (indicator, breakdown):
            raise UserError("not-a-series", _("Mã này không phải tên một chuỗi số liệu"), value=series)
    for unit in {figure.quantity.unit for figure in figures}:
        if catalogue.unit(unit.code) != unit:
            raise UserError("unknown-unit", _("Đơn vị khác với khai báo"), value=unit.code)
    if any(figure.stage is Stage.COMPUTED for figure in figures):
        raise UserError("computed-figure", _("Số tính được thì không ghi vào sổ"), way_out=_("Ghi các số hạng của nó"))
    if not figures:
        raise UserError("nothing-to-record", _("Không có số liệu nào để ghi"))


def _fresh(rows: list[Observation]) -> list[Observation]:
    """Rows whose content does not stand in the ledger yet."""
    standing: set[str] = set()
    contents = [row.content for row in rows]
    for start in range(0, len(contents), _CHUNK):
        part = Observation.objects.filter(content__in=contents[start : start + _CHUNK], withdrawal__isnull=True)
        standing.update(part.values_list("content", flat=True))
    return [row for row in rows if row.content not in standing]


def _note_contested(batch: Batch) -> None:
    """Note the cells of a batch that now hold more than one value; done by the database in one pass over an index."""
    cells = Observation.objects.filter(batch=batch).values("cell")
    noted = ContestedCell.objects.filter(cell=OuterRef("cell"))
    found = (
        Observation.objects.filter(cell__in=cells)
        .values("cell", "indicator", "area")
        .annotate(different=Count("value", distinct=True))
        .filter(~Exists(noted), different__gt=1)
        .order_by("cell")
    )
    new = [ContestedCell(cell=c["cell"], indicator=c["indicator"], area=c["area"]) for c in found.iterator()]
    ContestedCell.objects.bulk_create(new, batch_size=_CHUNK)


@transaction.atomic
def withdraw(person: Person, ids: Iterable[int] = (), *, batch: int | None = None, why: str) -> int:
    """Take observations (or a whole batch) out of every view from now on; they stay in the history. Returns how many.

    One's own figures need the right to record, another's the right to withdraw.
    """
    if not why.strip():
        raise UserError("no-reason", _("Rút số liệu thì phải nói vì sao"))
    audit.lock()
    rows = Observation.objects.filter(batch=batch) if batch is not None else Observation.objects.filter(pk__in=set(ids))
    found = list(narrowed(person, rows).order_by("pk").select_related("withdrawal"))
    wanted = rows.count() if batch is not None else len(set(ids))
    if not found or len(found) != wanted:
        raise NotVisibleError("not-found", _("Không có số liệu này"))
    _require_withdrawal(person, found)
    standing = [row for row in found if getattr(row, "withdrawal", None) is None]
    if not standing:
        raise UserError("already-withdrawn", _("Số liệu này đã được rút trước đó"))
    now = timezone.now()
    events = [Withdrawal(observation=row, who=person, at=now, why=why.strip()[:500]) for row in standing]
    Withdrawal.objects.bulk_create(events, batch_size=_CHUNK)
    subject = f"withdrawal:{events[0].pk}-{events[-1].pk}"
    audit.record(person.pk, WITHDRAW, subject, {"observations": [event.observation_id for event in events]})
    return len(standing)


def _require_withdrawal(person: Person, rows: Sequence[Observation]) -> None:
    for right, concerned in (
        (Right.RECORD, {row.area for row in rows if row.who_id == person.pk}),
        (Right.WITHDRAW, {row.area for row in rows if row.who_id != person.pk}),
    ):
        areas = granted(person, right)
        if areas is not None and not concerned <= areas:
            raise NotAllowedError(
                "not-allowed", _("Bạn không được rút số liệu này"), way_out=_("Nhờ người đã nhập rút")
            )
