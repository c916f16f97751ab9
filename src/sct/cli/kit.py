"""Commands that need files only, no database: read, proof, catalogue check."""

from __future__ import annotations

import csv
import json
import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from sct.catalogue.model import PartialDate
from sct.catalogue.proposal import Proposal
from sct.catalogue.statement import Document, Statement
from sct.errors import Place, UserError
from sct.proofing.finding import Finding, Verdict
from sct.words import _

if TYPE_CHECKING:
    from sct.reading import Reading as Whole

Reading = tuple[Document, list[Statement]]


def read(given: Namespace) -> int:
    """`sct read FILE… [--json DIR]`."""
    from sct.reading import to_json

    readings = read_whole_files(given)
    if given.json:
        folder = Path(given.json)
        folder.mkdir(parents=True, exist_ok=True)
        for path, (document, found) in zip(given.files, readings, strict=True):
            target = folder / (Path(path).stem + ".json")
            told = to_json(document, found.statements, found.proposals)
            target.write_text(json.dumps(told, ensure_ascii=False, indent=1), "utf-8")
        counted = sum(len(found.statements) for _document, found in readings)
        print(_("{n} văn bản, {s} phát biểu, ghi vào {folder}").format(n=len(readings), s=counted, folder=folder))
        return 0
    for document, found in readings:
        print(_("{name}: {n} phát biểu").format(name=document.name, n=len(found.statements)))
        for statement in found.statements:
            print("  " + _line(statement))
        for proposal in found.proposals:
            print("  " + _asked(proposal))
    return 0


def _line(statement: Statement) -> str:
    parts = (
        f"{statement.start}–{statement.end}",
        f"«{statement.quote}»",
        statement.subject,
        statement.measure,
        statement.period or "–",
        statement.status,
        statement.area or "–",
        statement.indicator or f"({statement.unmatched})",
    )
    return " · ".join(parts)


def _asked(proposal: Proposal) -> str:
    """ "who → whom: what (until when)"."""
    return (
        f"{proposal.start}–{proposal.end} · {proposal.kind} · {proposal.sender or '–'} → {proposal.recipient or '–'}"
        f" · «{proposal.text}» · {proposal.due or '–'}"
    )


def read_files(given: Namespace) -> list[Reading]:
    """The statements of all files named on the command line."""
    return [(document, found.statements) for document, found in read_whole_files(given)]


def read_whole_files(given: Namespace) -> list[tuple[Document, Whole]]:
    """Read all files named on the command line; the first that cannot be read stops with its place."""
    from sct.catalogue import load
    from sct.reading import open_document, read_whole

    dates = _dates(given)
    catalogue = load()
    readings = []
    for name in given.files:
        path = Path(name)
        try:
            data = path.read_bytes()
        except OSError as error:
            raise UserError(
                "cannot-open", _("Không mở được tệp"), value=error.strerror, place=Place(file=str(path))
            ) from error
        document = open_document(data, path.name)
        published = dates.get(path.name, dates.get("*"))
        readings.append((document, read_whole(document, published=published, catalogue=catalogue)))
    return readings


def _dates(given: Namespace) -> dict[str, str]:
    if given.published:
        return {"*": str(PartialDate(given.published))}
    if not given.published_from:
        return {}
    path = Path(given.published_from)
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
    except (OSError, UnicodeDecodeError) as error:
        raise UserError("cannot-open", _("Không đọc được bảng ngày công bố"), place=Place(file=str(path))) from error
    if rows and not {"file", "published"} <= set(rows[0]):
        raise UserError(
            "missing-column",
            _("Bảng ngày công bố thiếu cột"),
            value=", ".join(rows[0]),
            expected="file, published",
            place=Place(file=str(path), line=1),
        )
    return {row["file"]: str(PartialDate(row["published"])) for row in rows if row["published"]}


def proof(given: Namespace) -> int:
    """`sct proof FILE… [--json | --sarif | --account]`; exit code 1 when two numbers cannot both be right."""
    from sct.catalogue import load
    from sct.proofing import account, proof_together
    from sct.reporting.findings import as_json, sarif

    readings = read_files(given)
    ledger = None
    if given.ledger:
        from sct.cli.office import ledger_lookup

        ledger = ledger_lookup()
    findings = proof_together(readings, load(), ledger)
    counted = account([statement for _document, listed in readings for statement in listed], findings)
    if given.sarif:
        _print_json(sarif(findings))
    elif given.account:
        _print_json(counted.as_json())
    elif given.json:
        _print_json([as_json(finding) for finding in findings])
    else:
        print(counted.line())
        for finding in findings:
            if finding.verdict not in (Verdict.HOLDS, Verdict.UNCHECKED):
                print(_finding_lines(finding))
    return 1 if any(finding.verdict.is_problem for finding in findings) else 0


def _print_json(told: object) -> None:
    json.dump(told, sys.stdout, ensure_ascii=False, indent=1)
    print()


def _finding_lines(finding: Finding) -> str:
    from sct.reporting.findings import VERDICTS

    places = "; ".join(
        f"{name} {one.start}–{one.end} «{one.quote}»"
        for name, one in zip(finding.documents, finding.statements, strict=False)
    )
    return (
        f"  {VERDICTS[finding.verdict]} {finding.check}: {finding.sentence}\n      {finding.arithmetic}\n      {places}"
    )


def check(given: Namespace) -> int:
    """`sct catalogue check`: every declaration file, each fault with file, line and field."""
    from sct.catalogue import check as check_catalogue
    from sct.catalogue import load

    faults = check_catalogue()
    for fault in faults:
        print(fault)
    if faults:
        print(_("{n} chỗ cần sửa").format(n=len(faults)))
        return 1
    loaded = load()
    print(_("Khai báo hợp lệ: {i} chỉ tiêu, {a} địa bàn").format(i=len(loaded.indicators), a=len(loaded.areas)))
    return 0
