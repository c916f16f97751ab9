"""Which entries of the registers are rows of a unit's form, and what is known of them.

An entry is a row where it lies in the unit's area, or in an old area that came to it whole (NQ 1656/NQ-UBTVQH15). One
in an old area that was divided may lie there: it is offered by name, and becomes a row when the unit takes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from sct.catalogue import load
from sct.catalogue.forms import Table, entry_of
from sct.catalogue.histories import NAME
from sct.catalogue.registers import Register, register
from sct.collecting import entries
from sct.collecting.duties import Duty
from sct.collecting.filling import Values, rows_of
from sct.office.people.queries import below
from sct.office.registers.models import Span


@dataclass(frozen=True, slots=True)
class Offered:
    """An entry that may lie in the unit's area: its cells as the form would open with them, and where it is kept."""

    table: Table
    entry: int
    name: str
    where: str
    cells: Mapping[str, str]


def opening(duty: Duty) -> dict[str, str]:
    """The cells a form opens with: what lasts of the entries that lie in the unit's area. One query a register."""
    found: dict[str, str] = {}
    for table in _tables(duty):
        for row in _living(table, _certain(duty.unit.area)):
            found |= entries.cells(duty.form, table, row.entry_id, _known(row), opening=True)
    return found


def known(duty: Duty, values: Values) -> dict[str, str]:
    """What the registers say today of the entries that are rows of a form, by cell."""
    found: dict[str, str] = {}
    for table in _tables(duty):
        numbers = {entry_of(row) for row in rows_of(table, values)} - {0}
        rows = Span.objects.filter(entry__in=numbers, register=table.register, open=True) if numbers else ()
        for row in rows:
            found |= entries.cells(duty.form, table, row.entry_id, _known(row))
    return found


def offered(duty: Duty, values: Values) -> list[Offered]:
    """The entries that are no rows yet: those that may lie in the unit's area, and those that came to it since."""
    found: list[Offered] = []
    for table in _tables(duty):
        there = {entry_of(row) for row in rows_of(table, values)}
        for row in _living(table, _certain(duty.unit.area) | _possible(duty.unit.area)):
            if row.entry_id not in there:
                cells = entries.cells(duty.form, table, row.entry_id, _known(row), opening=True)
                found.append(Offered(table, row.entry_id, row.name, load().areas[row.area].name, cells))
    return found


def strangers(duty: Duty, changes: Iterable[str]) -> list[str]:
    """The cells among some that speak of entries a unit has nothing to do with. No query where none speaks of one."""
    found: list[str] = []
    areas = _certain(duty.unit.area) | _possible(duty.unit.area)
    for table in _tables(duty):
        asked = {path: entry_of(path.split(".")[1]) for path in changes if path.startswith(f"{table.code}.e")}
        if asked:
            rows = Span.objects.filter(entry__in=set(asked.values()), register=table.register, area__in=areas)
            own = set(rows.values_list("entry", flat=True))
            found += [path for path, number in asked.items() if number not in own]
    return found


def _tables(duty: Duty) -> Iterable[Table]:
    return (table for table in duty.form.tables if table.register and table.column_of(NAME) is not None)


def _living(table: Table, areas: frozenset[str]) -> Iterable[Span]:
    kind = register(table.register)
    rows = Span.objects.filter(register=kind.code, open=True, area__in=areas, state__in=kind.living)
    return rows.order_by("name_key", "entry_id")


def _known(row: Span) -> dict[str, str]:
    """What everybody who sees the area may see of an entry."""
    kind: Register = register(row.register)
    return {code: text for code, text in row.values.items() if code not in kind.fields or not kind.fields[code].see} | {
        "state": row.state
    }


@lru_cache(maxsize=512)
def _certain(area: str) -> frozenset[str]:
    """The area, what lies below it, and the old areas that came to it whole."""
    return below(area) | frozenset(load().areas[area].predecessors)


@lru_cache(maxsize=512)
def _possible(area: str) -> frozenset[str]:
    """The old areas of which a part came to the area, and the districts over any of them."""
    areas = load().areas
    own = areas[area]
    old = {*own.predecessors, *own.partial_predecessors}
    over = {areas[key].parent for key in old if key in areas}
    return frozenset(old | {key for key in over if key in areas and areas[key].level == "district"})
