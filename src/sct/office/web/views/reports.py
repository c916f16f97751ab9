"""Báo cáo: choose a year, read the preview where each number opens its source, take the Word file."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from sct.office.coordination import report as maker
from sct.office.web.choice import SiteRequest
from sct.vietnamese.text import search_key

FEWEST = 5  # indicators with a yearly figure below which a review says next to nothing
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
def reports(request: SiteRequest) -> HttpResponse:
    choice, coverage = request.choice, request.coverage
    made = maker.report(request.user, choice.area, choice.year, choice.known) if coverage.has(choice.area) else None
    numbers = list(made.numbers) if made else []
    context = {
        "report": made if numbers else None,
        "years": _years(request),
        "numbers": len(numbers),
        "sources": len({row.url for row in made.sources if row.url}) if made else 0,
    }
    return render(request, "web/reports.html", context)


def _years(request: SiteRequest) -> list[int]:
    """Years with enough yearly figures for a review, and the chosen one."""
    counts = request.coverage.by_area.get(request.choice.area.key, {})
    rich = {year for year, count in counts.items() if count >= FEWEST}
    return sorted({*rich, request.choice.year}, reverse=True)


@require_safe
def word(request: SiteRequest, year: int) -> HttpResponse:
    """The Word file of the review; 404 for a year without figures."""
    choice = request.choice
    if year not in request.coverage.years(choice.area):
        raise Http404(year)
    made = maker.report(request.user, choice.area, year, choice.known)
    with TemporaryDirectory() as folder:
        target = Path(folder) / "report.docx"
        maker.write_word(made, target)
        body = target.read_bytes()
    place = search_key(choice.area.short_name).replace(" ", "-")
    name = f"bao-cao-{place}-{year}.docx"
    return HttpResponse(body, content_type=WORD, headers={"Content-Disposition": f'attachment; filename="{name}"'})


paths = [
    path("bao-cao/", reports, name="reports"),
    path("bao-cao/<int:year>.docx", word, name="report-word"),
]
