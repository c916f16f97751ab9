"""Tables of the annexes: lines by periods, and the year's main indicators."""

from __future__ import annotations

from sct.catalogue.model import Transformation
from sct.reporting import labels
from sct.reporting.blocks import Cell, Table
from sct.reporting.known import Value
from sct.reporting.patterns import Slot
from sct.reporting.phrases import Teller
from sct.reporting.plan import GridPlan, Line, SummaryPlan
from sct.vietnamese.periods import Period
from sct.vietnamese.write import write_growth

_YEAR = ("year", "last_cumulative", "last_month")
_MISSING: Cell = ("–",)


def grid(plan: GridPlan, teller: Teller, title: str) -> Table | None:
    """Lines by the periods that have figures; None where no line has any. Two names of the same months (quý I, 3
    tháng) are one column, under the first name."""
    how = Transformation(plan.transformation)
    named = [p for choice in plan.periods for p in teller.periods(choice)]
    periods = list({p.months: p for p in reversed(named)}.values())[::-1]
    held = {p: [teller.value(Slot(line.code, how), p) for line in plan.lines] for p in periods}
    shown = [p for p in periods if any(held[p])]
    rows: list[tuple[Cell, ...]] = []
    for place, line in enumerate(plan.lines):
        values = [held[p][place] for p in shown]
        if any(values):
            rows.append(((labels.sentence_case(line.name),), *(cell(teller, value) for value in values)))
    if not rows:
        return None
    head = ("Chỉ tiêu", *(labels.period_name(p) for p in shown))
    share = 66 / len(shown)
    return Table(title, head, tuple(rows), (34, *[share] * len(shown)), "l" + "r" * len(shown))


def cell(teller: Teller, value: Value | None) -> Cell:
    """A value alone, with its sign; the unit stands in the head or title."""
    if value is None:
        return _MISSING
    quantity = value.figure.quantity
    shown = labels.amount(quantity)
    if value.figure.transformation in labels.GROWTHS and quantity.number:
        shown = write_growth(quantity)
    bound = "" if value.figure.transformation in labels.GROWTHS else labels.COMPARATORS[value.figure.comparator]
    return (bound, teller.references.bind(labels.span(value, unit=False), value, shown))


def summary(plan: SummaryPlan, teller: Teller, title: str) -> Table | None:
    """Main indicators: the latest level of the year and its growth; lines without figures are left out."""
    rows: list[tuple[Cell, ...]] = []
    for line in plan.lines:
        found = _latest(line, teller)
        if found is not None:
            period, level, growth = found
            unit = labels.unit_column(level) if level else "%"
            name = labels.sentence_case(line.name)
            when = labels.period_name(period)
            rows.append(((str(len(rows) + 1),), (name,), (unit,), (when,), cell(teller, level), cell(teller, growth)))
    if not rows:
        return None
    head = ("TT", "Chỉ tiêu", "Đơn vị tính", "Kỳ", "Thực hiện", "So với cùng kỳ (%)")
    return Table(title, head, tuple(rows), (6, 37, 12, 19, 13, 13), "clccrr")


def _latest(line: Line, teller: Teller) -> tuple[Period, Value | None, Value | None] | None:
    for choice in _YEAR:
        for period in teller.periods(choice):
            level = teller.value(Slot(line.code), period)
            growth = teller.value(Slot(line.code, Transformation.YOY), period)
            if level or growth:
                return period, level, growth
    return None
