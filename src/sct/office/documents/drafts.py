"""Proofing of drafts that nobody keeps: read, compared with the ledger and with each other, and forgotten.

Nothing of a draft is written anywhere: no file, no statement, no finding, no entry in the log.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from time import perf_counter

from sct.catalogue import load
from sct.catalogue.model import PartialDate
from sct.catalogue.statement import Document, Statement
from sct.errors import UserError
from sct.office.documents import queries
from sct.office.documents.keeping import kept
from sct.office.documents.models import Keeping
from sct.office.documents.proofed import LedgerOf, look
from sct.office.documents.rows import document_of
from sct.office.documents.uploading import area_of, opened, require_size
from sct.office.people.models import Person, Right
from sct.office.people.queries import granted
from sct.proofing import Account, Finding, account, proof_together


@dataclass(frozen=True, slots=True)
class Draft:
    """A document as it was given, with the figures read from it."""

    data: bytes
    document: Document
    statements: tuple[Statement, ...]


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


def proof_files(person: Person, files: Iterable[tuple[str, bytes]], published: str = "") -> Proofed:
    """Proof files together. What cannot be read is refused by name, the others are proofed; nothing is kept."""
    began = perf_counter()
    told = PartialDate(published.strip()).text if published.strip() else ""
    drafts: list[Draft] = []
    refused: list[str] = []
    for name, data in _apart(files):
        try:
            require_size(data, name)
            document, (statements, _proposals) = opened(data, name, told)
            drafts.append(Draft(data, document, tuple(statements)))
        except UserError as error:
            refused.append(error.sentence())
    shelf = LedgerOf(person)
    shelf.prepare([statement for draft in drafts for statement in draft.statements])
    findings = proof_together([(draft.document, draft.statements) for draft in drafts], load(), shelf)
    return _proofed(person, drafts, findings, began, tuple(refused))


def _apart(files: Iterable[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    """Files with names of their own: findings tell documents apart by name."""
    seen: dict[str, int] = {}
    listed = []
    for name, data in files:
        seen[name] = seen.get(name, 0) + 1
        listed.append((name if seen[name] == 1 else f"({seen[name]}) {name}", data))
    return listed


def proof_stored(person: Person, number: int) -> Proofed:
    """Proof a stored document as of now, beside the documents of the same facts; raises `NotVisibleError` (404)."""
    began = perf_counter()
    row, data = queries.original(person, number)
    found = look(person, row)
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
        account=account(read, findings),
        area=area,
        seconds=perf_counter() - began,
        refused=refused,
    )
