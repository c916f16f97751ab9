"""Chỉ tiêu: the list, and the page of one series."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from sct.catalogue import load
from sct.catalogue.model import Indicator, SeriesKey, Transformation
from sct.errors import UserError
from sct.office.coordination import listing
from sct.office.coordination.series import FREQUENCIES, Line, SeriesPage, series_page
from sct.office.web import charts, exports, wording
from sct.office.web.choice import SiteRequest
from sct.vietnamese.periods import Period, PeriodKind

COLUMNS = (
    Transformation.LEVEL,
    Transformation.YOY,
    Transformation.MOM,
    Transformation.SINCE_DECEMBER,
    Transformation.AVERAGE_YEARLY,
    Transformation.CONTRIBUTION,
    Transformation.GROWTH_SHARE,
    Transformation.SHARE,
    Transformation.INDEX,
    Transformation.PROGRESS,
)
SHOWN = 36  # lines of the table, newest first; the rest on request


@require_safe
def indicators(request: SiteRequest) -> HttpResponse:
    query, empty = request.GET.get("tim", "").strip(), bool(request.GET.get("tatca"))
    choice = request.choice
    rows = listing.rows(request.user, choice.area, choice.period, choice.known, query=query, empty=empty)
    if "dang" in request.GET:
        return exports.answer(request.GET["dang"], "chi-tieu", exports.indicator_table(rows, choice))
    order = list(wording.GROUPS)
    rows.sort(key=lambda row: order.index(row.entry.group) if row.entry.group in order else len(order))
    groups = [(wording.group_name(name), list(members)) for name, members in groupby(rows, lambda row: row.entry.group)]
    return render(
        request, "web/indicators.html", {"groups": groups, "query_here": query, "all": empty, "count": len(rows)}
    )


@require_safe
def indicator(request: SiteRequest, code: str) -> HttpResponse:
    """The page of a series: chart, table by period, vintages, conflicts, definition."""
    entry, key = _series(request, code)
    page = series_page(request.user, request.choice.area, key, request.choice.known)
    loai = _frequency(request, page)
    lines = page.frequency(loai) if loai else []
    columns = [how for how in COLUMNS if any(_worth(how, line) for line in lines)]
    if "dang" in request.GET:
        return exports.answer(request.GET["dang"], key.indicator, exports.series_table(page, entry, request.choice))
    how = _transformation(request, entry, lines, columns)
    context = {
        "entry": entry,
        "key": key,
        "page": page,
        "frequencies": [(name, wording.FREQUENCIES[name]()) for name in page.frequencies],
        "frequency": loai,
        "lines": lines[::-1] if "tatca" in request.GET else lines[: -SHOWN - 1 : -1],
        "more": 0 if "tatca" in request.GET else max(0, len(lines) - SHOWN),
        "columns": columns,
        "how": how,
        "chart": charts.series_chart(key, _charted(lines, how), how, request.choice) if how else None,
        "focus": _focus(request, page, entry),
        "near": [(_known(near.code), near) for near in entry.near_names],
        "parts": _parts(request, entry),
        "whole": load().indicators.get(entry.parent),
        "looking_back": request.choice.as_of is not None,
    }
    return render(request, "web/indicator.html", context)


def _worth(how: Transformation, line: Line) -> bool:
    """A column stands for what was published, and for levels and growths also when they are only computed."""
    cell = line.cells.get(how)
    return cell is not None and (cell.shown is not None or how in COLUMNS[:3])


def _series(request: SiteRequest, code: str) -> tuple[Indicator, SeriesKey]:
    catalogue = load()
    try:
        entry = catalogue.indicator(code)
    except UserError as error:
        raise Http404(error.sentence()) from error
    base, breakdown = entry.series
    member = request.GET.get("pt", "") or breakdown
    if member and member not in catalogue.breakdowns and not breakdown:
        raise Http404(member)
    return entry, SeriesKey(base, request.choice.area.key, member)


def _frequency(request: SiteRequest, page: SeriesPage) -> str:
    """The frequency asked for, else that of the chosen period, else the first that has lines."""
    asked = request.GET.get("loai", "")
    chosen = next((name for name, kinds in FREQUENCIES.items() if request.choice.period.kind in kinds), "nam")
    return next((name for name in (asked, chosen, *page.frequencies) if name in page.frequencies), "")


def _transformation(
    request: SiteRequest, entry: Indicator, lines: list[Line], columns: list[Transformation]
) -> Transformation | None:
    """What the chart shows: what was asked, else the way the indicator is told, if it has at least two values."""
    counts = {how: len(_charted(lines, how)) for how in columns}
    asked = request.GET.get("cach", "")
    order = [Transformation(asked)] if asked in {how.value for how in columns} else []
    order += [entry.headline, *sorted(columns, key=lambda how: -counts[how])]
    return next((how for how in order if counts.get(how, 0) >= 2), None)


def _charted(lines: list[Line], how: Transformation) -> list[Line]:
    """The lines that a chart may draw together: counts of a register are no points of a reported line."""
    mine = [line for line in lines if how in line.cells]
    if not any(line.cells[how].shown for line in mine):
        return mine
    return [line for line in mine if not line.cells[how].is_counted]


def _focus(request: SiteRequest, page: SeriesPage, entry: Indicator) -> dict[str, Any] | None:
    """The cell beside the chart: of the chosen period if there is one, else the latest; the contested one first."""
    fit = [line for line in page.lines if line.period == request.choice.period]
    line = fit[0] if fit else _last(page, request.choice.period)
    if line is None:
        return None
    contested = [how for how, cell in line.cells.items() if cell.conflict]
    order = [*contested, entry.headline, Transformation.LEVEL, Transformation.YOY, *line.cells]
    how = next(how for how in order if how in line.cells)
    others = [(other, line.cells[other]) for other in COLUMNS if other in line.cells and _worth(other, line)]
    return {"line": line, "how": how, "cell": line.cells[how], "others": others}


def _last(page: SeriesPage, period: Period) -> Line | None:
    before = [line for line in page.lines if line.period.months[1] <= period.months[1]]
    before = [line for line in before if line.period.kind is not PeriodKind.SPAN]
    return before[-1] if before else (page.lines[-1] if page.lines else None)


def _known(code: str) -> Indicator | None:
    catalogue = load()
    return catalogue.indicators.get(code) or catalogue.views.get(code)


def _parts(request: SiteRequest, entry: Indicator) -> list[tuple[str, str]]:
    """Parts and views of this indicator that have figures here: name and address."""
    series = listing.present(request.user, request.choice.area, request.choice.known)
    mine = [one for one in listing.entries() if one.parent == entry.code and one.series in series]
    return [(wording.name(part), reverse("indicator", args=[part.code]) + request.choice.query()) for part in mine]


paths = [
    path("chi-tieu/", indicators, name="indicators"),
    path("chi-tieu/<slug:code>/", indicator, name="indicator"),
]
