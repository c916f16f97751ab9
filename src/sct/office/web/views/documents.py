"""Văn bản: the list and the upload, a document with its statements marked, and the decisions about them."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sct.catalogue import load
from sct.errors import UserError
from sct.office.documents import actions, queries
from sct.office.documents.queries import Page, StatementView
from sct.office.documents.states import State
from sct.office.ledger import queries as ledger
from sct.office.people.models import Right
from sct.office.people.queries import may
from sct.office.web import marked
from sct.office.web.choice import SiteRequest
from sct.office.web.given import given_files
from sct.proofing import Verdict
from sct.proofing.account import reason_words
from sct.words import _

ON_A_PAGE = 50
MOST_PROBLEMS = 30  # that stand beside the text at once
MOST_OTHERS = 100
_LIST = (Verdict.WRONG, Verdict.DOUBT, Verdict.HINT, Verdict.HOLDS, Verdict.UNCHECKED)


@require_http_methods(["GET", "HEAD", "POST"])
def documents(request: SiteRequest) -> HttpResponse:
    if request.method == "POST":
        return _upload(request)
    query = request.GET.get("tim", "").strip()
    page = max(1, int(request.GET.get("trang", "1") or 1)) if request.GET.get("trang", "1").isdigit() else 1
    start = (page - 1) * ON_A_PAGE
    lines = queries.documents(request.user, query=query, limit=ON_A_PAGE + 1, offset=start)
    context = {
        "lines": lines[:ON_A_PAGE],
        "more": len(lines) > ON_A_PAGE,
        "page": page,
        "query_here": query,
        "may_record": may(request.user, Right.RECORD),
    }
    return render(request, "web/documents.html", context)


def _upload(request: SiteRequest) -> HttpResponse:
    """Each file by itself: those that can be read go in, the others are named with what is wrong."""
    done, refused = [], []
    published, url = request.POST.get("cong_bo", ""), request.POST.get("url", "")
    for name, data in _files(request):
        try:
            done.append(actions.upload(request.user, name, data, published, url=url))
        except UserError as error:
            refused.append(error.sentence())
    if not done and not refused:
        refused.append(_("Chưa chọn tệp nào."))
    for one in done:
        if one.message:
            messages.info(request, one.message)
    if not refused:
        target = (
            _address(request, "document", done[0].document.pk) if len(done) == 1 else _address(request, "documents")
        )
        if request.htmx:
            return HttpResponse(status=204, headers={"HX-Redirect": target})
        return HttpResponseRedirect(target)
    if request.htmx:
        context = {"done": done, "refused": refused}
        return render(request, "web/parts/uploaded.html", context, status=422)
    for sentence in refused:
        messages.error(request, sentence)
    return HttpResponseRedirect(_address(request, "documents"))


def _files(request: SiteRequest) -> list[tuple[str, bytes]]:
    try:
        return given_files(request)
    except UserError:
        return []


@require_safe
def document(request: SiteRequest, number: int) -> HttpResponse:
    page = queries.document(request.user, number)
    asked = request.GET.get("phatbieu", "")
    chosen = next((view for view in page.statements if str(view.pk) == asked), None) or _first(page)
    problems = [one for one in page.found if one.is_problem]
    context = {
        "page": page,
        "parts": marked.parts(page, chosen.pk if chosen else 0, request.choice.query()),
        "ids": " ".join(str(view.pk) for view in page.statements),
        "problems": queries.findings(request.user, page, problems[:MOST_PROBLEMS]),
        "many": len(problems) > MOST_PROBLEMS,
        "others": len(page.found) - len(problems),
        "reasons": [(reason_words(code), count) for code, count in page.account.get("reasons", {}).items()],
        **_counts(page),
        **(_panel(request, page, chosen) if chosen else {}),
    }
    return render(request, "web/document.html", context)


@require_safe
def other_findings(request: SiteRequest, number: int) -> HttpResponse:
    """What holds, hints and what could not be checked: fetched when somebody opens the list."""
    page = queries.document(request.user, number)
    listed = [one for one in page.found if not one.is_problem]
    listed.sort(key=lambda one: _LIST.index(one.verdict))
    context = {
        "page": page,
        "findings": queries.findings(request.user, page, listed[:MOST_OTHERS]),
        "left": max(0, len(listed) - MOST_OTHERS),
    }
    return render(request, "web/parts/other_findings.html", context)


def _first(page: Page) -> StatementView | None:
    """Where reading begins: the claim of the first problem, else the first statement nobody decided on, else any."""
    claims = [statement for one in page.found if one.is_problem for statement in one.statements[:1]]
    waiting = [view for view in page.statements if view.state is State.PROPOSED]
    by_claim = [view for pk in claims for view in waiting if view.pk == pk]
    return next(iter([*by_claim, *waiting, *page.statements]), None)


def _counts(page: Page) -> dict[str, int]:
    states = [view.state for view in page.statements]
    return {"accepted": states.count(State.ACCEPTED), "rejected": states.count(State.REJECTED)}


def _panel(request: SiteRequest, page: Page, view: StatementView) -> dict[str, Any]:
    """What the panel beside the text shows of a statement."""
    read = view.read
    return {
        "page": page,
        "view": view,
        "entry": load().indicators.get(read.indicator),
        "findings": queries.findings(request.user, page, page.of(view.pk)[:MOST_PROBLEMS]),
        "figures": ledger.figures(request.user, view.observations),
        "place": page.statements.index(view) + 1,
        "reason": reason_words(read.unmatched) if read.unmatched else "",
        "may_record": may(request.user, Right.RECORD, page.document.area),
    }


def _found(request: SiteRequest, number: int, statement: int) -> tuple[Page, StatementView]:
    page = queries.document(request.user, number)
    view = next((one for one in page.statements if one.pk == statement), None)
    if view is None:
        raise Http404(statement)
    return page, view


@require_safe
def statement(request: SiteRequest, number: int, statement: int) -> HttpResponse:
    """The panel of one statement; without htmx the document at that statement."""
    page, view = _found(request, number, statement)
    if not request.htmx:
        return HttpResponseRedirect(_at(request, number, statement))
    return render(request, "web/parts/statement.html", _panel(request, page, view))


@require_POST
def decide(request: SiteRequest, number: int, statement: int, decision: str) -> HttpResponse:
    """Nhận, bỏ, sửa or hoàn tác; answers with the panel as it then is, or the sentence why not."""
    _found(request, number, statement)
    wrong = ""
    try:
        told = _act(request, statement, decision)
    except UserError as error:
        told, wrong = "", error.sentence()
    if not request.htmx:
        (messages.error if wrong else messages.info)(request, wrong or told)
        return HttpResponseRedirect(_at(request, number, statement))
    page, view = _found(request, number, statement)
    context = {**_panel(request, page, view), **_counts(page), "wrong": wrong, "told": told, "decided": True}
    response = render(request, "web/parts/statement.html", context, status=422 if wrong else 200)
    response.headers["HX-Trigger"] = json.dumps({"marked": {"statement": statement, "look": marked.look(page, view)}})
    return response


def _act(request: SiteRequest, statement: int, decision: str) -> str:
    person = request.user
    match decision:
        case "nhan":
            actions.accept(person, statement)
            return _("Đã nhận vào sổ.")
        case "bo":
            actions.reject(person, statement, request.POST.get("ly_do", ""))
            return _("Đã bỏ qua, lý do được giữ lại.")
        case "sua":
            given = {name: request.POST[name] for name in ("indicator", "period", "area_key") if request.POST.get(name)}
            actions.mend(person, statement, given)
            return _("Đã sửa cách hiểu; chữ trong văn bản giữ nguyên.")
        case "hoan-tac":
            actions.undo(person, statement)
            return _("Đã hoàn tác.")
    raise Http404(decision)


@require_POST
def accept_all(request: SiteRequest, number: int) -> HttpResponse:
    """Every statement that has its cell in the ledger and that no finding calls wrong."""
    done = actions.accept_all(request.user, number)
    left = sum(done.left.values())
    told = _("Đã nhận {accepted} số liệu vào sổ.").format(accepted=done.accepted)
    if left:
        told += " " + _("Còn {left} số cần người xem.").format(left=left)
    messages.info(request, told)
    return HttpResponseRedirect(_address(request, "document", number))


@require_POST
def reproof(request: SiteRequest, number: int) -> HttpResponse:
    kept = actions.reproof(request.user, number)
    messages.info(request, kept.line)
    return HttpResponseRedirect(_address(request, "document", number))


@require_safe
def original(request: SiteRequest, number: int) -> HttpResponse:
    """The file as it was given, always as a download: it is not ours to run."""
    row, body = queries.original(request.user, number)
    headers = {"Content-Disposition": content_disposition_header(True, row.name) or "attachment"}
    return HttpResponse(body, content_type="application/octet-stream", headers=headers)


def _address(request: SiteRequest, name: str, *args: object) -> str:
    return reverse(name, args=args) + request.choice.query()


def _at(request: SiteRequest, number: int, statement: int) -> str:
    return reverse("document", args=[number]) + request.choice.query(phatbieu=statement) + f"#s{statement}"


paths = [
    path("van-ban/", documents, name="documents"),
    path("van-ban/<int:number>/", document, name="document"),
    path("van-ban/<int:number>/tep/", original, name="original"),
    path("van-ban/<int:number>/ket-qua-khac/", other_findings, name="other-findings"),
    path("van-ban/<int:number>/nhan-het/", accept_all, name="accept-all"),
    path("van-ban/<int:number>/soat-lai/", reproof, name="reproof"),
    path("van-ban/<int:number>/phat-bieu/<int:statement>/", statement, name="statement"),
    path("van-ban/<int:number>/phat-bieu/<int:statement>/<slug:decision>/", decide, name="decide"),
]
