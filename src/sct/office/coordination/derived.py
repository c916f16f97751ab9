"""Computed figures of an area: the ledger's columns fed to the engine, family by family, kept while a family stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sct.catalogue import load
from sct.catalogue.load import Catalogue
from sct.catalogue.model import Area, Figure, Transformation
from sct.engine.axis import Axis, Grain
from sct.engine.choosing import Cell
from sct.engine.computing import FamilyPanels
from sct.engine.panel import Panel
from sct.office.coordination.columns import HOWS, PLAN, Columns, Positions, Scope, columns
from sct.office.coordination.state import Kept, stamp
from sct.office.ledger import queries
from sct.office.ledger.queries import NOW, AsOf
from sct.office.people.queries import Someone, below

if TYPE_CHECKING:
    from sct.engine import Computed, Derived
    from sct.engine.areas import AreaTree
    from sct.engine.families import Ties
    from sct.engine.family import Family

_families = Kept(96)
_UPPER = 2  # the upper end of a planned range: progress is measured against the lower one


class ColumnFeed:
    """The figures of one family within a scope; cell numbers are positions in the columns."""

    def __init__(self, kept: Columns, scope: Scope) -> None:
        self.columns = kept
        rows = kept.rows(scope)
        self.current = kept.actual(rows)
        plans = (kept["stage"][rows] == PLAN) & (kept["bound"][rows] != _UPPER)
        self.plans = kept.newest(rows[plans])
        self._made: FamilyPanels | None = None

    def ids(self) -> list[int]:
        """The numbers of the observations that the panels hold."""
        return sorted(self.columns.ids(np.concatenate([self.current, self.plans])))

    def panels(self, name: str, ties: Ties, tree: AreaTree) -> FamilyPanels:
        kept, every = self.columns, np.concatenate([self.current, self.plans])
        axis = Axis((), 2000, 1)
        if len(every):
            keys = {kept.areas.words[code] for code in np.unique(kept["area"][every])}
            first, last = int(kept["first"][every].min()) // 12, int(kept["last"][every].max()) // 12
            axis = Axis(tree.with_parents(keys), first, last - first + 1)
        level = HOWS.index(Transformation.LEVEL)
        reported = {
            (HOWS[how], grain): panel
            for how in np.unique(kept["how"][self.current]).tolist()
            for grain, panel in self._of(axis, self.current[kept["how"][self.current] == how])
        }
        plans = dict(self._of(axis, self.plans[kept["how"][self.plans] == level]))
        self._made = FamilyPanels(name, axis, ties, tree, reported=reported, plans=plans)
        return self._made

    def _of(self, axis: Axis, rows: Positions) -> Iterator[tuple[Grain, Panel]]:
        """The panels that some rows of one transformation fill, one a grain; months from January are a running sum
        too, whatever their name."""
        kept = self.columns
        places = np.array([axis.row(key) or 0 for key in kept.areas.words] or [0])
        series = np.unique(kept["series"][rows])
        named = {int(code): (kept.series.words[code][0], kept.series.words[code][1]) for code in series}
        numbers = {variable: number for number, variable in enumerate(sorted(set(named.values())))}
        variable_of = np.zeros(max(named, default=0) + 1, np.intp)
        for code, variable in named.items():
            variable_of[code] = numbers[variable]
        for grain, fits, column in _columns(kept["first"][rows], kept["last"][rows], axis.first_year):
            if fits.any():
                mine = rows[fits]
                at = (variable_of[kept["series"][mine]], places[kept["area"][mine]], column[fits])
                values, cells = kept["value"][mine], mine.astype(np.int64)
                yield grain, Panel.from_rows(grain, axis, numbers, at=at, values=values, cells=cells)

    def figure(self, number: int) -> Figure:
        return self.columns.figure(number)

    def reported(self, cell: Cell) -> Figure | None:
        series, period, transformation = cell
        kept, rows = self.columns, self.current
        how, (first, last) = HOWS.index(transformation), period.months
        fits = (kept["first"][rows] == first) & (kept["last"][rows] == last) & (kept["how"][rows] == how)
        key = (series.indicator, series.breakdown, series.area, transformation.value)
        found = [place for place in rows[fits].tolist() if kept.series.words[kept["series"][place]] == key]
        return kept.figure(found[0]) if found else None


def _columns(
    first: NDArray[np.int32], last: NDArray[np.int32], first_year: int
) -> Iterator[tuple[Grain, NDArray[np.bool_], NDArray[np.int32]]]:
    """For each grain which rows have a place in its panels, and the column of each."""
    from_start, length, inside = first - first_year * 12, last - first + 1, first % 12
    for grain in Grain:
        if grain is Grain.CUMULATIVE:
            yield grain, (inside == 0) & (length <= 12), last - first_year * 12
        else:
            yield grain, (length == grain.months) & (inside % grain.months == 0), from_start // grain.months


class _Families(Mapping[str, "Family"]):
    """The families of a scope, each made when first asked for and kept until one of its figures comes or goes."""

    def __init__(self, kept: Columns, scope: Scope) -> None:
        self._columns = kept
        self._scope = scope
        self._mine: dict[str, Family] = {}  # one question sees one state

    def __getitem__(self, name: str) -> Family:
        if name not in self._mine:
            members = _members(load())[name]
            key = (self._columns.serial, self._columns.version(members, self._scope.areas), self._scope, name)
            self._mine[name] = _families.get(key, lambda: self._make(name, members))
        return self._mine[name]

    def _make(self, name: str, members: frozenset[str]) -> Family:
        from sct.engine.family import Family

        scope = Scope(self._scope.seen, self._scope.areas, members, self._scope.as_of)
        return Family(name, ColumnFeed(self._columns, scope), *_knots(load()))

    def __iter__(self) -> Iterator[str]:
        """Families that any figure belongs to."""
        return (name for name, members in sorted(_members(load()).items()) if members & self._columns.indicators.keys())

    def __len__(self) -> int:
        return sum(1 for _name in self)


@lru_cache(maxsize=2)
def _knots(catalogue: Catalogue) -> tuple[Ties, AreaTree]:
    from sct.engine.areas import AreaTree
    from sct.engine.families import ties

    return ties(catalogue), AreaTree(catalogue.areas)


@lru_cache(maxsize=2)
def _members(catalogue: Catalogue) -> dict[str, frozenset[str]]:
    """The indicators of each family."""
    found: dict[str, set[str]] = {}
    for code, family in _knots(catalogue)[0].family_of.items():
        found.setdefault(family, set()).add(code)
    return {name: frozenset(codes) for name, codes in found.items()}


def kin(indicator: str) -> frozenset[str]:
    """The indicators whose figures may move what is known or computed of one: those of its family, itself at least."""
    family = _knots(load())[0].family_of.get(indicator, "")
    return _members(load()).get(family, frozenset()) | {indicator}


def derived(person: Someone, area: Area | None, as_of: AsOf = NOW) -> Derived:
    """What the engine computes from the current values of an area and everything under it (None: of all areas);
    an accepted observation is in it at once."""
    from sct.engine import Derived

    now = stamp(person)
    scope = Scope(now.areas, None if area is None else below(area.key), None, as_of)
    return Derived(_Families(columns(now), scope), *_knots(load()), load().units)


def sourced(person: Someone, found: Computed, known: dict[int, Figure] | None = None) -> Computed:
    """A computed value whose operands have the words of their sources, read in one query where they are not `known`
    (which then keeps them)."""
    known = {} if known is None else known
    missing = [figure.id for figure in found.operands if figure.id not in known]
    known.update({figure.id: figure for figure in queries.figures(person, missing)} if missing else {})
    return replace(found, operands=tuple(known.get(figure.id, figure) for figure in found.operands))
