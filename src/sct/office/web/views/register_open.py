"""Without an account: open registers, the card of an entry (a cluster for an investor), files of open data."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from sct.catalogue.histories import LATITUDE, LONGITUDE
from sct.catalogue.register_values import show
from sct.catalogue.registers import Register
from sct.office.registers import opened
from sct.office.registers.queries import Line
from sct.office.web import register_wording as wording
from sct.office.web.exports import safe
from sct.office.web.register_map import base_of
from sct.words import _

# The first facts of a card, where a register has them.
FACTS = ("total_area", "free_area", "occupancy", "points", "area_m2")
UTILITIES = ("power", "water", "roads", "drainage", "lighting", "wastewater")


@login_not_required
@require_safe
def registers(request: HttpRequest) -> HttpResponse:
    """The open registers, with how many entries each has, and their files."""
    return render(request, "web/open.html", {"registers": opened.registers()})


@login_not_required
@require_safe
def register(request: HttpRequest, code: str) -> HttpResponse:
    """The entries of an open register."""
    kind = _open(code)
    words = request.GET.get("tim", "").strip()[:200]
    page = request.GET.get("trang", "1")
    at = int(page) if page.isdigit() and 0 < int(page) < 10_000 else 1
    lines, total = opened.lines(kind, words, at)
    columns = [one for one in kind.open_fields if one.column]
    context = {
        "kind": kind,
        "lines": lines,
        "total": total,
        "words": words,
        "columns": columns,
        "page": at,
        "more": at * opened.PAGE < total,
    }
    return render(request, "web/open_register.html", context)


def _open(code: str) -> Register:
    kind = next((one for one, _n in opened.registers() if one.code == code), None)
    if kind is None:
        raise Http404(code)
    return kind


@login_not_required
@require_safe
def entry(request: HttpRequest, number: int) -> HttpResponse:
    """The card of an entry: what everybody may know, in large letters."""
    line, source = opened.entry(number)
    kind = line.register
    shown = {one.code: one for one in kind.open_fields if line.value(one.code)}
    free = opened.free_land(line)
    facts = [
        (kind.fields[code].told, wording.valued(kind.fields[code], line.value(code))) for code in FACTS if code in shown
    ]
    if free is not None:
        facts.insert(1, (_("Đất công nghiệp còn trống"), f"{free}\u00a0ha"))
    context = {
        "kind": kind,
        "line": line,
        "facts": facts,
        "utilities": [
            (kind.fields[code], line.value(code))
            for code in UTILITIES
            if code in kind.fields and kind.fields[code].public
        ],
        "others": [one for code, one in shown.items() if code not in FACTS + UTILITIES],
        "source": source,
        "colour": wording.colours(kind).get(line.state, wording.PALETTE[0]),
    }
    return render(request, "web/open_entry.html", context)


@login_not_required
@require_safe
def data(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The open-data file of a register: CSV, JSON or GeoJSON of its public fields."""
    one = _open(code)
    lines = opened.everything(one)
    if kind == "csv":
        stream = io.StringIO()
        writer = csv.writer(stream)
        heads = [_("Mã hồ sơ"), _("Tên"), _("Địa bàn"), _("Trạng thái"), _("Từ ngày"), _("Vĩ độ"), _("Kinh độ")]
        writer.writerow([safe(head) for head in (*heads, *(f.told for f in one.open_fields))])
        writer.writerows([safe(cell) for cell in _cells(one, line)] for line in lines)
        body = stream.getvalue().encode("utf-8-sig")
        return HttpResponse(body, content_type="text/csv; charset=utf-8", headers=_as_file(f"{one.code}.csv"))
    if kind == "json":
        return JsonResponse(
            {"register": one.code, "name": one.told, "entries": [as_json(line, one.open_fields) for line in lines]}
        )
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [line.lon, line.lat]},
            "properties": as_json(line, one.open_fields),
        }
        for line in lines
        if line.lat is not None and not line.approximate
    ]
    return JsonResponse({"type": "FeatureCollection", "features": features}, content_type="application/geo+json")


@login_not_required
@require_safe
def base(request: HttpRequest) -> JsonResponse:
    """The base of the public map: the units of the province that has entries."""
    return JsonResponse(base_of(opened.home(), timezone.localdate()))


def _as_file(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def _cells(kind: Register, line: Line) -> list[str]:
    state = kind.states[line.state].told
    place = [line.values.get(code, "") for code in (LATITUDE, LONGITUDE)]
    values = [show(one, line.value(one.code)) for one in kind.open_fields]
    return [str(line.entry), line.name, wording.area_line(line.area), state, line.since.isoformat(), *place, *values]


def as_json(line: Line, fields: Any) -> dict[str, Any]:
    """An entry as the API and the open files give it: codes for machines, canonical values."""
    return {
        "entry": line.entry,
        "register": line.register.code,
        "name": line.name,
        "area": line.area,
        "state": line.state,
        "since": line.since.isoformat(),
        "expires": line.expires.isoformat() if line.expires else None,
        "lat": float(line.values[LATITUDE]) if line.values.get(LATITUDE) else None,
        "lon": float(line.values[LONGITUDE]) if line.values.get(LONGITUDE) else None,
        "values": {one.code: value for one in fields if (value := line.value(one.code))},
        "href": reverse("entry", args=[line.entry]),
    }


paths = [
    path("cong-khai/", registers, name="open"),
    path("cong-khai/nen.json", base, name="open-base"),
    path("cong-khai/ho-so/<int:number>/", entry, name="open-entry"),
    path("cong-khai/<slug:code>/", register, name="open-register"),
    *(
        path(f"cong-khai/<slug:code>.{kind}", data, {"kind": kind}, name=f"open-{kind}")
        for kind in ("csv", "json", "geojson")
    ),
]
