"""Nhắc việc: one letter to each lead unit about what is past due or nearly so; every reminder is a happening.

A matter is reminded of again only after `EVERY` days, so never twice on a day, however often the command runs; after
three reminders an overdue one goes before the leaders (`sct.following.states.ESCALATE_AFTER`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from sct.following.events import EventKind
from sct.following.states import State
from sct.office.matters.actions import Detail, happen
from sct.office.matters.models import Happening
from sct.office.matters.queries import Asked, Line, every, visible
from sct.office.matters.standing import is_escalated
from sct.office.people import audit
from sct.office.people.mail import hand_over
from sct.office.people.models import Person, Right
from sct.office.people.queries import reached, require, units_of
from sct.words import _

EVERY = 7  # days between two reminders of one matter
LIMIT = 5000


@dataclass(frozen=True, slots=True)
class Letter:
    """What is said to one unit, and the addresses of those who answer for it."""

    unit: str
    lines: tuple[Line, ...]
    to: tuple[str, ...]

    @property
    def subject(self) -> str:
        return _("Nhắc việc: {n} việc quá hạn hoặc sắp đến hạn").format(n=len(self.lines))

    @property
    def text(self) -> str:
        told = [_("Kính gửi {unit},").format(unit=self.unit), ""]
        told += [f"- {line.row.number} {line.row.text}: {_when(line)}" for line in self.lines]
        return "\n".join([*told, "", _("Đề nghị báo cáo trên hệ thống Sổ Công Thương, mục Việc.")])


def _when(line: Line) -> str:
    days = line.late or 0
    if days > 0:
        return _("hạn {due:%d-%m-%Y}, quá hạn {n} ngày").format(due=line.row.due, n=days)
    return _("hạn {due:%d-%m-%Y}, còn {n} ngày").format(due=line.row.due, n=-days)


def letters(person: Person, area: str, today: date) -> list[Letter]:
    """The letters of a day, by unit: what was not reminded of in the last days."""
    lines = [
        line
        for state in (State.OVERDUE, State.DUE_SOON)
        for line in every(person, Asked(area, today, state=state.value), LIMIT)
    ]
    recent = Happening.objects.filter(kind=EventKind.REMIND.value, on__gt=today - timedelta(days=EVERY))
    held = set(recent.filter(undone_by__isnull=True).values_list("matter_id", flat=True))
    by_unit: dict[str, list[Line]] = {}
    for line in lines:
        if line.row.pk not in held:
            by_unit.setdefault(line.row.lead, []).append(line)
    addresses = _addresses(area) if by_unit else {}
    return [Letter(unit, tuple(found), addresses.get(unit, ())) for unit, found in sorted(by_unit.items())]


def _addresses(area: str) -> dict[str, tuple[str, ...]]:
    """Unit → addresses of the active people who answer for it in the area."""
    found: dict[str, list[str]] = {}
    for person in Person.objects.filter(is_active=True).exclude(email="").prefetch_related("grants").order_by("pk"):
        areas = reached(person, Right.ANSWER)
        if areas is None or area in areas:
            for unit in units_of(person):
                found.setdefault(unit, []).append(person.email)
    return {unit: tuple(dict.fromkeys(emails)) for unit, emails in found.items()}


@dataclass(frozen=True, slots=True)
class Reminded:
    """What a run did: units, matters, e-mails, units nobody has an address of, matters now before the leaders."""

    units: int
    matters: int
    mails: int
    without_address: int
    escalated: int


@transaction.atomic
def remind(person: Person, area: str, today: date) -> Reminded:
    """Send the letters and note each reminder; where the mail cannot be handed over nothing is noted, and a unit nobody
    has an address of is not reminded: it sees its matters on its home page.

    Raises `UserError("mail-failed")`; 403 for who neither assigns nor plans.
    """
    require(person, Right.PLAN, area)
    audit.lock()
    going = letters(person, area, today)
    sent = [letter for letter in going if letter.to]
    for letter in sent:
        for line in letter.lines:
            happen(person, line.row.pk, EventKind.REMIND, Detail(on=today))
    hand_over([(one.subject, one.text, one.to) for one in sent], _("Nhờ quản trị xem SCT_EMAIL"))
    return Reminded(
        units=len(sent),
        matters=sum(len(letter.lines) for letter in sent),
        mails=len(sent),
        without_address=sum(not letter.to for letter in going),
        escalated=visible(person).filter(is_escalated(today), area=area).count(),
    )
