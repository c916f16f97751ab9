"""From a figure to the very words it was read from, when the document is in the system."""

from __future__ import annotations

from dataclasses import dataclass

from sct.catalogue.model import Figure
from sct.office.people.queries import Someone


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The words of a source with what stands before and after them."""

    before: str
    words: str
    after: str


def excerpt(person: Someone, figure: Figure) -> Excerpt | None:
    """The sentence a figure was accepted from; None for a source that is only cited."""
    return None


def page_address(person: Someone, figure: Figure) -> str:
    """The page of the document at the place of the figure; empty where there is none."""
    return ""
