"""C26: percent against percentage points (điểm phần trăm).

A number with both units says two things at once. The change of a share or a rate is told in points; in percent it
would be a relative change, and the two levels tell which of the two was meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from sct.catalogue.model import Indicator, Kind
from sct.catalogue.statement import Statement
from sct.proofing import wording
from sct.proofing.checks import Check
from sct.proofing.finding import Finding, Operand, Said, Verdict
from sct.proofing.intervals import Interval
from sct.proofing.judging import Judgement, judge
from sct.proofing.keys import same_months
from sct.proofing.stating import comparison, finding
from sct.proofing.texts import Desk, Text
from sct.vietnamese.text import search_key
from sct.words import _

_BOTH_UNITS = re.compile(r"(%|\bphần trăm)\s*(điểm\s+(phần trăm|%)|điểm\b(?!\s*(?:bán|kinh|giới|đến|cầu)))", re.I)
_SHARE_WORDS = re.compile(r"\b(tỷ trọng|tỉ trọng|tỷ lệ|tỉ lệ|tỷ suất)\b", re.I)


def find(text: Text, desk: Desk, check: Check) -> Iterator[Finding]:
    """Numbers with both units, and changes of shares told in percent or in points."""
    for statement in text.statements:
        if statement.quantity.unit.dimension not in ("percent", "percentage_point"):
            continue
        if _BOTH_UNITS.search(_with_unit(text, statement)):
            yield _double_unit(text, statement, check)
        elif statement.measure in ("growth_pct", "change_abs"):
            found = _share_change(text, statement, desk, check)
            if found is not None:
                yield found


def _with_unit(text: Text, statement: Statement) -> str:
    """The quote with the words just after it, where a reader may have cut the second unit off."""
    following = text.text[statement.end : statement.end + 20] if text.text else ""
    return statement.quote + following if statement.quote.rstrip().endswith("%") else statement.quote


def _double_unit(text: Text, statement: Statement, check: Check) -> Finding:
    value = wording.printed(statement)
    points = statement.measure in ("contribution_pp", "change_abs")
    right = _("{value} điểm phần trăm").format(value=value) if points else f"{value}%"
    return Finding(
        check=check.code,
        verdict=check.policy.most,
        saying=Said(
            _("{quote} ghi hai đơn vị cho một số: «%» và «điểm phần trăm»").format(quote=wording.quoted(statement)),
            _("{value}% ≠ {value} điểm phần trăm: hai đơn vị khác nhau").format(value=value),
            _("Viết «{right}»").format(right=right),
        ),
        operands=(Operand.told(statement, text.name),),
        cause="double-unit",
        severity="light",
    )


def is_share(statement: Statement, indicator: Indicator | None) -> bool:
    """Whether a statement speaks of a share or a rate, so that its change is one in points."""
    if indicator is not None:
        return indicator.kind in (Kind.SHARE, Kind.RATE) and indicator.unit.dimension == "percent"
    return bool(_SHARE_WORDS.match(statement.subject.strip()))


def _share_change(text: Text, change: Statement, desk: Desk, check: Check) -> Finding | None:
    if not is_share(change, desk.indicator(change)) or not change.period or not change.baseline:
        return None
    if change.measure == "change_abs" and change.unit != "percentage_point":
        return None
    now, then = _level(text, change, change.period), _level(text, change, change.baseline)
    if now is None or then is None:
        return _ambiguous(text, change, check) if change.measure == "growth_pct" else None
    return _against_levels(text, change, now, then, check)


def _level(text: Text, change: Statement, period: str) -> Statement | None:
    """The share itself in a period, of the same indicator and area, or of the same words in the same sentence."""
    for other in (*text.of_measure("share_pct"), *text.of_measure("level")):
        if same_months(other.period or "") != same_months(period):
            continue
        if other.value is None or (other.area_key or other.area) != (change.area_key or change.area):
            continue
        if change.indicator and (other.indicator, other.breakdown) == (change.indicator, change.breakdown):
            return other
        if other.sentence == change.sentence and search_key(other.subject) == search_key(change.subject):
            return other
    return None


def _ambiguous(text: Text, change: Statement, check: Check) -> Finding:
    zero = text.readings(change).tight
    judgement = Judgement(Verdict.HINT, zero, zero, cause="percent-or-points")
    return finding(
        check,
        judgement,
        claim=(text, change),
        sentence=_("{what} là một tỷ lệ: {quote} là phần trăm hay điểm phần trăm?").format(
            what=wording.what(change), quote=wording.quoted(change)
        ),
        arithmetic=_("văn bản chưa cho hai mức của tỷ lệ để tính"),
        repair=_("Thay đổi của một tỷ lệ nên ghi bằng điểm phần trăm"),
    )


def _growth(operands: Sequence[Interval]) -> Interval | None:
    """Percent growth from (level, base level)."""
    quotient = operands[0].over(operands[1])
    return None if quotient is None else quotient.plus(-1).times(100)


def _against_levels(text: Text, change: Statement, now: Statement, then: Statement, check: Check) -> Finding | None:
    claim, operands = text.readings(change), [text.readings(now), text.readings(then)]
    in_points = judge(claim, operands, lambda ends: ends[0] - ends[1], check.policy)
    assert in_points is not None
    in_percent = judge(claim, operands, _growth, check.policy)
    told_in_points = change.measure == "change_abs"
    told, other = (in_points, in_percent) if told_in_points else (in_percent, in_points)
    if told is None:
        return None
    other_holds = other is not None and other.verdict is Verdict.HOLDS
    terms = f"{wording.printed(now)} − {wording.printed(then)}"
    if not told_in_points:
        terms = f"{wording.printed(now)} / {wording.printed(then)} − 1"
    judgement = told
    if told.verdict is not Verdict.HOLDS and other_holds:
        judgement = Judgement(check.policy.most, told.computed, told.claimed, told.steps, "wrong-unit", "light")
    repair = ""
    if judgement.cause == "wrong-unit":
        value = wording.number(abs(change.value or Fraction(0)), change.quantity.unit, change.quantity.decimals)
        repair = _("Viết «{value}%»") if told_in_points else _("Viết «{value} điểm phần trăm»")
        repair = repair.format(value=value)
    sentence = _("{quote} không khớp với hai mức {then} và {now}")
    if judgement.verdict is Verdict.HOLDS:
        sentence = _("{quote} khớp với hai mức {then} và {now}")
    return finding(
        check,
        judgement,
        claim=(text, change),
        others=[(text, now), (text, then)],
        sentence=sentence.format(
            quote=wording.quoted(change),
            then=wording.printed_with_unit(then),
            now=wording.printed_with_unit(now),
        ),
        arithmetic=f"{terms} → {comparison(change, judgement)}",
        repair=repair,
    )
