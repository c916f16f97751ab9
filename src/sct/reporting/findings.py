"""Findings for machines: one flat object a finding, and SARIF 2.1.0 (OASIS) for tools that read it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from sct import __version__
from sct.catalogue.model import Figure
from sct.catalogue.statement import Statement
from sct.proofing.checks import checks
from sct.proofing.finding import Finding, Verdict
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


def place_of(statement: Statement) -> dict[str, object]:
    """Where a statement stands: offsets in its document's text, or the cell of a sheet."""
    cell = _CELL.fullmatch(statement.place)
    if cell is not None:
        return {"sheet": cell["sheet"].strip("'"), "cell": cell["cell"]}
    return {"start": statement.start, "end": statement.end}


def message_of(finding: Finding) -> str:
    """What a finding says, with what would make it hold."""
    return f"{finding.sentence}. {finding.repair}." if finding.repair else finding.sentence


def key_of(finding: Finding) -> str:
    """The identity of a finding as long as none of its operands changes: check, keys and values of the operands.

    A number that moved in the text keeps it; a number that changed, or a newer figure of the ledger, does not.
    """
    told = [finding.check, *(_identity(s) for s in finding.statements), *(_of_figure(f) for f in finding.figures)]
    return sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def _identity(statement: Statement) -> list[str]:
    known = bool(statement.indicator and statement.area_key and statement.period)
    about = (
        [statement.indicator, statement.breakdown, statement.area_key]
        if known
        else [" ".join(statement.subject.lower().split()), " ".join(statement.quote.lower().split())]
    )
    numbers = (statement.value, statement.low, statement.high)
    fields = (statement.period, statement.baseline, statement.measure, statement.status, statement.comparator)
    return [*about, *(str(field or "") for field in fields), *("" if n is None else str(n) for n in numbers)]


def _of_figure(figure: Figure) -> list[str]:
    return [
        *(figure.series.indicator, figure.series.area, figure.series.breakdown),
        *(figure.period.code, figure.transformation.value, str(figure.quantity.value), str(figure.published or "")),
    ]


def as_json(finding: Finding) -> dict[str, object]:
    """A finding as a flat object. The first operand is the claim; `document` and `place` are its."""
    operands: list[dict[str, object]] = [
        {"document": name, "place": place_of(one), "quote": one.quote, "indicator": one.indicator or None}
        for one, name in zip(finding.statements, _names(finding), strict=True)
    ]
    operands += [_ledger_operand(figure) for figure in finding.figures]
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
        "key": key_of(finding),
    }


def interval_of(finding: Finding) -> object:
    """The computed interval, [low, high] in base units, null at an open end; None where nothing was computed."""
    found = getattr(finding, "interval", None)
    low, high = getattr(found, "low", None), getattr(found, "high", None)
    if found is None or (low is None and high is None):
        return None
    return [None if low is None else float(low), None if high is None else float(high)]


def _names(finding: Finding) -> tuple[str, ...]:
    missing = len(finding.statements) - len(finding.documents)
    return (*finding.documents, *("",) * missing)


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
    artifacts = list(dict.fromkeys(name for f in told for name in _names(f) if name))
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
    places = [_location(s, n) for s, n in zip(finding.statements, _names(finding), strict=True)]
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
        "partialFingerprints": {"finding/v1": key_of(finding)},
        "properties": {"verdict": VERDICTS[finding.verdict], "cause": finding.cause or None},
    }


def _location(statement: Statement, name: str) -> dict[str, Any]:
    place = place_of(statement)
    artifact = {"artifactLocation": {"uri": _uri(name)}}
    if "cell" in place:
        cell = f"{place['sheet']}!{place['cell']}"
        return {"physicalLocation": artifact, "logicalLocations": [{"fullyQualifiedName": cell, "kind": "cell"}]}
    region = {
        "charOffset": statement.start,
        "charLength": statement.end - statement.start,
        "snippet": {"text": statement.quote},
    }
    return {"physicalLocation": {**artifact, "region": region}}


def _uri(name: str) -> str:
    from urllib.parse import quote

    return quote(name)
