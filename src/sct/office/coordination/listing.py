"""The list of indicators: each series with figures, its value for the chosen period and the years behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sct.catalogue import load
from sct.catalogue.model import Area, Figure, Indicator, SeriesKey, Transformation
from sct.office.coordination import columns
from sct.office.coordination.columns import HOWS, Columns, Positions
from sct.office.coordination.tallies import Tallies
from sct.office.ledger import queries
from sct.office.ledger.queries import AsOf
from sct.office.people.queries import Someone
from sct.vietnamese.periods import Period
from sct.vietnamese.text import search_key

SHOWN = (Transformation.LEVEL, Transformation.YOY)
Series = tuple[str, str]  # indicator, breakdown


@dataclass(frozen=True, slots=True)
class Row:
    """An indicator or named view; `values` hold level and growth, each the chosen period's or the latest before it."""

    entry: Indicator
    values: dict[Transformation, Figure]
    spark: tuple[tuple[int, float], ...]
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
    kept = columns.of(person)
    series, tallies = present(person, area, as_of), Tallies(person, as_of)
    counted = {entry.code: told for entry in entries(query) if (told := _counted(tallies, entry, area, period, series))}
    listed = [
        (entry, series.get(entry.series))
        for entry in entries(query)
        if empty or entry.series in series or entry.code in counted
    ]
    chosen = {
        entry.code: {how: best for how in SHOWN if (best := latest(kept, mine, how, period)) is not None}
        for entry, mine in listed
        if mine is not None
    }
    wanted = sorted({position for values in chosen.values() for position in values.values()})
    figures = dict(zip(wanted, queries.figures(person, [int(kept["id"][place]) for place in wanted]), strict=True))
    return [
        Row(
            entry,
            {how: figures[place] for how, place in chosen.get(entry.code, {}).items()} or counted.get(entry.code, {}),
            () if mine is None else spark(kept, mine, entry.headline),
            0 if mine is None else len(mine),
            entry.view,
        )
        for entry, mine in listed
    ]


def _counted(
    tallies: Tallies, entry: Indicator, area: Area, period: Period, series: Mapping[Series, Positions]
) -> dict[Transformation, Figure]:
    """What a register counts of an indicator of which nothing was reported."""
    if entry.series in series or entry.series not in tallies.rules():
        return {}
    figure = tallies.figure(SeriesKey(entry.series[0], area.key, entry.series[1]), period)
    return {} if figure is None else {Transformation.LEVEL: figure}


def entries(query: str = "") -> list[Indicator]:
    """Indicators and named parts that match a query; a transformation or a whole breakdown is on its parent's page."""
    words = search_key(query).split()
    listed = (entry for entry in load().entries if not entry.view or ":" in entry.breakdown)
    return [entry for entry in listed if _matches(entry, words)]


def _matches(entry: Indicator, words: list[str]) -> bool:
    if not words:
        return True
    text = search_key(" ".join((entry.name, entry.name_en, entry.code, entry.number, *entry.aliases)))
    return all(word in text for word in words)


def present(person: Someone, area: Area, as_of: AsOf) -> dict[Series, Positions]:
    """The series of an area that have a figure, with the current rows of each."""
    kept = columns.of(person)
    found = kept.actual(kept.rows(columns.scope(person, area, as_of)))
    if not len(found):
        return {}
    groups: dict[Series, list[Positions]] = {}
    series = kept["series"][found]  # in order: the newest of each cell come by series
    for part in np.split(found, np.flatnonzero(series[1:] != series[:-1]) + 1):
        indicator, breakdown, _area, _how = kept.series.words[kept["series"][part[0]]]
        groups.setdefault((indicator, breakdown), []).append(part)
    return {key: np.concatenate(parts) for key, parts in groups.items()}


def latest(kept: Columns, mine: Positions, how: Transformation, period: Period) -> int | None:
    """The row of the chosen period, else of the last that ends by then (the longest of those that end together);
    several years together only where there is nothing else."""
    mine = mine[kept["how"][mine] == HOWS.index(how)]
    first, last = kept["first"][mine], kept["last"][mine]
    wanted = period.months
    same = mine[(first == wanted[0]) & (last == wanted[1])]
    if len(same):
        return int(same[0])
    before = last <= wanted[1]
    whole = before & (last - first < 12)
    fit = np.flatnonzero(whole if whole.any() else before)
    if not len(fit):
        return None
    return int(mine[max(fit.tolist(), key=lambda place: (last[place], -first[place]))])


def spark(kept: Columns, mine: Positions, how: Transformation) -> tuple[tuple[int, float], ...]:
    """Yearly values in the way the indicator is usually told, else in the other way; nothing below three."""
    first, yearly = kept["first"][mine], kept["last"][mine] - kept["first"][mine] == 11
    for way in dict.fromkeys((how, *SHOWN)):
        fit = yearly & (first % 12 == 0) & (kept["how"][mine] == HOWS.index(way))
        if fit.sum() >= 3:
            return tuple(sorted(zip((first[fit] // 12).tolist(), kept["value"][mine[fit]].tolist(), strict=True)))
    return ()
