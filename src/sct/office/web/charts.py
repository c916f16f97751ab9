"""The chart of a series page: one Vega-Lite spec, its title a finding, its axis honest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sct.catalogue.model import Figure, SeriesKey, Transformation
from sct.office.coordination.series import Line
from sct.office.web import wording
from sct.office.web.choice import Choice, label
from sct.vietnamese.periods import Period, PeriodKind
from sct.vietnamese.quantities import Unit
from sct.vietnamese.write import write_number
from sct.words import _

MOST = 120  # points on an axis
CROWDED = 14  # more than these get no labels, and bars of one width


@dataclass(frozen=True, slots=True)
class SeriesChart:
    """Spec for the page, title and subtitle as text (they stand outside the drawing), number of sources."""

    spec: dict[str, Any]
    title: str
    subtitle: str
    sources: int
    contested: bool


def series_chart(key: SeriesKey, lines: list[Line], how: Transformation, choice: Choice) -> SeriesChart:
    """Bars from zero for levels that add up, a line with points otherwise; contested points stand out."""
    shown = [
        (line.period, line.cells[how].figure, line.cells[how].conflict is not None)
        for line in lines
        if how in line.cells
    ]
    points = [(p, f, c) for p, f, c in shown if f is not None and p.kind is not PeriodKind.SPAN]
    unit = points[-1][1].quantity.unit
    points = [(p, f, c) for p, f, c in points if f.quantity.unit.dimension == unit.dimension]
    rows = [
        {
            "ky": short(period),
            "gia_tri": float(figure.quantity.to(unit)),
            "nhan": _label(figure, unit),
            "chu": wording.said(figure),
            "ten": label(period),
            "loai": wording.STAGES[figure.stage](),
            "chon": period == choice.period,
            "trai": contested,
        }
        for period, figure, contested in points
    ]
    axis = [short(period) for period in without_gaps([p for p, _f, _c in points])]
    unit_words = _("%") if unit.dimension == "percent" else str(unit)
    told = wording.TRANSFORMATIONS[how]().lower()
    subtitle = f"{wording.series_name(key)}, {choice.area.short_name} · {told}, {unit_words}"
    origins = {
        f.origin.url or f.origin.document or f.origin.title for _p, f, _c in points if f.origin.kind != "formula"
    }
    return SeriesChart(
        _spec(rows, axis, how),
        finding([(p, f) for p, f, _c in points]),
        subtitle,
        len(origins),
        any(contested for _p, _f, contested in points),
    )


def _label(figure: Figure, unit: Unit) -> str:
    """The number in the axis' unit, with the digits it was printed with but no more than two."""
    moved = figure.quantity.unit.factor != unit.factor
    decimals = 2 if moved else min(figure.quantity.decimals, 2)
    return write_number(figure.quantity.to(unit), decimals)


def without_gaps(periods: list[Period]) -> list[Period]:
    """Periods of one kind with those between them, so that a year nobody told is a gap and not a jump."""
    if not periods or len({p.kind for p in periods}) > 1 or periods[0].kind is PeriodKind.CUMULATIVE:
        return periods
    found = [periods[-1]]
    while found[-1] > periods[0] and len(found) < MOST:
        found.append(found[-1].previous)
    return found[::-1] if found[-1] == periods[0] else periods


def _spec(rows: list[dict[str, Any]], order: list[str], how: Transformation) -> dict[str, Any]:
    crowded = len(order) > CROWDED
    x = {
        "field": "ky",
        "type": "ordinal",
        "sort": order,
        "scale": {"domain": order},
        "title": None,
        "axis": {"labelAngle": -45 if crowded else 0, "labelOverlap": True, "grid": False},
    }
    y = {
        "field": "gia_tri",
        "type": "quantitative",
        "title": None,
        "axis": {"tickCount": 5, "format": ",~f", "domain": False, "ticks": False},
    }
    tooltip = [
        {"field": name, "title": title}
        for name, title in (("ten", _("Kỳ")), ("chu", _("Giá trị")), ("loai", _("Loại")))
    ]
    mark: dict[str, Any] = {"type": "bar", "width": {"band": 0.6} if len(order) <= CROWDED else 9, "cornerRadiusEnd": 2}
    layers: list[dict[str, Any]] = []
    opacity = {"condition": {"test": "datum.chon", "value": 1}, "value": 0.55}
    if how is Transformation.LEVEL:
        layers.append({"mark": mark, "encoding": {"opacity": opacity, "tooltip": tooltip}})
    else:
        layers.append({"mark": {"type": "line", "strokeWidth": 2.5}})
        layers.append(
            {
                "mark": {"type": "rule", "strokeDash": [2, 2], "aria": False},
                "encoding": {"y": {"datum": 0}, "x": {"value": 0}, "x2": {"value": "width"}},
            }
        )
        size = {"condition": {"test": "datum.chon", "value": 130}, "value": 55}
        layers.append(
            {"mark": {"type": "point", "filled": True, "opacity": 1}, "encoding": {"size": size, "tooltip": tooltip}}
        )
    if any(row["trai"] for row in rows):
        ring = {"type": "point", "size": 190, "strokeWidth": 2.5, "filled": False, "color": "#c77700", "aria": False}
        layers.append({"transform": [{"filter": "datum.trai"}], "mark": ring, "encoding": {"tooltip": tooltip}})
    if not crowded:
        text = {"type": "text", "dy": -12, "fontSize": 13, "aria": False}
        layers.append({"mark": text, "encoding": {"text": {"field": "nhan"}}})
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": "container",
        "height": 280,
        "data": {"values": rows},
        "encoding": {"x": x, "y": y},
        "layer": layers,
    }


def short(period: Period) -> str:
    """2024, Q3/24, 9T/24, 9/24: a period as an axis has room for."""
    year = f"{period.year % 100:02d}"
    match period.kind:
        case PeriodKind.YEAR:
            return str(period.year)
        case PeriodKind.QUARTER:
            return f"Q{period.number}/{year}"
        case PeriodKind.CUMULATIVE:
            return f"{period.number}T/{year}"
        case PeriodKind.HALF:
            return f"{period.number * 6}T/{year}"
        case _:
            return f"{period.number}/{year}"


def finding(points: list[tuple[Period, Figure]]) -> str:
    """The last value against those before it: highest or lowest since when; plain if it is neither."""
    period, last = points[-1]
    text = f"{label(period)}: {wording.said(last)}"
    before = [(p, f.quantity.value) for p, f in points[:-1] if p.kind is period.kind]
    higher = [p for p, value in before if value >= last.quantity.value]
    lower = [p for p, value in before if value <= last.quantity.value]
    if len(before) < 2:
        return text
    if not higher:
        return _("{text}, cao nhất từ {since}").format(text=text, since=label(before[0][0]).lower())
    if not lower:
        return _("{text}, thấp nhất từ {since}").format(text=text, since=label(before[0][0]).lower())
    return text
