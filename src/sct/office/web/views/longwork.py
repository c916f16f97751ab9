"""Đang làm: how far a long piece of work is; it asks again every second until it is done, then leads back."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from sct.office.web import longwork
from sct.office.web.choice import SiteRequest


@require_safe
def work(request: SiteRequest, key: str) -> HttpResponse:
    note = longwork.find(key, request.user.pk)
    if note is None:
        raise Http404(key)
    small = bool(request.htmx) and not request.htmx.history_restore_request
    if note.state != "running":
        there = longwork.ended(request, note)
        return HttpResponse(headers={"HX-Redirect": there}) if small else HttpResponseRedirect(there)
    return render(request, "web/parts/work.html" if small else "web/work.html", {"note": note})


paths = [path("dang-lam/<slug:key>/", work, name="long-work")]
