"""Reads the choice of the address before every page, and answers what cannot be used in plain words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers

from sct.errors import UserError
from sct.office.web.choice import attach
from sct.office.web.errors import plain

_WITH_OLD_PASSWORD = {"password", "logout", "set_language"}  # what a one-time password opens
Answer = Callable[[HttpRequest], HttpResponse]
View = TypeVar("View", bound=Callable[..., HttpResponse])


def without_choice(view: View) -> View:
    """For a view that answers data and shows no page: it needs neither the choice nor the questions it takes."""
    view.without_choice = True  # type: ignore[attr-defined]
    return view


class Chosen:
    """`request.choice` and `request.coverage` of a logged-in person; a wrong address gets a page that says why."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.answer(request)
        # A part that htmx asks for has the address of its page: going back must not show the part alone.
        patch_vary_headers(answer, ("HX-Request",))
        if request.user.is_authenticated:
            answer.headers.setdefault("Cache-Control", "private, no-cache")  # not for whoever sits here next
        return answer

    def process_view(self, request: Any, view: object, args: object, kwargs: object) -> HttpResponse | None:
        if not request.user.is_authenticated or getattr(view, "without_choice", False):
            return None
        if request.user.must_change_password and request.resolver_match.url_name not in _WITH_OLD_PASSWORD:
            return HttpResponseRedirect(reverse("password"))
        try:
            attach(request)
        except UserError as error:
            return plain(request, 404, error.what, error.sentence())
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A user error that no view has shown in its place; 404 and 403 are Django's own."""
        if isinstance(error, Http404 | PermissionDenied):
            return None
        return plain(request, 400, error.what, error.sentence()) if isinstance(error, UserError) else None
