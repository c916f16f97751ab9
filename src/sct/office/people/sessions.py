"""Sessions in the database, each with the person who signed in: what is open can be seen and closed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from sct.office.people.models import SignIn

_BEGUN = "_begun"


class SessionStore(DatabaseStore):
    """Django's own store over `SignIn`."""

    @classmethod
    def get_model_class(cls) -> type[SignIn]:
        return SignIn

    def create_model_instance(self, data: dict[str, Any]) -> SignIn:
        begun = data.setdefault(_BEGUN, timezone.now().isoformat())
        made: SignIn = super().create_model_instance(data)  # type: ignore[assignment]
        made.person_id = int(data[SESSION_KEY]) if data.get(SESSION_KEY) else None
        made.begun = datetime.fromisoformat(begun)
        return made
