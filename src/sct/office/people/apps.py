"""The Django app of this room."""

import logging
import os
from pathlib import Path

from django.apps import AppConfig
from django.conf import settings
from django.db.models import CharField

from sct.office.environment import unknown
from sct.office.people.among import Among
from sct.words import _


class PeopleConfig(AppConfig):
    name = "sct.office.people"
    label = "people"

    def ready(self) -> None:
        """A misspelt setting is said once; SQLite makes its file but not the folder around it."""
        CharField.register_lookup(Among)
        for name in unknown(os.environ):
            logging.getLogger("sct").warning(_("Không có biến môi trường %s; xem docs/reference/settings.md"), name)
        database = settings.DATABASES["default"]
        if database["ENGINE"].endswith("sqlite3") and isinstance(database["NAME"], Path):
            database["NAME"].parent.mkdir(parents=True, exist_ok=True)
