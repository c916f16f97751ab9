"""Between rows and the pure functions of `sct.following`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import date, timedelta

from django.db.models import Case, CharField, F, Q, Value, When

from sct.following.events import Event, EventKind, ResultClass, Standing, standing
from sct.following.states import ESCALATE_AFTER, SOON, State, state
from sct.office.matters.models import NEVER, Happening, Matter

_COLUMNS = tuple(field.name for field in fields(Standing))


def event_of(row: Happening) -> Event:
    return Event(
        kind=EventKind(row.kind),
        on=row.on,
        order=row.pk,
        lead=row.lead,
        due=row.due,
        result=ResultClass(row.result) if row.result else None,
        satisfied=row.satisfied,
        percent=row.percent,
    )


def standing_rows(rows: Iterable[Happening]) -> list[Happening]:
    """Happenings that nobody took back; the takings back themselves left out."""
    listed = list(rows)
    undone = {row.undoes_id for row in listed if row.undoes_id}
    return [row for row in listed if not row.undoes_id and row.pk not in undone]


def told_by(rows: Iterable[Happening]) -> Standing:
    """What a matter's happenings add up to."""
    return standing(event_of(row) for row in standing_rows(rows))


def of_row(row: Matter) -> Standing:
    """The standing as the matter's own columns repeat it."""
    values = {name: getattr(row, name) for name in _COLUMNS}
    values["result"] = ResultClass(row.result) if row.result else None
    return Standing(**values)


def write(row: Matter, now: Standing) -> list[str]:
    """Put a standing into the columns; returns their names for `save(update_fields=…)`."""
    for name in _COLUMNS:
        value = getattr(now, name)
        setattr(
            row, name, value.value if isinstance(value, ResultClass) else (value or "") if name == "lead" else value
        )
    row.result = now.result.value if now.result else ""
    row.closed, row.order = now.done is not None or now.recalled is not None, now.due or NEVER
    return [*_COLUMNS, "closed", "order"]


def state_of(row: Matter, today: date) -> State:
    return state(of_row(row), today)


def in_state(kind: State, today: date, *, soon: int = SOON) -> Q:
    """The same question as `sct.following.state`, asked of the database; a property test holds them together."""
    return _conditions(today, soon)[kind]


def _conditions(today: date, soon: int) -> dict[State, Q]:
    live = Q(recalled__isnull=True, done__isnull=True)
    held = live & Q(suspended__isnull=True)
    given = held & ~Q(lead="")
    edge = today + timedelta(days=soon)
    later = given & (Q(due__isnull=True) | Q(due__gt=edge))
    known = later & (Q(accepted__isnull=False) | Q(started__isnull=False))
    finished = Q(recalled__isnull=True, done__isnull=False)
    return {
        State.RECALLED: Q(recalled__isnull=False),
        State.DONE: finished & Q(due__isnull=True),
        State.DONE_IN_TIME: finished & Q(due__isnull=False, done__lte=F("due")),
        State.DONE_LATE: finished & Q(due__isnull=False, done__gt=F("due")),
        State.SUSPENDED: live & Q(suspended__isnull=False),
        State.UNASSIGNED: held & Q(lead=""),
        State.OVERDUE: given & Q(due__lt=today),
        State.DUE_SOON: given & Q(due__gte=today, due__lte=edge),
        State.WAITING: later & Q(accepted__isnull=True, started__isnull=True),
        State.REGULAR: known & Q(due__isnull=True),
        State.RUNNING: known & Q(due__isnull=False, started__isnull=False),
        State.NOT_STARTED: known & Q(due__isnull=False, started__isnull=True),
    }


def state_now(today: date, *, soon: int = SOON) -> Case:
    """The state of each row as a word; the questions of `_conditions` in an order in which each is a short one."""
    chain = (
        (Q(recalled__isnull=False), State.RECALLED),
        (Q(done__isnull=False, due__isnull=True), State.DONE),
        (Q(done__lte=F("due")), State.DONE_IN_TIME),
        (Q(done__isnull=False), State.DONE_LATE),
        (Q(suspended__isnull=False), State.SUSPENDED),
        (Q(lead=""), State.UNASSIGNED),
        (Q(due__lt=today), State.OVERDUE),
        (Q(due__lte=today + timedelta(days=soon)), State.DUE_SOON),
        (Q(accepted__isnull=True, started__isnull=True), State.WAITING),
        (Q(due__isnull=True), State.REGULAR),
        (Q(started__isnull=False), State.RUNNING),
    )
    whens = [When(asked, then=Value(kind.value)) for asked, kind in chain]
    return Case(*whens, default=Value(State.NOT_STARTED.value), output_field=CharField())


def is_open() -> Q:
    return Q(closed=False)


def is_escalated(today: date) -> Q:
    return in_state(State.OVERDUE, today) & Q(reminders__gt=ESCALATE_AFTER)
