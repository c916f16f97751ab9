"""What people do with files: open one, note that a step is done, ask the applicant for papers, take a slip back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from sct.errors import UserError
from sct.following.events import local_day
from sct.following.procedures import declared_rows, procedure_of
from sct.office.documents import attaching
from sct.office.people import audit
from sct.office.people.errors import NotAllowedError
from sct.office.people.models import Person, Right
from sct.office.people.queries import may, require, unit_of
from sct.office.procedures import queries
from sct.office.procedures.models import Edition, EventKind, File, FileEvent
from sct.office.procedures.queries import Line
from sct.words import _


def _not_ahead(day: date) -> None:
    if day > local_day(timezone.now()):
        raise UserError("in-the-future", _("Ngày chưa đến"), value=f"{day:%d-%m-%Y}")


@transaction.atomic
def open_file(person: Person, area: str, code: str, title: str, opened: date) -> File:
    """A new file under a procedure in force on its day; by who plans, or whose division does the first step."""
    require(person, Right.SEE, area)
    audit.lock()
    declared = declared_rows().get(code)
    procedure = procedure_of(declared) if declared else None
    if declared is None or procedure is None or not procedure.holds(opened):
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
        edition=_edition(code, procedure.version, declared),
        number=f"{count}{tail}",
        title=title.strip()[:300],
        opened=opened,
        who=person,
        at=timezone.now(),
    )
    row.save()
    audit.record(person.pk, "procedures.open", f"file:{row.pk}", {"number": row.number, "procedure": code})
    return row


def _edition(code: str, version: int, declared: dict[str, object]) -> Edition:
    """The edition as it is declared now; kept once, however many files begin under it."""
    digest = audit.digest_of(declared)
    row = Edition.objects.filter(digest=digest).first()
    if row is None:
        row = Edition(code=code, version=version, digest=digest, declared=declared, at=timezone.now())
        row.save()
    return row


@dataclass(frozen=True, slots=True)
class Shown:
    """What goes with an event: number and day of the paper that shows it, a remark, the papers themselves."""

    evidence: str = ""
    note: str = ""
    papers: Sequence[attaching.Given] = ()


NOTHING = Shown()


@transaction.atomic
def step_done(person: Person, number: int, step: str, on: date, shown: Shown = NOTHING) -> FileEvent:
    """The step at hand is done; steps go in their order, days never back."""
    line = _theirs(person, number)
    now = line.place.now
    if now is None or now.step.code != step:
        raise UserError("not-at-step", _("Hồ sơ không ở bước này"), value=step)
    if line.place.waiting is not None:
        way_out = _("Ghi ngày nhận bổ sung trước")
        raise UserError("waiting", _("Hồ sơ đang chờ người nộp bổ sung"), way_out=way_out)
    return _add(person, line, EventKind.DONE, on, shown)


@transaction.atomic
def send_back(person: Person, number: int, on: date, shown: Shown) -> FileEvent:
    """The applicant must bring more papers: from this day the file lies with them. What is missing must be said."""
    line = _theirs(person, number)
    if line.place.waiting is not None:
        raise UserError("waiting", _("Hồ sơ đang chờ người nộp bổ sung"), value=f"{line.place.waiting:%d-%m-%Y}")
    if not shown.note.strip():
        raise UserError("no-reason", _("Trả lại thì phải ghi còn thiếu giấy tờ gì"))
    return _add(person, line, EventKind.RETURNED, on, shown)


@transaction.atomic
def papers_came(person: Person, number: int, on: date, shown: Shown = NOTHING) -> FileEvent:
    """The applicant has brought the papers: the clock goes on from the next working day."""
    line = _theirs(person, number)
    if line.place.waiting is None:
        raise UserError("not-waiting", _("Hồ sơ không chờ người nộp bổ sung"))
    return _add(person, line, EventKind.RECEIVED, on, shown)


def _theirs(person: Person, number: int) -> Line:
    """The file, when its step at hand is this person's to do; 404, 403."""
    audit.lock()
    line = queries.file(person, number, local_day(timezone.now()))
    if not queries.may_do(person, line.row.area, line.place.now):
        raise NotAllowedError("not-allowed", _("Bước này của đơn vị khác"))
    return line


def _add(person: Person, line: Line, kind: EventKind, on: date, shown: Shown) -> FileEvent:
    now = line.place.now
    assert now is not None
    _not_ahead(on)
    first = max([now.began, *(one.on for one in line.events)])
    if on < first:
        what = _("Ngày ghi sớm hơn ngày của việc ghi trước đó")
        raise UserError("before-last-step", what, value=f"{on:%d-%m-%Y}", expected=f"≥ {first:%d-%m-%Y}")
    row = FileEvent(
        file=line.row,
        kind=kind,
        step=now.step.code,
        on=on,
        unit=unit_of(person)[:150],
        evidence=shown.evidence.strip()[:300],
        note=shown.note.strip()[:300],
        who=person,
        at=timezone.now(),
    )
    row.save()
    attaching.attach(person, line.row.area, row, shown.papers)
    told = {"step": row.step, "on": on, "kind": kind.value, "papers": len(shown.papers)}
    audit.record(person.pk, f"procedures.{_LOGGED[kind]}", f"file:{line.row.pk}", told)
    return row


_LOGGED = {EventKind.DONE: "step", EventKind.RETURNED: "return", EventKind.RECEIVED: "receive"}


@transaction.atomic
def undo(person: Person, number: int) -> FileEvent:
    """Take the last event back, by who wrote it or who plans."""
    audit.lock()
    line = queries.file(person, number, local_day(timezone.now()))
    if not line.events:
        raise UserError("nothing-to-undo", _("Không có gì để hoàn tác"))
    last = line.events[-1]
    if last.who_id != person.pk and not may(person, Right.PLAN, line.row.area):
        raise NotAllowedError("not-allowed", _("Chỉ người đã ghi hay người tổng hợp hoàn tác được"))
    row = FileEvent(
        file=line.row, kind=last.kind, step=last.step, on=last.on, undoes=last, who=person, at=timezone.now()
    )
    row.save()
    audit.record(person.pk, "procedures.undo", f"file:{line.row.pk}", {"step": last.step})
    return row
