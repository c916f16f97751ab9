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
        assert told.card(cast[who], area, 2024, INDUSTRY, TODAY).row.unit == INDUSTRY
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
    whole = told.card(cast["industry"], area, 2024, INDUSTRY, TODAY)
    assert [line.row.pk for line in whole.matters] == [late.pk]
    item = next(item for item in whole.items if item.criterion.counted == "overdue_matters")
    assert (item.count, item.taken) == (1, item.criterion.each)
    with pytest.raises(UserError, match="đếm từ sổ"):
        verify(cast["planner"], mine, {item.criterion.code: Given(Decimal(0))})


def test_a_report_never_sent_counts_as_late(cast, hanoi):  # noqa: F811
    area, day = load().area(hanoi), date(2026, 2, 1)
    local = [row for row in told.table(cast["leader"], area, 2025, day)[Cluster.LOCAL] if row.counts["late_reports"]]
    assert local
    least = load_criteria()["late_reports"]
    assert all(row.taken == least.taken_off(row.counts["late_reports"]) for row in local)
    reports = told.card(cast["leader"], area, 2025, local[0].unit, day).reports
    assert len(reports) == local[0].counts["late_reports"]
    assert all(cell.first_sent is None and cell.duty.due.year == 2025 for cell in reports)


def test_the_table_counts_what_the_cards_list(cast, given, hanoi):  # noqa: F811
    """Two ways of counting, one grouped in the database and one of things to be opened, give the same."""
    area = load().area(hanoi)
    for due in (date(2024, 3, 1), date(2024, 4, 1), date(2025, 4, 1)):
        row = given(due=due)
    happen(cast["industry"], row.pk, EventKind.DONE, Detail(on=date(2024, 5, 1), note="xong"))
    finished = given(due=date(2024, 3, 1))
    happen(cast["industry"], finished.pk, EventKind.DONE, Detail(on=date(2024, 5, 1), note="xong muộn"))
    for rows in told.table(cast["leader"], area, 2024, TODAY).values():
        for one in rows[:12]:
            whole = told.card(cast["leader"], area, 2024, one.unit, TODAY)
            assert whole.row.counts == one.counts
            assert whole.row.taken == one.taken
    assert (
        next(r for r in told.table(cast["leader"], area, 2024, TODAY)[Cluster.DIVISION] if r.unit == INDUSTRY).counts[
            "overdue_matters"
        ]
        == 3
    )


def test_the_table_moves_with_every_mark_matter_and_day(cast, given, hanoi, mine):  # noqa: F811
    area = load().area(hanoi)

    def row(day=TODAY, who="leader"):
        rows = told.table(cast[who], area, 2024, day)[Cluster.DIVISION]
        return next(one for one in rows if one.unit == INDUSTRY)

    before = row()
    work = given(due=date(2024, 12, 31))
    assert row().counts["overdue_matters"] == before.counts["overdue_matters"]
    assert row(date(2025, 1, 2)).counts["overdue_matters"] == before.counts["overdue_matters"] + 1
    score(cast["industry"], mine, full())
    assert row().own == 10 * len(SCALE) - row().taken
    happen(cast["industry"], work.pk, EventKind.DONE, Detail(on=date(2024, 12, 30), note="xong"))
    assert row(date(2025, 1, 2)).counts["overdue_matters"] == before.counts["overdue_matters"]
    assert [one.unit for one in told.table(cast["industry"], area, 2024, TODAY)[Cluster.DIVISION]] == [INDUSTRY]


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
    assert COMMUNE in client.get("/viec/thi-dua/?nam=2025&tim=DONG ANH").content.decode()
    assert client.get("/viec/thi-dua/?nam=2024&dang=xlsx")["Content-Type"].endswith("sheet")


def test_the_table_is_paged_found_without_diacritics_and_sorted(cast, client, hanoi, django_assert_max_num_queries):  # noqa: F811
    client.force_login(cast["leader"])
    with django_assert_max_num_queries(16):
        first = client.get("/viec/thi-dua/?nam=2025&cum=local&xep=ten").content.decode()
    assert first.count("<tr>") == 51
    assert "Trang 1 trên 3" in first
    assert first.index("UBND phường Ba Đình") < first.index("UBND phường Bạch Mai") < first.index("UBND phường Bồ Đề")
    found = client.get("/viec/thi-dua/?nam=2025&cum=local&tim=ba+dinh").content.decode()
    assert "UBND phường Ba Đình" in found
    assert found.count("<tr>") == 2
    assert client.get("/viec/thi-dua/?xep=bay").status_code == 404
    assert "Không có đơn vị nào khớp" in client.get("/viec/thi-dua/?tim=zzz").content.decode()
    assert client.get("/viec/thi-dua/?cum=local&trang=99999999").status_code == 200


def test_the_card_links_each_report_and_each_matter_that_takes_points(cast, client, given, hanoi):  # noqa: F811
    late = given(lead="UBND XÃ ĐÔNG ANH", due=date(2025, 3, 1))  # however somebody types the unit
    area = load().area(hanoi)
    whole = told.card(cast["leader"], area, 2025, COMMUNE, date(2026, 2, 1))
    assert whole.reports
    client.force_login(cast["leader"])
    card = client.get(f"/viec/thi-dua/phieu/?donvi={COMMUNE}&nam=2025").content.decode()
    assert f"/viec/{late.pk}/" in card
    for cell in whole.reports:
        assert f"/thu-thap/bieu/{cell.duty.form.code}/{cell.duty.period.code}/{cell.duty.unit.key}/" in card


def test_own_marks_carry_papers_that_stay_when_they_are_scored_again(cast, client, mine):  # noqa: F811
    paper = ("Báo cáo.pdf", b"%PDF-1.4")
    code = SCALE[0].code
    score(cast["industry"], mine, {code: Given(Decimal(9), papers=(paper,))})
    score(cast["industry"], mine, {code: Given(Decimal(8), "12/BC")})
    client.force_login(cast["planner"])
    shown = client.get(f"/viec/thi-dua/phieu/?donvi={INDUSTRY}&nam=2024").content.decode()
    address = shown[shown.index("/minh-chung/") :].split('"')[0]
    assert client.get(address).content == paper[1]
    for who in ("trade", "commune", "viewer", "stranger"):
        client.force_login(cast[who])
        assert client.get(address).status_code == 404
    assert audit.verify().broken is None
