"""Proofing of drafts that nobody keeps: read, compared with the ledger and with each other, and forgotten.

Nothing of a draft is written anywhere: no file, no statement, no finding, no entry in the log.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from time import perf_counter

from sct.catalogue import load
from sct.catalogue.model import PartialDate
from sct.catalogue.statement import Document, Statement
from sct.catalogue.workbook import Workbook
from sct.errors import UserError
from sct.office.documents import queries
from sct.office.documents.earlier import earlier_matches
from sct.office.documents.keeping import kept
from sct.office.documents.models import Keeping
from sct.office.documents.proofed import Counts, LedgerOf, look
from sct.office.documents.rows import document_of
from sct.office.documents.uploading import area_of, opened, require_size
from sct.office.people.models import Person, Right
from sct.office.people.queries import granted
from sct.proofing import Account, Finding, account, proof_together
from sct.proofing.cells import take
from sct.reading.workbooks import is_workbook, read_workbook
from sct.reading.workbooks.grid import Grid
from sct.reading.workbooks.opening import open_workbook
from sct.reporting.papers import with_tables
from sct.uncollected import uncollected


@dataclass(frozen=True, slots=True)
class Draft:
    """A document or workbook as it was given, with the figures read from it.

    A workbook has its sheets as `grids` and no text; the places of its figures are cells (`Tổng mức!C7`).
    """

    data: bytes
    document: Document
    statements: tuple[Statement, ...]
    workbook: Workbook | None = None
    grids: tuple[Grid, ...] = ()
    left: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Proofed:
    """What came of a proofing: drafts, findings with their keys, keepings by key, the account, refused files.

    `elsewhere` gives the page of statements (by identity) that stand in other, stored documents.
    """

    drafts: tuple[Draft, ...]
    findings: tuple[Finding, ...]
    keys: tuple[str, ...]
    keepings: Mapping[str, Keeping]
    account: Account
    area: str
    seconds: float
    refused: tuple[str, ...] = ()
    elsewhere: Mapping[int, tuple[int, int]] | None = None


def proof_files(
    person: Person, files: Iterable[tuple[str, bytes]], published: str = "", counts: Counts | None = None
) -> Proofed:
    """Proof files together. What cannot be read is refused by name, the others are proofed; nothing is kept."""
    with uncollected():
        return _proof_files(person, files, published, counts)


def _proof_files(person: Person, files: Iterable[tuple[str, bytes]], published: str, counts: Counts | None) -> Proofed:
    began = perf_counter()
    told = PartialDate(published.strip()).text if published.strip() else ""
    drafts: list[Draft] = []
    refused: list[str] = []
    for name, data in _apart(files):
        try:
            require_size(data, name)
            drafts.append(_book(data, name) if is_workbook(b"", name) else _paper(data, name, told))
        except UserError as error:
            refused.append(error.sentence())
    shelf = LedgerOf(person, counts=counts)
    read = [statement for draft in drafts for statement in draft.statements]
    shelf.prepare(read)
    papers = [(draft.document, draft.statements) for draft in drafts if draft.workbook is None]
    books = [draft.workbook for draft in drafts if draft.workbook is not None]
    findings = proof_together(papers, load(), shelf, books, earlier=earlier_matches(person, read))
    return _proofed(person, drafts, findings, began, tuple(refused))


def _paper(data: bytes, name: str, told: str) -> Draft:
    document, (statements, _proposals) = opened(data, name, told)
    return Draft(data, document, tuple(with_tables(document, statements)))


def _book(data: bytes, name: str) -> Draft:
    workbook = read_workbook(data, name)
    taken = take(workbook.cells, catalogue=load())
    document = Document(name, PurePath(name).suffix.lower().lstrip("."), "", ())
    grids = tuple(open_workbook(data, name).sheets)
    return Draft(data, document, taken.statements, workbook, grids, taken.left)


def _apart(files: Iterable[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    """Files with names of their own: findings tell documents apart by name."""
    seen: dict[str, int] = {}
    listed = []
    for name, data in files:
        seen[name] = seen.get(name, 0) + 1
        listed.append((name if seen[name] == 1 else f"({seen[name]}) {name}", data))
    return listed


def proof_stored(person: Person, number: int, counts: Counts | None = None) -> Proofed:
    """Proof a stored document as of now, beside the documents of the same facts; raises `NotVisibleError` (404)."""
    began = perf_counter()
    row, data = queries.original(person, number)
    found = look(person, row, counts)
    draft = Draft(data, document_of(row), tuple(found.statements))
    proofed = _proofed(person, [draft], found.findings, began, ())
    own = {id(statement) for statement in found.statements}
    elsewhere = {key: (kept.document_id, kept.pk) for key, kept in found.rows.items() if key not in own}
    return replace(proofed, area=row.area, elsewhere=elsewhere)


def _proofed(
    person: Person, drafts: Sequence[Draft], findings: Sequence[Finding], began: float, refused: tuple[str, ...]
) -> Proofed:
    keys = tuple(finding.key for finding in findings)
    read = [statement for draft in drafts for statement in draft.statements]
    area = area_of(person, read) if granted(person, Right.RECORD) != frozenset() else ""
    return Proofed(
        drafts=tuple(drafts),
        findings=tuple(findings),
        keys=keys,
        keepings=kept(person, keys),
        account=account(read, findings, sum((Counter(draft.left) for draft in drafts), Counter())),
        area=area,
        seconds=perf_counter() - began,
        refused=refused,
    )
