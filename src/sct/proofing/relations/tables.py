"""C12 in tables: a row of totals against the rows it totals, column by column.

Which rows belong to a total is not guessed from their labels alone: the table must show it itself, by a sum that comes
out in at least one of its columns. So a wrong label costs the check, never a false alarm.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from sct.catalogue.statement import Statement
from sct.proofing import wording
from sct.proofing.checks import Check
from sct.proofing.finding import Finding, Operand, Said, Verdict
from sct.proofing.intervals import total
from sct.proofing.judging import Judgement, judge
from sct.proofing.slips import slip
from sct.proofing.stating import comparison, judged
from sct.proofing.texts import Desk, Text, spot_of
from sct.proofing.told import Told
from sct.vietnamese.text import search_key
from sct.words import _

Rows = Mapping[int, Statement]  # of one column, by row
_ENOUGH = 2  # parts


def find(text: Text, desk: Desk, check: Check) -> Iterator[Finding]:
    """Every total of every table, with the columns in which it comes out and those in which it does not."""
    totals = tuple(search_key(word) for word in check.words.get("totals", ("tổng số", "tổng cộng", "cộng")))
    for columns in _tables(text).values():
        rows = sorted({row for column in columns for row in column})
        labels = {row: next(column[row] for column in columns if row in column).subject for row in rows}
        marks = [row for row in rows if search_key(labels[row]).startswith(totals)]
        for at, mark in enumerate(marks):
            following = [row for row in rows if row > mark and (at + 1 == len(marks) or row < marks[at + 1])]
            before = [row for row in rows if row < mark and (at == 0 or row > marks[at - 1])]
            yield from _total(text, columns, mark, following or before, check)


def find_meanings(text: Text, desk: Desk, check: Check) -> Iterator[Finding]:
    """C1 in tables: a column whose numbers show another comparison than its head says, once a column."""
    columns: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for measure in ("index", "growth_pct"):
        for statement in text.of_measure(measure):
            spot = spot_of(statement.place)
            if spot is not None and "column-meaning-changed" in statement.rules:
                columns[spot.table, spot.column].append(statement)
    for (table, column), cells in columns.items():
        yield Finding(
            check.code,
            Verdict.HINT,
            Said(
                _("{table}, cột {column}: tiêu đề ghi so với cùng kỳ, nhưng {n} dòng là so với kỳ trước").format(
                    table=table, column=column, n=len(cells)
                ),
                _("mỗi ô bằng số kỳ này chia cho số kỳ trước cùng dòng"),
                _("Sửa tiêu đề cột, hoặc tính lại cột so với cùng kỳ"),
            ),
            tuple(Operand.told(cell, text.name) for cell in cells),
            cause="column-meaning",
        )


def _tables(text: Text) -> Mapping[str, list[Rows]]:
    """The columns of levels of each table."""
    found: dict[str, dict[tuple[str, str], dict[int, Statement]]] = defaultdict(lambda: defaultdict(dict))
    for statement in text.of_measure("level"):
        spot = spot_of(statement.place)
        if spot is not None and statement.value is not None:
            column = (spot.column, statement.quantity.unit.dimension)
            found[spot.table][column].setdefault(spot.row, statement)
    return {table: list(columns.values()) for table, columns in found.items()}


def _total(text: Text, columns: Sequence[Rows], mark: int, rows: Sequence[int], check: Check) -> Iterator[Finding]:
    compared: list[tuple[Statement, list[Statement], Judgement]] = []
    for column in columns:
        parts = [column[row] for row in rows if row in column]
        if mark not in column or len(parts) < max(_ENOUGH, len(rows)):
            continue
        judgement = judge(text.readings(column[mark]), [text.readings(part) for part in parts], total, check.policy)
        if judgement is not None:
            compared.append((column[mark], parts, judgement))
    if any(judgement.verdict is Verdict.HOLDS for _claim, _parts, judgement in compared):
        for claim, parts, judgement in compared:
            yield _told(text, claim, parts, judgement, check)


def _told(text: Text, claim: Statement, parts: Sequence[Statement], judgement: Judgement, check: Check) -> Finding:
    told = [Told(text, part) for part in parts]
    cause = slip(text.readings(claim), claim, told, total, judgement) if judgement.verdict.is_problem else None
    repair = cause.repair if cause else ""
    found = judgement if cause is None else judgement.because(cause.code)
    say = partial(_said, claim, told, judgement, repair)
    return judged(check, found, Told(text, claim), told, say)


def _said(claim: Statement, told: Sequence[Told], judgement: Judgement, repair: str) -> Said:
    sentence = _("{what}: các dòng cộng lại không cho {quote}")
    if judgement.verdict is Verdict.HOLDS:
        sentence = _("{what}: các dòng cộng lại cho {quote}")
    terms = " + ".join(part.number(claim.quantity) for part in told)
    return Said(
        sentence.format(what=wording.what(claim), quote=wording.quoted(claim)),
        f"{terms} → {comparison(claim, judgement)}",
        repair,
    )
