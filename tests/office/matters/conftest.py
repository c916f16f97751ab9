"""The cast of the matters: a leader, a planner, two divisions, a commune, and a matter given to one of them."""

from datetime import date

import pytest

from sct.catalogue import load
from sct.following.events import EventKind
from sct.office.matters.actions import Detail, NewMatter, create, happen
from sct.office.matters.models import Kind
from sct.office.people.models import Role

INDUSTRY, TRADE, COMMUNE = "Phòng Quản lý công nghiệp", "Phòng Quản lý thương mại", "UBND xã Đông Anh"


@pytest.fixture
def cast(people, hanoi, lanh_dao, chuyen_vien, nguoi_ngoai):
    """By name: leader, planner, industry, trade, commune, viewer, stranger."""

    def of(username, role, unit, area=hanoi):
        person = people(username, role, area)
        person.unit = unit
        person.save()
        return person

    commune = next(a for a in load().areas.values() if a.parent == hanoi and a.level == "commune")
    lanh_dao.unit, chuyen_vien.unit = "Ban Giám đốc", "Phòng Kế hoạch - Tổng hợp"
    nguoi_ngoai.unit = INDUSTRY  # a unit of the same name in another province
    for person in (lanh_dao, chuyen_vien, nguoi_ngoai):
        person.save()
    return {
        "leader": lanh_dao,
        "planner": chuyen_vien,
        "industry": of("cong.nghiep", Role.DIVISION, INDUSTRY),
        "trade": of("thuong.mai", Role.DIVISION, TRADE),
        "commune": of("dong.anh", Role.LOCAL, COMMUNE, commune.key),
        "viewer": of("xem", Role.VIEWER, ""),
        "stranger": nguoi_ngoai,
    }


@pytest.fixture
def given(cast, hanoi):
    """Makes matters given to a unit: `given(lead=INDUSTRY, due=date(2024, 3, 1))`."""

    def make(
        lead=INDUSTRY, due=None, supports=(), text="Rà soát hạ tầng cụm công nghiệp", on=date(2024, 1, 10), **more
    ):
        row = create(cast["planner"], hanoi, NewMatter(Kind(more.pop("kind", "assignment")), text, on, **more))
        if lead:
            happen(cast["leader"], row.pk, EventKind.ASSIGN, Detail(on=on, lead=lead, supports=supports, due=due))
            row.refresh_from_db()
        return row

    return make
