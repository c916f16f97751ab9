"""A document comes in whole, once, read and proofed; or nothing changes and one sentence says why."""

import pytest

from sct.errors import UserError
from sct.office.documents import files, queries
from sct.office.documents.actions import upload
from sct.office.documents.models import Document, Proofing, Statement
from sct.office.documents.rows import document_of, statement_of
from sct.office.people.audit import verify
from sct.office.people.errors import NotAllowedError, NotVisibleError
from sct.office.people.models import AuditEntry
from sct.proofing import Verdict
from tests.office.documents.conftest import DECEMBER, JANUARY


def test_an_uploaded_document_is_read_and_proofed(chuyen_vien, december, hanoi):
    page = queries.document(chuyen_vien, december.pk)
    assert [view.read.quote for view in page.statements][:2] == ["18,9 tỷ USD", "tăng 11,9%"]
    assert {view.state.value for view in page.statements} == {"proposed"}
    assert page.document.area == hanoi
    assert page.line.startswith(f"đọc {len(page.statements)} số liệu")
    assert [f.cause for f in queries.findings(chuyen_vien, page) if f.verdict is Verdict.WRONG] == ["double-unit"]
    assert verify().holds


def test_what_of_a_file_was_not_read_is_told(chuyen_vien, monkeypatch):
    from dataclasses import replace

    import sct.reading
    from sct.catalogue.statement import Note

    whole = sct.reading.open_document

    def with_a_scanned_page(data, name):
        return replace(
            whole(data, name), notes=(Note("scanned-pages", "Trang 2 là ảnh quét nên không đọc được", (2,)),)
        )

    monkeypatch.setattr(sct.reading, "open_document", with_a_scanned_page)
    text = "Kim ngạch xuất khẩu của Hà Nội năm 2020 ước đạt 16 tỷ USD."
    told = upload(chuyen_vien, "co-trang-quet.txt", text.encode())
    assert (told.already, told.message) == (False, "Trang 2 là ảnh quét nên không đọc được")


def test_a_stored_statement_is_the_very_one_that_was_read(december):
    from sct.reading import read

    document = document_of(december)
    rows = list(december.statements.order_by("position"))
    assert [statement_of(row) for row in rows] == read(document, "2024-12-20")
    assert all(document.text[row.start : row.end] == row.quote for row in rows)


def test_the_original_bytes_come_back(chuyen_vien, december):
    _row, data = queries.original(chuyen_vien, december.pk)
    assert data == DECEMBER.encode()


def test_bytes_that_were_changed_in_the_store_are_not_given_out(chuyen_vien, december):
    path = files.path_of(december.sha256)
    path.write_bytes(b"khac")
    try:
        with pytest.raises(UserError, match="đã bị sửa"):
            queries.original(chuyen_vien, december.pk)
    finally:
        path.write_bytes(DECEMBER.encode())


def test_the_same_bytes_twice_are_one_document(chuyen_vien, december):
    again = upload(chuyen_vien, "ban-sao.txt", DECEMBER.encode())
    assert again.already
    assert again.document == december
    assert "đã có trong hệ thống" in again.message
    assert Document.objects.count() == 1


def test_two_articles_that_differ_are_two_vintages_and_both_pages_show_it(chuyen_vien, december, january):
    for document in (december, january):
        page = queries.document(chuyen_vien, document.pk)
        found = [f for f in queries.findings(chuyen_vien, page) if f.check == "C41" and f.verdict is Verdict.DOUBT]
        assert [f.cause for f in found] == ["two-vintages"]
        assert "11,9% (2024-12-20" in found[0].arithmetic
        assert found[0].arithmetic.index("11,9%") < found[0].arithmetic.index("10,4%")
        assert [mention.document for mention in found[0].mentions] == [document.pk]
        assert {operand.document for operand in found[0].operands} == {december.pk, january.pk}


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("trong.txt", b"", "empty-file"),
        ("anh.docx", b"\x89PNG\r\n\x1a\n....", None),
        ("bao-cao.pdf", b"%PDF-1.7 ...", "damaged-file"),
    ],
)
def test_what_cannot_be_read_changes_nothing(chuyen_vien, name, data, code):
    entries = AuditEntry.objects.count()
    with pytest.raises(UserError) as caught:
        upload(chuyen_vien, name, data)
    assert code is None or caught.value.code == code
    assert name in str(caught.value)
    assert Document.objects.count() == Statement.objects.count() == Proofing.objects.count() == 0
    assert AuditEntry.objects.count() == entries


def test_a_file_above_the_limit_is_refused(chuyen_vien, settings):
    settings.UPLOAD_LIMIT = 10
    with pytest.raises(UserError, match="quá lớn"):
        upload(chuyen_vien, "to.txt", DECEMBER.encode())


@pytest.mark.parametrize("published", ["2024-13", "hôm qua", "2024-02-30"])
def test_a_date_that_does_not_exist_is_refused(chuyen_vien, published):
    with pytest.raises(UserError, match="Ngày không có thật"):
        upload(chuyen_vien, "a.txt", DECEMBER.encode(), published)
    assert Document.objects.count() == 0


def test_an_address_that_is_none_is_refused(chuyen_vien):
    with pytest.raises(UserError, match="Địa chỉ nguồn"):
        upload(chuyen_vien, "a.txt", DECEMBER.encode(), url="javascript:alert(1)")
    assert Document.objects.count() == 0


def test_the_leader_reads_but_puts_nothing_in(lanh_dao, december):
    assert queries.document(lanh_dao, december.pk).document == december
    with pytest.raises(NotAllowedError):
        upload(lanh_dao, "b.txt", JANUARY.encode())


def test_somebody_of_another_province_sees_nothing(nguoi_ngoai, december):
    assert queries.documents(nguoi_ngoai) == []
    assert queries.totals(nguoi_ngoai) == (0, 0)
    assert queries.open_findings(nguoi_ngoai) == []
    for look in (queries.document, queries.original):
        with pytest.raises(NotVisibleError):
            look(nguoi_ngoai, december.pk)


def test_the_same_bytes_from_another_province_are_its_own_document(nguoi_ngoai, december):
    other = upload(nguoi_ngoai, "thang-12.txt", DECEMBER.encode())
    assert not other.already
    assert other.document != december
    assert other.document.area != december.area


def test_a_list_takes_four_queries_however_long_it_is(chuyen_vien, december, january, django_assert_num_queries):
    fresh = type(chuyen_vien).objects.get(pk=chuyen_vien.pk)
    with django_assert_num_queries(5):  # the grants of the person, then four
        lines = queries.documents(fresh)
    assert [line.document.pk for line in lines] == [january.pk, december.pk]
    assert (lines[1].statements, lines[1].proposed, lines[1].wrong) == (
        len(december.statements.all()),
        lines[1].statements,
        1,
    )
    assert lines[0].doubtful == 1


def test_a_document_page_takes_the_same_queries_for_few_and_for_many_statements(
    chuyen_vien, december, january, django_assert_max_num_queries
):
    for document in (december, january):
        with django_assert_max_num_queries(8):
            page = queries.document(chuyen_vien, document.pk)
            [page.of(view.pk) for view in page.statements]
        with django_assert_max_num_queries(3):
            queries.findings(chuyen_vien, page)


def test_a_document_is_found_without_diacritics(chuyen_vien, december, january):
    assert [line.document.pk for line in queries.documents(chuyen_vien, query="tin thang mot")] == [january.pk]
    assert queries.documents(chuyen_vien, query="không có") == []


def test_home_hears_of_what_does_not_hold(chuyen_vien, december, january):
    found = queries.open_findings(chuyen_vien)
    assert [(item.document.pk, item.finding.verdict) for item in found] == [
        (january.pk, Verdict.DOUBT),
        (december.pk, Verdict.WRONG),
    ]
    statements, findings = queries.totals(chuyen_vien)
    assert statements == Statement.objects.count()
    assert findings >= 3
