"""The Django app of this room."""

from django.apps import AppConfig


class MattersConfig(AppConfig):
    name = "sct.office.matters"
    label = "matters"
