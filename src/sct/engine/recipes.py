"""Which cells a computed cell is made of: a table of recipes, one kernel and where its operands lie.

A recipe is a list of steps. Step (phase, stride) makes the columns phase, phase + stride, …; for the k-th of them
an operand is the column offset + step·k of its panel. Recipes of one cell are tried in order; the first whose
operands are all known makes the value. A level is never made of itself: sums of months use reported cumulative
figures of other columns only, so that reported and computed can be held against each other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache

from sct.catalogue.model import Adds, Indicator, Kind, Transformation
from sct.engine import kernels
from sct.engine.axis import Grain
from sct.engine.kernels import Kernel
from sct.engine.panel import Variable

LEVEL = Transformation.LEVEL
MONTH, QUARTER, HALF, CUMULATIVE, YEAR = Grain


class Which(Enum):
    """Which value of a cell an operand is."""

    REPORTED = "reported"
    SETTLED = "settled"  # reported, else the sum of its areas
    COMPUTED = "computed"
    BEST = "best"  # reported, else computed
    PLAN = "plan"

    __hash__ = object.__hash__  # members are single; the enum's own hash is Python code, and panels are looked up much


@dataclass(frozen=True, slots=True)
class Take:
    """An operand; `variable` None is the series itself."""

    which: Which
    grain: Grain
    offset: int = 0
    step: int = 1
    transformation: Transformation = LEVEL
    variable: Variable | None = None

    def of(self, variable: Variable) -> Take:
        return replace(self, variable=variable)


@dataclass(frozen=True, slots=True, eq=False)  # known by identity: steps are looked up much, and made once
class Step:
    phase: int
    stride: int
    takes: tuple[Take, ...]


@dataclass(frozen=True, slots=True)
class Recipe:
    kernel: Kernel
    steps: tuple[Step, ...]


def _take(grain: Grain, column: int, years: int = 1) -> Take:
    """The column of each year of a grain (0: January, first quarter …); `years` 0 repeats by column."""
    return Take(Which.SETTLED, grain, column, grain.per_year * years)


def _sliding(kernel: Kernel, *takes: Take) -> Recipe:
    return Recipe(kernel, (Step(0, 1, takes),))


def _yearly(kernel: Kernel, grain: Grain, columns: Iterable[tuple[int, tuple[Take, ...]]]) -> Recipe:
    return Recipe(kernel, tuple(Step(column, grain.per_year, takes) for column, takes in columns))


def _within(kernel: Kernel, target: Grain, source: Grain) -> Recipe:
    """Every column of `target` from the columns of `source` inside it."""
    inside = source.per_year // target.per_year
    return _sliding(kernel, *(Take(Which.SETTLED, source, n, inside) for n in range(inside)))


def _running(kernel: Kernel, source: Grain) -> Recipe:
    """Cumulative columns at the end of each column of `source`, from all columns of the year up to it."""
    width = 12 // source.per_year
    return _yearly(
        kernel,
        CUMULATIVE,
        (
            ((n + 1) * width - 1, tuple(_take(source, earlier) for earlier in range(n + 1)))
            for n in range(source.per_year)
        ),
    )


def _cum(month: int) -> Take:
    """Cumulative to a month, January 1."""
    return _take(CUMULATIVE, month - 1)


_ADDED: dict[Grain, tuple[Recipe, ...]] = {
    MONTH: (
        _yearly(kernels.last, MONTH, [(0, (_cum(1),))]),
        _yearly(kernels.difference, MONTH, [(m - 1, (_cum(m), _cum(m - 1))) for m in range(2, 13)]),
    ),
    QUARTER: (
        _within(kernels.total, QUARTER, MONTH),
        _yearly(kernels.last, QUARTER, [(0, (_cum(3),))]),
        _yearly(kernels.difference, QUARTER, [(q, (_cum(3 * q + 3), _cum(3 * q))) for q in range(1, 4)]),
    ),
    HALF: (
        _within(kernels.total, HALF, MONTH),
        _within(kernels.total, HALF, QUARTER),
        _yearly(kernels.last, HALF, [(0, (_cum(6),))]),
        _yearly(kernels.difference, HALF, [(1, (_cum(12), _cum(6)))]),
        _yearly(kernels.difference, HALF, [(1, (_take(YEAR, 0), _cum(6)))]),
    ),
    CUMULATIVE: (
        _running(kernels.ytd, MONTH),
        _running(kernels.total, QUARTER),
        _running(kernels.total, HALF),
        _yearly(kernels.last, CUMULATIVE, [(11, (_take(YEAR, 0),))]),
        _yearly(kernels.total, CUMULATIVE, [(m - 1, (_cum(m - 1), _take(MONTH, m - 1))) for m in range(2, 13)]),
        _yearly(kernels.total, CUMULATIVE, [(m - 1, (_cum(m - 3), _take(QUARTER, m // 3 - 1))) for m in (6, 9, 12)]),
        _yearly(kernels.total, CUMULATIVE, [(8, (_take(HALF, 0), _take(QUARTER, 2)))]),
    ),
    YEAR: (
        _within(kernels.total, YEAR, MONTH),
        _within(kernels.total, YEAR, QUARTER),
        _within(kernels.total, YEAR, HALF),
        _sliding(kernels.last, _cum(12)),
        _sliding(kernels.total, _cum(11), _take(MONTH, 11)),
        _sliding(kernels.total, _cum(9), _take(QUARTER, 3)),
    ),
}
_LAST: dict[Grain, tuple[Recipe, ...]] = {
    QUARTER: (_sliding(kernels.last, Take(Which.SETTLED, MONTH, 2, 3)),),
    HALF: (
        _sliding(kernels.last, Take(Which.SETTLED, MONTH, 5, 6)),
        _sliding(kernels.last, Take(Which.SETTLED, QUARTER, 1, 2)),
    ),
    CUMULATIVE: (
        _sliding(kernels.last, Take(Which.SETTLED, MONTH)),
        _yearly(kernels.last, CUMULATIVE, [(3 * q + 2, (_take(QUARTER, q),)) for q in range(4)]),
    ),
    YEAR: (
        _sliding(kernels.last, _take(MONTH, 11)),
        _sliding(kernels.last, _take(QUARTER, 3)),
        _sliding(kernels.last, _take(HALF, 1)),
    ),
}


def _of_months(kernel: Kernel) -> dict[Grain, tuple[Recipe, ...]]:
    longer = {grain: (_within(kernel, grain, MONTH),) for grain in (QUARTER, HALF, YEAR)}
    return {**longer, CUMULATIVE: (_running(kernel, MONTH),)}


_OVER_TIME: dict[Adds, dict[Grain, tuple[Recipe, ...]]] = {
    Adds.SUM: _ADDED,
    Adds.LAST: _LAST,
    Adds.AVERAGE: _of_months(kernels.average),
    Adds.MAXIMUM: _of_months(kernels.maximum),
}


# -- what the kind of an indicator allows -------------------------------------------------------------


def adds_over_time(indicator: Indicator) -> bool:
    """An index, a rate and a share are never added, whatever a declaration says."""
    return indicator.over_time is not Adds.SUM or indicator.kind in (Kind.FLOW, Kind.COUNT)


def adds_over_areas(indicator: Indicator) -> bool:
    return indicator.over_areas is Adds.SUM and indicator.kind in (Kind.FLOW, Kind.STOCK, Kind.COUNT)


def grows(indicator: Indicator) -> bool:
    """Whether a growth in % of its level says something; two percentages differ by points instead."""
    return indicator.unit.dimension not in ("percent", "percentage_point")


def has_parts(indicator: Indicator) -> bool:
    """Whether shares and contributions of its level make sense: what adds, in money, pieces, kWh …"""
    return grows(indicator) and indicator.kind in (Kind.FLOW, Kind.STOCK, Kind.COUNT)


# -- recipes by transformation ------------------------------------------------------------------------


def over_time(indicator: Indicator, grain: Grain) -> tuple[Recipe, ...]:
    """Levels of a grain from levels of other grains of the same series."""
    if not adds_over_time(indicator):
        return ()
    return _OVER_TIME.get(indicator.over_time, {}).get(grain, ())


def together(kernel: Kernel, grain: Grain, variables: Iterable[Variable], which: Which) -> Recipe:
    """A level from other series at the same column: the parts of a whole, the names of a formula."""
    return _sliding(kernel, *(Take(which, grain).of(variable) for variable in variables))


@cache
def growth(transformation: Transformation, grain: Grain) -> tuple[Recipe, ...]:
    """MOM, YOY and SINCE_DECEMBER of a level."""
    best = Take(Which.BEST, grain)
    if transformation is Transformation.YOY:
        return (_sliding(kernels.yoy, best, replace(best, offset=-grain.per_year)),)
    if transformation is Transformation.MOM and grain in (MONTH, QUARTER, HALF):
        return (_sliding(kernels.mom, best, replace(best, offset=-1)),)
    return ()


@cache
def since_december() -> tuple[Recipe, ...]:
    """Of a price index: from its levels, else from its monthly changes."""
    level = Take(Which.BEST, MONTH, step=12)
    changes = replace(level, transformation=Transformation.MOM)
    return (
        _yearly(
            kernels.since_december,
            MONTH,
            [(m, (replace(level, offset=m), replace(level, offset=-1))) for m in range(12)],
        ),
        _yearly(
            kernels.chained, MONTH, [(m, tuple(replace(changes, offset=n) for n in range(m + 1))) for m in range(12)]
        ),
    )


def of_whole(transformation: Transformation, grain: Grain, whole: Variable) -> tuple[Recipe, ...]:
    """SHARE, CONTRIBUTION and GROWTH_SHARE of a part."""
    now = Take(Which.BEST, grain)
    before = replace(now, offset=-grain.per_year)
    if transformation is Transformation.SHARE:
        return (_sliding(kernels.share, now, now.of(whole)),)
    if transformation is Transformation.CONTRIBUTION:
        return (_sliding(kernels.contribution, now, before, before.of(whole)),)
    points = replace(now, transformation=Transformation.CONTRIBUTION)
    of_growth = replace(now, transformation=Transformation.YOY, variable=whole)
    return (_sliding(kernels.growth_share, points, of_growth),)


@cache
def progress(grain: Grain) -> tuple[Recipe, ...]:
    """Against the plan of the same period; a cumulative value also against the plan of its year."""
    actual = Take(Which.BEST, grain)
    same = _sliding(kernels.progress, actual, Take(Which.PLAN, grain))
    if grain is not CUMULATIVE:
        return (same,)
    year = Take(Which.PLAN, YEAR)
    of_year = _yearly(kernels.progress, grain, [(m, (replace(actual, offset=m, step=12), year)) for m in range(12)])
    return same, of_year
