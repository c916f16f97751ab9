"""A finding (phát hiện): what proofing has to say about figures, with its arithmetic.

It is worded as an inconsistency, never as an accusation: two numbers cannot both be right.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

from sct.catalogue.model import Figure
from sct.catalogue.statement import Statement
from sct.proofing.intervals import Interval
from sct.vietnamese.write import write_quantity


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
class Operand:
    """One number (or words) that a finding rests on, and where it stands.

    `start` and `end` are offsets in the text of `document`; `place` is the place in the original (`p12`,
    `table2/r3/c1`, `Tổng mức!C7`). Exactly one of `statement` and `figure` is known for a number; for plain words
    neither is, and `plain` has them.
    """

    document: str = ""
    start: int = 0
    end: int = 0
    place: str = ""
    plain: str = ""
    statement: Statement | None = None
    figure: Figure | None = None

    @classmethod
    def told(cls, statement: Statement, document: str) -> Operand:
        """A figure of a document, by its statement."""
        return cls(document, statement.start, statement.end, statement.place, statement=statement)

    @classmethod
    def kept(cls, figure: Figure) -> Operand:
        """A figure of the ledger."""
        return cls(place=figure.origin.place, figure=figure)

    @classmethod
    def written(cls, words: str, document: str, start: int, place: str = "") -> Operand:
        """Words of a document that are no statement: a weekday, the span of a plan."""
        return cls(document, start, start + len(words), place, words)

    @property
    def words(self) -> str:
        """The words of the document or of the ledger."""
        if self.statement is not None:
            return " ".join(self.statement.quote.split())
        return write_quantity(self.figure.quantity) if self.figure is not None else self.plain

    @property
    def about(self) -> str:
        """What it tells and its value: an acceptance of the finding falls when it changes."""
        if self.statement is not None:
            return _about_statement(self.statement)
        return _about_figure(self.figure) if self.figure is not None else self.plain


def _about_statement(told: Statement) -> str:
    value = told.value if told.value is not None else f"{told.low}..{told.high}"
    name = f"{told.indicator}[{told.breakdown}]" if told.indicator else told.subject
    parts = (name, told.area_key, told.period, told.measure, told.baseline, told.status, told.comparator)
    return "|".join(part or "" for part in parts) + f"={value}/{told.quantity.decimals}"


def _about_figure(figure: Figure) -> str:
    series = figure.series
    parts = (f"{series.indicator}[{series.breakdown}]", series.area, figure.period.code, figure.transformation.value)
    return "|".join(parts) + f"|{figure.stage.value}={figure.quantity.value}/{figure.quantity.decimals}"


@dataclass(frozen=True, slots=True)
class Said:
    """A finding in words: what it says, the line of arithmetic, what would make it hold."""

    sentence: str
    arithmetic: str
    repair: str = ""


Saying = Callable[[], Said]


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of one check on one relation.

    `operands` are what it rests on, the claim first. `computed` is the interval that the other operands allow,
    `claimed` what the claim stands for, both in the base unit of the claim. `cause` is the likely cause, a code
    (`double-unit`, `newer-vintage`, `digits-swapped`, `truncated`, …). What it says is put in words when somebody asks:
    of a long report most relations hold, and nobody reads those.
    """

    check: str  # C1 …
    verdict: Verdict
    saying: Said | Saying = field(compare=False, repr=False)
    operands: tuple[Operand, ...] = ()
    computed: Interval | None = None
    claimed: Interval | None = None
    cause: str = ""
    severity: str = ""  # light | heavy for WRONG, "" otherwise

    @property
    def said(self) -> Said:
        if not isinstance(self.saying, Said):
            object.__setattr__(self, "saying", self.saying())
        assert isinstance(self.saying, Said)
        return self.saying

    @property
    def sentence(self) -> str:
        """The finding in Vietnamese."""
        return self.said.sentence

    @property
    def arithmetic(self) -> str:
        """One line a person can redo by hand: "1,5 / 3,98 → 36,4…39,0%; đã viết 37,5…38,5%: khớp"."""
        return self.said.arithmetic

    @property
    def repair(self) -> str:
        """The smallest change that would make it hold; "" where it holds or none is known."""
        return self.said.repair

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The statements among the operands, the claim first."""
        return tuple(operand.statement for operand in self.operands if operand.statement is not None)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The ledger's figures among the operands."""
        return tuple(operand.figure for operand in self.operands if operand.figure is not None)

    @property
    def documents(self) -> tuple[str, ...]:
        """The name of the document of each statement, in their order."""
        return tuple(operand.document for operand in self.operands if operand.statement is not None)

    @property
    def start(self) -> int:
        return self.operands[0].start if self.operands else 0

    @property
    def about(self) -> tuple[str, ...]:
        """What it rests on, whatever the places: check, claim, the other operands in any order."""
        told = [operand.about for operand in self.operands]
        return (self.check, *told[:1], *sorted(told[1:]))

    @property
    def key(self) -> str:
        """The same for the same check on the same figures, whatever their places: an acceptance is remembered by it.

        It changes with any operand's key or value, so an accepted finding comes back when one of them does.
        """
        return f"{self.check}-{hashlib.sha256(chr(10).join(self.about[1:]).encode()).hexdigest()[:20]}"
