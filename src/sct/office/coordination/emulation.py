"""Thi đua: marks beside what the product itself counts, late reports and overdue matters, each with its list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from django.conf import settings
from django.db import connection

from sct.catalogue import load
from sct.catalogue.model import Area
from sct.collecting.duties import Duty
from sct.following.emulation import Cluster, Criterion, CriterionKind, load_criteria, ranks, total
from sct.following.states import State
from sct.office.collection import queries as collection
from sct.office.collection.queries import Cell
from sct.office.coordination.state import Kept
from sct.office.documents import attaching
from sct.office.documents.models import Attachment
from sct.office.emulation import queries as emulation
from sct.office.emulation.actions import Card
from sct.office.emulation.models import Mark, Stage
from sct.office.emulation.queries import Points, Told
from sct.office.matters import queries as matters
from sct.office.matters.queries import Line
from sct.office.people.errors import NotVisibleError
from sct.office.people.models import Right
from sct.office.people.queries import Someone, granted, local_unit, may, units_of
from sct.vietnamese.text import search_key, sort_key
from sct.words import _

Units = dict[str, tuple[Cluster, str]]  # unit → cluster, key under which it sends reports
Counts = Mapping[str, int]  # what is counted of a unit, under the names that criteria use
_tables, _dues = Kept(16), Kept(8)


@dataclass(frozen=True, slots=True)
class Row:
    """A unit's line in the table; `verified` is None until every criterion of the scale is verified."""

    unit: str
    cluster: Cluster
    counts: Counts
    taken: Fraction
    own: Fraction | None
    verified: Fraction | None
    rank: int | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One criterion of a card: the two marks, or the count and what it takes off."""

    criterion: Criterion
    own: Mark | None
    verified: Mark | None
    count: int | None
    taken: Fraction | None


@dataclass(frozen=True, slots=True)
class Whole:
    """A unit's card: its line, its criteria, and what was counted as things to be opened."""

    row: Row
    items: tuple[Item, ...]
    reports: tuple[Cell, ...]
    matters: tuple[Line, ...]
    papers: dict[str, list[Attachment]]  # by criterion, those of earlier own marks too


def units(area: Area, year: int, today: date) -> Units:
    """Unit → cluster and the key under which it sends reports: divisions, and the localities in force in the year."""
    catalogue = load()
    found = {one.name: (Cluster.DIVISION, f"division:{code}") for code, one in catalogue.divisions.items()}
    day = min(today, date(year, 12, 31))
    for one in catalogue.areas.children(area.key, day):
        found[local_unit(one)] = (Cluster.LOCAL, one.key)
    return found


# -- what is counted ------------------------------------------------------------------------------------------------


def _due(person: Someone, year: int, today: date) -> list[Duty]:
    """What fell due in the year and may be seen: some thousands, the same all day."""
    last = min(today, date(year, 12, 31))
    key = (_seen(person), year, last, settings.COLLECT_FROM)
    found: list[Duty] = _dues.get(key, lambda: collection.due_between(person, date(year, 1, 1), last))
    return found


def _seen(person: Someone) -> tuple[object, ...]:
    """All that decides what a person may see."""
    return (person.pk, *(granted(person, right) for right in Right), units_of(person))


def _counts(person: Someone, area: Area, year: int, today: date, of: Units) -> dict[str, Counts]:
    """How many reports were late or never came, how many matters late, by unit. Two queries."""
    names = {key: unit for unit, (_cluster, key) in of.items()}
    due = [duty for duty in _due(person, year, today) if duty.unit.key in names]
    sent = collection.first_sent(person, due)
    reports = Counter(names[duty.unit.key] for duty in due if sent.get(duty.key, today) > duty.due)
    late = matters.late_by_lead(person, matters.Asked(area.key, today), year)
    return {unit: {"late_reports": reports[unit], "overdue_matters": late.get(unit, 0)} for unit in of}


# -- the table ------------------------------------------------------------------------------------------------------


def _sums(unit: str, of: Cluster, told: Points, counts: Counts, criteria: Sequence[Criterion]) -> Row:
    scale = {one.code for one in criteria if one.kind is CriterionKind.POINTS}
    mine, checked = emulation.points_of(told, Stage.OWN), emulation.points_of(told, Stage.VERIFIED)
    minus = (one.taken_off(counts[one.counted]) for one in criteria if one.kind is CriterionKind.MINUS)
    return Row(
        unit=unit,
        cluster=of,
        counts=counts,
        taken=sum(minus, Fraction(0)),
        own=total(criteria, mine, counts) if mine else None,
        verified=total(criteria, checked, counts) if scale and scale <= set(checked) else None,
    )


def _criteria(year: int) -> dict[Cluster, list[Criterion]]:
    known = load_criteria().values()
    return {cluster: [one for one in known if one.holds(year, cluster)] for cluster in Cluster}


def table(person: Someone, area: Area, year: int, today: date) -> dict[Cluster, list[Row]]:
    """The units one may see by cluster, ranked by verified points, those without a rank last by name.

    Kept until a mark, a matter or a report moves, or the day ends.
    """
    criteria = _criteria(year)
    rules = tuple((cluster, one) for cluster, listed in criteria.items() for one in listed)
    moved = (emulation.moment(), matters.moment(), collection.moment(), str(connection.settings_dict["NAME"]))
    key = (_seen(person), area.key, year, today, moved, rules)
    found: dict[Cluster, list[Row]] = _tables.get(key, lambda: _table(person, area, year, today, criteria))
    return found


def _table(
    person: Someone, area: Area, year: int, today: date, criteria: Mapping[Cluster, Sequence[Criterion]]
) -> dict[Cluster, list[Row]]:
    of = units(area, year, today)
    if not may(person, Right.OVERSEE, area.key):
        of = {unit: found for unit, found in of.items() if emulation.is_own(person, area.key, unit)}
    told, counts = emulation.points(person, area.key, year), _counts(person, area, year, today, of)
    found: dict[Cluster, list[Row]] = {}
    for unit, (cluster, _key) in of.items():
        row = _sums(unit, cluster, told.get(unit, {}), counts[unit], criteria[cluster])
        found.setdefault(cluster, []).append(row)
    return {cluster: _ranked(rows) for cluster, rows in found.items()}


def _ranked(rows: list[Row]) -> list[Row]:
    places = ranks({row.unit: row.verified for row in rows})
    told = [replace(row, rank=places.get(row.unit)) for row in rows]
    return sorted(told, key=lambda row: (row.rank or len(rows) + 1, row.own is None, sort_key(row.unit)))


SORTS: dict[str, Callable[[Row], object]] = {
    "hang": lambda row: 0,  # as ranked
    "ten": lambda row: sort_key(row.unit),
    "tu-cham": lambda row: (row.own is None, -(row.own or 0)),
    "tham-dinh": lambda row: (row.verified is None, -(row.verified or 0)),
    "bao-cao": lambda row: -row.counts["late_reports"],
    "viec": lambda row: -row.counts["overdue_matters"],
    "tru": lambda row: -row.taken,
}


def chosen(rows: Sequence[Row], words: str = "", sort: str = "hang") -> list[Row]:
    """The rows whose unit has all the words, with or without diacritics; sorted by one of `SORTS`."""
    asked = search_key(words).split()
    found = [row for row in rows if all(word in search_key(row.unit) for word in asked)]
    return sorted(found, key=SORTS.get(sort, SORTS["hang"]))  # type: ignore[arg-type]  # each key orders its own kind


# -- one card -------------------------------------------------------------------------------------------------------


def card(person: Someone, area: Area, year: int, unit: str, today: date) -> Whole:
    """One unit's card; raises `NotVisibleError` (404) for a unit that is not the person's to see."""
    emulation.require_visible(person, area.key, unit)
    cluster, key = _unit(area, year, unit, today)
    told = emulation.marks(person, area.key, year).get(unit, {})
    due = [duty for duty in _due(person, year, today) if duty.unit.key == key]
    reports = tuple(cell for cell in collection.cells(person, due) if cell.days_late) if due else ()
    asked = matters.Asked(area.key, today, unit=unit)
    fallen = matters.fallen_due(person, asked, year)
    late = tuple(line for line in fallen if line.state in (State.OVERDUE, State.DONE_LATE))
    counts = {"late_reports": len(reports), "overdue_matters": len(late)}
    criteria = _criteria(year)[cluster]
    points = {key: Fraction(mark.points) for key, mark in told.items()}
    row = _sums(unit, cluster, points, counts, criteria)
    papers = _papers(emulation.own_marks(person, area.key, year, unit))
    return Whole(row, tuple(_item(one, told, counts) for one in criteria), reports, late, papers)


def _papers(marks: Sequence[Mark]) -> dict[str, list[Attachment]]:
    kept, found = attaching.of(marks), dict[str, list[Attachment]]()
    for mark in marks:
        found.setdefault(mark.criterion, []).extend(kept.get(mark.pk, ()))
    return found


def _item(one: Criterion, told: Told, counts: Counts) -> Item:
    count = counts[one.counted] if one.kind is CriterionKind.MINUS else None
    taken = one.taken_off(count) if count is not None else None
    return Item(one, told.get((one.code, Stage.OWN)), told.get((one.code, Stage.VERIFIED)), count, taken)


def _unit(area: Area, year: int, unit: str, today: date) -> tuple[Cluster, str]:
    found = units(area, year, today).get(unit)
    if found is None:
        raise NotVisibleError("not-found", _("Không có đơn vị này trong năm"), value=unit)
    return found


def card_of(area: Area, year: int, unit: str, today: date) -> Card:
    """The address of a card, for the actions; raises 404 for a unit that does not exist in the year."""
    return Card(area.key, year, unit, _unit(area, year, unit, today)[0])
