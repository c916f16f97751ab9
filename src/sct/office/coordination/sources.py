"""From a figure to the very words it was read from, when the document is in the system."""

from __future__ import annotations

from sct.catalogue.model import Figure
from sct.office.documents import queries
from sct.office.documents.queries import Excerpt
from sct.office.people.queries import Someone


def excerpt(person: Someone, figure: Figure) -> Excerpt | None:
    """The sentence a figure was accepted from; None for a source that is only cited."""
    return queries.excerpt(person, figure)
