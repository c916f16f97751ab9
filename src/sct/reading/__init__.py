"""Documents → statements: one file a kind of document, small named rules for each field of a statement.

`open_document` refuses what it cannot read with one clear sentence; `read` gives every figure about the world that
the text states, with the exact span it stands at. docs/why/reading.md tells how.
"""

from __future__ import annotations

from typing import Any

from sct.catalogue import Catalogue, load
from sct.catalogue.statement import Document, Statement
from sct.reading.documents import open_document
from sct.reading.reader import Reader

__all__ = ["open_document", "read", "to_json"]


def read(document: Document, published: str | None = None, catalogue: Catalogue | None = None) -> list[Statement]:
    """The statements of a document, in order, spans exact and apart.

    `published` (2020, 2020-09 or 2020-09-21) helps to find the years a text leaves unsaid; without it the
    document's own date line does. `catalogue` is the one in force unless given.
    """
    return Reader(document, published, catalogue if catalogue is not None else load()).run()


def to_json(document: Document, statements: list[Statement]) -> dict[str, Any]:
    """The shape of the evaluation set: source, published, statements."""
    return {
        "source": document.name,
        "published": document.published,
        "statements": [statement.as_json() for statement in statements],
    }
