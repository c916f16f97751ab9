"""From a figure to the very words or the very cell it was read from, when its source is in the system."""

from __future__ import annotations

from sct.catalogue.model import Figure
from sct.office.documents import queries
from sct.office.documents.queries import Excerpt
from sct.office.people.queries import Someone
from sct.office.workbooks import queries as workbooks
from sct.office.workbooks.models import StoredWorkbook


def excerpt(person: Someone, figure: Figure) -> Excerpt | None:
    """The sentence a figure was accepted from; None for a source that is only cited."""
    return queries.excerpt(person, figure)


def sheet_cell(person: Someone, figure: Figure) -> tuple[StoredWorkbook, str, str] | None:
    """(workbook, sheet, cell) a figure was kept from; None for a source of another kind."""
    return workbooks.place_of(person, figure.origin.document, figure.origin.place)
