"""Indicators counted from a register: for any area and period, with the question that was asked.

Stocks are counted on the period's last day (today where the period is not over), flows over entries that came into a
state within it. A state only found so on a day never counts as having been come into. Rates state their denominator.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Count as Number
from django.utils import timezone

from sct.catalogue import load
from sct.catalogue.classing import every
from sct.catalogue.histories import Snapshot
from sct.catalogue.registers import Counting, Register, load_registers
from sct.office.people.queries import Someone
from sct.office.registers.models import Span
from sct.office.registers.queries import Spans, on_day, visible, within
from sct.vietnamese.periods import Period

AT_ONCE = 20_000  # spans that are judged in memory for all rules together; larger registers are asked rule by rule


@dataclass(frozen=True, slots=True)
class Asked:
    """Of which area, and between which days; a stock is counted on the last."""

    area: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Count:
    """A counted value. `base` is the denominator of a rate; `unknown` entries lack the field that is asked for."""

    register: Register
    rule: Counting
    area: str
    first: date
    last: date
    value: Fraction | None
    entries: int
    base: int | None = None
    unknown: int = 0


def sizes() -> dict[str, int]:
    """How many spans each register has; those without any are not in it. One query."""
    return dict(Span.objects.values_list("register").annotate(n=Number("id")).order_by())


def count_all(person: Someone, area: str, period: Period, indicator: str = "") -> list[Count]:
    """Every declared counting (of one indicator) for an area and period; registers without entries are left out."""
    first, last = period.days()
    last = min(last, timezone.localdate())
    found: list[Count] = []
    known = sizes()
    for code, kind in load_registers().items():
        rules = [rule for rule in kind.counts if indicator in ("", rule.indicator)]
        if code in known and rules:
            found += counts(person, kind, rules, Asked(area, first, last), known[code])
    return found


def counts(person: Someone, kind: Register, rules: Sequence[Counting], at: Asked, size: int = 0) -> list[Count]:
    """The values of several rules of one register."""
    rows = visible(person, kind.code)
    rows = within(rows, at.area) if at.area else rows
    if size <= AT_ONCE:
        listed = list(rows.filter(start__lte=at.last, until__gt=at.first))
        return [_told(kind, rule, at, _pick(listed, rule, at)) for rule in rules]
    return [_of_large(kind, rule, rows, at) for rule in rules]


def _flow(rule: Counting) -> bool:
    return rule.how in ("entered", "event_sum")


def _pick(rows: Iterable[Span], rule: Counting, at: Asked) -> list[Span]:
    """The spans a rule speaks of, one an entry: the latest."""
    found: dict[int, Span] = {}
    for row in rows:
        if row.state not in rule.states or (rule.valid and row.expires is not None and row.expires < at.last):
            continue
        came = row.entered and at.first <= row.start <= at.last
        right = came if _flow(rule) else row.start <= at.last < row.until
        if right and (row.entry_id not in found or found[row.entry_id].start < row.start):
            found[row.entry_id] = row
    return list(found.values())


def _of_large(kind: Register, rule: Counting, rows: Spans, at: Asked) -> Count:
    """The database counts where it can; only rules that look into the fields bring rows."""
    if _flow(rule):
        asked = rows.filter(entered=True, state__in=rule.states, start__gte=at.first, start__lte=at.last)
    else:
        asked = on_day(rows, at.last).filter(state__in=rule.states)
    if rule.how in ("stock", "entered") and not rule.where and not rule.valid:
        number = asked.values("entry").distinct().count() if _flow(rule) else asked.count()
        return Count(kind, rule, at.area, at.first, at.last, Fraction(number), number)
    return _told(kind, rule, at, _pick(asked.iterator(2000), rule, at))


def _told(kind: Register, rule: Counting, at: Asked, rows: Sequence[Span]) -> Count:
    """The value of a rule from the spans it speaks of."""
    parameters = load().parameters
    snapshots = [Snapshot(row.state, row.since, row.values) for row in rows]
    judged = [(s, every(kind, s, rule.where, at.last, parameters).holds) for s in snapshots]
    holding = [s for s, holds in judged if holds]
    unknown = sum(1 for _s, holds in judged if holds is None)
    value: Fraction | None = Fraction(len(holding))
    base, entries = None, len(holding)
    if rule.how == "rate":
        base = len(judged)
        value = Fraction(100 * len(holding), base) if base else None
    elif rule.field:
        given = [Fraction(s[rule.field]) for s in holding if s[rule.field]]
        unknown += len(holding) - len(given)
        value = sum(given, Fraction(0)) * Fraction(rule.scale) if given else None
        entries = len(given)
    return Count(kind, rule, at.area, at.first, at.last, value, entries, base, unknown)
