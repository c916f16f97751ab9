"""Rows by the hundred thousand into the tables: tuples instead of models, COPY on PostgreSQL, one prepared INSERT on
SQLite.

The guarantees are those of any row: the tables' own triggers and constraints hold, the transaction is the caller's, and
rows of append-only tables are noted for the seal of the next log entry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection, models

from sct.office.people import journal
from sct.office.people.append_only import AppendOnly

Row = tuple[Any, ...]
# Fields whose Python value is what the database driver takes.
_AS_THEY_ARE = (models.CharField, models.TextField, models.IntegerField, models.BooleanField, models.ForeignKey)


def reserve(model: type[models.Model], count: int) -> Sequence[int]:
    """So many primary keys nobody else will take; must be called inside the transaction that uses them."""
    assert connection.in_atomic_block, "keys are reserved by the transaction that uses them"
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            query = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
            cursor.execute(query, [table, count])
            return [int(row[0]) for row in cursor.fetchall()]
        # The transaction is the only writer: the next numbers are its own, and SQLite notes them as they are used.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        found = cursor.fetchone()
    last = int(found[0]) if found else 0
    return range(last + 1, last + 1 + count)


def pour(model: type[models.Model], names: Sequence[str], rows: Sequence[Row]) -> Sequence[int]:
    """Add rows, tuples of values in the order of the fields `names` (attnames, without the key); returns their keys."""
    if not rows:
        return ()
    keys = reserve(model, len(rows))
    insert(model, ("id", *names), ((key, *row) for key, row in zip(keys, rows, strict=True)))
    if issubclass(model, AppendOnly) and model.sealed:
        journal.add(model._meta.label_lower, keys)
    return keys


def insert(model: type[models.Model], names: Sequence[str], rows: Iterable[Row]) -> None:
    """Rows into the table of a model as they are, noted by nobody: for `pour`, and for benches."""
    known = {field.attname: field for field in model._meta.concrete_fields}
    fields = [known[name] for name in names]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    table, told = model._meta.db_table, _told(fields, rows)
    with connection.cursor() as cursor, connection.wrap_database_errors:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in told:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(fields))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", list(told))  # noqa: S608


def _told(fields: Sequence[Any], rows: Iterable[Row]) -> Iterator[Row]:
    """The rows as the driver takes them; days and moments, which repeat, are turned once."""
    turned: list[tuple[int, Callable[[Any], Any]]] = [
        (at, _turner(field)) for at, field in enumerate(fields) if not isinstance(field, _AS_THEY_ARE)
    ]
    for row in rows:
        cells = list(row)
        for at, turn in turned:
            cells[at] = turn(cells[at])
        yield tuple(cells)


def _turner(field: Any) -> Callable[[Any], Any]:
    def turn(value: Any) -> Any:
        return field.get_db_prep_save(value, connection)

    return lru_cache(maxsize=4096)(turn) if isinstance(field, models.DateField) else turn
