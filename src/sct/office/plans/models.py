"""The rows of this room: plans, their versions, targets, and what owners say about them.

A plan has versions (gốc, điều chỉnh). A version adds targets, replaces a target under the same code, or drops it; the
ones before stay as they were. A target's number is an observation of the ledger (stage PLAN) wherever it has an
indicator; here stands what the plan adds: giver, paper, clause, owner, rhythm, kind of target.
"""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sct.catalogue.model import Comparator, Transformation
from sct.following.rhythm import Rhythm
from sct.office.documents.models import Document, Proposal
from sct.office.people.append_only import AppendOnly
from sct.planning.aims import Aim, Nature


class PlanKind(models.TextChoices):
    """Loại kế hoạch."""

    ANNUAL = "annual", _("kế hoạch năm")
    FIVE_YEAR = "five_year", _("kế hoạch 5 năm")
    SCENARIO = "scenario", _("kịch bản tăng trưởng")
    PROGRAMME = "programme", _("chương trình, đề án")


class Plan(AppendOnly):
    """A named set of targets for a period; several may hold at once (trung ương giao, HĐND, UBND, ngành)."""

    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=10, choices=PlanKind.choices)
    area = models.CharField(max_length=40)
    period = models.CharField(max_length=16)
    first_month = models.IntegerField()
    last_month = models.IntegerField()
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    who = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "name"], name="one_plan_of_a_name")]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["area", "last_month"], name="plans_of_area")]

    def __str__(self) -> str:
        return self.name


class Version(AppendOnly):
    """Gốc (number 1) or điều chỉnh (2, 3 …), with the paper that set it."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.SmallIntegerField()
    giver = models.CharField(max_length=150)
    paper = models.CharField(max_length=300, blank=True)  # số, ngày, trích yếu
    url = models.CharField(max_length=1000, blank=True)
    decided = models.CharField(max_length=10, blank=True)  # 2024, 2024-12 or 2024-12-20
    note = models.CharField(max_length=500, blank=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")  # its kept paper
    who = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="one_version_a_number")]

    def __str__(self) -> str:
        return f"{self.plan_id}/{self.number}"

    @property
    def is_original(self) -> bool:
        return self.number == 1


class Target(AppendOnly):
    """Chỉ tiêu kế hoạch. `low` and `high` are exact, in the base unit, empty where there is no such bound."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="targets")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="targets")
    code = models.CharField(max_length=60)  # the same through all versions of a plan
    place = models.IntegerField(default=0)  # its order in the plan
    name = models.CharField(max_length=300)
    indicator = models.CharField(max_length=80, blank=True)
    breakdown = models.CharField(max_length=80, blank=True)
    area = models.CharField(max_length=40)
    period = models.CharField(max_length=16)
    transformation = models.CharField(max_length=20, default=Transformation.LEVEL.value)
    nature = models.CharField(max_length=8, choices=[(n.value, n.value) for n in Nature])
    comparator = models.CharField(max_length=8, choices=[(c.value, c.value) for c in Comparator])
    low = models.CharField(max_length=100, blank=True)
    high = models.CharField(max_length=100, blank=True)
    decimals = models.SmallIntegerField(default=0)
    unit = models.CharField(max_length=40)
    ceiling = models.BooleanField(default=False)  # less is better
    giver = models.CharField(max_length=150, blank=True)  # where it differs from the version's
    clause = models.CharField(max_length=120, blank=True)
    owner = models.CharField(max_length=150, blank=True)
    rhythm = models.CharField(max_length=8, blank=True, choices=[(r.value, r.value) for r in Rhythm if r.value])
    whole = models.CharField(max_length=60, blank=True)  # code of the target of which this is a part
    observations = models.JSONField(default=list)  # numbers of its figures in the ledger: one, or two ends
    brought = models.JSONField(default=list)  # those of `observations` that came into the ledger with it
    drops = models.BooleanField(default=False)  # this version takes the target out of the plan
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, null=True, related_name="+")
    quote = models.TextField(blank=True)  # the words of the version's document it was read from
    start = models.IntegerField(null=True)  # where they stand there
    end = models.IntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="one_target_a_code")]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["plan", "code"], name="plans_code"),
            models.Index(fields=["indicator", "area", "period"], name="plans_same_cell"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id}/{self.code}"

    @property
    def aim(self) -> Aim:
        """Its bounds in base units."""
        low, high = (Fraction(text) if text else None for text in (self.low, self.high))
        return Aim(Nature(self.nature), low, high)


class Withdrawal(AppendOnly):
    """A target that was taken from a document by mistake, taken back; the row stays and no view shows it."""

    target = models.OneToOneField(Target, on_delete=models.PROTECT, related_name="withdrawal")
    why = models.CharField(max_length=500)
    who = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.target_id}: {self.why}"


class Word(AppendOnly):
    """What the owner says about a target: how it goes, why, what is done about it."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="said")
    code = models.CharField(max_length=60)
    on = models.DateField()
    unit = models.CharField(max_length=150, blank=True)
    text = models.TextField()
    who = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["plan", "code", "-id"], name="plans_words")]

    def __str__(self) -> str:
        return f"{self.plan_id}/{self.code} {self.on}"
