"""The rows of this room: matters, what happened to them, who has to do with them, memoranda.

A matter (việc) is an assignment (nhiệm vụ), a petition (kiến nghị) or a commitment (cam kết). Its words never change;
what happens to it is a row of `Happening`, added only. The columns under "standing" repeat what the happenings add up
to (`sct.following.standing`), so that a board is one index scan; `actions.restand` writes them and nothing else does.
The state of a day is computed from them, never kept.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sct.following.events import EventKind, ResultClass
from sct.following.rhythm import Rhythm
from sct.office.documents.models import Document
from sct.office.people.append_only import AppendOnly

NEVER = date(9999, 12, 31)  # the place of what has no due date


class Kind(models.TextChoices):
    """What a matter is."""

    ASSIGNMENT = "assignment", _("nhiệm vụ")
    PETITION = "petition", _("kiến nghị")
    COMMITMENT = "commitment", _("cam kết")


class Level(models.TextChoices):
    """Who is competent to solve a petition (domain-rules §4.3)."""

    DEPARTMENT = "department", _("Sở Công Thương")
    OTHER = "other", _("sở, ngành khác")
    CITY = "city", _("UBND cấp tỉnh")
    MINISTRY = "ministry", _("Bộ Công Thương")
    CENTRAL = "central", _("trung ương")


class Memorandum(models.Model):
    """Biên bản ghi nhớ: two sides and a term; its commitments are matters, reckoned every year (domain-rules §4.4)."""

    title = models.CharField(max_length=300)
    area = models.CharField(max_length=40)
    side_one = models.CharField(max_length=150)
    side_two = models.CharField(max_length=150)
    signed = models.CharField(max_length=10, blank=True)  # 2020, 2020-09 or 2020-09-21
    until = models.DateField(null=True, blank=True)
    url = models.CharField(max_length=1000, blank=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    who = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.title


_STATE = ("recalled", "done", "due", "suspended", "accepted", "started")


class Matter(models.Model):
    """Việc: what was asked, in whose words, of whom."""

    kind = models.CharField(max_length=12, choices=Kind.choices)
    number = models.CharField(max_length=40)  # 12/2025 within area and kind
    area = models.CharField(max_length=40)
    text = models.CharField(max_length=1000)
    quote = models.TextField(blank=True)  # the sentence it comes from, as it stands there
    start = models.IntegerField(null=True)  # where the quote stands in the document
    end = models.IntegerField(null=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    paper = models.CharField(max_length=300, blank=True)  # number, day, clause of the paper as people cite it
    url = models.CharField(max_length=1000, blank=True)
    occasion = models.CharField(max_length=40, blank=True)  # review:3
    occasion_name = models.CharField(max_length=300, blank=True)
    group = models.CharField(max_length=200, blank=True)  # of the conclusion: "nhóm 5", "nhóm khó"
    giver = models.CharField(max_length=150, blank=True)  # who asks: a leader, a unit, a side of a memorandum
    output = models.CharField(max_length=300, blank=True)  # sản phẩm đầu ra
    topic = models.CharField(max_length=80, blank=True)
    level = models.CharField(max_length=12, choices=Level.choices, blank=True)
    rhythm = models.CharField(max_length=8, blank=True, choices=[(r.value, r.value) for r in Rhythm if r.value])
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    again = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="raised_again")
    memorandum = models.ForeignKey(Memorandum, on_delete=models.PROTECT, null=True, related_name="commitments")
    raised = models.DateField()  # the day it was asked
    stated = models.DateField(null=True)  # the due date its paper names, in force once a unit has it
    amount = models.IntegerField(null=True)  # how many things it speaks of (07 cụm)
    thing = models.CharField(max_length=80, blank=True)
    words = models.TextField(blank=True)  # without diacritics, to be found by
    who = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    # -- standing: what the happenings add up to
    lead = models.CharField(max_length=150, blank=True)
    assigned = models.DateField(null=True)
    first_due = models.DateField(null=True)
    due = models.DateField(null=True)
    accepted = models.DateField(null=True)
    started = models.DateField(null=True)
    asked = models.BooleanField(default=False)
    extensions = models.SmallIntegerField(default=0)
    answered = models.DateField(null=True)
    result = models.CharField(max_length=12, blank=True, choices=[(r.value, r.value) for r in ResultClass])
    done = models.DateField(null=True)
    suspended = models.DateField(null=True)
    recalled = models.DateField(null=True)
    reminders = models.SmallIntegerField(default=0)
    last_word = models.DateField(null=True)
    satisfied = models.BooleanField(null=True)
    percent = models.SmallIntegerField(null=True)
    # -- the order of boards, without nulls so that every database reads it off an index: open first, then by due date
    closed = models.BooleanField(default=False)
    order = models.DateField(default=NEVER)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "kind", "number"], name="one_matter_a_number")]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["area", "closed", "order", "id"], name="matters_open"),
            models.Index(fields=["area", "lead", "closed", "order", "id"], name="matters_of_unit"),
            models.Index(fields=["area", "occasion", "closed", "order", "id"], name="matters_of_review"),
            models.Index(fields=["area", "giver", "closed", "order", "id"], name="matters_of_giver"),
            models.Index(fields=["area", "-id"], name="matters_newest"),
            # All that a state is told by (`standing.state_now`): counts read the index alone.
            models.Index(fields=["area", "lead", *_STATE], name="matters_states"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.text[:60]}"


class Concerned(models.Model):
    """A unit that has to do with a matter: leads, supports or asked for it. Who may see it is read from here."""

    class Part(models.TextChoices):
        LEAD = "lead", _("chủ trì")
        SUPPORT = "support", _("phối hợp")
        GIVER = "giver", _("bên nêu")

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="concerned")
    unit = models.CharField(max_length=150)
    part = models.CharField(max_length=8, choices=Part.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "unit", "part"], name="one_part_of_a_unit")]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["unit", "matter"], name="matters_by_unit")]

    def __str__(self) -> str:
        return f"{self.unit} {self.part}"


class Link(models.Model):
    """What a matter speaks of, elsewhere in the product: indicator:exports, target:12, entry:7, matter:3."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="links")
    to = models.CharField(max_length=120, db_index=True)
    name = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "to"], name="one_link_to_a_thing")]

    def __str__(self) -> str:
        return self.to


class Happening(AppendOnly):
    """One thing that happened to a matter; one that was a slip is taken back by another row (`undoes`)."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="happenings")
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in EventKind], blank=True)
    on = models.DateField()  # the day it happened, in Việt Nam
    unit = models.CharField(max_length=150, blank=True)  # who did it
    lead = models.CharField(max_length=150, blank=True)
    supports = models.JSONField(default=list)
    due = models.DateField(null=True)
    result = models.CharField(max_length=12, blank=True)
    satisfied = models.BooleanField(null=True)
    percent = models.SmallIntegerField(null=True)
    note = models.TextField(blank=True)
    evidence = models.CharField(max_length=300, blank=True)  # number and day of the paper that shows it
    undoes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="undone_by")
    who = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["matter", "id"], name="matters_story")]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.kind} {self.on}"


class CalendarKey(models.Model):
    """The secret part of a person's calendar address: calendar programs cannot sign in."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_key")
    key = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return f"{self.person_id}"
