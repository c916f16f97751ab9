"""From the rows of a received version to the registers: what differs becomes an event, an added row an entry.

The events stand on the day the period closes, as found on that day, with the report as their source.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sct.catalogue.forms import STATE, Table, entry_of
from sct.catalogue.histories import AREA, NAME, Event, on
from sct.catalogue.registers import register
from sct.collecting.duties import Duty
from sct.collecting.entries import changes
from sct.collecting.filling import Values, rows_of
from sct.office.collection.models import Posting, Submission, Version
from sct.office.people.models import Person
from sct.office.registers import actions as registers
from sct.office.registers.actions import Draft, NewBatch, standing
from sct.office.registers.models import BatchKind
from sct.office.registers.models import Event as Row
from sct.words import _


def enter(person: Person, duty: Duty, row: Submission, version: Version, today: date) -> dict[str, Any] | None:
    """Record what the tables of a version say that the registers do not; None where nothing is new.

    Gives the batches of events by register, and which entry each added row has become. Raises the register's own
    errors: a step its life does not allow, a right that is lacking.
    """
    entries = _entries(row)
    batches: dict[str, int] = {}
    for table in duty.form.tables:
        if not table.register or table.column_of(NAME) is None:
            continue
        made, number = _enter_table(person, duty, version, (table, entries), today)
        entries |= made
        if number:
            batches[table.register] = number
    return {"batches": batches, "entries": entries} if batches else None


def _enter_table(
    person: Person, duty: Duty, version: Version, of: tuple[Table, dict[str, int]], today: date
) -> tuple[dict[str, int], int]:
    table, entries = of
    kind = register(table.register)
    fresh: list[tuple[str, Draft]] = []
    additions: list[tuple[int, Draft]] = []
    rows = {row: entry_of(row) or entries.get(f"{table.code}.{row}", 0) for row in rows_of(table, version.values)}
    lives = standing({number for number in rows.values() if number})
    day = min(duty.form.closes(duty.period), today)
    for row, number in rows.items():
        life = lives.get(number, [])
        draft = _draft(duty, version, _changed(duty, (table, row), version.values, life), day)
        if draft is None:
            continue
        if life:
            additions.append((number, draft))
        else:
            fresh.append((f"{table.code}.{row}", draft))
    if not fresh and not additions:
        return {}, 0
    batch = NewBatch(BatchKind.FORM, _title(duty, version))
    done = registers.record(person, kind, [[draft] for _row, draft in fresh], batch, additions=additions)
    return dict(zip((row for row, _draft in fresh), done.entries, strict=False)), done.batch


def _changed(duty: Duty, at: tuple[Table, str], values: Values, life: list[Event]) -> dict[str, str]:
    """What a row changes. An entry that is kept under an old area of the unit's comes to the unit's own."""
    table, row = at
    snapshot = on(register(table.register), life, date.max) if life else None
    known = {**snapshot.values, STATE: snapshot.state} if snapshot else {}
    found = changes(table, row, values, known)
    if known.get(AREA, "") != duty.unit.area and (found or life):
        found[AREA] = duty.unit.area
    return found


def _draft(duty: Duty, version: Version, changed: dict[str, str], day: date) -> Draft | None:
    if not changed:
        return None
    state = changed.pop(STATE, "")
    title = _title(duty, version)
    return Draft(valid=day, state=state, values=changed, source=title, document=title, found=bool(state))


def _title(duty: Duty, version: Version) -> str:
    number = _("lần gửi {n}").format(n=version.number)
    return f"{duty.form.number} {duty.period.code}, {duty.unit.name}, {number}"


def _entries(row: Submission) -> dict[str, int]:
    """Which entries the added rows of earlier versions have become."""
    found: dict[str, int] = {}
    for told in _told(row):
        found |= told["entries"]
    return found


def _told(row: Submission) -> Iterator[dict[str, Any]]:
    rows = Posting.objects.filter(submission=row, registered__isnull=False).order_by("id")
    for told in rows.values_list("registered", flat=True):
        assert told is not None
        yield told


def withdraw(person: Person, row: Submission, why: str) -> int:
    """Take what a submission put into the registers out of every view; it stays in the history."""
    count = 0
    for told in reversed(list(_told(row))):
        for batch in told["batches"].values():
            if Row.objects.filter(batch=batch, withdrawal__isnull=True).exists():
                count += registers.withdraw(person, batch=batch, why=why)
    return count
