"""What a matter is tied to: links, the matter above it, supporting units, its memorandum, papers that show it."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from sct.following.events import EventKind, ResultClass
from sct.office.matters.actions import Detail, NewMatter, NewMemorandum, happen, sign, take_on
from sct.office.matters.models import Kind
from sct.office.people import audit


@pytest.fixture
def work(cast, given):
    return given(text="Thúc đẩy xuất khẩu")


def test_an_indicator_is_found_linked_and_taken_off_again(cast, client, work):
    client.force_login(cast["industry"])
    page = client.get(f"/viec/{work.pk}/?gan=xuat+khau").content.decode()
    assert 'value="indicator:exports"' in page
    shown = client.post(f"/viec/{work.pk}/lien-quan/gan/", {"den": "indicator:exports"}, follow=True).content.decode()
    assert "/chi-tieu/exports/" in shown
    client.post(f"/viec/{work.pk}/lien-quan/gan/", {"den": "indicator:exports"})
    assert work.links.count() == 1
    client.post(f"/viec/{work.pk}/lien-quan/go/", {"den": "indicator:exports"})
    assert not work.links.exists()
    assert audit.verify().broken is None


@pytest.mark.parametrize("to", ["indicator:nothing", "entry:999", "matter:999", "target:9:x", "figure:1", "entry:x"])
def test_what_is_not_there_is_not_linked(cast, client, work, to):
    client.force_login(cast["planner"])
    client.post(f"/viec/{work.pk}/lien-quan/gan/", {"den": to})
    assert not work.links.exists()


@pytest.mark.parametrize("who", ["leader", "planner", "industry", "trade", "commune", "viewer", "stranger"])
def test_who_may_tie_a_matter(cast, client, given, who):
    work, above = given(supports=("Phòng Quản lý thương mại",)), given(text="Việc lớn")
    client.force_login(cast[who])
    may = who in ("leader", "planner", "industry")
    sees = may or who == "trade"
    answer = client.post(f"/viec/{work.pk}/lien-quan/gan/", {"den": "indicator:exports"})
    assert answer.status_code == (302 if may else 403 if sees else 404)
    assert work.links.exists() == may
    answer = client.post(f"/viec/{work.pk}/lien-quan/thuoc/", {"den": str(above.pk)})
    assert answer.status_code == (302 if may else 403 if sees else 404)
    if sees:
        assert ('name="gan"' in client.get(f"/viec/{work.pk}/").content.decode()) == may


def test_a_matter_is_put_under_another_and_never_under_its_own_part(cast, client, given):
    above, part = given(text="Việc lớn"), given(text="Phần việc")
    client.force_login(cast["planner"])
    shown = client.post(f"/viec/{part.pk}/lien-quan/thuoc/", {"den": str(above.pk)}, follow=True).content.decode()
    assert above.number in shown
    assert "Phần việc" in client.get(f"/viec/{above.pk}/").content.decode()
    refused = client.post(f"/viec/{above.pk}/lien-quan/thuoc/", {"den": str(part.pk)}, follow=True).content.decode()
    assert "không thể là phần của chính nó" in refused
    client.post(f"/viec/{part.pk}/lien-quan/thuoc/", {"den": ""})
    part.refresh_from_db()
    assert part.parent is None


def test_supports_change_and_the_lead_keeps_what_it_has_done(cast, client, given):
    work = given(supports=("Phòng Quản lý thương mại",))
    happen(cast["industry"], work.pk, EventKind.ACCEPT)
    client.force_login(cast["leader"])
    client.post(f"/viec/{work.pk}/support/", {"phoi_hop": "UBND XÃ ĐÔNG ANH; Chi cục Quản lý thị trường"})
    work.refresh_from_db()
    assert work.accepted is not None
    units = set(work.concerned.filter(part="support").values_list("unit", flat=True))
    assert units == {"UBND xã Đông Anh", "Chi cục Quản lý thị trường"}
    client.force_login(cast["commune"])
    assert client.get(f"/viec/{work.pk}/").status_code == 200
    client.force_login(cast["trade"])
    assert client.get(f"/viec/{work.pk}/").status_code == 404


# -- memoranda --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["leader", "planner", "industry", "trade", "commune", "viewer", "stranger"])
def test_a_commitment_is_added_to_a_memorandum_that_stands(cast, client, hanoi, who):
    memo = sign(cast["planner"], hanoi, NewMemorandum("Ghi nhớ điện", "UBND Thành phố", "Bộ Công Thương"))
    client.force_login(cast[who])
    told = {"ghi_nho": memo.pk, "noi_dung": "Xây trạm 110 kV", "ben": "2", "chu_tri": "Phòng Quản lý công nghiệp"}
    answer = client.post("/viec/ghi-nho/", {**told, "han": "2026-06-30"})
    if who in ("leader", "planner"):
        row = memo.commitments.get()
        assert (row.giver, row.lead, row.due, row.paper) == (
            "Bộ Công Thương",
            "Phòng Quản lý công nghiệp",
            date(2026, 6, 30),
            "Ghi nhớ điện",
        )
        shown = client.get("/viec/ghi-nho/").content.decode()
        assert "Kiểm điểm năm 2026" in shown and "Xây trạm 110 kV" in shown
    else:
        assert answer.status_code == (404 if who != "leader" else 302)
        assert not memo.commitments.exists()


def test_papers_come_with_news_and_are_fetched_by_who_sees_the_matter(cast, client, given):
    work = given()
    client.force_login(cast["industry"])
    file = SimpleUploadedFile("Báo cáo.pdf", b"%PDF-1.5")
    shown = client.post(f"/viec/{work.pk}/done/", {"tep_minh_chung": file}, follow=True).content.decode()
    assert "Báo cáo.pdf" in shown
    address = shown[shown.index("/minh-chung/") :].split('"')[0]
    for who in cast:
        client.force_login(cast[who])
        assert client.get(address).status_code == (200 if who in ("leader", "planner", "industry") else 404)


def test_a_paper_that_tells_of_a_reminder_does_not_say_the_unit_reminded_itself(cast, hanoi):
    told = NewMatter(Kind.ASSIGNMENT, "Rà soát chợ", date(2024, 1, 5), paper="12/KH-UBND")
    story = [(kind, Detail(on=date(2024, 2, 1), note="theo báo cáo")) for kind in (EventKind.REMIND, EventKind.UPDATE)]
    row = take_on(cast["planner"], hanoi, told, Detail(on=told.raised, lead="Phòng Quản lý thương mại"), story)
    units = dict(row.happenings.values_list("kind", "unit"))
    assert (units["remind"], units["update"]) == ("", "Phòng Quản lý thương mại")


def test_a_petition_shows_how_content_its_proposer_is(cast, client, given):
    row = given(kind="petition", giver="UBND xã Đông Anh", topic="chợ")
    happen(cast["industry"], row.pk, EventKind.ANSWER, Detail(result=ResultClass.EXPLAINED, note="đã trả lời"))
    client.force_login(cast["commune"])
    shown = client.post(f"/viec/{row.pk}/rate/", {"hai_long": "khong"}, follow=True).content.decode()
    assert "<dd>chưa hài lòng</dd>" in shown
    assert '<dd lang="vi">chợ</dd>' in shown


def test_a_petition_is_raised_again_by_the_number_people_cite(cast, client, given):
    first = given(kind="petition", giver="UBND xã Đông Anh", lead="")
    other = given(kind="petition", giver="UBND xã khác", lead="")
    client.force_login(cast["commune"])
    assert 'name="neu_lai"' in client.get("/viec/moi/").content.decode()
    told = {"noi_dung": "Nêu lại chuyện chợ", "ngay_neu": "2024-05-01", "linh_vuc": "chợ"}
    for hidden in (other.number, "99/2024"):
        refused = client.post("/viec/moi/", {**told, "neu_lai": hidden})
        assert refused.status_code == 422
        assert "Không có kiến nghị số này" in refused.content.decode()
    shown = client.post("/viec/moi/", {**told, "neu_lai": first.number}, follow=True).content.decode()
    assert "nêu lại việc" in shown
    assert first.raised_again.get().topic == "chợ"
