"""Writing into a register: a new entry, an event of one, and taking an event back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from sct.catalogue.registers import Register
from sct.errors import UserError
from sct.office.people.errors import NotAllowedError, NotVisibleError
from sct.office.people.models import Right
from sct.office.people.queries import require
from sct.office.registers import actions, queries
from sct.office.registers.actions import NewBatch
from sct.office.registers.models import BatchKind, Event
from sct.office.registers.queries import Line
from sct.office.web.choice import SiteRequest
from sct.office.web.register_choice import register_or_404
from sct.office.web.register_form import Form, draft_of, form_of
from sct.words import _


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SiteRequest, code: str) -> HttpResponse:
    """A new entry with its first state."""
    kind = register_or_404(code)
    require(request.user, Right.RECORD)
    given = request.POST.dict() if request.method == "POST" else request.GET.dict()
    form = form_of(request, kind, None, given)
    if request.method == "POST":
        if not given.get("state"):
            form.put("state", _("Chọn trạng thái của hồ sơ."))
        draft = draft_of(request.user, form, kind, None, given)
        if draft is not None:
            try:
                done = actions.create(request.user, kind, [[draft]], NewBatch(BatchKind.FORM))
            except (NotVisibleError, NotAllowedError):
                raise
            except UserError as error:
                form.general = error.sentence()
            else:
                messages.success(request, _("Đã ghi hồ sơ «{name}».").format(name=draft.values["name"]))
                return HttpResponseRedirect(reverse("entry", args=[done.entries[0]]) + request.choice.query())
    return _form(request, kind, None, form, given)


@require_http_methods(["GET", "HEAD", "POST"])
def event(request: SiteRequest, number: int) -> HttpResponse:
    """One more event of an entry: a step of its life, new values, or both."""
    page = queries.entry(request.user, number, timezone.localdate())
    if not page.may_record:
        raise NotAllowedError("not-allowed", _("Bạn không được ghi vào hồ sơ này"))
    kind = page.line.register
    given = request.POST.dict() if request.method == "POST" else {"state": request.GET.get("sang", "")}
    form = form_of(request, kind, page.line, given)
    if request.method == "POST":
        draft = draft_of(request.user, form, kind, page.line, given)
        if draft is not None:
            try:
                actions.add(request.user, number, draft)
            except (NotVisibleError, NotAllowedError):
                raise
            except UserError as error:
                form.general = error.sentence()
            else:
                messages.success(request, _("Đã ghi biến động."))
                return HttpResponseRedirect(reverse("entry", args=[number]) + request.choice.query())
    return _form(request, kind, page.line, form, given)


def _form(request: SiteRequest, kind: Register, line: Line | None, form: Form, given: dict[str, str]) -> HttpResponse:
    steps = [(way.to, way.told, way) for way in kind.ways(line.state)] if line else []
    context = {
        "kind": kind,
        "line": line,
        "form": form,
        "given": given,
        "steps": steps,
        "states": [(code, state.told) for code, state in kind.states.items()],
        "valid": given.get("valid") or timezone.localdate().isoformat(),
        "today": timezone.localdate(),
    }
    wrong = request.method == "POST"
    return render(request, "web/entry_form.html", context, status=422 if wrong else 200)


@require_POST
def withdraw(request: SiteRequest, number: int) -> HttpResponse:
    """Take one event back, with a reason; it stays in the history."""
    row = Event.objects.filter(pk=number).first()
    if row is None:
        raise Http404
    try:
        actions.withdraw(request.user, [number], why=request.POST.get("ly_do", ""))
        messages.success(request, _("Đã rút biến động; nó vẫn nằm trong dòng thời gian."))
    except (NotVisibleError, NotAllowedError):
        raise
    except UserError as error:
        messages.error(request, error.sentence())
    try:
        queries.entry(request.user, row.entry_id, timezone.localdate())
    except NotVisibleError:
        kind = row.entry.register
        return HttpResponseRedirect(reverse("register", args=[kind]) + request.choice.query())
    return HttpResponseRedirect(reverse("entry", args=[row.entry_id]) + request.choice.query())


paths = [
    path("so-bo/ho-so/<int:number>/bien-dong/", event, name="event-new"),
    path("so-bo/bien-dong/<int:number>/rut/", withdraw, name="event-withdraw"),
    path("so-bo/<slug:code>/them/", new, name="entry-new"),
]
