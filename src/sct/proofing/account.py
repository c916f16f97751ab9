"""The account of a proofing: what was read, what could be compared, what came of it, and what was left unchecked.

Coverage and detection are two numbers; a proofing that hides what it could not check promises too much.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sct.catalogue.statement import Statement
from sct.proofing.finding import Finding, Verdict
from sct.proofing.keys import is_keyed
from sct.words import _


@dataclass(frozen=True, slots=True)
class Account:
    """Counts of one proofing. `reasons` counts the statements nothing was compared with, by reason code."""

    read: int
    matched: int
    checked: int
    holds: int
    wrong: int
    doubtful: int
    hints: int
    unchecked: int
    reasons: Mapping[str, int] = field(default_factory=dict)

    def line(self) -> str:
        """One line for the head of a proofing."""
        told = [
            (self.holds, _("{n} khớp")),
            (self.wrong, _("{n} lỗi")),
            (self.doubtful, _("{n} nghi")),
            (self.hints, _("{n} gợi ý")),
        ]
        outcome = ", ".join(text.format(n=n) for n, text in told if n)
        head = _("đọc {read} số liệu, ghép được {matched} với sổ, kiểm {checked} quan hệ").format(
            read=self.read, matched=self.matched, checked=self.checked
        )
        tail = _("còn {n} số chưa có gì để so").format(n=self.unchecked)
        return f"{head}: {outcome}; {tail}" if outcome else f"{head}; {tail}"

    def as_json(self) -> dict[str, object]:
        """Counts for machines."""
        names = ("read", "matched", "checked", "holds", "wrong", "doubtful", "hints", "unchecked")
        return {**{name: getattr(self, name) for name in names}, "reasons": dict(self.reasons)}


REASONS: Mapping[str, str] = {
    "no-indicator": "chưa nhận ra chỉ tiêu",
    "no-period": "chưa rõ kỳ",
    "no-area": "chưa rõ địa bàn",
    "foreign-area": "địa bàn ngoài danh mục",
    "no-operand": "thiếu số để so",
    "unit-differs": "đơn vị khác với chỉ tiêu",
    "blank": "ô trống",
    "set-aside": "dòng để riêng",
}


def reason_words(code: str) -> str:
    """A reason code in words; the code itself for one that has none yet."""
    return _(REASONS[code]) if code in REASONS else code


def account(
    statements: Iterable[Statement], findings: Iterable[Finding], left: Mapping[str, int] | None = None
) -> Account:
    """The account of a proofing of these statements; `left` counts cells that were never compared, by reason."""
    read = list(statements)
    found = list(findings)
    verdicts = Counter(finding.verdict for finding in found)
    compared = {_where(s) for f in found if f.verdict is not Verdict.UNCHECKED for s in f.statements}
    alone = [statement for statement in read if _where(statement) not in compared]
    reasons = Counter(reason(statement) for statement in alone) + Counter(left or {})
    return Account(
        read=len(read),
        matched=sum(is_keyed(statement) for statement in read),
        checked=sum(count for verdict, count in verdicts.items() if verdict is not Verdict.UNCHECKED),
        holds=verdicts[Verdict.HOLDS],
        wrong=verdicts[Verdict.WRONG],
        doubtful=verdicts[Verdict.DOUBT],
        hints=verdicts[Verdict.HINT],
        unchecked=sum(reasons.values()),
        reasons=dict(sorted(reasons.items())),
    )


def _where(statement: Statement) -> tuple[str, int, int, str]:
    """A statement by its place: the cells of a workbook may have been taken twice."""
    return statement.place, statement.start, statement.end, statement.quote


def reason(statement: Statement) -> str:
    """Why nothing was compared with a statement: the reader's reason, or that no other figure speaks of it."""
    if statement.unmatched:
        return statement.unmatched
    if not statement.indicator:
        return "no-indicator"
    if not statement.period:
        return "no-period"
    return "no-operand" if statement.area_key else "no-area"
