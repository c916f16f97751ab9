"""Areas within an area, from the deepest level up, by one `reduceat` over areas sorted by parent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sct.engine.kernels.kernel import kernel
from sct.engine.panel import Floats


@kernel("areas", ("area…",), "", "Σ {n}", additive=True)
def areas(first: Any, *others: Any) -> Any:
    """The same sum for one cell; over panels `roll_up` does all parents at once."""
    for area in others:
        first = first + area
    return first


@dataclass(frozen=True, slots=True)
class Level:
    """Parents of one depth with their children: rows of the panel, children sorted by parent.

    `starts` says where each parent's children begin in `children`. `valid` [child, column] is true where the child
    exists throughout the period; `needed` [parent, column] is how many areas make up the parent then (an area that
    exists for a part of the period only is needed and never there, so that the sum is refused).
    """

    parents: NDArray[np.intp]
    children: NDArray[np.intp]
    starts: NDArray[np.intp]
    valid: NDArray[np.bool_]
    needed: NDArray[np.int64]


def roll_up(block: Floats, levels: Sequence[Level]) -> tuple[Floats, Floats]:
    """(sums, filled) of a block [area, column]: the sum of each parent's areas, NaN unless all are known, and the
    block with those sums where a parent had no value of its own. `levels` go from the deepest up.
    """
    sums = np.full(block.shape, np.nan)
    filled = block.copy()
    for level in levels:
        children = filled[level.children]
        there = level.valid & ~np.isnan(children)
        known = np.add.reduceat(there, level.starts, axis=0, dtype=np.int64)
        added = np.add.reduceat(np.where(there, children, 0.0), level.starts, axis=0)
        whole = np.where((known == level.needed) & (level.needed > 0), added, np.nan)
        sums[level.parents] = whole
        own = filled[level.parents]
        filled[level.parents] = np.where(np.isnan(own), whole, own)
    return sums, filled
