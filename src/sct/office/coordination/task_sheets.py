"""A department's task sheet (Tiến độ nhiệm vụ trọng tâm) as matters: unit, task, deadline as written, progress.

A progress text that says a thing is done and names a day closes the matter on that day with the text as evidence; one
without a day is kept as an update, for a date is not made up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from sct.catalogue.workbook import Task
from sct.errors import Place, UserError
from sct.following.deadlines import Deadline, deadline_of, read_deadline, split_task
from sct.following.events import EventKind, local_day
from sct.office.matters.actions import Detail, NewMatter, take_on
from sct.office.matters.models import Kind, Matter
from sct.office.people.models import Person
from sct.vietnamese.text import search_key
from sct.words import _

_DONE = re.compile(
    r"^da (?:hoan thanh|ban hanh|trinh|phe duyet|trien khai xong|gui|to chuc)\b|^(?:chi thi|ke hoach|quyet dinh) so\b"
)
PROVINCE, DEPARTMENT = "UBND cấp tỉnh", "Lãnh đạo Sở"


@dataclass(frozen=True, slots=True)
class Read:
    """A row of the sheet as it would become a matter."""

    unit: str
    number: str
    text: str
    words: str  # the deadline as written
    deadline: Deadline
    progress: str
    done: date | None
    giver: str


def read(data: bytes, name: str) -> list[Read]:
    """The tasks of a workbook. Raises `UserError` for what is no workbook, and for one without a task sheet."""
    from sct.reading.workbooks import read_workbook

    tasks = read_workbook(data, name).tasks
    if not tasks:
        raise UserError(
            "no-tasks",
            _("Không thấy bảng tiến độ nhiệm vụ trong tệp"),
            expected=_("cột STT, nội dung, tiến độ; dòng tên phòng đứng trên các nhiệm vụ"),
            place=Place(file=name),
        )
    return [_read(task) for task in tasks]


def _read(task: Task) -> Read:
    text, words = split_task(task.text)
    deadline = deadline_of(task.deadlines)
    said = search_key(task.progress)
    day = read_deadline(task.progress).due if _DONE.search(said) else None
    named = bool(day) and re.search(r"\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}", task.progress) is not None
    return Read(
        unit=task.unit,
        number=task.number,
        text=text,
        words=words if words != task.text else "",
        deadline=deadline,
        progress=task.progress,
        done=day if named else None,
        giver=PROVINCE if task.by_province else DEPARTMENT,
    )


@transaction.atomic
def take_in(person: Person, area: str, tasks: Sequence[Read], name: str) -> int:
    """Put the tasks on record, given to the units the sheet names; those already there by this file are left out."""
    known = set(Matter.objects.filter(area=area, paper__startswith=name).values_list("paper", flat=True))
    today = local_day(timezone.now())
    made = 0
    for task in tasks:
        paper = f"{name}: {task.unit}, {task.number}"[:300]
        if paper in known:
            continue
        due = task.deadline.due
        start = min(date(due.year, 1, 1), today) if due else today
        new = NewMatter(
            kind=Kind.ASSIGNMENT,
            text=task.text,
            raised=start,
            quote=f"{task.text} ({task.words})" if task.words else task.text,
            paper=paper,
            giver=task.giver,
            rhythm=task.deadline.rhythm,
        )
        story: list[tuple[EventKind, Detail]] = []
        if task.done is not None and task.done <= today:
            story.append((EventKind.DONE, Detail(on=max(task.done, start), note=task.progress, evidence=task.progress)))
        elif task.progress:
            story.append((EventKind.UPDATE, Detail(note=task.progress)))
        take_on(person, area, new, Detail(on=start, lead=task.unit, due=due), story)
        made += 1
    if not made:
        raise UserError("already-taken", _("Mọi việc trong tệp này đã được ghi trước đó"), place=Place(file=name))
    return made
