"""Tìm: one box over indicators, documents and figures, with or without diacritics."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from sct.office.coordination.search import search as look
from sct.office.web.choice import SiteRequest


@require_safe
def search(request: SiteRequest) -> HttpResponse:
    """The list under the box (htmx) or a page of its own."""
    query = request.GET.get("q", "").strip()[:200]
    found = look(request.user, request.choice.area, request.choice.known, query) if query else None
    template = "web/parts/found.html" if request.htmx else "web/search.html"
    return render(request, template, {"found": found, "query": query})


paths = [
    path("tim/", search, name="search"),
]
