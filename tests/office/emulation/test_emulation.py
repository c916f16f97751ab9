"""A unit scores itself, the verifier verifies, the product counts the rest."""

from datetime import date
from decimal import Decimal

import pytest

from sct.catalogue import load
from sct.errors import UserError
from sct.following.emulation import Cluster, CriterionKind, load_criteria
from sct.following.events import EventKind
from sct.office.coordination import emulation as told
from sct.office.emulation.actions import Card, Given, score, verify
from sct.office.emulation.models import Mark
from sct.office.matters.actions import Detail, happen
from sct.office.people import audit
from sct.office.people.errors import NotAllowedError, NotVisibleError
from tests.office.matters.conftest import COMMUNE, INDUSTRY, TRADE, cast, given  # noqa: F401 (fixtures)

TODAY = date(2024, 12, 31)
SCALE = [one for one in load_criteria().values() if one.kind is CriterionKind.POINTS]
WHO = ["leader", "planner", "industry", "trade", "commune", "viewer", "stranger"]
OVERSEE = {"leader", "planner"}


@pytest.fixture
def mine(hanoi):
    return Card(hanoi, 2024, INDUSTRY, Cluster.DIVISION)


def full(points="10", why="chưa đủ minh chứng"):
    return {one.code: Given(Decimal(points), "12/BC-SCT ngày 05-12-2024", why) for one in SCALE}


@pytest.mark.parametrize("who", WHO)
def test_only_the_unit_scores_itself(cast, mine, who):  # noqa: F811
    if who == "industry":
        assert score(cast[who], mine, full()) == len(SCALE)
    else:
        with pytest.raises(NotAllowedError if who in OVERSEE else NotVisibleError):
            score(cast[who], mine, full())


@pytest.mark.parametrize("who", WHO)
def test_who_plans_or_leads_verifies(cast, mine, who):  # noqa: F811
    if who in OVERSEE:
        assert verify(cast[who], mine, full()) == len(SCALE)
    else:
        with pytest.raises(NotAllowedError if who == "industry" else NotVisibleError):
            verify(cast[who], mine, full())


@pytest.mark.parametrize("who", WHO)
def test_a_card_is_seen_by_the_unit_and_who_oversees(cast, hanoi, who):  # noqa: F811
    area = load().area(hanoi)
    if who in OVERSEE | {"industry"}:
        assert told.card(cast[who], area, 2024, INDUSTRY, TODAY).unit == INDUSTRY
    else:
        with pytest.raises(NotVisibleError):
            told.card(cast[who], area, 2024, INDUSTRY, TODAY)


def test_nobody_verifies_the_own_unit(cast, hanoi):  # noqa: F811
    card = Card(hanoi, 2024, cast["planner"].unit, Cluster.DIVISION)
    with pytest.raises(NotAllowedError):
        verify(cast["planner"], card, full())
    assert verify(cast["leader"], card, full())


def test_overdue_matters_come_by_themselves_with_their_list(cast, given, hanoi, mine):  # noqa: F811
    area = load().area(hanoi)
    late = given(due=date(2024, 3, 1))
    in_time = given(due=date(2024, 3, 1))
    happen(cast["industry"], in_time.pk, EventKind.DONE, Detail(on=date(2024, 2, 1), note="xong"))
    given(lead=TRADE, due=date(2024, 3, 1))
    row = told.card(cast["industry"], area, 2024, INDUSTRY, TODAY)
    assert [line.row.pk for line in row.counted.matters] == [late.pk]
    item = next(item for item in row.items if item.criterion.counted == "overdue_matters")
    assert (item.count, item.taken) == (1, item.criterion.each)
    with pytest.raises(UserError, match="đếm từ sổ"):
        verify(cast["planner"], mine, {item.criterion.code: Given(Decimal(0))})


def test_a_report_never_sent_counts_as_late(cast, hanoi):  # noqa: F811
    area = load().area(hanoi)
    local = [
        row for row in told.table(cast["leader"], area, 2025, date(2026, 2, 1))[Cluster.LOCAL] if row.counted.reports
    ]
    assert local
    assert all(cell.first_sent is None and cell.duty.due.year == 2025 for row in local for cell in row.counted.reports)
    least = load_criteria()["late_reports"]
    assert all(row.taken == least.taken_off(len(row.counted.reports)) for row in local)


def test_ranks_wait_until_the_whole_scale_is_verified(cast, hanoi, mine):  # noqa: F811
    area = load().area(hanoi)

    def rank(unit):
        rows = told.table(cast["leader"], area, 2024, TODAY)[Cluster.DIVISION]
        return next(row.rank for row in rows if row.unit == unit)

    score(cast["industry"], mine, full())
    verify(cast["planner"], mine, dict(list(full("9").items())[:-1]))
    assert rank(INDUSTRY) is None
    verify(cast["planner"], mine, full("9"))
    other = Card(hanoi, 2024, TRADE, Cluster.DIVISION)
    verify(cast["planner"], other, full("8"))
    assert (rank(INDUSTRY), rank(TRADE)) == (1, 2)


@pytest.mark.parametrize(
    ("code", "mark", "words"),
    [
        ("targets", Given(Decimal("30.5"), "x"), "thang"),
        ("targets", Given(Decimal("-1"), "x"), "thang"),
        ("targets", Given(Decimal("1.555"), "x"), "thang"),
        ("targets", Given(Decimal(20)), "chứng minh"),
        ("nothing", Given(Decimal(20)), "Không có tiêu chí"),
    ],
)
def test_a_bad_mark_keeps_nothing(cast, mine, code, mark, words):  # noqa: F811
    good = {"discipline": Given(Decimal(5))}
    with pytest.raises(UserError, match=words):
        score(cast["industry"], mine, {**good, code: mark})
    assert not Mark.objects.exists()


def test_a_verified_criterion_is_not_scored_again_and_all_is_sealed(cast, mine):  # noqa: F811
    verify(cast["planner"], mine, full("9"))
    with pytest.raises(UserError, match="đã thẩm định"):
        score(cast["industry"], mine, full("10"))
    assert verify(cast["planner"], mine, full("9")) == 0  # the same marks are no news
    assert audit.verify().broken is None


def test_a_verified_mark_that_differs_from_the_units_own_says_why(cast, mine):  # noqa: F811
    score(cast["industry"], mine, full("10"))
    with pytest.raises(UserError, match="chưa nói vì sao"):
        verify(cast["planner"], mine, full("9", why=" "))
    assert verify(cast["planner"], mine, full("10", why="")) == len(SCALE)  # the same points need no word
    assert verify(cast["planner"], mine, full("9")) == len(SCALE)


def test_the_pages_show_and_keep_points(cast, client, mine, hanoi):  # noqa: F811
    client.force_login(cast["industry"])
    address = f"/viec/thi-dua/phieu/tu-cham/?donvi={INDUSTRY}&nam=2024"
    code = SCALE[0].code
    posted = client.post(address, {f"diem-{code}": "12,5", f"minh_chung-{code}": "1/BC"}, follow=True)
    assert "12,5" in posted.content.decode()
    wrong = client.post(address, {f"diem-{code}": "nhiều"})
    assert wrong.status_code == 422
    assert client.get(f"/viec/thi-dua/phieu/?donvi={TRADE}&nam=2024").status_code == 404
    client.force_login(cast["leader"])
    assert COMMUNE.split()[0] in client.get("/viec/thi-dua/?nam=2025").content.decode()
    assert client.get("/viec/thi-dua/?nam=2024&dang=xlsx")["Content-Type"].endswith("sheet")
