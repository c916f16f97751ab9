"""What a target asks for (chỉ tiêu kế hoạch), and whether a value reaches it.

A target is a level, a growth, a share, a stock at a date, a count of events, or an average a year; it is told as at
least, exactly, at most, or a range (domain-rules §4.1: "7-8%", "ít nhất 20", "từ 30 đến 40").
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from sct.catalogue.model import Comparator
from sct.errors import UserError
from sct.words import _

APPROXIMATE = Fraction(3, 100)  # "khoảng" is within 2-3% (domain-rules §7.1, row 9)


class Nature(Enum):
    """Kind of target; it decides how progress is told."""

    LEVEL = "level"  # mức trong kỳ: percent of plan
    GROWTH = "growth"  # tốc độ tăng: reached or not, gap in points
    SHARE = "share"  # tỷ lệ, tỷ trọng: gap in points
    STOCK = "stock"  # số có tại một thời điểm: percent of plan
    COUNT = "count"  # số việc, số vụ trong kỳ: percent of plan, never less than before
    AVERAGE = "average"  # bình quân năm: gap in points (of growth), else percent

    @property
    def is_rate(self) -> bool:
        """Told in percent: two of them are subtracted, never divided."""
        return self in (Nature.GROWTH, Nature.SHARE, Nature.AVERAGE)


class Verdict(Enum):
    """A value against a target."""

    REACHED = "reached"  # đạt
    EXCEEDED = "exceeded"  # vượt
    MISSED = "missed"  # không đạt
    UNDECIDED = "undecided"  # told too loosely to say


Ends = tuple[Fraction | None, Fraction | None]


@dataclass(frozen=True, slots=True)
class Aim:
    """A target's nature and bounds in one unit (percent for rates); `low` alone is "at least", `high` alone "at most".

    A single number told without a bound is `low == high`: more of it exceeds the plan. `lower_is_better` turns such a
    number into a ceiling (losses, outages).
    """

    nature: Nature
    low: Fraction | None
    high: Fraction | None

    def __post_init__(self) -> None:
        if self.low is None and self.high is None:
            raise UserError("empty-target", _("Chỉ tiêu chưa có giá trị"), way_out=_("Nhập ít nhất một số"))
        if self.low is not None and self.high is not None and self.low > self.high:
            raise UserError(
                "bad-range",
                _("Đầu dưới của khoảng lớn hơn đầu trên"),
                value=f"{self.low} > {self.high}",
                expected=_("ví dụ 7-8"),
            )

    @classmethod
    def told(
        cls,
        nature: Nature,
        comparator: Comparator,
        value: Fraction,
        high: Fraction | None = None,
        *,
        ceiling: bool = False,
    ) -> Aim:
        """From the way a paper tells it; `ceiling` for things of which less is better."""
        if comparator is Comparator.RANGE or high is not None:
            return cls(nature, value, value if high is None else high)
        if comparator in (Comparator.LE, Comparator.LT) or (ceiling and comparator is Comparator.EQ):
            return cls(nature, None, value)
        if comparator in (Comparator.GE, Comparator.GT):
            return cls(nature, value, None)
        return cls(nature, value, value)

    @property
    def is_ceiling(self) -> bool:
        return self.low is None

    @property
    def least(self) -> Fraction:
        """The value that just reaches the target."""
        bound = self.low if self.low is not None else self.high
        assert bound is not None
        return bound

    def verdict(self, value: Fraction | None) -> Verdict:
        """One value against the bounds; None means "as large as one likes"."""
        if self.low is None:
            assert self.high is not None
            return Verdict.REACHED if value is not None and value <= self.high else Verdict.MISSED
        if value is None:
            return Verdict.EXCEEDED
        if value < self.low:
            return Verdict.MISSED
        return Verdict.EXCEEDED if self.high is not None and value > self.high else Verdict.REACHED

    def verdict_of(self, ends: tuple[Fraction | None, ...]) -> Verdict:
        """All that a loosely told result may be; UNDECIDED where the ends disagree."""
        found = {self.verdict(end) for end in ends}
        if found <= {Verdict.REACHED, Verdict.EXCEEDED} and len(found) == 2:
            return Verdict.REACHED
        return found.pop() if len(found) == 1 else Verdict.UNDECIDED

    def percent(self, value: Fraction) -> Fraction | None:
        """Percent of plan (102 is 2 over); None for rates, ranges' upper ends aside, and for targets of zero."""
        if self.nature.is_rate or self.least <= 0:
            return None
        return value / self.least * 100

    def gap(self, value: Fraction) -> Fraction:
        """How far the value lies from what just reaches the target; negative is short of it, in the target's unit."""
        return self.least - value if self.is_ceiling else value - self.least


def may_be(value: Fraction, comparator: Comparator, half_step: Fraction = Fraction(0)) -> tuple[Fraction | None, ...]:
    """The ends of what a printed result may be: "hơn 100" has no upper end, "khoảng 100" lies within 3 percent."""
    match comparator:
        case Comparator.GT | Comparator.GE:
            return (value + half_step, None)
        case Comparator.LT | Comparator.LE:
            return (Fraction(0), value - half_step)
        case Comparator.APPROX:
            return (value * (1 - APPROXIMATE), value * (1 + APPROXIMATE))
    return (value,)
