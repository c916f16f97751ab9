"""What people do with files: open one, note that a step is done, take a slip back."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from sct.errors import UserError
from sct.following.events import local_day
from sct.following.procedures import load_procedures
from sct.office.people import audit
from sct.office.people.errors import NotAllowedError
from sct.office.people.models import Person, Right
from sct.office.people.queries import may, require, unit_of
from sct.office.procedures import queries
from sct.office.procedures.models import File, FileEvent
from sct.words import _


def _not_ahead(day: date) -> None:
    if day > local_day(timezone.now()):
        raise UserError("in-the-future", _("Ngày chưa đến"), value=f"{day:%d-%m-%Y}")


@transaction.atomic
def open_file(person: Person, area: str, code: str, title: str, opened: date) -> File:
    """A new file under a procedure in force on its day; by who plans, or whose division does the first step."""
    require(person, Right.SEE, area)
    audit.lock()
    procedure = load_procedures().get(code)
    if procedure is None or not procedure.holds(opened):
        raise UserError("no-such-procedure", _("Không có quy trình này trong ngày mở hồ sơ"), value=code)
    if not queries.may_open(person, area, procedure):
        raise NotAllowedError("not-allowed", _("Hồ sơ do đơn vị làm bước đầu mở"))
    if not title.strip():
        raise UserError("no-title", _("Hồ sơ chưa có tên"))
    _not_ahead(opened)
    tail = f"/{opened.year}-{procedure.number}"
    count = File.objects.filter(area=area, number__endswith=tail).count() + 1
    row = File(
        area=area,
        procedure=code,
        number=f"{count}{tail}",
        title=title.strip()[:300],
        opened=opened,
        who=person,
        at=timezone.now(),
    )
    row.save()
    audit.record(person.pk, "procedures.open", f"file:{row.pk}", {"number": row.number, "procedure": code})
    return row


@transaction.atomic
def step_done(person: Person, number: int, step: str, on: date, *, evidence: str = "", note: str = "") -> FileEvent:
    """The step at hand is done; steps go in their order, days never back."""
    audit.lock()
    line = queries.file(person, number, local_day(timezone.now()))
    now = line.place.now
    if not queries.may_do(person, line.row.area, now):
        raise NotAllowedError("not-allowed", _("Bước này của đơn vị khác"))
    if now is None or now.step.code != step:
        raise UserError("not-at-step", _("Hồ sơ không ở bước này"), value=step)
    _not_ahead(on)
    if on < now.began:
        raise UserError(
            "before-last-step",
            _("Ngày xong sớm hơn ngày bước bắt đầu"),
            value=f"{on:%d-%m-%Y}",
            expected=f"{now.began:%d-%m-%Y}",
        )
    row = FileEvent(
        file=line.row,
        step=step,
        on=on,
        unit=unit_of(person)[:150],
        evidence=evidence.strip()[:300],
        note=note.strip()[:300],
        who=person,
        at=timezone.now(),
    )
    row.save()
    audit.record(person.pk, "procedures.step", f"file:{line.row.pk}", {"step": step, "on": on})
    return row


@transaction.atomic
def undo(person: Person, number: int) -> FileEvent:
    """Take the last step back, by who did it or who plans."""
    audit.lock()
    line = queries.file(person, number, local_day(timezone.now()))
    if not line.events:
        raise UserError("nothing-to-undo", _("Không có gì để hoàn tác"))
    last = line.events[-1]
    if last.who_id != person.pk and not may(person, Right.PLAN, line.row.area):
        raise NotAllowedError("not-allowed", _("Chỉ người đã ghi hay người tổng hợp hoàn tác được"))
    row = FileEvent(file=line.row, step=last.step, on=last.on, undoes=last, who=person, at=timezone.now())
    row.save()
    audit.record(person.pk, "procedures.undo", f"file:{line.row.pk}", {"step": last.step})
    return row
