"""Growth accounting (đóng góp vào tăng trưởng): who brought the growth, and what each would have to do.

At constant prices c_i = g_i · s_i0 points, s_i0 being the part's share of the base; Σc_i + product taxes = g
(domain-rules §1.5). What is not told stays a rest with its own line, never spread over the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from sct.engine.kernels import growth_share


@dataclass(frozen=True, slots=True)
class Part:
    """A sector: its share of the base in % and its growth in %."""

    code: str
    name: str
    weight: Fraction
    growth: Fraction

    @property
    def points(self) -> Fraction:
        """Points brought to the growth of the whole."""
        return self.weight * self.growth / 100

    @classmethod
    def of_points(cls, code: str, name: str, growth: Fraction, points: Fraction) -> Part | None:
        """From growth and contribution as published; None where growth is zero (no weight follows)."""
        return None if growth == 0 else cls(code, name, points / growth * 100, growth)


@dataclass(frozen=True, slots=True)
class Told:
    """One part within the account: its share of the growth, and the growth it alone would need for the target."""

    part: Part
    share: Fraction | None  # % of the growth of the whole
    alone: Fraction | None  # growth in % if only this part made up the gap


@dataclass(frozen=True, slots=True)
class Account:
    """Growth of the whole, the parts, the rest that no part tells, and the gap to the target (positive: missing)."""

    growth: Fraction
    target: Fraction | None
    parts: tuple[Told, ...]
    rest: Fraction

    @property
    def gap(self) -> Fraction | None:
        return None if self.target is None else self.target - self.growth

    @property
    def together(self) -> Fraction | None:
        """Points by which every part would have to grow more, the rest staying as it is."""
        weight = sum((told.part.weight for told in self.parts), Fraction(0))
        return None if self.gap is None or weight <= 0 else self.gap * 100 / weight


def accounts(growth: Fraction, parts: Sequence[Part], target: Fraction | None = None) -> Account:
    """The account of a whole that grew by `growth` %; `target` is the growth asked of it."""
    rest = growth - sum((part.points for part in parts), Fraction(0))
    told = []
    for part in parts:
        share = Fraction(growth_share.arithmetic(part.points, growth)) if growth > 0 else None
        gap = None if target is None else target - growth
        alone = None if gap is None or part.weight <= 0 else part.growth + gap * 100 / part.weight
        told.append(Told(part, share, alone))
    return Account(growth, target, tuple(told), rest)


def whole(parts: Sequence[Part], rest: Fraction = Fraction(0)) -> Fraction:
    """Growth of the whole when the parts grow so: what the scenario sliders compute."""
    return sum((part.points for part in parts), rest)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of the waterfall, from `start` to `end` points."""

    name: str
    start: Fraction
    end: Fraction
    total: bool = False


def waterfall(account: Account, whole_name: str, rest_name: str) -> list[Bar]:
    """The parts one upon the other, the rest, and the whole from zero."""
    bars, at = [], Fraction(0)
    for told in account.parts:
        bars.append(Bar(told.part.name, at, at + told.part.points))
        at += told.part.points
    if account.rest:
        bars.append(Bar(rest_name, at, at + account.rest))
    return [*bars, Bar(whole_name, Fraction(0), account.growth, total=True)]
