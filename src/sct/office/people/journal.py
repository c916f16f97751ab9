"""The rows that the transaction under way has added to append-only tables, and their seals.

Every room's append-only rows are noted here as they are written; the log entry of the action then seals them: which
rows of which table, and the SHA-256 of what they hold. A new room gets this for nothing, by the base class of its rows.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldError
from django.db import connection, models, transaction

_CHUNK = 2000
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Seal:
    """Rows of one table, by their numbers from–to, and the digest of what their columns held.

    The columns are named, so that a seal still holds when a later version gives the table more of them.
    """

    table: str  # app.model
    spans: tuple[Span, ...]
    digest: str
    columns: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether the rows are all there and say what they said."""
        try:
            return _digest(apps.get_model(self.table), self.spans, self.columns) == self.digest
        except (LookupError, FieldError):
            return False

    def as_json(self) -> list[Any]:
        return [self.table, [list(span) for span in self.spans], self.digest, " ".join(self.columns)]


def seals_of(text: str) -> list[Seal]:
    """The seals that an entry keeps as JSON."""
    return [
        Seal(table, tuple((first, last) for first, last in spans), digest, tuple(columns.split()))
        for table, spans, digest, columns in json.loads(text or "[]")
    ]


class _Journal:
    """Numbers of new rows by table, for one transaction."""

    def __init__(self) -> None:
        self.rows: dict[str, list[int]] = {}

    def done(self) -> None:
        """The transaction was committed: nothing of it is left to seal."""
        self.rows.clear()


def _of_transaction() -> _Journal:
    """The journal of the transaction under way. It stands among what Django does after the commit, so that a
    transaction that is rolled back takes its journal with it."""
    for waiting in connection.run_on_commit:
        owner = getattr(waiting[1], "__self__", None)
        if isinstance(owner, _Journal):
            return owner
    made = _Journal()
    transaction.on_commit(made.done)
    return made


def note(rows: Sequence[models.Model]) -> None:
    """Rows were added to an append-only table."""
    if rows and connection.in_atomic_block:
        add(rows[0]._meta.label_lower, (row.pk for row in rows))


def add(label: str, numbers: Iterable[int]) -> None:
    """Rows of a table that the next entry of this transaction shall seal."""
    _of_transaction().rows.setdefault(label, []).extend(numbers)


def unsealed() -> dict[str, list[int]]:
    """What this transaction has added and not sealed yet."""
    return {label: numbers for label, numbers in _of_transaction().rows.items() if numbers}


def seal() -> list[Seal]:
    """Seals of what was added since the last entry of this transaction; those rows are then done with.

    What stands in the database counts: a row whose savepoint was rolled back is not there any more.
    """
    journal = _of_transaction()
    noted = {label: numbers for label, numbers in sorted(journal.rows.items()) if numbers}
    journal.rows.clear()
    return [made for label, numbers in noted.items() if (made := seal_rows(label, numbers)) is not None]


def seal_rows(label: str, numbers: Iterable[int]) -> Seal | None:
    """The seal of rows by their numbers; None where none of them is there."""
    model = apps.get_model(label)
    wanted = spans_of(sorted(set(numbers)))
    present = spans_of(pk for span in wanted for pk in _within(model, span).values_list("pk", flat=True))
    columns = tuple(field.attname for field in model._meta.concrete_fields)
    return Seal(label, present, _digest(model, present, columns), columns) if present else None


def spans_of(numbers: Iterable[int]) -> tuple[Span, ...]:
    """1, 2, 3, 7 → (1, 3), (7, 7)."""
    runs = (list(run) for _key, run in groupby(enumerate(numbers), key=lambda one: one[1] - one[0]))
    return tuple((run[0][1], run[-1][1]) for run in runs)


def _within(model: type[models.Model], span: Span) -> models.QuerySet[Any]:
    return model._base_manager.filter(pk__range=span).order_by("pk")


def _digest(model: type[models.Model], spans: Iterable[Span], names: Sequence[str]) -> str:
    """SHA-256 over the named columns of every row, the same on both databases."""
    digest = hashlib.sha256(json.dumps(list(names)).encode())
    for values in _values(model, spans, names):
        digest.update(json.dumps([_plain(value) for value in values], ensure_ascii=False, sort_keys=True).encode())
    return digest.hexdigest()


def _values(model: type[models.Model], spans: Iterable[Span], names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    for span in spans:
        yield from _within(model, span).values_list(*names).iterator(chunk_size=_CHUNK)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value if isinstance(value, str | int | float | list | dict | None) else str(value)
