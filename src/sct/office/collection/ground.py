"""Reading one submission whole, once, for actions and pages alike: its rows folded into what holds now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.utils import timezone

from sct.catalogue import load
from sct.catalogue.forms import Form
from sct.collecting.duties import DIVISION, Duty, Unit, area_unit, division_unit, due_day, units
from sct.errors import UserError
from sct.office.collection.folding import COLUMNS, Fold, fold
from sct.office.collection.models import Edit, State, Step, Submission, Version
from sct.office.collection.rows import opening
from sct.office.collection.states import Subject, effective, may_see
from sct.office.people.errors import NotVisibleError
from sct.office.people.queries import Someone
from sct.vietnamese.periods import Period
from sct.words import _


def today() -> date:
    """The office's own day."""
    return timezone.localtime(timezone.now(), timezone.get_default_timezone()).date()


class Ref(NamedTuple):
    """What names a submission: the unit's key, the form's code, the period's code."""

    unit: str
    form: str
    period: str


@dataclass(frozen=True, slots=True)
class Whole:
    """A submission with its versions and steps (oldest first) and the fold of its edits; `row` None: nobody began."""

    duty: Duty
    row: Submission | None
    versions: tuple[Version, ...]
    steps: tuple[Step, ...]
    fold: Fold

    @property
    def form(self) -> Form:
        return self.duty.form

    @property
    def state(self) -> State:
        if not self.steps:
            return State.DRAFT
        last = self.steps[-1]
        return effective(State(last.state), last.until, today())

    @property
    def subject(self) -> Subject:
        return Subject(self.duty.unit.key, self.duty.unit.area, self.duty.form)

    @property
    def sent(self) -> Version | None:
        """The version that counts: the last one sent."""
        return self.versions[-1] if self.versions else None


def duty_of(ref: Ref) -> Duty:
    """The duty that is named; raises `NotVisibleError` (404) where there is none."""
    found = _duty(*ref)
    if found is None:
        raise NotVisibleError("not-found", _("Không có mục này"))
    return found


def _duty(unit: str, form: str, period: str) -> Duty | None:
    catalogue = load()
    declared = catalogue.forms.get(form)
    if declared is None:
        return None
    try:
        asked_for = Period.parse(period)
    except UserError:
        return None
    within = province_of(unit)
    for one in units(catalogue, declared, asked_for, within) if within else ():
        if one.key == unit:
            due, asked = due_day(declared, asked_for, catalogue.holidays)
            return Duty(one, declared, asked_for, due, asked)
    return None


def province_of(unit: str) -> str:
    """The area under which a unit stands; for a division the department's own. "" for an unknown unit."""
    if unit.startswith(DIVISION):
        return load().home
    area = load().areas.get(unit)
    if area is None:
        return ""
    return area.key if area.level == "province" else area.parent


def row_of(ref: Ref) -> Submission | None:
    return Submission.objects.filter(unit=ref.unit, form=ref.form, period=ref.period).first()


def ref_of(number: int) -> Ref | None:
    """What names the submission of a number."""
    found = Submission.objects.filter(pk=number).values_list("unit", "form", "period").first()
    return None if found is None else Ref(*found)


def whole(person: Someone, ref: Ref) -> Whole:
    """Everything of one submission the person may see, else 404. Four queries at most."""
    duty = duty_of(ref)
    if not may_see(person, Subject(duty.unit.key, duty.unit.area, duty.form)):
        raise NotVisibleError("not-found", _("Không có mục này"))
    return read(duty, row_of(ref))


def read(duty: Duty, row: Submission | None) -> Whole:
    if row is None:
        return Whole(duty, None, (), (), Fold(values=opening(duty)))
    versions = tuple(Version.objects.filter(submission=row).order_by("number").select_related("who"))
    steps = tuple(Step.objects.filter(submission=row).order_by("number").select_related("who"))
    return Whole(duty, row, versions, steps, folded(row, versions[-1] if versions else None))


def folded(row: Submission, last: Version | None) -> Fold:
    """The fold of a submission over its last version; one query."""
    floor = last.edit if last else 0
    edits = Edit.objects.filter(submission=row, number__gt=floor).order_by("number")
    return fold(edits.values_list(*COLUMNS, named=True), last.values if last else row.known, floor)


def values_of(ref: Ref) -> Mapping[str, str]:
    """The values last sent of a submission, {} where nothing was sent; for the period before. One query."""
    named = {"submission__unit": ref.unit, "submission__form": ref.form, "submission__period": ref.period}
    sent = Version.objects.filter(**named)
    found = sent.order_by("-number").first()
    return {} if found is None else dict(found.values)


def before(duty: Duty) -> Mapping[str, str]:
    """What the unit sent for the period before; {} for the first one."""
    previous = previous_of(duty.form, duty.period)
    return {} if previous is None else values_of(Ref(duty.unit.key, duty.form.code, previous.code))


def previous_of(form: Form, period: Period) -> Period | None:
    """The period of the same kind that the form asked for before; None for the first one.

    A form of the half year and the year asks for no second half: before the first half comes that of the year before.
    """
    earlier = period
    for _step in range(2):
        earlier = earlier.previous
        if form.asks_for(earlier):
            return earlier
    return None


def unit_of(key: str, within: str) -> Unit | None:
    """The unit of a key, whatever it sends; None for an unknown one."""
    catalogue = load()
    if key.startswith(DIVISION):
        code = key.removeprefix(DIVISION)
        return division_unit(catalogue, code, within) if code in catalogue.divisions else None
    area = catalogue.areas.get(key)
    return None if area is None else area_unit(area)
