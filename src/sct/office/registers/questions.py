"""What can be asked of a register: on which day, narrowed by what, in which order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from sct.catalogue.registers import Register
from sct.office.people.queries import below
from sct.office.registers.mapping import Box
from sct.office.registers.reading import area_of

PAGE = 50
SORTS: dict[str, tuple[str, ...]] = {
    "ten": ("name_key", "entry_id"),
    "moi": ("-since", "entry_id"),
    "han": ("expires", "entry_id"),
}


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a register: on which day, which state, facets, area, words; in which order, which page."""

    register: Register
    day: date
    state: tuple[str, ...] = ()
    facets: tuple[tuple[str, str], ...] = ()
    area: str = ""
    words: str = ""
    sort: str = "ten"
    page: int = 1
    entries: tuple[int, ...] | None = None  # only these (a cohort)
    box: Box | None = None  # only what lies in this rectangle of the map

    @property
    def past(self) -> bool:
        return self.day < timezone.localdate()

    @property
    def filtered(self) -> bool:
        return bool(self.state or self.facets or self.words or self.box or self.entries is not None)


def areas_in(area: str) -> frozenset[str] | None:
    """An area and everything under it; None where that is everything: the country, or no area at all."""
    found = area_of(area)
    return None if found is None or found.level == "country" else below(area)
