"""C1: a growth rate against the two levels it compares: [g] ∩ 100·([V₁]/[V₀] − 1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sct.catalogue.model import Adds, Figure, Indicator
from sct.catalogue.statement import Statement
from sct.proofing import wording
from sct.proofing.checks import Check
from sct.proofing.finding import Finding, Verdict
from sct.proofing.intervals import Interval
from sct.proofing.judging import Judgement, judge
from sct.proofing.keys import same_months
from sct.proofing.rounding import Readings, of_figure, of_statement
from sct.proofing.stating import comparison, finding
from sct.proofing.texts import Desk, Text
from sct.vietnamese.text import search_key
from sct.words import _


def find(text: Text, desk: Desk, check: Check) -> Iterator[Finding]:
    """Every growth of the text whose two levels are told, in the text or (the base only) in the ledger."""
    for claim in text.statements:
        if claim.measure != "growth_pct" or not claim.baseline or not levels_compare(desk.indicator(claim)):
            continue
        found = _keyed(text, claim, desk, check) or _in_one_sentence(text, claim, check)
        if found is not None:
            yield found


def levels_compare(indicator: Indicator | None) -> bool:
    """Whether printed levels of an indicator may be divided: not of an index, not of value at constant prices."""
    if indicator is None:
        return True
    return indicator.over_time is not Adds.NEVER and indicator.price_basis != "constant"


def growth(operands: Sequence[Interval]) -> Interval | None:
    """Percent growth from (level, base level)."""
    quotient = operands[0].over(operands[1])
    return None if quotient is None else quotient.plus(-1).times(100)


def _keyed(text: Text, claim: Statement, desk: Desk, check: Check) -> Finding | None:
    key = text.keys[claim]
    if key is None or key.scope:
        return None
    level_key = key.of(measure="level", baseline="")
    base_key = level_key.of(period=key.baseline, status="fact")
    levels = text.by_key.get(level_key, ())
    bases = text.by_key.get(base_key, ())
    if levels and bases:
        return _best(text, claim, [(level, base) for level in levels for base in bases], check)
    if levels and key.status == "fact":
        return _against_ledger(text, claim, text.nearest(level_key, claim), desk, check)
    return None


def _best(
    text: Text, claim: Statement, pairs: Sequence[tuple[Statement, Statement]], check: Check, *, keyed: bool = True
) -> Finding | None:
    """The finding on the pair of mentions that fits best: a headline's coarser mention is no second error."""
    best: tuple[Judgement, tuple[Statement, Statement]] | None = None
    for pair in pairs:
        if len({s.quantity.unit.dimension for s in pair}) > 1:
            continue
        judgement = judge(of_statement(claim), [of_statement(s) for s in pair], growth, check.policy)
        if judgement is not None and (best is None or judgement.steps < best[0].steps):
            best = judgement, pair
    if best is None:
        return None
    judgement, (level, base) = best
    if not keyed:
        judgement = judgement.at_most(check.policy.unkeyed, "unknown-scope")
    sentence = _("{claim} không khớp với hai mức {level} và {base}")
    if judgement.verdict is Verdict.HOLDS:
        sentence = _("{claim} khớp với hai mức {level} và {base}")
    return finding(
        check,
        judgement,
        claim=(text, claim),
        others=[(text, level), (text, base)],
        sentence=sentence.format(
            claim=f"{wording.what(claim)}: {wording.quoted(claim)}",
            level=wording.printed_with_unit(level),
            base=f"{wording.printed_with_unit(base)} ({wording.period(base.period)})",
        ),
        arithmetic=f"{wording.printed(level)} / {wording.printed(base)} − 1 → {comparison(claim, judgement, '%')}",
    )


def _in_one_sentence(text: Text, claim: Statement, check: Check) -> Finding | None:
    """Without an indicator: two levels of the same subject and unit in the claim's own sentence."""
    if text.keys[claim] is not None or claim.indicator:
        return None
    assert claim.period is not None and claim.baseline is not None
    subject = search_key(claim.subject)
    levels = [s for s in text.in_sentence(claim) if s.measure == "level" and search_key(s.subject) == subject]
    now = [s for s in levels if same_months(s.period or "") == same_months(claim.period)]
    then = [s for s in levels if same_months(s.period or "") == same_months(claim.baseline)]
    return _best(text, claim, [(a, b) for a in now for b in then], check, keyed=False)


def _against_ledger(text: Text, claim: Statement, level: Statement | None, desk: Desk, check: Check) -> Finding | None:
    if level is None:
        return None
    judged: list[tuple[Judgement, Figure]] = []
    for figure in desk.figures(level, claim.baseline):
        if figure.stage.is_actual and not figure.bound:
            operands: list[Readings] = [of_statement(level), of_figure(figure)]
            judgement = judge(of_statement(claim), operands, growth, check.policy)
            if judgement is not None:
                judged.append((judgement.at_most(check.policy.with_ledger, "base-revised"), figure))
    if not judged:
        return None
    judgement, figure = min(judged, key=lambda pair: pair[0].steps)
    base = wording.of_figure(figure)
    sentence = _("{claim} không khớp với mức kỳ gốc {base} trong sổ; có thể kỳ gốc đã được tính lại")
    if judgement.verdict is Verdict.HOLDS:
        sentence = _("{claim} khớp với mức kỳ gốc {base} trong sổ")
    return finding(
        check,
        judgement,
        claim=(text, claim),
        others=[(text, level)],
        figures=(figure,),
        sentence=sentence.format(claim=f"{wording.what(claim)}: {wording.quoted(claim)}", base=base),
        arithmetic=f"{wording.printed(level)} / {base} − 1 → {comparison(claim, judgement, '%')}",
        repair=_("Nêu mức kỳ gốc đã tính lại, hoặc kiểm lại tốc độ tăng"),
    )
