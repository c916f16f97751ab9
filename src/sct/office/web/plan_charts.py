"""Charts of plans: the course of a year, growths against a target, the waterfall of contributions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from sct.catalogue import load
from sct.office.coordination.outlooks import Ahead
from sct.office.plans.models import Target
from sct.planning.accounting import Bar
from sct.planning.forecasts import in_percent
from sct.vietnamese.write import write_number
from sct.words import _

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
Rows = list[dict[str, Any]]
GREY, BLUE, INK, AMBER = "#8a8f98", "#1559b7", "#444b55", "#c77700"


def course(target: Target, ahead: Ahead) -> dict[str, Any] | None:
    """Levels so far against the path, last year in grey, the range of the year's end; None without any level."""
    if ahead.in_growth:
        return None
    factor = load().unit(target.unit).factor
    rows = _line(_("đường cần đi"), ahead.path, factor) + _line(_("đã làm"), ahead.done, factor)
    rows += _line(_("năm trước"), ahead.before, factor)
    layers = _range(ahead, factor)
    names = [_("đường cần đi"), _("đã làm"), _("năm trước")]
    layers.append(
        {
            "mark": {"type": "line", "point": True},
            "encoding": {
                "color": {
                    "field": "loai",
                    "type": "nominal",
                    "scale": {"domain": names, "range": [INK, BLUE, GREY]},
                    "legend": {"orient": "top", "title": None},
                },
                "strokeDash": {
                    "field": "loai",
                    "scale": {"domain": names, "range": [[5, 4], [1, 0], [1, 0]]},
                    "legend": None,
                },
                "tooltip": [
                    {"field": "loai", "title": " "},
                    {"field": "thang", "title": _("Tháng")},
                    {"field": "chu", "title": _("Giá trị")},
                ],
            },
        }
    )
    return {
        "$schema": SCHEMA,
        "width": "container",
        "height": 300,
        "data": {"values": rows},
        "encoding": {
            "x": {
                "field": "thang",
                "type": "ordinal",
                "title": _("hết tháng"),
                "axis": {"labelAngle": 0, "grid": False},
                "scale": {"domain": list(range(1, 13))},
            },
            "y": {
                "field": "gia_tri",
                "type": "quantitative",
                "title": None,
                "axis": {"tickCount": 5, "domain": False, "ticks": False},
            },
        },
        "layer": layers,
    }


def _range(ahead: Ahead, factor: Fraction) -> list[dict[str, Any]]:
    """The range of the year's end as a bar at month 12; nothing without one."""
    made = ahead.forecast
    if made is None or made.low is None or made.high is None:
        return []
    return [
        {
            "data": {"values": [{"thang": 12, "thap": float(made.low / factor), "cao": float(made.high / factor)}]},
            "mark": {"type": "bar", "width": 16, "color": AMBER, "opacity": 0.45},
            "encoding": {"x": {"field": "thang"}, "y": {"field": "thap"}, "y2": {"field": "cao"}},
        }
    ]


def _line(name: str, levels: Mapping[int, Fraction], factor: Fraction) -> Rows:
    return [
        {"loai": name, "thang": month, "gia_tri": float(value / factor), "chu": write_number(value / factor, 1)}
        for month, value in sorted(levels.items())
    ]


def growths(target: Target, rates: Mapping[int, Fraction], ahead: Ahead | None, year: int) -> dict[str, Any]:
    """Growth from January by month against the target; the range of the year's growth beside it."""
    rows = [
        {"thang": month, "gia_tri": float(value), "chu": write_number(value, 2) + "%"}
        for month, value in sorted(rates.items())
    ]
    goal = target.aim.least
    x = {
        "field": "thang",
        "type": "ordinal",
        "title": _("từ đầu năm {year} đến hết tháng").format(year=year),
        "axis": {"labelAngle": 0, "grid": False},
        "scale": {"domain": list(range(1, 13))},
    }
    y = {
        "field": "gia_tri",
        "type": "quantitative",
        "title": "%",
        "axis": {"tickCount": 5, "domain": False, "ticks": False},
    }
    layers: list[dict[str, Any]] = [
        {"mark": {"type": "bar", "width": {"band": 0.6}, "cornerRadiusEnd": 2}},
        {"mark": {"type": "text", "dy": -9, "fontSize": 13, "aria": False}, "encoding": {"text": {"field": "chu"}}},
        {
            "data": {"values": [{"gia_tri": float(goal)}]},
            "mark": {"type": "rule", "strokeDash": [5, 4], "color": INK, "strokeWidth": 2},
            "encoding": {"x": None, "y": {"field": "gia_tri"}},
        },
        {
            "data": {
                "values": [{"gia_tri": float(goal), "chu": _("kế hoạch {goal}%").format(goal=write_number(goal, 1))}]
            },
            "mark": {"type": "text", "align": "left", "dx": 4, "dy": -8, "fontSize": 13, "aria": False},
            "encoding": {"x": {"value": 0}, "y": {"field": "gia_tri"}, "text": {"field": "chu"}},
        },
    ]
    made = ahead.forecast if ahead and ahead.in_growth else None
    if made is not None and made.low is not None and made.high is not None:
        low, high = in_percent(made.low), in_percent(made.high)
        assert low is not None
        assert high is not None
        layers.append(
            {
                "data": {"values": [{"thang": 12, "gia_tri": float(low), "cao": float(high)}]},
                "mark": {"type": "bar", "width": 16, "color": AMBER, "opacity": 0.45},
                "encoding": {"y2": {"field": "cao"}},
            }
        )
    return {
        "$schema": SCHEMA,
        "width": "container",
        "height": 300,
        "data": {"values": rows},
        "encoding": {"x": x, "y": y},
        "layer": layers,
    }


def waterfall(bars: Sequence[Bar]) -> dict[str, Any]:
    """Points brought by each part, one upon the other, and the whole."""
    rows = [
        {
            "ten": bar.name,
            "tu": float(bar.start),
            "den": float(bar.end),
            "chu": write_number(bar.end - bar.start, 2),
            "loai": "tong" if bar.total else "giam" if bar.end < bar.start else "tang",
        }
        for bar in bars
    ]
    return {
        "$schema": SCHEMA,
        "width": "container",
        "height": 44 * len(rows) + 20,
        "data": {"values": rows},
        "encoding": {
            "y": {
                "field": "ten",
                "type": "ordinal",
                "sort": [row["ten"] for row in rows],
                "title": None,
                "axis": {"labelLimit": 230, "domain": False, "ticks": False},
            },
            "x": {"field": "tu", "type": "quantitative", "title": _("điểm phần trăm"), "axis": {"tickCount": 5}},
        },
        "layer": [
            {
                "mark": {"type": "bar", "height": {"band": 0.6}},
                "encoding": {
                    "x2": {"field": "den"},
                    "color": {
                        "field": "loai",
                        "type": "nominal",
                        "legend": None,
                        "scale": {"domain": ["tang", "giam", "tong"], "range": [BLUE, AMBER, INK]},
                    },
                },
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 5, "fontSize": 13, "aria": False},
                "encoding": {"x": {"field": "den", "type": "quantitative"}, "text": {"field": "chu"}},
            },
        ],
    }
