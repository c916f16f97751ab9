"""Reads of this room, narrowed to what the person may see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from sct.office.ledger.models import Observation
from sct.office.people.errors import NotVisibleError
from sct.office.people.models import Right
from sct.office.people.queries import Someone, narrowed, require
from sct.office.workbooks.models import Answer, Keeping, StoredWorkbook
from sct.office.workbooks.reading import answers_of
from sct.words import _

# How many figures of a keeping were not withdrawn.
_ALIVE = Count("batch__observations", filter=Q(batch__observations__withdrawal__isnull=True))


@dataclass(frozen=True, slots=True)
class Listed:
    """A workbook in the list: how many of its figures stand in the ledger now."""

    workbook: StoredWorkbook
    standing: int
    keepings: int


def workbooks(person: Someone, limit: int = 50, offset: int = 0) -> list[Listed]:
    """The workbooks of the person's areas, newest first. Two queries."""
    rows = list(narrowed(person, StoredWorkbook.objects.select_related("who")).order_by("-id")[offset : offset + limit])
    counted: dict[int, tuple[int, int]] = {}
    for keeping in Keeping.objects.filter(workbook__in=rows).annotate(alive=_ALIVE):
        standing, times = counted.get(keeping.workbook_id, (0, 0))
        counted[keeping.workbook_id] = (standing + keeping.alive, times + 1)
    return [Listed(row, *counted.get(row.pk, (0, 0))) for row in rows]


def workbook(person: Someone, number: int) -> StoredWorkbook:
    """One workbook; `NotVisibleError` (404) for one the person may not see."""
    found = narrowed(person, StoredWorkbook.objects.select_related("who")).filter(pk=number).first()
    if found is None:
        raise NotVisibleError("not-found", _("Không có bảng tính này"))
    return found


@dataclass(frozen=True, slots=True)
class Kept:
    """A keeping with its state: `standing` figures not withdrawn."""

    keeping: Keeping
    standing: int

    @property
    def undone(self) -> bool:
        return self.standing == 0 and self.keeping.figures > 0


def keepings(workbook: StoredWorkbook) -> list[Kept]:
    rows = (
        Keeping.objects.filter(workbook=workbook).select_related("who", "batch").annotate(alive=_ALIVE).order_by("-id")
    )
    return [Kept(row, row.alive) for row in rows]


def answers(person: Someone, area: str) -> list[Mapping[str, Any]]:
    """The declarations a department made by answering, in the form of declarations/workbooks."""
    require(person, Right.SEE, area)
    return answers_of(area)


def told_answers(area: str) -> list[Answer]:
    """The answers in force with who gave them, newest first."""
    newest: dict[str, Answer] = {}
    for row in Answer.objects.filter(area=area).select_related("who").order_by("id"):
        newest[row.code] = row
    return sorted((row for row in newest.values() if row.row), key=lambda row: -row.pk)


def place_of(person: Someone, figure_document: str, place: str) -> tuple[StoredWorkbook, str, str] | None:
    """(workbook, sheet, cell) of a figure's origin; None when it is no workbook of this system."""
    kind, _colon, number = figure_document.partition(":")
    if kind != "workbook" or not number.isdigit():
        return None
    found = narrowed(person, StoredWorkbook.objects.all()).filter(pk=int(number)).first()
    sheet, _mark, cell = place.rpartition("!")
    return (found, sheet, cell) if found is not None else None


def observed(person: Someone, workbook: StoredWorkbook) -> dict[str, int]:
    """Place "sheet!cell" → id of the figure that stands in the ledger from there."""
    rows = narrowed(person, Observation.objects.filter(document=f"workbook:{workbook.pk}", withdrawal__isnull=True))
    return dict(rows.values_list("place", "id"))
