"""The axes of a family's panels: areas down, periods across.

Every panel begins in January and covers whole years, so a period's column is plain arithmetic and the same
period a year before lies a fixed number of columns to the left.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from sct.vietnamese.periods import Period, PeriodKind


class Grain(Enum):
    """The frequency of a panel. Cumulative figures (lũy kế) are a month panel of their own."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    CUMULATIVE = "cumulative"
    YEAR = "year"

    __hash__ = object.__hash__  # members are single; the enum's own hash is Python code, and panels are looked up much

    @property
    def per_year(self) -> int:
        return _PER_YEAR[self]

    @property
    def months(self) -> int:
        """Months that one column stands for; for a cumulative column the step between columns."""
        return 12 // _PER_YEAR[self]


_PER_YEAR = {Grain.MONTH: 12, Grain.QUARTER: 4, Grain.HALF: 2, Grain.CUMULATIVE: 12, Grain.YEAR: 1}
_GRAINS = {
    PeriodKind.MONTH: Grain.MONTH,
    PeriodKind.QUARTER: Grain.QUARTER,
    PeriodKind.HALF: Grain.HALF,
    PeriodKind.CUMULATIVE: Grain.CUMULATIVE,
    PeriodKind.YEAR: Grain.YEAR,
}
_KINDS = {grain: kind for kind, grain in _GRAINS.items()}


def grain_of(period: Period) -> Grain | None:
    """The panel a period belongs to; None for a span of years, which is no column of any panel."""
    return _GRAINS.get(period.kind)


@dataclass(frozen=True, slots=True)
class Axis:
    """Areas (keys) and whole years that all panels of a family share."""

    areas: tuple[str, ...]
    first_year: int
    years: int
    _rows: dict[str, int] = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_rows", {key: row for row, key in enumerate(self.areas)})

    def columns(self, grain: Grain) -> int:
        return self.years * grain.per_year

    def row(self, area: str) -> int | None:
        return self._rows.get(area)

    def column(self, period: Period) -> int | None:
        """The column of a period in the panel of its grain; None for a span or outside the years."""
        grain = grain_of(period)
        if grain is None or not self.first_year <= period.year < self.first_year + self.years:
            return None
        inside = 0 if grain is Grain.YEAR else period.number - 1
        return (period.year - self.first_year) * grain.per_year + inside

    def period(self, grain: Grain, column: int) -> Period:
        year, inside = divmod(column, grain.per_year)
        return Period(_KINDS[grain], self.first_year + year, 0 if grain is Grain.YEAR else inside + 1)
