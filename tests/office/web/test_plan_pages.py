"""Pages of plans: taking targets from a document, amending a plan with the versions side by side."""

from fractions import Fraction as F

import pytest

from sct.catalogue.model import Comparator, Transformation
from sct.office.documents import proposals
from sct.office.documents.actions import upload
from sct.office.people.models import Role
from sct.office.plans import queries
from sct.office.plans.actions import NewTarget, NewVersion, create
from sct.office.plans.models import PlanKind
from sct.vietnamese.periods import Period
from tests.office.plans.test_taking import SAID


@pytest.fixture
def plan(sample, chuyen_vien, hanoi):
    grown = NewTarget("xuat-khau", F(5), indicator="exports", transformation=Transformation.YOY, name="Xuất khẩu")
    words = NewTarget("cho", F(20), "cho", Comparator.GE, name="Chợ được nâng cấp")
    return create(
        chuyen_vien,
        area=hanoi,
        name="Kế hoạch thử 2024",
        kind=PlanKind.ANNUAL,
        period=Period.of_year(2024),
        version=NewVersion("HĐND Thành phố", "NQ 01/NQ-HĐND", decided="2023-12-08"),
        targets=[grown, words],
    )


def sent(page):
    """The fields of the page's post form, as a browser would send them."""
    form = page.xpath("//form[@method='post'][.//fieldset]")[0]
    fields = dict(form.fields)
    return {name: value for name, value in fields.items() if value is not None}


def test_a_proposal_is_taken_on_one_page_and_taken_back(lan, chuyen_vien, read, words):
    upload(chuyen_vien, "phuong-huong.txt", SAID.encode(), "2027-01-08")
    [line] = proposals.waiting(chuyen_vien, "target")
    queue = read(lan.get("/van-ban/viec-duoc-neu/?loai=target"))
    address = queue.xpath("//a[contains(@href, '/ke-hoach/nhan/')]/@href")[0]
    page = read(lan.get(address))
    assert "Chưa rõ: chỉ tiêu trong danh mục" in words(page)
    assert [box.checked for box in page.xpath("//legend//input[@type='checkbox']")] == [True, False, True, True]
    fields = sent(page) | {"ke_hoach": "", "ten": "Kế hoạch 2027", "ky_ke_hoach": "2027", "cap_giao": "Sở"}
    wrong = read(lan.post(address, fields | {"ky-0": ""}), 422)
    assert "Chưa rõ kỳ" in words(wrong)
    answer = lan.post(address, fields)
    assert answer.status_code == 302
    board = words(read(lan.get(answer["Location"])))
    assert "tăng 6%" in board and "ít nhất 9 cụm" in board and "12-15 chương trình" in board
    taken = read(lan.get("/van-ban/viec-duoc-neu/?trang_thai=taken"))
    assert taken.xpath("//ul[@class='proposals']//a[contains(text(), 'xem kế hoạch')]")
    lan.post(f"/van-ban/viec-duoc-neu/{line.pk}/hoan-tac/")
    assert "tăng 6%" not in words(read(lan.get(answer["Location"])))


def test_one_target_is_amended_and_both_versions_stand_side_by_side(lan, plan, read, words):
    address = f"/ke-hoach/{plan.pk}/dieu-chinh/?chi_tieu=xuat-khau"
    page = read(lan.get(address))
    assert len(page.xpath("//fieldset")) == 1
    paper = {"van_ban": "NQ 15/NQ-HĐND", "ngay_ban_hanh": "2024-07-05", "cap_giao": "HĐND Thành phố"}
    fields = sent(page) | paper
    unchanged = read(lan.post(address, fields), 422)
    assert "chưa có chỉ tiêu nào" in words(unchanged)
    without = read(lan.post(address, fields | {"gia_tri-xuat-khau": "7,5", "van_ban": ""}), 422)
    assert "phải có văn bản và ngày" in words(without)
    answer = lan.post(address, fields | {"gia_tri-xuat-khau": "7,5", "so_sanh-xuat-khau": "ge"})
    assert answer.status_code == 302
    table = read(lan.get(answer["Location"])).xpath("//section[@id='cac-ban']//table")[0]
    cells = [[words(cell) for cell in row] for row in table.xpath(".//tr")]
    assert cells[0][1:] == ["Bản gốc", "Điều chỉnh lần 1 đang có hiệu lực"]
    assert cells[1] == ["Giá trị", "tăng 5%", "tăng ít nhất 7,5%"]
    assert cells[2][1:] == ["cao hơn 7,30 điểm phần trăm", "cao hơn 4,80 điểm phần trăm"]
    assert cells[3][1:] == ["NQ 01/NQ-HĐND", "NQ 15/NQ-HĐND"]
    assert [target.code for target in queries.in_force(plan)] == ["xuat-khau", "cho"]


def test_a_plan_is_amended_as_a_whole_and_a_target_dropped(lan, plan, read, words):
    address = f"/ke-hoach/{plan.pk}/dieu-chinh/"
    page = read(lan.get(address))
    fields = sent(page) | {"van_ban": "NQ 15", "ngay_ban_hanh": "2024-07", "cap_giao": "HĐND", "bo-cho": "1"}
    answer = lan.post(address, fields | {"gia_tri-xuat-khau": "5", "den-xuat-khau": "6"})
    assert answer.status_code == 302
    assert [(one.code, one.aim.low, one.aim.high) for one in queries.in_force(plan)] == [("xuat-khau", 5, 6)]
    dropped = words(read(lan.get(f"/ke-hoach/{plan.pk}/cho/")))
    assert "đưa ra khỏi kế hoạch" in dropped


@pytest.mark.parametrize("role", [Role.LEADER, Role.DIVISION, Role.LOCAL, Role.VIEWER])
def test_who_may_not_plan_finds_no_page_to_amend(client, people, plan, role):
    client.force_login(people("ai", role))
    assert client.get(f"/ke-hoach/{plan.pk}/dieu-chinh/").status_code == 404
    fields = {"van_ban": "x", "ngay_ban_hanh": "2024", "gia_tri-xuat-khau": "9", "cap_giao": "x"}
    assert client.post(f"/ke-hoach/{plan.pk}/dieu-chinh/", fields).status_code == 404
    assert b"/dieu-chinh/" not in client.get(f"/ke-hoach/{plan.pk}/xuat-khau/").content
    assert len(queries.versions(plan)) == 1
