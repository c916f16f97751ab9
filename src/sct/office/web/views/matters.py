"""Việc: boards, one matter with its source sentence, what may be done with it, calendar and exports."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from sct.catalogue import load
from sct.errors import UserError
from sct.following.events import EventKind, ResultClass, local_day
from sct.following.rhythm import Rhythm
from sct.following.states import State
from sct.office.coordination import calendar, matter_counts, matter_links, matter_papers, taking, task_sheets
from sct.office.documents import proposals
from sct.office.documents.attaching import ACCEPTED
from sct.office.matters import actions, queries
from sct.office.matters.actions import MAY, Detail, NewMatter
from sct.office.matters.models import Kind, Level
from sct.office.matters.queries import Asked
from sct.office.people.errors import NotVisibleError
from sct.office.people.models import Right
from sct.office.people.queries import may, unit_of, units_of
from sct.office.web import exports
from sct.office.web.choice import SiteRequest
from sct.office.web.given import given_papers
from sct.office.web.plan_words import BOARDS
from sct.words import _

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
RESULTS = [kind.value for kind in ResultClass]


def today() -> date:
    return local_day(timezone.now())


def _asked(request: SiteRequest, board: str) -> Asked:
    given = request.GET
    state = given.get("trangthai", "")
    if state and state not in {one.value for one in State}:
        raise Http404(state)
    return Asked(
        area=request.choice.area.key,
        today=today(),
        board=board,
        state=state,
        kind=given.get("loai", ""),
        unit=given.get("donvi", ""),
        giver=given.get("nguoigiao", ""),
        occasion=given.get("kyhop", ""),
        words=given.get("tim", ""),
        page=max(1, int(given.get("trang", "1") or 1)) if given.get("trang", "1").isdigit() else 1,
    )


@require_safe
def matters(request: SiteRequest) -> HttpResponse:
    """The boards; the first is one's own, for who has no unit all."""
    board = request.GET.get("bang", "mine" if units_of(request.user) and not _oversees(request) else "all")
    if board not in BOARDS:
        raise Http404(board)
    asked = _asked(request, board)
    if "dang" in request.GET:
        return _export(request, asked)
    context = {
        "boards": list(BOARDS),
        "board": board,
        "found": queries.board(request.user, asked),
        "tally": matter_counts.tally(request.user, asked),
        "choices_of": queries.choices(request.user, asked.area),
        "asked": asked,
        "kinds": Kind.choices,
        "today": asked.today,
        "may_plan": may(request.user, Right.PLAN, asked.area),
        "may_raise": bool(units_of(request.user)),
    }
    return render(request, "web/matters.html", context)


def _oversees(request: SiteRequest) -> bool:
    return may(request.user, Right.OVERSEE, request.choice.area.key)


def _export(request: SiteRequest, asked: Asked) -> HttpResponse:
    """The annex table of the report: xlsx, csv or docx."""
    lines = queries.every(request.user, asked)
    if request.GET["dang"] == "docx":
        body = matter_papers.annex(lines, request.choice.area)
        return HttpResponse(
            body, content_type=WORD, headers={"Content-Disposition": 'attachment; filename="phu-luc-nhiem-vu.docx"'}
        )
    heads = list(matter_papers.heads())
    table = exports.Table(
        _("Phụ lục: nhiệm vụ, kiến nghị, cam kết"), heads, [list(row) for row in matter_papers.rows(lines)]
    )
    return exports.answer(request.GET["dang"], "phu-luc-nhiem-vu", table)


@require_safe
def counts(request: SiteRequest) -> HttpResponse:
    """Counts and rates by unit and month, and how they are computed."""
    asked = _asked(request, "all")
    context = {
        "units": matter_counts.by_unit(request.user, asked),
        "months": matter_counts.by_month(request.user, asked)[-24:],
        "states": [State.DONE_IN_TIME, State.DONE_LATE, State.OVERDUE, State.DUE_SOON, State.RUNNING, State.REGULAR],
        "tally": matter_counts.tally(request.user, asked),
    }
    return render(request, "web/matter_counts.html", context)


@require_safe
def matter(request: SiteRequest, number: int) -> HttpResponse:
    """One matter: the sentence it comes from, its story, what this person may do now."""
    page = queries.page(request.user, number, today())
    context = {
        "page": page,
        "row": page.line.row,
        "today": today(),
        "acts": _acts(request, page),
        "results": list(ResultClass),
        "units": [unit for unit, _name in queries.choices(request.user, page.line.row.area)["unit"]],
        "may_undo": _undoable(request, page),
        "papers": page.papers,
        "accepted": ACCEPTED,
        **_ties(request, page),
    }
    return render(request, "web/matter.html", context)


def _ties(request: SiteRequest, page: queries.Page) -> dict[str, Any]:
    """What the matter is tied to, and what can be tied to it by some words."""
    row, words = page.line.row, request.GET.get("gan", "").strip()[:100]
    may_tie = queries.may_tie(request.user, row)
    held = {to for to, _name in page.links} | {f"matter:{row.pk}"}
    found = matter_links.offered(request.user, row.area, words) if may_tie and words else []
    return {
        "ties": matter_links.shown(page.links),
        "may_tie": may_tie,
        "tie_words": words,
        "offered": [one for one in found if one.to not in held],
    }


@require_POST
def tie(request: SiteRequest, number: int, what: str) -> HttpResponse:
    """Link the matter with something, take a link off, or put it under another matter."""
    to = request.POST.get("den", "")
    try:
        if what == "gan":
            one = matter_links.named(request.user, to, today())
            actions.link(request.user, number, one.to, one.name)
        elif what == "go":
            actions.unlink(request.user, number, to)
        elif what == "thuoc":
            above = int(to) if to.isascii() and to.isdecimal() else None
            actions.place_under(request.user, number, above)
        else:
            raise Http404(what)
        messages.info(request, _("Đã ghi."))
    except UserError as error:
        if isinstance(error, Http404 | PermissionDenied):
            raise
        messages.error(request, error.sentence())
    return HttpResponseRedirect(reverse("matter", args=[number]) + request.choice.query())


_GROUPS: tuple[EventKind, ...] = tuple(EventKind)


def _acts(request: SiteRequest, page: queries.Page) -> list[EventKind]:
    """What the person may let happen now, in the order of a matter's life."""
    row = page.line.row
    parts = set(row.concerned.filter(unit__in=units_of(request.user)).values_list("part", flat=True))
    closed = bool(row.done or row.recalled)
    found = []
    for kind in _GROUPS:
        rights, needed = MAY[kind]
        allowed = any(may(request.user, right, row.area) for right in rights)
        allowed = allowed or bool(parts & {part.value for part in needed})
        if allowed and _fits(kind, page, closed=closed):
            found.append(kind)
    return found


def _fits(kind: EventKind, page: queries.Page, *, closed: bool) -> bool:
    row = page.line.row
    given = bool(row.lead)
    now: dict[EventKind, bool] = {
        EventKind.ASSIGN: not given,
        EventKind.TRANSFER: given,
        EventKind.SUPPORT: given,
        EventKind.ACCEPT: given and row.accepted is None,
        EventKind.START: False,
        EventKind.UPDATE: given,
        EventKind.REMIND: given,
        EventKind.ESCALATE: False,  # the letter itself is written by `sct remind`
        EventKind.ASK: row.due is not None and not row.asked,
        EventKind.EXTEND: row.due is not None,
        EventKind.REFUSE: row.asked,
        EventKind.SUSPEND: row.suspended is None,
        EventKind.RESUME: row.suspended is not None,
        EventKind.ANSWER: given and row.kind == Kind.PETITION,
        EventKind.DONE: given,
        EventKind.RATE: row.kind == Kind.PETITION and row.answered is not None,
        EventKind.REOPEN: closed,
        EventKind.RECALL: True,
    }
    if kind in (EventKind.REOPEN, EventKind.RATE):
        return now[kind]
    return now[kind] and not closed


def _undoable(request: SiteRequest, page: queries.Page) -> int | None:
    """The happening that this person may take back."""
    standing = [one for one in page.story if one.pk not in page.undone]
    if not standing:
        return None
    last = max(standing, key=lambda one: one.pk)
    mine = last.who_id == request.user.pk or may(request.user, Right.ASSIGN, page.line.row.area)
    return last.pk if mine else None


@require_POST
def act(request: SiteRequest, number: int, what: str) -> HttpResponse:
    """Let something happen; the page again with what came of it."""
    try:
        kind = EventKind(what)
    except ValueError:
        raise Http404(what) from None
    try:
        actions.happen(request.user, number, kind, _detail(request))
        messages.info(request, _("Đã ghi: {what}.").format(what=kind.words))
    except UserError as error:
        if isinstance(error, Http404 | PermissionDenied):
            raise
        messages.error(request, error.sentence())
    return HttpResponseRedirect(reverse("matter", args=[number]) + request.choice.query())


def _detail(request: HttpRequest) -> Detail:
    given = request.POST
    return Detail(
        on=day_of(given.get("ngay_xay_ra", "")),
        lead=given.get("chu_tri", ""),
        supports=tuple(part.strip() for part in given.get("phoi_hop", "").split(";")),
        due=day_of(given.get("han", "")),
        result=ResultClass(given["ket_qua"]) if given.get("ket_qua") in RESULTS else None,
        satisfied={"co": True, "khong": False}.get(given.get("hai_long", "")),
        percent=int(given["phan_tram"]) if given.get("phan_tram", "").isdigit() else None,
        note=given.get("ghi_chu", ""),
        evidence=given.get("minh_chung", ""),
        papers=tuple(given_papers(request)),
    )


def day_of(text: str) -> date | None:
    """A day of a form field; empty is none."""
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise UserError("bad-date", _("Ngày không có thật"), value=text, expected="2026-03-15") from None


@require_POST
def undo(request: SiteRequest, number: int) -> HttpResponse:
    """Take the last happening back."""
    row = actions.undo(request.user, number)
    messages.info(request, _("Đã hoàn tác."))
    return HttpResponseRedirect(reverse("matter", args=[row.pk]) + request.choice.query())


def new_matter(request: SiteRequest) -> HttpResponse:
    """Put a matter on record: a planner any kind, a unit its own petition."""
    area = request.choice.area.key
    plans = may(request.user, Right.PLAN, area)
    if not plans and not units_of(request.user):
        raise Http404
    context: dict[str, Any] = {
        "kinds": Kind.choices if plans else [(Kind.PETITION.value, Kind.PETITION.label)],
        "levels": Level.choices,
        "rhythms": [one for one in Rhythm if one is not Rhythm.NONE],
        "given": request.POST,
        "unit": unit_of(request.user),
        "plans": plans,
        "memoranda": queries.memoranda(request.user, area),
    }
    proposal = int(text) if (text := request.GET.get("de_xuat", "")).isdecimal() and text.isascii() and plans else 0
    if proposal and request.method == "GET":
        try:
            context["given"] = taking.filled(proposals.view(request.user, proposal))
        except NotVisibleError:
            raise
        except UserError as error:
            messages.error(request, error.sentence())
    if request.method == "POST":
        try:
            new = _new(request, plans)
            take = partial(taking.take, request.user, area, proposal)
            # what a unit asks is asked of the department: it lies where the department's boards look
            row = take(new) if proposal else actions.create(request.user, area if plans else load().home, new)
            messages.info(request, _("Đã ghi việc số {number}.").format(number=row.number))
            return HttpResponseRedirect(reverse("matter", args=[row.pk]) + request.choice.query())
        except UserError as error:
            context["wrong"] = error.sentence()
            return render(request, "web/matter_new.html", context, status=422)
    return render(request, "web/matter_new.html", context)


def _new(request: SiteRequest, plans: bool) -> NewMatter:
    given = request.POST
    kind = Kind(given.get("loai", "petition")) if plans else Kind.PETITION
    rhythms = {one.value for one in Rhythm}
    return NewMatter(
        kind=kind,
        text=given.get("noi_dung", ""),
        raised=day_of(given.get("ngay_neu", "")) or today(),
        quote=given.get("trich", ""),
        paper=given.get("van_ban", ""),
        giver=given.get("nguoi_neu", "") if plans else unit_of(request.user),
        output=given.get("san_pham", ""),
        topic=given.get("linh_vuc", ""),
        level=given.get("cap", "") if given.get("cap", "") in Level.values else "",
        rhythm=Rhythm(given["nhip"]) if given.get("nhip") in rhythms else Rhythm.NONE,
        again=queries.petition(request.user, given.get("neu_lai", "")),
        memorandum=_number(request, "ghi_nho"),
    )


def _number(request: SiteRequest, name: str) -> int | None:
    """A number of a memorandum that the person may see."""
    text = request.POST.get(name, "")
    if not text.isdigit():
        return None
    return next((m.pk for m in queries.memoranda(request.user, request.choice.area.key) if m.pk == int(text)), None)


@require_safe
def month(request: SiteRequest) -> HttpResponse:
    """The month as a calendar: what is due on each day."""
    now = today()
    text = request.GET.get("thang", f"{now:%Y-%m}")
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        raise Http404(text) from None
    address = request.build_absolute_uri(reverse("calendar-feed", args=[actions.calendar_key(request.user)]))
    context = {
        "first": first,
        "weeks": calendar.weeks(request.user, request.choice.area.key, first, now),
        "before": (first - timedelta(days=1)).strftime("%Y-%m"),
        "after": (first + timedelta(days=31)).strftime("%Y-%m"),
        "today": now,
        "address": address,
    }
    return render(request, "web/matter_calendar.html", context)


@login_not_required
@require_safe
def feed(request: HttpRequest, key: str) -> HttpResponse:
    """The iCalendar feed of whoever holds the key; 404 for a key that is not, or no longer, good."""
    body = calendar.feed(key, today(), request.build_absolute_uri("/"))
    if body is None:
        raise Http404
    return HttpResponse(
        body, content_type="text/calendar; charset=utf-8", headers={"Cache-Control": "private, no-store"}
    )


def sheet(request: SiteRequest) -> HttpResponse:
    """A department's task sheet: first what was read, then the matters."""
    area = request.choice.area.key
    if not may(request.user, Right.PLAN, area):
        raise Http404
    context: dict[str, Any] = {}
    if request.method == "POST":
        file = request.FILES.get("tep")
        try:
            if file is None or file.name is None:
                raise UserError("no-file", _("Chưa chọn tệp"))
            tasks = task_sheets.read(file.read(), file.name)
            if request.POST.get("buoc") == "luu":
                made = task_sheets.take_in(request.user, area, tasks, file.name)
                messages.info(request, _("Đã ghi {n} việc.").format(n=made))
                return HttpResponseRedirect(reverse("matters") + request.choice.query(bang="all"))
            context["tasks"] = tasks
        except UserError as error:
            context["wrong"] = error.sentence()
            return render(request, "web/matter_sheet.html", context, status=422)
    return render(request, "web/matter_sheet.html", context)


paths = [
    path("viec/", matters, name="matters"),
    path("viec/so-lieu/", counts, name="matter-counts"),
    path("viec/moi/", new_matter, name="matter-new"),
    path("viec/lich/", month, name="matter-calendar"),
    path("viec/lich/<str:key>.ics", feed, name="calendar-feed"),
    path("viec/bang-nhiem-vu/", sheet, name="matter-sheet"),
    path("viec/<int:number>/", matter, name="matter"),
    path("viec/<int:number>/lien-quan/<slug:what>/", tie, name="matter-tie"),
    path("viec/<int:number>/<slug:what>/", act, name="matter-act"),
    path("viec/hoan-tac/<int:number>/", undo, name="matter-undo"),
]
