"""What the registers count, offered where pages ask for computed values; its origin is the question put to a register.

A count stands beside what was reported and fills in where nothing was; it is never an operand together with reported
figures (growth from 70 reported to 5 counted clusters would be no growth). Nothing is stored: a count is made when it
is asked for, and kept only until a register moves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property, lru_cache

from django.db import connection
from django.utils import timezone

from sct.catalogue import load
from sct.catalogue.load import Catalogue
from sct.catalogue.model import Area, Figure, SeriesKey, Stage, Transformation
from sct.catalogue.registers import Counting, Register, load_registers
from sct.engine import Computed
from sct.engine.tracing import Constant
from sct.office.coordination.counted import figure_of, proves, stated
from sct.office.coordination.derived import derived
from sct.office.coordination.state import Kept
from sct.office.ledger.queries import NOW, AsOf
from sct.office.people.queries import Someone, granted
from sct.office.registers.counting import Ground, asks, grounds_of, sizes, whole
from sct.office.registers.past import stamp
from sct.office.registers.tallying import Count
from sct.vietnamese.periods import Period

LEVEL = Transformation.LEVEL
Rules = Mapping[tuple[str, str], tuple[Register, Counting]]
_kept, _held = Kept(4096), Kept(8)
YEARS = 15  # offered back from today


class Reckoned:
    """What is computed for a cell: by the engine from reported figures, else counted from a register."""

    def __init__(self, person: Someone, area: Area, as_of: AsOf = NOW) -> None:
        self.worked = derived(person, area, as_of)
        self.tallies = Tallies(person, as_of)

    def get(self, series: SeriesKey, period: Period, transformation: Transformation) -> Computed | None:
        return self.worked.get(series, period, transformation) or self.tallies.get(series, period, transformation)

    def unfit(self, series: SeriesKey, period: Period, shown: Figure) -> bool:
        """Whether a count of this cell stands beside what is shown, of a register that is not fit to contradict it."""
        told, figure = self.tallies.count(series, period), self.tallies.figure(series, period)
        return told is not None and figure is not None and not proves(told, figure, shown)

    def cells(self, series: SeriesKey) -> set[tuple[Period, Transformation]]:
        """The cells of a series for which there is something to compute."""
        family = self.worked.family(series.indicator)
        found = () if family is None else family.cells(series.indicator, series.area)
        made = {(period, how) for one, period, how in found if one == series}
        counted = (p for p in self.tallies.periods(series) if self.tallies.get(series, p, LEVEL) is not None)
        return made | {(period, LEVEL) for period in counted}


class Tallies:
    """Counts of the registers that one person may see, as of a day (a later day is not looked at)."""

    def __init__(self, person: Someone, as_of: AsOf = NOW) -> None:
        self._person = person
        self._today = min(as_of.published or date.max, timezone.localdate())
        self._grounds: dict[str, dict[str, Ground]] = {}  # area → register

    @cached_property
    def stamp(self) -> tuple[object, ...]:
        """Changes whenever a register moves, the day does, or the person sees other areas."""
        return (str(connection.settings_dict["NAME"]), stamp(), self._today, granted(self._person))

    @cached_property
    def _sizes(self) -> dict[str, int]:
        return _held.get(self.stamp, sizes)

    def rules(self) -> Rules:
        """What registers that hold anything count, by series."""
        return {key: one for key, one in _rules(load()).items() if one[0].code in self._sizes}

    def count(self, series: SeriesKey, period: Period) -> Count | None:
        """The count of a cell; None where no register counts it, before the period begins, and for an area of which
        the person sees only a part."""
        kind, rule = self._rule(series)
        first, last = period.days()
        last = min(last, self._today)
        if kind is None or rule is None or first > last or not asks(rule, period):
            return None
        if not whole(self._person, series.area):
            return None
        key = (self.stamp, kind.code, rule, series.area, first, last)
        return _kept.get(key, lambda: self._ground(kind, series.area).count(rule, first, last))

    def _rule(self, series: SeriesKey) -> tuple[Register, Counting] | tuple[None, None]:
        found = _rules(load()).get((series.indicator, series.breakdown))  # most indicators are counted by none
        return found if found is not None and found[0].code in self._sizes else (None, None)

    def _ground(self, kind: Register, area: str) -> Ground:
        if area not in self._grounds:
            kinds = [one for one in load_registers().values() if one.counts]
            self._grounds[area] = grounds_of(self._person, kinds, area, self._sizes)
        return self._grounds[area][kind.code]

    def proof(self, series: SeriesKey, period: Period) -> tuple[Figure, bool] | None:
        """The count of a cell and whether the register is stated to be complete for it: what proofing asks for."""
        told = self.count(series, period)
        figure = None if told is None else figure_of(told, period)
        if told is None or figure is None:
            return None
        complete = stated(told) is not None
        return (figure, complete) if complete or told.rule.how not in ("rate", "ratio", "growth") else None

    def figure(self, series: SeriesKey, period: Period) -> Figure | None:
        """The count as a figure of stage COMPUTED whose origin is the question."""
        told = self.count(series, period)
        return None if told is None else figure_of(told, period)

    def get(self, series: SeriesKey, period: Period, transformation: Transformation) -> Computed | None:
        """The count of a cell as a computed value, or a declared formula over counts of that period."""
        if transformation is not LEVEL:
            return None
        figure = self.figure(series, period)
        if figure is None:
            return self._by_formula(series, period)
        value, place = figure.quantity.value, figure.origin.place
        node = Constant(value, place)
        return Computed(
            series,
            period,
            LEVEL,
            float(value),
            value,
            figure.quantity,
            formula=place,
            operands=(),
            figure=figure,
            node=node,
        )

    def _by_formula(self, series: SeriesKey, period: Period) -> Computed | None:
        """Occupancy from leased and industrial land: all operands counted, none of them reported."""
        from sct.engine import derive

        operands = _formulas(load()).get(series.indicator, ()) if not series.breakdown else ()
        told = [figure for code in operands if (figure := self.figure(SeriesKey(code, series.area), period))]
        if not told or len(told) < len(operands):
            return None
        given = [replace(figure, stage=Stage.OFFICIAL) for figure in told]  # the engine takes no computed operand
        found = derive(given, load()).get(series, period, LEVEL)
        return None if found is None else replace(found, operands=tuple(told))

    def complete(self, series: SeriesKey, period: Period) -> bool:
        """Whether the registers that a count is made from are said to be complete for it."""
        codes = _formulas(load()).get(series.indicator, ()) if not series.breakdown else ()
        told = self.count(series, period)
        if told is not None:
            return stated(told) is not None
        return bool(codes) and all(self.complete(SeriesKey(code, series.area), period) for code in codes)

    def grows(self, series: SeriesKey) -> bool:
        """Whether more entries can only add to the count: numbers and sums do, rates do not."""
        _kind, rule = self._rule(series)
        return rule is not None and rule.how not in ("rate", "ratio", "growth")

    def periods(self, series: SeriesKey) -> list[Period]:
        """The periods worth offering: years since the register began, the quarters of two years, the year so far."""
        codes = [key for key in [(series.indicator, series.breakdown)] if key in _rules(load())]
        codes += [(code, "") for code in _formulas(load()).get(series.indicator, ()) if not series.breakdown]
        if not codes or not whole(self._person, series.area):
            return []
        begins = [
            self._ground(kind, series.area).begin()
            for kind, _rule in (self._rule(SeriesKey(code, series.area, part)) for code, part in codes)
            if kind is not None
        ]
        known = [day for day in begins if day is not None]
        if len(known) < len(codes) or max(known, default=date.max) > self._today:
            return []
        return _periods(max(known), self._today)


def _periods(begin: date, today: date) -> list[Period]:
    first = max(begin.year, today.year - YEARS)
    found = [Period.of_year(year) for year in range(first, today.year + 1)]
    quarters = [Period.of_quarter(year, n) for year in (today.year - 1, today.year) for n in range(1, 5)]
    found += [one for one in quarters if begin <= one.days()[1] and one.days()[0] <= today]
    return found


@lru_cache(maxsize=2)
def _rules(_catalogue: Catalogue) -> Rules:
    return {(rule.indicator, rule.breakdown): (one, rule) for one in load_registers().values() for rule in one.counts}


@lru_cache(maxsize=2)
def _formulas(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """Indicators with a formula all of whose operands are counted from registers."""
    from sct.catalogue.formula import names_in

    counted = _rules(catalogue)
    found = {one.code: names_in(one.formula) for one in catalogue.indicators.values() if one.formula}
    whole_ones = {code: tuple(name.code for name in told) for code, told in found.items() if told}
    return {
        code: told
        for code, told in whole_ones.items()
        if all((name, "") in counted for name in told) and not any(name.member for name in found[code])
    }
