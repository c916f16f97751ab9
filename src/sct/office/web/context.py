"""What every page shows: rooms, the choice and what may be chosen."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from sct.office.web import choice as chosen
from sct.office.web.navigation import doors


def site(request: HttpRequest) -> dict[str, Any]:
    """Context processor; nothing for whoever is not logged in."""
    choice = getattr(request, "choice", None)
    if choice is None:
        return {}
    coverage = request.coverage  # type: ignore[attr-defined]
    rooms = doors(request)
    return {
        "choice": choice,
        "choices": SimpleLazyObject(lambda: chosen.choices(choice, coverage)),
        "choice_rest": [(name, value) for name, value in request.GET.items() if name not in chosen.NAMES],
        "rooms": rooms,
        "here_in_rooms": any(room.here for room in rooms),
    }
