"""C46: a figure of a text beside what a register counts of the same thing.

The count is of entries that somebody keeps: it may lack some, or count by another definition. So nothing is called
wrong: a register stated to be complete gives a doubt, one that merely holds more than was written gives a hint, and one
that may lack entries says nothing of a larger number.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from sct.catalogue.model import Figure
from sct.catalogue.statement import Statement
from sct.proofing import wording
from sct.proofing.checks import Check
from sct.proofing.finding import Finding, Said, Verdict
from sct.proofing.judging import Judgement, direct
from sct.proofing.stating import comparison, judged
from sct.proofing.texts import Desk, Text
from sct.proofing.told import Told
from sct.words import _


def find(text: Text, desk: Desk, check: Check) -> Iterator[Finding]:
    """Every result (no plan, no forecast) whose indicator a register counts for that area and period."""
    for claim in text.statements:
        key = text.key(claim)
        if key is None or claim.measure != "level" or key.status in ("plan", "forecast"):
            continue
        counted = desk.counted(text.matched(claim))
        if counted is not None:
            yield from _compared(text, claim, counted, desk, check)


def _compared(
    text: Text, claim: Statement, counted: tuple[Figure, bool], desk: Desk, check: Check
) -> Iterator[Finding]:
    figure, complete = counted
    judgement = direct(text.readings(claim), desk.readings(figure), check.policy)
    if judgement.verdict is not Verdict.HOLDS:
        written = claim.high if claim.high is not None else claim.value
        if not complete and (written is None or figure.quantity.value <= written):
            return
        judgement = replace(judgement.at_most(Verdict.DOUBT if complete else Verdict.HINT), cause="register-differs")
    say = partial(_said, claim, figure, judgement, complete)
    yield judged(check, judgement, Told(text, claim), [Told(figure=figure)], say)


def _said(claim: Statement, figure: Figure, judgement: Judgement, complete: bool) -> Said:
    value = wording.of_figure(figure)
    quote = f"{wording.what(claim)}: {wording.quoted(claim)}"
    if judgement.verdict is Verdict.HOLDS:
        agrees = _("{quote} khớp số đếm từ sổ bộ: {value}")
        return Said(agrees.format(quote=quote, value=value), comparison(claim, judgement))
    sentence = _("{quote}; sổ bộ «{register}» đếm được {value}").format(
        quote=quote, register=figure.origin.title, value=value
    )
    repair = _("Xem cách đếm của văn bản và của sổ ({question}); hai số có thể theo hai định nghĩa hoặc hai ngày")
    if not complete:
        repair = _("Sổ chưa khai là đủ mà đã nhiều hơn văn bản; xem ngày và cách đếm ({question})")
    return Said(sentence, comparison(claim, judgement), repair.format(question=figure.origin.place))
