"""Rows that are only ever added: refused by the ORM here, and by triggers in the database itself.

A later migration that rebuilds such a table on SQLite (AlterField does) loses its triggers: repeat `guard` after it.
`unguarded` finds tables whose triggers are missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, ClassVar, NoReturn, TypeVar

from django.apps import apps
from django.db import connection, migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from sct.office.people.journal import note


class AppendOnlyError(TypeError):
    """A programmer tried to change or delete what can only be added to."""


def _refuse() -> NoReturn:
    raise AppendOnlyError("append-only: record a new row (a withdrawal, a newer value) instead of changing this one")


_Row = TypeVar("_Row", bound=models.Model)


class AppendOnlyQuerySet(models.QuerySet[_Row]):
    """A queryset that reads and adds."""

    def update(self, **_values: Any) -> NoReturn:
        _refuse()

    def bulk_update(self, *_arguments: Any, **_options: Any) -> NoReturn:
        _refuse()

    def update_or_create(self, *_arguments: Any, **_options: Any) -> NoReturn:
        _refuse()

    def delete(self) -> NoReturn:
        _refuse()

    def bulk_create(self, *arguments: Any, **options: Any) -> list[_Row]:
        if options.get("update_conflicts") or options.get("ignore_conflicts"):
            _refuse()
        made: list[_Row] = super().bulk_create(*arguments, **options)
        if getattr(self.model, "sealed", False):
            note(made)
        return made

    def _raw_delete(self, *_arguments: Any, **_options: Any) -> NoReturn:
        _refuse()


class AppendOnly(models.Model):
    """Base of models whose rows are never changed."""

    objects = AppendOnlyQuerySet.as_manager()
    sealed: ClassVar[bool] = True  # its rows are sealed by the log entry of the action that adds them

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *arguments: Any, **options: Any) -> None:
        if not self._state.adding:
            _refuse()
        super().save(*arguments, **{**options, "force_insert": True})
        if self.sealed:
            note([self])

    def delete(self, *_arguments: Any, **_options: Any) -> NoReturn:
        _refuse()


# -- the same in the database -----------------------------------------------------------------------------------

_FUNCTION = """
CREATE OR REPLACE FUNCTION sct_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'append-only: % on % is refused', TG_OP, TG_TABLE_NAME; END $$
"""


def _sqlite(table: str, unique: Iterable[str]) -> list[str]:
    """UPDATE and DELETE, and the DELETE hidden in INSERT OR REPLACE (which fires no delete trigger by default)."""
    abort = f"BEGIN SELECT RAISE(ABORT, 'append-only: {table}'); END"
    taken = " OR ".join(f"{column} = NEW.{column}" for column in unique)
    present = f"SELECT 1 FROM {table} WHERE {taken}"  # noqa: S608 (names of our own tables)
    return [
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_update BEFORE UPDATE ON {table} {abort}",
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_delete BEFORE DELETE ON {table} {abort}",
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_replace BEFORE INSERT ON {table} WHEN EXISTS ({present}) {abort}",
    ]


def _postgresql(table: str) -> list[str]:
    return [
        _FUNCTION,
        *_off("postgresql", table),
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION sct_append_only()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION sct_append_only()",
    ]


_KINDS = {"sqlite": ("update", "delete", "replace"), "postgresql": ("change", "truncate")}


def _off(vendor: str, table: str) -> list[str]:
    where = f" ON {table}" if vendor == "postgresql" else ""
    return [f"DROP TRIGGER IF EXISTS {table}_no_{kind}{where}" for kind in _KINDS[vendor]]


def amend(*tables: str, by: Callable[[Any, BaseDatabaseSchemaEditor], None]) -> migrations.RunPython:
    """A migration step that may change rows of guarded tables: when a column is reckoned anew from the others.
    The triggers are off while it runs; `guard` the tables again after it."""

    def forwards(known: Any, editor: BaseDatabaseSchemaEditor) -> None:
        for table in tables:
            for statement in _off(editor.connection.vendor, table):
                editor.execute(statement, None)
        by(known, editor)

    return migrations.RunPython(forwards, migrations.RunPython.noop)


def guard(table: str, unique: tuple[str, ...] = ("id",)) -> migrations.RunPython:
    """The migration step that puts the triggers on a table; `unique` are its columns with a unique value."""

    def forwards(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        vendor = editor.connection.vendor
        for statement in _sqlite(table, unique) if vendor == "sqlite" else _postgresql(table):
            editor.execute(statement, None)

    return migrations.RunPython(forwards, migrations.RunPython.noop)


def guarded_models() -> list[type[AppendOnly]]:
    """All models of this product whose rows are never changed."""
    return [model for model in apps.get_models() if issubclass(model, AppendOnly)]


def unguarded() -> list[str]:
    """Tables that should have triggers and have not: somebody took them off."""
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {str(row[0]) for row in cursor.fetchall()}
    kinds = _KINDS[connection.vendor]
    return sorted(
        model._meta.db_table
        for model in guarded_models()
        if not all(f"{model._meta.db_table}_no_{kind}" in present for kind in kinds)
    )
