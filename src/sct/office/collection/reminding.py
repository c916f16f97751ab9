"""Nhắc nộp: the text for each unit that owes a report, to copy or to send by e-mail; who was reminded is kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from sct.catalogue import load
from sct.collecting.duties import Unit
from sct.office.collection.actions import REMIND
from sct.office.collection.models import Reminder
from sct.office.collection.queries import Cell, Standing
from sct.office.collection.states import Subject, may_receive
from sct.office.people import audit
from sct.office.people.errors import NotAllowedError
from sct.office.people.mail import hand_over
from sct.office.people.models import Grant, Person, Right
from sct.vietnamese.write import write_period
from sct.words import _


@dataclass(frozen=True, slots=True)
class Letter:
    """What is said to one unit: its cells, the text, and the e-mail addresses of those who fill its forms."""

    unit: Unit
    cells: tuple[Cell, ...]
    subject: str
    text: str
    to: tuple[str, ...]


def letters(person: Person, cells: Iterable[Cell], signature: str = "") -> list[Letter]:
    """A letter for each unit with something overdue or returned, of the forms this person receives. One query."""
    owed: dict[str, list[Cell]] = {}
    for cell in cells:
        duty = cell.duty
        if cell.owed and may_receive(person, Subject(duty.unit.key, duty.unit.area, duty.form)):
            owed.setdefault(duty.unit.key, []).append(cell)
    addresses = _addresses([found[0].duty.unit for found in owed.values()])
    return [_letter(found, signature, addresses.get(key, ())) for key, found in owed.items()]


def _letter(cells: Sequence[Cell], signature: str, to: tuple[str, ...]) -> Letter:
    unit = cells[0].duty.unit
    lines = [_("Kính gửi {unit},").format(unit=unit.name), "", _("Các báo cáo sau chưa đến Sở Công Thương:"), ""]
    for cell in cells:
        form = cell.duty.form
        what = f"- {form.number} {form.name}, {write_period(cell.duty.period)}: "
        if cell.standing is Standing.RETURNED:
            lines.append(what + _("đã được trả lại để sửa, đề nghị sửa và gửi lại"))
        else:
            told = _("hạn {due:%d-%m-%Y}, quá hạn {n} ngày").format(due=cell.duty.due, n=cell.days_late)
            lines.append(what + told)
    lines += ["", _("Đề nghị gửi trên hệ thống Sổ Công Thương, mục Thu thập.")]
    if signature:
        lines += ["", signature]
    return Letter(unit, tuple(cells), _("Nhắc gửi báo cáo: {unit}").format(unit=unit.name), "\n".join(lines), to)


def _addresses(units: Sequence[Unit]) -> dict[str, tuple[str, ...]]:
    """The addresses of active people whose grant is to fill the forms of exactly this unit."""
    areas = {unit.area for unit in units}
    filing = [role for role, rights in _rights().items() if rights & {Right.FILE, Right.FILE_OWN}]
    rows = Grant.objects.filter(role__in=filing, area__in=areas, person__is_active=True).exclude(person__email="")
    found: dict[str, list[str]] = {}
    for area, unit, email in rows.values_list("area", "unit", "person__email").order_by("person"):
        for one in units:
            if (one.division and unit == one.division) or (not one.division and not unit and area == one.area):
                found.setdefault(one.key, []).append(email)
    return {key: tuple(dict.fromkeys(emails)) for key, emails in found.items()}


def _rights() -> dict[str, frozenset[Right]]:
    from sct.office.people.models import RIGHTS

    return {role.value: rights for role, rights in RIGHTS.items()}


@dataclass(frozen=True, slots=True)
class Reminded:
    """Units written to, and those nobody has an address of."""

    sent: int
    without_address: tuple[str, ...]


def remind(person: Person, wanted: Sequence[Letter], *, by_email: bool) -> Reminded:
    """Note that units were reminded; by e-mail the letters go out first, and only those that went are noted.

    Raises 403 for a form this person does not receive, `UserError("mail-failed")` when the mail cannot be handed over.
    """
    for letter in wanted:
        for cell in letter.cells:
            if not may_receive(person, Subject(cell.duty.unit.key, cell.duty.unit.area, cell.duty.form)):
                raise NotAllowedError("not-allowed", _("Bạn không nhắc được đơn vị này"))
    going = [letter for letter in wanted if letter.to or not by_email]
    if by_email and going:
        way_out = _("Chép lời nhắc để gửi bằng cách khác, hoặc nhờ quản trị xem SCT_EMAIL")
        hand_over([(one.subject, one.text, tuple(one.to)) for one in going], way_out)
    now = timezone.now()
    rows = [
        Reminder(
            unit=letter.unit.key,
            area=letter.unit.area,
            form=cell.duty.form.code,
            period=cell.duty.period.code,
            by_email=by_email,
            who=person,
            at=now,
        )
        for letter in going
        for cell in letter.cells
    ]
    with transaction.atomic():
        Reminder.objects.bulk_create(rows)
        told = [[row.unit, row.form, row.period, row.by_email] for row in rows]
        audit.record(person.pk, REMIND, f"reminders:{len(rows)}", {"reminders": told})
    return Reminded(len(going), tuple(letter.unit.name for letter in wanted if letter not in going))


def forms_received(person: Person) -> list[str]:
    """Codes of the forms a person may take."""
    catalogue = load()
    return [
        code
        for code, form in catalogue.forms.items()
        if may_receive(person, Subject(catalogue.home, catalogue.home, form))
    ]
