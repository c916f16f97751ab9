"""Reading a stored workbook with the answers of its department; the last few readings are kept in memory."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sct.catalogue import load
from sct.catalogue.workbook import Workbook
from sct.office.documents import files
from sct.office.workbooks.models import Answer, StoredWorkbook
from sct.proofing.finding import Finding
from sct.reading.workbooks import Context, read_workbook
from sct.reading.workbooks.context import Progress
from sct.reading.workbooks.grid import Grid
from sct.reading.workbooks.opening import open_workbook


def answers_of(area: str) -> list[Mapping[str, Any]]:
    """The answers in force in an area, the newest of each code; an empty row took one back."""
    newest: dict[str, Mapping[str, Any]] = {}
    for code, row in Answer.objects.filter(area=area).order_by("id").values_list("code", "row"):
        newest[code] = row
    return [row for row in newest.values() if row]


def read(workbook: StoredWorkbook) -> Workbook:
    """What the workbook says now."""
    return _read(workbook.sha256, workbook.name, workbook.area, _in_force(workbook.area))


def read_new(data: bytes, name: str, area: str, progress: Progress) -> Workbook:
    """What bytes that come in say; their preview, asked for next, is not read again."""
    sha256, answers = files.digest(data), _in_force(area)
    made = read_workbook(data, name, Context(answers=json.loads(answers), area=area, progress=progress))
    _just_read[sha256, name, area, answers] = made
    while len(_just_read) > 2:
        _just_read.pop(next(iter(_just_read)))
    return made


def _in_force(area: str) -> str:
    return json.dumps(answers_of(area), sort_keys=True, ensure_ascii=False)


_just_read: dict[tuple[str, str, str, str], Workbook] = {}


@lru_cache(maxsize=8)
def _read(sha256: str, name: str, area: str, answers: str) -> Workbook:
    waiting = _just_read.pop((sha256, name, area, answers), None)
    if waiting is not None:
        return waiting
    return read_workbook(files.fetch(sha256), name, Context(answers=json.loads(answers), area=area))


CHECKED_BESIDE = 4  # earlier workbooks that the checks look at too
CHECKED_CELLS = 20_000  # of a larger workbook the checks are run from the command line (`sct proof`)


def findings(workbook: StoredWorkbook) -> tuple[list[Finding], str]:
    """What the checks say of the workbook beside the ones that came before it, the worst first, and one line on it.

    Chains run from file to file (this month's "tháng trước" is last month's estimate), so the last few of the same
    area are read with it; only findings that speak of this workbook are returned.
    """
    before = StoredWorkbook.objects.filter(area=workbook.area, pk__lt=workbook.pk).order_by("-pk")[:CHECKED_BESIDE]
    answers = _in_force(workbook.area)
    files_read = tuple((row.sha256, row.name) for row in (*reversed(before), workbook))
    return _findings(files_read, workbook.area, answers)


@lru_cache(maxsize=4)
def _findings(files_read: tuple[tuple[str, str], ...], area: str, answers: str) -> tuple[list[Finding], str]:
    from sct.proofing import account, proof_together
    from sct.proofing.cells import take

    books = [_read(sha256, name, area, answers) for sha256, name in files_read]
    books = [book for book in books if len(book.cells) <= CHECKED_CELLS]
    name = files_read[-1][1]
    if not books or books[-1].file != name:
        return [], ""
    found = [f for f in proof_together([], load(), workbooks=books) if any(one.document == name for one in f.operands)]
    taken = take(books[-1].cells, catalogue=load())
    return found, account(list(taken.statements), found, taken.left).line()


@lru_cache(maxsize=2)
def grids(sha256: str, name: str) -> tuple[Grid, ...]:
    """The sheets as they are, to be looked at."""
    return tuple(open_workbook(files.fetch(sha256), name).sheets)
