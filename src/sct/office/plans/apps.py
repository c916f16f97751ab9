"""The Django app of this room."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "sct.office.plans"
    label = "plans"
