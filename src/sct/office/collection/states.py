"""The life of a submission as one table: from which states an act leads to which, and by which right.

nháp → đã gửi → (đã duyệt cấp 1 →) đã nhận → đã khóa → mở để đính chính → đã gửi …
          ↘ trả lại ↗
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sct.catalogue import load
from sct.catalogue.forms import Form
from sct.collecting.duties import DIVISION
from sct.office.collection.models import State
from sct.office.people.models import Right
from sct.office.people.queries import Someone, may, may_for

EDITABLE = frozenset({State.DRAFT, State.RETURNED, State.REOPENED})


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that can be done: `levels` are the forms it belongs to, `reason` whether it must be said why."""

    name: str
    sources: frozenset[State]
    target: State
    right: Right
    levels: tuple[int, ...] = (1, 2)
    reason: bool = False


def _act(name: str, sources: set[State], target: State, right: Right, **more: object) -> tuple[str, Act]:
    return name, Act(name, frozenset(sources), target, right, **more)  # type: ignore[arg-type]


# `recall` leads back to where the report was sent from; DRAFT stands for that.
ACTS: Mapping[str, Act] = dict(
    (
        _act("send", set(EDITABLE), State.SENT, Right.FILE),
        _act("recall", {State.SENT}, State.DRAFT, Right.FILE),
        _act("check", {State.SENT}, State.CHECKED, Right.RECEIVE, levels=(2,)),
        _act("receive", {State.SENT}, State.RECEIVED, Right.RECEIVE, levels=(1,)),
        _act("approve", {State.CHECKED}, State.RECEIVED, Right.APPROVE, levels=(2,)),
        _act("return", {State.SENT, State.CHECKED, State.RECEIVED}, State.RETURNED, Right.RECEIVE, reason=True),
        _act("lock", {State.RECEIVED, State.REOPENED}, State.LOCKED, Right.APPROVE),
        _act("reopen", {State.LOCKED}, State.REOPENED, Right.APPROVE, reason=True),
    )
)


@dataclass(frozen=True, slots=True)
class Subject:
    """What rights are asked about: the unit, the area of its figures, the form."""

    unit: str
    area: str
    form: Form

    @property
    def division(self) -> str:
        return self.unit.removeprefix(DIVISION) if self.unit.startswith(DIVISION) else ""


def subject(unit: str, area: str, form: str) -> Subject:
    return Subject(unit, area, load().form(form))


def may_file(person: Someone, about: Subject) -> bool:
    """Fill and send: an area's officer for the area, a division's officer for the own division."""
    if about.division:
        return may_for(person, Right.FILE_OWN, about.area, about.division, named=True)
    return may(person, Right.FILE, about.area)


def may_receive(person: Someone, about: Subject) -> bool:
    return may_for(person, Right.RECEIVE, about.area, about.form.receiver)


def may_see(person: Someone, about: Subject) -> bool:
    """That it exists, its state, and what was sent. A division's report is seen by itself and by who receives it."""
    if about.division:
        receives = may_receive(person, about) or may(person, Right.APPROVE, about.area)
        return may_file(person, about) or receives or may(person, Right.REPORT, about.area)
    return may(person, Right.SEE, about.area)


def _holds(person: Someone, right: Right, about: Subject) -> bool:
    match right:
        case Right.FILE:
            return may_file(person, about)
        case Right.RECEIVE:
            return may_receive(person, about)
        case _:
            return may(person, right, about.area)


def effective(state: State, until: date | None, today: date) -> State:
    """A correction that was not sent by its day is over: the report counts as locked again."""
    return State.LOCKED if state is State.REOPENED and until is not None and until < today else state


def possible(person: Someone, about: Subject, state: State) -> frozenset[str]:
    """The acts this person may do on a submission in this state."""
    return frozenset(
        name
        for name, act in ACTS.items()
        if state in act.sources and about.form.levels in act.levels and _holds(person, act.right, about)
    )


def may_edit(person: Someone, about: Subject, state: State) -> bool:
    return state in EDITABLE and may_file(person, about)
