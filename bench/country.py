"""The engine at the size of the country: nine measures on ready panels, one thread beside all of them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np

from bench.engine import FAMILY, MEASURES
from bench.frame import Bench, Peer, Result
from sct.catalogue.model import Adds, Area, Indicator, Kind, Transformation
from sct.engine.areas import AreaTree
from sct.engine.axis import Axis, Grain
from sct.engine.computing import FamilyPanels
from sct.engine.families import ties
from sct.engine.panel import Floats, Panel, Variable
from sct.engine.recipes import LEVEL
from sct.engine.runner import Measure, run
from sct.vietnamese.quantities import Unit

NINE = {**MEASURES, Measure(LEVEL, Grain.YEAR): "year", Measure(Transformation.CONTRIBUTION, Grain.MONTH): "points"}
PROVINCES = 34


class _Words:
    """The indicators and areas of a made-up country."""

    def __init__(self, communes: int, indicators: int) -> None:
        start, unit = date(2000, 1, 1), Unit("ty_dong", "VND")
        country = Area("VN", start, "", "", "", "country")
        provinces = [Area(f"P{n:02d}", start, "", "", "", "province", parent=country.key) for n in range(PROVINCES)]
        listed = [
            Area(f"{n:05d}", start, "", "", "", "commune", parent=provinces[n % PROVINCES].key) for n in range(communes)
        ]
        self.areas = {area.key: area for area in (*listed, *provinces, country)}
        self.indicators = {
            f"i{n:03d}": Indicator(
                f"i{n:03d}",
                "",
                "",
                "",
                "",
                unit,
                Kind.FLOW,
                Adds.SUM,
                Adds.SUM,
                parent="" if n % FAMILY == 0 else f"i{n - n % FAMILY:03d}",
            )
            for n in range(indicators)
        }


def families(communes: int, indicators: int, months: int) -> list[FamilyPanels]:
    """Families of five indicators with a value for every commune and month."""
    words = _Words(communes, indicators)
    axis = Axis(tuple(words.areas), 2015, months // 12)
    knots, tree = ties(words), AreaTree(words.areas)
    draw = np.random.default_rng(2026)
    found = []
    for first in range(0, indicators, FAMILY):
        own: dict[Variable, int] = {(f"i{first + n:03d}", ""): n for n in range(FAMILY)}
        values = np.full((FAMILY, len(axis.areas), months), np.nan)
        values[:, :communes] = draw.uniform(1, 100, (FAMILY, communes, months))
        panel = Panel(Grain.MONTH, axis, own, values)
        found.append(FamilyPanels(f"i{first:03d}", axis, knots, tree, reported={(LEVEL, Grain.MONTH): panel}))
    return found


def compute(listed: Sequence[FamilyPanels], threads: int) -> Result:
    """Each block is computed and counted; one value of each, so that the counting costs nothing beside it."""
    told: dict[str, tuple[int, float]] = dict.fromkeys(NINE.values(), (0, 0.0))
    for one in run(listed, NINE, _told, threads):
        for name, cells, last in one:
            told[name] = told[name][0] + cells, told[name][1] + last
    return told


def _told(panels: FamilyPanels, blocks: Iterator[tuple[Measure, Variable, Floats]]) -> list[tuple[str, int, float]]:
    return [(NINE[measure], block.size, float(block[-1, -1])) for measure, _variable, block in blocks]


def bench(communes: int = 3300, indicators: int = 100, months: int = 120) -> Bench:
    """The entry; smaller sizes are for the test of the frame."""
    listed = families(communes, indicators, months)
    threads = os.cpu_count() or 1
    return Bench(
        name="country",
        title=f"Country: nine measures on {communes} communes × {indicators} indicators × {months} months",
        peers=(
            Peer("one thread", lambda: compute(listed, 1), ("numpy",), "panels ready"),
            Peer(f"{threads} threads", lambda: compute(listed, threads), ("numpy",), "panels ready"),
        ),
        work=communes * indicators * months,
        unit="values",
        note="The levels of communes are rolled up to provinces and the country, and every measure is computed for all "
        "of them. Panels are in memory before; derived blocks are let go one by one, as in the product. Both peers give "
        "the same bits.",
        same=lambda one, other: bool(one == other),
    )
