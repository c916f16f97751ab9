"""Tổng quan: the year in a line, the plan's targets, what disagrees, what came in."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from sct.following.events import local_day
from sct.office.coordination.counted import counted
from sct.office.coordination.home import home as summary
from sct.office.coordination.news import arrivals
from sct.office.documents.queries import open_findings
from sct.office.ledger import queries
from sct.office.matters.queries import pressing
from sct.office.web import wording
from sct.office.web.choice import SiteRequest

ON_A_PAGE = 50


@require_safe
def home(request: SiteRequest) -> HttpResponse:
    choice = request.choice
    context = {
        "home": summary(request.user, choice.area, choice.year, choice.known),
        "judgements": wording.JUDGEMENTS,
        "findings": open_findings(request.user, 5),
        "pressing": pressing(request.user, choice.area.key, local_day(timezone.now())),
        "news": arrivals(request.user, 5),
    }
    return render(request, "web/home.html", context)


@require_safe
def conflicts(request: SiteRequest) -> HttpResponse:
    """Số liệu chưa thống nhất: cells with published values that disagree, and counts of registers that differ."""
    choice = request.choice
    found = queries.conflicts(request.user, areas=[choice.area.key], as_of=choice.known)
    found.sort(key=lambda c: (not c.cannot_both_be_right, -c.cell[1].year, c.cell[0].indicator, c.cell[1].sort_key))
    only = request.GET.get("nam", "")
    if only:
        found = [conflict for conflict in found if str(conflict.cell[1].year) == only]
    page = max(1, int(asked)) if (asked := request.GET.get("trang", "1")).isdigit() else 1
    start = (page - 1) * ON_A_PAGE
    rows = counted(request.user, choice.area, choice.period, choice.known)
    apart = [row for row in rows if row.agrees is False]
    context = {
        "conflicts": found[start : start + ON_A_PAGE],
        "only": only,
        "total": len(found),
        "page": page,
        "more": len(found) > start + ON_A_PAGE,
        "counted": [row for row in apart if row.differs],
        "unfit": sum(1 for row in apart if not row.differs),
    }
    return render(request, "web/conflicts.html", context)


paths = [
    path("", home, name="home"),
    path("chua-thong-nhat/", conflicts, name="conflicts"),
]
