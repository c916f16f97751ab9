"""Commands that need files only, no database: read, proof, catalogue check."""

from __future__ import annotations

import csv
import json
import sys
from argparse import Namespace
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sct.catalogue.model import PartialDate
from sct.catalogue.proposal import Proposal
from sct.catalogue.statement import Document, Statement
from sct.catalogue.workbook import Workbook
from sct.errors import Place, UserError
from sct.proofing.cells import take
from sct.proofing.finding import Finding, Operand, Verdict
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
            if given.trace:
                print(_traced(statement))
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


def _traced(statement: Statement) -> str:
    """One line a field: what it is, what it came to, which rule made it and what that rule says."""
    from sct.reading.lexicon import lexicon

    says = lexicon().rules
    rows = [
        f"      {name:<10}{value:<28.28} ← {rule:<24} {says.get(rule, '')}" for name, value, rule in statement.trace
    ]
    return "\n".join(rows)


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
        document = open_document(file_bytes(path), path.name)
        published = dates.get(path.name, dates.get("*"))
        readings.append((document, read_whole(document, published=published, catalogue=catalogue)))
        for note in document.notes:  # beside the output proper, which may be JSON
            print(f"{document.name}: {note.text}", file=sys.stderr)
    return readings


def file_bytes(path: Path) -> bytes:
    """What a file holds; raises `UserError("cannot-open")`."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise UserError(
            "cannot-open", _("Không mở được tệp"), value=error.strerror, place=Place(file=str(path))
        ) from error


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
    from sct.reporting.papers import with_tables

    books, files = _workbooks(given.files)
    given.files = files
    readings = [(document, with_tables(document, listed)) for document, listed in read_files(given)]
    ledger = None
    if given.ledger:
        from sct.cli.office import ledger_lookup

        ledger = ledger_lookup()
    findings = proof_together(readings, load(), ledger, books)
    told = [statement for _document, listed in readings for statement in listed]
    taken = [take(book.cells, catalogue=load()) for book in books]
    left = sum((Counter(one.left) for one in taken), Counter())
    counted = account([*told, *(s for one in taken for s in one.statements)], findings, left)
    if given.sarif:
        _print_json(sarif(findings))
    elif given.account:
        _print_json(counted.as_json())
    elif given.json:
        _print_json([as_json(finding) for finding in findings])
    else:
        print(counted.line())
        for line in _remarks(findings):
            print(line)
    return 1 if any(finding.verdict.is_problem for finding in findings) else 0


_HINTS = 20  # of one check that are printed one by one


def _remarks(findings: Sequence[Finding]) -> Iterator[str]:
    """What is not in order, the worst first within each document; many hints of one check are counted."""
    hints: Counter[str] = Counter()
    for finding in findings:
        if finding.verdict in (Verdict.HOLDS, Verdict.UNCHECKED):
            continue
        if finding.verdict is Verdict.HINT:
            hints[finding.check] += 1
            if hints[finding.check] > _HINTS:
                continue
        yield _finding_lines(finding)
    for code, count in hints.items():
        if count > _HINTS:
            yield "  " + _("{n} gợi ý nữa của {check}; xem đủ bằng --json").format(n=count - _HINTS, check=code)


def _workbooks(files: Sequence[str]) -> tuple[list[Workbook], list[str]]:
    """The workbooks among the files, read, and the other files."""
    from sct.reading.workbooks import is_workbook, read_workbook

    books, others = [], []
    for name in files:
        if is_workbook(b"", name):
            books.append(read_workbook(file_bytes(Path(name)), Path(name).name))
        else:
            others.append(name)
    return books, others


def _print_json(told: object) -> None:
    json.dump(told, sys.stdout, ensure_ascii=False, indent=1)
    print()


def _finding_lines(finding: Finding) -> str:
    from sct.reporting.findings import VERDICTS

    places = "; ".join(f"{one.document} {_at(one)} «{one.words}»" for one in finding.operands if one.document)
    return (
        f"  {VERDICTS[finding.verdict]} {finding.check}: {finding.sentence}\n      {finding.arithmetic}\n      {places}"
    )


def _at(operand: Operand) -> str:
    """A cell by its address, words by their place in the text."""
    return operand.place if "!" in operand.place else f"{operand.start}–{operand.end}"


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
