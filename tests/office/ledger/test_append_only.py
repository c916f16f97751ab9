"""Nothing in the ledger can be changed or deleted: not by the ORM, not by SQL, on neither database."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from sct.office.ledger import actions, queries
from sct.office.ledger.models import Batch, ContestedCell, Observation, Withdrawal
from sct.office.people import audit
from sct.office.people.append_only import AppendOnlyError, guarded_models, unguarded
from sct.office.people.models import AuditEntry

TABLES = {model._meta.db_table: model for model in (AuditEntry, Batch, ContestedCell, Observation, Withdrawal)}


@pytest.fixture
def filled(sample, chuyen_vien):
    """A ledger with at least one row in every table."""
    first = queries.recent(chuyen_vien, 1)[0]
    actions.withdraw(chuyen_vien, [first.id], why="gõ nhầm")
    return first


def test_all_tables_of_the_ledger_are_append_only():
    assert set(TABLES) <= {model._meta.db_table for model in guarded_models()}
    assert {model for model in apps.get_app_config("ledger").get_models()} <= set(guarded_models())


@pytest.mark.parametrize("table", TABLES)
def test_a_saved_row_cannot_be_saved_again_or_deleted(filled, table):
    row = TABLES[table].objects.first()
    with pytest.raises(AppendOnlyError):
        row.save()
    with pytest.raises(AppendOnlyError):
        row.delete()


@pytest.mark.parametrize("table", TABLES)
def test_a_query_cannot_change_or_delete(filled, table):
    rows = TABLES[table].objects
    name = next(f.attname for f in rows.model._meta.concrete_fields if not f.primary_key)
    row = rows.first()
    for attempt in (
        lambda: rows.update(**{name: getattr(row, name)}),
        lambda: rows.all().update(**{name: getattr(row, name)}),
        lambda: rows.filter(pk=row.pk).delete(),
        lambda: rows.bulk_update([row], [name]),
        lambda: rows.update_or_create(pk=row.pk, defaults={name: getattr(row, name)}),
        lambda: rows.bulk_create([row], ignore_conflicts=True),
        lambda: rows.model._base_manager.filter(pk=row.pk).delete(),
    ):
        with pytest.raises(AppendOnlyError):
            attempt()


def refused(sql, *values):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.mark.parametrize("table", TABLES)
def test_sql_cannot_change_or_delete(filled, table):
    model = TABLES[table]
    count = model.objects.count()
    assert count > 0
    key = model._meta.pk.column
    refused(f"UPDATE {table} SET {key} = {key}")
    refused(f"DELETE FROM {table}")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # as after a commit: no check of a row is pending
        refused(f"TRUNCATE {table} CASCADE")
    assert model.objects.count() == count


@pytest.mark.parametrize("table", TABLES)
def test_sqlite_cannot_replace_a_row_by_inserting_over_it(filled, table):
    if connection.vendor != "sqlite":
        pytest.skip("INSERT OR REPLACE is SQLite's")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA recursive_triggers = OFF")  # as another program would have it
    try:
        refused(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA recursive_triggers = ON")


def test_a_missing_trigger_is_noticed(filled):
    assert unguarded() == []
    with connection.cursor() as cursor:
        where = "" if connection.vendor == "sqlite" else " ON ledger_observation"
        name = "ledger_observation_no_" + ("delete" if connection.vendor == "sqlite" else "truncate")
        cursor.execute(f"DROP TRIGGER {name}{where}")
    assert unguarded() == ["ledger_observation"]
    verdict = audit.verify()
    assert not verdict.holds
    assert "ledger_observation" in verdict.reason
