"""Pages of plans, matters and reviews: what they show, what they let happen, what they refuse."""

import io
from datetime import date

import pytest

from sct.following.events import EventKind
from sct.office.coordination.sample_cycle import count_of, load_sample
from sct.office.matters.actions import Detail, NewMatter, create, happen
from sct.office.matters.models import Kind, Matter
from sct.office.plans.models import Plan
from sct.office.reviews.models import Review


@pytest.fixture
def cycle(sample, chuyen_vien):
    return load_sample(chuyen_vien)


def test_the_scoreboard_says_status_and_reason(lan, cycle, read, words):
    page = read(lan.get("/ke-hoach/?ky=2021"))
    text = words(page)
    assert "Kế hoạch ngành Công Thương Hà Nội năm 2021" in text
    assert "Thấp hơn kế hoạch 2,80 điểm phần trăm" in text
    only = words(read(lan.get("/ke-hoach/?ky=2021&tinhtrang=missed")))
    assert "Kim ngạch xuất khẩu" in only
    assert "trung tâm thương mại phát triển thêm" not in only


def test_the_target_page_tells_what_the_rest_must_bring(lan, cycle, read, words):
    plan = Plan.objects.get(period="2025")
    text = words(read(lan.get(f"/ke-hoach/{plan.pk}/grdp/?ngay=2025-10-20")))
    assert "8,24%" in text
    assert "NQ 25/NQ-CP" in text
    assert read(lan.get(f"/ke-hoach/{plan.pk}/khong-co/"), 404) is not None


def test_the_scenario_computes_what_each_sector_would_have_to_do(lan, cycle, read, words):
    page = read(lan.get("/ke-hoach/kich-ban/?ky=2025&muctieu=8,5"))
    text = words(page)
    assert "còn thiếu 0,58 điểm phần trăm" in text
    weights = [float(slider.get("data-weight")) for slider in page.xpath("//input[@type='range']")]
    assert [round(weight, 1) for weight in weights] == [19.8, 67.7]
    assert "chưa đủ số liệu" in words(read(lan.get("/ke-hoach/kich-ban/?ky=2010")))
    assert lan.get("/ke-hoach/kich-ban/?ky=2025&muctieu=abc").status_code == 400


def test_thirteen_groups_and_three_times_clusters_become_sixteen_matters(lan, cycle, read, words):
    assert count_of(cycle) == 16
    assert Matter.objects.filter(parent__isnull=True, group="nhóm việc khó (minh họa)").count() == 7
    text = words(read(lan.get(f"/viec/?bang=all&kyhop={cycle.occasion}")))
    assert "Hoàn thiện 07 cụm công nghiệp" in text
    for kind in ("xlsx", "csv", "docx"):
        assert lan.get(f"/viec/?bang=all&dang={kind}").status_code == 200


def test_the_annex_is_a_word_table(lan, cycle):
    from docx import Document

    table = Document(io.BytesIO(lan.get("/viec/?bang=all&dang=docx").content)).tables[0]
    assert len(table.rows) == 17
    assert table.rows[0].cells[2].text == "Nội dung"


def test_a_matter_shows_its_sentence_and_takes_an_assignment(client, lan, cycle, lanh_dao, read, words):
    row = Matter.objects.get(text__startswith="Tổ chức bình ổn")
    page = read(lan.get(f"/viec/{row.pk}/"))
    assert "Tổ chức bình ổn thị trường" in page.xpath("//blockquote")[0].text
    assert not page.xpath("//form[contains(@action, 'assign')]")
    client.force_login(lanh_dao)
    page = read(client.get(f"/viec/{row.pk}/"))
    assert page.xpath("//form[contains(@action, 'assign')]//input[@name='han']")[0].get("value") == "2025-12-31"
    client.post(f"/viec/{row.pk}/assign/", {"chu_tri": "Phòng Quản lý thương mại"})
    row.refresh_from_db()
    assert (row.lead, row.due) == ("Phòng Quản lý thương mại", date(2025, 12, 31))
    answer = client.post(f"/viec/{row.pk}/done/", {"ghi_chu": "x"})
    assert answer.status_code == 403


def test_a_calendar_program_reads_the_feed_without_signing_in(client, lan, cycle, read):
    from icalendar import Calendar

    page = read(lan.get("/viec/lich/?thang=2025-03"))
    address = page.xpath("//p[@class='sum']")[0].text
    client.logout()
    row = Matter.objects.filter(due__isnull=False).first()
    row.due = date(2999, 2, 28)
    row.save()
    answer = client.get(address)
    assert answer["Content-Type"].startswith("text/calendar")
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert [event.decoded("dtstart") for event in events] == [date(2999, 2, 28)]
    assert client.get(address.replace(".ics", "x.ics")).status_code == 404


def test_a_review_is_prepared_concluded_and_cut_from_its_page(lan, cycle, read, words):
    given = {
        "loai": "briefing",
        "ten": "Giao ban quý I",
        "ky_xem": "2025-Q1",
        "ngay_hop": "2025-04-10",
        "moi": "Phòng A\nPhòng B",
    }
    lan.post("/ky-hop/", given)
    row = Review.objects.get(title="Giao ban quý I")
    lan.post(f"/ky-hop/{row.pk}/ket-luan/", {"ket_luan": "1. Hoàn thành báo cáo quý trong quý II/2025."})
    page = read(lan.get(f"/ky-hop/{row.pk}/"))
    starts = [box.get("value") for box in page.xpath("//input[@name='cau']")]
    lan.post(f"/ky-hop/{row.pk}/cat/{row.conclusions.get().pk}/", {"cau": starts})
    assert Matter.objects.filter(occasion=row.occasion).count() == 1
    assert read(lan.get(f"/ky-hop/{row.pk}/man-hinh/")) is not None
    wrong = lan.post("/ky-hop/", {**given, "ngay_hop": "31/12"})
    assert wrong.status_code == 422


def test_a_plan_comes_from_an_excel_file_after_a_look(lan, chuyen_vien, read, words):
    import xlsxwriter
    from django.core.files.uploadedfile import SimpleUploadedFile

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet()
    for line, row in enumerate(
        [
            ["TT", "Chỉ tiêu", "Đơn vị tính", "Kế hoạch"],
            [1, "Kim ngạch xuất khẩu", "%", "tăng 6"],
            [2, "Số chợ xây mới", "chợ", 12],
        ]
    ):
        sheet.write_row(line, 0, row)
    book.close()
    file = SimpleUploadedFile("ke-hoach.xlsx", stream.getvalue())
    page = read(lan.post("/ke-hoach/moi/", {"tep": file}))
    given = {one.get("name"): one.get("value") or "" for one in page.xpath("//form//input[@name]")}
    given |= {"ten": "Kế hoạch 2026", "cap_giao": "UBND", "loai": "annual", "ky_ke_hoach": "2026"}
    lan.post("/ke-hoach/moi/", given)
    plan = Plan.objects.get(name="Kế hoạch 2026")
    assert list(plan.targets.values_list("indicator", "low")) == [("exports", "6"), ("markets_new", "12")]
    assert lan.post("/ke-hoach/moi/", {"tep": SimpleUploadedFile("x.exe", b"MZ")}).status_code == 422


def test_a_page_a_person_may_not_use_is_not_there(client, cycle, nguoi_ngoai, people):
    from sct.office.people.models import Role

    plan, row = Plan.objects.first(), Matter.objects.first()
    client.force_login(nguoi_ngoai)
    for address in (
        f"/ke-hoach/{plan.pk}/",
        f"/viec/{row.pk}/",
        f"/ky-hop/{cycle.pk}/",
        f"/ky-hop/{cycle.pk}/man-hinh/",
    ):
        assert client.get(address).status_code == 404, address
    client.force_login(people("xem", Role.VIEWER))
    for address in ("/ke-hoach/moi/", "/viec/bang-nhiem-vu/", "/viec/moi/"):
        assert client.get(address).status_code == 404, address


@pytest.mark.parametrize(("address", "most"), [("/viec/?bang=all", 16), ("/ke-hoach/?ky=2025", 22), ("/ky-hop/1/", 45)])
def test_pages_ask_few_questions_however_many_matters(
    lan, cycle, chuyen_vien, hanoi, address, most, django_assert_max_num_queries
):
    for n in range(30):
        create(chuyen_vien, hanoi, NewMatter(Kind.ASSIGNMENT, f"Việc {n}", date(2025, 1, 1)))
    address = address.replace("/1/", f"/{Review.objects.first().pk}/")
    lan.get(address)
    with django_assert_max_num_queries(most):
        assert lan.get(address).status_code == 200


def test_the_task_sheet_of_a_department_becomes_matters(lan, chuyen_vien, hanoi):
    from pathlib import Path

    from django.core.files.uploadedfile import SimpleUploadedFile

    path = Path(__file__).resolve().parents[4] / "shared/samples/workbooks/Chi_Tieu_Nganh_Cong_Thuong_mau.xlsx"
    if not path.exists():
        pytest.skip("the shared sample workbooks are not on this machine")
    file = SimpleUploadedFile("nhiem-vu.xlsx", path.read_bytes())
    answer = lan.post("/viec/bang-nhiem-vu/", {"tep": file, "buoc": "luu"})
    assert answer.status_code == 302, answer.content.decode()[:400]
    rows = Matter.objects.filter(paper__startswith="nhiem-vu.xlsx")
    assert rows.count() == 81
    assert rows.filter(rhythm="month").count() == 8
    assert rows.get(text__startswith="Kế hoạch tuyên truyền").done == date(2026, 2, 26)
    assert rows.get(text__startswith="Lập kế hoạch cải cách").due == date(2025, 12, 31)
    assert rows.filter(giver="UBND cấp tỉnh").exists()
    again = lan.post(
        "/viec/bang-nhiem-vu/", {"tep": SimpleUploadedFile("nhiem-vu.xlsx", path.read_bytes()), "buoc": "luu"}
    )
    assert again.status_code == 422


def test_a_reminder_shows_in_the_story(lan, cycle, read, words):
    row = Matter.objects.filter(lead__gt="").first()
    lan.post(f"/viec/{row.pk}/remind/", {"ghi_chu": "đề nghị báo cáo"})
    assert "đôn đốc" in words(read(lan.get(f"/viec/{row.pk}/")))
    slip = row.happenings.order_by("-pk").first()
    lan.post(f"/viec/hoan-tac/{slip.pk}/")
    row.refresh_from_db()
    assert row.reminders == 0


def test_counts_say_how_they_are_computed(lan, cycle, chuyen_vien, lanh_dao, read, words):
    row = Matter.objects.filter(lead="").first()
    happen(lanh_dao, row.pk, EventKind.ASSIGN, Detail(lead="Phòng Quản lý thương mại", due=date(2025, 1, 31)))
    text = words(read(lan.get("/viec/so-lieu/")))
    assert "Tỷ lệ đúng hạn = xong đúng hạn ÷" in text
    assert "Phòng Quản lý thương mại" in text


def test_what_is_made_up_in_the_sample_says_so_at_every_matter(lan, cycle, read, words):
    page = read(lan.get("/viec/?bang=all"))
    lines = [words(row) for row in page.xpath("//table//tbody/tr")]
    assert len(lines) == 16
    assert all("minh họa" in line for line in lines)


def test_every_row_of_the_cycle_is_sealed_by_the_log(cycle):
    from sct.office.people import audit

    assert audit.verify().holds


def test_a_memorandum_is_put_on_record_on_its_page(lan, client, people):
    from sct.office.matters.models import Memorandum
    from sct.office.people.models import Role

    sent = {"title": "Biên bản phối hợp 2026-2030", "side_one": "UBND Thành phố", "side_two": "Bộ Công Thương"}
    assert lan.post("/viec/ghi-nho/", {**sent, "side_two": " "}).status_code == 422
    assert not Memorandum.objects.exists()
    assert "Biên bản phối hợp" in lan.post("/viec/ghi-nho/", sent, follow=True).content.decode()
    client.force_login(people("xem", Role.VIEWER))
    assert client.post("/viec/ghi-nho/", sent).status_code in (403, 404)
    assert Memorandum.objects.count() == 1


def test_a_proposal_is_taken_as_a_matter_that_knows_its_sentence(lan, chuyen_vien):
    from sct.office.documents import proposals
    from sct.office.documents.actions import upload
    from sct.office.matters.models import Matter

    said = "UBND thành phố Hà Nội yêu cầu Sở Công Thương đẩy nhanh tiến độ các dự án điện trước ngày 30/6/2025."
    upload(chuyen_vien, "chi-dao.txt", said.encode(), "2025-01-09")
    line = next(one for one in proposals.waiting(chuyen_vien) if one.kind != "target")
    address = f"/viec/moi/?de_xuat={line.pk}"
    assert line.text[1:40] in lan.get(address).content.decode()
    sent = {"loai": line.kind, "noi_dung": line.text, "van_ban": line.document_name, "nguoi_neu": line.sender}
    assert lan.post(address, sent).status_code == 302
    row = Matter.objects.get()
    assert row.document.text[row.start : row.end] == line.text
    assert row.stated == date(2025, 6, 30)
    [taken] = proposals.proposals(chuyen_vien, state=proposals.State.TAKEN)
    assert (taken.pk, taken.reference) == (line.pk, f"matter:{row.pk}")
    again = lan.post(address, sent)
    assert (again.status_code, Matter.objects.count()) == (422, 1)


def test_the_search_box_finds_matters_plans_and_meetings_without_diacritics(lan, cycle, read, words):
    def groups(query):
        shown = read(lan.get("/tim/", {"q": query})).find_class("results")[-1]
        return {words(group.find("h2")): [words(link) for link in group.findall("a")] for group in shown.findall("div")}

    assert any("Tổ chức bình ổn thị trường" in row for row in groups("binh on thi truong")["Việc"])
    assert "Kế hoạch" in groups("ke hoach nganh 2021")
    assert "Kỳ họp" in groups("tong ket trien khai nhiem vu")
    assert "Việc" not in groups("2021")


def test_the_search_box_shows_no_matter_that_concerns_another_unit(client, cycle, read, words, nguoi_ngoai):
    client.force_login(nguoi_ngoai)
    assert "dự trữ hàng dịp Tết" not in words(read(client.get("/tim/", {"q": "binh on thi truong"})))


def test_a_petition_of_a_commune_reaches_the_board_of_the_department(client, chuyen_vien, people, hanoi, read, words):
    from sct.catalogue import load
    from sct.office.people.models import Role

    commune = next(area for area in load().areas.children(hanoi) if area.level == "commune")
    clerk = people("can.bo.xa", Role.LOCAL, commune.key)
    clerk.unit = "UBND xã Đông Anh"
    clerk.save()
    client.force_login(clerk)
    told = {"noi_dung": "Đề nghị sửa mái chợ trung tâm xã"}
    answer = client.post(f"/viec/moi/?diaban={commune.code}", told)
    assert answer.status_code == 302, words(read(answer, answer.status_code))
    assert "sửa mái chợ" in words(read(client.get(f"/viec/?bang=all&diaban={commune.code}")))
    client.force_login(chuyen_vien)
    assert "sửa mái chợ" in words(read(client.get("/viec/?bang=all")))
