"""The list of indicators: each series with figures, its value for the chosen period and the years behind it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction

from sct.catalogue import load
from sct.catalogue.model import Area, Figure, Indicator, Transformation
from sct.office.coordination.derived import figures
from sct.office.ledger.queries import AsOf
from sct.office.people.queries import Someone
from sct.vietnamese.periods import Period, PeriodKind
from sct.vietnamese.text import search_key

SHOWN = (Transformation.LEVEL, Transformation.YOY)


@dataclass(frozen=True, slots=True)
class Row:
    """An indicator or named view; `values` hold level and growth, each the chosen period's or the latest before it."""

    entry: Indicator
    values: dict[Transformation, Figure]
    spark: tuple[tuple[int, Fraction], ...]
    count: int
    part: bool

    @property
    def level(self) -> Figure | None:
        return self.values.get(Transformation.LEVEL)

    @property
    def growth(self) -> Figure | None:
        return self.values.get(Transformation.YOY)


def rows(
    person: Someone, area: Area, period: Period, as_of: AsOf, *, query: str = "", empty: bool = False
) -> list[Row]:
    """Rows in catalogue order. `query` is matched without diacritics; `empty` adds indicators without figures."""
    by_series: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in figures(person, area, as_of):
        if figure.series.area == area.key:
            by_series[figure.series.indicator, figure.series.breakdown].append(figure)
    words = search_key(query).split()
    found = []
    for entry in load().entries:
        if entry.view and ":" not in entry.breakdown:
            continue  # a transformation or a whole breakdown: the parent's page shows it
        mine = by_series.get(entry.series, [])
        if (mine or empty) and _matches(entry, words):
            found.append(_row(entry, mine, period))
    return found


def _matches(entry: Indicator, words: list[str]) -> bool:
    text = search_key(" ".join((entry.name, entry.name_en, entry.code, entry.number, *entry.aliases)))
    return all(word in text for word in words)


def _row(entry: Indicator, mine: list[Figure], period: Period) -> Row:
    values = {how: best for how in SHOWN if (best := latest(mine, how, period)) is not None}
    return Row(entry, values, spark(mine, entry.headline), len(mine), entry.view)


def latest(mine: list[Figure], how: Transformation, period: Period) -> Figure | None:
    """The figure of the chosen period, else the last one that ends by then (the longest of those that end together)."""
    fit = [f for f in mine if f.transformation is how]
    same = next((f for f in fit if f.period == period), None)
    if same is not None:
        return same
    until = period.months[1]
    before = [f for f in fit if f.period.months[1] <= until]
    whole = [f for f in before if f.period.kind is not PeriodKind.SPAN] or before
    return max(whole, key=lambda f: (f.period.months[1], -f.period.months[0]), default=None)


def spark(mine: list[Figure], how: Transformation) -> tuple[tuple[int, Fraction], ...]:
    """Yearly values in the way the indicator is usually told, else in the other way; nothing below three."""
    for way in dict.fromkeys((how, *SHOWN)):
        points = sorted(
            (f.period.year, f.quantity.value)
            for f in mine
            if f.transformation is way and f.period.kind is PeriodKind.YEAR
        )
        if len(points) >= 3:
            return tuple(points)
    return ()
