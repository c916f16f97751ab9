"""The log shows when somebody changed the log or the ledger behind its back."""

import pytest
from django.db import connection

from sct.office.ledger import actions, queries
from sct.office.people import audit
from sct.office.people.models import AuditEntry


def tamper(sql, *values):
    """What somebody with the database's password could do: take the triggers off, change a row, put them back."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a row cannot change while its checks are pending
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(sql, values)
            cursor.execute("SET LOCAL session_replication_role = origin")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute("PRAGMA defer_foreign_keys = ON")
        cursor.execute(sql, values)
        for _name, created in triggers:
            cursor.execute(created)


@pytest.fixture
def log(sample, chuyen_vien):
    ids = [figure.id for figure in queries.recent(chuyen_vien, 3)]
    actions.withdraw(chuyen_vien, ids, why="nhầm kỳ")
    return sample


def test_an_untouched_log_verifies(log):
    verdict = actions.verify_audit()
    assert verdict.holds
    assert verdict.entries == AuditEntry.objects.count() >= 4


def test_the_first_changed_entry_is_named(log):
    tamper("UPDATE people_auditentry SET subject = 'batch:99' WHERE sequence = 2")
    assert (actions.verify_audit().broken, actions.verify_audit().holds) == (2, False)


def test_an_entry_rehashed_after_a_change_breaks_the_next_one(log):
    entry = AuditEntry.objects.get(sequence=2)
    entry.action = "people.nothing"
    tamper("UPDATE people_auditentry SET action = %s, hash = %s WHERE sequence = 2", entry.action, audit._hash(entry))
    assert actions.verify_audit().broken == 3


def test_a_removed_entry_is_noticed(log):
    tamper("DELETE FROM people_auditentry WHERE sequence = 2")
    assert actions.verify_audit().broken == 3


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE ledger_observation SET number = '9.9' WHERE id = (SELECT max(id) FROM ledger_observation)",
        "UPDATE ledger_observation SET last_month = 1 WHERE id = (SELECT min(id) FROM ledger_observation)",
        "UPDATE ledger_observation SET entered = '2001-01-01' WHERE id = (SELECT min(id) FROM ledger_observation)",
        "DELETE FROM ledger_observation WHERE id = (SELECT min(id) FROM ledger_observation)",
        "UPDATE ledger_withdrawal SET why = 'khác' WHERE id = (SELECT min(id) FROM ledger_withdrawal)",
        "DELETE FROM ledger_withdrawal WHERE id = (SELECT max(id) FROM ledger_withdrawal)",
        "UPDATE ledger_batch SET name = 'khác.csv'",
    ],
)
def test_a_changed_ledger_is_noticed_though_the_log_was_left_alone(log, change):
    tamper(change)
    verdict = actions.verify_audit()
    assert not verdict.holds
    assert verdict.broken is not None


def test_the_log_names_nobody(log, chuyen_vien):
    text = " ".join(str(value) for entry in AuditEntry.objects.values_list() for value in entry)
    for personal in (chuyen_vien.username, chuyen_vien.full_name, "Lan"):
        assert personal not in text


def test_an_entry_outside_a_transaction_is_a_programming_error(db):
    connection.in_atomic_block, before = False, connection.in_atomic_block
    try:
        with pytest.raises(AssertionError):
            audit.append(1, "x", "y", "")
    finally:
        connection.in_atomic_block = before
