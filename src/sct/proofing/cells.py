"""The cells of a workbook, or of a table in a document, as statements: what a sheet says, in the form the checks know.

A cell's place is its sheet and address (`Tổng mức!C7`), or its table, row and column (`table2/r3/c1`): the checks of
tables go by it. Only cells with one period and a number are taken; what a reader set aside, left blank or could not
date is counted by reason and told in the account, never compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sct.catalogue.model import Stage, Transformation
from sct.catalogue.statement import Statement
from sct.catalogue.workbook import DataCell, Workbook
from sct.proofing.texts import Text
from sct.vietnamese.periods import Period, PeriodKind
from sct.vietnamese.quantities import Quantity, Unit
from sct.vietnamese.units import units

if TYPE_CHECKING:
    from sct.catalogue import Catalogue

UNSAID_AREA = "workbook"  # the area of sheets that do not name theirs: compared with each other, never with the ledger
Span = tuple[int, int, str]  # start, end and place of a table's cell in its document
_STATUS = {Stage.PLAN: "plan", Stage.FORECAST: "forecast", Stage.ESTIMATE: "estimate"}
_MEASURES: Mapping[Transformation | None, str] = {
    Transformation.LEVEL: "level",
    Transformation.PROGRESS: "plan_pct",
    Transformation.SHARE: "share_pct",
    Transformation.CONTRIBUTION: "contribution_pp",
    Transformation.YOY: "growth_pct",
    Transformation.MOM: "growth_pct",
    Transformation.SINCE_DECEMBER: "growth_pct",
    Transformation.INDEX: "index",
}


@dataclass(frozen=True, slots=True)
class Taken:
    """The statements of cells, and how many cells were left, by reason code."""

    statements: tuple[Statement, ...]
    left: Mapping[str, int]


def text_of(workbook: Workbook, catalogue: Catalogue | None = None) -> Text:
    """A workbook as a text of statements, in the order of its cells."""
    taken = take(workbook.cells, catalogue=catalogue)
    text = Text.of(workbook.file, taken.statements, catalogue)
    text.left.update(taken.left)
    text.beside_figures.extend(
        (0, f"{task.text}. {task.progress}", f"{task.sheet}!A{task.row}") for task in workbook.tasks
    )
    return text


def take(
    cells: Iterable[DataCell],
    spans: Mapping[tuple[str, str], Span] | None = None,
    catalogue: Catalogue | None = None,
) -> Taken:
    """The statements that cells make; `spans` says where the cells of a document's tables stand, by sheet and cell."""
    statements: list[Statement] = []
    left: Counter[str] = Counter()
    rows: dict[tuple[str, int], int] = {}
    for at, cell in enumerate(cells):
        reason = _left_for(cell)
        if reason:
            left[reason] += 1
            continue
        row = rows.setdefault((cell.sheet, cell.row), -len(rows) - 1)  # no sentence of a text has a negative place
        span = (spans or {}).get((cell.sheet, cell.cell), (at, at, f"{cell.sheet}!{cell.cell}"))
        statements.append(_statement(cell, span, row, _subject(cell, catalogue)))
    left.pop("text", None)
    return Taken(tuple(statements), dict(left))


def _left_for(cell: DataCell) -> str:
    """Why a cell is not compared: the reason code of the account; "" where it is."""
    if cell.scale == "text":
        return "text"
    if cell.value is None:
        return "blank"
    if cell.set_aside:
        return "set-aside"
    if len(cell.periods) != 1:
        return "no-period"
    return "" if cell.transformation in _MEASURES else "no-indicator"


def _subject(cell: DataCell, catalogue: Catalogue | None) -> str:
    """The row's label; the indicator's name where rows are periods and the column says what is measured."""
    if catalogue is not None and cell.indicator and "." in cell.column_meaning:
        return catalogue.name_of(cell.indicator, cell.breakdown)
    return cell.row_label


def _statement(cell: DataCell, span: Span, row: int, subject: str) -> Statement:
    period = cell.periods[0]
    is_index = cell.is_index and cell.transformation is not Transformation.PROGRESS
    measure = "index" if is_index else _MEASURES[cell.transformation]
    quantity = _quantity(cell, measure)
    return Statement(
        quote=cell.printed or str(float(cell.value or 0)),
        start=span[0],
        end=span[1],
        subject=subject,
        measure=measure,
        value=quantity.value,
        low=None,
        high=None,
        unit=quantity.unit.dimension,
        comparator="eq",
        period=period.code,
        baseline=_baseline(cell, period),
        status=_STATUS.get(cell.stage, "actual") if cell.stage else "actual",
        area=None,
        quantity=quantity,
        sentence=(row, row),
        place=span[2],
        indicator=cell.indicator,
        breakdown=cell.breakdown,
        area_key=cell.area or UNSAID_AREA,
        unmatched="" if cell.indicator else "no-indicator",
        rules=tuple(cell.flags),
    )


def _quantity(cell: DataCell, measure: str) -> Quantity:
    """As printed: a level in its unit, a fraction as per cent; an index stays an index."""
    assert cell.value is not None
    if measure == "level":
        return Quantity(cell.value, _unit(cell), cell.decimals)
    number, decimals = cell.value, cell.decimals
    if cell.scale == "fraction":
        number, decimals = number * 100, max(decimals - 2, 0)
    return Quantity(number, units()["pct"], decimals)


def _unit(cell: DataCell) -> Unit:
    known = units().get(cell.unit_code)
    return known if known is not None else Unit(cell.unit_code or cell.unit, cell.unit, name=cell.unit)


def _baseline(cell: DataCell, period: Period) -> str | None:
    match cell.transformation:
        case Transformation.YOY:
            return period.year_before.code
        case Transformation.MOM if period.kind in (PeriodKind.MONTH, PeriodKind.QUARTER):
            return period.previous.code
        case Transformation.SINCE_DECEMBER:
            return Period.of_month(period.year - 1, 12).code
        case _:
            return None
