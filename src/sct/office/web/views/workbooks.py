"""Thu thập → Nạp bảng tính: the list and the upload, what keeping would do, the sheet itself, answers, undo."""

from __future__ import annotations

from typing import Any

import yaml
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sct.catalogue import load
from sct.catalogue.model import Area
from sct.errors import UserError
from sct.office.documents import files
from sct.office.people.models import Right
from sct.office.people.progress import Progress
from sct.office.people.queries import granted, may
from sct.office.web import longwork
from sct.office.web import workbook_words as words
from sct.office.web.choice import SiteRequest
from sct.office.workbooks import actions, queries, reading
from sct.office.workbooks.models import StoredWorkbook
from sct.office.workbooks.preview import Effect, Preview, preview
from sct.words import _

ON_A_PAGE = 50
ROWS_LISTED = 120  # rows of a table with a box of their own; larger tables are taken whole
RESTATED_LISTED, RESTATED_MORE = 6, 300
FINDINGS_LISTED = 40


@require_http_methods(["GET", "HEAD", "POST"])
def workbooks(request: SiteRequest) -> HttpResponse:
    if request.method == "POST":
        return _upload(request)
    asked = request.GET.get("trang", "1")
    page = max(1, int(asked)) if asked.isdigit() else 1
    lines = queries.workbooks(request.user, ON_A_PAGE + 1, (page - 1) * ON_A_PAGE)
    areas = _areas(request)
    context = {
        "lines": lines[:ON_A_PAGE],
        "more": len(lines) > ON_A_PAGE,
        "page": page,
        "may_record": may(request.user, Right.RECORD),
        "areas": areas,
        "usual": _usual(request, areas, lines),
    }
    return render(request, "web/workbooks.html", context)


def _areas(request: SiteRequest) -> list[Area]:
    """The provinces of which the person may record figures."""
    allowed = granted(request.user, Right.RECORD)
    found = [
        area
        for key, area in load().areas.items()
        if area.level == "province" and area.valid_to is None and (allowed is None or key in allowed)
    ]
    return sorted(found, key=lambda area: area.short_name)


def _usual(request: SiteRequest, areas: list[Area], lines: list[queries.Listed]) -> str:
    """The area offered first: the only one, or that of the person's last workbook; else the person chooses."""
    if len(areas) == 1:
        return areas[0].key
    own = [line.workbook.area for line in lines if line.workbook.who_id == request.user.pk]
    return own[0] if own else ""


def _upload(request: SiteRequest) -> HttpResponse:
    """Each file by itself: those that can be read come in, the others are named with what is wrong."""
    area = request.POST.get("dia_ban", "")
    done, refused = [], []
    for file in request.FILES.getlist("tep"):
        try:
            if not area:
                raise UserError("no-area", _("Chưa chọn địa bàn của bảng tính"))
            done.append(
                actions.upload(request.user, file.name or "", file.read(), area, request.POST.get("cong_bo", ""))
            )
        except UserError as error:
            refused.append(error.sentence())
    if not done and not refused:
        refused.append(_("Chưa chọn tệp nào."))
    for row, already in done:
        if already:
            messages.info(request, _("Bảng tính này đã có từ trước: {name}").format(name=row.name))
    if request.htmx and refused:
        return render(request, "web/parts/workbooks_refused.html", {"done": done, "refused": refused}, status=422)
    for sentence in refused:
        messages.error(request, sentence)
    target = _address(request, "workbook", done[0][0].pk) if len(done) == 1 else _address(request, "workbooks")
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": target})
    return HttpResponseRedirect(target)


@require_safe
def workbook(request: SiteRequest, number: int) -> HttpResponse:
    """What keeping this workbook would do, with the sheet beside it."""
    row = queries.workbook(request.user, number)
    view = preview(request.user, row)
    context = {
        "row": row,
        "view": view,
        "area": load().areas.get(row.area),
        "effects": _effects(view),
        "tables": [_table(table) for table in view.tables],
        "restated": view.restated[:RESTATED_LISTED],
        "restated_more": view.restated[RESTATED_LISTED:RESTATED_MORE],
        "keepable": view.counts[Effect.NEW] + view.counts[Effect.RESTATED],
        "questions": [_question(n, question) for n, question in enumerate(view.book.questions)],
        "asides": words.asides(view),
        "keepings": queries.keepings(row),
        "may_record": may(request.user, Right.RECORD, row.area),
        "answers": queries.told_answers(row.area),
        **_sheet(request, view),
    }
    return render(request, "web/workbook.html", context)


@require_safe
def checks(request: SiteRequest, number: int) -> HttpResponse:
    """What the checks say: problems with their cells, and how much was checked. Beside the preview it comes later."""
    row = queries.workbook(request.user, number)
    found, line = reading.findings(row)
    problems = []
    for finding in found:
        if finding.verdict.is_problem:
            place = finding.operands[0].place if finding.operands else ""
            sheet_of, mark, cell = place.rpartition("!")
            problems.append((finding, sheet_of, cell if mark else ""))
    context = {"row": row, "findings": problems[:FINDINGS_LISTED], "checked": line}
    page = "web/parts/workbook_checks.html" if request.htmx else "web/workbook_checks.html"
    return render(request, page, context)


def _effects(view: Preview) -> list[dict[str, Any]]:
    counts = view.counts
    shown = (Effect.NEW, Effect.RESTATED, Effect.SAME, Effect.ASKED, Effect.ASIDE)
    return [
        {"css": words.EFFECTS[e][0], "mark": words.EFFECTS[e][1], "words": words.EFFECTS[e][2](), "count": counts[e]}
        for e in shown
    ]


def _table(table: Any) -> dict[str, Any]:
    counts = table.counts
    keepable = counts[Effect.NEW] + counts[Effect.RESTATED]
    rows = [
        {
            "value": table.row_key(row),
            "label": label,
            "cell": lines[0].cell.cell,
            "new": sum(line.effect is Effect.NEW for line in lines),
            "restated": sum(line.effect is Effect.RESTATED for line in lines),
            "breakdown": lines[0].cell.breakdown,
        }
        for row, label, lines in table.rows
        if any(line.effect in actions.KEEPABLE for line in lines)
    ]
    return {
        "table": table.table,
        "counts": [(css, mark, said(), counts[e]) for e, (css, mark, said) in words.EFFECTS.items() if counts[e]],
        "keepable": keepable,
        "rows": rows if len(rows) <= ROWS_LISTED else [],
        "columns": [
            (c.letter, words.measure_words(c.meaning) if c.meaning else _("chưa hiểu"), c.period)
            for c in table.table.columns
        ],
    }


def _question(number: int, question: Any) -> dict[str, Any]:
    return {
        "number": number,
        "question": question,
        "months": question.table.startswith("months:"),
        "subject": words.measure_words(question.table.removeprefix("months:")).upper(),
        "meanings": [(meaning, words.measure_words(meaning)) for meaning in actions.MEANINGS]
        if question.kind == "column"
        else [],
        "series": _series_offered(question) if question.kind in ("row", "table") else [],
    }


def _series_offered(question: Any) -> list[tuple[str, str]]:
    """What a row may be: the members of the table's breakdowns and its parts first, then every indicator."""
    catalogue = load()
    from sct.reading.workbooks.words import load_words

    kind = load_words().tables.get(question.table)
    found: list[tuple[str, str]] = []
    if kind is not None and kind.indicator:
        for dimension in kind.rows_of:
            for member in catalogue.breakdowns.members(dimension):
                found.append((f"{kind.indicator}[{member.code}]", member.name))
        for part in catalogue.parts(kind.indicator):
            if not part.view:
                found.append((part.code, part.name))
    if not found:
        found = [(code, entry.name) for code, entry in catalogue.indicators.items()]
    return found


# -- the sheet ----------------------------------------------------------------------------------------------


def _sheet(request: SiteRequest, view: Preview) -> dict[str, Any]:
    """The sheet that the address asks for (`to`: name, `o`: cell, `tu`: first row), the first with a table else."""
    grids = reading.grids(view.workbook.sha256, view.workbook.name)
    names = [grid.name for grid in grids]
    usual = view.book.tables[0].sheet if view.book.tables else names[0]
    name = request.GET.get("to", usual)
    if name not in names:
        raise Http404(name)
    cell = request.GET.get("o", "")
    start = request.GET.get("tu", "")
    first = int(start) if start.isdigit() else _row_of(cell) - 20 if _row_of(cell) > words.ROWS_SHOWN - 20 else 1
    lines = [line for line in view.lines if line.cell.sheet == name]
    observed = queries.observed(request.user, view.workbook)
    shown = words.shown_sheet(grids[names.index(name)], lines, chosen=cell, start=first, observed=observed)
    return {"sheet": shown, "sheet_names": names, "row": view.workbook, "legend": _legend()}


def _row_of(cell: str) -> int:
    digits = "".join(ch for ch in cell if ch.isdigit())
    return int(digits) if digits and len(digits) < 8 else 1


def _legend() -> list[tuple[str, str, str]]:
    return [(css, mark, said()) for css, mark, said in words.EFFECTS.values() if mark]


@require_safe
def sheet(request: SiteRequest, number: int) -> HttpResponse:
    """The sheet alone: beside the preview, or as a page when a figure's source is opened."""
    row = queries.workbook(request.user, number)
    context = _sheet(request, preview(request.user, row))
    return render(request, "web/parts/grid.html" if request.htmx else "web/workbook_sheet.html", context)


# -- decisions ----------------------------------------------------------------------------------------------


@require_POST
def keep(request: SiteRequest, number: int) -> HttpResponse:
    """All that is new or restated, or the rows that were chosen."""
    row = queries.workbook(request.user, number)
    rows = None if request.POST.get("chon") == "het" else request.POST.getlist("dong")
    person = request.user

    def work(progress: Progress) -> str:
        done = actions.keep(person, row, rows=rows, progress=progress)
        told = _("Đã nhận {n} số liệu vào sổ, trong đó {r} số sửa lại số đã có.")
        return told.format(n=done.figures, r=done.restated)

    title = _("Nhận số liệu từ {file}").format(file=row.name)
    return longwork.begin(request, title, work, _address(request, "workbook", number))


@require_POST
def undo(request: SiteRequest, number: int, keeping: int) -> HttpResponse:
    row = queries.workbook(request.user, number)
    if not any(kept.keeping.pk == keeping for kept in queries.keepings(row)):
        raise Http404(keeping)
    try:
        count = actions.undo(request.user, keeping, request.POST.get("ly_do", "") or _("hoàn tác cả lần nạp"))
        messages.info(request, _("Đã rút {n} số liệu khỏi sổ; lịch sử vẫn còn.").format(n=count))
    except UserError as error:
        messages.error(request, error.sentence())
    return HttpResponseRedirect(_address(request, "workbook", number))


@require_POST
def answer(request: SiteRequest, number: int) -> HttpResponse:
    row = queries.workbook(request.user, number)
    book = reading.read(row)
    key = request.POST.get("cau", "")
    question = next((one for one in book.questions if one.key == key), None)
    if question is None:
        raise Http404(key)
    try:
        actions.answer(request.user, row, question, request.POST.dict())
        messages.info(request, _("Đã ghi nhớ câu trả lời; tháng sau không hỏi lại."))
    except UserError as error:
        messages.error(request, error.sentence())
    return HttpResponseRedirect(_address(request, "workbook", number) + "#hoi")


@require_POST
def take_back(request: SiteRequest, number: int) -> HttpResponse:
    row = queries.workbook(request.user, number)
    actions.take_back(request.user, row.area, request.POST.get("ma", ""))
    messages.info(request, _("Đã bỏ câu trả lời; lần sau sẽ hỏi lại."))
    return HttpResponseRedirect(_address(request, "workbook", number) + "#hoi")


@require_safe
def declarations(request: SiteRequest, number: int) -> HttpResponse:
    """The answers as a declaration file, to be put into the department's folder of declarations."""
    row = queries.workbook(request.user, number)
    body = yaml.safe_dump(
        [dict(one) for one in queries.answers(request.user, row.area)], allow_unicode=True, sort_keys=False
    )
    headers = {"Content-Disposition": content_disposition_header(True, "bang-tinh.yaml") or "attachment"}
    return HttpResponse(body.encode(), content_type="application/yaml; charset=utf-8", headers=headers)


@require_safe
def original(request: SiteRequest, number: int) -> HttpResponse:
    """The file as it was given, always as a download."""
    row: StoredWorkbook = queries.workbook(request.user, number)
    headers = {"Content-Disposition": content_disposition_header(True, row.name) or "attachment"}
    return HttpResponse(files.fetch(row.sha256), content_type="application/octet-stream", headers=headers)


def _address(request: SiteRequest, name: str, *args: object) -> str:
    return reverse(name, args=args) + request.choice.query()


paths = [
    path("thu-thap/bang-tinh/", workbooks, name="workbooks"),
    path("thu-thap/bang-tinh/<int:number>/", workbook, name="workbook"),
    path("thu-thap/bang-tinh/<int:number>/trang/", sheet, name="workbook-sheet"),
    path("thu-thap/bang-tinh/<int:number>/soat/", checks, name="workbook-checks"),
    path("thu-thap/bang-tinh/<int:number>/nhan/", keep, name="workbook-keep"),
    path("thu-thap/bang-tinh/<int:number>/hoan-tac/<int:keeping>/", undo, name="workbook-undo"),
    path("thu-thap/bang-tinh/<int:number>/tra-loi/", answer, name="workbook-answer"),
    path("thu-thap/bang-tinh/<int:number>/bo-tra-loi/", take_back, name="workbook-take-back"),
    path("thu-thap/bang-tinh/<int:number>/khai-bao/", declarations, name="workbook-declarations"),
    path("thu-thap/bang-tinh/<int:number>/tep/", original, name="workbook-original"),
]
