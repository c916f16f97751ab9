"""The queue of what documents say should be done: it waits for another room, or is dismissed with a reason.

Another room asks `waiting` and says `take` with a reference to what it made of it; both can be undone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from sct.errors import UserError
from sct.office.documents.models import Proposal, ProposalDecision, ProposalDecisionKind
from sct.office.people import audit
from sct.office.people.errors import NotVisibleError
from sct.office.people.models import Person, Right
from sct.office.people.queries import Someone, narrowed, require
from sct.words import _


class State(Enum):
    """Where a proposal stands."""

    WAITING = "waiting"
    TAKEN = "taken"
    DISMISSED = "dismissed"

    @property
    def words(self) -> str:
        return {
            State.WAITING: _("chờ nhận"),
            State.TAKEN: _("đã nhận"),
            State.DISMISSED: _("đã bỏ qua"),
        }[self]


_KINDS = {ProposalDecisionKind.TAKE: State.TAKEN, ProposalDecisionKind.DISMISS: State.DISMISSED}


@dataclass(frozen=True, slots=True)
class View:
    """A proposal with its words in their sentence, its document and what became of it."""

    pk: int
    kind: str
    text: str
    before: str  # the sentence around `text`
    after: str
    sender: str
    recipient: str
    due: str
    document: int
    document_name: str
    published: str
    state: State
    start: int
    end: int
    figures: tuple[tuple[int, int], ...] = ()  # where the statements of `text` stand
    who: str = ""
    at: datetime | None = None
    reason: str = ""
    reference: str = ""


def proposals(
    person: Someone,
    *,
    state: State | None = State.WAITING,
    kind: str = "",
    document: int | None = None,
    limit: int = 50,
    offset: int = 0,
) -> list[View]:
    """Proposals of the documents a person may see, newest document first. Two queries."""
    rows = _narrowed(person, state)
    if kind:
        rows = rows.filter(kind=kind)
    if document is not None:
        rows = rows.filter(document=document)
    rows = rows.select_related("document").order_by("-document", "position").prefetch_related(_decisions())
    return [_view(row) for row in rows[offset : offset + limit]]


def waiting(person: Someone, kind: str = "", limit: int = 50) -> list[View]:
    """What waits for a room that takes matters or targets up."""
    return proposals(person, kind=kind, limit=limit)


def counts(person: Someone, document: int | None = None) -> dict[str, int]:
    """How many wait, by kind. One query."""
    rows = _narrowed(person, State.WAITING)
    if document is not None:
        rows = rows.filter(document=document)
    counted = rows.values("kind").annotate(n=models.Count("id")).order_by()
    return dict(counted.values_list("kind", "n"))


def _narrowed(person: Someone, state: State | None) -> models.QuerySet[Proposal]:
    rows = narrowed(person, Proposal.objects.all(), "document__area")
    standing = ProposalDecision.objects.filter(proposal=OuterRef("pk"), undone=None)
    taken, dismissed = (Exists(standing.filter(kind=kind)) for kind in _KINDS)
    if state is State.WAITING:
        return rows.filter(~taken, ~dismissed)
    if state is not None:
        return rows.filter(taken if state is State.TAKEN else dismissed)
    return rows


def _decisions() -> models.Prefetch[Any]:
    standing = ProposalDecision.objects.filter(undone=None).exclude(kind=ProposalDecisionKind.UNDO)
    return models.Prefetch("decisions", standing.select_related("who").order_by("id"))


def _view(row: Proposal) -> View:
    last: ProposalDecision | None = next(reversed(list(row.decisions.all())), None)
    first, end = row.spans["sentence"]
    text = row.document.text
    return View(
        pk=row.pk,
        kind=row.kind,
        text=row.text,
        before=text[min(first, row.start) : row.start],
        after=text[row.end : max(end, row.end)],
        sender=row.sender,
        recipient=row.recipient,
        due=row.due,
        document=row.document_id,
        document_name=str(row.document),
        published=row.document.published,
        start=row.start,
        end=row.end,
        figures=tuple((start, end) for start, end in row.spans["figures"]),
        state=_KINDS[ProposalDecisionKind(last.kind)] if last else State.WAITING,
        who=str(last.who) if last else "",
        at=last.at if last else None,
        reason=last.reason if last else "",
        reference=last.reference if last else "",
    )


def view(person: Person, number: int) -> View:
    """One proposal that still waits; 404 for one the person may not see, refused when it was decided."""
    with transaction.atomic():
        row = _open(person, number)
        return _view(row)


@transaction.atomic
def decided(person: Person, number: int) -> View:
    """One proposal with what became of it, for who may decide about it."""
    return _view(_visible(person, number))


@transaction.atomic
def take(person: Person, number: int, reference: str) -> ProposalDecision:
    """Another room took a proposal up; `reference` says as what ("matter:12", "target:7")."""
    row = _open(person, number)
    if not reference.strip():
        raise UserError("no-reference", _("Phải nói việc được nhận thành gì"))
    return _decide(person, row, ProposalDecisionKind.TAKE, reference=reference.strip()[:80])


@transaction.atomic
def dismiss(person: Person, number: int, reason: str) -> ProposalDecision:
    """Leave a proposal; the reason is compulsory and kept."""
    row = _open(person, number)
    if not reason.strip():
        raise UserError("no-reason", _("Bỏ qua thì phải nói vì sao"))
    return _decide(person, row, ProposalDecisionKind.DISMISS, reason=reason.strip()[:500])


@transaction.atomic
def undo(person: Person, number: int) -> ProposalDecision:
    """Take the last decision back: the proposal waits again."""
    row = _visible(person, number)
    last = next(reversed(_standing(row)), None)
    if last is None:
        raise UserError("nothing-to-undo", _("Việc này chưa có quyết định nào để hoàn tác"))
    return _decide(person, row, ProposalDecisionKind.UNDO, undoes=last)


def _visible(person: Person, number: int) -> Proposal:
    audit.lock()
    rows = Proposal.objects.filter(pk=number).select_related("document").prefetch_related(_decisions())
    row = narrowed(person, rows, "document__area").first()
    if row is None:
        raise NotVisibleError("not-found", _("Không có mục này"))
    require(person, Right.RECORD, row.document.area)
    return row


def _open(person: Person, number: int) -> Proposal:
    row = _visible(person, number)
    if _standing(row):
        raise UserError(
            "already-decided", _("Việc này đã được xử lý"), way_out=_("Hoàn tác quyết định trước rồi làm lại")
        )
    return row


def _standing(row: Proposal) -> Sequence[ProposalDecision]:
    listed = sorted(row.decisions.all(), key=lambda decision: decision.pk)
    undone = {decision.undoes_id for decision in listed if decision.undoes_id}
    return [d for d in listed if d.kind != ProposalDecisionKind.UNDO and d.pk not in undone]


def _decide(person: Person, row: Proposal, kind: ProposalDecisionKind, **given: Any) -> ProposalDecision:
    decision = ProposalDecision(proposal=row, kind=kind, who=person, at=timezone.now(), **given)
    decision.save()
    payload = {
        "decision": decision.pk,
        "reason": decision.reason,
        "reference": decision.reference,
        "undoes": decision.undoes_id,
    }
    audit.record(person.pk, f"documents.proposal.{kind.value}", f"proposal:{row.pk}", payload)
    return decision
