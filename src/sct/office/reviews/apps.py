"""The Django app of this room."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "sct.office.reviews"
    label = "reviews"
