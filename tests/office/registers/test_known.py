"""The second date: a register as it was known at a moment, the list and the card alike."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from sct.catalogue.registers import register
from sct.office.people.errors import NotVisibleError
from sct.office.registers import actions, queries
from sct.office.registers.actions import Draft
from sct.office.registers.known import AsKnown
from sct.office.registers.models import Event
from sct.office.registers.questions import Question

DAY = date(2024, 6, 1)


def at(day, hour=9):
    return datetime(2024, 1, day, hour, tzinfo=UTC)


@pytest.fixture
def clock(monkeypatch):
    """Sets the moment at which things are entered."""

    def set_to(moment):
        monkeypatch.setattr(timezone, "now", lambda: moment)

    yield set_to
    monkeypatch.undo()


@pytest.fixture
def lives(make, chuyen_vien, clock):
    """Three markets: one never touched again, one mended late, one that was put in late; one event withdrawn."""
    clock(at(1))
    still = make("markets", "Chợ Yên", ("operating", "2010-01-01"))
    moved = make("markets", "Chợ Đổi", ("operating", "2010-01-01"), points="100")
    clock(at(3))
    actions.add(chuyen_vien, moved, Draft(date(2015, 1, 1), values={"points": "250", "name": "Chợ Mới"}, source="x"))
    clock(at(5))
    wrong = actions.add(chuyen_vien, moved, Draft(date(2018, 1, 1), "renovating", source="x"))
    late = make("markets", "Chợ Muộn", ("operating", "1990-01-01"))
    clock(at(7))
    actions.withdraw(chuyen_vien, Event.objects.filter(batch=wrong.batch).values_list("pk", flat=True), why="nhầm")
    return still, moved, late


def as_known(person, moment, **asked):
    return AsKnown(person, Question(register("markets"), DAY, **asked), moment)


def test_the_list_tells_only_what_was_entered_by_then(lives, chuyen_vien):
    told = {
        day: [
            (line.name, line.state, line.values.get("points", "")) for line in as_known(chuyen_vien, at(day, 12)).page()
        ]
        for day in (1, 3, 5, 7)
    }
    assert told[1] == [("Chợ Đổi", "operating", "100"), ("Chợ Yên", "operating", "")]
    assert told[3] == [("Chợ Mới", "operating", "250"), ("Chợ Yên", "operating", "")]
    assert told[5] == [("Chợ Mới", "renovating", "250"), ("Chợ Muộn", "operating", ""), ("Chợ Yên", "operating", "")]
    assert told[7] == [("Chợ Mới", "operating", "250"), ("Chợ Muộn", "operating", ""), ("Chợ Yên", "operating", "")]
    assert as_known(chuyen_vien, at(1, 8)).counted.total == 0


def test_the_list_and_the_card_say_the_same_at_every_moment(lives, chuyen_vien):
    for hours in range(0, 8 * 24, 6):
        moment = at(1, 0) + timedelta(hours=hours)
        lines = {line.entry: line for line in as_known(chuyen_vien, moment).lines()}
        for entry in lives:
            try:
                card = queries.entry(chuyen_vien, entry, DAY, moment).line
            except NotVisibleError:
                assert entry not in lines
            else:
                assert (lines[entry].name, lines[entry].state, lines[entry].values) == (
                    card.name,
                    card.state,
                    card.values,
                )


def test_filters_ask_what_was_known_then(lives, chuyen_vien):
    assert [line.name for line in as_known(chuyen_vien, at(5, 12), state=("renovating",)).page()] == ["Chợ Mới"]
    assert as_known(chuyen_vien, at(5, 12), state=("renovating",)).counted.states == {"renovating": 1, "operating": 2}
    assert [line.name for line in as_known(chuyen_vien, at(1, 12), words="doi").page()] == ["Chợ Đổi"]
    assert as_known(chuyen_vien, at(1, 12), words="moi").page() == []


def test_who_sees_nothing_of_hanoi_sees_nothing_known_then_either(lives, nguoi_ngoai):
    assert as_known(nguoi_ngoai, at(5, 12)).counted.total == 0
    assert as_known(nguoi_ngoai, at(1, 12)).lines() == []


def test_list_card_map_and_file_offer_the_second_date(lives, client, chuyen_vien):
    _still, moved, late = lives
    client.force_login(chuyen_vien)

    def text(address):
        answer = client.get(address)
        assert answer.status_code == 200
        return " ".join(answer.content.decode().split())

    page = text("/so-bo/markets/?biet=2024-01-05")
    assert "như đã biết hết ngày 05-01-2024" in page and "Chợ Muộn" in page
    assert 'name="biet" value="2024-01-05"' in page
    assert "/so-bo/markets/them/" not in page
    card = text(f"/so-bo/ho-so/{moved}/?biet=2024-01-03")
    assert "250" in card and "Chợ Mới" in card and "nhầm" not in card
    assert card.count('id="bien-dong-') == 2
    assert client.get(f"/so-bo/ho-so/{late}/?biet=2024-01-03").status_code == 404
    places = client.get("/so-bo/markets/ban-do.json?biet=2024-01-01").json()["features"]
    assert {one["properties"]["name"] for one in places} <= {"Chợ Đổi", "Chợ Yên"}
    file = text("/so-bo/markets/?biet=2024-01-01&dang=csv")
    assert "Chợ Đổi" in file and "Chợ Mới" not in file and "Chợ Muộn" not in file
