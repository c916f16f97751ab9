"""Findings for machines: one flat object a finding, and SARIF 2.1.0 (OASIS) for tools that read it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from sct import __version__
from sct.catalogue.model import Figure
from sct.catalogue.statement import Statement
from sct.proofing.checks import checks
from sct.proofing.finding import Finding, Operand, Verdict
from sct.vietnamese.write import write_quantity

VERDICTS = {
    Verdict.HOLDS: "KHỚP",
    Verdict.HINT: "GỢI Ý",
    Verdict.DOUBT: "NGHI",
    Verdict.WRONG: "LỖI",
    Verdict.UNCHECKED: "KHÔNG KIỂM ĐƯỢC",
}
_LEVELS = {Verdict.WRONG: "error", Verdict.DOUBT: "warning", Verdict.HINT: "note"}
_KINDS = {Verdict.HOLDS: "pass", Verdict.UNCHECKED: "open"}
_CELL = re.compile(r"(?P<sheet>.+)!(?P<cell>[A-Z]{1,3}\d{1,7})(?::[A-Z]{1,3}\d{1,7})?")


def place_of(operand: Operand | Statement) -> dict[str, object]:
    """Where an operand stands: offsets in its document's text, or the cell of a sheet."""
    cell = _CELL.fullmatch(operand.place)
    if cell is not None:
        return {"sheet": cell["sheet"].strip("'"), "cell": cell["cell"]}
    return {"start": operand.start, "end": operand.end}


def message_of(finding: Finding) -> str:
    """What a finding says, with what would make it hold."""
    return f"{finding.sentence}. {finding.repair}." if finding.repair else finding.sentence


def as_json(finding: Finding) -> dict[str, object]:
    """A finding as a flat object. The first operand is the claim; `document` and `place` are its."""
    operands = [_operand(operand) for operand in finding.operands]
    first: Mapping[str, object] = operands[0] if operands else {}
    return {
        "check": finding.check,
        "verdict": VERDICTS[finding.verdict],
        "document": first.get("document"),
        "place": first.get("place"),
        "operands": operands,
        "interval": interval_of(finding),
        "message": message_of(finding),
        "arithmetic": finding.arithmetic,
        "cause": finding.cause or None,
        "severity": finding.severity or None,
        "repair": finding.repair or None,
        "key": finding.key,
    }


def _operand(operand: Operand) -> dict[str, object]:
    if operand.figure is not None:
        return _ledger_operand(operand.figure)
    known = operand.statement.indicator if operand.statement is not None else ""
    return {
        "document": operand.document,
        "place": place_of(operand),
        "quote": operand.statement.quote if operand.statement is not None else operand.words,
        "indicator": known or None,
    }


def interval_of(finding: Finding) -> object:
    """The computed interval, [low, high] in base units, null at an open end; None where nothing was computed."""
    found = finding.computed
    if found is None or (found.low is None and found.high is None):
        return None
    return [None if end is None else float(end) for end in (found.low, found.high)]


def _ledger_operand(figure: Figure) -> dict[str, object]:
    origin = figure.origin
    return {
        "document": origin.title or origin.url or origin.document or origin.file or None,
        "place": {"observation": figure.id or None, "origin": origin.place or None},
        "quote": write_quantity(figure.quantity),
        "indicator": figure.series.indicator,
    }


def sarif(findings: Sequence[Finding], *, passes: bool = False) -> dict[str, object]:
    """A SARIF 2.1.0 log: a rule a check, a result a finding. Relations that hold are left out unless asked for."""
    told = [f for f in findings if passes or f.verdict in _LEVELS]
    used = sorted({f.check for f in told}, key=_order)
    driver = {
        "name": "Sổ Công Thương",
        "version": __version__,
        "language": "vi",
        "rules": [_rule(code) for code in used],
    }
    artifacts = list(dict.fromkeys(one.document for f in told for one in _told(f)))
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "columnKind": "unicodeCodePoints",
                "artifacts": [{"location": {"uri": _uri(name)}} for name in artifacts],
                "results": [_result(f, used) for f in told],
            }
        ],
    }


def _order(code: str) -> tuple[int, str]:
    digits = code.lstrip("C")
    return (int(digits) if digits.isdecimal() else 999, code)


def _rule(code: str) -> dict[str, object]:
    known = checks().get(code)
    name = known.name if known is not None else code
    return {"id": code, "shortDescription": {"text": name}}


def _result(finding: Finding, used: Sequence[str]) -> dict[str, object]:
    places = [_location(operand) for operand in _told(finding)]
    return {
        "ruleId": finding.check,
        "ruleIndex": used.index(finding.check),
        "level": _LEVELS.get(finding.verdict, "none"),
        "kind": _KINDS.get(finding.verdict, "fail"),
        "message": {
            "text": f"{message_of(finding)} [{finding.arithmetic}]" if finding.arithmetic else message_of(finding)
        },
        "locations": places[:1],
        "relatedLocations": [{**place, "id": number} for number, place in enumerate(places[1:], start=1)],
        "partialFingerprints": {"finding/v1": finding.key},
        "properties": {"verdict": VERDICTS[finding.verdict], "cause": finding.cause or None},
    }


def _told(finding: Finding) -> list[Operand]:
    """The operands that stand in a document."""
    return [operand for operand in finding.operands if operand.document]


def _location(operand: Operand) -> dict[str, Any]:
    place = place_of(operand)
    artifact = {"artifactLocation": {"uri": _uri(operand.document)}}
    if "cell" in place:
        cell = f"{place['sheet']}!{place['cell']}"
        return {"physicalLocation": artifact, "logicalLocations": [{"fullyQualifiedName": cell, "kind": "cell"}]}
    region = {
        "charOffset": operand.start,
        "charLength": operand.end - operand.start,
        "snippet": {"text": operand.statement.quote if operand.statement is not None else operand.words},
    }
    return {"physicalLocation": {**artifact, "region": region}}


def _uri(name: str) -> str:
    from urllib.parse import quote

    return quote(name)
