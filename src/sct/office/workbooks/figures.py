"""Data cells as figures of the ledger: exact value, stage, and sheet and cell as origin."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from fractions import Fraction
from functools import cache
from operator import itemgetter

from sct.catalogue import load
from sct.catalogue.model import Figure, Origin, PartialDate, SeriesKey
from sct.catalogue.workbook import DataCell, Workbook
from sct.office.ledger.figures import key_of
from sct.office.workbooks.models import StoredWorkbook
from sct.vietnamese.periods import Period, PeriodKind
from sct.vietnamese.quantities import Quantity, Unit

_PLAN = "|plan"  # behind the name of a cell: what it tells is a plan


@cache
def _unit(code: str) -> Unit | None:
    return load().units.get(code)


class _Published:
    """When the figures of a cell became known: the day a person told, else the reporting month of its table.

    A form of the statistics office is given out at the end of the month it reports; so the month alone is said.
    """

    def __init__(self, book: Workbook, told: str) -> None:
        self._told = PartialDate(told) if told else None
        self._tables: dict[str, list[tuple[int, PartialDate | None]]] = defaultdict(list)
        for table in sorted(book.tables, key=lambda one: one.last_row):
            month = _last_month(table.reporting)
            self._tables[table.sheet].append((table.last_row, PartialDate(month) if month else None))

    def of(self, cell: DataCell) -> PartialDate | None:
        if self._told is not None:
            return self._told
        tables = self._tables[cell.sheet]
        at = bisect_left(tables, cell.row, key=itemgetter(0))
        return tables[at][1] if at < len(tables) else None


def _last_month(period: Period | None) -> str:
    if period is None or period.kind is PeriodKind.YEAR:
        return ""  # a workbook kept over the year says no month
    last = period.months[1]
    return f"{last // 12:04d}-{last % 12 + 1:02d}"


class Figures:
    """The figures that the cells of a workbook give: each with the cell of the ledger it is of, made when it is asked.

    Half a million cells are compared with the ledger by their names alone; only what is kept or restated becomes a
    `Figure`.
    """

    def __init__(self, book: Workbook, workbook: StoredWorkbook) -> None:
        self._workbook, self._document, self._percent = workbook, f"workbook:{workbook.pk}", load().unit("pct")
        self._published = _Published(book, workbook.published)
        self._codes: dict[int, str] = {}  # by the periods of a column, which its cells share

    def name(self, cell: DataCell) -> str:
        """Name of the ledger's cell (`cell_key`) with its kind of stage; "" where the cell gives no certain figure."""
        kept, stage = cell.transformation, cell.stage
        if kept is None or stage is None or not cell.area or not cell.certain or _unit(cell.unit_code) is None:
            return ""
        periods = cell.periods
        code = self._codes.get(id(periods))
        if code is None:
            code = self._codes[id(periods)] = periods[0].canonical.code
        name = key_of(cell.indicator, cell.area, cell.breakdown, code, kept)
        return name if stage.is_actual else f"{name}{_PLAN}"

    def figure(self, cell: DataCell) -> Figure:
        """The figure of a cell that has a name."""
        quantity, kept, stage = self._quantity(cell), cell.transformation, cell.stage
        assert quantity is not None and kept is not None and stage is not None, cell
        published, row = self._published.of(cell), self._workbook
        return Figure(
            series=SeriesKey(cell.indicator, cell.area, cell.breakdown),
            period=cell.periods[0],
            transformation=kept,
            quantity=quantity,
            stage=stage,
            origin=Origin(
                kind="workbook",
                title=cell.row_label[:300],
                document=self._document,
                file=row.name,
                place=f"{cell.sheet}!{cell.cell}",
                published=published,
                published_basis="" if published is None else "printed" if row.published else "inferred",
                note="; ".join(cell.flags) if cell.flags else "",
            ),
            published=published,
        )

    def value(self, cell: DataCell) -> Fraction | None:
        """What a cell tells, in the base unit of its unit."""
        quantity = self._quantity(cell)
        return None if quantity is None else quantity.value

    def _quantity(self, cell: DataCell) -> Quantity | None:
        unit = _unit(cell.unit_code)
        return None if unit is None else cell.quantity(self._percent, unit)


def cell_of(name: str) -> str:
    """The cell of the ledger in a name, without its kind of stage."""
    return name.removesuffix(_PLAN)
