"""What entries of one register give to the entry of another they belong to: the tenants of a cluster, its occupancy.

A link field (`type: entry`) tells whose an entry is; its `gives` tell which fields of that other entry are counted from
the list. What is counted from the list stands instead of what was typed, on every day from the first one that the list
tells of; the typed value stays in the time line. Nothing is recorded for it: the spans of the other entry are worked
out with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime

from sct.catalogue.histories import Event as Told
from sct.catalogue.register_values import plain
from sct.catalogue.registers import Field, Register, load_registers
from sct.office.registers.models import OPEN, Span
from sct.office.registers.reading import facet_columns
from sct.office.registers.tallying import Asked, over

_LAST = datetime.max.replace(tzinfo=UTC)  # of two values of one day the one entered later stands
Given = Mapping[int, Sequence[tuple[date, dict[str, str]]]]


def feeders(kind: Register) -> list[tuple[Register, Field]]:
    """The registers whose entries belong to entries of this one, with the field that says so."""
    return [(one, link) for one in load_registers().values() for link in one.links if link.register == kind.code]


def given(kind: Register, entries: Iterable[int]) -> Given:
    """What the lists give to each entry, day by day on which it changes; entries without a list are left out."""
    numbers = [str(number) for number in entries]
    found: dict[int, list[tuple[date, dict[str, str]]]] = defaultdict(list)
    for child, link in feeders(kind):
        column = facet_columns(child)[link.code]
        lists: dict[str, list[Span]] = defaultdict(list)
        for start in range(0, len(numbers), 500):
            part = numbers[start : start + 500]
            for row in Span.objects.filter(register=child.code, **{f"{column}__in": part}):
                lists[getattr(row, column)].append(row)
        for number, rows in lists.items():
            found[int(number)] += [(day, _values(child, link, rows, day)) for day in _days(rows)]
    return {number: sorted(days, key=lambda one: one[0]) for number, days in found.items()}


def _days(rows: Iterable[Span]) -> list[date]:
    """The days on which a list changes."""
    rows = list(rows)
    return sorted({row.start for row in rows} | {row.until for row in rows if row.until != OPEN})


def _values(child: Register, link: Field, rows: Sequence[Span], day: date) -> dict[str, str]:
    told = {rule.indicator: over(child, rule, rows, Asked("", day, day)).value for rule in link.gives}
    return {code: plain(value) for code, value in told.items() if value is not None}


def with_given(life: Sequence[Told], days: Sequence[tuple[date, dict[str, str]]]) -> list[Told]:
    """A life with what the list gives laid over it: from its days on, and over every value typed after them."""
    over_it = [Told(day, values=values, entered=_LAST, number=n) for n, (day, values) in enumerate(days)]
    for event in life:
        before = [values for day, values in days if day <= event.valid]
        if before and set(event.values) & set(before[-1]):
            over_it.append(Told(event.valid, values=before[-1], entered=_LAST, number=len(over_it)))
    return [*life, *over_it]


def owners(kind: Register, entries: Iterable[int]) -> dict[str, set[int]]:
    """Register → the entries that these belong, or at some time belonged, to."""
    numbers, columns = sorted(entries), facet_columns(kind)
    found: dict[str, set[int]] = defaultdict(set)
    for link in kind.links:
        for start in range(0, len(numbers), 500):
            rows = Span.objects.filter(entry__in=numbers[start : start + 500]).exclude(**{columns[link.code]: ""})
            found[link.register] |= {int(text) for text in rows.values_list(columns[link.code], flat=True).distinct()}
    return found
