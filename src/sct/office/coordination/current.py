"""What a page knows of an area without reading all of it: current values looked up cell by cell in the columns."""

from __future__ import annotations

from sct.catalogue.model import Area, SeriesKey, Stage
from sct.office.coordination import columns, listing
from sct.office.coordination.columns import HOWS
from sct.office.coordination.derived import derived
from sct.office.ledger.queries import AsOf
from sct.office.people.queries import Someone
from sct.reporting.known import Cell, Known, Value


class Current(Known):
    """The current actual values of one area, else what is computed. Figures are without the words of their sources."""

    def __init__(self, person: Someone, area: Area, as_of: AsOf) -> None:
        self.worked = derived(person, area, as_of)
        super().__init__((), self.worked)
        self._area = area.key
        self._columns = columns.of(person)
        self._present = listing.present(person, area, as_of)

    def years(self, series: SeriesKey) -> set[int]:
        """The years with any current value of a series."""
        mine = self._present.get((series.indicator, series.breakdown), ())
        return {int(month) // 12 for month in self._columns["first"][mine]} if len(mine) else set()

    def _find(self, cell: Cell) -> Value | None:
        series, period, transformation = cell
        mine = self._present.get((series.indicator, series.breakdown))
        if mine is not None and series.area == self._area:
            kept, (first, last) = self._columns, period.months
            fits = (kept["first"][mine] == first) & (kept["last"][mine] == last)
            found = mine[fits & (kept["how"][mine] == HOWS.index(transformation))]
            if len(found):
                figure = kept.figure(int(found[0]))
                return Value((figure,), estimate=figure.stage is Stage.ESTIMATE)
        return super()._find(cell)
