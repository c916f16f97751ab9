"""The pages of workbooks: upload, preview with the sheet beside it, keeping, undoing, answering, opening a cell."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sct.office.ledger.models import Observation
from sct.office.workbooks import actions
from sct.office.workbooks.models import Answer, Keeping, StoredWorkbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def lan(client, chuyen_vien):
    client.force_login(chuyen_vien)
    return client


def test_a_workbook_uploaded_on_the_page_is_previewed_at_once(lan, hanoi, april_bytes):
    file = SimpleUploadedFile("4. TMDV.xls", april_bytes)
    answer = lan.post(reverse("workbooks"), {"tep": file, "dia_ban": hanoi}, follow=True)
    page = answer.content.decode()
    assert StoredWorkbook.objects.count() == 1
    assert "4. TMDV.xls" in page and "Nhận tất cả vào sổ" in page
    assert "1.000,25" in page, "the sheet itself stands beside the preview"


def test_the_area_is_asked_and_never_assumed(lan, april_bytes):
    answer = lan.post(reverse("workbooks"), {"tep": SimpleUploadedFile("4.xls", april_bytes)}, follow=True)
    assert StoredWorkbook.objects.count() == 0
    assert "Chưa chọn địa bàn" in answer.content.decode()


def test_all_is_kept_and_undone_by_buttons(lan, april):
    lan.post(reverse("workbook-keep", args=[april.pk]), {"chon": "het"})
    assert Observation.objects.count() == 10
    page = lan.get(reverse("workbook", args=[april.pk])).content.decode()
    assert "Không còn gì mới để nhận" in page
    lan.post(reverse("workbook-undo", args=[april.pk, Keeping.objects.get().pk]), {"ly_do": "gửi nhầm"})
    assert "đã hoàn tác" in lan.get(reverse("workbook", args=[april.pk])).content.decode()


def test_only_marked_rows_are_kept(lan, april):
    lan.post(reverse("workbook-keep", args=[april.pk]), {"chon": "dong", "dong": ["Tổng mức!4"]})
    assert set(Observation.objects.values_list("indicator", flat=True)) == {"retail_services_total"}


def test_the_card_of_a_figure_opens_its_cell(lan, chuyen_vien, april):
    actions.keep(chuyen_vien, april)
    figure = Observation.objects.get(place="Tổng mức!C4")
    card = lan.get(reverse("figure", args=[figure.pk])).content.decode()
    address = reverse("workbook-sheet", args=[april.pk])
    assert address in card and "o=C4" in card
    sheet = lan.get(address, {"to": "Tổng mức", "o": "C4"}).content.decode()
    assert '<td id="o"' in sheet


def test_a_question_is_answered_on_the_page(lan, may):
    page = lan.get(reverse("workbook", args=[may.pk])).content.decode()
    assert "Hệ số lạ kỳ" in page and "Cần hỏi một lần" in page
    key = "row|retail_total|Hệ số lạ kỳ"
    lan.post(reverse("workbook-answer", args=[may.pk]), {"cau": key, "series": "other_services_revenue"})
    assert Answer.objects.get().row["indicator"] == "other_services_revenue"
    file = lan.get(reverse("workbook-declarations", args=[may.pk])).content.decode()
    assert "Hệ số lạ kỳ" in file


def test_what_is_refused_is_one_sentence_on_the_page(lan, hanoi):
    file = SimpleUploadedFile("x.xlsx", b"%PDF-1.4 nothing")
    answer = lan.post(reverse("workbooks"), {"tep": file, "dia_ban": hanoi}, headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert "x.xlsx" in answer.content.decode()


def test_the_checks_speak_of_what_does_not_add_up_with_the_month_before(lan, chuyen_vien, april, may):
    page = lan.get(reverse("workbook-checks", args=[may.pk])).content.decode()
    assert "Kết quả soát" in page and "quan hệ" in page


def test_a_stranger_gets_404(client, nguoi_ngoai, april):
    client.force_login(nguoi_ngoai)
    for name in ("workbook", "workbook-sheet", "workbook-declarations", "workbook-original", "workbook-checks"):
        assert client.get(reverse(name, args=[april.pk])).status_code == 404
    assert client.post(reverse("workbook-keep", args=[april.pk]), {"chon": "het"}).status_code == 404


def test_the_list_takes_the_same_queries_however_long(lan, chuyen_vien, april, may, django_assert_max_num_queries):
    actions.keep(chuyen_vien, april)
    with django_assert_max_num_queries(16):
        lan.get(reverse("workbooks"))


def test_the_file_comes_back_as_it_was_given(lan, april, april_bytes):
    answer = lan.get(reverse("workbook-original", args=[april.pk]))
    assert answer.content == april_bytes
    assert answer.headers["Content-Type"] == "application/octet-stream"
