"""Thu thập: one form. Its page, the saves that come while somebody types, the steps, and the form as a workbook."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sct.catalogue import load
from sct.collecting.checking import remarks
from sct.collecting.filling import with_sums
from sct.errors import Place, UserError
from sct.office.collection import actions, books
from sct.office.collection.actions import IncompleteError, Reason, Save, Saved
from sct.office.collection.ground import Ref, before, duty_of
from sct.office.collection.models import Via
from sct.office.collection.rows import known
from sct.office.collection.sheet import Sheet, sheet
from sct.office.people.models import Person
from sct.office.web import collecting
from sct.office.web.choice import SiteRequest
from sct.office.web.exports import XLSX
from sct.office.web.middleware import without_choice
from sct.words import _

REASON = "ly_do."  # the name of a field that gives the reason at a cell


@require_http_methods(["GET", "HEAD", "POST"])
def form(request: SiteRequest, code: str, period: str, unit: str) -> HttpResponse:
    """The form to fill, or what was sent; POST saves without scripts."""
    ref = Ref(unit, code, period)
    if request.method == "POST":
        return _plain_save(request, ref)
    asked = request.GET.get("lan", "")
    page = sheet(request.user, ref, version=int(asked) if asked.isdecimal() else None, strict="thieu" in request.GET)
    return render(request, "web/form.html", {"page": page, **_around(request, page)})


def _around(request: SiteRequest, page: Sheet) -> dict[str, Any]:
    """What stands beside the form: buttons, receiver, whether reasons are being written."""
    returning = "tra" in request.GET and "return" in page.acts
    return {
        "buttons": [(name, word()) for name, (word, _done) in collecting.ACTS.items() if name in page.acts],
        "returning": returning,
        "reopening": "mo" in request.GET and "reopen" in page.acts,
        "strict": "thieu" in request.GET,
        "receiver": load().divisions[page.held.form.receiver],
        "state": collecting.STATES[page.held.state](),
        "ref": page.ref,
        "saved": page.held.fold.saved,
    }


def _plain_save(request: SiteRequest, ref: Ref) -> HttpResponse:
    """All cells of the page at once; those that did not change are no edit."""
    names = [name for name in request.POST if name.startswith("o.")]
    changes = {name.removeprefix("o."): request.POST[name] for name in names}
    base = request.POST.get("base", "0")
    given = Save(changes, int(base) if base.isdecimal() else 0, request.POST.get("token", ""))
    done = actions.save(request.user, ref, given)
    form_of = duty_of(ref).form
    for at, error in done.refused.items():
        field = form_of.at(at)
        messages.error(request, f"{field.label if field else at}: {_bare(error)}")
    if not done.refused:
        messages.info(request, _("Đã lưu nháp."))
    return HttpResponseRedirect(collecting.address(ref))


@without_choice
@require_POST
def save(request: SiteRequest, code: str, period: str, unit: str) -> HttpResponse:
    """A save as JSON: `{"changes": {cell: text}, "base": n, "token": "…", "settles": [cell…]}`."""
    ref = Ref(unit, code, period)
    try:
        done = actions.save(request.user, ref, _given(request))
    except UserError as error:
        return _refusal(error)
    return JsonResponse(_told(ref, done))


def _given(request: SiteRequest) -> Save:
    try:
        told = json.loads(request.body)
        changes = {str(at): str(text) for at, text in told["changes"].items()}
        settles = tuple(str(at) for at in told.get("settles", ()))
        return Save(changes, int(told["base"]), str(told["token"]), settles, Via.PAGE)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UserError("bad-save", _("Lần lưu này không đúng dạng"), value=str(error)) from error


def _told(ref: Ref, done: Saved) -> dict[str, Any]:
    duty = duty_of(ref)
    compares = any(rule.kind in ("change", "rise") for rule in duty.form.rules)
    said = remarks(duty.form, done.values, before(duty) if compares else {}, known(duty, done.values))
    ids = {clash.who for clash in done.clashes.values()}
    names = {one.pk: str(one) for one in Person.objects.filter(pk__in=ids)} if ids else {}
    return {
        "number": done.number,
        "again": done.again,
        "saved": f"{timezone.localtime():%H:%M:%S}",
        "values": with_sums(duty.form, done.values),
        "refused": {at: _bare(error) for at, error in done.refused.items()},
        "clashes": {
            at: {"mine": clash.mine, "theirs": done.values.get(at, ""), "who": names.get(clash.who, "")}
            for at, clash in done.clashes.items()
        },
        "remarks": [{"path": one.path, "severity": one.severity, "text": one.text} for one in said],
    }


def _bare(error: UserError) -> str:
    """The sentence without the cell's code: the page shows it at the cell, under the name an officer knows."""
    return error.at(Place()).sentence()


def _refusal(error: UserError) -> HttpResponse:
    """A user error as JSON: 404 and 403 as such, anything else 422."""
    status = 404 if isinstance(error, Http404) else 403 if isinstance(error, PermissionDenied) else 422
    told: dict[str, Any] = error.as_dict()
    if isinstance(error, IncompleteError):
        told["remarks"] = [{"path": one.path, "severity": one.severity, "text": one.text} for one in error.remarks]
    return JsonResponse({"error": told, "sentence": error.sentence()}, status=status)


@without_choice
@require_safe
def values(request: SiteRequest, code: str, period: str, unit: str) -> HttpResponse:
    """The submission as JSON: state, values, sums, remarks, and what this person may do."""
    try:
        page = sheet(request.user, Ref(unit, code, period), strict=True)
    except UserError as error:
        return _refusal(error)
    held = page.held
    return JsonResponse(
        {
            "form": held.form.code,
            "form_version": held.form.version,
            "period": held.duty.period.code,
            "unit": held.duty.unit.key,
            "due": held.duty.due.isoformat(),
            "state": held.state.value,
            "number": held.fold.number if page.editable else None,
            "version": len(held.versions),
            "values": dict(page.values),
            "clashes": sorted(held.fold.clashes) if page.editable else [],
            "remarks": [{"path": one.path, "severity": one.severity, "text": one.text} for one in page.remarks],
            "may": sorted(page.acts | ({"edit"} if page.editable else set())),
        }
    )


@require_POST
def act(request: SiteRequest, code: str, period: str, unit: str, name: str) -> HttpResponse:
    """A step: answers with the page as it then is, or as JSON where that was asked for."""
    ref = Ref(unit, code, period)
    wants_json = request.headers.get("Accept", "").startswith("application/json")
    try:
        step = actions.act(request.user, ref, name, _reason(request))
    except UserError as error:
        if wants_json or isinstance(error, Http404 | PermissionDenied):
            return _refuse(error, wants_json)
        messages.error(request, error.sentence())
        return HttpResponseRedirect(
            collecting.address(ref) + ("?thieu=1" if isinstance(error, IncompleteError) else "")
        )
    if wants_json:
        return JsonResponse({"state": step.state, "version": step.version})
    messages.info(request, collecting.ACTS[name][1]())
    return HttpResponseRedirect(collecting.address(ref))


def _refuse(error: UserError, wants_json: bool) -> HttpResponse:
    if wants_json:
        return _refusal(error)
    raise error


def _reason(request: SiteRequest) -> Reason:
    given = request.POST
    cells = {
        name.removeprefix(REASON): given[name] for name in given if name.startswith(REASON) and given[name].strip()
    }
    until = given.get("den_ngay", "")
    try:
        day = date.fromisoformat(until) if until else None
    except ValueError:
        day = None
    return Reason(given.get("ly_do", ""), cells, day)


@require_safe
def book(request: SiteRequest, code: str, period: str, unit: str) -> HttpResponse:
    """The form as a workbook, with what stands in it and the period before."""
    ref = Ref(unit, code, period)
    body = books.download(request.user, ref)
    duty = duty_of(ref)
    name = f"{duty.form.number} {duty.period.code} {duty.unit.name}.xlsx"
    headers = {"Content-Disposition": content_disposition_header(True, name) or "attachment"}
    return HttpResponse(body, content_type=XLSX, headers=headers)


@require_POST
def upload(request: SiteRequest, code: str, period: str, unit: str) -> HttpResponse:
    """The workbook back: what can be read is saved as a draft, what cannot is named with sheet and cell."""
    ref = Ref(unit, code, period)
    file = request.FILES.get("tep")
    if file is None:
        messages.error(request, _("Chưa chọn tệp nào."))
        return HttpResponseRedirect(collecting.address(ref))
    try:
        done = books.upload(request.user, ref, file.name or "", file.read())
    except UserError as error:
        if isinstance(error, Http404 | PermissionDenied):
            raise
        messages.error(request, error.sentence())
        return HttpResponseRedirect(collecting.address(ref))
    for sentence in done.refused:
        messages.error(request, sentence)
    told = _("Đã đọc {n} ô từ tệp vào bản nháp.").format(n=done.read)
    messages.info(request, told + (" " + _("Xem lại rồi bấm Gửi báo cáo.") if done.read else ""))
    return HttpResponseRedirect(collecting.address(ref))


_PLACE = "thu-thap/bieu/<slug:code>/<str:period>/<str:unit>/"
paths = [
    path(_PLACE, form, name="form"),
    path(_PLACE + "luu/", save, name="form-save"),
    path(_PLACE + "so-lieu.json", values, name="form-values"),
    path(_PLACE + "tep.xlsx", book, name="form-book"),
    path(_PLACE + "nop-tep/", upload, name="form-upload"),
    path(_PLACE + "viec/<slug:name>/", act, name="form-act"),
]
