"""The review report of a year from what a person may see of the ledger."""

from __future__ import annotations

from pathlib import Path

from sct.catalogue import load
from sct.catalogue.model import Area
from sct.office.coordination.derived import derived
from sct.office.coordination.state import Kept, stamp
from sct.office.ledger import queries
from sct.office.ledger.queries import NOW, AsOf
from sct.office.people.queries import Someone
from sct.reporting.blocks import Report

_reports = Kept(8)


def report(person: Someone, area: Area, year: int, as_of: AsOf = NOW) -> Report:
    """The annual review; the same ledger gives the same report, so it is kept until the ledger moves."""
    key = (stamp(person), area.key, year, as_of)
    return _reports.get(key, lambda: _report(person, area, year, as_of))


def _report(person: Someone, area: Area, year: int, as_of: AsOf) -> Report:
    from sct.reporting import review

    areas = [area.key, *(child.key for child in load().areas.values() if child.parent == area.key)]
    told = queries.told(person, areas=areas, as_of=as_of)
    return review.build(year, area.key, told, derived(person, area, as_of), (), load(), as_of=as_of.published)


def write_word(made: Report, path: Path) -> None:
    """The report as a Word file."""
    from sct.reporting import docx

    docx.write(made, path)
