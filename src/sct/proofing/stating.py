"""From a judgement to a finding: the operands, one line of arithmetic, and what would make the relation hold."""

from __future__ import annotations

from collections.abc import Sequence

from sct.catalogue.model import Figure
from sct.catalogue.statement import Statement
from sct.proofing import wording
from sct.proofing.checks import Check
from sct.proofing.finding import Finding, Verdict
from sct.proofing.judging import Judgement
from sct.proofing.texts import Text
from sct.words import _

Place = tuple[Text, Statement]


def mark(judgement: Judgement) -> str:
    """The sign between the computed and the claimed interval."""
    return "∩" if judgement.verdict is Verdict.HOLDS else "∌"


def comparison(claim: Statement, judgement: Judgement, suffix: str = "") -> str:
    """The right side of an arithmetic line: "36,4…39,0% ∩ 37,5…38,5%: khớp"."""
    computed = wording.interval(judgement.computed, claim.quantity) + suffix
    claimed = wording.interval(judgement.claimed, claim.quantity) + suffix
    said = _("khớp") if judgement.verdict is Verdict.HOLDS else _("không khớp")
    return f"{computed} {mark(judgement)} {claimed}: {said}"


def finding(
    check: Check,
    judgement: Judgement,
    *,
    claim: Place,
    others: Sequence[Place] = (),
    figures: Sequence[Figure] = (),
    sentence: str,
    arithmetic: str,
    repair: str = "",
) -> Finding:
    """A finding of a judged relation; the claim comes first among the operands.

    Without a `repair` of its own, a relation that fails is repaired by the claim that the operands allow.
    """
    places = (claim, *others)
    failed = judgement.verdict is not Verdict.HOLDS
    if failed and not repair:
        repair = _("Nếu các số kia đúng thì số này là {value}").format(value=_repaired(claim[1], judgement))
    return Finding(
        check=check.code,
        verdict=judgement.verdict,
        sentence=sentence,
        arithmetic=arithmetic,
        statements=tuple(statement for _text, statement in places),
        figures=tuple(figures),
        cause=judgement.cause,
        repair=repair if failed else "",
        severity=judgement.severity,
        documents=tuple(text.name for text, _statement in places),
    )


def _repaired(claim: Statement, judgement: Judgement) -> str:
    """The nearest claim of as many digits, with the claim's unit."""
    value = wording.nearest(judgement.computed, claim.quantity)
    unit = str(claim.quantity.unit)
    return f"{value}%" if unit == "%" else f"{value} {unit}"


def unchecked(check: Check, place: Place, sentence: str, arithmetic: str, cause: str) -> Finding:
    """A relation that cannot be checked, with the reason."""
    text, statement = place
    return Finding(
        check=check.code,
        verdict=Verdict.UNCHECKED,
        sentence=sentence,
        arithmetic=arithmetic,
        statements=(statement,),
        cause=cause,
        documents=(text.name,),
    )
