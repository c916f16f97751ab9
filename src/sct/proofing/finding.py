"""A finding (phát hiện): what proofing has to say about statements, with its arithmetic.

It is worded as an inconsistency, never as an accusation: two numbers cannot both be right.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from sct.catalogue.model import Figure
from sct.catalogue.statement import Statement


class Verdict(Enum):
    """KHỚP, GỢI Ý, NGHI, LỖI, KHÔNG KIỂM ĐƯỢC."""

    HOLDS = "khop"
    HINT = "goi_y"
    DOUBT = "nghi"
    WRONG = "loi"
    UNCHECKED = "khong_kiem_duoc"

    @property
    def is_problem(self) -> bool:
        return self in (Verdict.DOUBT, Verdict.WRONG)


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of one check on one relation.

    `statements` and `figures` are the operands, the claim first. `arithmetic` is one line a person can redo by hand
    ("1,5 / 3,98 → 36,4…39,0% ∩ 37,5…38,5%: khớp"); `sentence` says it in Vietnamese; `repair` what would make it hold;
    `cause` the likely cause, a code (`double-unit`, `newer-vintage`, `digits-swapped`, `truncated`, …).
    """

    check: str  # C1 …
    verdict: Verdict
    sentence: str
    arithmetic: str
    statements: tuple[Statement, ...] = ()
    figures: tuple[Figure, ...] = ()
    cause: str = ""
    repair: str = ""
    severity: str = ""  # light | heavy for WRONG, "" otherwise
    documents: tuple[str, ...] = ()  # the name of the document of each statement, in their order

    @property
    def start(self) -> int:
        return self.statements[0].start if self.statements else 0
