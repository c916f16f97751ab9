"""Thu thập: the weights that carry values over July 2025, which are there, which are missing, and recording them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from sct.catalogue import load
from sct.catalogue.model import Adds
from sct.errors import UserError
from sct.office.collection import weights
from sct.office.collection.weights import ALL, Standing
from sct.office.people.models import Right
from sct.office.people.queries import require
from sct.office.web.choice import SiteRequest
from sct.words import _


@require_safe
def weightings(request: SiteRequest) -> HttpResponse:
    """Every area that July 2025 divided, and whether its weights are recorded."""
    require(request.user, Right.SEE, load().home)
    indicator = _indicator(request)
    areas = load().areas
    found = weights.standings(indicator)
    lines = [(areas[one.area], one, [areas[key].name for key in one.others]) for one in found]
    old, new = ([line for line in lines if line[0].level == level] for level in ("district", "commune"))
    context = {
        "parts": [(_("Quận, huyện cũ → xã, phường mới"), old), (_("Xã, phường mới → quận, huyện cũ"), new)],
        "known": sum(bool(one.shares) for one in found),
        "count": len(found),
        "may": weights.may_weigh(request.user),
        **_choice(indicator),
    }
    return render(request, "web/weightings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def weighting(request: SiteRequest, key: str) -> HttpResponse:
    """The weights of one area: what holds, earlier versions, and the form for a new version."""
    require(request.user, Right.SEE, load().home)
    indicator = _indicator(request)
    standing = next((one for one in weights.standings(indicator) if one.area == key), None)
    if standing is None:
        raise Http404(key)
    wrong, typed, source = "", {}, ""
    if request.method == "POST":
        typed = {other: request.POST.get(f"p.{other}", "") for other in standing.others}
        source = request.POST.get("nguon", "")
        try:
            weights.record(request.user, key, typed, source, indicator)
        except UserError as error:
            if isinstance(error, Http404 | PermissionDenied):
                raise
            wrong = error.sentence()
        else:
            messages.info(request, _("Đã ghi trọng số, có nguồn và phiên bản."))
            return HttpResponseRedirect(request.get_full_path())
    context = {
        "area": load().areas[key],
        "rows": _rows(standing, typed),
        "standing": standing,
        "source": source if wrong else standing.source,
        "wrong": wrong,
        "versions": [(one, _told(one.shares)) for one in weights.versions(key, indicator)],
        "may": weights.may_weigh(request.user),
        **_choice(indicator),
    }
    return render(request, "web/weighting.html", context, status=422 if wrong else 200)


def _rows(standing: Standing, typed: dict[str, str]) -> list[tuple[str, str, str]]:
    areas = load().areas
    return [
        (
            key,
            areas[key].name,
            typed.get(key) or (weights.percent(standing.shares[key]) if key in standing.shares else ""),
        )
        for key in standing.others
    ]


def _told(shares: dict[str, str]) -> list[tuple[str, str]]:
    from fractions import Fraction

    return [(load().areas[key].name, weights.percent(Fraction(share))) for key, share in shares.items()]


def _indicator(request: SiteRequest) -> str:
    """Of which indicator; of all where none or an unknown one is named."""
    asked = request.GET.get("chi_tieu", ALL)
    return asked if asked in _additive() else ALL


def _additive() -> dict[str, str]:
    """The indicators of forms that add over areas, so that they can be carried over."""
    catalogue = load()
    codes = {field.indicator for form in catalogue.forms.values() for field in form.fields.values() if field.indicator}
    return {c: catalogue.name_of(c, "") for c in sorted(codes) if catalogue.indicator(c).over_areas is Adds.SUM}


def _choice(indicator: str) -> dict[str, Any]:
    choices = [(ALL, _("mọi chỉ tiêu")), *sorted(_additive().items(), key=lambda one: one[1])]
    query = "" if indicator == ALL else f"?chi_tieu={indicator}"
    back = reverse("weightings") + query
    return {"indicator": indicator, "choices": choices, "query": query, "back": back}


paths = [
    path("thu-thap/trong-so/", weightings, name="weightings"),
    path("thu-thap/trong-so/<str:key>/", weighting, name="weighting"),
]
