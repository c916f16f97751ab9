"""Targets that a document tells are taken into a plan on one page; what was taken by mistake is taken back whole."""

from datetime import date
from fractions import Fraction as F

import pytest

from sct.catalogue.model import Comparator, Transformation
from sct.errors import UserError
from sct.following.events import EventKind
from sct.office.coordination import taking
from sct.office.coordination.target_taking import offered, take_targets
from sct.office.documents import proposals
from sct.office.documents.actions import upload
from sct.office.documents.proposals import State
from sct.office.ledger.models import Observation
from sct.office.matters.actions import Detail, NewMatter, happen
from sct.office.matters.models import Kind, Matter
from sct.office.people import audit
from sct.office.people.errors import NotAllowedError, NotVisibleError
from sct.office.people.models import Role
from sct.office.plans import queries
from sct.office.plans.actions import NewTarget, NewVersion, amend, create, say
from sct.office.plans.models import PlanKind, Target
from sct.vietnamese.periods import Period

SAID = (
    "Năm 2027, ngành Công Thương Hà Nội phấn đấu kim ngạch xuất khẩu tăng 6% so với năm trước (gấp 1,5 lần năm 2026), "
    "khởi công xây dựng ít nhất 9 cụm công nghiệp, tổ chức từ 12 đến 15 chương trình kết nối giao thương mới.\n"
    "UBND thành phố Hà Nội yêu cầu Sở Công Thương đẩy nhanh tiến độ các dự án điện trước ngày 30/6/2027."
)


@pytest.fixture
def paper(chuyen_vien):
    return upload(chuyen_vien, "phuong-huong.txt", SAID.encode(), "2027-01-08").document


@pytest.fixture
def proposal(chuyen_vien, paper):
    [line] = proposals.waiting(chuyen_vien, "target")
    return line


@pytest.fixture
def plan(chuyen_vien, hanoi):
    version = NewVersion("UBND Thành phố", "KH 01/KH-UBND", decided="2026-12-20")
    targets = [NewTarget("cho", F(20), name="Chợ được nâng cấp", unit="cho")]
    return create(
        chuyen_vien,
        area=hanoi,
        name="Kế hoạch 2027",
        kind=PlanKind.ANNUAL,
        period=Period.of_year(2027),
        version=version,
        targets=targets,
    )


def form(rows, **more):
    """What the page sends when nothing was changed on it."""
    sent = {"cap_giao": "Sở Công Thương", **more}
    for row in rows:
        sent |= {f"{name}-{row.number}": value for name, value in row.fields().items()}
        if row.chosen:
            sent[f"chon-{row.number}"] = "1"
    return sent


def test_the_page_shows_what_was_understood_and_asks_the_rest(chuyen_vien, proposal):
    rows = {row.quote: row for row in offered(chuyen_vien, proposal.pk).rows}
    grown, times = rows["tăng 6%"], rows["gấp 1,5 lần"]
    begun = next(row for quote, row in rows.items() if "9 cụm" in quote)
    assert (grown.indicator, grown.how, grown.period, grown.value) == ("exports", Transformation.YOY, "2027", "6")
    assert (begun.indicator, begun.comparator, begun.value) == ("clusters_groundbreaking", Comparator.GE, "9")
    assert not times.chosen and "tính được" in times.note
    ranged = next(row for quote, row in rows.items() if "12" in quote)
    assert (ranged.value, ranged.high, ranged.indicator) == ("12", "15", "")
    assert "chỉ tiêu" in " ".join(ranged.missing)
    for row in rows.values():
        assert row.before + row.quote + row.after in SAID


def test_an_officer_takes_the_targets_into_a_plan(chuyen_vien, proposal, paper, plan):
    rows = offered(chuyen_vien, proposal.pk).rows
    made = take_targets(chuyen_vien, proposal.pk, form(rows, ke_hoach=str(plan.pk)))
    now = {target.name: target for target in queries.in_force(plan)}
    assert len(made) == 3 and len(now) == 4
    exports = next(target for target in now.values() if target.indicator == "exports")
    assert (exports.aim.least, exports.period, exports.comparator) == (6, "2027", "eq")
    assert exports.version.document == paper
    assert paper.text[exports.start : exports.end] == exports.quote == "tăng 6%"
    seen = Observation.objects.get(pk=exports.observations[0])
    assert (seen.document, seen.stage) == (str(paper.pk), "plan")
    [taken] = proposals.proposals(chuyen_vien, state=State.TAKEN)
    assert (taken.pk, taken.reference) == (proposal.pk, f"plan:{plan.pk}")
    assert audit.verify().holds
    with pytest.raises(UserError, match="đã được xử lý"):
        take_targets(chuyen_vien, proposal.pk, form(rows, ke_hoach=str(plan.pk)))


def test_a_plan_can_be_set_up_with_what_is_taken(chuyen_vien, proposal):
    rows = offered(chuyen_vien, proposal.pk).rows
    sent = form(rows, ke_hoach="", ten="Kế hoạch ngành 2027", loai="annual", ky_ke_hoach="2027")
    made = take_targets(chuyen_vien, proposal.pk, sent)
    assert made[0].plan.name == "Kế hoạch ngành 2027"
    assert made[0].version.decided == "2027-01-08"


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [("ky", "", "no-period"), ("ky", "hôm nay", "bad-period"), ("chi_tieu", "Chỉ số lạ", "unknown-indicator")],
)
def test_what_is_not_understood_is_refused_by_name_and_nothing_is_kept(chuyen_vien, proposal, plan, field, value, code):
    rows = offered(chuyen_vien, proposal.pk).rows
    sent = form(rows, ke_hoach=str(plan.pk)) | {f"{field}-0": value}
    with pytest.raises(UserError) as caught:
        take_targets(chuyen_vien, proposal.pk, sent)
    assert caught.value.code == code
    assert Target.objects.filter(proposal=proposal.pk).count() == 0
    assert proposals.waiting(chuyen_vien, "target")


def test_what_the_plan_asks_already_is_pointed_at(chuyen_vien, proposal, plan):
    grown = NewTarget("xk", F(5), indicator="exports", transformation=Transformation.YOY)
    amend(chuyen_vien, plan.pk, NewVersion("HĐND"), [grown])
    rows = offered(chuyen_vien, proposal.pk).rows
    assert "tăng 6%" in {row.quote for row in rows}
    with pytest.raises(UserError) as caught:
        take_targets(chuyen_vien, proposal.pk, form(rows, ke_hoach=str(plan.pk)))
    assert caught.value.code == "target-exists"


def test_undo_takes_the_targets_and_their_figures_back(chuyen_vien, proposal, plan):
    rows = offered(chuyen_vien, proposal.pk).rows
    take_targets(chuyen_vien, proposal.pk, form(rows, ke_hoach=str(plan.pk)))
    before = queries.stamp(plan)
    taking.undo(chuyen_vien, proposal.pk)
    assert [target.code for target in queries.in_force(plan)] == ["cho"]
    assert len(queries.versions(plan)) == 1
    assert queries.stamp(plan) != before
    assert not Observation.objects.filter(stage="plan", withdrawal__isnull=True).exists()
    assert proposals.waiting(chuyen_vien, "target")
    assert audit.verify().holds
    again = take_targets(chuyen_vien, proposal.pk, form(rows, ke_hoach=str(plan.pk)))
    assert len(again) == 3 and len(queries.in_force(plan)) == 4


def test_undo_leaves_a_target_on_which_more_has_been_built(chuyen_vien, proposal, plan):
    rows = offered(chuyen_vien, proposal.pk).rows
    made = take_targets(chuyen_vien, proposal.pk, form(rows, ke_hoach=str(plan.pk)))
    say(chuyen_vien, plan.pk, made[0].code, "Đã ký đơn hàng quý I")
    with pytest.raises(UserError) as caught:
        taking.undo(chuyen_vien, proposal.pk)
    assert caught.value.code == "target-in-use"
    assert not proposals.waiting(chuyen_vien, "target")
    assert len(queries.in_force(plan)) == 4


def test_a_figure_that_another_target_stands_on_stays(chuyen_vien, hanoi, proposal, plan):
    rows = offered(chuyen_vien, proposal.pk).rows
    made = take_targets(chuyen_vien, proposal.pk, form(rows, ke_hoach=str(plan.pk)))
    shared = next(one for one in made if one.indicator == "exports")
    again = NewTarget(
        "xk",
        F(6),
        indicator="exports",
        transformation=Transformation.YOY,
        quote=shared.quote,
        span=(shared.start, shared.end),
        published="2027-01-08",
    )
    version = NewVersion("Bộ", document=shared.version.document_id)
    fields = {"kind": PlanKind.ANNUAL, "period": Period.of_year(2027), "version": version, "targets": [again]}
    create(chuyen_vien, area=hanoi, name="Kế hoạch khác", **fields)
    taking.undo(chuyen_vien, proposal.pk)
    assert Observation.objects.get(pk=shared.observations[0]) and not Observation.objects.filter(
        pk=shared.observations[0], withdrawal__isnull=False
    )


@pytest.fixture
def taken_matter(chuyen_vien, hanoi, paper):
    [line] = proposals.waiting(chuyen_vien, "assignment")
    new = NewMatter(Kind.ASSIGNMENT, line.text, raised=date(2026, 1, 8), paper=line.document_name)
    return line, taking.take(chuyen_vien, hanoi, line.pk, new)


def test_undo_withdraws_the_matter_that_was_made_of_a_proposal(chuyen_vien, taken_matter):
    line, made = taken_matter
    taking.undo(chuyen_vien, line.pk)
    made.refresh_from_db()
    assert made.recalled is not None
    assert made.happenings.get().note
    assert line.pk in {one.pk for one in proposals.waiting(chuyen_vien)}
    assert audit.verify().holds


def test_a_matter_given_to_a_unit_is_recalled_by_a_leader_first(chuyen_vien, people, hanoi, taken_matter):
    line, made = taken_matter
    leader = people("minh", Role.LEADER)
    happen(leader, made.pk, EventKind.ASSIGN, Detail(lead="Phòng Quản lý năng lượng"))
    with pytest.raises(UserError) as caught:
        taking.undo(chuyen_vien, line.pk)
    assert caught.value.code == "matter-in-hand"
    assert Matter.objects.get(pk=made.pk).recalled is None
    happen(leader, made.pk, EventKind.RECALL, Detail(note="nhầm"))
    taking.undo(chuyen_vien, line.pk)
    assert line.pk in {one.pk for one in proposals.waiting(chuyen_vien)}


def test_who_may_not_plan_takes_nothing(chuyen_vien, people, nguoi_ngoai, proposal, plan):
    rows = offered(chuyen_vien, proposal.pk).rows
    sent = form(rows, ke_hoach=str(plan.pk))
    for role in (Role.LEADER, Role.DIVISION, Role.VIEWER):
        with pytest.raises(NotAllowedError):
            take_targets(people(f"p.{role.value}", role), proposal.pk, sent)
    with pytest.raises(NotVisibleError):
        take_targets(nguoi_ngoai, proposal.pk, sent)
    assert Target.objects.filter(proposal=proposal.pk).count() == 0
