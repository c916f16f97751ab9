"""The Django app of this room."""

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "sct.office.registers"
    label = "registers"
