"""Quy trình ISO 9001: steps with limits in working days; where a file stands, how late (domain-rules §4.6).

Time in which a file lies with its applicant, who owes papers, is not the office's: where the procedure says so, it
counts in no limit. `docs/why/procedures.md` has the arithmetic with a worked example.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
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
    waiting_counts: bool = False  # whether days with the applicant count in the limits

    def holds(self, day: date) -> bool:
        """Whether a file may begin under it on a day."""
        return self.first <= day <= self.last


def declared_rows() -> dict[str, dict[str, object]]:
    """The procedures as they are declared today, by code: what a file keeps of the one it begins under."""
    return {code: dict(row) for code, row in declared.merged("procedures", lambda row: str(row["code"])).items()}


def load_procedures() -> dict[str, Procedure]:
    """The declared procedures by code."""
    return {code: procedure_of(row) for code, row in declared_rows().items()}


def procedure_of(row: Mapping[str, object]) -> Procedure:
    """A procedure from its declaration, of today or as a file keeps it."""
    given: dict[str, object] = dict(row)
    name = "name_en" if language() == "en" else "name"
    steps, objectives = given["steps"], given.get("objectives", [])
    assert isinstance(steps, list) and isinstance(objectives, list)
    return Procedure(
        code=str(given["code"]),
        number=str(given["number"]),
        version=int(str(given["version"])),
        name=str(given[name]),
        steps=tuple(Step(s["code"], s[name], s["days"], s["who"], tuple(s.get("forms", ()))) for s in steps),
        objectives=tuple(Objective(o["code"], o[name], o["measure"], Fraction(str(o["least"]))) for o in objectives),
        first=date.fromisoformat(str(given.get("from", date.min))),
        last=date.fromisoformat(str(given.get("until", date.max))),
        waiting_counts=bool(given.get("waiting_counts", False)),
    )


@dataclass(frozen=True, slots=True)
class Wait:
    """Chờ bổ sung: the file was sent back to its applicant on a day; `until` the day the papers came, None: not yet."""

    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Walked:
    """One step of a file: the day it began to count, its last day, the day it was done (None: not yet)."""

    step: Step
    began: date
    due: date
    done: date | None
    late: int  # working days past its last day, until it was done or until today; days with the applicant left out
    waited: int = 0  # working days that lay with the applicant and count in no limit


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file stands: steps walked and to come. `due` is the last day of the whole as promised when opened, moved
    on by what was waited for; `waiting` since when it lies with its applicant."""

    steps: tuple[Walked, ...]
    due: date
    finished: date | None
    late: int
    waiting: date | None = None

    @property
    def now(self) -> Walked | None:
        """The step it waits at; None once it is finished."""
        return next((one for one in self.steps if one.done is None), None)

    @property
    def waited(self) -> int:
        return sum(one.waited for one in self.steps)


def place(
    procedure: Procedure,
    opened: date,
    done: Sequence[date],
    today: date,
    holidays: Holidays,
    *,
    waits: Sequence[Wait] = (),
) -> Place:
    """A file opened on a day whose first steps were done on the days `done`. A step begins when the one before is done;
    those to come are reckoned from the later of the due day of the step at hand and today. `waits` stand in the order
    in which they were, none begins before the one before has ended, and no step is done within one."""
    open_wait = waits[-1].since if waits and waits[-1].until is None else None
    spans = ((one.since, one.until or max(today, one.since)) for one in waits)
    stopped: tuple[Span, ...] = () if procedure.waiting_counts else tuple(spans)
    steps: list[Walked] = []
    began = opened
    for index, step in enumerate(procedure.steps):
        day = done[index] if index < len(done) else None
        at_hand = index == len(done)
        inside = [one for one in stopped if _inside(one, began, day)] if day or at_hand else []
        end = day or (today if at_hand else None)
        walked = _walked(step, (began, day, end), inside, holidays)
        steps.append(walked)
        began = day or (max(walked.due, today) if at_hand else walked.due)
    finished = done[-1] if len(done) == len(procedure.steps) else None
    whole = replace(procedure.steps[0], days=sum(step.days for step in procedure.steps))
    all_of = _walked(whole, (opened, finished, finished or today), stopped, holidays)
    return Place(tuple(steps), all_of.due, finished, all_of.late, None if finished else open_wait)


Span = tuple[date, date]


def _inside(wait: Span, began: date, done: date | None) -> bool:
    return wait[0] >= began and wait[1] > began and (done is None or wait[1] <= done)


def _walked(
    step: Step, days: tuple[date, date | None, date | None], waits: Sequence[Span], holidays: Holidays
) -> Walked:
    """A wait that begins in time moves the last day on by its working days; one that begins too late stops the count of
    days late, and mends none. `days`: when it began, when it was done, until when days are told (None: its last day).
    """
    began, done, end = days
    due, waited, late_waits = after(began, step.days, holidays), 0, 0
    for since, until in waits:
        lay = between(since, until, holidays)
        if since <= due:
            waited += lay
            due = after(began, step.days + waited, holidays)
        else:
            late_waits += lay
    late = max(0, between(due, end or due, holidays) - late_waits)
    return Walked(step, began, due, done, late, waited + late_waits)


def measured(objective: Objective, places: Iterable[Place], today: date) -> Fraction | None:
    """The rate in percent of the files of a year; None where nothing is to be measured yet.

    `in_time` is told of the files that are finished or past their last day; one that lies with its applicant is
    neither until its papers come.
    """
    told = list(places)
    if objective.measure == "finished":
        good, all_of = sum(one.finished is not None for one in told), len(told)
    else:
        ended = [one for one in told if one.finished or one.late]
        good, all_of = sum(one.finished is not None and not one.late for one in ended), len(ended)
    return Fraction(100 * good, all_of) if all_of else None
