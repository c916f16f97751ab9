"""Soát số liệu: drafts are dropped or pasted, proofed and forgotten; stored documents are proofed as of now."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.http import content_disposition_header
from django.utils.text import get_valid_filename
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sct.errors import UserError
from sct.office.coordination.proofing import stored
from sct.office.coordination.tallies import Tallies
from sct.office.documents import drafts, keeping, queries
from sct.office.documents.drafts import Draft, Proofed
from sct.office.documents.models import Keeping
from sct.office.people.models import Right
from sct.office.people.queries import may
from sct.office.web import cards, proofed
from sct.office.web.cards import Desk
from sct.office.web.choice import SiteRequest
from sct.office.web.given import given_files
from sct.proofing import Finding, Verdict
from sct.reporting import same_kind
from sct.reporting.commented import Change, Remark
from sct.reporting.findings import VERDICTS, as_json, message_of, sarif
from sct.reporting.listed import listed
from sct.reporting.mended_cells import CellChange, is_own, mended_cells
from sct.reporting.mending import plain_text, word_file
from sct.words import _

Given = tuple[int, int, str, str]  # start, end, words, place
KINDS = ("word", "sach", "goc", "chu", "danh-sach", "json", "sarif")


@require_http_methods(["GET", "HEAD", "POST"])
def proofing(request: SiteRequest) -> HttpResponse:
    """The page; a POST proofs what was dropped or pasted and answers with what came of it. Nothing is kept."""
    context: dict[str, Any] = {"lines": queries.documents(request.user, limit=8)}
    if request.method == "POST":
        try:
            context |= _context(request, _proofed(request))
        except UserError as error:
            context["wrong"] = error.sentence()
        if request.htmx:
            return render(request, "web/parts/proofed.html", context, status=422 if "wrong" in context else 200)
    return render(request, "web/proofing.html", context, status=422 if "wrong" in context else 200)


@require_safe
def proof_document(request: SiteRequest, number: int) -> HttpResponse:
    """A stored document, proofed now."""
    found = stored(request.user, number)
    context = {**_context(request, found), "stored": number}
    return render(request, "web/proof_document.html", context)


def _context(request: SiteRequest, found: Proofed) -> dict[str, Any]:
    view = proofed.view(found)
    may_record = bool(found.area) and may(request.user, Right.RECORD, found.area)
    desk = Desk.of(request, may_record=may_record, several=len(view.sheets) > 1)
    return {"view": view, "cards": cards.cards(view.shown, desk), "may_record": may_record}


def _proofed(request: SiteRequest) -> drafts.Proofed:
    """The files given, proofed against the ledger and what the registers count."""
    return drafts.proof_files(request.user, given_files(request), _told(request), Tallies(request.user).proof)


def _told(request: SiteRequest) -> str:
    return str(request.POST.get("cong_bo", "")).strip()


# -- what is taken away --------------------------------------------------------------------------------------------


@require_POST
def take(request: SiteRequest, kind: str) -> HttpResponse:
    """The draft as Word with comments (word) or without (sach), in its own kind (goc), its text (chu), or findings."""
    try:
        return _taken(request, _proofed(request), kind)
    except UserError as error:
        return render(request, "web/proofing.html", {"wrong": error.sentence(), "lines": []}, status=422)


@require_POST
def take_document(request: SiteRequest, number: int, kind: str) -> HttpResponse:
    """The same of a stored document."""
    return _taken(request, stored(request.user, number), kind)


def _taken(request: SiteRequest, found: Proofed, kind: str) -> HttpResponse:
    if kind not in KINDS:
        raise Http404(kind)
    if not found.drafts:
        raise UserError("nothing-read", "; ".join(found.refused) or _("Không đọc được tệp nào"))
    if kind == "json":
        told = json.dumps([as_json(finding) for finding in found.findings], ensure_ascii=False, indent=1)
        return _download(told.encode(), "phat-hien.json", "application/json")
    if kind == "sarif":
        log = json.dumps(sarif(found.findings), ensure_ascii=False, indent=1)
        return _download(log.encode(), "phat-hien.sarif", "application/sarif+json")
    number = _number(request.POST.get("van_ban", "0"), len(found.drafts))
    given = _given_changes(str(request.POST.get("sua", "")), number)
    draft = found.drafts[number]
    if kind == "danh-sach" or (draft.workbook is not None and kind != "goc"):
        name = f"{_stem(draft)}-phat-hien.docx"
        return _download(listed(draft.document.name, found.findings), name, _DOCX)
    return _book(draft, given) if draft.workbook is not None else _paper(found, draft, kind, _changes(given))


def _stem(draft: Draft) -> str:
    return draft.document.name.rpartition(".")[0] or draft.document.name


def _book(draft: Draft, given: Sequence[Given]) -> HttpResponse:
    """A workbook with its mended cells."""
    name = draft.document.name
    made = mended_cells(draft.data, name, _cell_changes(given))
    return _download(made, f"{_stem(draft)}-da-sua.{name.rpartition('.')[2] if is_own(name) else 'xlsx'}", _XLSX)


def _paper(found: Proofed, draft: Draft, kind: str, changes: Sequence[Change]) -> HttpResponse:
    """A draft with its mended words: in its own kind, as plain text, or as Word."""
    if kind == "goc" and draft.document.kind in same_kind.KINDS:
        made = same_kind.same_kind(draft.data, draft.document, changes)
        ending = draft.document.name.rpartition(".")[2]
        return _download(made, f"{_stem(draft)}-da-sua.{ending}", "application/octet-stream")
    if kind == "chu":
        text = plain_text(draft.document, changes).encode()
        return _download(text, f"{_stem(draft)}-da-sua.txt", "text/plain; charset=utf-8")
    remarks = _remarks(found, draft) if kind == "word" else []
    made = word_file(draft.data, draft.document, remarks, changes, at=datetime.now(UTC), tracked=kind == "word")
    return _download(made, f"{_stem(draft)}-{'soat' if kind == 'word' else 'da-sua'}.docx", _DOCX)


_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _number(text: str | None, count: int) -> int:
    number = int(text) if text and text.isascii() and text.isdecimal() and len(text) < 5 else 0
    return number if number < count else 0


def _given_changes(text: str, number: int) -> list[Given]:
    """What the officer mended in one draft of the page: [[document, start, end, words, place], …]."""
    try:
        return [
            (int(start), int(end), " ".join(str(words)[:200].split()), str(*place))
            for document, start, end, words, *place in (json.loads(text) if text.strip() else [])
            if int(document) == number
        ]
    except (ValueError, TypeError) as error:
        raise UserError("bad-changes", _("Không hiểu các chỗ đã sửa"), value=text[:40]) from error


def _changes(given: Sequence[Given]) -> list[Change]:
    return [Change(start, end, words) for start, end, words, _place in given if 0 <= start < end]


def _cell_changes(given: Sequence[Given]) -> list[CellChange]:
    """The same of a workbook: the place is a sheet and a cell."""
    told = [(*place.rpartition("!")[::2], words) for _start, _end, words, place in given if "!" in place]
    return [CellChange(sheet, cell, words) for sheet, cell, words in told]


def _remarks(found: Proofed, draft: Draft) -> list[Remark]:
    """A comment for each finding that somebody should look at, at its claim; kept ones are left out."""
    name = draft.document.name
    made = []
    for finding, key in zip(found.findings, found.keys, strict=True):
        claim = next((one for one in finding.operands if one.document == name and one.start < one.end), None)
        if claim is None or key in found.keepings or finding.verdict in (Verdict.HOLDS, Verdict.UNCHECKED):
            continue
        made.append(Remark(claim.start, claim.end, remark_words(finding)))
    return made


def remark_words(finding: Finding) -> str:
    """A comment in Word: verdict, what was found, the arithmetic."""
    lines = [f"{VERDICTS[finding.verdict]} ({finding.check}): {message_of(finding)}"]
    if finding.arithmetic:
        lines.append(_("Phép tính: {line}").format(line=finding.arithmetic))
    return "\n".join(lines)


def _download(body: bytes, name: str, kind: str) -> HttpResponse:
    safe = get_valid_filename(name)
    headers = {
        "Content-Disposition": content_disposition_header(True, safe) or "attachment",
        "Cache-Control": "no-store",
    }
    return HttpResponse(body, content_type=kind, headers=headers)


# -- letting a finding stand ---------------------------------------------------------------------------------------


@require_POST
def keep(request: SiteRequest) -> HttpResponse:
    """Giữ nguyên, vì …: answers with what then stands in the card."""
    given = {name: str(request.POST.get(name, "")) for name in ("key", "check", "verdict", "area")}
    try:
        reason = str(request.POST.get("ly_do", ""))
        row = keeping.keep(
            request.user,
            given["key"],
            check=given["check"],
            verdict=given["verdict"],
            area=given["area"],
            reason=reason,
        )
    except UserError as error:
        return _stand(request, None, given, error.sentence())
    return _stand(request, row, given)


@require_POST
def take_back(request: SiteRequest, number: int) -> HttpResponse:
    """Hoàn tác: the finding is open again."""
    try:
        row = keeping.take_back(request.user, number)
    except UserError as error:
        return _stand(request, None, {}, error.sentence())
    return _stand(request, None, {"key": row.key, "check": row.check_code, "verdict": row.verdict, "area": row.area})


def _stand(request: SiteRequest, row: Keeping | None, given: dict[str, str], wrong: str = "") -> HttpResponse:
    if not request.htmx:
        return HttpResponseRedirect(reverse("proofing") + request.choice.query())
    told = cards.stand(row, given, Desk.of(request, may_record=True), wrong)
    return HttpResponse(told, status=422 if wrong else 200)


paths = [
    path("soat/", proofing, name="proofing"),
    path("soat/lay/<slug:kind>/", take, name="proofing-take"),
    path("soat/giu/", keep, name="finding-keep"),
    path("soat/giu/<int:number>/hoan-tac/", take_back, name="finding-take-back"),
    path("van-ban/<int:number>/soat/", proof_document, name="proof-document"),
    path("van-ban/<int:number>/soat/lay/<slug:kind>/", take_document, name="proof-document-take"),
]
