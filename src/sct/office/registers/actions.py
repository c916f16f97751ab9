"""Everything that can happen to a register: events are recorded, events are withdrawn. Nothing else can.

Each action is one transaction with one entry in the log. The spans are brought up to date inside it, so that a list is
right at once; `rebuild` makes them anew from the events at any time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from django.db import transaction
from django.utils import timezone

from sct.catalogue.histories import AREA, BUILT_IN, NAME, check, moves
from sct.catalogue.histories import Event as Told
from sct.catalogue.registers import Kind, Register, load_registers, register
from sct.errors import UserError
from sct.office.people import audit
from sct.office.people.errors import NotAllowedError, NotVisibleError
from sct.office.people.models import Person, Right
from sct.office.people.progress import Progress, quiet
from sct.office.people.queries import granted, require, roles
from sct.office.registers.models import Batch, BatchKind, Entry, Event, EventWithdrawal, Span
from sct.office.registers.reading import area_of, span_rows, told
from sct.office.registers.rollup import feeders, given, owners, with_given
from sct.words import _

RECORD, WITHDRAW, REBUILD = "registers.record", "registers.withdraw", "registers.rebuild"
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Draft:
    """One event to be recorded, with values already in canonical text (`register_values.parse`)."""

    valid: date
    state: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    decision: str = ""
    decided: date | None = None
    signer: str = ""
    document: str = ""
    source: str = ""
    published: str = ""
    note: str = ""
    precision: int = 10
    found: bool = False

    def told(self) -> Told:
        return Told(
            valid=self.valid,
            state=self.state,
            values=self.values,
            decision=self.decision,
            decided=self.decided,
            signer=self.signer,
            document=self.document,
            source=self.source,
            found=self.found,
            precision=self.precision,
        )


@dataclass(frozen=True, slots=True)
class NewBatch:
    kind: BatchKind
    name: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Recorded:
    """The batch, and the entries made or changed, in the order given."""

    batch: int
    entries: tuple[int, ...]
    events: int


# -- recording ------------------------------------------------------------------------------------------------


@transaction.atomic
def create(
    person: Person, kind: Register, lives: Iterable[Sequence[Draft]], batch: NewBatch, progress: Progress = quiet
) -> Recorded:
    """New entries, each with its first events: name, area and a state among them. All or none."""
    return record(person, kind, lives, batch, progress=progress)


@transaction.atomic
def record(
    person: Person,
    kind: Register,
    lives: Iterable[Sequence[Draft]],
    batch: NewBatch,
    *,
    additions: Sequence[tuple[int, Draft]] = (),
    progress: Progress = quiet,
) -> Recorded:
    """New entries and further events of entries that are there, as one batch: all or none, undone together."""
    listed = [list(life) for life in lives]
    if not listed and not additions:
        raise UserError("nothing-to-record", _("Không có hồ sơ nào để ghi"))
    for life in listed:
        check_new(person, kind, life)
    audit.lock()
    _check_additions(person, kind, additions)
    made = _batch(person, kind, batch, sum(len(life) for life in listed) + len(additions))
    entries = Entry.objects.bulk_create([Entry(register=kind.code, batch=made) for _life in listed], batch_size=_CHUNK)
    rows = [_row(made, entry.pk, draft) for entry, life in zip(entries, listed, strict=True) for draft in life]
    fresh: dict[int, list[Told]] = defaultdict(list)
    rows += [_row(made, number, draft) for number, draft in additions]
    _store(made, rows, progress)
    new = {entry.pk for entry in entries}
    for row in rows:
        if row.entry_id in new:
            fresh[row.entry_id].append(told(row))
    _store_spans(kind, fresh)
    touched = {number for number, _draft in additions}
    refresh(kind, touched)
    _refresh_owners(owners(kind, new))
    payload = {"register": made.register, "kind": made.kind, "name": made.name, "count": made.count}
    audit.record(person.pk, RECORD, f"register-batch:{made.pk}", payload)
    return Recorded(made.pk, (*(entry.pk for entry in entries), *sorted(touched)), len(rows))


def check_new(person: Person, kind: Register, life: Sequence[Draft]) -> None:
    """Whether a new entry may be recorded so; raises the error that `record` would raise."""
    values: dict[str, str] = {}
    for draft in life:
        values.update(draft.values)
    if not values.get(NAME):
        raise UserError("no-name", _("Hồ sơ phải có tên"))
    if not any(draft.state for draft in life):
        raise UserError("no-state", _("Hồ sơ phải có trạng thái"), value=values[NAME])
    for one in kind.fields.values():
        if one.required and not values.get(one.code):
            raise UserError("missing-value", _("Thiếu «{name}»").format(name=one.told), value=values[NAME])
    known: list[Told] = []
    for draft in life:
        _check_draft(person, kind, draft)
        event = draft.told()
        check(kind, known, event)
        known.append(event)


def _check_draft(person: Person, kind: Register, draft: Draft) -> None:
    mine = roles(person)
    if kind.edit and not mine & set(kind.edit):
        raise NotAllowedError("not-allowed", _("Bạn không được ghi vào sổ «{name}»").format(name=kind.told))
    for code in draft.values:
        if code in BUILT_IN:
            continue
        one = kind.fields.get(code)
        if one is None or one.kind is Kind.RATIO:
            raise UserError("unknown-field", _("Sổ «{name}» không có mục này").format(name=kind.told), value=code)
        if any(some and not mine & set(some) for some in (one.see, one.edit)):
            raise NotAllowedError("not-allowed", _("Bạn không được sửa mục «{name}»").format(name=one.told))
    if AREA in draft.values:
        area = draft.values[AREA]
        if area_of(area) is None:
            raise UserError("unknown-area", _("Không có địa bàn này"), value=area)
        require(person, Right.RECORD, area)
    if draft.valid > timezone.localdate():
        raise UserError(
            "future-event",
            _("Ngày hiệu lực chưa tới"),
            value=f"{draft.valid:%d-%m-%Y}",
            way_out=_("Ghi vào ngày đó; mốc dự kiến thì ghi ở mục riêng của nó"),
        )


@transaction.atomic
def add(person: Person, entry: int, draft: Draft, kind: BatchKind = BatchKind.FORM) -> Recorded:
    """One more event of an entry, entered now, valid on whichever day it says."""
    found = Entry.objects.filter(pk=entry).first()
    if found is None:
        raise NotVisibleError("not-found", _("Không có hồ sơ này"))
    return record(person, register(found.register), (), NewBatch(kind), additions=[(entry, draft)])


def _check_additions(person: Person, kind: Register, given: Sequence[tuple[int, Draft]]) -> None:
    wanted = {number for number, _draft in given}
    lives = standing(wanted)
    mine = Entry.objects.filter(pk__in=wanted, register=kind.code).count() if wanted else 0
    if set(lives) != wanted or mine != len(wanted):
        raise NotVisibleError("not-found", _("Không có hồ sơ này"))
    for number, draft in given:
        check_addition(person, kind, lives[number], draft)
        lives[number] = [*lives[number], draft.told()]


def check_addition(person: Person, kind: Register, life: list[Told], draft: Draft) -> None:
    """Whether an entry with such a life may have this event too."""
    areas = {event.values[AREA] for event in life if event.values.get(AREA)}
    for area in areas:
        require(person, Right.RECORD, area)
    _check_draft(person, kind, draft)
    if not draft.state and not draft.values and not (draft.note or draft.document or draft.decision):
        raise UserError("nothing-changed", _("Chưa có gì thay đổi để ghi"))
    if draft.values.get(NAME, "x") == "":
        raise UserError("no-name", _("Hồ sơ phải có tên"))
    check(kind, life, draft.told())


def _batch(person: Person, kind: Register, batch: NewBatch, count: int) -> Batch:
    made = Batch(register=kind.code, kind=batch.kind, name=batch.name[:255], sha256=batch.sha256)
    made.who, made.at, made.count = person, timezone.now(), count
    made.save()
    return made


def _row(batch: Batch, entry: int, draft: Draft) -> Event:
    return Event(
        entry_id=entry,
        batch=batch,
        who_id=batch.who_id,
        entered=batch.at,
        valid=draft.valid,
        valid_precision=draft.precision,
        found=draft.found,
        state=draft.state,
        values=dict(draft.values),
        decision=draft.decision[:120],
        decided=draft.decided,
        signer=draft.signer[:150],
        document=draft.document[:500],
        source=draft.source[:1000],
        published=draft.published,
        note=draft.note[:500],
    )


def _store(batch: Batch, rows: list[Event], progress: Progress) -> None:
    for start in range(0, len(rows), _CHUNK):
        Event.objects.bulk_create(rows[start : start + _CHUNK])
        progress(min(start + _CHUNK, len(rows)), len(rows))


# -- withdrawing ----------------------------------------------------------------------------------------------


@transaction.atomic
def withdraw(person: Person, ids: Iterable[int] = (), *, batch: int | None = None, why: str) -> int:
    """Take events (or a whole batch) out of every view from now on; they stay in the history. Returns how many.

    One's own events need the right to record, another's the right to withdraw. What comes after must still stand.
    """
    if not why.strip():
        raise UserError("no-reason", _("Rút thì phải nói vì sao"))
    audit.lock()
    rows = Event.objects.filter(batch=batch) if batch is not None else Event.objects.filter(pk__in=set(ids))
    found = list(rows.filter(withdrawal__isnull=True).select_related("entry").order_by("pk"))
    if not found:
        raise NotVisibleError("not-found", _("Không có biến động này, hoặc đã rút"))
    of = register(found[0].entry.register)
    _require_withdrawal(person, found)
    _check_what_is_left(of, found)
    now = timezone.now()
    events = [EventWithdrawal(event=row, who=person, at=now, why=why.strip()[:500]) for row in found]
    EventWithdrawal.objects.bulk_create(events, batch_size=_CHUNK)
    refresh(of, {row.entry_id for row in found})
    subject = f"register-withdrawal:{events[0].pk}-{events[-1].pk}"
    audit.record(person.pk, WITHDRAW, subject, {"events": [event.event_id for event in events]})
    return len(found)


def _require_withdrawal(person: Person, rows: Sequence[Event]) -> None:
    lives = standing({row.entry_id for row in rows})
    for row in rows:
        right = Right.RECORD if row.who_id == person.pk else Right.WITHDRAW
        areas = granted(person, right)
        if areas is None:
            continue
        mine = {event.values[AREA] for event in lives[row.entry_id] if event.values.get(AREA)}
        visible = granted(person) or frozenset()
        if not mine & visible:
            raise NotVisibleError("not-found", _("Không có hồ sơ này"))
        if not mine <= areas:
            raise NotAllowedError(
                "not-allowed", _("Bạn không được rút biến động này"), way_out=_("Nhờ người đã ghi rút")
            )


def _check_what_is_left(kind: Register, rows: Sequence[Event]) -> None:
    gone = {row.pk for row in rows}
    for entry, life in standing({row.entry_id for row in rows}).items():
        left = [event for event in life if event.number not in gone]
        for event, origin in moves(kind, left):
            if origin and kind.way(origin, event.state) is None:
                raise UserError(
                    "withdrawal-breaks",
                    _("Rút thì bước «{b}» ngày {day} không còn đứng được").format(
                        b=kind.states[event.state].told, day=f"{event.valid:%d-%m-%Y}"
                    ),
                    value=entry,
                    way_out=_("Rút bước đó trước"),
                )


# -- the read model -------------------------------------------------------------------------------------------


def standing(entries: Iterable[int]) -> dict[int, list[Told]]:
    """The events of entries that are not withdrawn."""
    lives: dict[int, list[Told]] = {}
    wanted = sorted(entries)
    for start in range(0, len(wanted), _CHUNK):
        rows = Event.objects.filter(entry__in=wanted[start : start + _CHUNK], withdrawal__isnull=True)
        for row in rows.order_by("entry_id", "valid", "pk"):
            lives.setdefault(row.entry_id, []).append(told(row))
    return lives


def refresh(kind: Register, entries: Iterable[int]) -> None:
    """Work out the spans of entries anew."""
    wanted = sorted(entries)
    for start in range(0, len(wanted), _CHUNK):
        part = wanted[start : start + _CHUNK]
        theirs = owners(kind, part)
        Span.objects.filter(entry__in=part).delete()
        _store_spans(kind, standing(part))
        for code, numbers in owners(kind, part).items():
            theirs[code] |= numbers
        _refresh_owners(theirs)


def _refresh_owners(theirs: Mapping[str, set[int]]) -> None:
    """The entries that others belong to are worked out anew too."""
    for code, numbers in theirs.items():
        refresh(register(code), numbers)


def _store_spans(kind: Register, lives: Mapping[int, Sequence[Told]]) -> None:
    lists = given(kind, lives) if feeders(kind) else {}
    full = {entry: with_given(life, lists[entry]) if entry in lists else life for entry, life in lives.items()}
    rows = (row for entry, life in full.items() for row in span_rows(kind, entry, life))
    while part := list(islice(rows, 2 * _CHUNK)):
        Span.objects.bulk_create(part)


@transaction.atomic
def rebuild(code: str = "", progress: Progress = quiet, by: int | None = None) -> int:
    """Throw the spans of a register (of all) away and make them again from the events; returns how many entries.

    Nothing recorded is touched; the log tells who did it (`by` a person's number).
    """
    if code:
        register(code)
    audit.lock()
    done = 0
    for one in sorted(
        load_registers().values(), key=lambda kind: bool(feeders(kind))
    ):  # lists before what they give to
        if code in ("", one.code):
            numbers = list(Entry.objects.filter(register=one.code).values_list("pk", flat=True))
            Span.objects.filter(register=one.code).delete()
            for start in range(0, len(numbers), _CHUNK):
                _store_spans(one, standing(numbers[start : start + _CHUNK]))
                progress(min(start + _CHUNK, len(numbers)), len(numbers))
            _refresh_owners({} if not code else owners(one, numbers))
            done += len(numbers)
    audit.record(by, REBUILD, f"register:{code}" if code else "registers", {"entries": done})
    return done
