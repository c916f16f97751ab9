"""Tìm: one box over every room, with or without diacritics."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from sct.office.coordination.search import Found
from sct.office.coordination.search import search as look
from sct.office.web import wording
from sct.office.web.choice import SiteRequest
from sct.words import _


@dataclass(frozen=True, slots=True)
class Row:
    """A thing found: the page it has (url name and arguments), what it is called, and a word beside it."""

    page: str
    number: object
    name: str
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    label: str
    rows: tuple[Row, ...]


# In the order of the list: the field of what was found, the heading, and how one thing becomes a row.
_GROUPS: tuple[tuple[str, Callable[[], str], Callable[[Any], Row]], ...] = (
    (
        "indicators",
        lambda: _("Chỉ tiêu"),
        lambda one: Row("indicator", one.code, wording.name(one), wording.unit(one.unit)),
    ),
    (
        "figures",
        lambda: _("Số liệu"),
        lambda one: Row(
            "figure", one.id, f"{wording.series_name(one.series)}, {wording.period(one.period)}", wording.said(one)
        ),
    ),
    ("matters", lambda: _("Việc"), lambda one: Row("matter", one.pk, one.text, one.number)),
    ("plans", lambda: _("Kế hoạch"), lambda one: Row("plan", one.pk, one.name)),
    ("reviews", lambda: _("Kỳ họp"), lambda one: Row("review", one.pk, one.title, wording.day(one.held.isoformat()))),
    ("documents", lambda: _("Văn bản"), lambda one: Row("document", one.pk, str(one), wording.day(one.published))),
    ("entries", lambda: _("Sổ bộ"), lambda one: Row("entry", one.entry, one.name, one.register.told)),
)


def groups(found: Found) -> list[Group]:
    """What was found, room by room; rooms without anything are left out."""
    made = ((label, tuple(map(row, getattr(found, field)))) for field, label, row in _GROUPS)
    return [Group(label(), rows) for label, rows in made if rows]


@require_safe
def search(request: SiteRequest) -> HttpResponse:
    """The list under the box (htmx) or a page of its own."""
    query = request.GET.get("q", "").strip()[:200]
    found: Iterable[Group] = ()
    if query:
        found = groups(look(request.user, request.choice.area, request.choice.known, query))
    template = "web/parts/found.html" if request.htmx else "web/search.html"
    return render(request, template, {"found": found, "query": query})


paths = [
    path("tim/", search, name="search"),
]
