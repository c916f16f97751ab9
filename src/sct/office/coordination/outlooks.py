"""Targets of a plan against what came out: result, status with its reason, path, forecast and what is still needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from sct.catalogue import load
from sct.catalogue.model import Adds, Area, Comparator, Figure, Indicator, SeriesKey, Stage, Transformation
from sct.office.coordination.current import Current
from sct.office.coordination.tallies import Tallies
from sct.office.ledger.queries import AsOf
from sct.office.people.queries import Someone
from sct.office.plans.models import Target
from sct.planning import forecasts, rest, season
from sct.planning.aims import Nature
from sct.planning.forecasts import Forecast
from sct.planning.standing import Course, Outlook, Seen, judge
from sct.reporting.known import Value
from sct.reporting.targets import ends_of
from sct.vietnamese.periods import Period, PeriodKind

if TYPE_CHECKING:
    from sct.engine import Derived

YEARS_BACK = 12


@dataclass(frozen=True, slots=True)
class Ahead:
    """The year under way as its page shows it: levels or growths by month, usual path, forecast, what is needed.

    `evenly` tells that the weight of the part done was taken from the months passed, last year's levels being unknown.
    """

    month: int
    done: Mapping[int, Fraction] = field(default_factory=dict)
    path: Mapping[int, Fraction] = field(default_factory=dict)
    before: Mapping[int, Fraction] = field(default_factory=dict)
    forecast: Forecast | None = None
    goal: Fraction | None = None  # of the forecast's own measure: a level, or 1 + growth
    needed: Fraction | None = None
    weight: Fraction | None = None
    evenly: bool = False

    @property
    def in_growth(self) -> bool:
        """The forecast is of (1 + growth)."""
        return not self.done


@dataclass(frozen=True, slots=True)
class Judged:
    """A target with its result, if any, and its outlook."""

    target: Target
    outlook: Outlook
    result: Value | None = None
    at: Period | None = None
    ahead: Ahead | None = None
    asked: tuple[Figure, ...] = ()


class Judge:
    """Judges targets of one area on one day; what is known of the area is gone through once."""

    def __init__(self, person: Someone, area: Area, as_of: AsOf, today: date) -> None:
        self.today = as_of.published or today
        self.known = Current(person, area, as_of)
        self.worked: Derived = self.known.worked
        self.tallies = Tallies(person, as_of)

    def judged(self, target: Target) -> Judged:
        """The target told against what is known; without an indicator only its own words can tell."""
        period = Period.parse(target.period)
        result, at = self.result(target, period) if target.indicator else (None, None)
        over = self.today > period.days()[1]
        ahead = None
        if at is not None and at.months != period.months and period.kind is PeriodKind.YEAR:
            ahead = self.ahead(target, period.year, at.months[1] % 12 + 1)
        seen = None if result is None or at is None else Seen(at, ends_of(result), _counted_so_far(result))
        course = None if ahead is None or over else self._course(target, ahead, at)
        return Judged(target, judge(target.aim, period, seen, over=over, course=course), result, at, ahead)

    # -- results --------------------------------------------------------------------------------------

    def result(self, target: Target, period: Period) -> tuple[Value | None, Period | None]:
        """What came out in the target's period, else in the longest part of it that is known."""
        series = SeriesKey(target.indicator, target.area, target.breakdown)
        told = any(period.year <= year <= period.months[1] // 12 for year in self.known.years(series))
        if not told and not self._computable(series):
            return self._counted(target, series, period)
        dimension = load().unit(target.unit).dimension
        how = Transformation(target.transformation)
        for at in self._periods(target, period):
            found = self.known.actual((series, at, how))
            if found is not None and found.figure.quantity.unit.dimension == dimension:
                return found, at
        return self._counted(target, series, period)

    def _counted(self, target: Target, series: SeriesKey, period: Period) -> tuple[Value | None, Period | None]:
        """What a register counts in the target's period, or in the part of its year that has passed; nobody having
        reported anything. Of a register that nobody says is complete a number is told as "at least", a rate not at all.
        """
        at = period
        if period.kind is PeriodKind.YEAR and period.days()[0] <= self.today < period.days()[1]:
            at = Period.through(period.year, self.today.month).canonical
        found = self.tallies.get(series, at, Transformation(target.transformation))
        dimension = load().unit(target.unit).dimension
        if found is None or found.quantity.unit.dimension != dimension:
            return None, None
        if self.tallies.complete(series, at):
            return Value((found.figure,), found.formula, found.operands), at
        if not (self.tallies.grows(series) and found.value):  # at least nothing says nothing
            return None, None
        return Value((replace(found.figure, comparator=Comparator.GE),), found.formula, found.operands), at

    def _computable(self, series: SeriesKey) -> bool:
        return series.indicator in load().indicators and bool(load().indicators[series.indicator].formula)

    def _periods(self, target: Target, period: Period) -> Iterator[Period]:
        yield period
        if period.kind is PeriodKind.SPAN:
            if target.nature in (Nature.STOCK.value, Nature.SHARE.value):
                yield from (Period.of_year(year) for year in range(period.number, period.year - 1, -1))
            return
        if period.kind is not PeriodKind.YEAR:
            return
        for month in range(11, 0, -1):
            yield Period.through(period.year, month)
            if target.nature == Nature.STOCK.value:
                yield Period.of_month(period.year, month)

    # -- the year under way ---------------------------------------------------------------------------

    def ahead(self, target: Target, year: int, month: int) -> Ahead | None:
        """Path, forecast and needed growth of a yearly target as of a month; None for what has no course in a year."""
        series = SeriesKey(target.indicator, target.area, target.breakdown)
        indicator = load().indicator(target.indicator)
        if target.nature == Nature.GROWTH.value:
            return self._growth_ahead(target, series, indicator, year, month)
        if target.nature in (Nature.LEVEL.value, Nature.COUNT.value):
            return self._level_ahead(target, series, year, month)
        return None

    def levels(self, series: SeriesKey, last: int) -> dict[int, dict[int, Fraction]]:
        """Cumulative levels by year and month, reported or computed, of the years that have any figure."""
        return self._history(series, last, Transformation.LEVEL)

    def growths(self, series: SeriesKey, last: int) -> dict[int, dict[int, Fraction]]:
        """Cumulative growths in % by year and month."""
        return self._history(series, last, Transformation.YOY)

    def _history(self, series: SeriesKey, last: int, how: Transformation) -> dict[int, dict[int, Fraction]]:
        found: dict[int, dict[int, Fraction]] = {}
        years = {y + more for y in self.known.years(series) for more in (0, 1)}
        for year in sorted(y for y in years if last - YEARS_BACK <= y <= last):
            told: dict[int, Fraction] = {}
            for month in range(1, 13):
                period = Period.of_year(year) if month == 12 else Period.through(year, month)
                value = self.known.actual((series, period, how))
                if value is not None:
                    told[month] = value.figure.quantity.value
            if told:
                found[year] = told
        return found

    def _level_ahead(self, target: Target, series: SeriesKey, year: int, month: int) -> Ahead:
        levels = self.levels(series, year)
        usual = season.usual_shares([told for y, told in levels.items() if y < year])
        made = forecasts.forecast(levels, year, month) if levels.get(year) else None
        return Ahead(
            month=month,
            done=levels.get(year, {}),
            path=season.path(target.aim.least, usual),
            before=levels.get(year - 1, {}),
            forecast=made,
            goal=target.aim.least,
        )

    def _growth_ahead(
        self, target: Target, series: SeriesKey, indicator: Indicator, year: int, month: int
    ) -> Ahead | None:
        rates = self.growths(series, year)
        now = rates.get(year, {}).get(month)
        made = forecasts.forecast_growth(rates, year, month)
        goal = 1 + target.aim.least / 100
        before = self.levels(series, year - 1).get(year - 1, {}) if indicator.over_time is Adds.SUM else {}
        known = before.get(month) is not None and bool(before.get(12))
        weight = before[month] / before[12] if known else Fraction(month, 12)
        needed = None
        if now is not None and month < 12 and weight < 1:
            needed = rest.needed_by_weight(target.aim.least, now, weight)
        return Ahead(month, forecast=made, goal=goal, needed=needed, weight=weight, evenly=not known, before=before)

    def _course(self, target: Target, ahead: Ahead, at: Period | None) -> Course:
        chance = None
        if ahead.forecast is not None and len(ahead.forecast.ratios) >= 3:
            chance = ahead.forecast.chance(target.aim, needed=ahead.goal)
        expected = ahead.path.get(ahead.month) if at is not None else None
        return Course(expected=expected, needed=ahead.needed, chance=chance)


def _counted_so_far(result: Value) -> bool:
    """A register's count that may still be short: computed, and told as "at least"."""
    return result.figure.stage is Stage.COMPUTED and result.figure.comparator is Comparator.GE
