"""From a judgement to a finding: the operands, one line of arithmetic, and what would make the relation hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sct.catalogue.statement import Statement
from sct.proofing import wording
from sct.proofing.checks import Check
from sct.proofing.finding import Finding, Operand, Said, Saying, Verdict
from sct.proofing.judging import Judgement
from sct.proofing.texts import Text
from sct.proofing.told import Told
from sct.words import _

Place = tuple[Text, Statement]


def comparison(claim: Statement, judgement: Judgement, suffix: str = "") -> str:
    """The right side of an arithmetic line: "36,4…39,0%; đã viết 37,5…38,5%: khớp"."""
    computed, claimed = wording.intervals(judgement.computed, judgement.claimed, claim.quantity)
    said = _("khớp") if judgement.verdict is Verdict.HOLDS else _("không khớp")
    told = _("{computed}; đã viết {claimed}: {said}")
    return told.format(computed=computed + suffix, claimed=claimed + suffix, said=said)


def made(
    check: Check,
    judgement: Judgement,
    claim: Told,
    others: Sequence[Told],
    *,
    sentence: str,
    arithmetic: str,
    repair: str = "",
) -> Finding:
    """A finding of a judged relation that is already in words."""
    said = Said(sentence, arithmetic, repair)
    return judged(check, judgement, claim, others, lambda: said)


def judged(check: Check, judgement: Judgement, claim: Told, others: Sequence[Told], say: Saying) -> Finding:
    """A finding of a judged relation; the claim comes first among the operands. `say` is only called when it is read.

    Where what is said has no `repair`, a relation that fails is repaired by the claim that the operands allow.
    """
    return Finding(
        check=check.code,
        verdict=judgement.verdict,
        saying=lambda: _with_repair(say(), claim.statement, judgement),
        operands=tuple(told.operand for told in (claim, *others)),
        computed=judgement.computed,
        claimed=judgement.claimed,
        cause=judgement.cause,
        severity=judgement.severity,
    )


def _with_repair(said: Said, claim: Statement | None, judgement: Judgement) -> Said:
    if judgement.verdict is Verdict.HOLDS:
        return replace(said, repair="") if said.repair else said
    if said.repair or claim is None:
        return said
    value = _repaired(claim, judgement)
    return replace(said, repair=_("Nếu các số kia đúng thì số này là {value}").format(value=value))


def finding(
    check: Check,
    judgement: Judgement,
    *,
    claim: Place,
    others: Sequence[Place] = (),
    sentence: str,
    arithmetic: str,
    repair: str = "",
) -> Finding:
    """The same from statements with their texts."""
    told = [Told(*other) for other in others]
    return made(check, judgement, Told(*claim), told, sentence=sentence, arithmetic=arithmetic, repair=repair)


def _repaired(claim: Statement, judgement: Judgement) -> str:
    """The nearest claim of as many digits, with the claim's unit."""
    computed = judgement.computed
    unit = claim.quantity.unit
    if computed.low is not None and computed.high is not None:
        return wording.with_unit(wording.nearest(computed, claim.quantity), unit)
    end = computed.low if computed.low is not None else computed.high
    if end is None:
        return wording.printed_with_unit(claim)
    said = wording.with_unit(wording.number(end, unit, claim.quantity.decimals), unit)
    return (_("từ {value} trở lên") if computed.high is None else _("không quá {value}")).format(value=said)


def unchecked(check: Check, place: Place, sentence: str, arithmetic: str, cause: str) -> Finding:
    """A relation that cannot be checked, with the reason."""
    text, statement = place
    operand = Operand.told(statement, text.name)
    return Finding(check.code, Verdict.UNCHECKED, Said(sentence, arithmetic), (operand,), cause=cause)


def remark(
    check: Check,
    text: Text,
    verdict: Verdict,
    words: tuple[int, str],
    *,
    sentence: str,
    arithmetic: str,
    repair: str = "",
    cause: str = "",
) -> Finding:
    """A finding about words of a text that are no statement: where they start, and the words."""
    operand = Operand.written(words[1], text.name, words[0], text.place_at(words[0]))
    severity = "light" if verdict is Verdict.WRONG else ""
    said = Said(sentence, arithmetic, repair)
    return Finding(check.code, verdict, said, (operand,), cause=cause, severity=severity)
