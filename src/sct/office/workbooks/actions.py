"""Everything that can happen to a workbook: it comes in, questions are answered, figures are kept, keepings undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from jsonschema import Draft202012Validator

from sct import declared
from sct.catalogue import load
from sct.catalogue.model import PartialDate
from sct.catalogue.workbook import Question
from sct.errors import Place, UserError
from sct.office.documents import files
from sct.office.ledger import actions as ledger
from sct.office.ledger.actions import NewBatch
from sct.office.ledger.models import BatchKind
from sct.office.people import audit
from sct.office.people.errors import NotVisibleError
from sct.office.people.models import Person, Right
from sct.office.people.progress import Progress, quiet
from sct.office.people.queries import require
from sct.office.workbooks import reading
from sct.office.workbooks.models import Answer, Keeping, StoredWorkbook
from sct.office.workbooks.preview import Effect, Preview, chosen
from sct.office.workbooks.preview import preview as preview_of
from sct.uncollected import uncollected
from sct.vietnamese.text import search_key
from sct.words import _

KEEPABLE = frozenset({Effect.NEW, Effect.RESTATED})


def upload(
    person: Person, name: str, data: bytes, area: str, published: str = "", *, progress: Progress = quiet
) -> tuple[StoredWorkbook, bool]:
    """Store a workbook for an area and say whether it was there before; it is read once to be sure that it can be.

    Raises `UserError` for what cannot be opened, and then nothing has changed.
    """
    load().area(area)
    require(person, Right.RECORD, area)
    limit = settings.UPLOAD_LIMIT
    if len(data) > limit:
        expected = _("không quá {mb} MB").format(mb=limit // 2**20)
        size = f"{len(data) / 2**20:.0f} MB"
        raise UserError("too-large", _("Tệp quá lớn"), value=size, expected=expected, place=Place(file=name))
    told = PartialDate(published.strip()).text if published.strip() else ""
    sha256 = files.digest(data)
    identity = StoredWorkbook.identity_of(area, sha256)
    before = StoredWorkbook.objects.filter(identity=identity).first()
    if before is not None:
        return before, True
    book = reading.read_new(data, name, area, progress)
    if not book.cells and not book.tasks:
        raise UserError(
            "no-figures",
            _("Không thấy ô số liệu nào trong bảng tính"),
            value=", ".join(row.sheet for row in book.aside[:3]) or name,
            way_out=_("Kiểm tra xem có gửi nhầm tệp không"),
            place=Place(file=name),
        )
    files.keep(data)
    with transaction.atomic():
        audit.lock()
        twin = StoredWorkbook.objects.filter(identity=identity).first()
        if twin is not None:
            return twin, True
        row = StoredWorkbook(
            name=name[:255], sha256=sha256, identity=identity, area=area, published=told, size=len(data),
            who=person, at=timezone.now(),
        )  # fmt: skip
        row.save()
        payload = {"sha256": sha256, "area": area, "name": name}
        audit.record(person.pk, "workbooks.upload", f"workbook:{row.pk}", payload)
    return row, False


@transaction.atomic
@uncollected()
def keep(
    person: Person,
    workbook: StoredWorkbook,
    *,
    rows: Sequence[str] | None = None,
    effects: frozenset[Effect] = KEEPABLE,
    progress: Progress = quiet,
) -> Keeping:
    """Put figures of a workbook into the ledger: all that are new or restated, or those of some rows. One transaction.

    Raises `UserError` when nothing is left to keep, 403/404 errors for an area without the right.
    """
    require(person, Right.RECORD, workbook.area)
    audit.lock()
    view: Preview = preview_of(person, workbook)
    lines = chosen(view, rows, effects & KEEPABLE)
    if not lines:
        raise UserError(
            "nothing-to-keep", _("Không có số liệu mới nào để nhận vào sổ"), place=Place(file=workbook.name)
        )
    restated = sum(line.effect is Effect.RESTATED for line in lines)
    figures = (line.figure or view.figures.figure(line.cell) for line in lines)
    batch = NewBatch(BatchKind.IMPORT, workbook.name, workbook.sha256)
    done = ledger.record(person, figures, batch, progress, count=len(lines))
    made = Keeping(
        workbook=workbook, batch_id=done.batch, figures=len(done.ids), restated=restated, who=person, at=timezone.now()
    )
    made.save()
    payload = {"workbook": workbook.pk, "batch": done.batch, "figures": len(done.ids), "restated": restated}
    audit.record(person.pk, "workbooks.keep", f"keeping:{made.pk}", payload)
    return made


def undo(person: Person, keeping: int, why: str) -> int:
    """Take a whole keeping out of the ledger; the figures stay readable in the history. Returns how many."""
    row = Keeping.objects.select_related("workbook").filter(pk=keeping).first()
    if row is None:
        raise NotVisibleError("not-found", _("Không có lần nạp này"))
    require(person, Right.SEE, row.workbook.area)
    return ledger.withdraw(person, batch=row.batch_id, why=why)


# -- answers --------------------------------------------------------------------------------------------------


def answer(person: Person, workbook: StoredWorkbook, question: Question, given: Mapping[str, str]) -> Answer:
    """Keep what a person answers as a declaration of the workbook's department. Raises `UserError` for a bad answer."""
    require(person, Right.RECORD, workbook.area)
    row = _declaration(question, given, workbook)
    return _keep_answer(person, workbook.area, row, question.words, workbook)


@transaction.atomic
def declare(person: Person, area: str, rows: Sequence[Mapping[str, Any]], source: str) -> int:
    """Keep the answers of a file, rows of declarations/workbooks, for an area; those in force already are left.

    Returns how many are new. Raises `UserError` for a row that the schema or the catalogue does not know.
    """
    require(person, Right.RECORD, area)
    check = Draft202012Validator(declared.schema("workbooks"))
    known = {f"{row['kind']}:{row['code']}": row for row in reading.answers_of(area)}
    made = 0
    for row in rows:
        fault = next(iter(check.iter_errors(dict(row))), None)
        if fault is not None:
            what = _("Câu trả lời không đúng mẫu khai báo")
            raise UserError("bad-answer", what, value=fault.message[:200], place=Place(file=source))
        if row.get("indicator"):
            load().resolve(f"{row['indicator']}[{row['breakdown']}]" if row.get("breakdown") else str(row["indicator"]))
        if known.get(f"{row['kind']}:{row['code']}") != dict(row):
            _keep_answer(person, area, row, ", ".join(row.get("phrases", ())) or str(row["code"]), None)
            made += 1
    return made


@transaction.atomic
def take_back(person: Person, area: str, code: str) -> Answer:
    """End an answer: from now on the question is asked again."""
    require(person, Right.RECORD, area)
    if not Answer.objects.filter(area=area, code=code).exists():
        raise NotVisibleError("not-found", _("Không có câu trả lời này"))
    made = Answer(area=area, code=code, row={}, words="", who=person, at=timezone.now())
    made.save()
    audit.record(person.pk, "workbooks.answer", f"answer:{made.pk}", {"area": area, "code": code, "row": {}})
    return made


@transaction.atomic
def _keep_answer(
    person: Person, area: str, row: Mapping[str, Any], words: str, workbook: StoredWorkbook | None
) -> Answer:
    made = Answer(
        area=area, code=f"{row['kind']}:{row['code']}"[:200], row=dict(row), words=words[:500], workbook=workbook,
        who=person, at=timezone.now(),
    )  # fmt: skip
    made.save()
    audit.record(person.pk, "workbooks.answer", f"answer:{made.pk}", {"area": area, "row": dict(row)})
    return made


def _declaration(question: Question, given: Mapping[str, str], workbook: StoredWorkbook) -> dict[str, Any]:
    """The row of declarations/workbooks that an answer is."""
    name = _code(question.words)
    if question.kind == "row" and given.get("bo"):
        return {"kind": "row", "code": f"{question.table or 'any'}.{name}", "table": question.table,
                "phrases": [question.words], "meaning": "ignore"}  # fmt: skip
    if question.kind == "row":
        indicator, breakdown = _series(given.get("series", ""))
        return {"kind": "row", "code": f"{question.table or 'any'}.{name}", "table": question.table,
                "phrases": [question.words], "indicator": indicator, "breakdown": breakdown}  # fmt: skip
    if question.kind == "column":
        meaning = given.get("meaning", "")
        if meaning not in MEANINGS:
            raise UserError("bad-answer", _("Chưa chọn cột này nói gì"), value=meaning, expected=", ".join(MEANINGS))
        return {"kind": "column", "code": name, "phrases": [question.words], "meaning": meaning}
    if question.kind == "table":
        indicator, _breakdown = _series(given.get("series", ""))
        return {"kind": "table", "code": name, "titles": [question.words], "indicator": indicator}
    if question.kind == "period" and question.table.startswith("months:"):
        value = given.get("value", "")
        if value not in ("month", "cumulative"):
            raise UserError("bad-answer", _("Chọn số của tháng hay số lũy kế"), value=value)
        return {"kind": "setting", "code": question.table, "value": value}
    if question.kind == "period":
        month = given.get("value", "").strip()
        if len(month) != 7 or PartialDate(month).text != month:
            raise UserError("bad-answer", _("Cần tháng báo cáo của bảng"), value=month, expected="2026-04")
        return {"kind": "setting", "code": f"reporting:{workbook.sha256[:12]}", "value": month}
    raise UserError("no-answer", _("Câu này không trả lời ở đây được"), value=question.kind)


def _series(text: str) -> tuple[str, str]:
    """(indicator, breakdown) of an answer; raises `UserError` for one the catalogue has not."""
    if not text.strip():
        raise UserError("bad-answer", _("Chưa chọn chỉ tiêu"))
    return load().resolve(text.strip())


def _code(words: str) -> str:
    made = "".join(ch if ch.isalnum() else "_" for ch in search_key(words)).strip("_")
    return made[:80] or "x"


MEANINGS = (
    "level_prev_month", "level_month_estimate", "level_ytd", "level_month_last_year", "level_ytd_last_year", "plan",
    "plan_completion", "index_mom", "index_yoy", "index_ytd_yoy", "index_prev_month_yoy", "growth_yoy",
    "growth_ytd_yoy", "ignore",
)  # fmt: skip
