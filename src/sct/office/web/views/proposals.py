"""Việc được nêu: what documents say should be done, waiting for somebody to take it up."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from sct.errors import UserError
from sct.office.coordination import taking
from sct.office.documents import proposals as queue
from sct.office.documents.proposals import State
from sct.office.people.models import Right
from sct.office.people.queries import may
from sct.office.web.choice import SiteRequest
from sct.words import _

ON_A_PAGE = 30
KINDS: dict[str, Callable[[], str]] = {
    "target": lambda: _("chỉ tiêu phấn đấu"),
    "assignment": lambda: _("nhiệm vụ giao"),
    "petition": lambda: _("kiến nghị"),
    "commitment": lambda: _("cam kết"),
}


def became(reference: str) -> tuple[str, int] | None:
    """The page (by name) and number of what a proposal has become."""
    kind, _colon, number = reference.partition(":")
    return (kind, int(number)) if kind in ("matter", "plan") and number.isdecimal() else None


@require_safe
def proposals(request: SiteRequest) -> HttpResponse:
    kind = request.GET.get("loai", "")
    kind = kind if kind in KINDS else ""
    state = next((one for one in State if one.value == request.GET.get("trang_thai", "")), State.WAITING)
    told = request.GET.get("van_ban", "")
    document = int(told) if told.isascii() and told.isdecimal() and len(told) < 10 else None
    page = request.GET.get("trang", "1")
    number = int(page) if page.isascii() and page.isdecimal() and 0 < int(page) < 10_000 else 1
    lines = queue.proposals(
        request.user, state=state, kind=kind, document=document, limit=ON_A_PAGE + 1, offset=(number - 1) * ON_A_PAGE
    )
    counts = queue.counts(request.user, document)
    context = {
        "lines": [(line, became(line.reference)) for line in lines[:ON_A_PAGE]],
        "more": len(lines) > ON_A_PAGE,
        "page": number,
        "kind": kind,
        "state": state,
        "states": [(one.value, one.words) for one in State],
        "kinds": [(code, words(), counts.get(code, 0)) for code, words in KINDS.items()],
        "waiting": sum(counts.values()),
        "document": document,
        "words": {code: words() for code, words in KINDS.items()},
        "may_plan": may(request.user, Right.PLAN, request.choice.area.key),
        "may_record": may(request.user, Right.RECORD),
    }
    return render(request, "web/proposals.html", context)


@require_POST
def decide(request: SiteRequest, number: int, decision: str) -> HttpResponse:
    """Bỏ qua with a reason, or hoàn tác."""
    try:
        if decision == "bo":
            queue.dismiss(request.user, number, request.POST.get("ly_do", ""))
            messages.info(request, _("Đã bỏ qua, lý do được giữ lại."))
        elif decision == "hoan-tac":
            taking.undo(request.user, number)
            messages.info(request, _("Đã hoàn tác; việc, chỉ tiêu đã nhận từ đây được rút lại."))
        else:
            raise Http404(decision)
    except UserError as error:
        if isinstance(error, Http404 | PermissionDenied):
            raise
        messages.error(request, error.sentence())
    return HttpResponseRedirect(reverse("proposals") + request.choice.query() + f"#p{number}")


paths = [
    path("van-ban/viec-duoc-neu/", proposals, name="proposals"),
    path("van-ban/viec-duoc-neu/<int:number>/<slug:decision>/", decide, name="proposal-decide"),
]
