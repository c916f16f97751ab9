"""The area axis of a family: rows in a steady order, parents above them, and who adds up to whom in which period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from sct.catalogue.model import Area
from sct.engine.axis import Axis, Grain
from sct.engine.kernels import Level

_NEVER = 12 * 9999


class AreaTree:
    """Areas by key with their children; made once for a catalogue."""

    def __init__(self, areas: Mapping[str, Area]) -> None:
        self.areas = dict(areas.items())
        self.children: dict[str, list[tuple[str, Area]]] = defaultdict(list)
        for key, area in self.areas.items():
            if area.parent:
                self.children[area.parent].append((key, area))

    def with_parents(self, keys: Iterable[str]) -> tuple[str, ...]:
        """The keys and every area above them that could be summed from them, sorted."""
        found = set(keys)
        fresh = set(found)
        while fresh:
            parents = {self.areas[key].parent for key in fresh if key in self.areas} & self.areas.keys() - found
            fresh = {parent for parent in parents if self._could_add(parent, found)}
            found |= fresh
        return tuple(sorted(found))

    def _could_add(self, parent: str, present: set[str]) -> bool:
        """Whether all areas of a parent in force on some day are present; the days to try are their first ones."""
        children = self.children[parent]
        days = {area.valid_from for key, area in children if key in present}
        return any(all(key in present for key, area in children if area.valid_on(day)) for day in days)

    def depth(self, key: str) -> int:
        depth = 0
        while key in self.areas and self.areas[key].parent in self.areas and depth < 10:
            key = self.areas[key].parent
            depth += 1
        return depth

    def levels(self, axis: Axis, grain: Grain) -> tuple[Level, ...]:
        """The roll-up plan of an axis at a grain, deepest level first; empty where nothing can be summed."""
        by_depth: dict[int, list[str]] = defaultdict(list)
        for key in axis.areas:
            if any(axis.row(child) is not None for child, _area in self.children.get(key, ())):
                by_depth[self.depth(key)].append(key)
        if not by_depth:
            return ()
        spans = [axis.period(grain, column).months for column in range(axis.columns(grain))]
        opens, closes = (np.array(ends, np.int64) for ends in zip(*spans, strict=True))
        return tuple(self._level(axis, by_depth[depth], opens, closes) for depth in sorted(by_depth, reverse=True))

    def _level(self, axis: Axis, parents: Sequence[str], opens: NDArray[np.int64], closes: NDArray[np.int64]) -> Level:
        rows: list[int] = []
        starts: list[int] = []
        valid: list[NDArray[np.bool_]] = []
        needed: list[NDArray[np.int64]] = []
        for parent in parents:
            starts.append(len(rows))
            count = np.zeros(len(opens), dtype=np.int64)
            for child, area in self.children[parent]:
                first, last, first_whole, last_whole = _span(area)
                count += (opens <= last) & (closes >= first)
                row = axis.row(child)
                if row is not None:
                    rows.append(row)
                    valid.append((opens >= first_whole) & (closes <= last_whole))
            needed.append(count)
        own = [axis.row(parent) for parent in parents]
        numbers = (np.array(own, np.intp), np.array(rows, np.intp), np.array(starts, np.intp))
        return Level(*numbers, np.array(valid), np.array(needed))


def _span(area: Area) -> tuple[int, int, int, int]:
    """Months (year·12 + month − 1): the first and last in which an area exists at all, and throughout."""
    first = _month(area.valid_from)
    whole = first if area.valid_from.day == 1 else first + 1
    if area.valid_to is None:
        return first, _NEVER, whole, _NEVER
    last = _month(area.valid_to)
    ends_month = (area.valid_to + timedelta(days=1)).day == 1
    return first, last, whole, last if ends_month else last - 1


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1
