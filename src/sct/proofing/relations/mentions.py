"""C40: one fact told twice in a document. Prints that cannot be one number are an inconsistency of the document.

The words must name the same thing in both places: where they differ the key may have dropped what tells them apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from sct.catalogue.statement import Statement
from sct.proofing import wording
from sct.proofing.checks import Check
from sct.proofing.finding import Finding, Said, Verdict
from sct.proofing.judging import Judgement, direct
from sct.proofing.slips import digits, near_miss, other_scale
from sct.proofing.stating import comparison, judged
from sct.proofing.texts import Desk, Text, spot_of
from sct.proofing.told import Told
from sct.vietnamese.text import search_key
from sct.words import _


def find(text: Text, desk: Desk, check: Check) -> Iterator[Finding]:
    """Every later mention of a fact against the first one, once for each way it is printed."""
    for key, group in text.by_key.items():
        if len(group) < 2 or key.is_local or key.status == "plan":
            continue
        first = group[0]
        for other in text.mentions(key)[1:] or group[1:2]:
            found = _compared(text, first, other, check)
            if found is not None:
                yield found


def _compared(text: Text, first: Statement, other: Statement, check: Check) -> Finding | None:
    if first.quantity.unit.dimension != other.quantity.unit.dimension or first.sentence == other.sentence:
        return None
    if _same_column(first, other):
        return None
    judgement = direct(text.readings(other), text.readings(first), check.policy)
    if judgement.verdict is not Verdict.HOLDS:
        if search_key(first.subject) != search_key(other.subject) or first.status != other.status:
            return None
        judgement = _caused(judgement, first, other)
    outcome = judgement
    say = partial(_said, first, other, outcome)
    return judged(check, judgement, Told(text, other), [Told(text, first)], say)


def _said(first: Statement, other: Statement, judgement: Judgement) -> Said:
    sentence = _("{what}: {other} và {first} cùng nói một số, không cùng đúng được")
    if judgement.verdict is Verdict.HOLDS:
        sentence = _("{what}: {other} và {first} nói như nhau")
    quoted = {"other": wording.quoted(other), "first": wording.quoted(first)}
    return Said(
        sentence.format(what=wording.what(first), **quoted),
        comparison(other, judgement),
        _("Dùng một số ở cả hai chỗ"),
    )


def _same_column(first: Statement, other: Statement) -> bool:
    """Two rows of a table under one label are two things: the label does not tell them apart."""
    one, two = spot_of(first.place), spot_of(other.place)
    return one is not None and two is not None and (one.table, one.column) == (two.table, two.column)


def _caused(judgement: Judgement, first: Statement, other: Statement) -> Judgement:
    if judgement.cause or first.value is None or other.value is None:
        return judgement
    cause = ""
    if near_miss(digits(other.quantity.number), digits(first.quantity.to(other.quantity.unit))):
        cause = "digits-swapped"
    elif other_scale(other.value, first.value) is not None:
        cause = "scale"
    return Judgement(
        judgement.verdict, judgement.computed, judgement.claimed, judgement.steps, cause, judgement.severity
    )
