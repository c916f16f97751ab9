"""Milestones (mốc): when a state was to be reached, as a date field of the entry tells, and when it was.

Which field belongs to which state is declared (`planned` of a state). The days late are counted to the day it was
reached, else to the day asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sct.catalogue.histories import Event, Snapshot, spans
from sct.catalogue.registers import Register, State


@dataclass(frozen=True, slots=True)
class Milestone:
    """One state with its planned and its actual day.

    `passed` without `actual`: a later state was reached, nobody noted when this one was. `found`: it was only found
    so on `actual`. `late` is in days, negative before the plan; None where nothing can be told yet.
    """

    state: State
    planned: date | None
    actual: date | None
    passed: bool
    found: bool = False
    precision: int = 10
    late: int | None = None


def milestones(register: Register, events: Iterable[Event], day: date) -> list[Milestone]:
    """The declared milestones of a life on a day, in the order of the states; [] where the register declares none."""
    wanted = [state for state in register.states.values() if state.planned]
    if not wanted:
        return []
    life = spans(register, (event for event in events if event.valid <= day))
    return [_one(state, [span.snapshot for span in life], register, day) for state in wanted] if life else []


def _one(state: State, life: list[Snapshot], register: Register, day: date) -> Milestone:
    text = life[-1][state.planned]
    planned = date.fromisoformat(text) if text else None
    reached = next((one for one in life if one.state == state.code), None)
    if reached is not None:
        known = not reached.found and reached.precision == 10
        late = (reached.since - planned).days if planned and known else None
        return Milestone(state, planned, reached.since, True, reached.found, reached.precision, late)
    passed = any(register.states[one.state].rank > state.rank for one in life if not register.states[one.state].ended)
    overdue = (day - planned).days if planned and not passed and day > planned else None
    return Milestone(state, planned, None, passed, late=overdue)


def next_planned(register: Register, snapshot: Snapshot) -> tuple[State, date] | None:
    """The nearest milestone ahead of a state that has a planned day."""
    rank = register.states[snapshot.state].rank
    for state in register.states.values():
        if state.planned and state.rank > rank and snapshot[state.planned]:
            return state, date.fromisoformat(snapshot[state.planned])
    return None
