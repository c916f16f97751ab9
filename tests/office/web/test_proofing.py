"""Soát số liệu: drafts are proofed and forgotten; findings are kept with a reason; papers come back as Word."""

import io
import json
import re

import docx as python_docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from sct.office.documents.models import Document, Keeping, Statement
from sct.office.people.models import AuditEntry
from sct.reading import open_document

DRAFT = (
    "Năm 2024, kim ngạch xuất khẩu của Hà Nội ước đạt 18,9 tỷ USD, tăng 11,9% so với năm 2023. "
    "Ngành công nghiệp đóng góp 0,82% điểm phần trăm vào mức tăng chung của GRDP năm 2024. "
    "Khởi công 43 cụm công nghiệp, trong đó hoàn thành ít nhất 20 cụm."
)


@pytest.fixture
def proof(lan):
    def post(text=DRAFT, name="du-thao.txt", htmx=True, address="/soat/", **fields):
        file = SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())
        headers = {"HX-Request": "true"} if htmx else {}
        return lan.post(address, {"tep": file, **fields}, headers=headers)

    return post


def word(text=DRAFT):
    made = python_docx.Document()
    made.add_heading("Dự thảo", 1)
    made.add_paragraph(text)
    grid = made.add_table(2, 2, style="Table Grid")
    for place, words in enumerate(("Chỉ tiêu", "Năm 2024", "Chợ", "17,5")):
        grid.cell(place // 2, place % 2).text = words
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def test_a_draft_is_proofed_and_nothing_of_it_is_kept(proof, read, words):
    before = AuditEntry.objects.count()
    page = read(proof())
    assert "43 cụm công nghiệp" in words(page.xpath('//article[contains(@class,"paper")]')[0])
    [wrong] = page.xpath('//section[@data-verdict="loi"]')
    assert "0,82" in words(wrong)
    assert Document.objects.count() == Statement.objects.count() == Keeping.objects.count() == 0
    assert AuditEntry.objects.count() == before


def test_the_account_says_what_was_read_compared_and_left(proof, read, words):
    told = words(read(proof()).xpath('//div[@class="account"]')[0])
    assert "5 số liệu đọc được" in told and "không cùng đúng được" in told and "chưa có gì để so" in told


def test_marks_do_not_speak_by_colour_alone(proof, read, words):
    page = read(proof())
    [mark] = page.xpath('//article//a[contains(@class,"wrong-mark")]')
    assert words(mark.xpath("sup")[0]).startswith("✕") and "lỗi" in words(mark)
    assert page.xpath(f'//section[@id="{mark.get("href")[1:]}"]/@data-claim') == [mark.get("data-mark")]


def test_pasted_words_and_tables_are_proofed(lan, read, words):
    page = read(lan.post("/soat/", {"chu": DRAFT}, headers={"HX-Request": "true"}))
    assert page.xpath('//section[@data-verdict="loi"]')
    table = "<p>Bảng 1</p><table><tr><th>Tên</th><th>Năm 2024</th></tr><tr><td>Chợ</td><td>17,5</td></tr></table>"
    page = read(lan.post("/soat/", {"chu": "Tên Năm 2024", "trang_dan": table}, headers={"HX-Request": "true"}))
    assert [words(cell) for cell in page.xpath("//article//td | //article//tbody//th")] == ["Chợ", "17,5"]


def test_nothing_given_and_unreadable_files_are_said_in_one_sentence(lan, proof, read, words):
    answer = lan.post("/soat/", {"chu": "  "}, headers={"HX-Request": "true"})
    assert answer.status_code == 422 and "Chưa có gì để soát" in answer.content.decode()
    page = read(proof(b"%PDF-1.7 x", "a.pdf"))
    assert "a.pdf" in words(page.xpath('//p[@role="alert"]')[0])


def test_a_finding_kept_with_a_reason_stays_kept_until_an_operand_changes(lan, proof, read, words):
    def finding(text=DRAFT):
        return read(proof(text)).xpath('//section[@data-verdict="loi"]')[0]

    def fields(card):
        return {name: card.xpath(f'.//input[@name="{name}"]/@value')[0] for name in ("key", "check", "verdict", "area")}

    given = fields(finding())
    refused = lan.post("/soat/giu/", {**given, "ly_do": " "}, headers={"HX-Request": "true"})
    assert refused.status_code == 422 and Keeping.objects.count() == 0
    answer = lan.post("/soat/giu/", {**given, "ly_do": "theo văn bản gốc"}, headers={"HX-Request": "true"})
    assert "theo văn bản gốc" in answer.content.decode()
    assert AuditEntry.objects.filter(action="documents.keep").count() == 1
    kept = finding("Dự thảo lần hai.\n" + DRAFT)
    assert "kept" in kept.get("class") and "theo văn bản gốc" in words(kept)
    changed = finding(DRAFT.replace("0,82%", "0,83%"))
    assert "kept" not in changed.get("class")
    number = Keeping.objects.get().pk
    lan.post(f"/soat/giu/{number}/hoan-tac/", headers={"HX-Request": "true"})
    assert "kept" not in finding().get("class")
    assert Keeping.objects.count() == 2  # taken back by one more row


def test_nobody_keeps_a_finding_where_he_may_not_record(client, nguoi_ngoai, proof, read):
    card = read(proof()).xpath('//section[@data-verdict="loi"]')[0]
    given = {name: card.xpath(f'.//input[@name="{name}"]/@value')[0] for name in ("key", "check", "verdict", "area")}
    client.force_login(nguoi_ngoai)
    answer = client.post("/soat/giu/", {**given, "ly_do": "tôi muốn"}, headers={"HX-Request": "true"})
    assert answer.status_code in (403, 404, 422) and Keeping.objects.count() == 0


def test_the_word_file_comes_back_with_comments_and_mended_figures(proof):
    data = word()
    text = open_document(data, "a.docx").text
    at = text.index("0,82% điểm phần trăm")
    change = json.dumps([[0, at, at + len("0,82% điểm phần trăm"), "0,82 điểm phần trăm"]])
    answer = proof(data, "du-thao.docx", htmx=False, address="/soat/lay/word/", van_ban="0", sua=change)
    assert answer.status_code == 200 and "du-thao-soat.docx" in answer.headers["Content-Disposition"]
    made = python_docx.Document(io.BytesIO(answer.content))
    assert any("LỖI" in comment.text for comment in made.comments)
    assert "0,82 điểm phần trăm" in open_document(answer.content, "a.docx").text
    clean = proof(data, "du-thao.docx", htmx=False, address="/soat/lay/sach/", sua=change)
    assert not list(python_docx.Document(io.BytesIO(clean.content)).comments)
    plain = proof(DRAFT, htmx=False, address="/soat/lay/chu/")
    assert plain.content.decode() == DRAFT


def test_machines_get_json_and_sarif(proof):
    found = json.loads(proof(htmx=False, address="/soat/lay/json/").content)
    assert {"LỖI"} <= {one["verdict"] for one in found}
    log = json.loads(proof(htmx=False, address="/soat/lay/sarif/").content)
    assert log["version"] == "2.1.0" and log["runs"][0]["results"]


def test_a_draft_is_kept_when_the_officer_says_so(lan, proof):
    answer = proof(htmx=False, address="/van-ban/")
    assert answer.status_code == 302 and Document.objects.count() == 1
    lan.post("/van-ban/", {"chu": "Năm 2024, Hà Nội có 43 cụm công nghiệp."})
    assert Document.objects.count() == 2


def test_a_stored_document_is_proofed_as_of_now_with_its_tables(lan, proof, read, words):
    target = proof(word(), "du-thao.docx", htmx=False, address="/van-ban/").headers["Location"]
    number = Document.objects.get().pk
    page = read(lan.get(f"/van-ban/{number}/soat/"))
    assert page.xpath('//section[@data-verdict="loi"]')
    assert [words(cell) for cell in page.xpath("//article//table//td")] == ["17,5"]
    assert read(lan.get(target)).xpath('//article//table//th[@scope="col"]')
    answer = lan.post(f"/van-ban/{number}/soat/lay/word/")
    assert list(python_docx.Document(io.BytesIO(answer.content)).comments)


def test_what_a_stranger_may_not_see_is_not_proofed_for_him(client, proof, nguoi_ngoai):
    proof(htmx=False, address="/van-ban/")
    client.force_login(nguoi_ngoai)
    number = Document.objects.get().pk
    assert client.get(f"/van-ban/{number}/soat/").status_code == 404
    assert client.post(f"/van-ban/{number}/soat/lay/json/").status_code == 404


def test_a_long_draft_asks_the_database_as_often_as_a_short_one(lan, proof, django_assert_max_num_queries):
    proof()
    with django_assert_max_num_queries(24):
        proof(DRAFT * 12)


def workbook():
    """A small sheet of ours: a total that is not the sum of its parts."""
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet("Tổng mức")
    rows = [
        ["Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng"],
        ["Đơn vị tính: Triệu đồng"],
        ["", "Thực hiện tháng 4 năm 2031", "Ước tính tháng 5 năm 2031", "Cộng dồn 5 tháng năm 2031"],
        ["Tổng số", 100, 250, 900],
        ["Bán lẻ hàng hóa", 60, 120, 500],
        ["Dịch vụ lưu trú", 10, 20, 100],
        ["Dịch vụ ăn uống", 10, 20, 100],
        ["Dịch vụ lữ hành và hoạt động hỗ trợ du lịch", 10, 20, 100],
        ["Dịch vụ khác", 10, 20, 100],
    ]
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return stream.getvalue()


def test_a_workbook_is_proofed_beside_a_document_and_shown_as_its_sheet(lan, read, words):
    files = [SimpleUploadedFile("thang-5.xlsx", workbook()), SimpleUploadedFile("du-thao.txt", DRAFT.encode())]
    page = read(lan.post("/soat/", {"tep": files}, headers={"HX-Request": "true"}))
    assert len(page.xpath("//article")) == 2
    cells = page.xpath('//article[@aria-label="thang-5.xlsx"]//td[.//*[@data-mark]]')
    assert "250" in [words(cell).split("✕")[0].split("!")[0] for cell in cells] or any("250" in words(c) for c in cells)
    labels = [words(cell) for cell in page.xpath('//td[contains(@class, "row-label")]')]
    assert {"Tổng số", "Dịch vụ khác"} <= set(labels) and "250" not in labels  # they stay in sight of a wide sheet
    account = words(page.xpath('//div[@class="account"]')[0])
    [read_, left] = [int(re.search(rf"(\d+) {told}", account)[1]) for told in ("số liệu đọc được", "chưa có gì để so")]
    assert left < read_  # the cells that were compared are not told as left alone
    wrong = [words(card) for card in page.xpath('//section[@data-verdict="loi" or @data-verdict="nghi"]')]
    assert any("Tổng mức!" in told for told in wrong), wrong
    listed = lan.post("/soat/lay/danh-sach/", {"tep": SimpleUploadedFile("thang-5.xlsx", workbook())})
    table = python_docx.Document(io.BytesIO(listed.content)).tables[0]
    assert len(table.rows) > 1


def test_the_table_of_a_draft_is_proofed_too(proof, read, words):
    made = python_docx.Document()
    made.add_paragraph("Bảng 1. Kim ngạch xuất khẩu của Hà Nội")
    made.add_paragraph("Đơn vị tính: triệu USD")
    rows = [("", "Năm 2023", "Năm 2024", "So sánh (%)"), ("Kim ngạch xuất khẩu", "100", "150", "112,0")]
    grid = made.add_table(2, 4)
    for place, text in enumerate(text for row in rows for text in row):
        grid.cell(place // 4, place % 4).text = text
    stream = io.BytesIO()
    made.save(stream)
    page = read(proof(stream.getvalue(), "bang.docx"))
    assert [words(cell) for cell in page.xpath('//article//td[@class="num"]')]


def test_a_stored_document_is_proofed_anew_once_the_ledger_or_a_decision_has_moved(sample, lan, proof, read, words):
    """Between two moves the same proofing is shown, and asks little of the database."""
    proof("Năm 2031, kim ngạch xuất khẩu của Hà Nội đạt 18,9 tỷ USD.", "mot.txt", htmx=False, address="/van-ban/")
    number = Document.objects.get().pk
    address = f"/van-ban/{number}/soat/"
    assert "C42" not in words(read(lan.get(address)))
    before = [card.get("data-verdict") for card in read(lan.get(address)).xpath("//section[@data-verdict]")]
    other = "Năm 2031, kim ngạch xuất khẩu của Hà Nội đạt 19,8 tỷ USD."
    proof(other, "hai.txt", htmx=False, address="/van-ban/")
    lan.post(f"/van-ban/{Document.objects.latest('pk').pk}/nhan-het/")
    after = [card.get("data-verdict") for card in read(lan.get(address)).xpath("//section[@data-verdict]")]
    assert len(after) > len(before)
    statement = Statement.objects.get(document=number).pk
    lan.post(f"/van-ban/{number}/phat-bieu/{statement}/sua/", {"period": "2030"})
    assert len(read(lan.get(address)).xpath("//section[@data-verdict]")) < len(after)


def test_a_stored_proofing_is_shown_again_with_few_queries(lan, proof, django_assert_max_num_queries):
    proof(DRAFT, htmx=False, address="/van-ban/")
    address = f"/van-ban/{Document.objects.get().pk}/soat/"
    lan.get(address)
    with django_assert_max_num_queries(10):
        assert "43 cụm công nghiệp" in lan.get(address).content.decode()


def test_a_text_file_and_a_page_come_back_as_they_were_with_the_mended_words(proof):
    for name, text in (("du-thao.txt", DRAFT), ("du-thao.html", f"<!-- a --><p class=x>{DRAFT}</p>")):
        at = open_document(text.encode(), name).text.index("0,82%")
        change = json.dumps([[0, at, at + 5, "0,82", ""]])
        answer = proof(text, name, htmx=False, address="/soat/lay/goc/", van_ban="0", sua=change)
        assert answer.content.decode() == text.replace("0,82% điểm", "0,82 điểm")
        assert f"-da-sua.{name[-3:]}" in answer.headers["Content-Disposition"].replace("html", "tml")


def test_pasted_words_can_be_copied_with_what_was_mended(lan, read):
    page = read(lan.post("/soat/", {"chu": DRAFT}, headers={"HX-Request": "true"}))
    [address] = page.xpath("//button[@data-copy]/@data-copy")
    at = DRAFT.index("0,82%")
    answer = lan.post(address, {"chu": DRAFT, "van_ban": "0", "sua": json.dumps([[0, at, at + 5, "0,82", ""]])})
    assert answer.content.decode() == DRAFT.replace("0,82% điểm", "0,82 điểm")


def test_a_cell_of_a_workbook_is_mended_in_the_workbook(lan, read, words):
    from sct.reading.workbooks.opening import open_workbook

    def give(address="/soat/", **fields):
        file = SimpleUploadedFile("thang-5.xlsx", workbook())
        return lan.post(address, {"tep": file, **fields}, headers={} if fields else {"HX-Request": "true"})

    cards = read(give()).xpath('//section[@data-verdict="loi" or @data-verdict="nghi"][@data-place]')
    assert "Tổng mức!C4" in [card.get("data-place") for card in cards]
    made = give("/soat/lay/goc/", van_ban="0", sua=json.dumps([[0, 0, 0, "180", "Tổng mức!C4"]]))
    assert "thang-5-da-sua.xlsx" in made.headers["Content-Disposition"]
    (sheet,) = open_workbook(made.content, "a.xlsx").sheets
    assert sheet.at(3, 2) == 180 and sheet.at(3, 1) == 100
    refused = give("/soat/lay/goc/", van_ban="0", sua=json.dumps([[0, 0, 0, "mười", "Tổng mức!C4"]]))
    assert refused.status_code == 422 and "mười" in words(read(refused, 422))


@pytest.mark.parametrize("text", ["[[0]]", "{", '[["a", 1, 2, "x", ""]]', "[[0, 1, 2, 3, 4, 5, 6]]"])
def test_changes_that_nobody_can_have_made_on_the_page_are_refused(proof, text):
    assert proof(htmx=False, address="/soat/lay/goc/", van_ban="0", sua=text).status_code == 422


def test_nothing_of_a_proofed_draft_is_left_on_the_disk_or_in_the_database(proof, settings, tmp_path):
    """No file, no row: the store stays empty, and not one statement of SQL writes."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    settings.STORED_FILES = tmp_path / "kho"
    with CaptureQueriesContext(connection) as asked:
        for kind in ("word", "sach", "goc", "chu", "json", "sarif"):
            proof(word(), "du-thao.docx", htmx=False, address=f"/soat/lay/{kind}/", van_ban="0")
        proof()
        proof(workbook(), "thang-5.xlsx")
    wrote = [query["sql"] for query in asked if not query["sql"].startswith(("SELECT", "SAVEPOINT", "RELEASE"))]
    assert wrote == []
    assert not (tmp_path / "kho").exists()


def test_a_draft_is_set_beside_a_complete_register_without_accusing(entries, chuyen_vien, tmp_path, monkeypatch):
    from sct.office.coordination.tallies import Tallies
    from sct.office.documents.drafts import proof_files

    text = "Đến hết năm 2024, thành phố Hà Nội có 70 cụm công nghiệp đang hoạt động.".encode()

    def told():
        found = proof_files(chuyen_vien, [("du-thao.txt", text)], "", Tallies(chuyen_vien).proof).findings
        return [finding for finding in found if finding.check == "C46"]

    assert told() == [], "a register that nobody calls complete says nothing"
    (tmp_path / "registers").mkdir()
    stated = "- {code: industrial_clusters, complete: [{since: 2024-01-01, says: rà soát năm 2024}]}"
    (tmp_path / "registers" / "own.yaml").write_text(stated, "utf-8")
    monkeypatch.setenv("SCT_DECLARATIONS", str(tmp_path))
    (finding,) = told()
    assert finding.verdict.value == "nghi" and "đếm được 5 cụm" in finding.sentence
    assert not any(word in (finding.sentence + finding.repair).lower() for word in ("sai", "lỗi", "man", "gian"))
    assert "hai định nghĩa" in finding.repair
