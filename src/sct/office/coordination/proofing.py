"""A stored document's proofing, worked out once for a state of the ledger and of the documents."""

from __future__ import annotations

from dataclasses import replace

from sct.office.coordination.state import Kept, stamp
from sct.office.coordination.tallies import Tallies
from sct.office.documents import drafts, queries
from sct.office.documents.drafts import Proofed
from sct.office.documents.keeping import kept
from sct.office.people.models import Person
from sct.words import language

_proofed = Kept(16)


def stored(person: Person, number: int) -> Proofed:
    """The proofing of a document as of now, with what people let stand; raises `NotVisibleError` (404).

    The same as `drafts.proof_stored`, asked again when a figure, a document, a decision or an entry has come in. Its
    key holds the areas that the person may see, so nobody gets what another may see.
    """
    counts = Tallies(person)
    key = (stamp(person), counts.stamp, queries.newest(), number, language())
    found = _proofed.get(key, lambda: drafts.proof_stored(person, number, counts.proof))
    return replace(found, keepings=kept(person, found.keys))
