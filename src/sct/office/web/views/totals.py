"""Thu thập: what units reported, summed beside the city's figure; a series over the change of July 2025."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from sct.catalogue import load
from sct.errors import UserError
from sct.office.coordination.totals import Bridge, Told, bridge
from sct.office.coordination.totals import totals as summed
from sct.office.web import exports, wording
from sct.office.web.choice import SiteRequest, label
from sct.vietnamese.periods import PeriodKind
from sct.words import _

KINDS = {"thang": PeriodKind.MONTH, "quy": PeriodKind.QUARTER, "nua-nam": PeriodKind.HALF, "nam": PeriodKind.YEAR}


@require_safe
def totals(request: SiteRequest, code: str, period: str) -> HttpResponse:
    """Cộng các đơn vị và so với số của Thành phố."""
    try:
        found = summed(request.user, code, period)
    except UserError as error:
        if isinstance(error, Http404):
            raise
        raise Http404(error.code) from error
    if "dang" in request.GET:
        table = exports.Table(
            f"{found.form.number} {label(found.period)}",
            [_("Chỉ tiêu"), _("Đơn vị"), _("Cộng các đơn vị"), _("Số đơn vị"), _("Số của Thành phố"), _("Chênh lệch")],
        )
        for row in found.rows:
            unit = row.field.unit
            assert unit is not None
            city = row.city.quantity.to(unit) if row.city else None
            told = f"{row.told}/{row.of}"
            table.rows.append([row.field.label, unit.name, row.value, told, city, row.gap.number if row.gap else None])
        return exports.answer(request.GET["dang"], f"tong-hop-{code}-{period}", table)
    return render(request, "web/totals.html", {"found": found})


@require_safe
def across(request: SiteRequest, code: str) -> HttpResponse:
    """Một chuỗi qua 01-7-2025, trên địa bàn cũ hoặc mới."""
    catalogue = load()
    if code not in catalogue.indicators:
        raise Http404(code)
    new = request.GET.get("theo", "moi") != "cu"
    kind = request.GET.get("loai", "thang")
    member = request.GET.get("pt", "")
    found = bridge(request.user, code, member, new=new, kind=KINDS.get(kind, PeriodKind.MONTH))
    context = {
        "found": found,
        "code": code,
        "new": new,
        "kind": kind,
        "member": member,
        "series": catalogue.name_of(code, member),
        "kinds": [("thang", _("Tháng")), ("quy", _("Quý")), ("nua-nam", _("6 tháng")), ("nam", _("Năm"))],
        "lines": [(area, [_shown(found, told) for told in cells]) for area, cells in found.lines],
        "without": _without(found),
    }
    return render(request, "web/across.html", context)


def _shown(found: Bridge, told: Told) -> tuple[str, str, Told]:
    """What a cell says, of which sort (reported, carried, gap, none), and the cell."""
    if told.figure is not None:
        return wording.bare(told.figure), "reported", told
    if told.carried is not None and found.unit is not None:
        from sct.vietnamese.write import write_number

        unit = found.unit.quantity.unit
        return write_number(told.carried.value / unit.factor, found.unit.quantity.decimals), "carried", told
    return "", "gap" if told.gap is not None else "none", told


def _without(found: Bridge) -> list[str]:
    """Names of the areas whose weights are missing, each once."""
    areas = load().areas
    keys = {key for _area, cells in found.lines for told in cells if told.gap for key in told.gap.without_weight}
    return sorted(areas[key].name for key in keys)


paths = [
    path("thu-thap/tong-hop/<slug:code>/<str:period>/", totals, name="totals"),
    path("thu-thap/qua-7-2025/<slug:code>/", across, name="across"),
]
