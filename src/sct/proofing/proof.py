"""Proofing (soát số liệu): statements of one or several documents → findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sct.catalogue.statement import Document, Statement
from sct.catalogue.workbook import Workbook
from sct.proofing import relating
from sct.proofing.cells import text_of
from sct.proofing.checks import Check, checks
from sct.proofing.finding import Finding, Verdict
from sct.proofing.links import Matches
from sct.proofing.relations import (
    bounds,
    counts,
    growth_share,
    ledger,
    mentions,
    multiples,
    points,
    registers,
    shares,
    superlatives,
    tables,
    times,
    totals,
    vintages,
    words,
)
from sct.proofing.texts import Desk, Ledger, Text
from sct.uncollected import uncollected

if TYPE_CHECKING:
    from sct.catalogue import Catalogue

Find = Callable[[Text, Desk, Check], Iterator[Finding]]

# What a check does beside its declared relations: within one text (and against the ledger) …
WITHIN: Mapping[str, Find] = {
    "C1": tables.find_meanings,
    "C6": words.find_direction,
    "C12": totals.find_sums,
    "C13": totals.find_parts,
    "C15": shares.find,
    "C18": bounds.find_wider,
    "C19": counts.find_fractions,
    "C20": counts.find_lists,
    "C21": growth_share.find,
    "C26": points.find,
    "C27": multiples.find,
    "C28": multiples.find,
    "C29": multiples.find,
    "C30": bounds.find_passed,
    "C31": totals.find_sums,
    "C32": multiples.find,
    "C33": counts.find_granular,
    "C34": bounds.find_plausible,
    "C35": bounds.find_scale,
    "C36": words.find_separators,
    "C38": words.find_units,
    "C39": words.find_spellings,
    "C40": mentions.find,
    "C42": ledger.find,
    "C43": times.find_status,
    "C44": times.find_dates,
    "C45": superlatives.find,
    "C46": registers.find,
}
# … and over all texts together.
ACROSS: Mapping[str, Callable[[Desk, Check], Iterator[Finding]]] = {"C41": vintages.find}


def proof(
    document: Document | str,
    statements: Iterable[Statement],
    catalogue: Catalogue | None = None,
    ledger: Ledger | None = None,
    beside: Sequence[tuple[Document | str, Iterable[Statement]]] = (),
    *,
    earlier: Matches | None = None,
) -> list[Finding]:
    """The findings of one document, in the order of its text; the order of `statements` does not matter.

    Documents given `beside` are compared with it but not proofed themselves. `earlier` are last month's matches
    (`sct.proofing.links.matches`): first candidates for figures whose words leave the indicator open.
    """
    with uncollected():
        text = Text.of(document, statements, catalogue, earlier)
        others = [Text.of(other, told, catalogue) for other, told in beside]
        desk = Desk((text, *others), catalogue, ledger)
        desk.prepare()
        declared = checks()
        mine = set(map(id, text.statements))
        across = [finding for finding in _across(desk, declared) if any(id(s) in mine for s in finding.statements)]
        return _within(text, desk, declared) + across


def proof_together(
    documents: Sequence[tuple[Document | str, Iterable[Statement]]],
    catalogue: Catalogue | None = None,
    ledger: Ledger | None = None,
    workbooks: Sequence[Workbook] = (),
    *,
    earlier: Matches | None = None,
) -> list[Finding]:
    """The findings of several documents and workbooks, one after another, then those between them (C41)."""
    with uncollected():
        written = [Text.of(document, statements, catalogue, earlier) for document, statements in documents]
        texts = (*written, *(text_of(workbook, catalogue) for workbook in workbooks))
        desk = Desk(texts, catalogue, ledger)
        desk.prepare()
        declared = checks()
        within = [_within(text, desk, declared) for text in texts]
        return [finding for findings in within for finding in findings] + _across(desk, declared)


def _across(desk: Desk, declared: Mapping[str, Check]) -> list[Finding]:
    found = [f for code, find in ACROSS.items() if declared[code].enabled for f in find(desk, declared[code])]
    return sorted(found, key=_order)


def _within(text: Text, desk: Desk, declared: Mapping[str, Check]) -> list[Finding]:
    found: list[Finding] = []
    for code, check in declared.items():
        if not check.enabled:
            continue
        mine = list(relating.find(text, desk, check)) if check.relations else []
        if code in WITHIN:
            mine += WITHIN[code](text, desk, check)
        found += [f for f in mine if not (check.quiet and f.verdict is Verdict.HOLDS)]
    named = {check.explains: check for check in declared.values() if check.explains and check.enabled}
    renamed = [_renamed(finding, named, declared) for finding in found]
    return sorted(_without_echoes(renamed), key=_order)


def _renamed(finding: Finding, named: Mapping[str, Check], declared: Mapping[str, Check]) -> Finding:
    """A finding whose cause has a check of its own is told under that check: a scale word lost is C35.

    Mistyped digits are so only where two prints of one number are compared; in a sum they stay a guess.
    """
    check = named.get(finding.cause) if finding.verdict.is_problem else None
    base = declared[finding.check]
    guess = finding.cause == "digits-swapped" and base.comparison != "same"
    if check is None or guess or (finding.cause == "opposite-sign" and base.group != "levels"):
        return finding
    return replace(finding, check=check.code)


def _without_echoes(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Each relation once; that a value is unusual is not told where another check says what is wrong with it."""
    seen: dict[tuple[str, int], list[Finding]] = {}
    troubled = {id(s) for f in findings if f.verdict.is_problem and f.cause != "implausible" for s in f.statements}
    for finding in findings:
        twins = seen.setdefault((finding.check, finding.start), [])
        echo = finding.cause == "implausible" and any(id(s) in troubled for s in finding.statements)
        if not echo and not (twins and any(finding.about == twin.about for twin in twins)):
            twins.append(finding)
            yield finding


def _order(finding: Finding) -> tuple[int, int]:
    return finding.start, int(finding.check[1:])
