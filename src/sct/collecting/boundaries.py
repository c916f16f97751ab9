"""One series over the change of July 2025 (NQ 1656/NQ-UBTVQH15), told on old and on new boundaries.

Districts reported until June 2025, communes since. A value is carried over in three ways and no other:

- whole: every part of the area lies within one area of the other side, so its value belongs there;
- weighted: recorded shares (declarations/weights) with their source say how much belongs where;
- refused: neither holds. Nothing is split silently; the gap names the areas whose weights are missing.

A carried value has the status *quy đổi* and keeps its operands and weights. It is computed and never recorded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from sct.catalogue.forms import Weight
from sct.catalogue.load import Catalogue
from sct.catalogue.model import Adds, Area

CHANGE = date(2025, 7, 1)


@dataclass(frozen=True, slots=True)
class Share:
    """How much of `source` belongs to the area asked about, and who says so ("" where it lies there whole)."""

    source: str
    weight: Fraction
    said_by: str = ""


@dataclass(frozen=True, slots=True)
class Carried:
    """A value on the other boundaries, in the unit of its operands; `shares` are what it was made of."""

    value: Fraction
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Why nothing can be told: areas whose weights are not recorded, and areas without a value."""

    without_weight: tuple[str, ...] = ()
    without_value: tuple[str, ...] = ()
    not_additive: bool = False


@dataclass(frozen=True, slots=True)
class Sides:
    """The areas on both sides of a change under one parent, and which pieces they share."""

    old: tuple[Area, ...]
    new: tuple[Area, ...]
    touching: Mapping[str, frozenset[str]]  # an area of either side → the areas of the other side it shares land with


def sides(catalogue: Catalogue, parent: str, change: date = CHANGE) -> Sides:
    """Districts before and communes after a change; they touch where an old commune of a district went to a commune."""
    areas = catalogue.areas
    old = tuple(area for area in areas.children(parent, change - timedelta(days=1)) if area.level == "district")
    new = tuple(area for area in areas.children(parent, change) if area.level == "commune")
    district_of = {piece.key: one.key for one in old for piece in areas.children(one.key, change - timedelta(days=1))}
    touching: dict[str, set[str]] = defaultdict(set)
    for area in new:
        for piece in (*area.predecessors, *area.partial_predecessors):
            if piece in district_of:
                touching[area.key].add(district_of[piece])
                touching[district_of[piece]].add(area.key)
    return Sides(old, new, {key: frozenset(found) for key, found in touching.items()})


def shares(weights: Sequence[Weight], both: Sides, target: str, indicator: str) -> tuple[Share, ...] | Gap:
    """What of the other side makes up an area for an indicator; a gap where a share is neither whole nor recorded.

    `weights` are those in force: declared (`catalogue.weights`) or recorded by a person.
    """
    found: list[Share] = []
    missing: list[str] = []
    for source in sorted(both.touching.get(target, frozenset())):
        if both.touching[source] == {target}:
            found.append(Share(source, Fraction(1)))
            continue
        recorded = _recorded(weights, source, target, indicator)
        if recorded is None:
            missing.append(source)
        elif recorded.weight:
            found.append(recorded)
    if missing or not found:
        return Gap(without_weight=tuple(missing))
    return tuple(found)


def _recorded(weights: Sequence[Weight], source: str, target: str, indicator: str) -> Share | None:
    """The recorded share, that of the indicator before that of all; 0 where the source's shares name others only."""
    for code in (indicator, "*"):
        mine = [weight for weight in weights if weight.source_area == source and weight.indicator == code]
        if not mine or sum(weight.share for weight in mine) != 1:
            continue
        for weight in mine:
            if weight.target_area == target:
                return Share(source, weight.share, weight.source)
        return Share(source, Fraction(0), mine[0].source)
    return None


def carried(  # noqa: PLR0917 (where, on which boundaries, by which weights, of what)
    catalogue: Catalogue,
    both: Sides,
    target: str,
    indicator: str,
    values: Mapping[str, Fraction],
    weights: Sequence[Weight] | None = None,
) -> Carried | Gap:
    """The value of an area made of values on the other side of the change; only for what adds over areas."""
    if catalogue.indicator(indicator).over_areas is not Adds.SUM:
        return Gap(not_additive=True)
    parts = shares(catalogue.weights if weights is None else weights, both, target, indicator)
    if isinstance(parts, Gap):
        return parts
    empty = tuple(share.source for share in parts if share.source not in values)
    if empty:
        return Gap(without_value=empty)
    total = sum((values[share.source] * share.weight for share in parts), Fraction(0))
    return Carried(total, parts)


def names(catalogue: Catalogue, keys: Iterable[str]) -> str:
    """The areas as a sentence names them."""
    return ", ".join(catalogue.areas[key].name for key in keys)
