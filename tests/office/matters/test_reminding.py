"""Reminders: one letter a unit, never twice on a day, before the leaders after three."""

from datetime import date, timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.db import connection

from sct.errors import UserError
from sct.following.events import EventKind
from sct.office.matters.actions import Detail, happen
from sct.office.matters.models import Happening
from sct.office.matters.queries import Asked, board
from sct.office.matters.reminding import EVERY, remind
from sct.office.people import audit
from sct.office.people.errors import NotAllowedError, NotVisibleError
from tests.office.matters.conftest import COMMUNE, INDUSTRY, TRADE

TODAY = date(2024, 6, 3)


@pytest.fixture
def addressed(cast):
    for who in ("industry", "stranger"):
        cast[who].email = f"{who}@example.vn"
        cast[who].save()
    return cast


def test_a_unit_gets_one_letter_of_what_is_late_or_nearly_due(addressed, given, hanoi):
    given(due=date(2024, 3, 1), text="Việc đã quá hạn")
    given(due=TODAY + timedelta(days=1), text="Việc sắp đến hạn")
    given(due=TODAY + timedelta(days=90), text="Việc còn lâu")
    given(lead=TRADE, due=date(2024, 3, 1))
    done = remind(addressed["planner"], hanoi, TODAY)
    assert (done.units, done.matters, done.mails, done.without_address) == (1, 2, 1, 1)
    reminded = Happening.objects.filter(kind="remind").values_list("matter__lead", flat=True)
    assert set(reminded) == {INDUSTRY}  # who got no letter was not reminded, and nothing goes before the leaders
    (letter,) = mail.outbox
    assert letter.to == ["industry@example.vn"]  # not the unit of that name in another province
    assert INDUSTRY in letter.body
    assert "Việc đã quá hạn: hạn 01-03-2024, quá hạn 94 ngày" in letter.body
    assert "Việc sắp đến hạn: hạn 04-06-2024, còn 1 ngày" in letter.body
    assert "còn lâu" not in letter.body
    assert audit.verify().broken is None


def test_a_second_run_on_a_day_says_nothing(addressed, given, hanoi):
    given(due=date(2024, 3, 1))
    remind(addressed["planner"], hanoi, TODAY)
    assert remind(addressed["planner"], hanoi, TODAY).matters == 0
    assert remind(addressed["planner"], hanoi, TODAY + timedelta(days=EVERY - 1)).matters == 0
    assert remind(addressed["planner"], hanoi, TODAY + timedelta(days=EVERY)).matters == 1
    assert len(mail.outbox) == 2


def test_after_more_than_three_reminders_it_goes_before_the_leaders(addressed, given, hanoi):
    row = given(due=date(2024, 3, 1))
    runs = [remind(addressed["planner"], hanoi, TODAY + timedelta(days=EVERY * n)) for n in range(4)]
    assert [one.escalated for one in runs] == [0, 0, 0, 1]
    lines = board(addressed["leader"], Asked(hanoi, TODAY + timedelta(days=30), board="escalated")).lines
    assert [line.row.pk for line in lines] == [row.pk]


def test_what_could_not_be_sent_is_not_noted(addressed, given, hanoi, monkeypatch):
    given(due=date(2024, 3, 1))

    def refuse(self, messages):
        raise ConnectionRefusedError("refused")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    with pytest.raises(UserError, match="Không gửi được thư"):
        remind(addressed["planner"], hanoi, TODAY)
    assert not Happening.objects.filter(kind="remind").exists()


def test_what_the_mail_server_says_of_addresses_is_not_repeated(addressed, given, hanoi, monkeypatch):
    given(due=date(2024, 3, 1))

    def refuse(self, messages):
        raise SMTPRecipientsRefused({"industry@example.vn": (550, b"no such user")})

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    with pytest.raises(UserError, match="SMTPRecipientsRefused") as caught:
        remind(addressed["planner"], hanoi, TODAY)
    assert "example.vn" not in caught.value.sentence()


def test_after_three_reminders_leaders_and_giver_get_a_letter_too(addressed, given, hanoi):
    """A week apart; the fourth past the due day brings the matter up, and a week later they are told again."""
    for who in ("leader", "commune"):
        addressed[who].email = f"{who}@example.vn"
        addressed[who].save()
    given(due=TODAY - timedelta(days=1), giver=COMMUNE, kind="petition", text="Cải tạo chợ")
    given(due=TODAY - timedelta(days=1), giver="Người ở ngoài", text="Rà soát cụm")
    runs = [remind(addressed["planner"], hanoi, TODAY + timedelta(days=EVERY * n)) for n in range(4)]
    assert [one.above for one in runs] == [0, 0, 0, 2]
    leaders, giver = mail.outbox[-2:]
    assert (leaders.to, giver.to) == (["leader@example.vn"], ["commune@example.vn"])
    assert "Cải tạo chợ" in leaders.body and "Rà soát cụm" in leaders.body
    assert "đã đôn đốc 4 lần sau hạn" in leaders.body
    assert "Rà soát cụm" not in giver.body
    assert remind(addressed["planner"], hanoi, TODAY + timedelta(days=EVERY * 3)).mails == 0
    assert remind(addressed["planner"], hanoi, TODAY + timedelta(days=EVERY * 4)).above == 2
    assert audit.verify().broken is None


def test_reminders_before_the_due_date_bring_nothing_before_the_leaders(addressed, given, hanoi):
    row = given(due=TODAY + timedelta(days=3))
    remind(addressed["planner"], hanoi, TODAY)
    for day in range(1, 4):
        happen(addressed["planner"], row.pk, EventKind.REMIND, Detail(on=TODAY + timedelta(days=day)))
    row.refresh_from_db()
    assert row.reminders == 0
    lines = board(addressed["leader"], Asked(hanoi, TODAY + timedelta(days=30), board="escalated")).lines
    assert lines == ()


def test_nothing_is_locked_while_a_letter_is_sent_and_each_sent_one_is_noted(addressed, given, hanoi, monkeypatch):
    """The second letter fails: the first is noted, the second is not, and the third still goes."""
    addressed["trade"].email, addressed["commune"].email = "trade@example.vn", "commune@example.vn"
    addressed["trade"].save()
    addressed["commune"].save()
    rows = [given(lead=unit, due=date(2024, 3, 1)) for unit in (INDUSTRY, TRADE, COMMUNE)]
    depth, seen = len(connection.savepoint_ids), []

    def send(self, messages):
        seen.append((len(connection.savepoint_ids), Happening.objects.filter(kind="remind").count()))
        if messages[0].to == ["trade@example.vn"]:
            raise SMTPRecipientsRefused({"trade@example.vn": (550, b"no such user")})
        return 1

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", send)
    done = remind(addressed["planner"], hanoi, TODAY)
    assert (done.mails, done.failed) == (2, 1)
    assert seen == [(depth, 0), (depth, 1), (depth, 1)]
    assert "example.vn" not in done.reason
    told = Happening.objects.filter(kind="remind").values_list("matter", flat=True)
    assert set(told) == {rows[0].pk, rows[2].pk}


@pytest.mark.parametrize("who", ["leader", "industry", "commune", "viewer", "stranger"])
def test_only_who_plans_sends_them_all(cast, hanoi, who):
    with pytest.raises(NotVisibleError if who in ("commune", "stranger") else NotAllowedError):
        remind(cast[who], hanoi, TODAY)


def test_the_command_prints_counts_and_nobody(addressed, given, hanoi, capsys, monkeypatch):
    from sct.cli import main

    given(due=date(2024, 3, 1))
    monkeypatch.setattr("sct.cli.office.setup", lambda: None)
    assert main(["remind"]) == 0
    told = capsys.readouterr()
    assert "Đã nhắc 1 việc của 1 đơn vị, gửi 1 thư." in told.out
    assert "@" not in told.out + told.err
