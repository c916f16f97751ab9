"""Rows into the product's tables by the hundred thousand: COPY on PostgreSQL, one prepared INSERT on SQLite.

Only for benches: the product itself records through its actions, with checks and an entry in the log.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import connection, models, transaction


def poured(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    """Put rows into the table of a model as they are."""
    fields = [one for one in model._meta.concrete_fields if one.attname != "id" or rows[0].pk is not None]
    names = ", ".join(f'"{one.column}"' for one in fields)
    attributes = [one.attname for one in fields]
    cells = ([_cell(getattr(row, name)) for name in attributes] for row in rows)
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {model._meta.db_table} ({names}) FROM STDIN") as copy:
                for row in cells:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(fields))
            cursor.executemany(f"INSERT INTO {model._meta.db_table} ({names}) VALUES ({marks})", cells)


def _cell(value: Any) -> Any:
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, date) and connection.vendor == "sqlite":
        return str(value).removesuffix("+00:00")
    return value


@contextmanager
def without_indexes(*tables: type[models.Model]) -> Iterator[None]:
    """The indexes of tables are dropped first and made again from all rows at the end, as a restore does."""
    names = [one._meta.db_table for one in tables]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT i.indexname, i.indexdef FROM pg_indexes i WHERE i.tablename = ANY(%s) AND NOT EXISTS"
                " (SELECT 1 FROM pg_constraint c WHERE c.conname = i.indexname)",
                [names],
            )
        else:
            marks = ", ".join(["%s"] * len(names))
            cursor.execute(
                f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({marks})",
                names,
            )
        made = cursor.fetchall()
        for name, _sql in made:
            cursor.execute(f'DROP INDEX "{name}"')
        yield
        for _name, sql in made:
            cursor.execute(sql)
