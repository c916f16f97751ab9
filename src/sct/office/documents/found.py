"""What proofing found about a document: an outline for its marks in two queries, the whole findings when asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from sct.catalogue.model import Figure
from sct.office.documents.models import Document, Finding, Operand, Proofing, newest_proofings
from sct.office.ledger import queries as ledger
from sct.office.people.queries import Someone, narrowed
from sct.proofing import Verdict


@dataclass(frozen=True, slots=True)
class Outline:
    """A finding by what a mark shows: its verdict and the document's statements it is about, the claim first."""

    pk: int
    check: str
    verdict: Verdict
    statements: tuple[int, ...]

    @property
    def is_problem(self) -> bool:
        return self.verdict.is_problem


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


def outline(person: Someone, row: Document, proofing: Proofing | None) -> list[Outline]:
    """The findings of the document's newest run, then those of other documents' newest runs that are about it too.

    Documents are proofed one after another, each beside the ones before: of several that say the same check of the
    same statements the newest counts.
    """
    own = proofing.pk if proofing else 0
    others = newest_proofings(narrowed(person, Document.objects.exclude(pk=row.pk)).values("pk"))
    told = Operand.objects.filter(statement__document=row.pk).filter(
        Q(finding__proofing=own) | Q(finding__proofing__in=others)
    )
    about: dict[int, list[int]] = defaultdict(list)
    found: dict[int, tuple[int, int, str, str]] = {}
    columns = ("finding__proofing", "finding__position", "finding__check_code", "finding__verdict")
    for pk, statement, *rest in told.order_by("finding", "position").values_list("finding", "statement", *columns):
        about[pk].append(statement)
        found[pk] = tuple(rest)
    for pk, position, check, verdict in Finding.objects.filter(proofing=own).values_list(
        "pk", "position", "check_code", "verdict"
    ):
        found.setdefault(pk, (own, position, check, verdict))
    newest: dict[tuple[str, frozenset[int]] | int, int] = {}
    for pk in sorted(found, key=lambda one: (found[one][0], one)):
        statements = frozenset(about[pk])
        newest[(found[pk][2], statements) if statements else pk] = pk
    ordered = sorted(newest.values(), key=lambda pk: (found[pk][0] != own, found[pk][0], found[pk][1]))
    return [Outline(pk, found[pk][2], Verdict(found[pk][3]), tuple(about[pk])) for pk in ordered]


def findings(person: Someone, document: int, outlines: Iterable[Outline]) -> list[FindingView]:
    """The whole findings of an outline, in its order. Three queries."""
    wanted = [one.pk for one in outlines]
    rows = {row.pk: row for row in Finding.objects.filter(pk__in=wanted)}
    operands = _operands(wanted)
    numbers = sorted({number for row in rows.values() for number in row.figures})
    figures = {figure.id: figure for figure in ledger.figures(person, numbers)} if numbers else {}
    return [view(rows[pk], operands.get(pk, ()), figures, document) for pk in wanted if pk in rows]


_COLUMNS = (
    "finding",
    "statement",
    "statement__document",
    "statement__document__title",
    "statement__document__name",
    "statement__quote",
    "statement__start",
    "statement__end",
)


def _operands(wanted: Sequence[int]) -> dict[int, tuple[OperandView, ...]]:
    found: dict[int, list[OperandView]] = defaultdict(list)
    rows = Operand.objects.filter(finding__in=wanted).order_by("position").values_list(*_COLUMNS)
    for finding, statement, document, title, name, quote, start, end in rows:
        found[finding].append(OperandView(statement, document, title or name, quote, start, end))
    return {pk: tuple(listed) for pk, listed in found.items()}


def view(row: Finding, operands: Sequence[OperandView], figures: dict[int, Figure], document: int) -> FindingView:
    return FindingView(
        pk=row.pk,
        check=row.check_code,
        verdict=Verdict(row.verdict),
        severity=row.severity,
        cause=row.cause,
        sentence=row.sentence,
        arithmetic=row.arithmetic,
        repair=row.repair,
        operands=tuple(operands),
        figures=tuple(figures[number] for number in row.figures if number in figures),
        mentions=tuple(operand for operand in operands if operand.document == document),
    )


def views(rows: Sequence[Finding]) -> list[FindingView]:
    """Findings as they are, each beside its own document. One query."""
    operands = _operands([row.pk for row in rows])
    return [view(row, operands.get(row.pk, ()), {}, row.proofing.document_id) for row in rows]
