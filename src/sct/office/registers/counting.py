"""Indicators counted from a register: for any area and period, with the question that was asked.

Stocks are counted on the period's last day (today where the period is not over), flows over entries that came into a
state within it. A state only found so on a day never counts as having been come into. Rates state their denominator.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import cached_property

from django.db.models import Count as Number
from django.db.models import Min
from django.utils import timezone

from sct.catalogue.registers import Counting, Register, load_registers
from sct.office.people.queries import Someone, granted
from sct.office.registers.models import Span
from sct.office.registers.queries import Spans, on_day, visible, visible_of, within
from sct.office.registers.tallying import Asked, Count, is_flow, picked, told_of
from sct.vietnamese.periods import Period

AT_ONCE = 20_000  # spans that are judged in memory for all rules together; larger registers are asked rule by rule


def asks(rule: Counting, period: Period) -> bool:
    """Whether a rule may be asked for a period: what an entry holds for a whole year is no figure of a quarter."""
    return rule.per != "year" or period == Period.of_year(period.year)


def sizes() -> dict[str, int]:
    """How many spans each register has; those without any are not in it. One query."""
    return dict(Span.objects.values_list("register").annotate(n=Number("id")).order_by())


def count_all(person: Someone, area: str, period: Period, indicator: str = "") -> list[Count]:
    """Every declared counting (of one indicator) for an area and period; registers without entries are left out,
    and so is an area of which the person sees only a part: a part is not the area's number."""
    first, last = period.days()
    last = min(last, timezone.localdate())
    if not whole(person, area):
        return []
    kinds = [
        kind for kind in load_registers().values() if any(indicator in ("", rule.indicator) for rule in kind.counts)
    ]
    grounds = grounds_of(person, kinds, area, sizes())
    return [
        grounds[kind.code].count(rule, first, last)
        for kind in kinds
        if kind.code in grounds
        for rule in kind.counts
        if indicator in ("", rule.indicator) and asks(rule, period)
    ]


def grounds_of(person: Someone, kinds: Sequence[Register], area: str, known: Mapping[str, int]) -> dict[str, Ground]:
    """What registers that hold anything are counted on; the small ones are read together in one query."""
    found = {kind.code: Ground(person, kind, area, known[kind.code]) for kind in kinds if kind.code in known}
    small = [code for code in found if known[code] <= AT_ONCE]
    if small:
        rows: dict[str, list[Span]] = {code: [] for code in small}
        listed = within(visible_of(person, small), area) if area else visible_of(person, small)
        for row in listed:
            rows[row.register].append(row)
        for code, mine in rows.items():
            found[code].listed = mine
    return found


def whole(person: Someone, area: str) -> bool:
    """Whether the person sees all of an area: a count over a part of it would be told as if of the whole."""
    areas = granted(person)
    return areas is None or not area or area in areas


class Ground:
    """The spans of a register in an area, on which any of its rules is counted for any days.

    A small register is read once, however many rules and periods are asked; a large one is asked rule by rule.
    """

    def __init__(self, person: Someone, kind: Register, area: str, size: int) -> None:
        rows = visible(person, kind.code)
        self.kind, self.area = kind, area
        self._rows = within(rows, area) if area else rows
        self._small = size <= AT_ONCE

    @cached_property
    def listed(self) -> list[Span]:
        """All its spans."""
        return list(self._rows)

    def count(self, rule: Counting, first: date, last: date) -> Count:
        """The value of a rule: of a stock on the last day, of a flow between both."""
        at = Asked(self.area, first, last)
        if self._small:
            return told_of(self.kind, rule, at, picked(self.listed, rule, at))
        return _of_large(self.kind, rule, self._rows, at)

    def begin(self) -> date | None:
        """The first day of which the register knows anything."""
        if self._small:
            return min((row.start for row in self.listed), default=None)
        found: date | None = self._rows.aggregate(first=Min("start"))["first"]
        return found


def _of_large(kind: Register, rule: Counting, rows: Spans, at: Asked) -> Count:
    """The database counts where it can; only rules that look into the fields bring rows."""
    if is_flow(rule):
        asked = rows.filter(entered=True, state__in=rule.states, start__gte=at.first, start__lte=at.last)
    else:
        asked = on_day(rows, at.last).filter(state__in=rule.states)
    if rule.how == "expired":
        asked = asked.filter(expires__gte=at.first, expires__lte=at.last)
    if rule.how in ("stock", "entered", "expired") and not (rule.where or rule.valid or rule.distinct):
        number = asked.values("entry").distinct().count() if is_flow(rule) else asked.count()
        return Count(kind, rule, at.area, at.first, at.last, Fraction(number), number)
    return told_of(kind, rule, at, picked(asked.iterator(2000), rule, at))
