"""The Django app of this room."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "sct.office.ledger"
    label = "ledger"
