"""The rows of this room: files, what happened to them on which days, editions of procedures; added only."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sct.office.people.append_only import AppendOnly


class Edition(AppendOnly):
    """Lần ban hành: a procedure as it was declared when a file began under it; what is declared later moves no file."""

    code = models.CharField(max_length=60)
    version = models.IntegerField()
    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of what was declared
    declared = models.JSONField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.code} {self.version}"


class File(AppendOnly):
    """Hồ sơ: something that walks through a procedure, under the edition of the day it was opened."""

    area = models.CharField(max_length=40)
    procedure = models.CharField(max_length=60)
    # None: opened before editions were kept; it walks through what is declared under its code today
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, null=True, related_name="files")
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


class EventKind(models.TextChoices):
    """What can happen to a file."""

    DONE = "done", _("xong bước")
    RETURNED = "returned", _("trả lại, chờ bổ sung")
    RECEIVED = "received", _("nhận bổ sung")


class FileEvent(AppendOnly):
    """A step was done, papers were asked for or came, on a day; a slip is taken back by another row (`undoes`)."""

    kind = models.CharField(max_length=8, choices=EventKind.choices, default=EventKind.DONE)
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
        return f"{self.file_id} {self.step} {self.kind} {self.on}"
