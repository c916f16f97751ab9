"""The cast of collection: two communes, two divisions, and the people of the tests' own cast."""

import itertools

import pytest

from sct.catalogue import load
from sct.office.collection import actions
from sct.office.collection.actions import Reason, Save
from sct.office.collection.ground import Ref

MONTH = "2026-03"
TRADE = "commune_trade_monthly"
FILLED = {
    "retail_goods": "12.500,5",
    "food_lodging": "3.000",
    "travel": "-",
    "other_services": "1.200",
    "convenience_new": "1",
    "supermarkets_new": "0",
    "spots_cleared": "2",
    "spots_left": "0",
}
CLUSTERS = {
    "clusters.0.name": "Cụm thử",
    "clusters.0.state": "đang hoạt động",
    "clusters.0.area": "20",
    "clusters.0.industrial": "14,5",
    "clusters.0.leased": "10,25",
}


def area_of(name):
    return load().area_named(name).key


@pytest.fixture
def ba_dinh():
    return area_of("phường Ba Đình")


@pytest.fixture
def dong_anh():
    return area_of("xã Đông Anh")


@pytest.fixture
def xa(people, ba_dinh):
    """The officer of phường Ba Đình."""
    from sct.office.people.models import Role

    return people("can.bo.xa", Role.LOCAL, ba_dinh, full_name="Phạm Thị Hoa")


@pytest.fixture
def xa_khac(people, dong_anh):
    """The officer of another commune."""
    from sct.office.people.models import Role

    return people("can.bo.xa.khac", Role.LOCAL, dong_anh, full_name="Đỗ Văn Nam")


@pytest.fixture
def division(people, hanoi):
    """Makes officers of a division: `division("trade")`."""
    from sct.office.people.actions import grant, system_person
    from sct.office.people.models import Role

    def make(unit):
        person = people(f"phong.{unit}")
        grant(system_person(), person, Role.DIVISION, hanoi, unit)
        return person

    return make


@pytest.fixture
def phong(division):
    """The officer of the trade division, which receives the monthly trade report."""
    return division("trade")


_tokens = itertools.count()


def type_in(person, ref, cells, base=0, **more):
    """One save, on the ground of an edit, under a new token."""
    return actions.save(person, ref, Save(cells, base, more.pop("token", f"t{next(_tokens)}"), **more))


@pytest.fixture
def ref(ba_dinh):
    return Ref(ba_dinh, TRADE, MONTH)


@pytest.fixture
def sent(xa, ref):
    """The monthly report of phường Ba Đình, filled and sent."""
    type_in(xa, ref, FILLED)
    actions.act(xa, ref, "send")
    return ref


@pytest.fixture
def received(sent, phong):
    actions.act(phong, sent, "receive")
    return sent


@pytest.fixture
def locked(received, chuyen_vien):
    actions.act(chuyen_vien, received, "lock")
    return received


def reason(text="xem lại số này", **cells):
    return Reason(text, cells)


@pytest.fixture(autouse=True)
def fresh():
    from sct.office.coordination.state import forget

    forget()


@pytest.fixture
def read():
    """The page of an answer, parsed; fails for anything but 200."""
    from lxml import html

    def parse(answer, status=200):
        assert answer.status_code == status, answer.content.decode()[:300]
        return html.fromstring(answer.content.decode())

    return parse


@pytest.fixture
def words():
    """The text of a page or element, spaces folded."""
    return lambda element: " ".join(element.text_content().split())
