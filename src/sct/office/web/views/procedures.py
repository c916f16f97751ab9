"""Quy trình: files and where they stand, those that are late, one file, the year's objectives."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from sct.errors import UserError
from sct.following.events import local_day
from sct.following.procedures import load_procedures
from sct.office.documents.attaching import ACCEPTED
from sct.office.people.errors import NotAllowedError, NotVisibleError
from sct.office.people.models import Right
from sct.office.people.queries import may
from sct.office.procedures import actions, queries
from sct.office.procedures.actions import Shown
from sct.office.procedures.queries import Line
from sct.office.web import exports
from sct.office.web.choice import SiteRequest
from sct.office.web.given import given_papers
from sct.words import _

ON_A_PAGE = 50


def _today() -> date:
    return local_day(timezone.now())


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise UserError("bad-date", _("Ngày không có thật"), value=text, expected="2026-03-15") from None


@require_safe
def procedures(request: SiteRequest) -> HttpResponse:
    """The board: late ones first; those that wait for their applicants by themselves; objectives of the year beside."""
    day, area, told = _today(), request.choice.area.key, request.GET.get("nam", "")
    year = int(told) if told.isascii() and told.isdecimal() and 2000 <= int(told) <= day.year else day.year
    lines = queries.files(request.user, area, day, year=year)
    boards = {
        "": lines,
        "cham": [line for line in lines if line.is_late],
        "cho": [line for line in lines if line.place.waiting],
    }
    board = request.GET.get("bang", "")
    if board not in boards:
        raise Http404(board)
    shown = boards[board]
    if "dang" in request.GET:
        return exports.answer(request.GET["dang"], f"ho-so-quy-trinh-{year}", _table(shown))
    declared = [one for one in load_procedures().values() if one.holds(day)]
    page = request.GET.get("trang", "1")
    start = (max(1, int(page)) - 1) * ON_A_PAGE if page.isascii() and page.isdecimal() and len(page) < 6 else 0
    context = {
        "year": year,
        "years": list(range(day.year, day.year - 4, -1)),
        "lines": sorted(shown, key=lambda line: (not line.is_late, -line.place.late))[start : start + ON_A_PAGE],
        "more": len(shown) > start + ON_A_PAGE,
        "page": start // ON_A_PAGE + 1,
        "boards": [(code, words, len(boards[code])) for code, words in _boards().items()],
        "board": board,
        "objectives": queries.objectives(request.user, area, lines, day),
        "openable": [one for one in declared if queries.may_open(request.user, area, one)],
        "declared": [(one, [(step, queries.division_name(step.who)) for step in one.steps]) for one in declared],
        "today": day,
    }
    return render(request, "web/procedures.html", context)


def _boards() -> dict[str, str]:
    return {"": _("Tất cả"), "cham": _("Đang chậm, xong chậm"), "cho": _("Chờ người nộp bổ sung")}


def _table(lines: list[Line]) -> exports.Table:
    heads = [_("Số hồ sơ"), _("Hồ sơ"), _("Quy trình"), _("Mở"), _("Đang ở bước"), _("Đơn vị"), _("Hạn của bước")]
    heads += [_("Hạn chung"), _("Xong"), _("Chậm (ngày làm việc)"), _("Chờ bổ sung từ")]
    heads += [_("Đã chờ (ngày làm việc)")]
    rows: list[list[exports.Value]] = []
    for line in lines:
        now = line.place.now
        step = [now.step.name, queries.division_name(now.step.who), f"{now.due:%d-%m-%Y}"] if now else ["", "", ""]
        finished = f"{line.place.finished:%d-%m-%Y}" if line.place.finished else ""
        rows.append(
            [
                line.row.number,
                line.row.title,
                f"{line.procedure.number} {line.procedure.name}",
                f"{line.row.opened:%d-%m-%Y}",
                *step,
                f"{line.place.due:%d-%m-%Y}",
                finished,
                Fraction(line.place.late),
                f"{line.place.waiting:%d-%m-%Y}" if line.place.waiting else "",
                Fraction(line.place.waited),
            ]
        )
    return exports.Table(_("Hồ sơ theo quy trình"), heads, rows)


@require_safe
def file(request: SiteRequest, number: int) -> HttpResponse:
    line = queries.file(request.user, number, _today())
    steps = []
    for one in line.place.steps:
        told = [(event, line.papers.get(event.pk, ())) for event in line.events if event.step == one.step.code]
        steps.append((one, queries.division_name(one.step.who), told))
    context = {
        "line": line,
        "steps": steps,
        "may_do": queries.may_do(request.user, line.row.area, line.place.now),
        "may_undo": bool(line.events)
        and (line.events[-1].who_id == request.user.pk or may(request.user, Right.PLAN, line.row.area)),
        "today": _today(),
        "accepted": ACCEPTED,
    }
    return render(request, "web/procedure_file.html", context)


@require_POST
def open_file(request: SiteRequest) -> HttpResponse:
    given = request.POST
    address = reverse("procedures")
    try:
        area = request.choice.area.key
        row = actions.open_file(
            request.user, area, given.get("quy_trinh", ""), given.get("ten", ""), _day(given.get("ngay", ""))
        )
        address = reverse("procedure-file", args=[row.pk])
        messages.info(request, _("Đã mở hồ sơ {number}.").format(number=row.number))
    except (NotAllowedError, NotVisibleError):
        raise
    except UserError as error:
        messages.error(request, error.sentence())
    return HttpResponseRedirect(address + request.choice.query())


@require_POST
def act(request: SiteRequest, number: int, what: str) -> HttpResponse:
    """A step done, papers asked for or come, or the last of these taken back."""
    given = request.POST
    if what not in ("xong", "tra-lai", "nhan-lai", "hoan-tac"):
        raise Http404(what)
    try:
        if what == "hoan-tac":
            actions.undo(request.user, number)
            messages.info(request, _("Đã hoàn tác."))
        else:
            on = _day(given.get("ngay", ""))
            shown = Shown(given.get("minh_chung", ""), given.get("ghi_chu", ""), given_papers(request))
            if what == "xong":
                actions.step_done(request.user, number, given.get("buoc", ""), on, shown)
            else:
                (actions.send_back if what == "tra-lai" else actions.papers_came)(request.user, number, on, shown)
            messages.info(request, _("Đã ghi."))
    except (NotAllowedError, NotVisibleError):
        raise
    except UserError as error:
        messages.error(request, error.sentence())
    return HttpResponseRedirect(reverse("procedure-file", args=[number]) + request.choice.query())


paths = [
    path("viec/quy-trinh/", procedures, name="procedures"),
    path("viec/quy-trinh/mo/", open_file, name="procedure-open"),
    path("viec/quy-trinh/<int:number>/", file, name="procedure-file"),
    path("viec/quy-trinh/<int:number>/<slug:what>/", act, name="procedure-act"),
]
