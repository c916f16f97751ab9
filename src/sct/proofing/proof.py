"""Proofing (soát số liệu): statements of one or several documents → findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from sct.catalogue.statement import Document, Statement
from sct.proofing.checks import Check, checks
from sct.proofing.finding import Finding
from sct.proofing.relations import growth, growth_share, ledger, multiples, partition, points, vintages
from sct.proofing.texts import Desk, Ledger, Text

if TYPE_CHECKING:
    from sct.catalogue import Catalogue

# Checks within one text (and against the ledger), and those that look at all texts together.
WITHIN: Mapping[str, Callable[[Text, Desk, Check], Iterator[Finding]]] = {
    "C1": growth.find,
    "C12": partition.find,
    "C21": growth_share.find,
    "C26": points.find,
    "C27": multiples.find,
    "C42": ledger.find,
}
ACROSS: Mapping[str, Callable[[Desk, Check], Iterator[Finding]]] = {"C41": vintages.find}


def proof(
    document: Document | str,
    statements: Iterable[Statement],
    catalogue: Catalogue | None = None,
    ledger: Ledger | None = None,
    beside: Sequence[tuple[Document | str, Iterable[Statement]]] = (),
) -> list[Finding]:
    """The findings of one document, in the order of its text; the order of `statements` does not matter.

    Documents given `beside` are compared with it (C41) but not proofed themselves.
    """
    text = Text.of(document, statements, catalogue)
    others = [Text.of(other, told, catalogue) for other, told in beside]
    desk = Desk((text, *others), catalogue, ledger)
    declared = checks()
    mine = set(map(id, text.statements))
    across = [finding for finding in _across(desk, declared) if any(id(s) in mine for s in finding.statements)]
    return _within(text, desk, declared) + across


def proof_together(
    documents: Sequence[tuple[Document | str, Iterable[Statement]]],
    catalogue: Catalogue | None = None,
    ledger: Ledger | None = None,
) -> list[Finding]:
    """The findings of several documents, document by document, then those between documents (C41)."""
    texts = tuple(Text.of(document, statements, catalogue) for document, statements in documents)
    desk = Desk(texts, catalogue, ledger)
    declared = checks()
    within = [_within(text, desk, declared) for text in texts]
    return [finding for findings in within for finding in findings] + _across(desk, declared)


def _across(desk: Desk, declared: Mapping[str, Check]) -> list[Finding]:
    found = [f for code, find in ACROSS.items() if declared[code].enabled for f in find(desk, declared[code])]
    return sorted(found, key=_order)


def _within(text: Text, desk: Desk, declared: Mapping[str, Check]) -> list[Finding]:
    found = [f for code, find in WITHIN.items() if declared[code].enabled for f in find(text, desk, declared[code])]
    return sorted(found, key=_order)


def _order(finding: Finding) -> tuple[int, str, str]:
    return finding.start, finding.check, finding.arithmetic
