"""Biên bản ghi nhớ: two sides, commitments reckoned every year; who plans puts both on record."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse

from sct.errors import UserError
from sct.office.matters import actions, queries
from sct.office.matters.actions import Detail, NewMatter, NewMemorandum
from sct.office.matters.models import Kind, Matter, Memorandum
from sct.office.people.errors import NotVisibleError
from sct.office.people.models import Right
from sct.office.people.queries import may
from sct.office.web.choice import SiteRequest
from sct.office.web.views.matters import day_of, today
from sct.words import _


def memoranda(request: SiteRequest) -> HttpResponse:
    area, wrong = request.choice.area.key, ""
    if request.method == "POST":
        try:
            if "ghi_nho" in request.POST:
                row = _commitment(request, area)
                messages.info(request, _("Đã ghi cam kết số {number}.").format(number=row.number))
            else:
                _memorandum(request, area)
            return HttpResponseRedirect(reverse("memoranda") + request.choice.query())
        except UserError as error:
            if isinstance(error, Http404 | PermissionDenied):
                raise
            wrong = error.sentence()
    listed = queries.memoranda(request.user, area)
    context = {
        "memoranda": [(row, queries.years_of(request.user, row.pk, today())) for row in listed],
        "may_plan": may(request.user, Right.PLAN, area),
        "given": request.POST,
        "at": request.POST.get("ghi_nho", ""),
        "units": [unit for unit, _name in queries.choices(request.user, area)["unit"]],
        "wrong": wrong,
    }
    return render(request, "web/memoranda.html", context, status=422 if wrong else 200)


def _memorandum(request: SiteRequest, area: str) -> Memorandum:
    given = request.POST
    title, one, two = (given.get(name, "") for name in ("title", "side_one", "side_two"))
    signed, until = day_of(given.get("signed", "")), day_of(given.get("until", ""))
    new = NewMemorandum(title, one, two, signed.isoformat() if signed else "", until, given.get("url", ""))
    return actions.sign(request.user, area, new)


def _commitment(request: SiteRequest, area: str) -> Matter:
    """One more commitment of a memorandum that stands; given to a unit at once where one is named."""
    given = request.POST
    memo = next((one for one in queries.memoranda(request.user, area) if str(one.pk) == given["ghi_nho"]), None)
    if memo is None:
        raise NotVisibleError("not-found", _("Không có biên bản này"))
    due, lead = day_of(given.get("han", "")), given.get("chu_tri", "").strip()
    new = NewMatter(
        Kind.COMMITMENT,
        given.get("noi_dung", ""),
        day_of(given.get("ngay", "")) or today(),
        paper=given.get("van_ban", "").strip() or memo.title,
        url=memo.url,
        giver=memo.side_two if given.get("ben") == "2" else memo.side_one,
        output=given.get("san_pham", ""),
        memorandum=memo.pk,
        stated=due,
    )
    if lead:
        return actions.take_on(request.user, area, new, Detail(on=min(new.raised, today()), lead=lead, due=due))
    return actions.create(request.user, area, new)


paths = [path("viec/ghi-nho/", memoranda, name="memoranda")]
