"""C27, C28, C29, C32: "gấp k lần" of growths, [g₁]/[g₀], or of levels, [V₁]/[V₀]; plan targets are exact.

The words decide which is meant; where they do not, both are tried and only a multiple that fits neither is remarked
on. "Tăng gấp k lần" can be read as k or as k + 1 times; of a range of growths the multiple must hold at both ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sct.catalogue.model import SeriesKey, Transformation
from sct.catalogue.statement import Statement
from sct.errors import UserError
from sct.proofing import wording
from sct.proofing.checks import Check
from sct.proofing.finding import Finding, Verdict
from sct.proofing.intervals import Interval
from sct.proofing.judging import Formula, Judgement, judge
from sct.proofing.keys import Key, same_months
from sct.proofing.rounding import Readings, ends, rounding
from sct.proofing.slips import slip
from sct.proofing.stating import comparison, made, unchecked
from sct.proofing.texts import Desk, Text
from sct.proofing.told import Told
from sct.vietnamese.periods import Period
from sct.vietnamese.text import search_key
from sct.words import _

_OF_GROWTH = re.compile(r"\b((mức|tốc độ) )?tăng( trưởng)?$", re.I)
_BRACKET = re.compile(r"^[^,;.()]*\(\s*(cao|tức|tương đương)?\s*$", re.I)
_RISES = re.compile(r"\btăng\s+(gấp\s+)?(gần |hơn |khoảng )?(gấp\s+)?[\d,]+", re.I)


@dataclass(frozen=True, slots=True)
class Try:
    """One way to read a multiple: the check that has it, the operands and the verdict."""

    code: str
    judgement: Judgement
    terms: str
    others: tuple[Told, ...]
    formula: Formula


def find(text: Text, desk: Desk, check: Check) -> Iterator[Finding]:
    """The multiples that are read as this check reads them."""
    for claim in text.of_measure("multiple"):
        if not claim.period:
            continue
        now = _growth_before(text, claim)
        of_growth = now is not None and _speaks_of_growth(text, claim, now)
        tries = _of_growths(text, claim, now, desk, check) if now is not None else []
        if not of_growth:
            tries += _of_levels(text, claim, desk, check)
        if tries:
            best = min(tries, key=lambda t: (t.judgement.verdict is not Verdict.HOLDS, t.judgement.steps))
            if best.code == check.code:
                yield _finding(text, claim, best, check, sure=of_growth or now is None)
        elif of_growth and now is not None and check.code == "C27":
            yield _no_base(text, claim, now, check)
        elif check.code == "C29" and _RISES.search(_with_verb(text, claim)):
            yield _unclear(text, claim, check)


def quotient(operands: Sequence[Interval]) -> Interval | None:
    return operands[0].over(operands[1])


def _rise(operands: Sequence[Interval]) -> Interval | None:
    found = operands[0].over(operands[1])
    return None if found is None else found.plus(-1)


def _index(operands: Sequence[Interval]) -> Interval:
    return operands[0].times(Fraction(1, 100)).plus(1)


def _with_verb(text: Text, claim: Statement) -> str:
    """The quote with the word before it, where the reader left "tăng" outside."""
    return f"{text.between(max(0, claim.start - 6), claim.start)} {claim.quote}"


def _growth_before(text: Text, claim: Statement) -> Statement | None:
    """The growth of the same thing and time that the multiple may be about: the last one before it."""
    when = same_months(claim.period or "")
    before = [
        s
        for s in text.in_sentence(claim)
        if s.measure == "growth_pct" and s.end <= claim.start and same_months(s.period or "") == when
    ]
    return before[-1] if before and _same_series(before[-1], claim) else None


def _same_series(one: Statement, other: Statement) -> bool:
    if one.indicator and other.indicator:
        mine = (one.indicator, one.breakdown, one.area_key)
        return mine == (other.indicator, other.breakdown, other.area_key)
    return one.sentence == other.sentence and _thing(one) == _thing(other)


def _thing(statement: Statement) -> str:
    """What the subject names, without "tăng" at its end: "kim ngạch xuất khẩu tăng" is about the exports."""
    return search_key(_OF_GROWTH.sub("", statement.subject.strip()))


def _speaks_of_growth(text: Text, claim: Statement, growth: Statement) -> bool:
    """Whether the words say so: the subject ends in "tăng", or the multiple stands in brackets after the growth."""
    if _OF_GROWTH.search(claim.subject.strip()):
        return True
    return bool(text.text) and bool(_BRACKET.match(text.text[growth.end : claim.start]))


def _baseline(claim: Statement) -> str:
    """The period compared with: as told, else the year before."""
    assert claim.period is not None
    if claim.baseline:
        return same_months(claim.baseline)
    try:
        return same_months(Period.parse(claim.period).year_before.code)
    except UserError:
        return ""


def _of_growths(text: Text, claim: Statement, now: Statement, desk: Desk, check: Check) -> list[Try]:
    base = _baseline(claim)
    key = text.any_key(now)
    then = key.of(period=base, baseline=_year_before(base), status="fact")
    own = [Told(text, s) for s in text.mentions(then) if s is not now]
    beside: list[Told] = []
    if not own and not key.is_local:
        beside = [Told(t, s) for t in desk.texts if t is not text for s in t.sure(then)]
        beside = beside or _kept(then, Transformation.YOY, desk)
    tries = [_growth_try(text, claim, now, told, check) for told in own or beside]
    found = [tried for tried in tries if tried is not None]
    if own:
        return found
    return [_soft(tried, check) for tried in found]


def _year_before(code: str) -> str:
    try:
        return same_months(Period.parse(code).year_before.code) if code else ""
    except UserError:
        return ""


def _kept(key: Key, transformation: Transformation, desk: Desk) -> list[Told]:
    if key.is_local or key.scope or not key.period:
        return []
    cell = desk.cell(SeriesKey(key.indicator, key.area, key.breakdown), key.period, transformation)
    return [Told(figure=figure) for figure in cell if figure.stage.is_actual and not figure.bound]


def _soft(tried: Try, check: Check) -> Try:
    softened = tried.judgement.at_most(check.policy.with_ledger, "other-publication")
    return Try(tried.code, softened, tried.terms, tried.others, tried.formula)


def _growth_try(text: Text, claim: Statement, now: Statement, then: Told, check: Check) -> Try | None:
    """The multiple against [g₁]/[g₀]; of a range of growths it must hold at both ends."""
    judged = []
    for end in ends(now):
        plan = now.status == "plan"
        readings = Readings.exactly(end, text.readings(now).ulp) if plan else rounding(end, now.quantity)
        if now.value is not None:
            readings = text.readings(now, plan_is_exact=True)
        judgement = judge(text.readings(claim), [readings, then.readings()], quotient, check.policy)
        if judgement is None:
            return None
        judged.append(judgement)
    worst, best = max(judged, key=lambda j: j.steps), min(judged, key=lambda j: j.steps)
    code = "C27"
    if len(judged) > 1:
        code = "C32"
        if best.verdict is Verdict.HOLDS and worst.verdict is not Verdict.HOLDS:
            hull = best.computed.hull(worst.computed)
            worst = Judgement(Verdict.HINT, hull, worst.claimed, worst.steps, "range-end-only")
    terms = f"{wording.printed(now)} / {then.number(now.quantity)}"
    return Try(code, worst, terms, (Told(text, now), then), quotient)


def _of_levels(text: Text, claim: Statement, desk: Desk, check: Check) -> list[Try]:
    """The multiple against two levels of the same thing, or against 100% + growth on the same base."""
    key, base = text.any_key(claim), _baseline(claim)
    if key.is_local:
        key = key.of(indicator="~" + _thing(claim))
    now_key = key.of(measure="level", baseline="")
    then_key = now_key.of(period=base, status="fact")
    then = [Told(text, s) for s in text.mentions(then_key)]
    soft = not then
    then = then or _kept(then_key, Transformation.LEVEL, desk)
    tries: list[Try] = []
    for level in (Told(text, s) for s in text.mentions(now_key)):
        for other in then:
            if level.dimension == other.dimension:
                tries += _level_tries(text, claim, level, other, check)
    tries = [_soft(tried, check) for tried in tries] if soft else tries
    for growth in text.mentions(key.of(measure="growth_pct", baseline=base)):
        judgement = judge(text.readings(claim), [text.readings(growth)], _index, check.policy)
        if judgement is not None:
            tries.append(Try("C28", judgement, f"1 + {wording.printed(growth)}%", (Told(text, growth),), _index))
    return tries


def _level_tries(text: Text, claim: Statement, level: Told, other: Told, check: Check) -> list[Try]:
    """[V₁]/[V₀]; of "tăng gấp" also one less, which is then said."""
    rises = bool(_RISES.search(_with_verb(text, claim)))
    operands, terms = (
        [level.readings(), other.readings()],
        f"{level.number(level.quantity)} / {other.number(level.quantity)}",
    )
    found = []
    judgement = judge(text.readings(claim), operands, quotient, check.policy)
    if judgement is not None:
        found.append(Try("C29" if rises else "C28", judgement, terms, (level, other), quotient))
    less = judge(text.readings(claim), operands, _rise, check.policy) if rises else None
    if less is not None and less.verdict is Verdict.HOLDS:
        hint = Judgement(Verdict.HINT, less.computed, less.claimed, Fraction(0), "two-readings")
        found.append(Try("C29", hint, f"{terms} − 1", (level, other), _rise))
    return found


def _finding(text: Text, claim: Statement, best: Try, check: Check, *, sure: bool) -> Finding:
    """The finding on the reading that fits best."""
    judgement = best.judgement
    if not sure and judgement.verdict is not Verdict.HOLDS:
        judgement = judgement.at_most(Verdict.HINT, "two-readings")
    if not claim.indicator and not any(told.statement and told.statement.indicator for told in best.others):
        judgement = judgement.at_most(check.policy.unkeyed, "unknown-scope")
    repair = _both_ends(claim, judgement) if judgement.cause == "range-end-only" else ""
    if judgement.verdict.is_problem and not judgement.cause:
        found = slip(text.readings(claim), claim, best.others, best.formula, judgement)
        repair = found.repair if found else repair
    sentence = _("{quote} của {what} không khớp với {others}")
    if judgement.verdict is Verdict.HOLDS:
        sentence = _("{quote} của {what} khớp với {others}")
    elif judgement.cause == "range-end-only":
        sentence = _("{quote} của {what} chỉ đúng ở một đầu của khoảng, so với {others}")
    elif judgement.cause == "two-readings" and best.formula is _rise:
        sentence = _("{quote} của {what} chỉ khớp với {others} khi đọc là tăng thêm bấy nhiêu lần; nên viết rõ")
        repair = _("Viết «gấp {value} lần»").format(value=wording.nearest(judgement.computed.plus(1), claim.quantity))
    others = ", ".join(told.words(claim.period or "") for told in best.others)
    return made(
        check,
        judgement,
        Told(text, claim),
        best.others,
        sentence=sentence.format(quote=wording.quoted(claim), what=wording.what(claim), others=others),
        arithmetic=f"{best.terms} → {comparison(claim, judgement)}",
        repair=repair,
    )


def _both_ends(claim: Statement, judgement: Judgement) -> str:
    """A multiple of a range is itself a range."""
    return _("Viết «gấp {range} lần»").format(
        range=wording.interval(judgement.computed, claim.quantity).replace("…", "–")
    )


def _no_base(text: Text, claim: Statement, now: Statement, check: Check) -> Finding:
    """No growth to compare with: say which one would be needed, and what the multiple implies for it."""
    base = wording.period(_baseline(claim))
    implied = text.readings(now, plan_is_exact=True).tight.over(text.readings(claim).tight)
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


def _unclear(text: Text, claim: Statement, check: Check) -> Finding:
    """ "Tăng gấp k lần" without levels: nobody can tell k from k + 1."""
    point = text.readings(claim).tight
    return made(
        check,
        Judgement(Verdict.HINT, point, point, cause="two-readings"),
        Told(text, claim),
        (),
        sentence=_("{quote} có hai cách đọc: bằng {k} lần, hoặc tăng thêm {k} lần").format(
            quote=wording.quoted(claim), k=wording.printed(claim)
        ),
        arithmetic=_("văn bản chưa cho hai mức để tính"),
        repair=_("Viết «gấp … lần» và nêu mức kỳ gốc"),
    )
