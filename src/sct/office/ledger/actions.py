"""Everything that can happen to the ledger: figures are recorded, figures are withdrawn. Nothing else can.

Each action is one transaction with one entry in the log: it happens whole or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Sized
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Count, Exists, OuterRef
from django.utils import timezone

from sct.catalogue import load
from sct.catalogue.model import Figure, Stage
from sct.errors import UserError
from sct.office.ledger.figures import FILLED, values_of
from sct.office.ledger.models import Batch, BatchKind, ContestedCell, Observation, Withdrawal
from sct.office.people import audit
from sct.office.people.errors import NotAllowedError, NotVisibleError
from sct.office.people.models import Person, Right
from sct.office.people.pouring import pour, reserve
from sct.office.people.progress import Progress, quiet
from sct.office.people.queries import granted, narrowed, require
from sct.vietnamese.quantities import Unit
from sct.words import _

RECORD, WITHDRAW = "ledger.record", "ledger.withdraw"
_CHUNK = 500
_POURED = 5_000  # figures that are in memory as rows at once
_COLUMNS = ("batch_id", "who_id", "entered", *FILLED)


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
def record(
    person: Person, figures: Iterable[Figure], batch: NewBatch, progress: Progress = quiet, count: int = 0
) -> Recorded:
    """Put figures into the ledger; those that stand there already with the same source are left out.

    They are taken a few thousand at a time, so `figures` may be made as they are asked for; `count` says then how many
    there will be, for the progress. Raises `UserError` for a figure that is not declared or was computed, 403/404
    errors for an area without the right.
    """
    audit.lock()
    now, (number,), check = timezone.now(), reserve(Batch, 1), _Check(person)
    ids: list[int] = []
    seen, rest = 0, iter(figures)
    count = count or (len(figures) if isinstance(figures, Sized) else 0)
    while part := list(islice(rest, _POURED)):
        check(part)
        seen += len(part)
        fresh = _fresh([values_of(figure) for figure in part], number)
        ids += pour(Observation, _COLUMNS, [(number, person.pk, now, *values) for values in fresh])
        progress(min(seen, count), count)
    if not seen:
        raise UserError("nothing-to-record", _("Không có số liệu nào để ghi"))
    made = Batch(pk=number, kind=batch.kind, name=batch.name[:255], sha256=batch.sha256, who=person, at=now)
    made.count = len(ids)
    made.save()
    _note_contested(made)
    told = {"kind": made.kind, "name": made.name, "sha256": made.sha256, "count": made.count}
    audit.record(person.pk, RECORD, f"batch:{made.pk}", told)
    return Recorded(made.pk, tuple(ids), seen - len(ids))


class _Check:
    """Whether a person may record figures, and whether they are declared; each area, series and unit is asked once."""

    def __init__(self, person: Person) -> None:
        self._person = person
        self._areas: set[str] = set()
        self._series: set[tuple[str, str]] = set()
        self._units: set[Unit] = set()

    def __call__(self, figures: Sequence[Figure]) -> None:
        """Raises `UserError`, 403/404 errors for an area without the right."""
        catalogue = load()
        for area in {figure.series.area for figure in figures} - self._areas:
            catalogue.area(area)
            require(self._person, Right.RECORD, area)
            self._areas.add(area)
        for one in {(f.series.indicator, f.series.breakdown) for f in figures} - self._series:
            series = f"{one[0]}[{one[1]}]" if one[1] else one[0]
            if catalogue.resolve(series) != one:
                raise UserError("not-a-series", _("Mã này không phải tên một chuỗi số liệu"), value=series)
            self._series.add(one)
        for unit in {figure.quantity.unit for figure in figures} - self._units:
            if catalogue.unit(unit.code) != unit:
                raise UserError("unknown-unit", _("Đơn vị khác với khai báo"), value=unit.code)
            self._units.add(unit)
        if any(figure.stage is Stage.COMPUTED for figure in figures):
            what, way_out = _("Số tính được thì không ghi vào sổ"), _("Ghi các số hạng của nó")
            raise UserError("computed-figure", what, way_out=way_out)


def _fresh(rows: list[tuple[Any, ...]], batch: int) -> list[tuple[Any, ...]]:
    """Rows whose content does not stand in the ledger yet; the batch under way is not asked."""
    held = Observation.objects.filter(content__among=[row[-1] for row in rows], withdrawal__isnull=True)
    standing = set(held.exclude(batch=batch).values_list("content", flat=True))
    return [row for row in rows if row[-1] not in standing]


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
    told = narrowed(person, rows).order_by("pk").values_list("pk", "area", "who_id", "withdrawal__pk")
    found = [_Held(*one) for one in told.iterator()]
    wanted = rows.count() if batch is not None else len(set(ids))
    if not found or len(found) != wanted:
        raise NotVisibleError("not-found", _("Không có số liệu này"))
    _require_withdrawal(person, found)
    standing = [row.pk for row in found if row.withdrawal is None]
    if not standing:
        raise UserError("already-withdrawn", _("Số liệu này đã được rút trước đó"))
    now = timezone.now()
    events = [(number, person.pk, now, why.strip()[:500]) for number in standing]
    keys = pour(Withdrawal, ("observation_id", "who_id", "at", "why"), events)
    audit.record(person.pk, WITHDRAW, f"withdrawal:{keys[0]}-{keys[-1]}", {"observations": standing})
    return len(standing)


class _Held(NamedTuple):
    """What withdrawing asks of an observation."""

    pk: int
    area: str
    who_id: int
    withdrawal: int | None


def _require_withdrawal(person: Person, rows: Sequence[_Held]) -> None:
    for right, concerned in (
        (Right.RECORD, {row.area for row in rows if row.who_id == person.pk}),
        (Right.WITHDRAW, {row.area for row in rows if row.who_id != person.pk}),
    ):
        areas = granted(person, right)
        if areas is not None and not concerned <= areas:
            raise NotAllowedError(
                "not-allowed", _("Bạn không được rút số liệu này"), way_out=_("Nhờ người đã nhập rút")
            )
