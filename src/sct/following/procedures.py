"""Quy trình ISO 9001: steps with limits in working days; where a file stands, how late (domain-rules §4.6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sct import declared
from sct.catalogue.forms import Holiday
from sct.catalogue.workdays import after, between
from sct.words import language

Holidays = Mapping[date, Holiday]


@dataclass(frozen=True, slots=True)
class Step:
    """Bước: `days` are working days counted from the day after the step before; `who` is a division's code."""

    code: str
    name: str
    days: int
    who: str
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Objective:
    """Mục tiêu chất lượng: at least so many percent in a year, measured on the files themselves."""

    code: str
    name: str
    measure: str  # in_time | finished
    least: Fraction


@dataclass(frozen=True, slots=True)
class Procedure:
    """Quy trình in one version."""

    code: str
    number: str
    version: int
    name: str
    steps: tuple[Step, ...]
    objectives: tuple[Objective, ...] = ()
    first: date = date.min
    last: date = date.max

    def holds(self, day: date) -> bool:
        """Whether a file may begin under it on a day."""
        return self.first <= day <= self.last


def load_procedures() -> dict[str, Procedure]:
    """The declared procedures by code."""
    rows = declared.merged("procedures", lambda row: str(row["code"]))
    return {code: _procedure(code, row) for code, row in rows.items()}


def _procedure(code: str, row: Mapping[str, object]) -> Procedure:
    given: dict[str, object] = dict(row)
    name = "name_en" if language() == "en" else "name"
    steps, objectives = given["steps"], given.get("objectives", [])
    assert isinstance(steps, list) and isinstance(objectives, list)
    return Procedure(
        code=code,
        number=str(given["number"]),
        version=int(str(given["version"])),
        name=str(given[name]),
        steps=tuple(Step(s["code"], s[name], s["days"], s["who"], tuple(s.get("forms", ()))) for s in steps),
        objectives=tuple(Objective(o["code"], o[name], o["measure"], Fraction(str(o["least"]))) for o in objectives),
        first=date.fromisoformat(str(given.get("from", date.min))),
        last=date.fromisoformat(str(given.get("until", date.max))),
    )


@dataclass(frozen=True, slots=True)
class Walked:
    """One step of a file: the day it began to count, its last day, the day it was done (None: not yet)."""

    step: Step
    began: date
    due: date
    done: date | None
    late: int  # working days past its last day, until it was done or until today


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file stands: steps walked and to come. `due` is the last day of the whole as promised when opened."""

    steps: tuple[Walked, ...]
    due: date
    finished: date | None
    late: int

    @property
    def now(self) -> Walked | None:
        """The step it waits at; None once it is finished."""
        return next((one for one in self.steps if one.done is None), None)


def place(procedure: Procedure, opened: date, done: Sequence[date], today: date, holidays: Holidays) -> Place:
    """A file opened on a day whose first steps were done on the days `done`. A step begins when the one before is done;
    those to come are reckoned from the later of the due day of the step at hand and today."""
    steps: list[Walked] = []
    began = opened
    for index, step in enumerate(procedure.steps):
        due = after(began, step.days, holidays)
        day = done[index] if index < len(done) else None
        at_hand = index == len(done)
        end = day or (today if at_hand else due)
        steps.append(Walked(step, began, due, day, between(due, end, holidays)))
        began = day or (max(due, today) if at_hand else due)
    promised = after(opened, sum(step.days for step in procedure.steps), holidays)
    finished = done[-1] if len(done) == len(procedure.steps) else None
    return Place(tuple(steps), promised, finished, between(promised, finished or today, holidays))


def measured(objective: Objective, places: Iterable[Place], today: date) -> Fraction | None:
    """The rate in percent of the files of a year; None where nothing is to be measured yet."""
    told = list(places)
    if objective.measure == "finished":
        good, all_of = sum(one.finished is not None for one in told), len(told)
    else:
        ended = [one for one in told if one.finished or one.due < today]
        good, all_of = sum(one.finished is not None and one.finished <= one.due for one in ended), len(ended)
    return Fraction(100 * good, all_of) if all_of else None
