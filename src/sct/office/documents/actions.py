"""What people do with documents: put one in, accept or reject its statements, mend them, take a decision back.

Each action is one transaction with an entry in the log: it happens whole or not at all. Accepting writes to the ledger
through the ledger's own action.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from sct.catalogue import load
from sct.catalogue.model import Figure
from sct.catalogue.statement import Statement as ReadStatement
from sct.errors import UserError
from sct.office.documents.figures import figures_of
from sct.office.documents.mending import CHECKS
from sct.office.documents.models import Decision, DecisionKind, Document, Operand, Proofing, Statement
from sct.office.documents.proofed import run
from sct.office.documents.rows import document_of, statement_of
from sct.office.documents.states import State, fields_of, standing, state_of
from sct.office.documents.uploading import Uploaded, upload
from sct.office.ledger import actions as ledger
from sct.office.ledger.actions import NewBatch
from sct.office.ledger.models import BatchKind, Observation
from sct.office.people import audit
from sct.office.people.errors import NotVisibleError
from sct.office.people.models import Person, Right
from sct.office.people.queries import narrowed, require
from sct.proofing import Verdict
from sct.proofing.texts import Text, clause
from sct.words import _

__all__ = ["AcceptedAll", "Uploaded", "accept", "accept_all", "mend", "reject", "reproof", "undo", "upload"]


@transaction.atomic
def accept(person: Person, statement_id: int) -> Decision:
    """Put a statement into the ledger with its words as the source; visible there at once.

    Raises `UserError` when indicator, period or area is missing, or when it was decided already.
    """
    audit.lock()
    row = _statement(person, statement_id)
    _require_proposed(row)
    figures = _figures(row.document, [row])[row.pk]
    if isinstance(figures, UserError):
        raise figures
    return _accept(person, row.document, [(row, figures)])[0]


@dataclass(frozen=True, slots=True)
class AcceptedAll:
    """How many statements went into the ledger, and why the others did not (error code → how many)."""

    accepted: int
    left: Mapping[str, int] = field(default_factory=dict)


@transaction.atomic
def accept_all(person: Person, document_id: int) -> AcceptedAll:
    """Accept every proposed statement that has a cell in the ledger, is not called wrong and not told in two ways."""
    audit.lock()
    document = _document(person, document_id)
    require(person, Right.RECORD, document.area)
    rows = list(document.statements.order_by("position").prefetch_related("decisions"))
    proposed = [row for row in rows if state_of(row.decisions.all()) is State.PROPOSED]
    wrong, twice = _called_wrong(document), _told_twice(document, rows)
    left: Counter[str] = Counter()
    ready: list[tuple[Statement, list[Figure]]] = []
    for pk, figures in _figures(document, proposed).items():
        row = next(row for row in proposed if row.pk == pk)
        if row.pk in twice:
            left["told-twice"] += 1
        elif row.pk in wrong:
            left["called-wrong"] += 1
        elif isinstance(figures, UserError):
            left[figures.code] += 1
        else:
            ready.append((row, figures))
    if ready:
        _accept(person, document, ready)
    return AcceptedAll(len(ready), dict(left))


@transaction.atomic
def reject(person: Person, statement_id: int, reason: str) -> Decision:
    """Leave a statement out of the ledger; the reason is compulsory and kept."""
    audit.lock()
    row = _statement(person, statement_id)
    require(person, Right.RECORD, row.document.area)
    if not reason.strip():
        raise UserError("no-reason", _("Bỏ qua phát biểu thì phải nói vì sao"), value=row.quote)
    _require_proposed(row)
    return _decide(person, row, DecisionKind.REJECT, reason=reason.strip()[:500])


@transaction.atomic
def mend(person: Person, statement_id: int, fields: Mapping[str, str]) -> Decision:
    """Set fields that the reader got wrong (indicator, breakdown, area_key, period, baseline, measure, status …).

    The text and its number are never changed. Raises `UserError` for unknown fields, codes, areas and periods.
    """
    audit.lock()
    row = _statement(person, statement_id)
    require(person, Right.RECORD, row.document.area)
    _require_proposed(row)
    return _decide(person, row, DecisionKind.MEND, fields=_checked(fields))


@transaction.atomic
def undo(person: Person, statement_id: int) -> Decision:
    """Take the last decision about a statement back; an accepted figure is withdrawn from the ledger, not deleted."""
    audit.lock()
    row = _statement(person, statement_id)
    require(person, Right.RECORD, row.document.area)
    stand = standing(row.decisions.all())
    if not stand:
        raise UserError("nothing-to-undo", _("Phát biểu này chưa có quyết định nào để hoàn tác"), value=row.quote)
    last = stand[-1]
    if last.observations:
        alive = Observation.objects.filter(pk__in=last.observations, withdrawal__isnull=True)
        ids = list(alive.values_list("pk", flat=True))
        if ids:
            ledger.withdraw(person, ids, why=_("Hoàn tác việc nhận từ văn bản"))
    return _decide(person, row, DecisionKind.UNDO, undoes=last)


@transaction.atomic
def reproof(person: Person, document_id: int) -> Proofing:
    """Run the checks again, against the ledger and the documents of today."""
    audit.lock()
    document = _document(person, document_id)
    require(person, Right.RECORD, document.area)
    kept = run(person, document)
    audit.record(person.pk, "documents.proof", f"document:{document.pk}", {"proofing": kept.pk, **kept.account})
    return kept


# -- the parts ----------------------------------------------------------------------------------------------------


def _document(person: Person, document_id: int) -> Document:
    row = narrowed(person, Document.objects.filter(pk=document_id)).first()
    if row is None:
        raise NotVisibleError("not-found", _("Không có văn bản này"))
    return row


def _statement(person: Person, statement_id: int) -> Statement:
    rows = Statement.objects.filter(pk=statement_id).select_related("document").prefetch_related("decisions")
    row = narrowed(person, rows, "document__area").first()
    if row is None:
        raise NotVisibleError("not-found", _("Không có phát biểu này"))
    return row


def _require_proposed(row: Statement) -> None:
    state = state_of(row.decisions.all())
    if state is not State.PROPOSED:
        raise UserError(
            "already-decided",
            _("Phát biểu này {state}").format(state=state.words),
            value=row.quote,
            way_out=_("Hoàn tác quyết định trước rồi làm lại"),
        )


def _figures(document: Document, rows: Sequence[Statement]) -> dict[int, list[Figure] | UserError]:
    """The figures of statements, or the error that says why there are none."""
    every = list(document.statements.order_by("position").prefetch_related("decisions"))
    read = [statement_of(row, fields_of(row.decisions.all())) for row in every]
    at = {row.pk: position for position, row in enumerate(every)}
    shares = set(
        Operand.objects.filter(
            statement__in=rows, position=0, finding__check_code="C21", finding__verdict=Verdict.HOLDS.value
        ).values_list("statement", flat=True)
    )
    return {row.pk: _figures_or_error(document, read, at[row.pk], row.pk in shares) for row in rows}


def _figures_or_error(
    document: Document, read: Sequence[ReadStatement], at: int, share_of_growth: bool
) -> list[Figure] | UserError:
    try:
        return figures_of(document, read[at], clause(document.text, read, at), share_of_growth=share_of_growth)
    except UserError as error:
        return error


def _called_wrong(document: Document) -> set[int]:
    """Statements of the document that the newest proofing calls wrong."""
    newest = document.proofings.order_by("-id").first()
    operands = Operand.objects.filter(finding__proofing=newest, finding__verdict=Verdict.WRONG.value, position=0)
    return set(operands.values_list("statement", flat=True))


def _told_twice(document: Document, rows: Sequence[Statement]) -> set[int]:
    """Statements of a cell that the document tells in ways that cannot be one number: a person must choose."""
    read = [statement_of(row, fields_of(row.decisions.all())) for row in rows]
    text = Text.of(document_of(document), read, load())
    twice = {key for key in text.by_key if text.contradicts_itself(key)}
    return {row.pk for row, statement in zip(rows, read, strict=True) if text.key(statement) in twice}


def _accept(person: Person, document: Document, ready: Sequence[tuple[Statement, list[Figure]]]) -> list[Decision]:
    """One batch in the ledger, one decision a statement."""
    figures = [figure for _row, listed in ready for figure in listed]
    done = ledger.record(person, figures, NewBatch(BatchKind.ACCEPT, str(document), document.sha256))
    if done.already:
        raise UserError("already-recorded", _("Số liệu này đã có trong sổ với cùng nguồn"))
    ids = iter(done.ids)
    return [
        _decide(person, row, DecisionKind.ACCEPT, observations=[next(ids) for _figure in listed])
        for row, listed in ready
    ]


def _decide(person: Person, row: Statement, kind: DecisionKind, **given: Any) -> Decision:
    decision = Decision(statement=row, kind=kind, who=person, at=timezone.now(), **given)
    decision.save()
    payload = {
        "decision": decision.pk,
        "reason": decision.reason,
        "observations": decision.observations,
        "fields": decision.fields,
        "undoes": decision.undoes_id,
    }
    audit.record(person.pk, f"documents.{kind.value}", f"statement:{row.pk}", payload)
    return decision


def _checked(fields: Mapping[str, str]) -> dict[str, str]:
    """Mended fields after the catalogue has agreed to them; the reason why the reader gave up is cleared."""
    unknown = [name for name in fields if name not in CHECKS]
    if unknown or not fields:
        raise UserError("bad-field", _("Không sửa được mục này"), value=", ".join(unknown), expected=", ".join(CHECKS))
    catalogue = load()
    checked: dict[str, str] = {}
    for name, check in CHECKS.items():
        if name in fields:
            checked.update(check(catalogue, fields[name].strip()))
    return {**checked, "unmatched": ""}
