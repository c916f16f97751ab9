"""The navigation: one table, rooms that are there, and only for whoever may enter."""

from sct.office.people.models import Role
from sct.office.web.navigation import ROOMS


def shown(page):
    return {link.get("href").partition("?")[0] for link in page.xpath('//nav[@class="rooms"]/a')}


def test_a_room_without_a_page_is_not_shown(sample, lan, read, monkeypatch):
    from sct.office.web import navigation

    ghost = navigation.Room("no-such-page", lambda: "Phòng ma", ("ma",))
    monkeypatch.setattr(navigation, "ROOMS", (*ROOMS, ghost))
    page = read(lan.get("/"))
    assert {"/", "/chi-tieu/", "/van-ban/", "/bao-cao/"} <= shown(page)
    assert "Phòng ma" not in page.text_content()


def test_a_room_that_asks_for_a_right_is_shown_to_whoever_has_it(sample, people, client, read, monkeypatch):
    from sct.office.people.models import Right
    from sct.office.web import navigation

    locked = navigation.Room("search", lambda: "Phòng khóa", ("tim",), Right.MANAGE)
    monkeypatch.setattr(navigation, "ROOMS", (locked,))
    for role, there in ((Role.ADMIN, True), (Role.LEADER, False), (Role.PLANNER, False)):
        client.force_login(people(f"nguoi-{role}", role))
        assert ("/tim/" in shown(read(client.get("/")))) is there


def test_every_page_of_a_room_marks_its_room(sample, lan, read):
    for address, room in (
        ("/", "/"),
        ("/chua-thong-nhat/", "/"),
        ("/chi-tieu/exports/", "/chi-tieu/"),
        ("/van-ban/", "/van-ban/"),
        ("/bao-cao/", "/bao-cao/"),
    ):
        marked = read(lan.get(address)).xpath('//nav[@class="rooms"]/a[@aria-current="page"]')
        assert [link.get("href").partition("?")[0] for link in marked] == [room]


def test_no_two_rooms_claim_the_same_addresses():
    words = [word for room in ROOMS for word in room.under]
    assert len(words) == len(set(words))
