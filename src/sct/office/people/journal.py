"""The rows that the transaction under way has added to append-only tables, and their seals.

Every room's append-only rows are noted here as they are written; the log entry of the action then seals them: which
rows of which table, and the SHA-256 of what they hold. A new room gets this for nothing, by the base class of its rows.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
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
    columns = tuple(field.attname for field in model._meta.concrete_fields)
    present: list[Span] = []
    digest = _digest(model, spans_of(sorted(set(numbers))), columns, present)
    return Seal(label, tuple(present), digest, columns) if present else None


def spans_of(numbers: Iterable[int]) -> tuple[Span, ...]:
    """1, 2, 3, 7 → (1, 3), (7, 7)."""
    made: list[Span] = []
    for number in numbers:
        _grow(made, number)
    return tuple(made)


def _grow(spans: list[Span], number: int) -> None:
    if spans and spans[-1][1] == number - 1:
        spans[-1] = spans[-1][0], number
    else:
        spans.append((number, number))


def _digest(
    model: type[models.Model], spans: Iterable[Span], names: Sequence[str], present: list[Span] | None = None
) -> str:
    """SHA-256 over the named columns of every row, the same on both databases; notes which rows are `present`."""
    digest, encode = hashlib.sha256(json.dumps(list(names)).encode()), _ROW.encode
    key = names.index(model._meta.pk.attname) if present is not None else 0
    for values in _values(model, spans, names):
        digest.update(encode(values).encode())
        if present is not None:
            _grow(present, values[key])
    return digest.hexdigest()


def _values(model: type[models.Model], spans: Iterable[Span], names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """The named columns of rows as the ORM tells them, without its work for every row and value."""
    fields = [_column(model, name) for name in names]
    columns, key = ", ".join(f'"{one.column}"' for one in fields), model._meta.pk.column
    query = f'SELECT {columns} FROM {model._meta.db_table} WHERE "{key}" BETWEEN %s AND %s ORDER BY "{key}"'  # noqa: S608
    turned = [(at, turn) for at, field in enumerate(fields) if (turn := _turner(field, model)) is not None]
    with connection.cursor() as cursor:
        for first, last in spans:
            for start in range(first, last + 1, _CHUNK):
                cursor.execute(query, [start, min(start + _CHUNK - 1, last)])
                for row in cursor.fetchall():
                    cells = list(row)
                    for at, turn in turned:
                        cells[at] = turn(cells[at])
                    yield tuple(cells)


def _column(model: type[models.Model], name: str) -> models.Field[Any, Any]:
    """Raises `FieldError` for a column the table has no more."""
    found = next((field for field in model._meta.concrete_fields if field.attname == name), None)
    if found is None:
        raise FieldError(name)
    return found


def _turner(field: models.Field[Any, Any], model: type[models.Model]) -> Callable[[Any], Any] | None:
    """What makes of a column's stored value the field's own; stored values repeat, and each is turned once."""
    told = field.get_col(model._meta.db_table)
    steps = [*connection.ops.get_db_converters(told), *told.get_db_converters(connection)]
    if not steps:
        return None

    @lru_cache(maxsize=4096)
    def turn(value: Any) -> Any:
        for step in steps:
            value = step(value, told, connection)
        return value

    return turn


def _plain(value: Any) -> str:
    """What JSON has no form of: moments in UTC, everything else as its text."""
    return value.astimezone(UTC).isoformat(timespec="microseconds") if isinstance(value, datetime) else str(value)


_ROW = json.JSONEncoder(ensure_ascii=False, sort_keys=True, default=_plain)  # one for all rows
