"""Nhắc việc: one letter to each lead unit about what is past due or nearly so; every reminder is a happening.

A matter is reminded of again only after `EVERY` days, so never twice on a day, however often the command runs. After
three reminders past its due date (`sct.following.states.ESCALATE_AFTER`) it goes before the leaders: they, and who gave
it, get a letter too. Letters are collected, sent with nothing locked, and each one is noted when it has gone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from sct.errors import UserError
from sct.following.events import EventKind
from sct.following.states import State
from sct.office.matters.actions import Detail, happen
from sct.office.matters.models import Happening
from sct.office.matters.queries import Asked, Line, every, visible
from sct.office.matters.standing import is_escalated
from sct.office.people.mail import postbox
from sct.office.people.models import Person, Right, Role
from sct.office.people.queries import may, reached, require, roles, units_of
from sct.words import _

EVERY = 7  # days between two reminders of one matter
LIMIT = 5000


@dataclass(frozen=True, slots=True)
class Letter:
    """What is said to one unit, and the addresses of those who answer for it."""

    unit: str
    lines: tuple[Line, ...]
    to: tuple[str, ...]
    above: bool = False  # to leaders, or to who gave it

    @property
    def subject(self) -> str:
        n = len(self.lines)
        if self.above:
            return _("Báo cáo: {n} việc quá hạn, đã đôn đốc quá ba lần").format(n=n)
        return _("Nhắc việc: {n} việc quá hạn hoặc sắp đến hạn").format(n=n)

    @property
    def text(self) -> str:
        told = [_("Kính gửi {unit},").format(unit=self.unit), ""]
        told += [f"- {line.row.number} {line.row.text}{self._who(line)}: {_when(line)}" for line in self.lines]
        asked = _("Đề nghị xem xét tại giao ban lãnh đạo; danh sách ở Sổ Công Thương, mục Việc.")
        mine = _("Đề nghị báo cáo trên hệ thống Sổ Công Thương, mục Việc.")
        return "\n".join([*told, "", asked if self.above else mine])

    def _who(self, line: Line) -> str:
        lead, n = line.row.lead, line.row.reminders
        return _(" ({lead} chủ trì, đã đôn đốc {n} lần sau hạn)").format(lead=lead, n=n) if self.above else ""


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
    held = _held(EventKind.REMIND, today)
    by_unit: dict[str, list[Line]] = {}
    for line in lines:
        if line.row.pk not in held:
            by_unit.setdefault(line.row.lead, []).append(line)
    addresses = _addresses(area) if by_unit else {}
    return [Letter(unit, tuple(found), addresses.get(unit, ())) for unit, found in sorted(by_unit.items())]


def _held(kind: EventKind, today: date) -> set[int]:
    """The matters that a letter of a kind went about in the last days."""
    recent = Happening.objects.filter(kind=kind.value, on__gt=today - timedelta(days=EVERY))
    return set(recent.filter(undone_by__isnull=True).values_list("matter_id", flat=True))


def _addresses(area: str) -> dict[str, tuple[str, ...]]:
    """Unit → addresses of the active people who answer for it in the area."""
    found: dict[str, list[str]] = {}
    for person in Person.objects.filter(is_active=True).exclude(email="").prefetch_related("grants").order_by("pk"):
        areas = reached(person, Right.ANSWER)
        if areas is None or area in areas:
            for unit in units_of(person):
                found.setdefault(unit, []).append(person.email)
    return {unit: tuple(dict.fromkeys(emails)) for unit, emails in found.items()}


def complaints(person: Person, area: str, today: date) -> list[Letter]:
    """The letters to the leaders and to who gave a matter: reminded of more than three times, and late yet."""
    found = every(person, Asked(area, today, board="escalated"), LIMIT)
    held = _held(EventKind.ESCALATE, today)
    lines = tuple(line for line in found if line.row.pk not in held)
    if not lines:
        return []
    leaders = Letter(_("lãnh đạo"), lines, _leaders(area), above=True)
    addresses, by_giver = _addresses(area), dict[str, list[Line]]()
    for line in lines:
        if line.row.giver in addresses:
            by_giver.setdefault(line.row.giver, []).append(line)
    return [leaders, *(Letter(g, tuple(of), addresses[g], above=True) for g, of in sorted(by_giver.items()))]


def _leaders(area: str) -> tuple[str, ...]:
    """Addresses of the active people who assign in the area; the accounts above all rights are no leaders."""
    people = Person.objects.filter(is_active=True, is_superuser=False).exclude(email="").prefetch_related("grants")
    emails = (one.email for one in people.order_by("pk") if Role.LEADER in roles(one) and may(one, Right.ASSIGN, area))
    return tuple(dict.fromkeys(emails))


@dataclass(frozen=True, slots=True)
class Reminded:
    """What a run did: units, matters, e-mails, units nobody has an address of, matters now before the leaders, letters
    about these, letters that did not go and why the first one did not."""

    units: int
    matters: int
    mails: int
    without_address: int
    escalated: int
    above: int = 0
    failed: int = 0
    reason: str = ""


def remind(person: Person, area: str, today: date) -> Reminded:
    """Send the letters, noting each reminder when its letter has gone: one that did not is no reminder, and stops no
    other. A unit nobody has an address of is not reminded: it sees its matters on its home page.

    Raises `UserError("mail-failed")` where none went at all; 403 for who neither assigns nor plans.
    """
    require(person, Right.PLAN, area)
    going = letters(person, area, today)
    sent, failed = _deliver(person, [one for one in going if one.to], EventKind.REMIND, today)
    upward = [one for one in complaints(person, area, today) if one.to]
    above, unsent = _deliver(person, upward, EventKind.ESCALATE, today)
    failed += unsent
    if failed and not sent and not above:
        raise failed[0]
    return Reminded(
        units=len(sent),
        matters=sum(len(letter.lines) for letter in sent),
        mails=len(sent) + len(above),
        without_address=sum(not letter.to for letter in going),
        escalated=visible(person).filter(is_escalated(today), area=area).count(),
        above=len(above),
        failed=len(failed),
        reason=failed[0].sentence() if failed else "",
    )


def _deliver(
    person: Person, going: Sequence[Letter], kind: EventKind, today: date
) -> tuple[list[Letter], list[UserError]]:
    """Each letter goes outside any transaction; then its matters are noted in one of their own, each once a day."""
    sent: list[Letter] = []
    failed: list[UserError] = []
    noted: set[int] = set()
    with postbox(_("Nhờ quản trị xem SCT_EMAIL")) as send:
        for letter in going:
            try:
                send((letter.subject, letter.text, letter.to))
            except UserError as error:
                failed.append(error)
                continue
            sent.append(letter)
            numbers = [line.row.pk for line in letter.lines if line.row.pk not in noted]
            noted.update(numbers)
            _note(person, numbers, kind, today)
    return sent, failed


@transaction.atomic
def _note(person: Person, numbers: Sequence[int], kind: EventKind, today: date) -> None:
    for number in numbers:
        happen(person, number, kind, Detail(on=today))
