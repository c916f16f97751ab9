"""The Django app of this room."""

from django.apps import AppConfig


class WorkbooksConfig(AppConfig):
    name = "sct.office.workbooks"
    label = "workbooks"
