"""Which areas and years have figures: what the pickers offer, and where a page starts when nothing is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sct.catalogue import load
from sct.catalogue.areas import LEVELS
from sct.catalogue.model import Area
from sct.office.coordination import columns
from sct.office.coordination.state import Kept, stamp
from sct.office.people.queries import Someone, granted
from sct.vietnamese.text import sort_key

ENOUGH = 10  # indicators with a yearly figure that make a year worth starting with

_kept = Kept()


@dataclass(frozen=True, slots=True)
class Coverage:
    """Areas with figures (province first, then by name), their years, and the number of yearly indicators of each."""

    areas: tuple[Area, ...]
    by_area: dict[str, dict[int, int]]
    home_area: Area
    today: date

    def has(self, area: Area) -> bool:
        return area.key in self.by_area

    def years(self, area: Area) -> list[int]:
        """Years with any figure or target of the area, newest first."""
        return sorted(self.by_area.get(area.key, {self.today.year: 0}), reverse=True)

    def best_year(self, area: Area) -> int:
        """The latest year, not after this one, with enough yearly figures; else the year with most."""
        years = {y: n for y, n in self.by_area.get(area.key, {}).items() if y <= self.today.year}
        good = [year for year, count in years.items() if count >= ENOUGH]
        return max(good) if good else max(years, key=lambda y: (years[y], y), default=self.today.year)


def coverage(person: Someone, today: date) -> Coverage:
    """Asked once a state of the ledger."""
    key = (stamp(person), today)
    return _kept.get(key, lambda: _coverage(person, today))


def _coverage(person: Someone, today: date) -> Coverage:
    told = columns.of(person).years(stamp(person).areas)
    by_area = {area: {year: yearly for year, (_all, yearly) in years.items()} for area, years in told.items()}
    sizes = {area: sum(figures for figures, _yearly in years.values()) for area, years in told.items()}
    known = load().areas
    areas = sorted((known[key] for key in by_area if key in known), key=_order)
    largest = max(areas, key=lambda area: sizes[area.key], default=None)
    return Coverage(tuple(areas), by_area, largest or _fallback(person), today)


def _order(area: Area) -> tuple[int, str]:
    return LEVELS.index(area.level), sort_key(area.short_name)


def _fallback(person: Someone) -> Area:
    """Where nothing is recorded yet: the widest area the person may see."""
    known = load().areas
    seen = granted(person)
    areas = known.values() if seen is None else [known[key] for key in seen if key in known]
    return min(
        areas or known.values(), key=lambda area: (LEVELS.index(area.level), area.valid_to is not None, area.code)
    )
