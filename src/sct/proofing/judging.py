"""From readings to a verdict: one claim against what its operands allow (proofing rules 6, 7 and 12).

`judge` never says WRONG of a weak relation: one whose computed interval is wider than five last digits of the claim.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from sct.proofing.checks import Policy
from sct.proofing.finding import Verdict
from sct.proofing.intervals import Interval
from sct.proofing.rounding import Readings

Formula = Callable[[Sequence[Interval]], Interval | None]
DEFAULT = Policy()
_ORDER = (Verdict.HOLDS, Verdict.HINT, Verdict.DOUBT, Verdict.WRONG)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict, the computed interval it rests on, and the claim's interval, both in the base unit of the claim.

    `steps` is the distance in units of the claim's last printed digit; `cause` a code of `Finding.cause`; `severity`
    `light` or `heavy` for WRONG, "" otherwise.
    """

    verdict: Verdict
    computed: Interval
    claimed: Interval
    steps: Fraction = Fraction(0)
    cause: str = ""
    severity: str = ""

    def at_most(self, verdict: Verdict, cause: str = "") -> Judgement:
        """The same, no worse than `verdict`; `cause` says why it was softened."""
        if _ORDER.index(self.verdict) <= _ORDER.index(verdict):
            return self
        return replace(self, verdict=verdict, cause=self.cause or cause, severity="")

    def because(self, cause: str) -> Judgement:
        """The same with a cause, where it has none."""
        return self if self.cause else replace(self, cause=cause)


def judge(
    claim: Readings, operands: Sequence[Readings], formula: Formula, policy: Policy = DEFAULT
) -> Judgement | None:
    """The verdict on `claim` = `formula(operands)`; None where the formula cannot be taken (a base near zero)."""
    tight = formula([operand.tight for operand in operands])
    if tight is None:
        return None
    limit = None if policy.weak_steps is None else policy.weak_steps * claim.ulp
    if claim.tight.meets(tight):
        return Judgement(Verdict.HOLDS, tight, claim.tight, cause="weak" if _is_weak(tight, limit) else "")
    # Most relations hold as they are printed: the wider readings are only taken where this one does not.
    wide = formula([operand.wide for operand in operands])
    if wide is None:
        return Judgement(Verdict.HINT, tight, claim.wide, cause="weak")
    if claim.wide.meets(wide):
        return Judgement(Verdict.HOLDS, wide, claim.wide, cause="weak" if _is_weak(wide, limit) else "round-number")
    steps = claim.wide.gap(wide) / claim.ulp
    cut = formula([operand.cut for operand in operands]) if steps < Fraction(1, 2) else None
    if cut is not None and claim.cut.meets(cut):
        return Judgement(Verdict.DOUBT, cut, claim.cut, steps, "truncated")
    return _disjoint(claim, tight, wide, steps, policy)


def _disjoint(claim: Readings, tight: Interval, wide: Interval, steps: Fraction, policy: Policy) -> Judgement:
    if policy.weak_steps is not None and _is_weak(tight, policy.weak_steps * claim.ulp):
        # A miss by more than the computed interval is wide is no matter of rounding, yet never more than a doubt.
        far = tight.width is not None and steps * claim.ulp > tight.width
        return Judgement(Verdict.DOUBT if far else Verdict.HINT, wide, claim.wide, steps, "" if far else "weak")
    if steps < 1:
        return Judgement(Verdict.DOUBT, wide, claim.wide, steps)
    severity = "light" if steps <= policy.heavy_steps else "heavy"
    return Judgement(Verdict.WRONG, wide, claim.wide, steps, severity=severity).at_most(policy.most)


def _is_weak(computed: Interval, limit: Fraction | None) -> bool:
    """Too wide to say anything; never so where the formula gives bounds (`limit` None)."""
    return limit is not None and computed.is_wider(limit)


def direct(claim: Readings, other: Readings, policy: Policy = DEFAULT) -> Judgement:
    """The verdict on two prints of what should be one number: the finer one rounds to the coarser one, ties both ways.

    Two prints of equal precision must be equal. Distance is counted in digits of the coarser print.
    """
    coarse, fine = (claim, other) if claim.ulp is other.ulp or claim.ulp >= other.ulp else (other, claim)
    if fine.printed is not None and fine.printed in coarse.tight:  # most figures agree as they are printed
        point = Interval.exact(fine.printed)
        computed, claimed = (point, coarse.tight) if coarse is claim else (coarse.tight, point)
        return Judgement(Verdict.HOLDS, computed, claimed)
    judgement = judge(coarse, [_as_printed(fine)], lambda operands: operands[0], policy)
    assert judgement is not None
    computed, claimed = (judgement.computed, judgement.claimed)
    return judgement if coarse is claim else replace(judgement, computed=claimed, claimed=computed)


def _as_printed(readings: Readings) -> Readings:
    """A plainly rounded figure as the number it prints; a qualified one keeps its interval."""
    if readings.printed is None:
        return readings
    point = Interval.exact(readings.printed)
    wide = readings.wide if readings.wide != readings.tight else point
    return Readings(point, wide, point, readings.ulp)
