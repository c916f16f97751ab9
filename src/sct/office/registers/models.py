"""Rows of the registers. Entries, events, withdrawals and batches are only ever added; spans are worked out from them.

A `Span` is what an entry was from `start` to the day before `until`: the state of a register on any day, today too, is
one question, `start <= day < until`, answered from an index. Spans hold nothing of their own: `actions.rebuild` makes
them again from the events.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sct.office.people.append_only import AppendOnly

OPEN = date(9999, 12, 31)  # `until` of the span that still holds
FACET_COLUMNS = ("f1", "f2", "f3", "f4")


class BatchKind(models.TextChoices):
    """How events came in together."""

    FORM = "form", _("nhập tay")
    IMPORT = "import", _("nạp tệp")
    SAMPLE = "sample", _("hồ sơ mẫu")
    API = "api", _("qua giao diện lập trình")


class Batch(AppendOnly):
    """Events that came in by one action."""

    register = models.CharField(max_length=60)
    kind = models.CharField(max_length=12, choices=BatchKind.choices)
    name = models.CharField(max_length=255, blank=True)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    who = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_index=True)
    count = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.pk} {self.register} {self.kind} {self.name}"


class Entry(AppendOnly):
    """Hồ sơ: one thing of a register. Everything about it stands in its events."""

    register = models.CharField(max_length=60, db_index=True)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="entries")

    def __str__(self) -> str:
        return f"{self.register} {self.pk}"


class Event(AppendOnly):
    """Biến động: one dated change with its evidence. `values` are canonical texts by field, "" takes one away."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="events")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="events")
    who = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    entered = models.DateTimeField()
    valid = models.DateField()
    valid_precision = models.SmallIntegerField(default=10)  # 4, 7 or 10: how much of the day the source tells
    found = models.BooleanField(default=False)  # so found on the day; since when is not known
    state = models.CharField(max_length=40, blank=True)
    values = models.JSONField(default=dict)
    decision = models.CharField(max_length=120, blank=True)
    decided = models.DateField(null=True)
    signer = models.CharField(max_length=150, blank=True)
    document = models.CharField(max_length=500, blank=True)
    source = models.CharField(max_length=1000, blank=True)  # address or title of what says so
    published = models.CharField(max_length=10, blank=True)  # 2020, 2020-11 or 2020-11-05: when the source said so
    note = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return f"{self.pk} {self.valid} {self.state}"


class EventWithdrawal(AppendOnly):
    """An event taken out of every view from a moment on; it stays readable in the history."""

    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="withdrawal")
    who = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    why = models.CharField(max_length=500)

    def __str__(self) -> str:
        return f"{self.event_id}: {self.why}"


class Span(models.Model):
    """What an entry was from a day on. `f1`…`f4` are the register's facets in the order of their declaration."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="spans")
    register = models.CharField(max_length=60)
    province = models.CharField(max_length=20, blank=True)
    area = models.CharField(max_length=20, blank=True)
    start = models.DateField()
    until = models.DateField()
    open = models.BooleanField()
    entered = models.BooleanField()  # it came into its state on the day the span begins
    name = models.CharField(max_length=300)
    name_key = models.CharField(max_length=128)  # Vietnamese order as hexadecimal digits, alike on both databases
    search = models.TextField()  # words without diacritics
    state = models.CharField(max_length=40)
    since = models.DateField()
    since_precision = models.SmallIntegerField(default=10)  # 4, 7 or 10: how much of `since` is known
    since_found = models.BooleanField(default=False)  # only found so on that day
    values = models.JSONField(default=dict)
    f1 = models.CharField(max_length=40, blank=True)
    f2 = models.CharField(max_length=40, blank=True)
    f3 = models.CharField(max_length=40, blank=True)
    f4 = models.CharField(max_length=40, blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    approximate = models.BooleanField(default=False)  # the point is the middle of its area, nobody placed it
    cell = models.IntegerField(null=True)  # of a grid of a hundredth of a degree, see `mapping.cell_of`
    expires = models.DateField(null=True)
    blocked = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["entry", "start"], name="span_entry"),
            # As of any day.
            models.Index(fields=["register", "province", "name_key", "start", "until"], name="span_name"),
            models.Index(fields=["register", "province", "state", "until", "start"], name="span_state"),
            models.Index(fields=["register", "area", "state", "until", "start"], name="span_area"),
            models.Index(fields=["register", "state", "start"], name="span_entered", condition=Q(entered=True)),
            # As of today: one row an entry.
            models.Index(fields=["register", "province", "name_key"], name="span_now_name", condition=Q(open=True)),
            models.Index(
                fields=["register", "province", "state", "name_key"], name="span_now_state", condition=Q(open=True)
            ),
            models.Index(fields=["register", "area", "name_key"], name="span_now_area", condition=Q(open=True)),
            models.Index(fields=["register", "province", "f1", "name_key"], name="span_now_f1", condition=Q(open=True)),
            models.Index(fields=["register", "province", "f2", "name_key"], name="span_now_f2", condition=Q(open=True)),
            models.Index(fields=["register", "province", "f3", "name_key"], name="span_now_f3", condition=Q(open=True)),
            models.Index(
                fields=["register", "province", "cell", "state"], name="span_now_cell", condition=Q(open=True)
            ),
            models.Index(
                fields=["register", "province", "expires"],
                name="span_now_expires",
                condition=Q(open=True, expires__isnull=False),
            ),
            models.Index(
                fields=["register", "province", "since"], name="span_now_blocked", condition=Q(open=True, blocked=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.start} {self.name}"
