"""The Django app of this room."""

from django.apps import AppConfig


class CollectionConfig(AppConfig):
    name = "sct.office.collection"
    label = "collection"
