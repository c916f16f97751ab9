"""What the rest of the year must bring (domain-rules §1.5).

With last year's levels at constant prices Y₀ (year), D₀ (the part that is done), R₀ = Y₀ − D₀:
    g_rest = ((1 + G)·Y₀ − (1 + g)·D₀) / R₀ − 1.
Where only growths are published, the weight w = D₀/Y₀ of the done part in last year does: g_rest = (G − w·g)/(1 − w).
"""

from __future__ import annotations

from fractions import Fraction

from sct.engine.kernels import pace
from sct.errors import UserError
from sct.words import _


def needed_growth(target: Fraction, done: Fraction, year_before: Fraction, done_before: Fraction) -> Fraction | None:
    """Growth in % of the rest of the year; `done` is this year's level so far. None when nothing is left of it."""
    if year_before <= 0 or year_before == done_before:
        return None
    return Fraction(pace.arithmetic(target, done, year_before, done_before))


def needed_by_weight(target: Fraction, done: Fraction, weight: Fraction) -> Fraction:
    """The same from growths alone, all in %: `weight` (0..1) is the part of last year's level that the done part made.

    Press of July 2021: target 7,5 %, first half 5,955 %, weight 0,47 → the second half must grow by 8,87 %.
    """
    if not 0 <= weight < 1:
        raise UserError("bad-weight", _("Tỷ trọng phần đã qua phải từ 0 đến dưới 1"), value=float(weight))
    return (target - weight * done) / (1 - weight)


def year_growth(done: Fraction, rest: Fraction, weight: Fraction) -> Fraction:
    """The inverse: growth of the year from its two parts."""
    return weight * done + (1 - weight) * rest


def needed_level(target: Fraction, done: Fraction, months_left: int) -> Fraction | None:
    """What each month left must bring to reach a level; None when no month is left, 0 when it is reached."""
    if months_left <= 0:
        return None
    return max(Fraction(0), target - done) / months_left
