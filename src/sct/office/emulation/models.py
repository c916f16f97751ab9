"""The rows of this room: marks, added only; the newest of a stage holds."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sct.office.people.append_only import AppendOnly


class Stage(models.TextChoices):
    """Whose mark it is."""

    OWN = "own", _("tự chấm")
    VERIFIED = "verified", _("thẩm định")


class Mark(AppendOnly):
    """Điểm of one criterion for a unit in a year; counted criteria have none."""

    area = models.CharField(max_length=40)
    year = models.SmallIntegerField()
    unit = models.CharField(max_length=150)
    criterion = models.CharField(max_length=60)
    stage = models.CharField(max_length=8, choices=Stage.choices)
    points = models.DecimalField(max_digits=7, decimal_places=2)
    evidence = models.CharField(max_length=300, blank=True)  # number and day of the paper that shows it
    note = models.CharField(max_length=300, blank=True)
    who = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["area", "year", "unit"], name="emulation_marks"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.year} {self.criterion}: {self.points}"
