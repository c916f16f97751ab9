"""A panel: one transformation at one grain of a family, as one float64 array.

The array is [variable, area, column], contiguous, so its two-dimensional view is [series, period]. A variable is
(indicator, breakdown). Beside each value stands the number of the observation it came from (-1: none).
Values are in the base unit of the indicator's dimension (đồng, USD, kWh, %); NaN is "not known".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sct.engine.axis import Axis, Grain

Floats = NDArray[np.float64]
Cells = NDArray[np.int64]
Variable = tuple[str, str]  # (indicator code, breakdown)


@dataclass(frozen=True, slots=True)
class Panel:
    """Values and observation numbers of some variables over all areas and columns of an axis."""

    grain: Grain
    axis: Axis
    variables: Mapping[Variable, int]
    values: Floats
    cells: Cells | None = None

    @classmethod
    def from_rows(
        cls,
        grain: Grain,
        axis: Axis,
        variables: Mapping[Variable, int],
        *,
        at: tuple[NDArray[Any], NDArray[Any], NDArray[Any]],
        values: Floats,
        cells: Cells | None = None,
    ) -> Panel:
        """A panel of long rows: `at` are the variable, area and column numbers of each value."""
        shape = (len(variables), len(axis.areas), axis.columns(grain))
        panel = np.full(shape, np.nan)
        panel[at] = values
        known: Cells | None = None
        if cells is not None:
            known = np.full(shape, -1, dtype=np.int64)
            known[at] = cells
        return cls(grain, axis, variables, panel, known)

    @property
    def matrix(self) -> Floats:
        """[series, period]: series are variables times areas, areas running fastest."""
        return self.values.reshape(-1, self.values.shape[2])

    def block(self, variable: Variable) -> Floats | None:
        """[area, column] of one variable, a view; None if the panel has none of it."""
        number = self.variables.get(variable)
        return None if number is None else self.values[number]

    def cell(self, variable: Variable, row: int, column: int) -> int:
        """The number of the observation in a cell, -1 if it holds none."""
        number = self.variables.get(variable)
        return -1 if number is None or self.cells is None else int(self.cells[number, row, column])
