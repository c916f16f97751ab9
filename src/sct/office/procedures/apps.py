"""The Django app of this room."""

from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "sct.office.procedures"
    label = "procedures"
