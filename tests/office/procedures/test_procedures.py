"""A file walks through the steps of its procedure; each step by its division."""

from datetime import date

import pytest

from sct.errors import UserError
from sct.office.people import audit
from sct.office.people.errors import NotAllowedError, NotVisibleError
from sct.office.procedures import queries
from sct.office.procedures.actions import open_file, step_done, undo
from tests.office.matters.conftest import cast  # noqa: F401 (fixtures)

DAY = date(2026, 3, 2)  # a Monday
TODAY = date(2026, 3, 20)
WHO = ["leader", "planner", "industry", "trade", "commune", "viewer", "stranger"]
PETITION = "petition_v1"  # planning, planning, trade, planning


@pytest.fixture(autouse=True)
def still_clock(monkeypatch):
    for module in ("sct.office.procedures.actions", "sct.office.web.views.procedures"):
        monkeypatch.setattr(f"{module}.local_day", lambda _now: TODAY)


@pytest.fixture
def petition(cast, hanoi):  # noqa: F811
    return open_file(cast["planner"], hanoi, PETITION, "Kiến nghị về bãi đỗ xe của chợ", DAY)


@pytest.fixture
def at_trade(cast, petition):  # noqa: F811
    for step in ("receive", "assign"):
        step_done(cast["planner"], petition.pk, step, date(2026, 3, 3))
    return petition


@pytest.mark.parametrize("who", WHO)
def test_a_step_is_done_by_its_division_or_who_plans(cast, at_trade, who):  # noqa: F811
    def act():
        return step_done(cast[who], at_trade.pk, "study", date(2026, 3, 10))

    if who in ("planner", "trade"):
        assert act().step == "study"
    else:
        with pytest.raises(NotAllowedError if who == "leader" else NotVisibleError):
            act()


@pytest.mark.parametrize("who", WHO)
def test_a_file_is_opened_by_who_does_the_first_step(cast, hanoi, who):  # noqa: F811
    if who == "planner":
        assert open_file(cast[who], hanoi, PETITION, "Hồ sơ", DAY).number == "1/2026-QT-02"
    else:
        with pytest.raises(NotVisibleError if who in ("commune", "stranger") else NotAllowedError):
            open_file(cast[who], hanoi, PETITION, "Hồ sơ", DAY)


def test_steps_go_in_their_order_and_days_never_back(cast, petition):  # noqa: F811
    with pytest.raises(UserError, match="không ở bước này"):
        step_done(cast["planner"], petition.pk, "answer", DAY)
    with pytest.raises(UserError, match="sớm hơn"):
        step_done(cast["planner"], petition.pk, "receive", date(2026, 3, 1))
    with pytest.raises(UserError, match="chưa đến"):
        step_done(cast["planner"], petition.pk, "receive", date(2026, 3, 21))


def test_it_shows_where_it_stands_and_how_late(cast, at_trade):  # noqa: F811
    line = queries.file(cast["trade"], at_trade.pk, TODAY)
    assert (line.place.now.step.code, line.place.now.due) == ("study", date(2026, 3, 17))
    assert line.place.now.late == 3
    assert line.is_late


def test_a_step_taken_back_is_done_again(cast, at_trade):  # noqa: F811
    with pytest.raises(NotAllowedError):
        undo(cast["trade"], at_trade.pk)
    undo(cast["planner"], at_trade.pk)
    assert queries.file(cast["planner"], at_trade.pk, TODAY).place.now.step.code == "assign"
    step_done(cast["planner"], at_trade.pk, "assign", date(2026, 3, 4))
    assert audit.verify().broken is None


def test_objectives_are_told_against_the_files(cast, at_trade, hanoi):  # noqa: F811
    step_done(cast["trade"], at_trade.pk, "study", date(2026, 3, 10))
    step_done(cast["planner"], at_trade.pk, "answer", date(2026, 3, 12))
    open_file(cast["planner"], hanoi, PETITION, "Hồ sơ đang làm", TODAY)
    found = {
        (one.procedure.code, one.objective.code): one
        for one in queries.objectives(queries.files(cast["leader"], hanoi, TODAY, year=2026), TODAY)
    }
    in_time, finished = found[PETITION, "in_time"], found[PETITION, "finished"]
    assert (in_time.rate, in_time.met) == (100, True)
    assert (finished.rate, finished.met) == (50, False)
    assert found["report_period_v1", "in_time"].met is None


def test_the_pages_open_walk_and_export(cast, client, hanoi, django_assert_max_num_queries):  # noqa: F811
    client.force_login(cast["planner"])
    made = client.post(
        "/viec/quy-trinh/mo/", {"quy_trinh": PETITION, "ten": "=Hồ sơ", "ngay": "2026-03-02"}, follow=True
    )
    number = made.redirect_chain[-1][0].split("/")[3]
    done = {"buoc": "receive", "ngay": "2026-03-03"}
    assert "03-03-2026" in client.post(f"/viec/quy-trinh/{number}/xong/", done, follow=True).content.decode()
    with django_assert_max_num_queries(14):
        assert "=Hồ sơ" in client.get("/viec/quy-trinh/?nam=2026&bang=cham").content.decode()
    assert client.get("/viec/quy-trinh/?dang=xlsx").status_code == 200
    client.force_login(cast["commune"])
    assert client.get(f"/viec/quy-trinh/{number}/").status_code == 404
