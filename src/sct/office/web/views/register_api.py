"""The registers for programs: JSON of lists, entries with their time line, and new entries and events.

Same rights, same checks as the pages; a mistake is answered with its code, value and way out (422).
"""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.http import require_http_methods, require_safe

from sct.catalogue.histories import BUILT_IN
from sct.catalogue.register_values import day_of, parse
from sct.catalogue.registers import Field, Register, load_registers
from sct.errors import UserError
from sct.office.people.errors import NotAllowedError, NotVisibleError
from sct.office.people.queries import Someone
from sct.office.registers import actions, facets, queries
from sct.office.registers.actions import Draft, NewBatch
from sct.office.registers.links import resolved
from sct.office.registers.models import BatchKind
from sct.office.registers.questions import PAGE
from sct.office.web.choice import SiteRequest
from sct.office.web.register_choice import day_of as chosen_day
from sct.office.web.register_choice import question_of, register_or_404
from sct.office.web.views.register_open import as_json
from sct.words import _

LIMIT = 1_000_000  # bytes of a request


@require_safe
def registers(request: SiteRequest) -> JsonResponse:
    """All registers with their fields, states and transitions: what a program must know to write."""
    counts = facets.standing(request.user)
    return JsonResponse({"registers": [_declared(one, counts.get(one.code, 0)) for one in load_registers().values()]})


def _field(one: Field) -> dict[str, Any]:
    told = {"code": one.code, "name": one.told, "type": one.kind.value, "unit": one.unit, "required": one.required}
    return {**told, "choices": [choice.code for choice in one.choices]}


def _declared(kind: Register, count: int) -> dict[str, Any]:
    return {
        "code": kind.code,
        "name": kind.told,
        "entries": count,
        "fields": [_field(one) for one in kind.fields.values()],
        "states": [{"code": s.code, "name": s.told, "ended": s.ended} for s in kind.states.values()],
        "transitions": [{"from": list(w.origins), "to": w.to, "evidence": list(w.evidence)} for w in kind.transitions],
    }


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: SiteRequest, code: str) -> HttpResponse:
    """GET: one page of entries of a day (`ngay`), filtered as the page is. POST: a new entry."""
    kind = register_or_404(code)
    if request.method == "POST":
        return _answered(lambda: _create(request, kind))
    question = question_of(request, kind)
    total = facets.counted(request.user, question).total
    lines = queries.lines(request.user, question)
    shown = [one for one in kind.fields.values() if one.code not in queries.hidden(request.user, kind)]
    told = {"day": question.day.isoformat(), "total": total, "page": question.page, "pages": -(-total // PAGE)}
    return JsonResponse({"register": kind.code, **told, "entries": [as_json(line, shown) for line in lines]})


@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: SiteRequest, number: int) -> HttpResponse:
    """GET: an entry on a day with all its events. POST: one more event."""
    if request.method == "POST":
        return _answered(lambda: _add(request, number))
    page = queries.entry(request.user, number, chosen_day(request))
    kind = page.line.register
    shown = [one for one in kind.fields.values() if one.code not in queries.hidden(request.user, kind)]
    events = [_event(told) for told in page.events]
    return JsonResponse({**as_json(page.line, shown), "events": events})


def _event(told: queries.Told) -> dict[str, Any]:
    row = told.row
    return {
        "event": row.pk,
        "valid": row.valid.isoformat(),
        "precision": {4: "year", 7: "month"}.get(row.valid_precision, "day"),
        "as_found": row.found,
        "state": row.state,
        "changes": {code: after for code, _before, after in told.changes},
        "decision": row.decision,
        "decided": row.decided.isoformat() if row.decided else None,
        "signer": row.signer,
        "document": row.document,
        "source": row.source,
        "entered": row.entered.isoformat(),
        "withdrawn": told.withdrawn,
    }


def _body(request: SiteRequest) -> dict[str, Any]:
    if len(request.body) > LIMIT:
        raise UserError("too-large", _("Yêu cầu quá lớn"))
    try:
        given = json.loads(request.body)
    except ValueError as error:
        raise UserError("bad-json", _("Nội dung không phải JSON"), value=str(error)) from error
    if not isinstance(given, dict) or not isinstance(given.get("values", {}), dict):
        raise UserError(
            "bad-json", _("Nội dung phải là một đối tượng JSON"), expected='{"valid": …, "state": …, "values": {…}}'
        )
    return given


def _draft(person: Someone, kind: Register, given: dict[str, Any]) -> Draft:
    def text(name: str) -> str:
        return str(given.get(name) or "").strip()

    valid, decided = day_of(text("valid")), day_of(text("decided")) if text("decided") else None
    if valid is None or (text("decided") and decided is None):
        raise UserError("bad-date", _("Ngày không có thật"), value=text("valid"), expected="2024-05-01")
    values: dict[str, str] = {}
    for code, value in given.get("values", {}).items():
        one = kind.fields.get(code)
        values[code] = parse(one, value) if one else str(value).strip() if code in BUILT_IN else ""
        if one is None and code not in BUILT_IN:
            raise UserError("unknown-field", _("Sổ «{name}» không có mục này").format(name=kind.told), value=code)
    values = resolved(person, kind, values)
    return Draft(
        valid=valid,
        state=text("state"),
        values=values,
        decision=text("decision"),
        decided=decided,
        signer=text("signer"),
        document=text("document"),
        source=text("source"),
        note=text("note"),
        found=bool(given.get("as_found")),
    )


def _create(request: SiteRequest, kind: Register) -> JsonResponse:
    draft = _draft(request.user, kind, _body(request))
    done = actions.create(request.user, kind, [[draft]], NewBatch(BatchKind.API))
    return JsonResponse({"entry": done.entries[0], "batch": done.batch}, status=201)


def _add(request: SiteRequest, number: int) -> JsonResponse:
    kind = queries.entry(request.user, number, chosen_day(request)).line.register
    done = actions.add(request.user, number, _draft(request.user, kind, _body(request)), BatchKind.API)
    return JsonResponse({"entry": number, "batch": done.batch}, status=201)


def _answered(act: Any) -> HttpResponse:
    try:
        return act()  # type: ignore[no-any-return]
    except (NotVisibleError, NotAllowedError):
        raise
    except UserError as error:
        return JsonResponse({"error": error.as_dict()}, status=422)


paths = [
    path("api/so-bo/", registers, name="api-registers"),
    path("api/so-bo/ho-so/<int:number>/", entry, name="api-entry"),
    path("api/so-bo/<slug:code>/", register, name="api-register"),
]
