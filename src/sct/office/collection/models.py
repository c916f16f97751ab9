"""The rows of this room: submissions, edits, versions, steps, postings, reminders. None is ever changed or deleted.

What a form holds now is the fold of its edits over its last version (`folding`); its state is that of its last step.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sct.office.people.append_only import AppendOnly


class State(models.TextChoices):
    """Trạng thái báo cáo. `CHECKED` is the first of two levels, `REOPENED` a dated exception after the lock."""

    DRAFT = "draft", _("đang soạn")
    SENT = "sent", _("đã gửi")
    CHECKED = "checked", _("đã duyệt cấp 1")
    RETURNED = "returned", _("trả lại")
    RECEIVED = "received", _("đã nhận")
    LOCKED = "locked", _("đã khóa")
    REOPENED = "reopened", _("mở để đính chính")


class Via(models.TextChoices):
    """How an edit came in."""

    PAGE = "page", _("trên trang")
    BOOK = "book", _("từ tệp Excel")
    API = "api", _("qua giao diện lập trình")
    DEMO = "demo", _("minh họa")


class Submission(AppendOnly):
    """Báo cáo nộp: what a unit sends on a form for a period. Opened by its first edit, once (`unit`, form, period)."""

    unit = models.CharField(max_length=60)  # key of an area, or division:<code>
    area = models.CharField(max_length=40)  # key: whose figures it tells
    form = models.CharField(max_length=60)
    version = models.IntegerField()  # of the form
    period = models.CharField(max_length=16)
    illustrative = models.BooleanField(default=False)  # minh họa: never goes into the ledger
    known = models.JSONField(null=True)  # {cell: text} of the registers' entries with which it was opened
    who = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["unit", "form", "period"], name="one_submission"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["form", "period"], name="collection_form"),
            models.Index(fields=["area"], name="collection_area"),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.period} {self.unit}"


class Edit(AppendOnly):
    """One save: the cells changed, on the ground of which edit (`base`), and those that clashed with another's.

    `token` is drawn by whoever sends: a save that is sent again because its answer got lost is the same save.
    `clashes` {cell: text} were not taken in: somebody else changed the cell since `base`. They stand until an edit
    names the cell in `settles`.
    """

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="edits")
    number = models.IntegerField()
    base = models.IntegerField()
    token = models.CharField(max_length=64)
    changes = models.JSONField()
    clashes = models.JSONField(default=dict)
    settles = models.JSONField(default=list)
    via = models.CharField(max_length=8, choices=Via.choices)
    who = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["submission", "number"], name="one_edit_of_a_number"),
            models.UniqueConstraint(fields=["submission", "token"], name="one_edit_of_a_token"),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id}.{self.number}"


class Version(AppendOnly):
    """Lần gửi: all values as they were sent, up to and with edit number `edit`; `base` is the version it follows."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="versions")
    number = models.IntegerField()
    base = models.IntegerField()  # 0: the first
    edit = models.IntegerField()
    values = models.JSONField()
    who = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["submission", "number"], name="one_version_of_a_number"),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} v{self.number}"


class Step(AppendOnly):
    """A change of state with who, when, why; `cells` {cell: reason} when sent back, `until` when reopened."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="steps")
    number = models.IntegerField()
    state = models.CharField(max_length=10, choices=State.choices)
    version = models.IntegerField()  # the version it speaks of, 0 for none
    why = models.CharField(max_length=1000, blank=True)
    cells = models.JSONField(default=dict)
    until = models.DateField(null=True)
    who = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["submission", "number"], name="one_step_of_a_number"),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.state}"


class Posting(AppendOnly):
    """What a received version put into the ledger: the number of the observation of each cell; and into registers.

    `registered` is {"batches": {register: number}, "entries": {added row: number}}, None where nothing was.
    """

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="postings")
    version = models.IntegerField()
    observations = models.JSONField()  # {cell: observation}
    registered = models.JSONField(null=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.submission_id} v{self.version}"


class Weighting(AppendOnly):
    """Trọng số quy đổi: one version of which shares of an area's values belong to the areas beyond a change.

    `shares` is {area: "71/200"}; the newest version of an area and indicator holds, an empty one ends the weights.
    """

    area = models.CharField(max_length=40)
    indicator = models.CharField(max_length=60)  # * for all
    shares = models.JSONField()
    source = models.CharField(max_length=500)
    who = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["area", "indicator"], name="collection_weighted")]

    def __str__(self) -> str:
        return f"{self.area} {self.indicator}"


class Reminder(AppendOnly):
    """Nhắc nộp: who reminded which unit of which form, by which way."""

    unit = models.CharField(max_length=60)
    area = models.CharField(max_length=40)
    form = models.CharField(max_length=60)
    period = models.CharField(max_length=16)
    by_email = models.BooleanField()
    who = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["form", "period"], name="collection_reminded")]

    def __str__(self) -> str:
        return f"{self.unit} {self.form} {self.period}"
