"""Sổ bộ: all registers, the list of one with its map, an entry with its time line."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from sct.catalogue.registers import Field, Register, load_registers
from sct.office.people.models import Right
from sct.office.people.queries import may, roles
from sct.office.registers import exporting, facets, links, points, queries, rollup
from sct.office.registers.facets import Counted
from sct.office.registers.known import AsKnown
from sct.office.registers.mapping import Box
from sct.office.registers.queries import Line
from sct.office.registers.questions import PAGE, Question
from sct.office.web import exports
from sct.office.web import register_wording as wording
from sct.office.web.choice import SiteRequest
from sct.office.web.register_choice import (
    FACET,
    STATE,
    box_of,
    cohort_of,
    day_of,
    end_of,
    known_of,
    question_of,
    register_or_404,
)
from sct.office.web.register_map import base_of, collection

MONTHS_BACK = 15 * 12


@require_safe
def registers(request: SiteRequest) -> HttpResponse:
    """All registers by group, with how many entries each holds, and the box that looks through all of them."""
    counts = facets.standing(request.user)
    order = list(wording.GROUPS)
    listed = sorted(load_registers().values(), key=lambda one: order.index(one.group))
    words = request.GET.get("tim", "").strip()
    found = queries.found(request.user, load_registers(), words, 40) if words else []
    context = {
        "groups": [
            (wording.GROUPS[code](), [(one, counts.get(one.code, 0)) for one in members])
            for code, members in groupby(listed, lambda one: one.group)
        ],
        "words": words,
        "found": found,
        "total": sum(counts.values()),
    }
    return render(request, "web/registers.html", context)


@require_safe
def register(request: SiteRequest, code: str) -> HttpResponse:
    """The list of a register beside its map."""
    kind = register_or_404(code)
    question = question_of(request, kind)
    if "dang" in request.GET:
        return _taken_away(request, question)
    known = known_of(request)
    counted, lines = _answer(request, question, known)
    pages = max(1, -(-counted.total // PAGE))
    tiled = known is None and counted.total <= facets.TILED
    cells, level, nowhere = points.tiles(request.user, question) if tiled else ([], "", 0)
    context = {
        "kind": kind,
        "question": question,
        "counted": counted,
        "states": _states(kind, question, counted),
        "facet_rows": _facets(request, kind, question, counted),
        "lines": lines,
        "pages": pages,
        "cohort": cohort_of(request, kind),
        "day": question.day,
        "known": known,
        "today": timezone.localdate(),
        "slider": _slider(question.day),
        "legend": wording.states_legend(kind),
        "tiles": cells,
        "tile_level": level,
        "tile_rows": 1 + max((cell.row for cell in cells), default=0),
        "tile_columns": 1 + max((cell.column for cell in cells), default=0),
        "tile_most": max((cell.count for cell in cells), default=0),
        "nowhere": nowhere,
        "may_record": known is None and _may_write(request, kind),
        "address_query": request.GET.urlencode(),
    }
    return render(request, "web/register.html", context)


def _answer(request: SiteRequest, question: Question, known: date | None) -> tuple[Counted, list[Line]]:
    """Counts and the lines of a page."""
    if known is None:
        return facets.counted(request.user, question), queries.lines(request.user, question)
    then = AsKnown(request.user, question, end_of(known))
    return then.counted, then.page()


def _may_write(request: SiteRequest, kind: Register) -> bool:
    mine = roles(request.user)
    return may(request.user, Right.RECORD) and (not kind.edit or bool(mine & set(kind.edit)))


def _taken_away(request: SiteRequest, question: Question) -> HttpResponse:
    kind = question.register
    table = exports.Table(kind.told, exporting.heads(request.user, kind))
    known = known_of(request)
    if known is None:
        table.rows.extend(exporting.rows(request.user, question))
    else:
        lines = AsKnown(request.user, question, end_of(known)).lines()
        table.rows.extend(exporting.cells(request.user, kind, lines))
    return exports.answer(request.GET["dang"], kind.code, table)


def _states(kind: Register, question: Question, counted: Counted) -> list[dict[str, Any]]:
    """Each state that occurs or is asked for: its count, and whether the list is of it."""
    return [
        {"state": state, "count": counted.states.get(code, 0), "on": code in question.state, "name": STATE}
        for code, state in kind.states.items()
        if counted.states.get(code) or code in question.state
    ]


def _facets(request: SiteRequest, kind: Register, question: Question, counted: Counted) -> list[dict[str, Any]]:
    """Each facet with its values and counts; the value chosen, if one is."""
    chosen = dict(question.facets)
    counts = {facet.code: facet.counts for facet in counted.facets}
    found = []
    for one in kind.facets:
        mine = counts.get(one.code)
        codes = [choice.code for choice in one.choices] or ["yes", "no"]
        values = [(code, wording.valued(one, code), None if mine is None else mine.get(code, 0)) for code in codes]
        shown = [value for value in values if value[2] != 0 or value[0] == chosen.get(one.code)]
        if shown:
            named = {"field": one, "name": FACET + one.code, "values": shown, "chosen": chosen.get(one.code, "")}
            found.append({**named, "shown": wording.valued(one, chosen.get(one.code, ""))})
    return found + [_linked(request, one, chosen[one.code]) for one in kind.links if one.code in chosen]


def _linked(request: SiteRequest, one: Field, number: str) -> dict[str, Any]:
    """The entry whose members are listed, as a filter that can be taken off."""
    name = links.name_of(request.user, one, number)
    values = [(number, name, None)]
    return {"field": one, "name": FACET + one.code, "values": values, "chosen": number, "shown": name}


def _slider(day: date) -> dict[str, int]:
    """The months of the time slider, counted from the first; the last is today."""
    today = timezone.localdate()
    back = (today.year - day.year) * 12 + today.month - day.month
    return {"most": MONTHS_BACK, "at": max(0, MONTHS_BACK - back), "year": today.year, "month": today.month}


@require_safe
def place(request: SiteRequest, code: str) -> JsonResponse:
    """What the map shows of a rectangle, as GeoJSON."""
    kind = register_or_404(code)
    box = box_of(request.GET.get("bbox", "")) or Box(-90, -180, 90, 180)
    try:
        zoom = float(request.GET.get("z", "9"))
    except ValueError:
        zoom = 9.0
    question = question_of(request, kind)
    known = known_of(request)
    if known is None:
        found = points.shown(request.user, question, box, zoom)
    else:
        found = AsKnown(request.user, question, end_of(known)).shown(box, zoom)
    return JsonResponse(collection(kind, found, question.day, request.choice.query()))


@require_safe
def base(request: SiteRequest) -> JsonResponse:
    """The base of the map: outlines where a department gives them, else the middles of the units, with their names."""
    return JsonResponse(base_of(request.choice.area, day_of(request)))


def _lists(request: SiteRequest, page: queries.Page) -> list[dict[str, Any]]:
    """The registers whose entries belong to this one: the first of them, and what is counted from them beside what
    was typed last."""
    line = page.line
    typed: dict[str, str] = {}
    for event in page.events:
        typed.update({} if event.withdrawn else event.row.values)
    found = []
    for child, link in rollup.feeders(line.register):
        lines, total = links.members(request.user, child, link, page.day, line.entry)
        sums = [
            (field, line.values.get(field.code, ""), typed.get(field.code, ""))
            for rule in link.gives
            if (field := line.register.fields[rule.indicator]).code in line.values
        ]
        found.append({"register": child, "link": link, "lines": lines, "total": total, "sums": sums if total else []})
    return found


@require_safe
def entry(request: SiteRequest, number: int) -> HttpResponse:
    """An entry on a day: what is known of it, what follows from the law, its time line."""
    day = day_of(request)
    known_by = known_of(request)
    page = queries.entry(request.user, number, day, end_of(known_by) if known_by else None)
    kind = page.line.register
    known = [one for one in kind.fields.values() if page.line.value(one.code)]
    secret = queries.hidden(request.user, kind)
    missing = [one for one in kind.fields.values() if one not in known and one.code not in secret]
    context = {
        "page": page,
        "line": page.line,
        "kind": kind,
        "known": known,
        "missing": missing,
        "ways": () if known_by else kind.ways(page.line.state),
        "day": day,
        "known_by": known_by,
        "today": timezone.localdate(),
        "colour": wording.colours(kind).get(page.line.state, wording.PALETTE[0]),
        "lists": () if known_by else _lists(request, page),
    }
    return render(request, "web/entry.html", context)


paths = [
    path("so-bo/", registers, name="registers"),
    path("so-bo/nen.json", base, name="register-base"),
    path("so-bo/ho-so/<int:number>/", entry, name="entry"),
    path("so-bo/<slug:code>/", register, name="register"),
    path("so-bo/<slug:code>/ban-do.json", place, name="register-places"),
]
