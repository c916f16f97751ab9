"""`sct explain`: why a figure is what it is: every publication, the value of the day, formula, operands, sources."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sct.catalogue import load
from sct.catalogue.model import Area, Figure, SeriesKey, Transformation
from sct.cli.given import area_of, as_of
from sct.errors import UserError
from sct.office.web import wording
from sct.reporting import labels
from sct.vietnamese.periods import Period
from sct.words import _

if TYPE_CHECKING:
    from sct.engine.derived import Computed
    from sct.office.coordination.series import Cell
    from sct.office.people.models import Person


def explain(person: Person, given: Namespace) -> int:
    """Print what the ledger and the engine know of an indicator, area and period."""
    from sct.office.coordination.derived import sourced
    from sct.office.coordination.series import series_page

    period = Period.parse(given.period).canonical
    code, breakdown = load().resolve(given.indicator)
    area = area_of(given.area, period.days()[1])
    key = SeriesKey(code, area.key, breakdown)
    known = as_of(given)
    cells = {
        transformation: cell
        for line in series_page(person, area, key, known).lines
        if line.period == period
        for transformation, cell in line.cells.items()
        if cell.figure is not None
    }
    if not cells:
        raise UserError(
            "no-figure",
            _("Sổ chưa có số liệu của {what}, {area}, kỳ {period}").format(
                what=labels.series_name(load(), key), area=area.short_name, period=period
            ),
            way_out=_("Xem các kỳ đã có ở trang chỉ tiêu"),
        )
    ordered = sorted(cells.items(), key=lambda item: list(Transformation).index(item[0]))
    found = [(how, cell, cell.worked and sourced(person, cell.worked)) for how, cell in ordered]
    if given.json:
        json.dump([_as_json(*one) for one in found], sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        print("\n".join(_lines(key, area, period, found)))
    return 0


Found = list[tuple[Transformation, "Cell", "Computed | None"]]


def _lines(key: SeriesKey, area: Area, period: Period, found: Found) -> Iterator[str]:
    name = labels.series_name(load(), key)
    yield f"{name} · {area.short_name} · {labels.period_name(period)}"
    for how, cell, computed in found:
        yield ""
        yield f"{wording.TRANSFORMATIONS[how]()}:"
        yield from _told(cell)
        if computed is not None:
            yield from _computed(computed)


def _told(cell: Cell) -> Iterator[str]:
    """Publications, oldest first; the current one with an arrow."""
    for figure in cell.told:
        mark = "→" if cell.shown is not None and figure.id == cell.shown.id else " "
        yield f"  {mark} {_said(figure)}  {_source(figure)}"
    if cell.conflict is not None:
        both = cell.conflict.cannot_both_be_right
        yield "    ! " + (
            _("các lần công bố không cùng đúng được") if both else _("các lần công bố khác nhau về độ chính xác")
        )


def _computed(computed: Computed) -> Iterator[str]:
    yield f"  = {_said(computed.figure)}  {computed.formula}"
    for operand in computed.operands:
        yield f"      {labels.period_name(operand.period)}: {_said(operand)}  {_source(operand)}"


def _said(figure: Figure) -> str:
    return f"{wording.said(figure)} [{wording.STAGES[figure.stage]()}]"


def _source(figure: Figure) -> str:
    parts = (
        labels.day(figure.published) or _("chưa rõ ngày"),
        figure.origin.url or figure.origin.file,
        figure.origin.place,
    )
    return " · ".join(part for part in parts if part)


def _as_json(how: Transformation, cell: Cell, computed: Computed | None) -> dict[str, Any]:
    return {
        "transformation": how.value,
        "current": None if cell.shown is None else _figure_json(cell.shown),
        "vintages": [_figure_json(figure) for figure in cell.told],
        "conflict": cell.conflict is not None,
        "computed": None
        if computed is None
        else {
            **_figure_json(computed.figure),
            "formula": computed.formula,
            "operands": [_figure_json(operand) for operand in computed.operands],
        },
    }


def _figure_json(figure: Figure) -> dict[str, Any]:
    return {
        "id": figure.id or None,
        "indicator": figure.series.indicator,
        "breakdown": figure.series.breakdown or None,
        "period": figure.period.code,
        "text": wording.said(figure),
        "value": float(figure.quantity.value),
        "unit": figure.quantity.unit.dimension,
        "status": figure.stage.value,
        "comparator": figure.comparator.value,
        "published": str(figure.published) if figure.published else None,
        "entered": figure.entered.isoformat() if figure.entered else None,
        "source": figure.origin.url or figure.origin.file or None,
        "place": figure.origin.place or None,
    }
