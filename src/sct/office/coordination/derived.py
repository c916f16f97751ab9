"""Computed figures of an area: ledger → engine, kept as long as the ledger stands still."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sct.catalogue import load
from sct.catalogue.model import Area, Figure
from sct.office.coordination.state import Kept, stamp
from sct.office.ledger import queries
from sct.office.ledger.queries import NOW, AsOf
from sct.office.people.queries import Someone

if TYPE_CHECKING:
    from sct.engine import Derived

_figures = Kept(16)
_derived = Kept(16)


def figures(person: Someone, area: Area, as_of: AsOf = NOW) -> list[Figure]:
    """Current values of an area and of the areas right under it, as known on a day. One query a state of the ledger."""
    areas = [area.key, *(child.key for child in load().areas.values() if child.parent == area.key)]
    key = (stamp(person), area.key, as_of)
    return _figures.get(key, lambda: queries.current(person, areas=areas, as_of=as_of))


def derived(person: Someone, area: Area, as_of: AsOf = NOW) -> Derived:
    """What the engine computes from the current values; an accepted observation is in it at once."""
    from sct.engine import derive

    key = (stamp(person), area.key, as_of)
    return _derived.get(key, lambda: derive(figures(person, area, as_of), load()))
