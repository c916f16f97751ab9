"""The Django app of this room."""

from django.apps import AppConfig


class EmulationConfig(AppConfig):
    name = "sct.office.emulation"
    label = "emulation"
