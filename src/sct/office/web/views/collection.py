"""Thu thập: who has sent what, one's own duties, reminders."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from sct.catalogue import load
from sct.collecting.duties import Unit
from sct.errors import UserError
from sct.office.collection import queries, reminding
from sct.office.collection.ground import today, unit_of
from sct.office.collection.queries import Cell, Filter, Matrix, Standing
from sct.office.people.models import Right
from sct.office.people.queries import may
from sct.office.web import collecting, exports
from sct.office.web.choice import SiteRequest, label
from sct.vietnamese.periods import Period
from sct.words import _

ORDER = tuple(collecting.STANDINGS)  # worst first


@require_safe
def collection(request: SiteRequest) -> HttpResponse:
    """The matrix of a month's duties, or of one form over a year; who only files begins with the own calendar."""
    mine = queries.own_units(request.user)
    receives = bool(reminding.forms_received(request.user))
    if mine and not receives and "tatca" not in request.GET:
        return duties(request)
    shown = _shown(request)
    found = queries.matrix(shown["cells"], Filter(request.GET.get("ten", "").strip(), shown["standing"]))
    if "dang" in request.GET:
        return exports.answer(request.GET["dang"], "thu-thap", _table(found, shown["title"]))
    counts = [(one, found.counts.get(one, 0)) for one in ORDER]
    heads = [(form, period, _column(found, form.code, period.code)) for form, period in found.columns]
    owing = any(cell.owed for cell in shown["cells"])
    context = {
        **shown,
        "city": may(request.user, Right.SEE, load().home),
        "matrix": found,
        "counts": counts,
        "heads": heads,
        "name": request.GET.get("ten", ""),
        "forms": sorted(load().forms.values(), key=lambda form: form.number),
        "may_remind": owing and receives,
        "mine": mine,
    }
    return render(request, "web/collection.html", context)


def _column(found: Matrix, form: str, period: str) -> dict[str, int]:
    """How far a column is: units, and those that have sent."""
    counts = found.by_column[form, period]
    sent = counts.get(Standing.ON_TIME, 0) + counts.get(Standing.LATE, 0)
    return {"units": sum(counts.values()), "sent": sent, "percent": round(100 * sent / max(1, sum(counts.values())))}


def _shown(request: SiteRequest) -> dict[str, Any]:
    """What the address asks for: a month of due days, or a form over a year; only those with one standing."""
    given, now = request.GET, today()
    form = given.get("bieu", "")
    month = _month(given.get("thang", ""), now)
    if form and form in load().forms:
        first, last = date(month.year, 1, 1), date(month.year, 12, 31)
        title = f"{load().forms[form].number} {load().forms[form].label}, {month.year}"
    else:
        form = ""
        first, last = month.days()
        title = _("Hạn nộp trong tháng {month}/{year}").format(month=month.number, year=month.year)
    standing = given.get("loc", "")
    return {
        "cells": queries.cells(request.user, queries.due_between(request.user, first, last, form)),
        "title": title,
        "form": form,
        "month": month,
        "months": _months(month),
        "earlier": month.previous,
        "later": _next(month),
        "standing": Standing(standing) if standing in {one.value for one in Standing} else None,
    }


def _month(text: str, now: date) -> Period:
    try:
        found = Period.parse(text) if text else None
    except UserError:
        found = None
    if found is None or found.code != f"{found.year}-{found.number:02d}":
        return Period.of_month(now.year, now.month)
    return found


def _months(around: Period) -> list[Period]:
    """The months that can be chosen: a year and a half back, a year ahead."""
    first = around.months[0] - 18
    return [Period.of_month(month // 12, month % 12 + 1) for month in range(first, first + 31)]


def _next(month: Period) -> Period:
    return Period.of_month(month.year + month.number // 12, month.number % 12 + 1)


def _table(found: Matrix, title: str) -> exports.Table:
    heads = [_("Đơn vị"), *(f"{form.number} {label(period)}" for form, period in found.columns)]
    table = exports.Table(title, heads)
    for unit, cells in found.rows:
        table.rows.append([unit.name, *("" if cell is None else _words(cell) for cell in cells)])
    return table


def _words(cell: Cell) -> str:
    from sct.office.web.templatetags.thu_thap import told

    return told(cell)


@require_safe
def duties(request: SiteRequest) -> HttpResponse:
    """What a unit must send this year, month by month, and how each stands."""
    mine = queries.own_units(request.user)
    unit = _unit(request, mine)
    year = _year(request.GET.get("nam", ""))
    found = queries.calendar(request.user, unit, year)
    if not found and unit not in mine:
        raise Http404(unit.key)
    months: dict[int, list[Cell]] = {}
    for cell in found:
        months.setdefault(cell.duty.due.month, []).append(cell)
    now = today()
    first, more = _first(found, now)
    context = {
        "unit": unit,
        "mine": mine,
        "year": year,
        "months": sorted(months.items()),
        "now": now if now.year == year else None,
        "first": first,
        "more": more,
        "own": unit in mine,
    }
    return render(request, "web/duties.html", context)


AT_ONCE = 6


def _first(found: list[Cell], now: date) -> tuple[list[Cell], int]:
    """What to do first: sent back, due within a month, overdue; the oldest of those overdue are only counted."""
    returned = [cell for cell in found if cell.standing is Standing.RETURNED]
    coming = [cell for cell in found if cell.first_sent is None and 0 <= (cell.duty.due - now).days <= 31]
    overdue = [cell for cell in found if cell.standing is Standing.MISSING]
    recent = overdue[-AT_ONCE:]
    return [*returned, *recent, *coming], len(overdue) - len(recent)


def _unit(request: SiteRequest, mine: list[Unit]) -> Unit:
    asked = request.GET.get("don_vi", "")
    if not asked:
        if not mine:
            raise Http404("unit")
        return mine[0]
    found = unit_of(asked, load().home)
    if found is None:
        raise Http404(asked)
    return found


def _year(text: str) -> int:
    return int(text) if text.isdecimal() and 2000 <= int(text) <= 2100 else today().year


@require_http_methods(["GET", "HEAD", "POST"])
def remind(request: SiteRequest) -> HttpResponse:
    """The letters to units that owe something; POST sends them by e-mail or notes that they were told otherwise."""
    shown = _shown(request)
    letters = reminding.letters(request.user, shown["cells"], str(request.user))
    if request.method == "POST":
        return _remind(request, letters)
    if not reminding.forms_received(request.user):
        raise Http404("remind")
    return render(request, "web/remind.html", {**shown, "letters": letters})


def _remind(request: SiteRequest, letters: list[reminding.Letter]) -> HttpResponse:
    chosen = set(request.POST.getlist("don_vi"))
    wanted = [letter for letter in letters if letter.unit.key in chosen]
    back = HttpResponseRedirect(f"{reverse('remind')}?{request.GET.urlencode()}")
    if not wanted:
        messages.error(request, _("Chưa chọn đơn vị nào."))
        return back
    try:
        done = reminding.remind(request.user, wanted, by_email="thu" in request.POST)
    except UserError as error:
        if isinstance(error, Http404):
            raise
        messages.error(request, error.sentence())
        return back
    if done.sent:
        messages.info(request, _("Đã nhắc {n} đơn vị.").format(n=done.sent))
    if done.without_address:
        names = ", ".join(done.without_address[:10])
        messages.error(request, _("Chưa có địa chỉ thư của: {names}").format(names=names))
    return back


paths = [
    path("thu-thap/", collection, name="collection"),
    path("thu-thap/lich/", duties, name="duties"),
    path("thu-thap/nhac/", remind, name="remind"),
]
