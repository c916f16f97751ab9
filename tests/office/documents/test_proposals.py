"""What documents say should be done waits in a queue until it is taken up or dismissed, and that can be undone."""

import pytest

from sct.errors import UserError
from sct.office.documents import proposals
from sct.office.documents.actions import upload
from sct.office.documents.proposals import State
from sct.office.people.models import AuditEntry

SAID = (
    "Năm 2025, thành phố Hà Nội phấn đấu khởi công xây dựng 9 cụm công nghiệp mới. "
    "UBND thành phố Hà Nội yêu cầu Sở Công Thương đẩy nhanh tiến độ các dự án điện trước ngày 30/6/2025. "
    "Sở Công Thương Hà Nội kiến nghị Bộ Công Thương hỗ trợ kinh phí khuyến công năm 2025."
)


@pytest.fixture
def paper(chuyen_vien):
    return upload(chuyen_vien, "chi-dao.txt", SAID.encode(), "2025-01-09").document


def test_what_a_document_asks_for_waits_with_its_words(chuyen_vien, paper):
    lines = proposals.waiting(chuyen_vien)
    assert {"assignment", "petition"} <= {line.kind for line in lines}
    for line in lines:
        assert line.before + line.text + line.after in SAID
        assert line.state is State.WAITING
    assert sum(proposals.counts(chuyen_vien).values()) == len(lines)


def test_another_room_takes_one_up_and_it_waits_no_longer(chuyen_vien, paper):
    first = proposals.waiting(chuyen_vien)[0]
    proposals.take(chuyen_vien, first.pk, "matter:12")
    assert first.pk not in {line.pk for line in proposals.waiting(chuyen_vien)}
    [taken] = proposals.proposals(chuyen_vien, state=State.TAKEN)
    assert (taken.pk, taken.reference) == (first.pk, "matter:12")
    with pytest.raises(UserError, match="đã được xử lý"):
        proposals.dismiss(chuyen_vien, first.pk, "thừa")
    proposals.undo(chuyen_vien, first.pk)
    assert first.pk in {line.pk for line in proposals.waiting(chuyen_vien)}
    assert AuditEntry.objects.filter(action__startswith="documents.proposal.").count() == 2


def test_dismissing_needs_a_reason_and_keeps_it(chuyen_vien, paper):
    first = proposals.waiting(chuyen_vien)[0]
    with pytest.raises(UserError):
        proposals.dismiss(chuyen_vien, first.pk, "  ")
    proposals.dismiss(chuyen_vien, first.pk, "đã có trong kế hoạch")
    [line] = proposals.proposals(chuyen_vien, state=State.DISMISSED)
    assert line.reason == "đã có trong kế hoạch" and line.who == str(chuyen_vien)


def test_a_stranger_sees_and_takes_nothing(chuyen_vien, nguoi_ngoai, paper):
    assert proposals.waiting(nguoi_ngoai) == []
    first = proposals.waiting(chuyen_vien)[0]
    with pytest.raises(UserError):
        proposals.take(nguoi_ngoai, first.pk, "matter:1")


def test_the_queue_costs_the_same_queries_however_long(chuyen_vien, paper, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        proposals.waiting(chuyen_vien)


def test_the_page_shows_the_queue_and_dismisses(client, chuyen_vien, paper):
    client.force_login(chuyen_vien)
    first = proposals.waiting(chuyen_vien)[0]
    page = client.get("/van-ban/viec-duoc-neu/").content.decode()
    assert first.text.replace("&", "&amp;") in page
    client.post(f"/van-ban/viec-duoc-neu/{first.pk}/bo/", {"ly_do": "thừa"})
    assert f'id="p{first.pk}"' not in client.get("/van-ban/viec-duoc-neu/").content.decode()
    assert "thừa" in client.get("/van-ban/viec-duoc-neu/?trang_thai=dismissed").content.decode()
    client.post(f"/van-ban/viec-duoc-neu/{first.pk}/hoan-tac/")
    assert (
        f'id="p{first.pk}"'
        in client.get(f"/van-ban/viec-duoc-neu/?van_ban={paper.pk}&loai={first.kind}").content.decode()
    )
