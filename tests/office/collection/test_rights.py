"""Who may see and do what with a report: role × unit × stage, by page and by API, against a table written by hand."""

import json
from datetime import timedelta

import pytest

from sct.errors import UserError
from sct.office.collection import actions
from sct.office.collection.actions import Reason
from sct.office.collection.ground import Ref, today
from sct.office.collection.models import Edit, Step
from sct.office.people.models import Role
from sct.office.web.collecting import address
from tests.office.collection.conftest import FILLED, MONTH, TRADE, area_of, type_in

STAGES = ("none", "draft", "sent", "returned", "received", "locked", "reopened")
ACTS = ("send", "recall", "check", "receive", "approve", "return", "lock", "reopen")
FILE = {"none": {"edit"}, "draft": {"edit", "send"}, "sent": {"recall"}, "returned": {"edit", "send"}}
TAKE = {"sent": {"receive", "return"}, "received": {"return"}}
LOCK = {"received": {"lock"}, "locked": {"reopen"}, "reopened": {"lock"}}


def joined(*tables):
    return {stage: set().union(*(table.get(stage, set()) for table in tables)) for stage in STAGES}


FILE = {**FILE, "reopened": {"edit", "send"}}
SEES_ONLY = joined()
# What each person may do with the monthly trade report of phường Ba Đình; None: it does not exist for them (404).
COMMUNE = {
    "its own officer": joined(FILE),
    "the officer of another commune": None,
    "the trade division, which receives it": joined(TAKE),
    "the industry division": SEES_ONLY,
    "the planning officer": joined(TAKE, LOCK),
    "the head": SEES_ONLY,
    "a viewer of the city": SEES_ONLY,
    "a viewer of the commune": SEES_ONLY,
    "the administrator": joined(FILE, TAKE, LOCK),
    "an officer of another province": None,
    "somebody without any grant": None,
}
# The same for the monthly report of the trade division, which the planning division receives.
DIVISION = {
    "its own officer": None,
    "the officer of another commune": None,
    "the trade division, which receives it": joined(FILE),
    "the industry division": None,
    "the planning officer": joined(TAKE, LOCK),
    "the head": SEES_ONLY,
    "a viewer of the city": None,
    "a viewer of the commune": None,
    "the administrator": joined(FILE, TAKE, LOCK),
    "an officer of another province": None,
    "somebody without any grant": None,
}
DONE = {
    "done_on_time": "3",
    "done_late": "0",
    "open": "2",
    "overdue": "0",
    "dossiers": "9",
    "dossiers_late": "0",
    "results": "Xong",
}


@pytest.fixture
def cast(xa, xa_khac, division, chuyen_vien, lanh_dao, nguoi_ngoai, people, hanoi, ba_dinh):
    """The people of the tables, by what they are."""
    return {
        "its own officer": xa,
        "the officer of another commune": xa_khac,
        "the trade division, which receives it": division("trade"),
        "the industry division": division("industry"),
        "the planning officer": chuyen_vien,
        "the head": lanh_dao,
        "a viewer of the city": people("xem.tp", Role.VIEWER, hanoi),
        "a viewer of the commune": people("xem.xa", Role.VIEWER, ba_dinh),
        "the administrator": people("quan.tri", Role.ADMIN, hanoi),
        "an officer of another province": nguoi_ngoai,
        "somebody without any grant": people("khong.quyen"),
    }


def bring(to, ref, values, by):
    """Bring a submission to a stage, in the name of who may do all."""
    if to == "none":
        return
    type_in(by, ref, values)
    for act, stage in (("send", "sent"), ("receive", "received"), ("lock", "locked"), ("reopen", "reopened")):
        if to == "draft":
            return
        if to == "returned" and stage == "received":
            actions.act(by, ref, "return", Reason("xem lại"))
            return
        actions.act(by, ref, act, Reason("đếm thiếu", until=today() + timedelta(days=3)))
        if to == stage:
            return


def rows():
    return Edit.objects.count(), Step.objects.count()


# A division's report goes the same way; three stages of it show that the unit counts.
CASES = [*(("commune", stage) for stage in STAGES), *(("division", stage) for stage in ("draft", "sent", "locked"))]


@pytest.mark.parametrize(("unit", "stage"), CASES)
def test_everybody_may_do_exactly_what_the_table_says(client, cast, people, ba_dinh, unit, stage):
    table, values = (COMMUNE, FILLED) if unit == "commune" else (DIVISION, DONE)
    ref = Ref(ba_dinh, TRADE, MONTH) if unit == "commune" else Ref("division:trade", "division_monthly", MONTH)
    root = people("goc")
    root.is_superuser = True
    root.save()
    bring(stage, ref, values, root)
    for who, may in table.items():
        client.force_login(cast[who])
        page, api = client.get(address(ref)), client.get(address(ref, "form-values"))
        if may is None:
            assert (page.status_code, api.status_code) == (404, 404), who
        else:
            assert page.status_code == 200, who
            assert set(api.json()["may"]) == may[stage], who
            buttons = set(page.context["page"].acts) | ({"edit"} if page.context["page"].editable else set())
            assert buttons == may[stage], who
        allowed = set() if may is None else may[stage]
        refused(cast[who], ref, allowed)
        doors(client, ref, allowed, hidden=may is None, begun=stage != "none")


def refused(person, ref, may):
    """Everything that is not in the table is refused, and changes nothing."""
    before = rows()
    given = Reason("thử", until=today() + timedelta(days=2))
    for act in ACTS:
        if act not in may:
            with pytest.raises(UserError):
                actions.act(person, ref, act, given)
    if "edit" not in may:
        with pytest.raises(UserError):
            type_in(person, ref, {"remarks": "x"})
    assert rows() == before


def doors(client, ref, may, *, hidden, begun):
    """The doors answer 404 for what is not there, 403 or 422 for what may not be done; the page's door likewise."""
    before = rows()
    if "edit" not in may:
        body = json.dumps({"changes": {"remarks": "x"}, "base": 0, "token": "cố"})
        answer = client.post(address(ref, "form-save"), body, content_type="application/json")
        assert answer.status_code in ((404,) if hidden else (403, 422))
    if "receive" not in may:
        api = client.post(address(ref, "form-act", "receive"), headers={"Accept": "application/json"})
        assert api.status_code in ((404,) if hidden or not begun else (403, 422))
    if "lock" not in may and not hidden:
        page = client.post(address(ref, "form-act", "lock"))
        assert page.status_code in ((302, 403) if begun else (404,))
    assert rows() == before


def test_a_draft_is_read_by_nobody_but_who_fills_it(client, xa, phong, ref):
    type_in(xa, ref, {"retail_goods": "987.654"})
    client.force_login(phong)
    assert "987.654" not in client.get(address(ref)).content.decode()
    assert client.get(address(ref, "form-values")).json()["values"] == {}
    client.force_login(xa)
    assert "987.654" in client.get(address(ref)).content.decode()


def test_a_stranger_may_not_even_ask(client, ref):
    for name in ("form", "form-values", "form-book"):
        answer = client.get(address(ref, name))
        assert answer.status_code == 302
        assert "/dang-nhap/" in answer.headers["Location"]


def test_an_officer_of_a_division_cannot_fill_the_form_of_a_commune(phong, ref):
    from sct.office.people.errors import NotAllowedError

    with pytest.raises(NotAllowedError):
        type_in(phong, ref, {"travel": "1"})


def test_a_division_named_in_a_grant_must_exist(people, hanoi):
    from sct.office.people.actions import grant, system_person

    person = people("ai.do")
    with pytest.raises(UserError) as caught:
        grant(system_person(), person, Role.DIVISION, hanoi, "phong-ma")
    assert caught.value.code == "unknown-division"


def test_the_matrix_shows_a_commune_officer_the_own_commune_alone(client, xa, ref, read, words):
    client.force_login(xa)
    page = words(read(client.get("/thu-thap/?tatca=1&thang=2026-03")))
    assert "Phường Ba Đình" in page
    assert "Xã Đông Anh" not in page
    assert client.get("/thu-thap/tong-hop/commune_trade_monthly/2026-03/").status_code == 404
    other = area_of("xã Đông Anh")
    assert client.get("/thu-thap/lich/", {"don_vi": other}).status_code == 404
    assert client.get("/thu-thap/nhac/").status_code == 404
