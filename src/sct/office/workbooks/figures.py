"""Data cells as figures of the ledger: exact value, stage, and sheet and cell as origin."""

from __future__ import annotations

from fractions import Fraction
from functools import cache, lru_cache

from sct.catalogue import load
from sct.catalogue.model import Figure, Origin, PartialDate, SeriesKey, Transformation
from sct.catalogue.workbook import DataCell, Workbook
from sct.office.ledger.figures import cell_key
from sct.office.workbooks.models import StoredWorkbook
from sct.vietnamese.periods import Period, PeriodKind
from sct.vietnamese.quantities import Unit


def figure_of(cell: DataCell, workbook: StoredWorkbook, published: PartialDate | None) -> Figure | None:
    """The figure a cell gives; None where its series, period or unit is not certain."""
    if not cell.certain or not cell.area or cell.transformation is None or cell.stage is None:
        return None
    unit = _unit(cell.unit_code)
    if unit is None:
        return None
    quantity = cell.quantity(load().unit("pct"), unit)
    if quantity is None:
        return None
    return Figure(
        series=SeriesKey(cell.indicator, cell.area, cell.breakdown),
        period=cell.periods[0],
        transformation=cell.transformation,
        quantity=quantity,
        stage=cell.stage,
        origin=Origin(
            kind="workbook",
            title=cell.row_label[:300],
            document=f"workbook:{workbook.pk}",
            file=workbook.name,
            place=f"{cell.sheet}!{cell.cell}",
            published=published,
            published_basis="inferred"
            if published is not None and not workbook.published
            else "printed"
            if published
            else "",
            note="; ".join(cell.flags),
        ),
        published=published,
    )


@cache
def _unit(code: str) -> Unit | None:
    return load().units.get(code)


def published_days(book: Workbook, workbook: StoredWorkbook) -> dict[str, PartialDate]:
    """Sheet → when its figures became known: the day a person told, else the reporting month of its table.

    A form of the statistics office is given out at the end of the month it reports; so the month alone is said.
    """
    if workbook.published:
        day = PartialDate(workbook.published)
        return {table.sheet: day for table in book.tables}
    found = {}
    for table in book.tables:
        month = _last_month(table.reporting)
        if month:
            found[table.sheet] = PartialDate(month)
    return found


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
        self._workbook = workbook
        self._days = published_days(book, workbook)
        self._named = lru_cache(maxsize=65_536)(_ledger_cell)

    def name(self, cell: DataCell) -> str:
        """Name of the ledger's cell (`cell_key`) with its kind of stage; "" where the cell gives no certain figure."""
        if (
            not cell.certain
            or not cell.area
            or cell.transformation is None
            or cell.stage is None
            or _unit(cell.unit_code) is None
        ):
            return ""
        return self._named(
            cell.indicator, cell.area, cell.breakdown, cell.periods[0], (cell.transformation, cell.stage.is_actual)
        )

    def figure(self, cell: DataCell) -> Figure | None:
        return figure_of(cell, self._workbook, self._days.get(cell.sheet))

    def value(self, cell: DataCell) -> Fraction | None:
        """What a cell tells, in the base unit of its unit."""
        unit = _unit(cell.unit_code)
        quantity = cell.quantity(load().unit("pct"), unit) if unit is not None else None
        return None if quantity is None else quantity.value


def _ledger_cell(indicator: str, area: str, breakdown: str, period: Period, kept: tuple[Transformation, bool]) -> str:
    transformation, actual = kept
    return cell_key(SeriesKey(indicator, area, breakdown), period, transformation) + ("" if actual else "|plan")


def cell_of(name: str) -> str:
    """The cell of the ledger in a name, without its kind of stage."""
    return name.removesuffix("|plan")
