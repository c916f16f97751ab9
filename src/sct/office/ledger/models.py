"""The rows of the ledger: batches, observations, withdrawals. None is ever changed or deleted.

An observation repeats what every view sorts and filters by (cell, months, published day), so that each view is one
index scan. `value` is the exact number in the base unit as canonical decimal text, `number` the number as printed.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sct.office.people.append_only import AppendOnly


class BatchKind(models.TextChoices):
    """How figures came in together."""

    IMPORT = "import", _("nạp tệp")
    ACCEPT = "accept", _("nhận từ văn bản")
    ENTRY = "entry", _("nhập tay")


class Batch(AppendOnly):
    """Figures that came in by one action: a file, an accepted statement, a form."""

    kind = models.CharField(max_length=12, choices=BatchKind.choices)
    name = models.CharField(max_length=255, blank=True)  # file name, document title
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)  # of the file's bytes
    who = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_index=True)
    count = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.pk} {self.kind} {self.name}"


class Observation(AppendOnly):
    """One value of a series for a period and transformation, as somebody said it on a date."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="observations")
    who = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    entered = models.DateTimeField()

    indicator = models.CharField(max_length=80)
    area = models.CharField(max_length=40)
    breakdown = models.CharField(max_length=80, blank=True)
    period = models.CharField(max_length=16)
    first_month = models.IntegerField()
    last_month = models.IntegerField()
    transformation = models.CharField(max_length=20)
    cell = models.CharField(max_length=250)  # the five above in one key, see `figures.cell_key`

    number = models.CharField(max_length=80)
    unit = models.CharField(max_length=40)
    decimals = models.SmallIntegerField()
    value = models.CharField(max_length=100)
    comparator = models.CharField(max_length=8)
    bound = models.CharField(max_length=8, blank=True)
    basis = models.CharField(max_length=40, blank=True)
    stage = models.CharField(max_length=12)
    actual = models.BooleanField()  # the stage tells an actual value, not a plan or a forecast

    published = models.CharField(max_length=10, blank=True)  # 2020, 2020-11 or 2020-11-05
    published_last = models.DateField(null=True)  # the day by which it was surely known
    published_basis = models.CharField(max_length=24, blank=True)
    doubtful = models.BooleanField(default=False)  # a misprint in the source: kept, but never the current value

    origin_kind = models.CharField(max_length=12)
    title = models.CharField(max_length=500, blank=True)
    url = models.CharField(max_length=1000, blank=True)
    document = models.CharField(max_length=80, blank=True)
    file = models.CharField(max_length=255, blank=True)
    place = models.CharField(max_length=255, blank=True)
    origin_note = models.CharField(max_length=500, blank=True)
    note = models.CharField(max_length=500, blank=True)
    content = models.CharField(max_length=64)  # SHA-256 of everything above but who and when: same content, same figure

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["cell", "published_last"], name="ledger_cell"),
            models.Index(fields=["indicator", "area", "breakdown", "first_month"], name="ledger_series"),
            models.Index(fields=["area", "indicator"], name="ledger_area"),
            models.Index(fields=["content"], name="ledger_content"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.cell} {self.number} {self.unit}"


class Withdrawal(AppendOnly):
    """The event that takes an observation out of every view from a moment on; it stays readable in the history."""

    observation = models.OneToOneField(Observation, on_delete=models.PROTECT, related_name="withdrawal")
    who = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    why = models.CharField(max_length=500)

    def __str__(self) -> str:
        return f"{self.observation_id}: {self.why}"


class ContestedCell(AppendOnly):
    """A cell that has ever held two different values: where conflicts are looked for, instead of everywhere.

    Noted when figures are recorded. Whether the values contradict each other is decided when asked (`conflicts`).
    """

    cell = models.CharField(max_length=250, unique=True)
    indicator = models.CharField(max_length=80, db_index=True)
    area = models.CharField(max_length=40)

    def __str__(self) -> str:
        return self.cell
