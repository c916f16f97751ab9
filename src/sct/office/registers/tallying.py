"""One counting rule over spans that are at hand: which of them it speaks of, and the value they give."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sct.catalogue import load
from sct.catalogue.classing import every
from sct.catalogue.histories import NAME, Snapshot
from sct.catalogue.registers import Counting, Register
from sct.office.registers.models import Span
from sct.vietnamese.text import search_key


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

    @property
    def flow(self) -> bool:
        """Whether it counts what happened between two days, not what stood on the last."""
        return is_flow(self.rule)


def over(kind: Register, rule: Counting, rows: Iterable[Span], at: Asked) -> Count:
    """A rule over spans that are at hand."""
    return told_of(kind, rule, at, picked(rows, rule, at))


def is_flow(rule: Counting) -> bool:
    """Whether a rule counts what happened within a period, not what stood at its end."""
    return rule.how in ("entered", "event_sum")


def picked(rows: Iterable[Span], rule: Counting, at: Asked) -> list[Span]:
    """The spans a rule speaks of, one an entry: the latest."""
    found: dict[int, Span] = {}
    for row in rows:
        if row.state not in rule.states or (rule.valid and row.expires is not None and row.expires < at.last):
            continue
        if _right(row, rule, at) and (row.entry_id not in found or found[row.entry_id].start < row.start):
            found[row.entry_id] = row
    return list(found.values())


def _right(row: Span, rule: Counting, at: Asked) -> bool:
    """Whether a span in the right state is of the period: came into its state, ran out within it, stood at its end."""
    if is_flow(rule):
        return row.entered and at.first <= row.start <= at.last
    stood = row.start <= at.last < row.until
    return stood and (rule.how != "expired" or (row.expires is not None and at.first <= row.expires <= at.last))


def told_of(kind: Register, rule: Counting, at: Asked, rows: Sequence[Span]) -> Count:
    """The value of a rule from the spans it speaks of."""
    parameters = load().parameters
    snapshots = [(row.name, Snapshot(row.state, row.since, row.values)) for row in rows]
    judged = [(name, s, every(kind, s, rule.where, at.last, parameters).holds) for name, s in snapshots]
    holding = [s for _n, s, holds in judged if holds]
    named = [name if rule.distinct == NAME else s[rule.distinct] for name, s, holds in judged if holds]
    unknown = sum(1 for _n, _s, holds in judged if holds is None)
    value: Fraction | None = Fraction(len(holding))
    base, entries = None, len(holding)
    if rule.how == "rate":
        base = len(judged)
        value = Fraction(100 * len(holding), base) if base else None
    elif rule.how in ("ratio", "growth"):
        value, entries = _ratio(kind, rule, holding)
        unknown += len(holding) - entries
    elif rule.distinct:
        names = [search_key(name) for name in named if name]
        unknown += len(named) - len(names)
        value, entries = Fraction(len(set(names))), len(names)
    elif rule.fields:
        value, entries = _summed(rule, holding)
        unknown += len(holding) - entries
    return Count(kind, rule, at.area, at.first, at.last, value, entries, base, unknown)


def _ratio(kind: Register, rule: Counting, holding: Sequence[Snapshot]) -> tuple[Fraction | None, int]:
    """All parts over all wholes, in %, of those that have both; and how many they are."""
    part, whole = kind.fields[rule.fields[0]].of
    both = [(Fraction(s[part]), Fraction(s[whole])) for s in holding if s[part] and s[whole]]
    wholes = sum((one for _p, one in both), Fraction(0))
    if not wholes:
        return None, len(both)
    value = 100 * sum((one for one, _w in both), Fraction(0)) / wholes
    return (value - 100 if rule.how == "growth" else value), len(both)


def _summed(rule: Counting, holding: Sequence[Snapshot]) -> tuple[Fraction | None, int]:
    """The sum over those that tell any of the fields; and how many they are."""
    given = [[Fraction(s[code]) for code in rule.fields if s[code]] for s in holding]
    told = [sum(values, Fraction(0)) for values in given if values]
    return (sum(told, Fraction(0)) * Fraction(rule.scale) if told else None), len(told)
