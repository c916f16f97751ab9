"""Reads of files, narrowed to areas: all of them for who oversees, else those with a step of the own division."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from django.db.models import Q

from sct.catalogue import load
from sct.following.procedures import (
    Objective,
    Place,
    Procedure,
    Wait,
    Walked,
    load_procedures,
    measured,
    place,
    procedure_of,
)
from sct.office.documents import attaching
from sct.office.documents.models import Attachment
from sct.office.people.errors import NotVisibleError
from sct.office.people.models import Right
from sct.office.people.queries import Someone, may, narrowed, units_of
from sct.office.procedures.models import Edition, EventKind, File, FileEvent
from sct.words import _


@dataclass(frozen=True, slots=True)
class Line:
    """A file and where it stands on a day."""

    row: File
    procedure: Procedure
    place: Place
    events: tuple[FileEvent, ...]
    papers: dict[int, list[Attachment]] = field(default_factory=dict)  # by event; told of one file, not in lists

    def event_of(self, step: str) -> FileEvent | None:
        """The event that finished a step."""
        return next((one for one in self.events if one.step == step and one.kind == EventKind.DONE), None)

    @property
    def is_late(self) -> bool:
        """Past its own last day, or past that of the step at hand."""
        return bool(self.place.late) or (self.place.now is not None and bool(self.place.now.late))


def division_name(code: str) -> str:
    found = load().divisions.get(code)
    return found.name if found else code


def _has_step(procedure: Procedure, units: frozenset[str]) -> bool:
    return any(division_name(step.who) in units for step in procedure.steps)


def _own(person: Someone) -> Q:
    """The files with a step of the person's own division, under the edition that each began with. One query."""
    units = units_of(person)
    codes = [one.code for one in load_procedures().values() if _has_step(one, units)]
    own = [row.pk for row in Edition.objects.all() if _has_step(procedure_of(row.declared), units)] if units else []
    return Q(edition__in=own) | Q(edition=None, procedure__in=codes)


def _standing(events: Iterable[FileEvent]) -> list[FileEvent]:
    listed = list(events)
    undone = {one.undoes_id for one in listed if one.undoes_id}
    return [one for one in listed if not one.undoes_id and one.pk not in undone]


def _waits(events: Iterable[FileEvent]) -> list[Wait]:
    found: list[Wait] = []
    for one in events:
        if one.kind == EventKind.RETURNED:
            found.append(Wait(one.on))
        elif one.kind == EventKind.RECEIVED and found:
            found[-1] = Wait(found[-1].since, one.on)
    return found


def _lines(rows: Iterable[File], today: date) -> list[Line]:
    """Where files stand, each under its own edition. One query beside that of the rows."""
    listed = list(rows)
    editions = Edition.objects.in_bulk({row.edition_id for row in listed if row.edition_id})
    kept = {number: procedure_of(one.declared) for number, one in editions.items()}
    declared = load_procedures() if any(row.edition_id is None for row in listed) else {}
    holidays, found = load().holidays, []
    for row in listed:
        procedure = kept[row.edition_id] if row.edition_id else declared.get(row.procedure)
        if procedure is None:  # from before editions, and declared no more
            continue
        events = _standing(sorted(row.events.all(), key=lambda one: one.pk))
        done = [one.on for one in events if one.kind == EventKind.DONE]
        there = place(procedure, row.opened, done, today, holidays, waits=_waits(events))
        found.append(Line(row, procedure, there, tuple(events)))
    return found


def files(person: Someone, area: str, today: date, *, year: int | None = None, code: str = "") -> list[Line]:
    """The files of an area one may see, newest first. Three queries, for a division four."""
    rows = narrowed(person, File.objects.filter(area=area)).order_by("-opened", "-pk").prefetch_related("events")
    if not may(person, Right.OVERSEE, area):
        rows = rows.filter(_own(person))
    if year is not None:
        rows = rows.filter(opened__year=year)
    if code:
        rows = rows.filter(procedure=code)
    return _lines(rows, today)


def file(person: Someone, number: int, today: date) -> Line:
    """One file with its papers; raises `NotVisibleError` (404)."""
    rows = narrowed(person, File.objects.filter(pk=number)).prefetch_related("events")
    row = rows.first()
    if row is not None and not may(person, Right.OVERSEE, row.area):
        row = rows.filter(_own(person)).first()
    lines = _lines([row], today) if row is not None else []
    if not lines:
        raise NotVisibleError("not-found", _("Không có hồ sơ này"), value=number)
    (line,) = lines
    return Line(line.row, line.procedure, line.place, line.events, attaching.of(line.events))


def require_event(person: Someone, event: int, today: date) -> None:
    """Raises `NotVisibleError` (404) for an event of a file that is not the person's to see."""
    row = FileEvent.objects.filter(pk=event).first()
    file(person, row.file_id if row else 0, today)


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


def objectives(person: Someone, area: str, lines: Iterable[Line], today: date) -> list[Reached]:
    """Every declared objective against the files given (those of one year); of one's own procedures, for who oversees
    of all."""
    by_code: dict[str, list[Place]] = {}
    for line in lines:
        by_code.setdefault(line.row.procedure, []).append(line.place)
    units, all_of = units_of(person), may(person, Right.OVERSEE, area)
    return [
        Reached(one, goal, len(by_code.get(one.code, ())), measured(goal, by_code.get(one.code, ()), today))
        for one in load_procedures().values()
        if all_of or _has_step(one, units)
        for goal in one.objectives
    ]
