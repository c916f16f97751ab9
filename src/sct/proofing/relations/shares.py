"""C15: shares of one whole add up to 100: |Σs − 100| ≤ n·½ulp holds, ≤ n·ulp is a hint, more is an inconsistency.

A list of shares is complete where the catalogue's partition is told whole, or where the words say so ("còn lại",
"cơ cấu"). Elsewhere only a list that comes near 100 is looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from sct.catalogue.statement import Statement
from sct.proofing import wording
from sct.proofing.checks import Check
from sct.proofing.finding import Finding, Verdict
from sct.proofing.intervals import Interval
from sct.proofing.judging import Judgement
from sct.proofing.keys import same_months
from sct.proofing.relations.totals import pattern
from sct.proofing.stating import made
from sct.proofing.texts import Desk, Text
from sct.proofing.told import Told
from sct.words import _

_NEAR = 4  # points: a list of shares that misses 100 by more may simply not be complete


def find(text: Text, desk: Desk, check: Check) -> Iterator[Finding]:
    """Every list of at least three shares of one time in a sentence."""
    for sentence in text.sentences():
        shares = listed(sentence)
        if len(shares) < 3:
            continue
        whole = _complete(text, shares, check)
        misses = sum((s.value or Fraction(0) for s in shares), Fraction(0)) - 100
        ulps = sum((text.readings(s).ulp for s in shares), Fraction(0))
        if not whole and abs(misses) > max(Fraction(_NEAR), ulps):
            continue
        yield _finding(text, shares, misses, ulps, whole=whole, check=check)


def listed(sentence: Sequence[Statement]) -> list[Statement]:
    """The shares of a sentence that are of one time and one status."""
    shares = [s for s in sentence if s.measure == "share_pct" and s.value is not None and s.comparator == "eq"]
    when = {(same_months(s.period or ""), s.status == "plan") for s in shares}
    names = {(s.indicator, s.breakdown, s.subject) for s in shares}
    return shares if len(when) == 1 and len(names) == len(shares) else []


def plugged(text: Text, claim: Statement) -> bool:
    """Whether the shares of the claim's sentence add up to exactly 100, as if the last one had been bent to fit."""
    shares = listed(text.in_sentence(claim))
    return claim in shares and len(shares) > 2 and sum((s.value or Fraction(0) for s in shares), Fraction(0)) == 100


def _complete(text: Text, shares: Sequence[Statement], check: Check) -> bool:
    """Whether the words say that the list is the whole; a sentence without words (a table) does by its making."""
    start, end = shares[0].sentence
    said = pattern(tuple(check.words.get("complete", ("còn lại", "cơ cấu"))))
    return bool(said.search(text.text[start:end])) if text.text else True


def _finding(
    text: Text, shares: Sequence[Statement], misses: Fraction, ulps: Fraction, *, whole: bool, check: Check
) -> Finding:
    if abs(misses) <= ulps / 2:
        verdict = Verdict.HOLDS
    elif abs(misses) <= ulps:
        verdict = Verdict.HINT
    else:
        verdict = check.policy.most if whole else check.policy.unkeyed
    claim = shares[-1]
    computed = Interval.around(100 + misses, ulps / 2)
    severity = "" if verdict is not Verdict.WRONG else ("light" if abs(misses) <= 3 * ulps else "heavy")
    judgement = Judgement(verdict, computed, Interval.exact(Fraction(100)), abs(misses) / ulps, severity=severity)
    terms = " + ".join(wording.printed(s) for s in shares)
    total = wording.number(100 + misses, claim.quantity.unit, max(s.quantity.decimals for s in shares))
    sentence = _("Các tỷ trọng cộng lại là {total}%, không phải 100%")
    if verdict is Verdict.HOLDS:
        sentence = _("Các tỷ trọng cộng lại là 100%")
    return made(
        check,
        judgement,
        Told(text, claim),
        [Told(text, s) for s in shares[:-1]],
        sentence=sentence.format(total=total),
        arithmetic=f"{terms} = {total}",
        repair=_("Kiểm lại các tỷ trọng; mỗi số lệch không quá nửa chữ số cuối"),
    )
