"""User errors that are also Django's answers: the page shows 404 or 403 without further ado."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404

from sct.errors import UserError


class NotVisibleError(UserError, Http404):
    """There is no such thing, or none this person may see: the answer does not tell which (404)."""


class NotAllowedError(UserError, PermissionDenied):
    """The person sees the thing but may not do this with it (403)."""
