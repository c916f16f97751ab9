"""Rows into the product's tables as they are: only for benches, the product itself records through its actions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection, models, transaction

from sct.office.people.pouring import insert


def poured(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    """Put rows into the table of a model as they are."""
    names = [one.attname for one in model._meta.concrete_fields if one.attname != "id" or rows[0].pk is not None]
    with transaction.atomic():
        insert(model, names, (tuple(getattr(row, name) for name in names) for row in rows))


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
