"""The rows of this room: files, and the days on which their steps were done, added only."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from sct.office.people.append_only import AppendOnly


class File(AppendOnly):
    """Hồ sơ: something that walks through a procedure; keeps the version it began under."""

    area = models.CharField(max_length=40)
    procedure = models.CharField(max_length=60)
    number = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    opened = models.DateField()
    who = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "number"], name="one_file_a_number")]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["area", "-opened"], name="procedures_files")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class FileEvent(AppendOnly):
    """A step was done on a day; a slip is taken back by another row (`undoes`)."""

    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="events")
    step = models.CharField(max_length=60)
    on = models.DateField()
    unit = models.CharField(max_length=150, blank=True)
    evidence = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=300, blank=True)
    undoes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="undone_by")
    who = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.file_id} {self.step} {self.on}"
