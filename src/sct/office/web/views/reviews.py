"""Kỳ họp: the list, one review with its readiness, the room screen, conclusions cut into matters."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from sct.errors import UserError
from sct.following.events import local_day
from sct.office.coordination.home import home
from sct.office.coordination.readiness import plan_of, readiness, year_of
from sct.office.coordination.scoreboard import scoreboard
from sct.office.documents import queries as documents
from sct.office.people.models import Right
from sct.office.people.queries import may
from sct.office.plans import queries as plans
from sct.office.reviews import actions, queries
from sct.office.reviews.actions import Chosen, NewReview
from sct.office.reviews.models import ReviewKind
from sct.office.web import plan_words
from sct.office.web.choice import SiteRequest
from sct.planning.standing import Status
from sct.words import _

ROWS_ON_SCREEN = 6


def today() -> date:
    return local_day(timezone.now())


def _back(request: SiteRequest, number: int, anchor: str = "") -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("review", args=[number]) + request.choice.query() + anchor)


def reviews(request: SiteRequest) -> HttpResponse:
    """The reviews of the area, newest first; a form to call one for who may."""
    area = request.choice.area.key
    planner = may(request.user, Right.PLAN, area)
    context: dict[str, Any] = {"may_plan": planner, "kinds": ReviewKind.choices, "given": request.POST}
    if request.method == "POST":
        try:
            row = actions.call(request.user, area, _new(request))
            return _back(request, row.pk)
        except UserError as error:
            if isinstance(error, Http404 | PermissionDenied):
                raise
            context["wrong"] = error.sentence()
    context["reviews"] = queries.reviews(request.user, area)
    context["plans"] = plans.plans(request.user, area)
    return render(request, "web/reviews.html", context, status=422 if context.get("wrong") else 200)


def _new(request: SiteRequest) -> NewReview:
    given = request.POST
    kind = given.get("loai", "")
    if kind not in ReviewKind.values:
        raise UserError("bad-kind", _("Chưa chọn loại kỳ họp"))
    return NewReview(
        kind=ReviewKind(kind),
        title=given.get("ten", ""),
        period=given.get("ky_xem", ""),
        held=_day(given.get("ngay_hop", "")),
        place=given.get("noi_hop", ""),
        chair=given.get("chu_tri", ""),
        invited=tuple(given.get("moi", "").splitlines()),
        agenda=tuple(_agenda(given.get("chuong_trinh", ""))),
        plan=int(given["ke_hoach"]) if given.get("ke_hoach", "").isdigit() else None,
    )


def _agenda(text: str) -> list[tuple[str, str, int | None]]:
    """Lines "mục; đơn vị; số phút"."""
    found = []
    for line in text.splitlines():
        title, _semicolon, rest = line.partition(";")
        unit, _semicolon, minutes = rest.partition(";")
        if title.strip():
            minutes = minutes.strip()
            found.append((title.strip(), unit.strip(), int(minutes) if minutes.isdigit() else None))
    return found


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise UserError("bad-date", _("Ngày không có thật"), value=text, expected="2026-03-15") from None


@require_safe
def review(request: SiteRequest, number: int) -> HttpResponse:
    """One review: readiness, agenda, what became of the last one, minutes, conclusions and their matters."""
    row = queries.review_row(request.user, number)
    ready = readiness(request.user, row, request.choice.known, today())
    context = {
        "review": row,
        "ready": ready,
        "agenda": row.agenda.prefetch_related("papers"),
        "documents": documents.documents(request.user, limit=60) if may(request.user, Right.PLAN, row.area) else [],
        "concluded": queries.concluded(row),
        "became": queries.became(request.user, row, today()),
        "may_plan": may(request.user, Right.PLAN, row.area),
        "may_assign": may(request.user, Right.ASSIGN, row.area),
        "year": year_of(row)[1],
        "units": row.invited,
    }
    return render(request, "web/review.html", context)


@require_safe
def lacking(request: SiteRequest, number: int, what: str) -> HttpResponse:
    """The list behind a number of the readiness: every submission, figure, part or paper that is still open."""
    row = queries.review_row(request.user, number)
    if what not in plan_words.CHECKS:
        raise Http404(what)
    ready = readiness(request.user, row, request.choice.known, today())
    context = {"review": row, "ready": ready, "what": what, "count": dict(ready.checks)[what], "year": year_of(row)[1]}
    return render(request, "web/review_lacking.html", context)


@require_POST
def attach(request: SiteRequest, number: int, item: int) -> HttpResponse:
    """A kept document at a point of the agenda; with `go` it is taken off."""
    told = request.POST.get("tai_lieu", "") or request.POST.get("go", "")
    try:
        if not (told.isascii() and told.isdecimal() and len(told) < 10):
            raise UserError("no-paper", _("Chưa chọn tài liệu"))
        actions.attach(request.user, number, item, int(told), take_off=bool(request.POST.get("go")))
        messages.info(request, _("Đã ghi."))
    except UserError as error:
        if isinstance(error, Http404 | PermissionDenied):
            raise
        messages.error(request, error.sentence())
    return _back(request, number, "#chuong-trinh")


@require_POST
def keep(request: SiteRequest, number: int, what: str) -> HttpResponse:
    """Biên bản, chương trình, kết luận, kết thúc."""
    given = request.POST
    try:
        if what == "bien-ban":
            actions.keep_minutes(request.user, number, given.get("bien_ban", ""))
        elif what == "chuong-trinh":
            actions.set_agenda(request.user, number, _agenda(given.get("chuong_trinh", "")))
        elif what == "ket-luan":
            told = {
                "paper": given.get("van_ban", ""),
                "giver": given.get("nguoi_ket_luan", ""),
                "url": given.get("nguon", ""),
            }
            actions.conclude(request.user, number, given.get("ket_luan", ""), **told)
        elif what == "ket-thuc":
            actions.close(request.user, number)
        else:
            raise Http404(what)
        messages.info(request, _("Đã ghi."))
    except UserError as error:
        if isinstance(error, Http404 | PermissionDenied):
            raise
        messages.error(request, error.sentence())
    return _back(request, number, "#ket-luan" if what == "ket-luan" else "")


@require_POST
def cut(request: SiteRequest, number: int, conclusion: int) -> HttpResponse:
    """The ticked sentences become matters."""
    given = request.POST
    chosen = [
        Chosen(
            start=int(start),
            text=given.get(f"noi_dung-{start}", ""),
            group=given.get(f"nhom-{start}", ""),
            lead=given.get(f"chu_tri-{start}", ""),
            due=_day(given[f"han-{start}"]) if given.get(f"han-{start}") else None,
            output=given.get(f"san_pham-{start}", ""),
        )
        for start in given.getlist("cau")
        if start.isdigit()
    ]
    try:
        made = actions.make_matters(request.user, conclusion, chosen)
        messages.info(request, _("Đã cắt thành {n} việc.").format(n=len(made)))
    except UserError as error:
        if isinstance(error, Http404 | PermissionDenied):
            raise
        messages.error(request, error.sentence())
    return _back(request, number, "#ket-luan")


@require_safe
def screen(request: SiteRequest, number: int) -> HttpResponse:
    """The projector: the year on one page, then section by section with ← and →."""
    row = queries.review_row(request.user, number)
    area, year = year_of(row)
    plan = plan_of(request.user, row)
    board = scoreboard(request.user, plan, request.choice.known, today()) if plan else None
    lines = list(board.lines) if board else []
    lines.sort(key=lambda line: (line.judged.result is None, line.target.place))
    pages = [lines[n : n + ROWS_ON_SCREEN] for n in range(0, len(lines), ROWS_ON_SCREEN)]
    context = {
        "review": row,
        "year": year,
        "home": home(request.user, area, year, request.choice.known),
        "pages": pages,
        "board": board,
        "counts": [(one, board.counts[one]) for one in Status if one in board.counts] if board else [],
        "last": queries.became(request.user, row.previous, today()) if row.previous else None,
        "became": queries.became(request.user, row, today()),
    }
    return render(request, "web/review_screen.html", context)


paths = [
    path("ky-hop/", reviews, name="reviews"),
    path("ky-hop/<int:number>/", review, name="review"),
    path("ky-hop/<int:number>/man-hinh/", screen, name="review-screen"),
    path("ky-hop/<int:number>/con-thieu/<slug:what>/", lacking, name="review-lacking"),
    path("ky-hop/<int:number>/tai-lieu/<int:item>/", attach, name="review-attach"),
    path("ky-hop/<int:number>/cat/<int:conclusion>/", cut, name="review-cut"),
    path("ky-hop/<int:number>/<slug:what>/", keep, name="review-keep"),
]
