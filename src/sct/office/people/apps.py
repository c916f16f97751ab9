"""The Django app of this room."""

from pathlib import Path

from django.apps import AppConfig
from django.conf import settings


class PeopleConfig(AppConfig):
    name = "sct.office.people"
    label = "people"

    def ready(self) -> None:
        """SQLite makes its file but not the folder around it."""
        database = settings.DATABASES["default"]
        if database["ENGINE"].endswith("sqlite3") and isinstance(database["NAME"], Path):
            database["NAME"].parent.mkdir(parents=True, exist_ok=True)
