"""Signing in, slowed down after too many wrong passwords."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone

from sct.office.people.models import LoginFailure, Person


class ThrottledBackend(ModelBackend):
    """Django's backend, deaf for a while to a name and address that gave `LOGIN_TRIES` wrong passwords."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **more: Any
    ) -> Person | None:
        name = username or str(more.get(Person.USERNAME_FIELD, ""))
        key = failure_key(name, "" if request is None else str(request.META.get("REMOTE_ADDR", "")))
        if is_waiting(key):
            raise PermissionDenied  # no further backend is asked, and the password is not even hashed
        person = super().authenticate(request, username=name, password=password)
        if person is None:
            LoginFailure.objects.create(key=key)
            return None
        LoginFailure.objects.filter(key=key).delete()
        assert isinstance(person, Person)
        return person


def failure_key(name: str, address: str) -> str:
    """A hash, so that the table of failures does not list names."""
    return hashlib.sha256(f"{name.casefold()}\0{address}".encode()).hexdigest()


def is_waiting(key: str) -> bool:
    """Whether too many failures lie within the waiting time; older ones are forgotten."""
    since = timezone.now() - timedelta(minutes=settings.LOGIN_WAIT_MINUTES)
    LoginFailure.objects.filter(at__lt=since).delete()
    return LoginFailure.objects.filter(key=key).count() >= settings.LOGIN_TRIES
