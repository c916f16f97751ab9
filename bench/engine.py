"""Seven measures over monthly figures: the engine beside two kinds of SQL, Polars and pandas.

Everybody starts from the same long rows (indicator, area, month, value) in memory and ends with the count and sum of
every value of every measure. Building panels, pivoting or sorting is inside each peer's time; the one peer that starts
from ready panels says so. Measures: mom, yoy, ytd, ytd_yoy, quarter sums, the sum of all areas, and the share of each
indicator in the whole of its family (of five indicators the first is the whole).
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa

from bench.engine_peers import NAMES, with_duckdb_pivoted, with_duckdb_windows, with_pandas, with_polars
from bench.frame import Bench, Peer, Result, agree
from sct.catalogue.model import Adds, Area, Indicator, Kind, Transformation
from sct.engine.areas import AreaTree
from sct.engine.axis import Axis, Grain
from sct.engine.computing import FamilyPanels
from sct.engine.families import Ties, ties
from sct.engine.panel import Floats, Panel, Variable
from sct.engine.recipes import LEVEL
from sct.engine.runner import Measure, run
from sct.vietnamese.quantities import Unit

AREAS, INDICATORS, MONTHS = 30, 300, 120
FAMILY = 5  # indicators of one family
MEASURES = {
    Measure(Transformation.MOM, Grain.MONTH): "mom",
    Measure(Transformation.YOY, Grain.MONTH): "yoy",
    Measure(LEVEL, Grain.CUMULATIVE): "ytd",
    Measure(Transformation.YOY, Grain.CUMULATIVE): "ytd_yoy",
    Measure(LEVEL, Grain.QUARTER): "quarter",
    Measure(LEVEL, Grain.MONTH): "area",
    Measure(Transformation.SHARE, Grain.MONTH): "share",
}


def rows(areas: int, indicators: int, months: int) -> pa.Table:
    """Made-up positive figures, one per indicator, area and month, in shuffled order."""
    draw = np.random.default_rng(2026)
    n = areas * indicators * months
    order = draw.permutation(n)
    return pa.table(
        {
            "indicator": (order // (areas * months)).astype(np.int32),
            "area": (order // months % areas).astype(np.int32),
            "month": (order % months).astype(np.int32),
            "value": draw.uniform(1, 100, n),
        }
    )


@dataclass(frozen=True)
class World:
    """A province of some areas and families of five indicators; made once, it is no part of any peer's work."""

    indicators: dict[str, Indicator]
    areas: dict[str, Area]
    axis: Axis
    knots: Ties
    tree: AreaTree


@dataclass(frozen=True)
class _Words:
    indicators: dict[str, Indicator]
    areas: dict[str, Area]


def world(areas: int, indicators: int, months: int) -> World:
    start = date(2000, 1, 1)
    unit = Unit("ty_dong", "VND")
    province = Area("99", start, "", "", "", "province")
    # Communes sort before their province, so panel rows are the areas of the rows, then the province.
    listed = [Area(f"{n:05d}", start, "", "", "", "commune", parent=province.key) for n in range(areas)]
    declared = {}
    for n in range(indicators):
        whole = "" if n % FAMILY == 0 else _code(n - n % FAMILY)
        declared[_code(n)] = Indicator(_code(n), "", "", "", "", unit, Kind.FLOW, Adds.SUM, Adds.SUM, parent=whole)
    keys = {area.key: area for area in (*listed, province)}
    axis = Axis(tuple(keys), 2015, months // 12)
    return World(declared, keys, axis, ties(_Words(declared, keys)), AreaTree(keys))


def _code(number: int) -> str:
    return f"i{number:04d}"


def families(table: pa.Table, made: World) -> list[FamilyPanels]:
    """Long rows scattered into one array; families are views of it."""
    at = tuple(table[name].to_numpy() for name in ("indicator", "area", "month"))
    codes = sorted(made.indicators)
    variables: dict[Variable, int] = {(code, ""): number for number, code in enumerate(codes)}
    whole = Panel.from_rows(Grain.MONTH, made.axis, variables, at=at, values=table["value"].to_numpy())
    found = []
    for first in range(0, len(codes), FAMILY):
        own = codes[first : first + FAMILY]
        numbers: dict[Variable, int] = {(code, ""): number for number, code in enumerate(own)}
        panel = Panel(Grain.MONTH, made.axis, numbers, whole.values[first : first + FAMILY])
        found.append(FamilyPanels(own[0], made.axis, made.knots, made.tree, reported={(LEVEL, Grain.MONTH): panel}))
    return found


def compute(listed: Sequence[FamilyPanels]) -> Result:
    """All measures of all families by the local runner, each block told and let go."""
    totals = {name: (0, 0.0) for name in NAMES}
    for told in run(listed, MEASURES, _told, threads=os.cpu_count() or 1):
        for name, (count, sum_) in told.items():
            totals[name] = totals[name][0] + count, totals[name][1] + sum_
    return totals


def _told(panels: FamilyPanels, blocks: Iterator[tuple[Measure, Variable, Floats]]) -> dict[str, tuple[int, float]]:
    told = {name: (0, 0.0) for name in NAMES}
    for measure, _variable, block in blocks:
        name = MEASURES[measure]
        # The engine gives every measure of the province too; the peers are asked for its level only.
        asked = block[-1:] if name == "area" else block[:-1]
        known = asked[~np.isnan(asked)]
        told[name] = told[name][0] + len(known), told[name][1] + float(known.sum())
    return told


def bench(areas: int = AREAS, indicators: int = INDICATORS, months: int = MONTHS) -> Bench:
    """The entry; smaller sizes are for the test of the frame."""
    table = rows(areas, indicators, months)
    made = world(areas, indicators, months)
    ready = families(table, made)
    return Bench(
        name="engine",
        title=f"Engine: seven measures on {areas} areas × {indicators} indicators × {months} months",
        peers=(
            Peer("engine", lambda: compute(families(table, made)), ("numpy",), "long rows → panels → measures"),
            Peer("engine, panels ready", lambda: compute(ready), ("numpy",), "without building panels"),
            Peer("DuckDB, pivoted", lambda: with_duckdb_pivoted(table, months), ("duckdb",), "months as columns"),
            Peer("DuckDB, windows", lambda: with_duckdb_windows(table), ("duckdb",), "lag and sum over"),
            Peer("Polars", lambda: with_polars(table), ("polars",), "lazy expressions"),
            Peer("pandas", lambda: with_pandas(table), ("pandas",), "group-by"),
        ),
        work=areas * indicators * months,
        unit="rows",
        note="All peers agree in count and sum of every measure before anything is timed. Rows come shuffled; building "
        "panels, pivoting and sorting are inside the time, except where a peer's name says that its panels are ready. The "
        "engine runs as in the product (threads only where blocks are large) and also computes every measure of the province, which "
        "nobody else is asked for. It holds the panels; SQL aggregates inside the database and hands out no rows, which "
        "favours it.",
        same=agree,
    )
