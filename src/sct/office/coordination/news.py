"""What came in recently, from ledger and documents, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sct.office.ledger import queries
from sct.office.ledger.queries import AsOf
from sct.office.people.queries import Someone
from sct.words import _


@dataclass(frozen=True, slots=True)
class Arrival:
    """One thing that came in: a file of figures, a figure accepted from a document."""

    title: str
    what: str
    who: str
    at: datetime
    address: str = ""


def arrivals(person: Someone, as_of: AsOf, limit: int) -> list[Arrival]:
    """The newest batches of the ledger."""
    found = []
    for batch in queries.batches(person, limit):
        what = _("{count} số liệu, {kind}").format(count=batch.count, kind=batch.get_kind_display())
        found.append(Arrival(batch.name or str(batch.get_kind_display()), what, str(batch.who), batch.at))
    return found


def open_findings(person: Someone, limit: int) -> list[object]:
    return []
