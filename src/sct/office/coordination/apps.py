"""The Django app of this room."""

from django.apps import AppConfig


class CoordinationConfig(AppConfig):
    name = "sct.office.coordination"
    label = "coordination"
