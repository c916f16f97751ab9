"""What every page shows: rooms, the choice and what may be chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from sct.office.web import choice as chosen


@dataclass(frozen=True, slots=True)
class Room:
    name: str
    label: str
    here: bool


def site(request: HttpRequest) -> dict[str, Any]:
    """Context processor; nothing for whoever is not logged in."""
    choice = getattr(request, "choice", None)
    if choice is None:
        return {}
    coverage = request.coverage  # type: ignore[attr-defined]
    return {
        "choice": choice,
        "choices": SimpleLazyObject(lambda: chosen.choices(choice, coverage)),
        "choice_rest": [(name, value) for name, value in request.GET.items() if name not in chosen.NAMES],
        "rooms": rooms(request),
    }


def rooms(request: HttpRequest) -> list[Room]:
    """The navigation: only rooms that work; a page says by its url name to which it belongs."""
    here = (request.resolver_match.url_name or "") if request.resolver_match else ""
    table = (
        ("home", _("Tổng quan"), ("home", "conflicts", "recent")),
        ("indicators", _("Chỉ tiêu"), ("indicators", "indicator", "figure", "computed")),
        ("documents", _("Văn bản"), ("documents", "document", "statement")),
        ("reports", _("Báo cáo"), ("reports",)),
    )
    return [Room(name, label, here in pages) for name, label, pages in table]
