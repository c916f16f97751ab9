"""Thi đua: the table of units by year, a unit's card with own and verified points and what was counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from sct.errors import UserError
from sct.following.emulation import Cluster
from sct.following.events import local_day
from sct.office.coordination import emulation as told
from sct.office.coordination.emulation import Row
from sct.office.documents.attaching import ACCEPTED
from sct.office.emulation import actions, queries
from sct.office.emulation.actions import Given
from sct.office.people.errors import NotAllowedError, NotVisibleError
from sct.office.web import exports
from sct.office.web.choice import SiteRequest
from sct.office.web.given import given_papers
from sct.words import _


def clusters() -> dict[Cluster, str]:
    return {Cluster.DIVISION: _("Phòng, đơn vị thuộc Sở"), Cluster.LOCAL: _("Xã, phường")}


def _day() -> date:
    return local_day(timezone.now())


def _year(request: SiteRequest) -> int:
    text = request.GET.get("nam", "") or str(_day().year)
    if not (text.isascii() and text.isdecimal() and 2000 <= int(text) <= _day().year + 1):
        raise Http404(text)
    return int(text)


ON_A_PAGE = 50
HEADS: dict[str, Callable[[], str]] = {
    "ten": lambda: _("Đơn vị"),
    "hang": lambda: _("Hạng"),
    "tu-cham": lambda: _("Tự chấm"),
    "tham-dinh": lambda: _("Thẩm định"),
    "bao-cao": lambda: _("Báo cáo chậm"),
    "viec": lambda: _("Việc quá hạn"),
    "tru": lambda: _("Điểm trừ"),
}


@require_safe
def emulation(request: SiteRequest) -> HttpResponse:
    """One cluster at a time, found by name with or without diacritics, sorted, by pages."""
    year, area, asked = _year(request), request.choice.area, request.GET
    found = told.table(request.user, area, year, _day())
    if "dang" in asked:
        return exports.answer(asked["dang"], f"thi-dua-{year}", _table(year, found))
    words, sort = asked.get("tim", "").strip()[:100], asked.get("xep", "hang")
    if sort not in HEADS:
        raise Http404(sort)
    shown = {cluster: told.chosen(rows, words, sort) for cluster, rows in found.items()}
    first = next((cluster for cluster, rows in shown.items() if rows), None)
    named = {cluster.value: cluster for cluster in shown}
    cluster = named.get(asked.get("cum", ""), first) or next(iter(shown), None)
    rows = shown[cluster] if cluster else []
    page = int(text) if (text := asked.get("trang", "1")).isascii() and text.isdecimal() and len(text) < 6 else 1
    start = (max(1, page) - 1) * ON_A_PAGE
    context = {
        "year": year,
        "years": [year - 1, year, year + 1] if year < _day().year else [year - 1, year],
        "clusters": [(one.value, clusters()[one], len(listed)) for one, listed in shown.items()],
        "cluster": cluster.value if cluster else "",
        "rows": rows[start : start + ON_A_PAGE],
        "page": start // ON_A_PAGE + 1,
        "pages": -(-len(rows) // ON_A_PAGE),
        "first": start + 1,
        "all": len(rows),
        "words": words,
        "sort": sort,
        "heads": [(code, name()) for code, name in HEADS.items()],
    }
    return render(request, "web/emulation.html", context)


def _table(year: int, found: Mapping[Cluster, list[Row]]) -> exports.Table:
    heads = [_("Cụm"), _("Đơn vị"), _("Hạng"), _("Điểm tự chấm"), _("Điểm thẩm định")]
    heads += [_("Báo cáo chậm"), _("Việc quá hạn"), _("Điểm trừ")]
    rows: list[list[exports.Value]] = []
    for cluster, units in found.items():
        for one in units:
            counts = one.counts
            rows.append(
                [
                    clusters()[cluster],
                    one.unit,
                    Fraction(one.rank) if one.rank else None,
                    one.own,
                    one.verified,
                    Fraction(counts["late_reports"]),
                    Fraction(counts["overdue_matters"]),
                    one.taken,
                ]
            )
    return exports.Table(_("Bảng điểm thi đua năm {year}").format(year=year), heads, rows)


def _context(request: SiteRequest, year: int, unit: str) -> dict[str, Any]:
    area = request.choice.area
    whole = told.card(request.user, area, year, unit, _day())
    return {
        "year": year,
        "whole": whole,
        "row": whole.row,
        "items": [(item, whole.papers.get(item.criterion.code, ())) for item in whole.items],
        "accepted": ACCEPTED,
        "cluster": clusters()[whole.row.cluster],
        "may_score": queries.is_own(request.user, area.key, unit),
        "may_verify": queries.may_verify(request.user, area.key, unit),
    }


@require_safe
def card(request: SiteRequest) -> HttpResponse:
    context = _context(request, _year(request), request.GET.get("donvi", ""))
    return render(request, "web/emulation_card.html", context)


@require_POST
def keep(request: SiteRequest, stage: str) -> HttpResponse:
    """The marks of one stage; a bad one keeps none and says why."""
    unit, year = request.GET.get("donvi", ""), _year(request)
    acts = {"tu-cham": actions.score, "tham-dinh": actions.verify}
    if stage not in acts:
        raise Http404(stage)
    about = told.card_of(request.choice.area, year, unit, _day())
    try:
        changed = acts[stage](request.user, about, _given(request))
        messages.info(request, _("Đã ghi điểm của {n} tiêu chí.").format(n=changed))
    except (NotAllowedError, NotVisibleError):
        raise
    except UserError as error:
        context = {**_context(request, year, unit), "wrong": error.sentence(), "typed": request.POST, "stage": stage}
        return render(request, "web/emulation_card.html", context, status=422)
    return HttpResponseRedirect(reverse("emulation-card") + request.choice.query(donvi=unit, nam=year))


def _given(request: SiteRequest) -> dict[str, Given]:
    """Points typed with a comma or a point; an empty field is no mark."""
    found, posted = {}, request.POST
    for name in posted:
        text = posted[name]
        field, _dash, code = name.partition("-")
        if field != "diem" or not text.strip():
            continue
        try:
            points = Decimal(text.strip().replace(",", "."))
        except InvalidOperation:
            points = Decimal("NaN")
        if not points.is_finite():
            raise UserError("bad-number", _("Điểm không phải là số"), value=text, expected="12,5")
        evidence, note = posted.get(f"minh_chung-{code}", ""), posted.get(f"ghi_chu-{code}", "")
        papers = given_papers(request, f"tep-{code}")
        found[code] = Given(points, evidence.strip(), note.strip(), tuple(papers))
    return found


paths = [
    path("viec/thi-dua/", emulation, name="emulation"),
    path("viec/thi-dua/phieu/", card, name="emulation-card"),
    path("viec/thi-dua/phieu/<slug:stage>/", keep, name="emulation-keep"),
]
