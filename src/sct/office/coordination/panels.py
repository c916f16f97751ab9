"""The families of the ledger as files: written again where their figures changed, left alone where not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import numpy as np
from django.conf import settings

from sct.engine.family import Family
from sct.engine.store import Store
from sct.office.coordination.derived import ColumnFeed, derived
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
    worked = derived(person, None)
    store = Store(Path(settings.HOME) / "panels")
    names = list(worked.families)
    written = figures = computed = 0
    for done, name in enumerate(names, 1):
        family = worked.families[name]
        assert isinstance(family.feed, ColumnFeed)
        ids = family.feed.ids()
        mark = blake2b(np.array(ids).tobytes(), digest_size=16).hexdigest()
        if store.fingerprint(name) != mark:
            store.write_family(family.panels, mark, _ids(family))
            written += 1
        figures += len(ids)
        computed += sum(1 for _cell in family.cells())
        progress(done, len(names))
    return Refreshed(len(names), written, figures, computed)


def _ids(family: Family) -> Callable[[int], int]:
    """From a cell number of a family's panels to the number of the observation."""
    return lambda cell: family.figure_at(cell).id
