"""The map's data as GeoJSON: entries, squares, and the base below them."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.urls import reverse

from sct import declared
from sct.catalogue import load
from sct.catalogue.model import Area
from sct.catalogue.registers import Register
from sct.office.registers.points import Shown
from sct.office.registers.queries import Line
from sct.office.web import register_wording as wording

Feature = dict[str, Any]


def collection(kind: Register, shown: Shown, day: date, query: str) -> Feature:
    shades = wording.colours(kind)
    features = [_point(kind, line, day, shades, query) for line in shown.lines if line.lat is not None]
    features += [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [square.lon, square.lat]},
            "properties": {"n": square.count, "many": True},
        }
        for square in shown.squares
    ]
    return {"type": "FeatureCollection", "features": features}


def _point(kind: Register, line: Line, day: date, shades: dict[str, str], query: str) -> Feature:
    classed = wording.class_of(line, day)
    code = classed.code if classed else line.state
    state = kind.states[line.state].told
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [line.lon, line.lat]},
        "properties": {
            "n": 1,
            "id": line.entry,
            "name": line.name,
            "state": f"{state}; {classed.name}" if classed and classed.name else state,
            "area": wording.area_line(line.area),
            "colour": shades.get(code, "#8a8f98"),
            "about": line.approximate,
            "href": reverse("entry", args=[line.entry]) + query,
        },
    }


def base_of(area: Area, day: date) -> Feature:
    """Outlines of the units of a day from `areas/*.geojson` of the department's folder; else their middles."""
    outlines = _outlines()
    units = [one for one in load().areas.values() if one.parent == area.key and one.valid_on(day)]
    features = [_outlined(one, outlines[one.key]) for one in units if one.key in outlines]
    if not features:
        features = [_middle(one) for one in units if one.latitude is not None]
    return {"type": "FeatureCollection", "features": features, "outlined": bool(outlines) and bool(features)}


def _outlines() -> dict[str, Any]:
    """Geometries by area key. A feature names its unit by `key` (275@1900-01-01)."""
    found: dict[str, Any] = {}
    for folder in declared.folders():
        for path in sorted((folder / "areas").glob("*.geojson")):
            for feature in json.loads(path.read_text("utf-8")).get("features", []):
                key = str(feature.get("properties", {}).get("key", ""))
                if key and feature.get("geometry", {}).get("type") in ("Polygon", "MultiPolygon"):
                    found[key] = feature["geometry"]
    return found


def _outlined(one: Area, geometry: Any) -> Feature:
    return {"type": "Feature", "geometry": geometry, "properties": {"name": one.short_name, "key": one.key}}


def _middle(one: Area) -> Feature:
    point = {"type": "Point", "coordinates": [one.longitude, one.latitude]}
    return {"type": "Feature", "geometry": point, "properties": {"name": one.short_name, "key": one.key}}
