"""The review report of a year from what a person may see of the ledger."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sct.catalogue import load
from sct.catalogue.model import Area, Figure, SeriesKey, Transformation
from sct.office.coordination import columns
from sct.office.coordination.columns import Scope
from sct.office.coordination.derived import derived, sourced
from sct.office.coordination.state import Kept, stamp
from sct.office.ledger import queries
from sct.office.ledger.queries import NOW, AsOf
from sct.office.people.queries import Someone, below
from sct.reporting.blocks import Report
from sct.reporting.plan import listed_by_area
from sct.vietnamese.periods import Period

if TYPE_CHECKING:
    from sct.engine import Computed, Derived

_reports = Kept(8)


def report(person: Someone, area: Area, year: int, as_of: AsOf = NOW) -> Report:
    """The annual review; the same ledger gives the same report, so it is kept until the ledger moves."""
    key = (stamp(person), area.key, year, as_of)
    return _reports.get(key, lambda: _report(person, area, year, as_of))


def _report(person: Someone, area: Area, year: int, as_of: AsOf) -> Report:
    from sct.reporting import review

    told = _told(person, area, year, as_of)
    worked = _Sourced(derived(person, area, as_of), person, told)
    return review.build(year, area.key, told, worked, (), load(), as_of=as_of.published)


def _told(person: Someone, area: Area, year: int, as_of: AsOf) -> list[Figure]:
    """What a review of a year can speak of: everything of the area in that year and those beside it, years and spans
    of any time; and what the areas within it reported of the indicators whose parts are listed."""
    kept = columns.of(person)
    rows = kept.rows(columns.scope(person, area, as_of))
    first, last = kept["first"][rows], kept["last"][rows]
    near = (last >= (year - 1) * 12) & (first < (year + 2) * 12)
    mine = rows[near | (last - first >= 11)]
    within = Scope(stamp(person).areas, below(area.key) - {area.key}, listed_by_area(), as_of)
    parts = kept.rows(within)
    parts = parts[kept["first"][parts] // 12 == year]
    return queries.figures(person, kept.ids(np.concatenate([mine, parts])))


class _Sourced:
    """What the engine derived, its operands with the words of their sources: a report names them."""

    def __init__(self, derived: Derived, person: Someone, told: list[Figure]) -> None:
        self._derived = derived
        self._person = person
        self._known = {figure.id: figure for figure in told}

    def get(self, series: SeriesKey, period: Period, transformation: Transformation) -> Computed | None:
        found = self._derived.get(series, period, transformation)
        return None if found is None else sourced(self._person, found, self._known)


def write_word(made: Report, path: Path) -> None:
    """The report as a Word file."""
    from sct.reporting import docx

    docx.write(made, path)
