"""Documents → statements: one file a kind of document, small named rules for each field of a statement.

`open_document` refuses what it cannot read with one clear sentence; `read` gives every figure about the world that
the text states, with the exact span it stands at. docs/why/reading.md tells how.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sct.catalogue import Catalogue, load
from sct.catalogue.proposal import Proposal
from sct.catalogue.statement import Document, Statement
from sct.reading.documents import open_document
from sct.reading.proposals import ProposalReader
from sct.reading.reader import Reader
from sct.uncollected import uncollected

__all__ = ["Reading", "open_document", "read", "read_whole", "to_json"]


class Reading(NamedTuple):
    """What a document says: its figures, and what it says should be done."""

    statements: list[Statement]
    proposals: list[Proposal]


def read(document: Document, published: str | None = None, catalogue: Catalogue | None = None) -> list[Statement]:
    """The statements of a document, in order, spans exact and apart.

    `published` (2020, 2020-09 or 2020-09-21) helps to find the years a text leaves unsaid; without it the
    document's own date line does. `catalogue` is the one in force unless given.
    """
    catalogue = catalogue if catalogue is not None else load()
    with uncollected():
        return Reader(document, published, catalogue).run()


def read_whole(document: Document, published: str | None = None, catalogue: Catalogue | None = None) -> Reading:
    """The statements of a document, as `read` gives them, and its proposals, in one pass."""
    catalogue = catalogue if catalogue is not None else load()
    with uncollected():
        reader = Reader(document, published, catalogue)
        statements = reader.run()
        return Reading(statements, ProposalReader(reader, statements).run())


def to_json(document: Document, statements: Sequence[Statement], proposals: Sequence[Proposal] = ()) -> dict[str, Any]:
    """The shape of the evaluation set: source, published, statements; and proposals beside them."""
    return {
        "source": document.name,
        "published": document.published,
        "statements": [statement.as_json() for statement in statements],
        "proposals": [proposal.as_json() for proposal in proposals],
        "notes": [note.as_json() for note in document.notes],
    }
