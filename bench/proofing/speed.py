"""A hundred pages beside a ledger of a million observations."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from bench.proofing.pages import page
from sct.catalogue import load
from sct.catalogue.model import Figure, Origin, PartialDate, SeriesKey, Stage, Transformation
from sct.catalogue.statement import Document, Statement
from sct.reading import open_document, read
from sct.vietnamese.periods import Period
from sct.vietnamese.quantities import Quantity, Unit
from sct.vietnamese.units import units

PROVINCES = 34
_ORIGIN = Origin(kind="citation", title="sổ")
_DAY = PartialDate("2025-01-09")


def papers(pages: int) -> list[tuple[Document, list[Statement]]]:
    """Pages about different provinces and years as one paper a province, read once, outside what is timed."""
    areas = [area for area in load().areas.values() if area.level == "province" and area.valid_to is None][:PROVINCES]
    made = []
    for at, area in enumerate(areas):
        texts = [page(n, area.short_name, 2015 + n // len(areas)).print()[0] for n in range(at, pages, len(areas))]
        document = open_document("\n".join(texts).encode(), f"{area.code}.txt")
        made.append((document, read(document, catalogue=load())))
    return made


class Million:
    """A ledger of a million observations: every indicator × province × month, as an index from cell to number."""

    def __init__(self, count: int = 1_000_000) -> None:
        catalogue = load()
        areas = [a.key for a in catalogue.areas.values() if a.level == "province" and a.valid_to is None][:PROVINCES]
        periods = [Period.of_year(y) for y in range(2005, 2025)]
        periods += [Period.of_month(y, m) for y in range(2012, 2025) for m in range(1, 13)]
        self.cells: dict[tuple[str, str, str, str, Transformation], int] = {}
        self.units: dict[str, Unit] = {}
        ways = (Transformation.LEVEL, Transformation.YOY)
        for code, indicator in catalogue.indicators.items():
            self.units[code] = indicator.unit
            for area in areas:
                for period in periods:
                    for way in ways:
                        self.cells[code, "", area, period.code, way] = len(self.cells) % 9973 + 100
                        if len(self.cells) >= count:
                            return

    def figures(self, series: SeriesKey, period: Period, transformation: Transformation) -> Sequence[Figure]:
        number = self.cells.get((series.indicator, series.breakdown, series.area, period.code, transformation))
        if number is None:
            return ()
        unit = self.units[series.indicator] if transformation is Transformation.LEVEL else units()["pct"]
        quantity = Quantity(Fraction(number, 10), unit, 1)
        return [Figure(series, period, transformation, quantity, Stage.REPORTED, _ORIGIN, published=_DAY, id=number)]
