"""Plans with versions, the ledger behind their numbers, and the real targets of Hà Nội told against what came out."""

from datetime import date
from fractions import Fraction as F

import pytest

from sct.catalogue.model import Comparator, Transformation
from sct.errors import UserError
from sct.office.coordination.scoreboard import scoreboard
from sct.office.coordination.state import forget, fresh_stamp
from sct.office.ledger import queries as ledger
from sct.office.ledger.models import Observation
from sct.office.ledger.queries import NOW, AsOf
from sct.office.people.errors import NotAllowedError, NotVisibleError
from sct.office.plans import queries
from sct.office.plans.actions import NewTarget, NewVersion, amend, create, say
from sct.office.plans.importing import load_plans, rows_of_table
from sct.office.plans.models import Plan, PlanKind, Target
from sct.planning.aims import Nature
from sct.planning.standing import Status
from sct.samples import PLANS
from sct.vietnamese.periods import Period

TODAY = date(2026, 3, 1)


@pytest.fixture(autouse=True)
def fresh():
    forget()


@pytest.fixture
def plans(sample, chuyen_vien):
    made = load_plans(chuyen_vien, PLANS.read_bytes(), PLANS.name)
    fresh_stamp(chuyen_vien)
    return {plan.period: plan for plan in made}


def board(person, plan, as_of=NOW, today=TODAY):
    return {line.target.code: line for line in scoreboard(person, plan, as_of, today).lines}


def test_the_sample_takes_up_the_figures_that_stand_in_the_ledger(plans, chuyen_vien):
    """43 clusters of 2021 stand once, however many papers and plans speak of them."""
    target = queries.target_row(chuyen_vien, plans["2021"].pk, "khoi-cong-cum")
    figure = ledger.figure(chuyen_vien, target.observations[0])
    assert figure.quantity.number == 43
    assert figure.origin.url.startswith("https://nhandan.vn/")
    cell = Observation.objects.filter(indicator="clusters_groundbreaking", period="2021", stage="plan")
    assert cell.count() == 2  # two papers, both there before the plan


def test_loading_twice_is_loading_once(plans, chuyen_vien):
    before = (Plan.objects.count(), Target.objects.count(), Observation.objects.count())
    assert load_plans(chuyen_vien, PLANS.read_bytes(), PLANS.name) == []
    assert (Plan.objects.count(), Target.objects.count(), Observation.objects.count()) == before


def test_exports_of_2021_are_told_in_points(plans, chuyen_vien):
    line = board(chuyen_vien, plans["2021"])["xuat-khau"]
    assert line.judged.outlook.status is Status.MISSED
    assert line.judged.outlook.reason == "Thấp hơn kế hoạch 2,80 điểm phần trăm"
    assert line.judged.outlook.percent is None


def test_2025_as_known_in_october_says_what_the_rest_must_bring(plans, chuyen_vien):
    lines = board(chuyen_vien, plans["2025"], AsOf(published=date(2025, 10, 20)))
    grdp, retail = lines["grdp"].judged.outlook, lines["tong-muc-ban-le"].judged.outlook
    assert grdp.status is Status.SLOW
    assert grdp.reason.endswith("phần còn lại của năm phải tăng 8,24%")
    assert retail.status is Status.AT_RISK
    assert lines["hoan-thien-cum"].judged.outlook.status is Status.NO_FIGURE


def test_the_clusters_of_the_five_years_add_up_to_159(plans, chuyen_vien):
    splits = queries.splits(queries.in_force(plans["2021/2025"]))
    assert [(one.whole.code, sorted(part.aim.least for part in one.parts), one.difference) for one in splits] == [
        ("cum-cong-nghiep", [43, 46, 70], 0)
    ]


def test_an_amendment_keeps_the_old(plans, chuyen_vien):
    plan = plans["2025"]
    grdp = NewTarget("grdp", F("8.2"), indicator="grdp", transformation=Transformation.YOY, decimals=1)
    dropped = NewTarget("saidi", None, name="x", drops=True)
    amend(chuyen_vien, plan.pk, NewVersion("HĐND", "NQ điều chỉnh", decided="2025-08-01"), [grdp, dropped])
    assert [target.aim.least for target in queries.history(plan, "grdp")] == [8, F("8.2")]
    now = {target.code: target for target in queries.in_force(plan)}
    assert now["grdp"].aim.least == F("8.2")
    assert "saidi" not in now
    assert [version.number for version in queries.versions(plan)] == [1, 2, 3]


def test_a_wrong_target_leaves_no_plan_behind(chuyen_vien, hanoi):
    wrong = [NewTarget("a", F(1), indicator="exports"), NewTarget("b", F(1), indicator="khong-co")]
    with pytest.raises(UserError) as caught:
        create(
            chuyen_vien,
            area=hanoi,
            name="Hỏng",
            kind=PlanKind.ANNUAL,
            period=Period.of_year(2026),
            version=NewVersion("UBND"),
            targets=wrong,
        )
    assert caught.value.code == "unknown-indicator"
    assert not Plan.objects.exists()
    assert not Observation.objects.exists()


def test_who_plans_and_who_sees(plans, lanh_dao, nguoi_ngoai, people, hanoi):
    from sct.office.people.models import Role

    version, targets = NewVersion("Sở"), [NewTarget("a", F(1), name="Việc a")]
    for person in (lanh_dao, people("phong", Role.DIVISION)):
        assert queries.plan_row(person, plans["2021"].pk)
        with pytest.raises(NotAllowedError):
            amend(person, plans["2021"].pk, version, targets)
    with pytest.raises(NotVisibleError):
        queries.plan_row(nguoi_ngoai, plans["2021"].pk)
    assert queries.plans(nguoi_ngoai, hanoi) == []


def test_the_owner_speaks_of_its_target_and_silence_is_seen(plans, chuyen_vien, people):
    from sct.office.people.models import Role

    plan = plans["2025"]
    assert board(chuyen_vien, plan, today=date(2025, 12, 1))["xuat-khau"].stale is False  # set today
    owner = people("xnk", Role.DIVISION)
    owner.unit = "Phòng Quản lý xuất nhập khẩu và hội nhập"
    owner.save()
    say(owner, plan.pk, "xuat-khau", "Đơn hàng đã ký đến tháng 9", on=date(2025, 6, 3))
    with pytest.raises(NotAllowedError):
        say(owner, plan.pk, "grdp", "không phải việc của tôi")
    fresh_stamp(chuyen_vien)
    line = board(chuyen_vien, plan, today=date(2025, 12, 1))["xuat-khau"]
    assert (line.spoken, line.stale) == (date(2025, 6, 3), True)


def test_targets_are_read_from_a_table():
    table = [
        ["PHỤ LỤC", ""],
        ["TT", "Chỉ tiêu", "Đơn vị tính", "Kế hoạch năm 2026", "Chủ trì"],
        ["1", "Kim ngạch xuất khẩu", "%", "tăng 5", "Phòng Xuất nhập khẩu"],
        ["2", "Số chợ cải tạo, nâng cấp", "chợ", "ít nhất 20", ""],
        ["3", "Số điểm giới thiệu, bán sản phẩm OCOP phát triển mới", "điểm", "30 - 40", ""],
        ["4", "Số hội nghị nội bộ", "cuộc", "12", ""],
        ["", "Nguồn: Sở", "", "", ""],
    ]
    rows = rows_of_table(table, "ke-hoach.xlsx")
    exports, markets, points, words = (row.target for row in rows)
    assert (exports.indicator, exports.transformation, exports.value) == ("exports", Transformation.YOY, 5)
    assert (markets.indicator, markets.comparator, markets.value) == ("markets_renovated", Comparator.GE, 20)
    assert (points.value, points.high) == (30, 40)
    assert [row.matched for row in rows] == [True, True, True, False]
    assert words.name == "Số hội nghị nội bộ"
    with pytest.raises(UserError) as caught:
        rows_of_table([["a", "b"]], "x.xlsx")
    assert caught.value.code == "no-plan-table"


@pytest.mark.parametrize(
    ("code", "nature"),
    [("xuat-khau", Nature.GROWTH), ("xu-ly-nuoc-thai", Nature.SHARE), ("khoi-cong-cum", Nature.COUNT)],
)
def test_the_kind_of_target_follows_from_the_indicator(plans, chuyen_vien, code, nature):
    assert queries.target_row(chuyen_vien, plans["2021"].pk, code).nature == nature.value


def begun(person, area, name, day):
    """A cluster whose works began on a day."""
    from sct.catalogue.registers import register
    from sct.office.registers.actions import Draft, NewBatch, create
    from sct.office.registers.models import BatchKind

    first = Draft(date(2019, 1, 1), "established", {"name": name, "area": area}, source="x")
    life = [first, Draft(day, "building", source="x")]
    create(person, register("industrial_clusters"), [life], NewBatch(BatchKind.FORM))


def test_a_target_on_what_a_register_counts_is_told_from_the_register(plans, chuyen_vien, hanoi):
    """Nobody has reported works begun in 2021: the events of the entries tell them, and the board moves with them."""
    begun(chuyen_vien, hanoi, "Cụm Một", date(2021, 3, 1))
    result = board(chuyen_vien, plans["2021"])["khoi-cong-cum"].judged.result
    assert result.figure.quantity.number == 1
    assert result.figure.origin.kind == "register"
    assert "chuyển sang «Đã khởi công hạ tầng» từ 01-01-2021" in result.formula
    begun(chuyen_vien, hanoi, "Cụm Hai", date(2021, 5, 1))
    begun(chuyen_vien, hanoi, "Cụm Sau", date(2022, 5, 1))
    assert board(chuyen_vien, plans["2021"])["khoi-cong-cum"].judged.result.figure.quantity.number == 2


def test_a_register_that_nobody_calls_complete_does_not_prove_a_target_missed(plans, chuyen_vien, hanoi):
    """Two entries in the register are at least two: what is not in it may still have happened."""
    begun(chuyen_vien, hanoi, "Cụm Một", date(2021, 3, 1))
    line = board(chuyen_vien, plans["2021"])["khoi-cong-cum"].judged
    assert line.result.figure.comparator is Comparator.GE
    assert line.outlook.status is Status.UNDECIDED
    assert "chưa ai nói đã đủ hồ sơ" in line.outlook.reason


def test_a_complete_register_proves_it(plans, chuyen_vien, hanoi, monkeypatch):
    monkeypatch.setattr("sct.office.coordination.counted.complete_for", lambda *_told: object())
    begun(chuyen_vien, hanoi, "Cụm Một", date(2021, 3, 1))
    line = board(chuyen_vien, plans["2021"])["khoi-cong-cum"].judged
    assert line.result.figure.comparator is Comparator.EQ
    assert line.outlook.status is Status.MISSED


def test_a_figure_moves_only_the_targets_of_its_family_in_its_area_and_above(chuyen_vien, hanoi, monkeypatch):
    from sct.catalogue import load
    from sct.catalogue.model import Figure, Origin, SeriesKey, Stage
    from sct.office.coordination.outlooks import Judge
    from sct.office.ledger.actions import NewBatch, record
    from sct.office.ledger.models import BatchKind
    from sct.vietnamese.quantities import Quantity

    here, there = (load().area_named(name).key for name in ("phường Ba Đình", "phường Hoàn Kiếm"))
    cells = [(area, code) for area in (hanoi, here, there) for code in ("markets_new", "exports")]
    targets = [NewTarget(f"t{n}", F(3), indicator=code, area=area) for n, (area, code) in enumerate(cells)]
    version = NewVersion("UBND", decided="2024-01-01")
    asked = {"kind": PlanKind.ANNUAL, "period": Period.of_year(2024), "version": version, "targets": targets}
    plan = create(chuyen_vien, area=hanoi, name="Kế hoạch 2024", **asked)
    judged = []
    judge = Judge.judged
    monkeypatch.setattr(Judge, "judged", lambda self, row: judged.append((row.area, row.indicator)) or judge(self, row))

    def comes(area, value):
        figure = Figure(
            SeriesKey("markets_new", area),
            Period.of_year(2024),
            Transformation.LEVEL,
            Quantity(F(value), load().indicator("markets_new").unit, 0),
            Stage.OFFICIAL,
            Origin("citation", title="Báo cáo"),
        )
        record(chuyen_vien, [figure], NewBatch(BatchKind.ENTRY))
        judged.clear()
        fresh_stamp(chuyen_vien)
        return board(chuyen_vien, plan)

    comes(hanoi, 2)
    lines = comes(here, 3)
    assert sorted(judged) == sorted([(hanoi, "markets_new"), (here, "markets_new")])
    assert lines["t2"].judged.outlook.status is Status.REACHED
    comes(hanoi, 1)
    assert judged == [(hanoi, "markets_new")]
