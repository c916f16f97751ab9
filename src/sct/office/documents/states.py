"""The state of a statement, computed from its decisions."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Any

from sct.office.documents.models import Decision, DecisionKind, Statement
from sct.words import _


class State(Enum):
    """Where a statement stands."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"

    @property
    def words(self) -> str:
        return {
            State.PROPOSED: _("chờ xem"),
            State.ACCEPTED: _("đã vào sổ"),
            State.REJECTED: _("đã bỏ qua"),
        }[self]


_STATES = {DecisionKind.ACCEPT: State.ACCEPTED, DecisionKind.REJECT: State.REJECTED}


def standing(decisions: Iterable[Decision]) -> list[Decision]:
    """The decisions that nobody took back, oldest first; undoings themselves left out."""
    listed = sorted(decisions, key=lambda decision: decision.pk)
    undone = {decision.undoes_id for decision in listed if decision.undoes_id}
    return [d for d in listed if d.kind != DecisionKind.UNDO and d.pk not in undone]


def state_of(decisions: Iterable[Decision]) -> State:
    """Accepted or rejected by the last decision that stands; proposed where none does."""
    stand = [decision for decision in standing(decisions) if decision.kind in _STATES]
    return _STATES[DecisionKind(stand[-1].kind)] if stand else State.PROPOSED


def fields_of(decisions: Iterable[Decision]) -> dict[str, Any]:
    """The fields that standing mendings give, later ones over earlier ones."""
    fields: dict[str, Any] = {}
    for decision in standing(decisions):
        fields.update(decision.fields)
    return fields


def mended_fields(rows: Iterable[Statement]) -> dict[int, dict[str, Any]]:
    """Mended fields by statement, of those that have any. One query."""
    ids = [row.pk for row in rows]
    by_statement: dict[int, list[Decision]] = {}
    mended = Decision.objects.filter(statement__in=ids, kind=DecisionKind.MEND).values("statement")
    for decision in Decision.objects.filter(statement__in=mended):
        by_statement.setdefault(decision.statement_id, []).append(decision)
    return {pk: fields for pk, decisions in by_statement.items() if (fields := fields_of(decisions))}
