"""Minh chứng: a paper attached to a step, to news of a matter or to a mark, as it was given."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from sct.following.events import local_day
from sct.office.coordination import papers
from sct.office.web.choice import SiteRequest


@require_safe
def paper(request: SiteRequest, number: int) -> HttpResponse:
    """Always as a download: it is not ours to run."""
    name, body = papers.fetch(request.user, number, local_day(timezone.now()))
    headers = {"Content-Disposition": content_disposition_header(True, name) or "attachment"}
    return HttpResponse(body, content_type="application/octet-stream", headers=headers)


paths = [path("minh-chung/<int:number>/", paper, name="paper")]
