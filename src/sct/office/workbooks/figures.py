"""Data cells as figures of the ledger: exact value, stage, and sheet and cell as origin."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from sct.catalogue import load
from sct.catalogue.model import Figure, Origin, PartialDate, SeriesKey
from sct.catalogue.workbook import DataCell, Workbook
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


def _basis(published: PartialDate | None, workbook: StoredWorkbook) -> str:
    if published is None:
        return ""
    return "printed" if workbook.published else "inferred"


@lru_cache(maxsize=512)
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


def figures(cells: Sequence[DataCell], book: Workbook, workbook: StoredWorkbook) -> list[tuple[DataCell, Figure]]:
    """The cells that give figures, with them; a cell of the ledger that the file fills twice counts once."""
    days = published_days(book, workbook)
    found: dict[object, tuple[DataCell, Figure]] = {}
    for cell in cells:
        figure = figure_of(cell, workbook, days.get(cell.sheet))
        if figure is None:
            continue
        key = (figure.cell, figure.stage.is_actual, figure.quantity.value)
        found.setdefault(key, (cell, figure))
    return list(found.values())
