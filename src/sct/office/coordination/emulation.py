"""Thi đua: marks beside what the product itself counts, late reports and overdue matters, each with its list."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from sct.catalogue import load
from sct.catalogue.model import Area
from sct.following.emulation import Cluster, Criterion, CriterionKind, load_criteria, ranks, total
from sct.following.states import State
from sct.office.collection import queries as collection
from sct.office.collection.queries import Cell, Standing
from sct.office.emulation import queries as emulation
from sct.office.emulation.actions import Card
from sct.office.emulation.models import Mark, Stage
from sct.office.matters import queries as matters
from sct.office.matters.queries import Line
from sct.office.people.errors import NotVisibleError
from sct.office.people.queries import Someone
from sct.words import _

Units = dict[str, tuple[Cluster, str]]  # unit → cluster, key under which it sends reports
LATE = (Standing.LATE, Standing.MISSING)


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted of a unit in a year, as things to be opened."""

    reports: tuple[Cell, ...] = ()
    matters: tuple[Line, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        return {"late_reports": len(self.reports), "overdue_matters": len(self.matters)}


@dataclass(frozen=True, slots=True)
class Item:
    """One criterion of a card: the two marks, or the count and what it takes off."""

    criterion: Criterion
    own: Mark | None
    verified: Mark | None
    count: int | None
    taken: Fraction | None


@dataclass(frozen=True, slots=True)
class Row:
    """A unit's line in the table; `verified` is None until every criterion of the scale is verified."""

    unit: str
    cluster: Cluster
    items: tuple[Item, ...]
    counted: Counted
    own: Fraction | None
    verified: Fraction | None
    rank: int | None = None

    @property
    def taken(self) -> Fraction:
        return sum((item.taken or Fraction(0) for item in self.items), Fraction(0))


def units(area: Area, year: int, today: date) -> Units:
    """Unit → cluster and the key under which it sends reports: divisions, and the localities in force in the year."""
    catalogue = load()
    found = {one.name: (Cluster.DIVISION, f"division:{code}") for code, one in catalogue.divisions.items()}
    day = min(today, date(year, 12, 31))
    for one in catalogue.areas.children(area.key, day):
        found[f"UBND {one.name}"] = (Cluster.LOCAL, one.key)
    return found


def _counted(person: Someone, area: Area, year: int, today: date, of: Units) -> dict[str, Counted]:
    names = {key: unit for unit, (_cluster, key) in of.items()}
    reports: dict[str, list[Cell]] = {}
    last = min(today, date(year, 12, 31))
    due = [duty for duty in collection.due_between(person, date(year, 1, 1), last) if duty.unit.key in names]
    for cell in collection.cells(person, due) if due else ():
        if cell.standing in LATE:
            reports.setdefault(names[cell.duty.unit.key], []).append(cell)
    late: dict[str, list[Line]] = {}
    for line in matters.fallen_due(person, matters.Asked(area.key, today), year):
        if line.state in (State.OVERDUE, State.DONE_LATE):
            late.setdefault(line.row.lead, []).append(line)
    return {unit: Counted(tuple(reports.get(unit, ())), tuple(late.get(unit, ()))) for unit in of}


def _row(unit: str, cluster: Cluster, year: int, told: dict[tuple[str, Stage], Mark], counted: Counted) -> Row:
    criteria = [one for one in load_criteria().values() if one.holds(year, cluster)]
    items = []
    for one in criteria:
        minus = one.kind is CriterionKind.MINUS
        count = counted.counts[one.counted] if minus else None
        taken = one.taken_off(count) if count is not None else None
        own, verified = told.get((one.code, Stage.OWN)), told.get((one.code, Stage.VERIFIED))
        items.append(Item(one, own, verified, count, taken))
    scale = {one.code for one in criteria if one.kind is CriterionKind.POINTS}
    mine, checked = emulation.points_of(told, Stage.OWN), emulation.points_of(told, Stage.VERIFIED)
    return Row(
        unit=unit,
        cluster=cluster,
        items=tuple(items),
        counted=counted,
        own=total(criteria, mine, counted.counts) if mine else None,
        verified=total(criteria, checked, counted.counts) if scale and scale <= set(checked) else None,
    )


def table(person: Someone, area: Area, year: int, today: date) -> dict[Cluster, list[Row]]:
    """The units one may see by cluster, ranked by verified points, those without a rank last by name."""
    of = {u: found for u, found in units(area, year, today).items() if emulation.concerns(person, area.key, u)}
    told, counted = emulation.marks(person, area.key, year), _counted(person, area, year, today, of)
    found: dict[Cluster, list[Row]] = {}
    for unit, (cluster, _key) in of.items():
        found.setdefault(cluster, []).append(_row(unit, cluster, year, told.get(unit, {}), counted[unit]))
    return {cluster: _ranked(rows) for cluster, rows in found.items()}


def _ranked(rows: list[Row]) -> list[Row]:
    places = ranks({row.unit: row.verified for row in rows})
    told = [replace(row, rank=places.get(row.unit)) for row in rows]
    return sorted(told, key=lambda row: (row.rank or len(rows) + 1, row.own is None, row.unit))


def card(person: Someone, area: Area, year: int, unit: str, today: date) -> Row:
    """One unit's card; raises `NotVisibleError` (404) for a unit that is not the person's to see."""
    emulation.require_visible(person, area.key, unit)
    of = {name: found for name, found in units(area, year, today).items() if name == unit}
    if not of:
        raise NotVisibleError("not-found", _("Không có đơn vị này trong năm"), value=unit)
    told = emulation.marks(person, area.key, year).get(unit, {})
    return _row(unit, of[unit][0], year, told, _counted(person, area, year, today, of)[unit])


def card_of(area: Area, year: int, unit: str, today: date) -> Card:
    """The address of a card, for the actions; raises 404 for a unit that does not exist in the year."""
    found = units(area, year, today).get(unit)
    if found is None:
        raise NotVisibleError("not-found", _("Không có đơn vị này trong năm"), value=unit)
    return Card(area.key, year, unit, found[0])
