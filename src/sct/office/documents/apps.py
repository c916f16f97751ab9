"""The Django app of this room."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "sct.office.documents"
    label = "documents"
