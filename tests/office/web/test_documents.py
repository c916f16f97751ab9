"""Documents on the site: in, read, decided, visible at once, taken back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

SAID = (
    "Năm 2024, tổng kim ngạch xuất nhập khẩu của Hà Nội đạt 60,1 tỷ USD, tăng 11,1% so với năm 2023. "
    "Kim ngạch xuất khẩu của Hà Nội năm 2024 đạt 18,9 tỷ USD."
)


@pytest.fixture
def give(lan):
    def post(name, text, htmx=False, **fields):
        file = SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())
        headers = {"HX-Request": "true"} if htmx else {}
        return lan.post("/van-ban/", {"tep": file, "cong_bo": "2025-01-09", **fields}, headers=headers)

    return post


@pytest.fixture
def paper(give, lan, read):
    """The page of a document just uploaded."""
    return read(lan.get(give("tong-ket.txt", SAID).headers["Location"]))


def link(page, text):
    return page.xpath(f'//a[contains(@class,"s ") and normalize-space()="{text}"]')[0]


def decide(lan, page, text, decision, **fields):
    number = link(page, text).get("data-show")
    address = page.xpath("//article/@data-address")[0].split("?")[0].replace("/0/", f"/{number}/")
    return lan.post(f"{address}{decision}/", fields, headers={"HX-Request": "true"})


def test_every_statement_is_marked_in_its_place(paper, words):
    article = paper.xpath('//article[contains(@class,"paper")]')[0]
    assert words(article) == SAID
    assert [words(mark) for mark in article.xpath('.//a[contains(@class,"s ")]')] == [
        "60,1 tỷ USD",
        "tăng 11,1%",
        "18,9 tỷ USD",
    ]


def test_an_accepted_statement_is_in_the_ledger_at_once(sample, lan, paper, read, words):
    before = words(read(lan.get("/chi-tieu/exports/?ky=2024")))
    assert "18,9 tỷ USD" not in before
    panel = decide(lan, paper, "18,9 tỷ USD", "nhan")
    assert panel.status_code == 200
    assert "đã vào sổ" in panel.content.decode()
    after = read(lan.get("/chi-tieu/exports/?ky=2024"))
    assert "18,9 tỷ USD" in words(after)
    card = after.xpath('//a[@data-card and normalize-space()="18,9 tỷ USD"]')[0].get("href")
    told = read(lan.get(card))
    assert words(told.xpath("//blockquote/mark")[0]) == "18,9 tỷ USD"
    assert "Kim ngạch xuất khẩu của Hà Nội năm 2024" in words(told.xpath("//blockquote")[0])


def test_undo_takes_it_out_again_and_keeps_the_history(sample, lan, paper, read, words):
    decide(lan, paper, "18,9 tỷ USD", "nhan")
    card = read(lan.get("/chi-tieu/exports/?ky=2024")).xpath('//a[normalize-space()="18,9 tỷ USD"]')[0].get("href")
    answer = decide(lan, paper, "18,9 tỷ USD", "hoan-tac")
    assert "chờ xem" in answer.content.decode()
    assert "18,9 tỷ USD" not in words(read(lan.get("/chi-tieu/exports/?ky=2024")))
    assert "Đã rút khỏi sổ" in words(read(lan.get(card)))


def test_rejecting_needs_a_reason_and_keeps_it(lan, paper):
    refused = decide(lan, paper, "tăng 11,1%", "bo", ly_do=" ")
    assert refused.status_code == 422
    assert "phải nói vì sao" in refused.content.decode()
    answer = decide(lan, paper, "tăng 11,1%", "bo", ly_do="số của kỳ trước")
    assert "đã bỏ qua" in answer.content.decode()
    assert "số của kỳ trước" in answer.content.decode()


def test_deciding_twice_is_told_not_done(lan, paper):
    decide(lan, paper, "18,9 tỷ USD", "nhan")
    again = decide(lan, paper, "18,9 tỷ USD", "nhan")
    assert again.status_code == 422
    assert "Hoàn tác quyết định trước" in again.content.decode()


def test_mending_checks_the_code(lan, paper):
    wrong = decide(lan, paper, "18,9 tỷ USD", "sua", indicator="exprots")
    assert wrong.status_code == 422
    assert "exports" in wrong.content.decode()
    right = decide(lan, paper, "18,9 tỷ USD", "sua", indicator="imports")
    assert "Kim ngạch nhập khẩu" in right.content.decode()
    assert "đã sửa cách hiểu" in right.content.decode()


def test_findings_stand_beside_the_text_with_their_arithmetic(give, lan, read, words):
    text = "Ngành công nghiệp đóng góp 0,82% điểm phần trăm vào mức tăng GRDP của Hà Nội năm 2024."
    page = read(lan.get(give("du-thao.txt", text).headers["Location"]))
    finding = page.xpath('//aside//div[contains(@class,"finding loi")]')[0]
    assert "hai đơn vị" in words(finding)
    assert "0,82" in words(finding.find_class("sum")[0])
    assert page.xpath('//a[contains(@class,"wrong-mark")]')


def test_a_file_that_cannot_be_read_is_named_with_what_is_wrong(give, lan, read):
    answer = give("anh.docx", b"\x89PNG\r\n\x1a\n" + b"\0" * 64, htmx=True)
    assert answer.status_code == 422
    assert "anh.docx" in answer.content.decode()
    assert not read(lan.get("/van-ban/")).xpath('//a[contains(@href,"/van-ban/1")]')


def test_the_same_file_twice_leads_to_the_same_document(give):
    first, second = give("a.txt", SAID), give("b.txt", SAID)
    assert first.headers["Location"] == second.headers["Location"]


def test_htmx_is_sent_on_to_the_document(give):
    answer = give("a.txt", SAID, htmx=True)
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"].startswith("/van-ban/")


def test_the_text_of_a_document_cannot_bring_a_script(give, lan):
    text = "<script>alert(1)</script> Năm 2024, kim ngạch xuất khẩu của Hà Nội đạt 18,9 tỷ USD."
    answer = lan.get(give("<b>x.txt", text).headers["Location"])
    assert b"<script>alert" not in answer.content
    assert b"&lt;script&gt;alert" in answer.content


def test_the_original_is_a_download_and_nothing_else(give, lan):
    address = give("tong-ket.html", f"<html><body><p>{SAID}</p></body></html>").headers["Location"]
    answer = lan.get(f"{address}tep/")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="tong-ket.html"'
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_others_do_not_see_the_document_and_readers_may_not_decide(give, client, nguoi_ngoai, lanh_dao, lan, read):
    address = give("tong-ket.txt", SAID).headers["Location"]
    page = read(lan.get(address))
    client.force_login(nguoi_ngoai)
    assert client.get(address).status_code == 404
    assert decide(client, page, "18,9 tỷ USD", "nhan").status_code == 404
    client.force_login(lanh_dao)
    assert b"data-key=" not in client.get(address).content
    assert decide(client, page, "18,9 tỷ USD", "nhan").status_code in (403, 422)
    assert client.post(f"{address}nhan-het/").status_code == 403


def test_without_the_token_nothing_is_done(chuyen_vien, paper):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(chuyen_vien)
    answer = decide(strict, paper, "18,9 tỷ USD", "nhan")
    assert answer.status_code == 403
    assert "chưa có gì thay đổi" in answer.content.decode()


def test_accepting_all_leaves_what_is_called_wrong(give, lan, read, words):
    text = SAID + " Ngành công nghiệp đóng góp 0,82% điểm phần trăm vào mức tăng GRDP của Hà Nội năm 2024."
    address = give("tong-ket.txt", text).headers["Location"]
    page = read(lan.post(f"{address}nhan-het/", follow=True))
    assert "Đã nhận 3 số liệu vào sổ. Còn 1 số cần người xem." in words(page)


def test_what_holds_is_fetched_when_somebody_opens_the_list(give, lan, read, words):
    """A page of hundreds of findings carries what is in doubt; the rest is one more request."""
    text = " ".join(
        f"Năm 2024, Hà Nội khởi công {n + 30} cụm công nghiệp, trong đó hoàn thành {n} cụm." for n in range(2, 9)
    )
    address = give("cum.txt", text).headers["Location"]
    page = read(lan.get(address))
    assert "nằm trong" not in words(page.xpath("//aside")[0])
    fetched = lan.get(page.xpath("//details[@hx-get]/@hx-get")[0])
    assert fetched.content.decode().count("nằm trong") == 7
    assert page.xpath("//details[@hx-get]/@hx-trigger") == ["toggle once"]


def test_a_long_document_asks_the_database_as_often_as_a_short_one(give, lan, django_assert_max_num_queries):
    short = give("ngan.txt", SAID).headers["Location"]
    long = give("dai.txt", " ".join(SAID.replace("2024", str(year)) for year in range(2004, 2025))).headers["Location"]
    for address in (short, long):
        with django_assert_max_num_queries(18):
            assert lan.get(address).status_code == 200


def test_others_may_not_fetch_the_rest_of_the_findings(give, client, nguoi_ngoai):
    address = give("tong-ket.txt", SAID).headers["Location"]
    client.force_login(nguoi_ngoai)
    assert client.get(f"{address}ket-qua-khac/").status_code == 404
