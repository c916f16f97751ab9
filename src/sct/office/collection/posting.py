"""From a received version to the ledger: one figure a cell, with the form's field as its origin; and back out again."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from sct.catalogue.forms import Field
from sct.catalogue.model import Figure, Origin, PartialDate, SeriesKey, Transformation
from sct.collecting.duties import Duty
from sct.collecting.filling import cells_of, quantity_of, with_sums
from sct.office.collection.entering import enter, withdraw
from sct.office.collection.models import Posting, Submission, Version
from sct.office.ledger import actions as ledger
from sct.office.ledger.actions import NewBatch
from sct.office.ledger.models import BatchKind, Withdrawal
from sct.office.people import audit
from sct.office.people.models import Person
from sct.vietnamese.periods import Period, PeriodKind
from sct.words import _

KIND = "form"  # of an origin
POST = "collection.post"


def figures(duty: Duty, version: Version, on: date) -> dict[str, Figure]:
    """The figures of a version by cell; a dash and an empty cell give none, a 0 does."""
    values = with_sums(duty.form, version.values)
    found: dict[str, Figure] = {}
    for code, field in duty.form.fields.items():
        quantity = quantity_of(field, values.get(code, "")) if field.indicator else None
        if quantity is None:
            continue
        found[code] = Figure(
            series=SeriesKey(field.indicator, duty.unit.area, field.breakdown),
            period=_period(duty.period, field),
            transformation=Transformation.LEVEL,
            quantity=quantity,
            stage=field.stage,
            origin=_origin(duty, version, field, on),
            published=PartialDate(on.isoformat()),
        )
    return found


def _period(period: Period, field: Field) -> Period:
    """The period a field tells: that of the form, or from January to its end."""
    if not field.cumulative or period.kind is PeriodKind.YEAR:
        return period
    return Period.through(period.year, period.months[1] % 12 + 1)


def _origin(duty: Duty, version: Version, field: Field, on: date) -> Origin:
    first, last = duty.period.days(duty.form.regime)
    window = _("số chốt {first:%d-%m-%Y} đến {last:%d-%m-%Y}").format(first=first, last=last)
    summed = [cell for path in field.sum for cell in cells_of(duty.form, path, version.values)]
    return Origin(
        kind=KIND,
        title=f"{duty.form.number} {duty.form.name}, {duty.unit.name}",
        document=document_of(version.submission_id, version.number),
        place=f"{field.code}: {field.name}",
        published=PartialDate(on.isoformat()),
        published_basis="printed",
        note=f"{window}; {_('tổng của')} {' + '.join(summed)}"[:500] if summed else window,
    )


def document_of(submission: int, version: int) -> str:
    return f"submission:{submission}:{version}"


def submission_of(document: str) -> int | None:
    """The number of the submission that an origin's document names; None for another kind of document."""
    kind, _colon, rest = document.partition(":")
    number = rest.partition(":")[0]
    return int(number) if kind == "submission" and number.isdecimal() else None


def standing(row: Submission) -> dict[str, int]:
    """What of a submission stands in the ledger: cell → observation."""
    found: dict[str, int] = {}
    for posting in Posting.objects.filter(submission=row).order_by("id"):
        found.update(posting.observations)
    gone = set(Withdrawal.objects.filter(observation__in=found.values()).values_list("observation_id", flat=True))
    return {cell: number for cell, number in found.items() if number not in gone}


@transaction.atomic
def post(person: Person, duty: Duty, row: Submission, version: Version, on: date) -> int:
    """Put a version into the ledger and its rows into the registers; returns how many figures.

    Of an earlier one that stands there, only what changed is withdrawn and told anew. A correction keeps the old
    value: it is withdrawn, not erased, with the reason it was reopened for.
    """
    if row.illustrative:
        return 0
    told = _record(person, duty, row, version, on)
    registered = enter(person, duty, row, version, on)
    if not told and registered is None:
        return 0
    posting = Posting.objects.create(
        submission=row, version=version.number, observations=told, registered=registered, at=timezone.now()
    )
    audit.record(person.pk, POST, f"posting:{posting.pk}", {"observations": told, "registered": registered})
    return len(told)


def _record(person: Person, duty: Duty, row: Submission, version: Version, on: date) -> dict[str, int]:
    """The observations of a version's cells that are not in the ledger yet."""
    now = figures(duty, version, on)
    there = standing(row)
    if there:
        before = Version.objects.filter(submission=row, number__lt=version.number).order_by("-number").first()
        old = figures(duty, before, on) if before else {}
        same = {c for c in there if c in now and c in old and now[c].quantity == old[c].quantity}
        gone = [number for cell, number in there.items() if cell not in same]
        if gone:
            why = _("đính chính theo lần gửi {n} của {form}").format(n=version.number, form=duty.form.number)
            ledger.withdraw(person, gone, why=why)
        now = {cell: figure for cell, figure in now.items() if cell not in same}
    if not now:
        return {}
    name = f"{duty.form.number} {duty.period.code} {duty.unit.name}, {_('lần gửi')} {version.number}"
    made = ledger.record(person, now.values(), NewBatch(BatchKind.ENTRY, name))
    return dict(zip(now, made.ids, strict=True))


def unpost(person: Person, row: Submission, why: str) -> int:
    """Take what a submission put into ledger and registers out of every view; it stays in the history."""
    there = standing(row)
    withdraw(person, row, why)
    return ledger.withdraw(person, there.values(), why=why) if there else 0
