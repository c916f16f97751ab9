"""Reads of files, narrowed to areas: all of them for who oversees, else those with a step of the own division."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sct.catalogue import load
from sct.following.procedures import Objective, Place, Procedure, Walked, load_procedures, measured, place
from sct.office.people.errors import NotVisibleError
from sct.office.people.models import Right
from sct.office.people.queries import Someone, may, narrowed, units_of
from sct.office.procedures.models import File, FileEvent
from sct.words import _


@dataclass(frozen=True, slots=True)
class Line:
    """A file and where it stands on a day."""

    row: File
    procedure: Procedure
    place: Place
    events: tuple[FileEvent, ...]

    @property
    def is_late(self) -> bool:
        """Past its own last day, or past that of the step at hand."""
        return bool(self.place.late) or (self.place.now is not None and bool(self.place.now.late))


def division_name(code: str) -> str:
    found = load().divisions.get(code)
    return found.name if found else code


def _own(person: Someone) -> list[str]:
    """Codes of the procedures with a step of the person's own division."""
    units = units_of(person)
    told = load_procedures().values()
    return [one.code for one in told if any(division_name(step.who) in units for step in one.steps)]


def _standing(events: Iterable[FileEvent]) -> list[FileEvent]:
    listed = list(events)
    undone = {one.undoes_id for one in listed if one.undoes_id}
    return [one for one in listed if not one.undoes_id and one.pk not in undone]


def _line(row: File, today: date) -> Line:
    procedure = load_procedures()[row.procedure]
    events = _standing(sorted(row.events.all(), key=lambda one: one.pk))
    return Line(
        row, procedure, place(procedure, row.opened, [one.on for one in events], today, load().holidays), tuple(events)
    )


def files(person: Someone, area: str, today: date, *, year: int | None = None, code: str = "") -> list[Line]:
    """The files of an area one may see, newest first. Two queries."""
    rows = narrowed(person, File.objects.filter(area=area)).order_by("-opened", "-pk").prefetch_related("events")
    if not may(person, Right.OVERSEE, area):
        rows = rows.filter(procedure__in=_own(person))
    if year is not None:
        rows = rows.filter(opened__year=year)
    if code:
        rows = rows.filter(procedure=code)
    known = load_procedures()
    return [_line(row, today) for row in rows if row.procedure in known]


def file(person: Someone, number: int, today: date) -> Line:
    """One file; raises `NotVisibleError` (404)."""
    row = narrowed(person, File.objects.filter(pk=number)).first()
    if row is None or row.procedure not in load_procedures():
        raise NotVisibleError("not-found", _("Không có hồ sơ này"), value=number)
    if not may(person, Right.OVERSEE, row.area) and row.procedure not in _own(person):
        raise NotVisibleError("not-found", _("Không có hồ sơ này"), value=number)
    return _line(row, today)


def _does(person: Someone, area: str, who: str) -> bool:
    own = division_name(who) in units_of(person) and may(person, Right.ANSWER, area)
    return own or may(person, Right.PLAN, area)


def may_open(person: Someone, area: str, procedure: Procedure) -> bool:
    """A file is opened by the division of the first step, or by who plans."""
    return _does(person, area, procedure.steps[0].who)


def may_do(person: Someone, area: str, step: Walked | None) -> bool:
    """A step is done by the division it is declared for, or recorded by who plans."""
    return step is not None and _does(person, area, step.step.who)


@dataclass(frozen=True, slots=True)
class Reached:
    """An objective of a procedure and what the files of the year give."""

    procedure: Procedure
    objective: Objective
    files: int
    rate: Fraction | None

    @property
    def met(self) -> bool | None:
        return None if self.rate is None else self.rate >= self.objective.least


def objectives(lines: Iterable[Line], today: date) -> list[Reached]:
    """Every declared objective against the files given (those of one year)."""
    by_code: dict[str, list[Place]] = {}
    for line in lines:
        by_code.setdefault(line.row.procedure, []).append(line.place)
    return [
        Reached(one, goal, len(by_code.get(one.code, ())), measured(goal, by_code.get(one.code, ()), today))
        for one in load_procedures().values()
        for goal in one.objectives
    ]
