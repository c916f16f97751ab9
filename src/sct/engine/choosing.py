"""Which reported figure feeds a cell: the latest published actual one; and the plan beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from sct.catalogue.model import Figure, SeriesKey, Stage, Transformation
from sct.vietnamese.periods import Period

Cell = tuple[SeriesKey, Period, Transformation]


@dataclass(slots=True)
class Chosen:
    """One figure a cell: actual values and plans apart."""

    actual: dict[Cell, Figure] = field(default_factory=dict)
    plans: dict[Cell, Figure] = field(default_factory=dict)


def choose(figures: Iterable[Figure]) -> Chosen:
    """The current figure of every cell (under its canonical period), whatever the order in which they come.

    Latest published (its last possible day, then the more precise date, then the later entered, then the higher id).
    Forecasts and computed values feed nothing; one end of a range is not a value, but the lower end of a planned range
    is what progress is measured against.
    """
    chosen = Chosen()
    for figure in figures:
        if figure.stage in (Stage.FORECAST, Stage.COMPUTED):
            continue
        if figure.stage is Stage.PLAN:
            if figure.bound != "upper":
                _put(chosen.plans, figure)
        elif not figure.bound:
            _put(chosen.actual, figure)
    return chosen


def _put(cells: dict[Cell, Figure], figure: Figure) -> None:
    series, period, transformation = figure.cell
    cell = (series, period.canonical, transformation)
    there = cells.get(cell)
    if there is None or _age(there) < _age(figure):
        cells[cell] = figure


def _age(figure: Figure) -> tuple[date, int, date, int, object, str]:
    """Orders the figures of one cell; the last two only make ties steady."""
    published = figure.published
    when = (date.min, 0) if published is None else (published.last, int(published.precision))
    value = figure.quantity.value
    return (*when, figure.entered or date.min, figure.id, value, f"{figure.stage.value} {figure.origin}")
