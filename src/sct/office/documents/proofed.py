"""Proofing of stored documents: against the ledger, and beside the documents that speak of the same facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from sct.catalogue import load
from sct.catalogue.model import Figure, SeriesKey, Transformation
from sct.catalogue.statement import Statement as ReadStatement
from sct.errors import UserError
from sct.office.documents.earlier import earlier_matches
from sct.office.documents.figures import DOCUMENT
from sct.office.documents.models import Document, Finding, Operand, Proofing, Statement
from sct.office.documents.rows import document_of, statement_of
from sct.office.documents.states import mended_fields
from sct.office.ledger import queries as ledger
from sct.office.people.models import Person
from sct.office.people.queries import Someone, narrowed
from sct.proofing import Finding as Found
from sct.proofing import Verdict, account, proof
from sct.proofing.keys import alike
from sct.reporting.papers import with_tables
from sct.vietnamese.periods import Period

Counts = Callable[[SeriesKey, Period], tuple[Figure, bool] | None]  # what registers count, and if they are complete
_BESIDE = 30  # documents of the same facts, newest first


class LedgerOf:
    """The ledger as proofing asks it: every vintage of a cell that the person may see, in few queries.

    The periods that the statements tell, and those right before them, are fetched for all series at once; what a check
    asks beyond them costs one query a series. `without` is the number of a document whose own figures are left out: a
    document does not prove itself.
    """

    def __init__(self, person: Someone, without: int | None = None, counts: Counts | None = None) -> None:
        self.person = person
        self.without = "" if without is None else str(without)
        self._counts = counts
        self._periods: frozenset[str] = frozenset()
        self._near: set[SeriesKey] = set()
        self._whole: set[SeriesKey] = set()
        self._cells: dict[tuple[SeriesKey, Period, Transformation], list[Figure]] = defaultdict(list)

    def prepare(self, statements: Iterable[ReadStatement]) -> None:
        """Which periods the coming proofing will mostly ask for."""
        told = {code for s in statements for code in (s.period, s.baseline) if code}
        self._periods = frozenset(code for one in told for code in _around(one))

    def fetch(self, series: Collection[SeriesKey]) -> None:
        """The figures of these series for the prepared periods, in one query."""
        wanted = set(series) - self._near - self._whole
        if not wanted or not self._periods:
            return
        self._near |= wanted
        figures = ledger.told(
            self.person,
            indicators={one.indicator for one in wanted},
            areas={one.area for one in wanted},
            periods=self._periods,
        )
        for figure in figures:
            if figure.series in wanted:
                self._add(figure)

    def figures(self, series: SeriesKey, period: Period, transformation: Transformation) -> Sequence[Figure]:
        near = series in self._near and period.code in self._periods
        if not near and series not in self._whole:
            self._fetch_whole(series)
        return self._cells.get((series, period, transformation), [])

    def counted(self, series: SeriesKey, period: Period) -> tuple[Figure, bool] | None:
        """What a register counts of a cell; None where nobody gave anything to ask."""
        return self._counts(series, period) if self._counts else None

    def _fetch_whole(self, series: SeriesKey) -> None:
        self._whole.add(series)
        for figure in ledger.vintages(self.person, series):
            if series not in self._near or figure.period.code not in self._periods:
                self._add(figure)

    def _add(self, figure: Figure) -> None:
        origin = figure.origin
        if not (self.without and origin.kind == DOCUMENT and origin.document == self.without):
            self._cells[figure.series, figure.period, figure.transformation].append(figure)


def _around(code: str) -> set[str]:
    """A period under all its codes, the one before it and the same a year before."""
    period = Period.parse(code)
    found = {period, period.year_before}
    with suppress(UserError):  # the first cumulative period of a year has none before it
        found.add(period.previous)
    return {same.code for one in found for same in alike(one.code)}


@dataclass(frozen=True, slots=True)
class Look:
    """A proofing that is not kept: the statements with mended fields, the findings, and the row of each statement."""

    statements: list[ReadStatement]
    findings: list[Found]
    rows: dict[int, Statement]  # by identity of the statement, those of other documents too


def look(person: Someone, document: Document, counts: Counts | None = None) -> Look:
    """Proof a document against the ledger and the documents of today, without keeping anything."""
    rows = list(document.statements.order_by("position"))
    beside = _same_facts(person, document, rows)
    fields = mended_fields([*rows, *(row for _other, told in beside for row in told)])
    by_row, kit = _in_kit(rows, fields)
    others = []
    for other, told in beside:
        more, statements = _in_kit(told, fields)
        by_row.update(more)
        others.append((document_of(other), statements))
    read = document_of(document)
    whole = with_tables(read, kit)
    shelf = LedgerOf(person, without=document.pk, counts=counts)
    shelf.prepare(whole)
    earlier = earlier_matches(person, whole, without=document.pk)
    return Look(whole, proof(read, whole, load(), shelf, others, earlier=earlier), by_row)


def run(person: Person, document: Document) -> Proofing:
    """Proof a document and keep what was found; called inside the transaction of an action."""
    found = look(person, document)
    return _keep(person, document, found.findings, found.rows, found.statements)


def _in_kit(
    rows: Sequence[Statement], fields: dict[int, dict[str, Any]]
) -> tuple[dict[int, Statement], list[ReadStatement]]:
    """The statements of rows, and which row each came from (by identity: two mentions may be equal)."""
    statements = [statement_of(row, fields.get(row.pk)) for row in rows]
    return {id(statement): row for statement, row in zip(statements, rows, strict=True)}, statements


def _same_facts(
    person: Someone, document: Document, rows: Sequence[Statement]
) -> list[tuple[Document, list[Statement]]]:
    """Other documents of the same owner area that speak of an indicator, area and period of this one.

    Whoever sees this document sees those too, so a finding tells nobody what they may not know.
    """
    facts = {(row.indicator, row.area_key, row.period) for row in rows if row.indicator and row.area_key}
    if not facts:
        return []
    indicators, areas, periods = (set(part) for part in zip(*facts, strict=True))
    told = Statement.objects.filter(indicator__in=indicators, area_key__in=areas, period__in=periods)
    others = narrowed(person, Document.objects.filter(area=document.area, statements__in=told).distinct())
    others = others.exclude(pk=document.pk)
    found = {other.pk: (other, list[Statement]()) for other in others.order_by("-id")[:_BESIDE]}
    for row in Statement.objects.filter(document__in=found).order_by("document", "position"):
        found[row.document_id][1].append(row)
    return list(found.values())


def _keep(
    person: Person,
    document: Document,
    findings: Sequence[Found],
    by_row: dict[int, Statement],
    statements: Sequence[ReadStatement],
) -> Proofing:
    counted = account(statements, findings)
    kept = Proofing(
        document=document, who=person, at=timezone.now(), account=counted.as_json(), line=counted.line()[:500]
    )
    kept.save()
    rows = [_row(kept, position, finding) for position, finding in enumerate(findings)]
    Finding.objects.bulk_create(rows)
    Operand.objects.bulk_create(
        Operand(finding=row, statement=by_row[id(statement)], position=position)
        for row, finding in zip(rows, findings, strict=True)
        for position, statement in enumerate(finding.statements)
        if id(statement) in by_row  # the cells of tables are no statements of their own
    )
    return kept


def _row(kept: Proofing, position: int, finding: Found) -> Finding:
    return Finding(
        proofing=kept,
        position=position,
        check_code=finding.check,
        verdict=finding.verdict.value,
        severity=finding.severity,
        cause=finding.cause,
        sentence=finding.sentence,
        arithmetic=finding.arithmetic,
        repair=finding.repair,
        figures=[figure.id for figure in finding.figures],
    )


PROBLEMS = tuple(verdict.value for verdict in Verdict if verdict.is_problem)
