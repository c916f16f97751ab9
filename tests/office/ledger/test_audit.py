"""The log shows when somebody changed the log or the ledger behind its back."""

import pytest
from django.db import connection

from sct.office.ledger import actions, queries
from sct.office.ledger.models import Batch
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
    verdict = audit.verify()
    assert verdict.holds
    assert verdict.entries == AuditEntry.objects.count() >= 4


def test_the_first_changed_entry_is_named(log):
    tamper("UPDATE people_auditentry SET subject = 'batch:99' WHERE sequence = 2")
    assert (audit.verify().broken, audit.verify().holds) == (2, False)


def test_an_entry_rehashed_after_a_change_breaks_the_next_one(log):
    entry = AuditEntry.objects.get(sequence=2)
    entry.action = "people.nothing"
    tamper("UPDATE people_auditentry SET action = %s, hash = %s WHERE sequence = 2", entry.action, audit._hash(entry))
    assert audit.verify().broken == 3


def test_a_removed_entry_is_noticed(log):
    tamper("DELETE FROM people_auditentry WHERE sequence = 2")
    assert audit.verify().broken == 3


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
    verdict = audit.verify()
    assert not verdict.holds
    assert verdict.broken is not None


@pytest.fixture
def papers(log, chuyen_vien):
    from sct.office.documents.actions import accept, upload

    text = "Năm 2020, kim ngạch xuất khẩu của Hà Nội đạt 16 tỷ USD, tăng 2,2% so với năm 2019."
    document = upload(chuyen_vien, "xuat-khau.txt", text.encode(), "2020-12-18").document
    accept(chuyen_vien, document.statements.order_by("position")[0].pk)
    return document


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE documents_document SET text = 'khác'",
        "UPDATE documents_statement SET number = '99' WHERE id = (SELECT min(id) FROM documents_statement)",
        "UPDATE documents_decision SET kind = 'reject'",
        "UPDATE documents_finding SET sentence = 'khác' WHERE id = (SELECT max(id) FROM documents_finding)",
        "DELETE FROM documents_operand WHERE id = (SELECT max(id) FROM documents_operand)",
    ],
)
def test_a_changed_row_of_any_room_is_noticed(papers, change):
    assert audit.verify().holds
    tamper(change)
    assert not audit.verify().holds


def test_a_row_slipped_in_is_noticed(papers):
    tamper("INSERT INTO ledger_contestedcell (cell, indicator, area) VALUES ('exports|x||2020|yoy', 'exports', 'x')")
    verdict = audit.verify()
    assert not verdict.holds
    assert "ledger_contestedcell" in verdict.reason


def test_a_rolled_back_step_leaves_nothing_to_seal(chuyen_vien, sample):
    from django.db import transaction

    from sct.office.ledger.models import ContestedCell

    class Undo(Exception):
        pass

    with transaction.atomic():
        try:
            with transaction.atomic():
                ContestedCell(cell="a|b||2020|yoy", indicator="a", area="b").save()
                raise Undo
        except Undo:
            pass
        audit.record(chuyen_vien.pk, "people.nothing", "person:1", {})
    assert audit.verify().holds


def test_every_action_seals_what_it_added(papers):
    from sct.office.people.journal import unsealed

    assert unsealed() == {}
    assert audit.verify().rows > 1_000


def test_a_seal_still_holds_when_its_table_gets_another_column(papers):
    from sct.office.people.journal import seal_rows

    sealed = seal_rows("ledger.batch", [Batch.objects.values_list("pk", flat=True).earliest("pk")])
    fewer = type(sealed)(sealed.table, sealed.spans, "", sealed.columns[:-1])
    assert sealed.holds
    assert not fewer.holds  # another digest, over the columns that it names
    assert fewer.columns == sealed.columns[:-1]


def test_rows_from_before_entries_sealed_them_are_adopted_once(papers):
    tamper("DELETE FROM people_auditentry")
    assert not audit.verify().holds
    assert audit.adopt() > 1_000
    assert audit.verify().holds
    assert audit.adopt() == 0


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
