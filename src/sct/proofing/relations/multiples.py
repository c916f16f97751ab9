"""C27: "gấp k lần" of growths, [g₁]/[g₀], or of levels, [V₁]/[V₀], with its qualifier; plan targets are exact.

The words decide which of the two is meant; where they do not, both are tried and only a multiple that fits neither
is remarked on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sct.catalogue.model import Figure
from sct.catalogue.statement import Statement
from sct.errors import UserError
from sct.proofing import wording
from sct.proofing.checks import Check
from sct.proofing.finding import Finding, Verdict
from sct.proofing.intervals import Interval
from sct.proofing.judging import Judgement, judge
from sct.proofing.keys import same_months
from sct.proofing.rounding import Readings, ends, of_figure, of_statement, rounding
from sct.proofing.stating import comparison, finding, unchecked
from sct.proofing.texts import Desk, Text
from sct.vietnamese.periods import Period
from sct.vietnamese.text import search_key
from sct.words import _

_OF_GROWTH = re.compile(r"\b((mức|tốc độ) )?tăng( trưởng)?$", re.I)
_BRACKET = re.compile(r"^[^,;.()]*\(\s*(cao|tức|tương đương)?\s*$", re.I)


@dataclass(frozen=True, slots=True)
class Try:
    """One way to read a multiple: the quotient's two operands and the verdict on it."""

    judgement: Judgement
    terms: str
    others: tuple[Statement, ...]
    figures: tuple[Figure, ...] = ()


def find(text: Text, desk: Desk, check: Check) -> Iterator[Finding]:
    """Every multiple whose operands are told in the text, or whose base growth is in the ledger."""
    for claim in text.statements:
        if claim.measure != "multiple" or not claim.period:
            continue
        growth_now = _growth_before(text, claim)
        of_growth = growth_now is not None and _speaks_of_growth(text, claim, growth_now)
        tries = _of_growths(text, claim, growth_now, desk, check) if growth_now is not None else []
        if not of_growth:
            tries += _of_levels(text, claim, check)
        if tries:
            yield _finding(text, claim, tries, check, sure=of_growth or growth_now is None)
        elif of_growth and growth_now is not None:
            yield _no_base(text, claim, growth_now, check)


def quotient(operands: Sequence[Interval]) -> Interval | None:
    return operands[0].over(operands[1])


def _same_series(one: Statement, other: Statement) -> bool:
    if one.indicator and other.indicator:
        mine = (one.indicator, one.breakdown, one.area_key)
        return mine == (other.indicator, other.breakdown, other.area_key)
    return one.sentence == other.sentence and _thing(one) == _thing(other)


def _thing(statement: Statement) -> str:
    """What the subject names, without "tăng" at its end: "kim ngạch xuất khẩu tăng" is about the exports."""
    return search_key(_OF_GROWTH.sub("", statement.subject.strip()))


def _growth_before(text: Text, claim: Statement) -> Statement | None:
    """The growth of the same thing and time that the multiple may be about: the last one before it."""
    before = [
        s
        for s in text.in_sentence(claim)
        if s.measure == "growth_pct"
        and s.end <= claim.start
        and same_months(s.period or "") == same_months(claim.period or "")
    ]
    return before[-1] if before and _same_series(before[-1], claim) else None


def _speaks_of_growth(text: Text, claim: Statement, growth: Statement) -> bool:
    """Whether the words say so: the subject ends in "tăng", or the multiple stands in brackets after the growth."""
    if _OF_GROWTH.search(claim.subject.strip()):
        return True
    return bool(text.text) and bool(_BRACKET.match(text.text[growth.end : claim.start]))


def _baseline(claim: Statement) -> str:
    """The period compared with: as told, else the year before."""
    assert claim.period is not None
    if claim.baseline:
        return claim.baseline
    try:
        return Period.parse(claim.period).year_before.code
    except UserError:
        return ""


def _of_growths(text: Text, claim: Statement, now: Statement, desk: Desk, check: Check) -> list[Try]:
    base = _baseline(claim)
    then = [
        s
        for s in text.statements
        if s.measure == "growth_pct"
        and s is not now
        and s.status in ("actual", "estimate")
        and same_months(s.period or "") == same_months(base)
        and _same_series(s, now)
    ]
    tries = [_growth_try(claim, now, of_statement(s), wording.printed(s), check) for s in then]
    found = [t for t in (_with(t, (now, s)) for t, s in zip(tries, then, strict=True)) if t is not None]
    if found:
        return found
    for figure in desk.figures(now, base):
        if figure.stage.is_actual and not figure.bound:
            tried = _growth_try(claim, now, of_figure(figure), wording.of_figure(figure), check)
            if tried is not None:
                softened = tried.judgement.at_most(check.policy.with_ledger, "other-vintage")
                found.append(Try(softened, tried.terms, (now,), (figure,)))
    return found


def _with(tried: Try | None, others: tuple[Statement, ...]) -> Try | None:
    return None if tried is None else Try(tried.judgement, tried.terms, others)


def _growth_try(claim: Statement, now: Statement, then: Readings, then_words: str, check: Check) -> Try | None:
    """The multiple against [g₁]/[g₀]; of a range of growths it must hold at both ends."""
    judged = []
    for end in ends(now):
        plan = now.status == "plan"
        readings = Readings.exactly(end, of_statement(now).ulp) if plan else rounding(end, now.quantity)
        if now.value is not None:
            readings = of_statement(now, plan_is_exact=True)
        judgement = judge(of_statement(claim), [readings, then], quotient, check.policy)
        if judgement is None:
            return None
        judged.append(judgement)
    worst, best = max(judged, key=lambda j: j.steps), min(judged, key=lambda j: j.steps)
    if best.verdict is Verdict.HOLDS and worst.verdict is not Verdict.HOLDS:
        hull = best.computed.hull(worst.computed)
        worst = Judgement(Verdict.HINT, hull, worst.claimed, worst.steps, "range-end-only")
    return Try(worst, f"{wording.printed(now)} / {then_words}", ())


def _of_levels(text: Text, claim: Statement, check: Check) -> list[Try]:
    """The multiple against two levels of the same thing, or against 100% + growth on the same base."""
    base = same_months(_baseline(claim))
    same = [s for s in text.statements if _same_series(s, claim) and s is not claim and s.value is not None]
    now = [s for s in same if s.measure == "level" and same_months(s.period or "") == same_months(claim.period or "")]
    then = [s for s in same if s.measure == "level" and same_months(s.period or "") == base]
    tries = []
    for level in now:
        for other in then:
            if level.quantity.unit.dimension == other.quantity.unit.dimension:
                operands = [of_statement(level), of_statement(other)]
                judgement = judge(of_statement(claim), operands, quotient, check.policy)
                if judgement is not None:
                    terms = f"{wording.printed(level)} / {wording.printed(other)}"
                    tries.append(Try(judgement, terms, (level, other)))
    for growth in same:
        is_growth = growth.measure == "growth_pct" and growth.period == claim.period
        if is_growth and growth.baseline and same_months(growth.baseline) == base:
            judgement = judge(of_statement(claim), [of_statement(growth)], _index, check.policy)
            if judgement is not None:
                tries.append(Try(judgement, f"1 + {wording.printed(growth)}%", (growth,)))
    return tries


def _index(operands: Sequence[Interval]) -> Interval:
    return operands[0].times(Fraction(1, 100)).plus(1)


def _finding(text: Text, claim: Statement, tries: Sequence[Try], check: Check, *, sure: bool) -> Finding:
    """The finding on the reading that fits best."""
    best = min(tries, key=lambda t: (t.judgement.verdict is not Verdict.HOLDS, t.judgement.steps))
    judgement = best.judgement
    if not sure and judgement.verdict is not Verdict.HOLDS:
        judgement = judgement.at_most(Verdict.HINT, "two-readings")
    if not claim.indicator and not any(s.indicator for s in best.others):
        judgement = judgement.at_most(check.policy.unkeyed, "unknown-scope")
    sentence = _("{quote} của {what} không khớp với các số được so")
    if judgement.verdict is Verdict.HOLDS:
        sentence = _("{quote} của {what} khớp với các số được so")
    elif judgement.cause == "range-end-only":
        sentence = _("{quote} của {what} chỉ đúng ở một đầu của khoảng")
    return finding(
        check,
        judgement,
        claim=(text, claim),
        others=[(text, other) for other in best.others],
        figures=best.figures,
        sentence=sentence.format(quote=wording.quoted(claim), what=wording.what(claim)),
        arithmetic=f"{best.terms} → {comparison(claim, judgement)}",
        repair=_both_ends(claim, judgement) if judgement.cause == "range-end-only" else "",
    )


def _both_ends(claim: Statement, judgement: Judgement) -> str:
    """A multiple of a range is itself a range."""
    return _("Viết «gấp {range} lần»").format(
        range=wording.interval(judgement.computed, claim.quantity).replace("…", "–")
    )


def _no_base(text: Text, claim: Statement, now: Statement, check: Check) -> Finding:
    """No growth to compare with: say which one would be needed, and what the multiple implies for it."""
    base = wording.period(_baseline(claim))
    implied = of_statement(now, plan_is_exact=True).tight.over(of_statement(claim).tight)
    arithmetic = f"{wording.printed(now)} / {wording.printed(claim)}"
    if implied is not None:
        arithmetic += f" → {wording.interval(implied, now.quantity)}%"
    sentence = _("{quote}: chưa có mức tăng {base} của {what} để đối chiếu")
    return unchecked(
        check,
        (text, claim),
        sentence.format(quote=wording.quoted(claim), base=base, what=now.subject),
        arithmetic,
        "no-operand",
    )
