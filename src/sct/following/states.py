"""The state of a matter on a day, computed from its standing (domain-rules §4.2); never typed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from fractions import Fraction

from sct.following.events import Standing
from sct.words import _

SOON = 7  # days before the due date that count as "sắp đến hạn"
ESCALATE_AFTER = 3  # reminders; more of them bring the matter before the leaders' meeting (QĐ 02/QĐ-TCT)


class State(Enum):
    """Trạng thái."""

    UNASSIGNED = "unassigned"
    WAITING = "waiting"
    NOT_STARTED = "not_started"
    RUNNING = "running"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    DONE_IN_TIME = "done_in_time"
    DONE_LATE = "done_late"
    DONE = "done"  # without a due date: never counted as in time
    REGULAR = "regular"
    SUSPENDED = "suspended"
    RECALLED = "recalled"

    @property
    def words(self) -> str:
        return _WORDS[self]()

    @property
    def is_open(self) -> bool:
        return self not in (State.DONE_IN_TIME, State.DONE_LATE, State.DONE, State.RECALLED)


_WORDS = {
    State.UNASSIGNED: lambda: _("chưa giao"),
    State.WAITING: lambda: _("chờ xác nhận"),
    State.NOT_STARTED: lambda: _("chưa đến hạn, chưa thực hiện"),
    State.RUNNING: lambda: _("đang thực hiện"),
    State.DUE_SOON: lambda: _("sắp đến hạn"),
    State.OVERDUE: lambda: _("quá hạn chưa hoàn thành"),
    State.DONE_IN_TIME: lambda: _("hoàn thành đúng hạn"),
    State.DONE_LATE: lambda: _("hoàn thành quá hạn"),
    State.DONE: lambda: _("hoàn thành"),
    State.REGULAR: lambda: _("thường xuyên"),
    State.SUSPENDED: lambda: _("tạm dừng"),
    State.RECALLED: lambda: _("thu hồi"),
}


def state(now: Standing, today: date, *, soon: int = SOON) -> State:
    """The one state of a day. What is finished, recalled or suspended is that first; then dates; then who has it."""
    if now.recalled is not None:
        return State.RECALLED
    if now.done is not None:
        if now.due is None:
            return State.DONE
        return State.DONE_IN_TIME if now.done <= now.due else State.DONE_LATE
    if now.suspended is not None:
        return State.SUSPENDED
    if not now.lead:
        return State.UNASSIGNED
    return _open(now, today, soon)


def _open(now: Standing, today: date, soon: int) -> State:
    if now.due is not None and today > now.due:
        return State.OVERDUE
    if now.due is not None and today >= now.due - timedelta(days=soon):
        return State.DUE_SOON
    if now.accepted is None and now.started is None:
        return State.WAITING
    if now.due is None:
        return State.REGULAR
    return State.RUNNING if now.started is not None else State.NOT_STARTED


def days_late(now: Standing, today: date) -> int:
    """Days past the due date in force: of the end where it is done, of today where it is open; 0 in time."""
    if now.due is None or now.recalled is not None:
        return 0
    if now.done is None and now.suspended is not None:
        return 0
    return max(0, ((now.done or today) - now.due).days)


def escalated(now: Standing, today: date) -> bool:
    """Overdue after more than three reminders: it goes to the next leaders' meeting."""
    return state(now, today) is State.OVERDUE and now.reminders > ESCALATE_AFTER


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts and rates of a set of matters; how each is computed stands beside it.

    `in_time_rate` is done in time ÷ (done in time + done late + overdue): what should be done by now. Regular work,
    and work without a due date, is in no rate.
    """

    total: int
    by_state: dict[State, int]

    @property
    def open(self) -> int:
        return sum(count for kind, count in self.by_state.items() if kind.is_open)

    def of(self, kind: State) -> int:
        return self.by_state.get(kind, 0)

    @property
    def in_time_rate(self) -> Fraction | None:
        """In %, None where nothing had to be done yet."""
        in_time = self.of(State.DONE_IN_TIME)
        due = in_time + self.of(State.DONE_LATE) + self.of(State.OVERDUE)
        return Fraction(in_time * 100, due) if due else None


def counts(found: Iterable[State]) -> Counts:
    by_state: dict[State, int] = {}
    total = 0
    for kind in found:
        by_state[kind] = by_state.get(kind, 0) + 1
        total += 1
    return Counts(total, by_state)
