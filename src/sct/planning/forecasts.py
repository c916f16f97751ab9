"""Where the year will end, with a range from past errors of the same method and a chance to reach the target.

Three methods a person can redo on paper:

* `held_growth`: the growth so far holds to the end. Year = last year · done / done last year.
* `seasonal_naive`: the rest of the year is last year's rest. Year = done + (last year − done last year).
* `usual_share`: the usual part of a year is done. Year = done / usual share of that month.

The range needs no assumption about shapes: the method is asked at the same month of each past year, and the ratios of
what came out to what it said are kept. If this year is like them in kind, the next ratio falls between the smallest
and the largest of n with probability (n − 1)/(n + 1); with many years the ends are drawn in until about 80 % is left.
The chance to reach a target is the part of past ratios that would reach it, (k + ½)/(n + 1).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sct.planning.aims import Aim
from sct.planning.season import Cumulative, usual_shares

History = Mapping[int, Cumulative]  # year → its cumulative levels
Method = Callable[[History, int, int], Fraction | None]
COVERAGE = Fraction(4, 5)


@dataclass(frozen=True, slots=True)
class Forecast:
    """Year's end by a method as of a month. `low`, `high` and `coverage` (0..1) are None below two past years.

    `ratios` are outcome over forecast of the past years, smallest first: the ground of range and chance.
    """

    method: str
    month: int
    point: Fraction
    ratios: tuple[Fraction, ...] = ()
    low: Fraction | None = None
    high: Fraction | None = None
    coverage: Fraction | None = None

    def chance(self, aim: Aim, *, needed: Fraction | None = None) -> Fraction | None:
        """Chance (0..1) that the year's end reaches the aim (or a level `needed`); None without past years."""
        if not self.ratios:
            return None
        goal = aim.least if needed is None else needed
        ends = [self.point * ratio for ratio in self.ratios]
        hits = sum(end <= goal if aim.is_ceiling else end >= goal for end in ends)
        return (hits + Fraction(1, 2)) / (len(ends) + 1)


def held_growth(history: History, year: int, month: int) -> Fraction | None:
    done, before = _done(history, year, month), history.get(year - 1, {})
    if done is None or not before.get(month) or before.get(12) is None:
        return None
    return before[12] * done / before[month]


def seasonal_naive(history: History, year: int, month: int) -> Fraction | None:
    done, before = _done(history, year, month), history.get(year - 1, {})
    if done is None or month not in before or before.get(12) is None:
        return None
    return done + before[12] - before[month]


def usual_share(history: History, year: int, month: int) -> Fraction | None:
    done = _done(history, year, month)
    share = usual_shares([levels for y, levels in history.items() if y < year]).get(month)
    return None if done is None or not share else done / share


METHODS: dict[str, Method] = {
    "held_growth": held_growth,
    "seasonal_naive": seasonal_naive,
    "usual_share": usual_share,
}
PREFERRED = ("held_growth", "usual_share", "seasonal_naive")  # docs/bench/forecast.md: the simplest that is as good


def _done(history: History, year: int, month: int) -> Fraction | None:
    return history.get(year, {}).get(month)


def backtest(method: Method, history: History, year: int, month: int) -> list[tuple[int, Fraction]]:
    """Outcome over forecast for each year before `year` whose end is known, asked as of the same month."""
    found = []
    for past in sorted(y for y in history if y < year):
        outcome, said = history[past].get(12), method(history, past, month)
        if outcome is not None and said:
            found.append((past, outcome / said))
    return found


def forecast(history: History, year: int, month: int, methods: Sequence[str] = PREFERRED) -> Forecast | None:
    """By the first method of the list that has what it needs; None where none has."""
    for name in methods:
        point = METHODS[name](history, year, month)
        if point is not None:
            ratios = sorted(ratio for _year, ratio in backtest(METHODS[name], history, year, month))
            return with_range(name, month, point, ratios)
    return None


Rates = Mapping[int, Mapping[int, Fraction]]  # year → month → growth in % from January; 12 is the year


def forecast_growth(rates: Rates, year: int, month: int) -> Forecast | None:
    """`held_growth` where only growths are published: the growth so far is the year's, in %; None without it.

    Ratios are of (1 + growth), so that they mean the same as those of levels.
    """
    now = rates.get(year, {}).get(month)
    if now is None:
        return None
    ratios = sorted(
        (1 + told[12] / 100) / (1 + told[month] / 100)
        for past, told in rates.items()
        if past < year and month in told and 12 in told and told[month] > -100
    )
    return with_range("held_growth", month, 1 + now / 100, ratios)


def in_percent(factor: Fraction | None) -> Fraction | None:
    """1,065 → 6,5 %."""
    return None if factor is None else (factor - 1) * 100


def with_range(name: str, month: int, point: Fraction, ratios: Sequence[Fraction]) -> Forecast:
    """Point and range from sorted ratios: as many drawn off at both ends as leaves at least 80 %."""
    count = len(ratios)
    if count < 2:
        return Forecast(name, month, point, tuple(ratios))
    off = 0
    while Fraction(count - 1 - 2 * (off + 1), count + 1) >= COVERAGE:
        off += 1
    covered = Fraction(count - 1 - 2 * off, count + 1)
    return Forecast(name, month, point, tuple(ratios), point * ratios[off], point * ratios[-1 - off], covered)
