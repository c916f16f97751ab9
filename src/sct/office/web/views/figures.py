"""Thẻ số liệu: one figure with its source, dates, vintages, formula and operands; as a sheet or a page."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from sct.catalogue import load
from sct.catalogue.model import Area, Figure, SeriesKey, Transformation
from sct.engine import Computed
from sct.engine.choosing import Cell
from sct.office.coordination import sources
from sct.office.coordination.derived import sourced
from sct.office.coordination.tallies import Reckoned, Tallies
from sct.office.ledger import queries
from sct.office.ledger.disagreement import disagree
from sct.office.web.choice import SiteRequest
from sct.office.web.register_choice import STATE
from sct.vietnamese.periods import Period


@require_safe
def figure(request: SiteRequest, number: int) -> HttpResponse:
    """The card of an observation; 404 for one the person may not see."""
    found = queries.figure(request.user, number)
    told = queries.vintages(request.user, *found.cell)
    context = {
        "figure": found,
        "entry": load().indicator(found.series.indicator),
        "area": load().areas.get(found.series.area),
        "record": queries.entry(request.user, number),
        "excerpt": sources.excerpt(request.user, found),
        "sheet_cell": sources.sheet_cell(request.user, found),
        "told": _timeline(found, told),
        "conflict": disagree(told),
        "computed": _worked(request, load().areas[found.series.area], found.cell),
        "question": _question(request, found.cell),
    }
    return _answer(request, context)


@require_safe
def computed(request: SiteRequest, indicator: str, area: str, period: str, how: str) -> HttpResponse:
    """The card of a computed figure: formula, operands, and the published value beside it if there is one."""
    place = load().areas.get(area)
    if place is None or how not in {t.value for t in Transformation}:
        raise Http404(area)
    key = SeriesKey(indicator, area, request.GET.get("pt", ""))
    result = _worked(request, place, (key, Period.parse(unquote(period)), Transformation(how)))
    if result is None:
        raise Http404(indicator)
    context = {
        "figure": result.figure,
        "entry": load().indicator(indicator),
        "area": place,
        "computed": result,
        "question": _question(request, (key, result.period, result.transformation)),
        "told": [],
    }
    return _answer(request, context)


def _worked(request: SiteRequest, area: Area, cell: Cell) -> Computed | None:
    found = Reckoned(request.user, area, request.choice.known).get(*cell)
    return None if found is None else sourced(request.user, found)


def _question(request: SiteRequest, cell: Cell) -> str:
    """The address of the list of entries that a register counted for a cell; empty where none did."""
    told = Tallies(request.user, request.choice.known).count(cell[0], cell[1])
    if told is None:
        return ""
    asked: list[tuple[str, str]] = [("diaban", told.area)]
    if not told.flow:
        asked += [(STATE, state) for state in told.rule.states]
        asked += [("ngay", told.last.isoformat())] if told.last < timezone.localdate() else []
    return reverse("register", args=[told.register.code]) + "?" + urlencode(asked)


def _timeline(shown: Figure, told: list[Figure]) -> list[dict[str, Any]]:
    """Vintages of the same cell, newest first; the shown one marked, the same claim (result or plan) only."""
    same = [f for f in told if f.stage.is_actual == shown.stage.is_actual]
    return [{"figure": f, "shown": f.id == shown.id} for f in reversed(same)]


def _answer(request: SiteRequest, context: dict[str, Any]) -> HttpResponse:
    return render(request, "web/parts/card.html" if request.htmx else "web/figure.html", context)


paths = [
    path("so-lieu/<int:number>/", figure, name="figure"),
    path("so-lieu/tinh/<slug:indicator>/<str:area>/<str:period>/<slug:how>/", computed, name="computed"),
]
