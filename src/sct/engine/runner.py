"""The local runner: families over threads. numpy lets go of the lock, so two threads use two cores.

Every block is computed by one thread in one order, so results are equal to the last bit whatever the threads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from sct.catalogue.model import Transformation
from sct.engine.axis import Grain
from sct.engine.computing import FamilyPanels
from sct.engine.panel import Floats, Variable
from sct.engine.recipes import LEVEL

Result = TypeVar("Result")
THREADS_PAY = (
    100_000  # values in a block; measured: at 4,000 two threads cost twice the CPU of one, at 400,000 they gain
)


@dataclass(frozen=True, slots=True)
class Measure:
    """What to compute for every variable: a transformation at a grain."""

    transformation: Transformation
    grain: Grain


def blocks(panels: FamilyPanels, measures: Iterable[Measure]) -> Iterator[tuple[Measure, Variable, Floats]]:
    """Every computed block [area, column] of a family, one at a time; only levels are kept between them."""
    wanted = tuple(measures)
    for variable in panels.variables:
        for measure in wanted:
            block = panels.computed(measure.transformation, measure.grain, variable)
            if block is not None:
                yield measure, variable, block
        panels.forget(keep=LEVEL)
    panels.forget()


def run(
    families: Iterable[FamilyPanels],
    measures: Iterable[Measure],
    consume: Callable[[FamilyPanels, Iterator[tuple[Measure, Variable, Floats]]], Result],
    threads: int = 1,
    worth: int = THREADS_PAY,
) -> list[Result]:
    """What `consume` makes of each family, in the order of the families.

    More threads than one are used only for blocks large enough that numpy, not Python, takes the time.
    """
    wanted, listed = tuple(measures), list(families)
    largest = max((len(one.axis.areas) * one.axis.columns(Grain.MONTH) for one in listed), default=0)

    def one(panels: FamilyPanels) -> Result:
        return consume(panels, blocks(panels, wanted))

    if threads <= 1 or largest < worth:
        return [one(panels) for panels in listed]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(one, listed))
