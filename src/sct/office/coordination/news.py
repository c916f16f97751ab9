"""What came in recently, from ledger and documents together, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sct.office.documents import queries as documents
from sct.office.ledger import queries
from sct.office.ledger.models import BatchKind
from sct.office.people.queries import Someone
from sct.words import _


@dataclass(frozen=True, slots=True)
class Arrival:
    """One thing that came in: a file of figures, or a document (then `document` is its number)."""

    title: str
    what: str
    who: str
    at: datetime
    document: int = 0


def arrivals(person: Someone, limit: int) -> list[Arrival]:
    """Files of figures and documents; figures accepted from a document are told with the document."""
    found = []
    for batch in queries.batches(person, limit):
        if batch.kind != BatchKind.ACCEPT:
            what = _("{count} số liệu, {kind}").format(count=batch.count, kind=batch.get_kind_display())
            found.append(Arrival(batch.name or str(batch.get_kind_display()), what, str(batch.who), batch.at))
    for line in documents.documents(person, limit=limit):
        row = line.document
        what = _("văn bản, {read} số liệu đọc được, {accepted} đã vào sổ").format(
            read=line.statements, accepted=line.accepted
        )
        found.append(Arrival(str(row), what, str(row.who), row.at, row.pk))
    return sorted(found, key=lambda arrival: arrival.at, reverse=True)[:limit]
