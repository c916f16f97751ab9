"""The rows of this room: workbooks, what people answered about them, what was kept of them. None is ever changed.

What a workbook says is not stored: it is read from its bytes with the answers in force, so an answer counts at once.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from sct.office.ledger.models import Batch
from sct.office.people.append_only import AppendOnly


class StoredWorkbook(AppendOnly):
    """A workbook with its bytes in the store; the same bytes once an area."""

    name = models.CharField(max_length=255)  # of the file
    sha256 = models.CharField(max_length=64, db_index=True)
    identity = models.CharField(max_length=110, unique=True)  # area and sha256
    area = models.CharField(max_length=40)  # key: whose figures these are, where no sheet says otherwise
    published = models.CharField(max_length=10, blank=True)  # told by the person: 2026-04 or 2026-04-28
    size = models.BigIntegerField()
    who = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_index=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["area", "-id"], name="workbooks_area")]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def identity_of(area: str, sha256: str) -> str:
        return f"{area}|{sha256}"


class Answer(AppendOnly):
    """What a department answered, a row of declarations/workbooks; the newest of a code holds, an empty one ends it."""

    area = models.CharField(max_length=40, db_index=True)
    code = models.CharField(max_length=200)  # kind and code of the row
    row = models.JSONField(default=dict)
    words = models.CharField(max_length=500)  # what was asked, as the sheet says it
    workbook = models.ForeignKey(StoredWorkbook, null=True, on_delete=models.PROTECT, related_name="answers")
    who = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.area} {self.code}"


class Keeping(AppendOnly):
    """One act of keeping figures of a workbook: one batch of the ledger. It is undone by withdrawing the batch."""

    workbook = models.ForeignKey(StoredWorkbook, on_delete=models.PROTECT, related_name="keepings")
    batch = models.OneToOneField(Batch, on_delete=models.PROTECT, related_name="+")
    figures = models.IntegerField()
    restated = models.IntegerField()
    who = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.workbook_id} → batch {self.batch_id}"
