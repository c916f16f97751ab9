"""Views of documents, each narrowed to what the person may see, with a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db import models
from django.db.models import Count, Max, Q

from sct.catalogue.model import Figure
from sct.catalogue.statement import Statement as ReadStatement
from sct.office.documents import files
from sct.office.documents.models import Decision, DecisionKind, Document, Finding, Operand, Proofing, Statement
from sct.office.documents.proofed import PROBLEMS
from sct.office.documents.rows import statement_of
from sct.office.documents.states import State, fields_of, standing, state_of
from sct.office.ledger import queries as ledger
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
    found = Finding.objects.filter(proofing__in=_newest(ids)).values("proofing__document", "verdict")
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


def _newest(ids: Iterable[int] | models.QuerySet[Any, Any]) -> models.QuerySet[Any, Any]:
    """The newest proofing of each document."""
    runs = Proofing.objects.filter(document__in=ids).values("document").order_by()
    return runs.annotate(newest=Max("id")).values("newest")


def totals(person: Someone) -> tuple[int, int]:
    """(statements, findings of the newest proofings) over all documents the person may see."""
    mine = _visible(person).values("pk")
    told = Statement.objects.filter(document__in=mine).count()
    return told, Finding.objects.filter(proofing__in=_newest(mine)).count()


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
class OperandView:
    """A statement that a finding is about, with the document it stands in."""

    statement: int
    document: int
    document_name: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding of the newest proofing with its operands, the claim first, and its figures in the ledger."""

    pk: int
    check: str
    verdict: Verdict
    severity: str
    cause: str
    sentence: str
    arithmetic: str
    repair: str
    operands: tuple[OperandView, ...]
    figures: tuple[Figure, ...] = ()
    mentions: tuple[OperandView, ...] = ()  # the operands that stand in the document asked for

    @property
    def is_problem(self) -> bool:
        return self.verdict.is_problem


@dataclass(frozen=True, slots=True)
class Page:
    """A document with everything a page shows: statements in the order of the text, findings, the account."""

    document: Document
    statements: tuple[StatementView, ...]
    findings: tuple[FindingView, ...]
    account: dict[str, Any]
    line: str
    proofed_at: datetime | None

    def findings_of(self, statement: int) -> list[FindingView]:
        """The findings that a statement is part of."""
        return [f for f in self.findings if any(o.statement == statement for o in f.operands)]


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
        findings=tuple(_findings(person, row, proofing)),
        account=proofing.account if proofing else {},
        line=proofing.line if proofing else "",
        proofed_at=proofing.at if proofing else None,
    )


def statement(person: Someone, number: int) -> StatementView:
    """One statement; raises `NotVisibleError` (404)."""
    rows = narrowed(person, Statement.objects.filter(pk=number), "document__area")
    row = rows.prefetch_related(_decisions()).first()
    if row is None:
        raise NotVisibleError("not-found", _("Không có phát biểu này"))
    return view_of(row)


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


def _findings(person: Someone, row: Document, proofing: Proofing | None) -> Iterable[FindingView]:
    """Those of the document's newest run, then those of other documents' newest runs that are about it too."""
    own = Q(proofing=proofing) if proofing else Q(pk__in=())
    others = _visible(person).exclude(pk=row.pk).values("pk")
    shared = Q(operands__statement__document=row.pk, proofing__in=_newest(others))
    rows = list(
        Finding.objects.filter(reduce(or_, (own, shared)))
        .distinct()
        .order_by("proofing_id", "position")
        .prefetch_related(_operands())
    )
    rows.sort(key=lambda found: (found.proofing_id != (proofing.pk if proofing else 0), found.position))
    figures = {f.id: f for f in ledger.figures(person, sorted({n for found in rows for n in found.figures}))}
    seen: set[tuple[str, frozenset[int]]] = set()
    for found in rows:
        about = (found.check_code, frozenset(operand.statement_id for operand in found.operands.all()))
        if about not in seen:  # two documents each proofed beside the other tell one difference twice
            seen.add(about)
            yield _finding_view(found, figures, row.pk)


def _operands() -> models.Prefetch[Any]:
    rows = Operand.objects.select_related("statement__document").defer(
        *(f"statement__document__{name}" for name in _LIGHT)
    )
    return models.Prefetch("operands", rows.order_by("position"))


def _finding_view(found: Finding, figures: dict[int, Figure], document: int) -> FindingView:
    operands = tuple(_operand_view(operand) for operand in found.operands.all())
    return FindingView(
        pk=found.pk,
        check=found.check_code,
        verdict=Verdict(found.verdict),
        severity=found.severity,
        cause=found.cause,
        sentence=found.sentence,
        arithmetic=found.arithmetic,
        repair=found.repair,
        operands=operands,
        figures=tuple(figures[number] for number in found.figures if number in figures),
        mentions=tuple(operand for operand in operands if operand.document == document),
    )


def _operand_view(operand: Operand) -> OperandView:
    row = operand.statement
    return OperandView(row.pk, row.document_id, str(row.document), row.quote, row.start, row.end)


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
    rows = (
        Finding.objects.filter(proofing__in=_newest(mine), verdict__in=PROBLEMS)
        .select_related("proofing__document")
        .defer(*(f"proofing__document__{name}" for name in _LIGHT))
        .prefetch_related(_operands())
        .order_by("-proofing__document", "position")[:limit]
    )
    found = []
    for row in rows:
        view = _finding_view(row, {}, row.proofing.document_id)
        claim = (view.mentions or view.operands)[0].statement if view.operands else 0
        found.append(OpenFinding(row.proofing.document, view, claim))
    return found


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


def is_empty() -> bool:
    """Whether no document was ever put in."""
    return not Document.objects.exists()
