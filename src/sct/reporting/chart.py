"""Charts as Vega-Lite specs: one spec for the page and, by vl-convert, for the Word file.

Vega sorts text by code unit, so every spec carries its order; numbers and dates are written the Vietnamese way by the
locale in the spec's config. Colours are those of the site's tokens.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
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
SERIES = (COLOURS["blue"], COLOURS["doubt"], COLOURS["good"], COLOURS["none"], COLOURS["bad"])
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
SCREEN_FONT = "Be Vietnam Pro, Noto Sans, sans-serif"
PAPER_FONT = "Times New Roman, Liberation Serif, serif"


@dataclass(frozen=True, slots=True)
class Point:
    """A value to draw: label on the axis, value in the axis' unit, its text as printed, series and stage."""

    label: str
    value: float | None  # None keeps a place on the axis where nothing is known
    text: str = ""
    series: str = ""
    stage: str = ""
    strong: bool = False  # the one the title speaks of


def bars(points: Sequence[Point], *, title: str, axis: str, across: bool = False) -> Spec:
    """Bars in the order given; the strong one is dark, falls are red. `across` lays them flat, for long names."""
    values = [_datum(point) for point in points]
    label = {
        "field": "label",
        "type": "nominal",
        "sort": [point.label for point in points],
        "axis": {"title": None, "labelAngle": 0, "labelLimit": 340, "ticks": False},
    }
    value = {"field": "value", "type": "quantitative", "axis": {"title": axis, "tickCount": 5}}
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


def lines(points: Sequence[Point], *, title: str, axis: str, zero: bool = False) -> Spec:
    """Lines by label in the order given, one a series; estimates are hollow points."""
    order = list(dict.fromkeys(point.label for point in points))
    names = list(dict.fromkeys(point.series for point in points))
    several = len(names) > 1
    encoding: Spec = {
        "x": {
            "field": "label",
            "type": "ordinal",
            "sort": order,
            "axis": {"title": None, "labelAngle": 0, "labelOverlap": "greedy"},
        },
        "y": {"field": "value", "type": "quantitative", "scale": {"zero": zero}, "axis": {"title": axis}},
        "tooltip": _tooltip(axis),
        "color": {
            "field": "series",
            "type": "nominal",
            "sort": names,
            "scale": {"domain": names, "range": list(SERIES[: len(names)])},
            "legend": {"title": None, "orient": "top"} if several else None,
        },
    }
    dots: Spec = {"type": "point", "filled": True, "size": 46}
    layers = [
        {"mark": {"type": "line", "strokeWidth": 2}, "encoding": encoding},
        {"mark": dots, "encoding": {**encoding, "opacity": _hollow()}},
    ]
    return _framed(title, [_datum(point) for point in points], {"layer": layers}, 260)


def png(spec: Spec, *, width: int = 620, scale: float = 2.5) -> bytes:
    """The spec drawn for paper: `width` in CSS pixels, serif letters, no title (the caption says it)."""
    import vl_convert

    drawn = copy.deepcopy(spec)
    drawn["width"] = width
    drawn["autosize"] = {"type": "fit", "contains": "padding"}
    drawn.pop("title", None)
    drawn["config"]["font"] = PAPER_FONT
    letters = {"labelFont": PAPER_FONT, "titleFont": PAPER_FONT, "labelFontSize": 15, "titleFontSize": 14}
    for part in ("axis", "legend"):
        drawn["config"][part].update({**letters, "labelColor": "black", "titleColor": "black"})
    drawn["config"]["text"].update({"font": PAPER_FONT, "fontSize": 15})
    return bytes(vl_convert.vegalite_to_png(drawn, scale=scale, format_locale=LOCALE["number"]))


def _datum(point: Point) -> Spec:
    return {
        "label": point.label,
        "value": point.value,
        "text": point.text or ("" if point.value is None else f"{point.value:g}".replace(".", ",")),
        "series": point.series,
        "stage": point.stage,
        "strong": point.strong,
    }


def _tooltip(axis: str) -> list[Spec]:
    return [
        {"field": "series", "title": "Chuỗi"},
        {"field": "label", "title": "Kỳ"},
        {"field": "text", "title": axis},
        {"field": "stage", "title": "Loại số liệu"},
    ]


def _hollow() -> Spec:
    return {"condition": {"test": "datum.stage === 'ước tính'", "value": 0.45}, "value": 1}


def _framed(title: str, values: list[Spec], body: Spec, height: int) -> Spec:
    letters = {"labelColor": COLOURS["soft"], "titleColor": COLOURS["soft"], "labelFontSize": 12, "titleFontSize": 12}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
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
