"""Minh chứng: who may fetch a paper that is attached to something. Each room says who sees what happened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sct.office.documents import files
from sct.office.documents.models import Attachment
from sct.office.emulation import queries as emulation
from sct.office.matters import queries as matters
from sct.office.people.errors import NotVisibleError
from sct.office.people.queries import Someone
from sct.office.procedures import queries as procedures
from sct.words import _

# The table of the row that a paper belongs to → raises `NotVisibleError` for whoever does not see that row.
SEEN: dict[str, Callable[[Someone, int, date], None]] = {
    "procedures.fileevent": procedures.require_event,
    "matters.happening": lambda person, number, _today: matters.require_happening(person, number),
    "emulation.mark": lambda person, number, _today: emulation.require_mark(person, number),
}


def fetch(person: Someone, number: int, today: date) -> tuple[str, bytes]:
    """Name and bytes of a paper; raises `NotVisibleError` (404), `UserError` where the store has lost it."""
    row = Attachment.objects.filter(pk=number).first()
    table, _colon, about = row.about.partition(":") if row else ("", "", "")
    if row is None or table not in SEEN:
        raise NotVisibleError("not-found", _("Không có tệp này"))
    SEEN[table](person, int(about), today)
    return row.name, files.fetch(row.sha256)
