"""Views of documents, each narrowed to what the person may see, with a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Count, Max

from sct.catalogue.model import Figure
from sct.catalogue.statement import Statement as ReadStatement
from sct.office.documents import files, found
from sct.office.documents.found import FindingView, Outline, outline
from sct.office.documents.models import (
    Decision,
    DecisionKind,
    Document,
    Finding,
    Statement,
    newest_proofings,
)
from sct.office.documents.proofed import PROBLEMS
from sct.office.documents.rows import statement_of
from sct.office.documents.states import State, fields_of, standing, state_of
from sct.office.people.errors import NotVisibleError
from sct.office.people.queries import Someone, narrowed
from sct.proofing import Verdict
from sct.vietnamese.text import search_key
from sct.words import _

_LIGHT = ("text", "segments")  # what lists do not need


def _visible(person: Someone) -> models.QuerySet[Document]:
    return narrowed(person, Document.objects.all())


# -- the list -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """One document of a list with its counts: statements by state, findings of the newest proofing by verdict."""

    document: Document
    statements: int
    accepted: int
    rejected: int
    wrong: int = 0
    doubtful: int = 0
    hints: int = 0
    holds: int = 0

    @property
    def proposed(self) -> int:
        return self.statements - self.accepted - self.rejected


def documents(person: Someone, *, query: str = "", limit: int = 100, offset: int = 0) -> list[Line]:
    """Newest first; `query` is looked for in title and file name, with or without diacritics. Four queries."""
    rows = _visible(person).defer(*_LIGHT).select_related("who").order_by("-id")
    for word in search_key(query).split():
        rows = rows.filter(words__contains=word)
    return _lines(list(rows[offset : offset + limit]))


def _lines(rows: Sequence[Document]) -> list[Line]:
    ids = [row.pk for row in rows]
    told = dict(_pairs(Statement.objects.filter(document__in=ids).values("document"), "document"))
    decided = Decision.objects.filter(statement__document__in=ids, undone=None)
    accepted: dict[int, int] = defaultdict(int)
    rejected: dict[int, int] = defaultdict(int)
    groups = decided.values("statement__document", "kind").annotate(n=Count("statement", distinct=True)).order_by()
    for group in groups.values_list("statement__document", "kind", "n"):
        kinds = {DecisionKind.ACCEPT: accepted, DecisionKind.REJECT: rejected}
        if group[1] in kinds:
            kinds[DecisionKind(group[1])][group[0]] = group[2]
    verdicts: dict[int, dict[str, int]] = defaultdict(dict)
    found = Finding.objects.filter(proofing__in=newest_proofings(ids)).values("proofing__document", "verdict")
    for document, verdict, n in (
        found.annotate(n=Count("id")).order_by().values_list("proofing__document", "verdict", "n")
    ):
        verdicts[document][verdict] = n
    return [
        Line(
            row,
            told.get(row.pk, 0),
            accepted[row.pk],
            rejected[row.pk],
            **{name: verdicts[row.pk].get(verdict.value, 0) for name, verdict in _COUNTED.items()},
        )
        for row in rows
    ]


_COUNTED = {"wrong": Verdict.WRONG, "doubtful": Verdict.DOUBT, "hints": Verdict.HINT, "holds": Verdict.HOLDS}


def _pairs(rows: models.QuerySet[Any, Any], key: str) -> Iterable[tuple[int, int]]:
    counted = rows.annotate(n=Count("id")).order_by().values_list(key, "n")
    return [(int(pk), int(n)) for pk, n in counted]


def totals(person: Someone) -> tuple[int, int]:
    """(statements, findings of the newest proofings) over all documents the person may see."""
    mine = _visible(person).values("pk")
    told = Statement.objects.filter(document__in=mine).count()
    return told, Finding.objects.filter(proofing__in=newest_proofings(mine)).count()


# -- one document -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StatementView:
    """A statement with its mended fields, its state, and the decision that made it so."""

    pk: int
    document: int
    read: ReadStatement
    state: State
    mended: bool = False
    reason: str = ""
    who: str = ""
    at: datetime | None = None
    observations: tuple[int, ...] = ()
    can_undo: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A document with what its page shows: statements in the order of the text, findings in outline, the account."""

    document: Document
    statements: tuple[StatementView, ...]
    found: tuple[Outline, ...]
    account: dict[str, Any]
    line: str
    proofed_at: datetime | None

    def of(self, statement: int) -> list[Outline]:
        """The findings that a statement is part of."""
        return [one for one in self.found if statement in one.statements]


def document(person: Someone, number: int) -> Page:
    """One document; raises `NotVisibleError` (404). Seven queries at most, however long it is."""
    row = _visible(person).select_related("who").filter(pk=number).first()
    if row is None:
        raise NotVisibleError("not-found", _("Không có văn bản này"))
    proofing = row.proofings.order_by("-id").first()
    rows = row.statements.order_by("position").prefetch_related(_decisions())
    return Page(
        document=row,
        statements=tuple(view_of(one) for one in rows),
        found=tuple(outline(person, row, proofing)),
        account=proofing.account if proofing else {},
        line=proofing.line if proofing else "",
        proofed_at=proofing.at if proofing else None,
    )


def document_row(person: Someone, number: int) -> Document:
    """The row of one document alone; raises `NotVisibleError` (404)."""
    row = _visible(person).filter(pk=number).first()
    if row is None:
        raise NotVisibleError("not-found", _("Không có văn bản này"))
    return row


def statement(person: Someone, number: int) -> StatementView:
    """One statement; raises `NotVisibleError` (404)."""
    rows = narrowed(person, Statement.objects.filter(pk=number), "document__area")
    row = rows.prefetch_related(_decisions()).first()
    if row is None:
        raise NotVisibleError("not-found", _("Không có phát biểu này"))
    return view_of(row)


def statements_at(person: Someone, number: int, spans: Iterable[Sequence[int]]) -> list[StatementView]:
    """The statements of a document that stand at the spans, in the order of the text. Two queries."""
    wanted = {(start, end) for start, end in spans}
    rows = narrowed(person, Statement.objects.filter(document=number), "document__area")
    rows = rows.filter(start__in=[start for start, _end in wanted]).order_by("position").prefetch_related(_decisions())
    return [view_of(row) for row in rows if (row.start, row.end) in wanted]


def decisions(person: Someone, number: int) -> list[Decision]:
    """All that was done with a statement, oldest first, undoings too."""
    rows = narrowed(person, Decision.objects.filter(statement=number), "statement__document__area")
    return list(rows.select_related("who").order_by("id"))


def original(person: Someone, number: int) -> tuple[Document, bytes]:
    """The document as it was uploaded; raises `NotVisibleError` (404)."""
    row = _visible(person).defer(*_LIGHT).filter(pk=number).first()
    if row is None:
        raise NotVisibleError("not-found", _("Không có văn bản này"))
    return row, files.fetch(row.sha256)


def _decisions() -> models.Prefetch[Any]:
    return models.Prefetch("decisions", Decision.objects.select_related("who").order_by("id"))


def view_of(row: Statement) -> StatementView:
    """The view of a row whose decisions were fetched."""
    listed = list(row.decisions.all())
    stand = standing(listed)
    fields = fields_of(listed)
    view = StatementView(
        pk=row.pk,
        document=row.document_id,
        read=statement_of(row, fields),
        state=state_of(listed),
        mended=bool(fields),
        can_undo=bool(stand),
    )
    if not stand:
        return view
    last = stand[-1]
    return replace(view, reason=last.reason, who=str(last.who), at=last.at, observations=tuple(last.observations))


def findings(person: Someone, page: Page, which: Iterable[Outline] | None = None) -> list[FindingView]:
    """The whole findings of a page, all or some. Three queries."""
    return found.findings(person, page.document.pk, page.found if which is None else which)


# -- over all documents -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OpenFinding:
    """A problem (LỖI or NGHI) of a document's newest proofing; `statement` is the claim."""

    document: Document
    finding: FindingView
    statement: int


def open_findings(person: Someone, limit: int = 20) -> list[OpenFinding]:
    """What does not hold in the documents, newest document first. Three queries at most."""
    mine = _visible(person).values("pk")
    rows = list(
        Finding.objects.filter(proofing__in=newest_proofings(mine), verdict__in=PROBLEMS)
        .select_related("proofing__document")
        .defer(*(f"proofing__document__{name}" for name in _LIGHT))
        .order_by("-proofing__document", "position")[:limit]
    )
    told = []
    for row, view in zip(rows, found.views(rows), strict=True):
        claim = (view.mentions or view.operands)[0].statement if view.operands else 0
        told.append(OpenFinding(row.proofing.document, view, claim))
    return told


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The words of a figure's source with the sentence before and after them."""

    document: Document
    statement: int
    before: str
    words: str
    after: str


def excerpt(person: Someone, figure: Figure) -> Excerpt | None:
    """The words that an accepted figure was read from; None for a figure of another origin. Two queries."""
    if figure.origin.kind != "document" or not figure.origin.document.isdigit():
        return None
    row = _visible(person).filter(pk=int(figure.origin.document)).first()
    start, dash, end = figure.origin.place.partition("-")
    if row is None or not dash:
        return None
    told = row.statements.filter(start=int(start), end=int(end)).first()
    if told is None:
        return None
    return Excerpt(
        document=row,
        statement=told.pk,
        before=row.text[told.sentence_start : told.start],
        words=row.text[told.start : told.end],
        after=row.text[told.end : told.sentence_end],
    )


def newest() -> tuple[int, int]:
    """The numbers of the newest document and of the newest decision: what was proofed stays right until they move."""
    document, decision = Document.objects.aggregate(last=Max("pk")), Decision.objects.aggregate(last=Max("pk"))
    return document["last"] or 0, decision["last"] or 0


def is_empty() -> bool:
    """Whether no document was ever put in."""
    return not Document.objects.exists()
