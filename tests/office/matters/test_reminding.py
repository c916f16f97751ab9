"""Reminders: one letter a unit, never twice on a day, before the leaders after three."""

from datetime import date, timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail

from sct.errors import UserError
from sct.office.matters.models import Happening
from sct.office.matters.queries import Asked, board
from sct.office.matters.reminding import EVERY, remind
from sct.office.people import audit
from sct.office.people.errors import NotAllowedError, NotVisibleError
from tests.office.matters.conftest import INDUSTRY, TRADE

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
