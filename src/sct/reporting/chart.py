"""Charts as Vega-Lite specs, for the page and, by vl-convert, for the Word file: the one place that draws.

Vega sorts text by code unit, so every spec carries its order; numbers and dates are written the Vietnamese way by the
locale in the spec's config. Colours are those of the site's tokens.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

Spec = dict[str, Any]

COLOURS = {
    "ink": "#16202c",
    "soft": "#5a6776",
    "line": "#dfe4ea",
    "blue": "#0b5cad",
    "pale": "#9dbfe0",
    "good": "#1a7f4b",
    "doubt": "#a35a00",
    "bad": "#b3261e",
    "none": "#8a94a0",
}
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
CROWDED = 14  # more points than these get no labels, and bars of one width
LOCALE: Spec = {
    "number": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", " ₫"]},
    "time": {
        "dateTime": "%H:%M:%S %d/%m/%Y",
        "date": "%d/%m/%Y",
        "time": "%H:%M:%S",
        "periods": ["SA", "CH"],
        "days": ["Chủ nhật", "Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy"],
        "shortDays": ["CN", "T2", "T3", "T4", "T5", "T6", "T7"],
        "months": [f"Tháng {month}" for month in range(1, 13)],
        "shortMonths": [f"Th{month}" for month in range(1, 13)],
    },
}
# The words of an upright axis lie above it: turned along it they are cut where the chart is low.
ABOVE: Spec = {"titleAngle": 0, "titleAlign": "left", "titleBaseline": "bottom", "titleX": -34, "titleY": -12}
ROOM = (24, 64)  # pixels for the words under or beside the longest fall, else they lie on the names of the axis
SCREEN_FONT = "Be Vietnam Pro, Noto Sans, sans-serif"
PAPER_FONT = "Tinos"  # the widths of Times New Roman, vendored: see fonts/README.md
_FONTS = Path(__file__).with_name("fonts")


@dataclass(frozen=True, slots=True)
class Point:
    """A value to draw: label on the axis, value in the axis' unit, its text as printed, series and stage."""

    label: str
    value: float | None  # None keeps a place on the axis where nothing is known
    text: str = ""
    series: str = ""
    stage: str = ""
    strong: bool = False  # the one the title speaks of
    mark: str = ""  # what stands beside the point in the drawing
    name: str = ""  # the label in full
    contested: bool = False  # published values disagree


def bars(points: Sequence[Point], *, title: str, axis: str, across: bool = False) -> Spec:
    """Bars in the order given; the strong one is dark, falls are red. `across` lays them flat, for long names."""
    values = [_datum(point) for point in points]
    label = {
        "field": "label",
        "type": "nominal",
        "sort": [point.label for point in points],
        "axis": {"title": None, "labelAngle": 0, "labelLimit": 340, "ticks": False},
    }
    value: Spec = {"field": "value", "type": "quantitative", "axis": {"title": axis, "tickCount": 5}}
    if not across:
        value["axis"].update(ABOVE)
    if any(point.value is not None and point.value < 0 for point in points):
        value["scale"] = {"padding": ROOM[across], "nice": False}
    colour = {
        "condition": [
            {"test": "datum.value < 0", "value": COLOURS["bad"]},
            {"test": "datum.strong", "value": COLOURS["blue"]},
        ],
        "value": COLOURS["pale"],
    }
    x, y = (value, label) if across else (label, value)
    shared = {"x": x, "y": y, "tooltip": _tooltip(axis)}
    if across:
        text = {"type": "text", "align": {"expr": "datum.value < 0 ? 'right' : 'left'"}, "baseline": "middle"}
        text["dx"] = {"expr": "datum.value < 0 ? -4 : 4"}
    else:
        text = {"type": "text", "baseline": {"expr": "datum.value < 0 ? 'top' : 'bottom'"}}
        text["dy"] = {"expr": "datum.value < 0 ? 4 : -4"}
    layers = [
        {"mark": {"type": "bar", "size": 22 if across else 34}, "encoding": {**shared, "color": colour}},
        {"mark": text, "encoding": {**shared, "text": {"field": "text"}, "color": {"value": COLOURS["ink"]}}},
    ]
    height = max(120, 30 * len(points)) if across else 200
    return _framed(title, values, {"layer": layers}, height)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a chart's tooltip, in the language of the page."""

    period: str
    value: str
    stage: str


def course(points: Sequence[Point], *, words: Words, order: Sequence[str], bars: bool) -> Spec:
    """The course of a series: bars from zero for levels that add up, else a line with points and its zero; the strong
    one stands out, contested ones are ringed. Colours are left to the page, which draws it light or dark.

    `order` are the labels of the axis, places without a value among them.
    """
    crowded = len(order) > CROWDED
    tooltip = [
        {"field": name, "title": title}
        for name, title in (("name", words.period), ("text", words.value), ("stage", words.stage))
    ]
    layers = _bars(len(order), tooltip) if bars else _line(tooltip)
    if any(point.contested for point in points):
        ring = {"type": "point", "size": 190, "strokeWidth": 2.5, "filled": False, "color": "#c77700", "aria": False}
        layers.append({"transform": [{"filter": "datum.contested"}], "mark": ring, "encoding": {"tooltip": tooltip}})
    if not crowded:
        above = {"expr": "datum.contested ? -19 : -12"}  # clear of the ring
        text = {"type": "text", "dy": above, "fontSize": 13, "aria": False}
        layers.append({"mark": text, "encoding": {"text": {"field": "mark"}}})
    x = {
        "field": "label",
        "type": "ordinal",
        "sort": list(order),
        "scale": {"domain": list(order)},
        "title": None,
        "axis": {"labelAngle": -45 if crowded else 0, "labelOverlap": True, "grid": False},
    }
    axis = {"tickCount": 5, "format": ",~f", "domain": False, "ticks": False}
    y = {"field": "value", "type": "quantitative", "title": None, "axis": axis}
    return {
        "$schema": SCHEMA,
        "width": "container",
        "height": 280,
        "data": {"values": [_datum(point) for point in points]},
        "encoding": {"x": x, "y": y},
        "layer": layers,
    }


def _bars(count: int, tooltip: list[Spec]) -> list[Spec]:
    width: Any = {"band": 0.6} if count <= CROWDED else 9
    opacity = {"condition": {"test": "datum.strong", "value": 1}, "value": 0.55}
    mark = {"type": "bar", "width": width, "cornerRadiusEnd": 2}
    return [{"mark": mark, "encoding": {"opacity": opacity, "tooltip": tooltip}}]


def _line(tooltip: list[Spec]) -> list[Spec]:
    zero = {"y": {"datum": 0}, "x": {"value": 0}, "x2": {"value": "width"}}
    size = {"condition": {"test": "datum.strong", "value": 130}, "value": 55}
    return [
        {"mark": {"type": "line", "strokeWidth": 2.5}},
        {"mark": {"type": "rule", "strokeDash": [2, 2], "aria": False}, "encoding": zero},
        {"mark": {"type": "point", "filled": True, "opacity": 1}, "encoding": {"size": size, "tooltip": tooltip}},
    ]


def png(spec: Spec, *, width: int = 620, scale: float = 2.5) -> bytes:
    """The spec drawn for paper: `width` in CSS pixels, serif letters, no title (the caption says it)."""
    drawn = copy.deepcopy(spec)
    drawn["width"] = width
    drawn["autosize"] = {"type": "fit", "contains": "padding"}
    drawn.pop("title", None)
    drawn["config"]["font"] = PAPER_FONT
    letters = {"labelFont": PAPER_FONT, "titleFont": PAPER_FONT, "labelFontSize": 15, "titleFontSize": 14}
    for part in ("axis", "legend"):
        drawn["config"][part].update({**letters, "labelColor": "black", "titleColor": "black"})
    drawn["config"]["text"].update({"font": PAPER_FONT, "fontSize": 15})
    return bytes(_renderer().vegalite_to_png(drawn, scale=scale, format_locale=LOCALE["number"]))


@cache
def _renderer() -> Any:
    """vl-convert with the letters of paper."""
    import vl_convert

    vl_convert.register_font_directory(str(_FONTS))
    return vl_convert


def _datum(point: Point) -> Spec:
    return {
        "label": point.label,
        "value": point.value,
        "text": point.text or ("" if point.value is None else f"{point.value:g}".replace(".", ",")),
        "series": point.series,
        "stage": point.stage,
        "strong": point.strong,
        "mark": point.mark,
        "name": point.name,
        "contested": point.contested,
    }


def _tooltip(axis: str) -> list[Spec]:
    return [
        {"field": "series", "title": "Chuỗi"},
        {"field": "label", "title": "Kỳ"},
        {"field": "text", "title": axis},
        {"field": "stage", "title": "Loại số liệu"},
    ]


def _framed(title: str, values: list[Spec], body: Spec, height: int) -> Spec:
    letters = {"labelColor": COLOURS["soft"], "titleColor": COLOURS["soft"], "labelFontSize": 12, "titleFontSize": 12}
    return {
        "$schema": SCHEMA,
        "title": {"text": title, "anchor": "start", "color": COLOURS["ink"], "fontSize": 15},
        "width": "container",
        "height": height,
        "background": "transparent",
        "data": {"values": values},
        **body,
        "config": {
            "locale": LOCALE,
            "font": SCREEN_FONT,
            "view": {"stroke": None},
            "axis": {
                "gridColor": COLOURS["line"],
                "domainColor": COLOURS["line"],
                "tickColor": COLOURS["line"],
                **letters,
            },
            "legend": letters,
            "text": {"fontSize": 12},
        },
    }
