"""The rows of this room: conferences with agenda and papers, what they concluded, and the matters cut from it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sct.office.documents.models import Document
from sct.office.matters.models import Matter
from sct.office.people.append_only import AppendOnly


class ReviewKind(models.TextChoices):
    """Loại kỳ họp."""

    YEAR = "year", _("tổng kết năm")
    HALF = "half", _("sơ kết 6 tháng")
    BRIEFING = "briefing", _("giao ban tháng, quý")
    LOCAL = "local", _("giao ban với xã, phường")
    PLAN = "plan", _("góp ý kế hoạch")
    MINISTRY = "ministry", _("làm việc với Bộ")


class Review(models.Model):
    """Kỳ họp: what it reviews, when it is held, whom it calls."""

    kind = models.CharField(max_length=8, choices=ReviewKind.choices)
    title = models.CharField(max_length=300)
    area = models.CharField(max_length=40)
    period = models.CharField(max_length=16)  # that is reviewed
    held = models.DateField()
    place = models.CharField(max_length=200, blank=True)
    chair = models.CharField(max_length=150, blank=True)
    invited = models.JSONField(default=list)  # names of units
    minutes = models.TextField(blank=True)
    previous = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="following")
    plan = models.IntegerField(null=True)  # number of the plan it tells against
    closed = models.DateField(null=True)
    who = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["area", "-held"], name="reviews_of_area")]

    def __str__(self) -> str:
        return self.title

    @property
    def occasion(self) -> str:
        """The key under which matters know it."""
        return f"review:{self.pk}"


class AgendaItem(models.Model):
    """A point of the agenda: who speaks, how long, with which papers."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="agenda")
    place = models.SmallIntegerField()
    title = models.CharField(max_length=300)
    unit = models.CharField(max_length=150, blank=True)
    minutes = models.SmallIntegerField(null=True)
    papers = models.ManyToManyField(Document, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["place", "pk"]

    def __str__(self) -> str:
        return self.title


class Conclusion(AppendOnly):
    """Kết luận: the text as it was issued, with number and day; matters point into it by offsets."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="conclusions")
    paper = models.CharField(max_length=300, blank=True)
    giver = models.CharField(max_length=150, blank=True)  # who concluded
    text = models.TextField()
    url = models.CharField(max_length=1000, blank=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    who = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.paper or f"{self.review_id}/{self.pk}"


class CutMatter(AppendOnly):
    """A matter that was cut from a conclusion, and where its words stand there."""

    conclusion = models.ForeignKey(Conclusion, on_delete=models.PROTECT, related_name="cuts")
    matter = models.OneToOneField(Matter, on_delete=models.PROTECT, related_name="cut")
    start = models.IntegerField()
    end = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.conclusion_id}:{self.start}-{self.end}"
