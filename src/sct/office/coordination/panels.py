"""The families of the ledger as files: written again where their figures changed, left alone where not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from sct.catalogue import load
from sct.engine import derive
from sct.engine.family import Family, fingerprint
from sct.engine.store import Store
from sct.office.ledger import queries
from sct.office.people.queries import Someone


@dataclass(frozen=True, slots=True)
class Refreshed:
    """Families there are, those written anew, reported figures in them, and values computed from them."""

    families: int
    written: int
    figures: int
    computed: int


def refresh(person: Someone, progress: Callable[[int, int], None] = lambda _done, _total: None) -> Refreshed:
    """Bring the stored families up to the ledger of now; a family whose figures are the same is not touched."""
    current = [*queries.current(person), *queries.plans(person)]
    derived = derive(current, load())
    store = Store(Path(settings.HOME) / "panels")
    written = computed = 0
    for done, (name, family) in enumerate(sorted(derived.families.items()), 1):
        mark = fingerprint(family.figures)
        if store.fingerprint(name) != mark:
            store.write_family(family.panels, mark, _ids(family))
            written += 1
        computed += sum(1 for _cell in family.cells())
        progress(done, len(derived.families))
    return Refreshed(len(derived.families), written, len(current), computed)


def _ids(family: Family) -> Callable[[int], int]:
    """From a cell number of a family's panels to the number of the observation."""
    return lambda cell: family.figure_at(cell).id
