"""The rows of this room: documents, their statements, what people decided about them, and proofings with findings.

None is ever changed or deleted. The state of a statement (proposed, accepted, rejected) is computed from its decisions;
taking a decision back is one more decision.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sct.office.people.append_only import AppendOnly


class Document(AppendOnly):
    """A text with its bytes in the store (`files.path_of`); known by its SHA-256 within an area."""

    name = models.CharField(max_length=255)  # of the file
    title = models.CharField(max_length=500, blank=True)
    url = models.CharField(max_length=1000, blank=True)
    kind = models.CharField(max_length=8)  # txt | docx | html | pdf | doc | odt | rtf
    sha256 = models.CharField(max_length=64, db_index=True)
    identity = models.CharField(max_length=110, unique=True)  # area and sha256: the same bytes once an area
    size = models.BigIntegerField()
    text = models.TextField()
    segments = models.JSONField()  # [[start, end, place, role, level, mark], …]
    tables = models.JSONField(null=True)  # see `rows.tables_of`; None for documents from before tables were kept
    published = models.CharField(max_length=10, blank=True)  # 2020, 2020-09 or 2020-09-21
    published_basis = models.CharField(max_length=12, blank=True)  # told | printed
    area = models.CharField(max_length=40)  # key: who may see and decide
    words = models.TextField(blank=True)  # title and name without diacritics, to be found by
    who = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_index=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["area", "-id"], name="documents_area")]

    def __str__(self) -> str:
        return self.title or self.name

    @staticmethod
    def identity_of(area: str, sha256: str) -> str:
        return f"{area}|{sha256}"


class Statement(AppendOnly):
    """A statement as the reader proposed it: all fields of `sct.catalogue.statement.Statement`, numbers exact."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="statements")
    position = models.IntegerField()
    quote = models.CharField(max_length=500)
    start = models.IntegerField()
    end = models.IntegerField()
    sentence_start = models.IntegerField()
    sentence_end = models.IntegerField()
    place = models.CharField(max_length=120, blank=True)
    subject = models.CharField(max_length=500)
    measure = models.CharField(max_length=20)
    value = models.CharField(max_length=100, blank=True)  # exact, in the base unit; "" for a range
    low = models.CharField(max_length=100, blank=True)
    high = models.CharField(max_length=100, blank=True)
    unit = models.CharField(max_length=80)
    number = models.CharField(max_length=80)  # as printed
    decimals = models.SmallIntegerField()
    printed_unit = models.JSONField()  # code, dimension, factor, name, name_en, counted
    comparator = models.CharField(max_length=8)
    period = models.CharField(max_length=16, blank=True)
    baseline = models.CharField(max_length=16, blank=True)
    status = models.CharField(max_length=12)
    area = models.CharField(max_length=120, blank=True)  # as the text names it
    area_key = models.CharField(max_length=40, blank=True)
    indicator = models.CharField(max_length=80, blank=True)
    breakdown = models.CharField(max_length=80, blank=True)
    unmatched = models.CharField(max_length=40, blank=True)
    rules = models.JSONField(default=list)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["document", "position"], name="documents_in_order"),
            models.Index(fields=["indicator", "area_key", "period"], name="documents_same_fact"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id}/{self.position} {self.quote}"


class DecisionKind(models.TextChoices):
    """What a person can do with a statement."""

    ACCEPT = "accept", _("nhận vào sổ")
    REJECT = "reject", _("bỏ qua")
    MEND = "mend", _("sửa")
    UNDO = "undo", _("hoàn tác")


class Decision(AppendOnly):
    """Something a person did with a statement; `undoes` names the decision that an undo takes back."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=8, choices=DecisionKind.choices)
    who = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=500, blank=True)
    observations = models.JSONField(default=list)  # ids in the ledger that an acceptance made
    fields = models.JSONField(default=dict)  # what a mending changed
    undoes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="undone")

    def __str__(self) -> str:
        return f"{self.statement_id} {self.kind}"


class Proofing(AppendOnly):
    """One run of the checks over a document; the newest run is what pages show."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="proofings")
    who = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    account = models.JSONField()  # counts, see `sct.proofing.Account`
    line = models.CharField(max_length=500)

    def __str__(self) -> str:
        return f"{self.document_id} {self.at:%Y-%m-%d %H:%M}"


def newest_proofings(documents: Iterable[int] | models.QuerySet[Any, Any]) -> models.QuerySet[Any, Any]:
    """The newest proofing of each document."""
    runs = Proofing.objects.filter(document__in=documents).values("document").order_by()
    return runs.annotate(newest=models.Max("id")).values("newest")


class Finding(AppendOnly):
    """What a run found; words as they were said then."""

    proofing = models.ForeignKey(Proofing, on_delete=models.PROTECT, related_name="findings")
    position = models.IntegerField()
    check_code = models.CharField(max_length=4)
    verdict = models.CharField(max_length=16)
    severity = models.CharField(max_length=8, blank=True)
    cause = models.CharField(max_length=40, blank=True)
    sentence = models.TextField()
    arithmetic = models.TextField()
    repair = models.TextField(blank=True)
    figures = models.JSONField(default=list)  # ids of observations in the ledger

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["proofing", "position"], name="documents_findings"),
        ]

    def __str__(self) -> str:
        return f"{self.check_code} {self.verdict}"


class Operand(AppendOnly):
    """A statement that a finding is about, the claim first; it may stand in another document than the run's."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="operands")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="operands")
    position = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.finding_id}/{self.position}"


class Keeping(AppendOnly):
    """A finding that a person lets stand, with the reason (giữ nguyên, vì …); `undoes` names the one taken back.

    `key` is that of `sct.proofing.Finding`: it tells the check and the keys and values of all operands, so
    the keeping holds until one of them changes. Nothing of the words of a draft is in it.
    """

    key = models.CharField(max_length=64, db_index=True)
    check_code = models.CharField(max_length=4)
    verdict = models.CharField(max_length=16)
    area = models.CharField(max_length=40)  # key: whose decision it is
    reason = models.CharField(max_length=500, blank=True)
    who = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undoes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="undone")

    def __str__(self) -> str:
        return f"{self.check_code} {self.key[:12]}"


class Proposal(AppendOnly):
    """What a document says somebody should do (việc được nêu): all fields of `sct.catalogue.proposal.Proposal`.

    It waits until another room takes it up or a person dismisses it; its state is computed from its decisions.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="proposals")
    position = models.IntegerField()
    kind = models.CharField(max_length=12)  # target | assignment | petition | commitment
    text = models.TextField()
    start = models.IntegerField()
    end = models.IntegerField()
    place = models.CharField(max_length=120, blank=True)
    sender = models.CharField(max_length=300, blank=True)
    recipient = models.CharField(max_length=300, blank=True)
    due = models.CharField(max_length=16, blank=True)  # a day or a period code
    spans = models.JSONField()  # cue, sender, recipient, due, sentence: [start, end]; figures: [[start, end], …]
    rules = models.JSONField(default=list)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["document", "position"], name="documents_proposals"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id}/{self.position} {self.kind}"


class ProposalDecisionKind(models.TextChoices):
    """What can become of a proposal."""

    TAKE = "take", _("đã nhận")
    DISMISS = "dismiss", _("bỏ qua")
    UNDO = "undo", _("hoàn tác")


class ProposalDecision(AppendOnly):
    """Something done with a proposal; `reference` names what it became elsewhere ("matter:12")."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=8, choices=ProposalDecisionKind.choices)
    reason = models.CharField(max_length=500, blank=True)
    reference = models.CharField(max_length=80, blank=True)
    who = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undoes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="undone")

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.kind}"


class Attachment(AppendOnly):
    """Tệp minh chứng: a paper that shows something, its bytes in the store; `about` names the row it belongs to."""

    area = models.CharField(max_length=40)
    about = models.CharField(max_length=80, db_index=True)  # procedures.fileevent:12
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    who = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
