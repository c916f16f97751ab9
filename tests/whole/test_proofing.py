"""Soát số liệu in a browser: drop a draft, walk through the findings by keys, mend, keep, take the Word file away."""

import io

import docx
import pytest

from sct.samples import DOCUMENTS

pytestmark = pytest.mark.browser

TEXT = (
    "Năm 2024, kim ngạch xuất khẩu của Hà Nội ước đạt 18,9 tỷ USD, tăng 11,9% so với năm 2023. "
    "Ngành công nghiệp đóng góp 0,82% điểm phần trăm vào mức tăng chung của GRDP năm 2024."
)


@pytest.fixture
def proofed(visit, tmp_path):
    def drop(width="desktop", text=TEXT):
        made = docx.Document()
        made.add_paragraph(text)
        made.save(tmp_path / "du-thao.docx")
        page = visit("/soat/", width=width)
        page.set_input_files("#files", tmp_path / "du-thao.docx")
        page.wait_for_selector("#proofed .account")
        return page

    return drop


def test_keys_walk_mend_skip_and_take_back(proofed):
    page = proofed()
    page.keyboard.press("j")
    card = page.locator("[data-finding][aria-current]")
    assert card.get_attribute("data-verdict") == "loi"
    page.keyboard.press("r")
    assert page.locator("article ins.new").inner_text() == "đóng góp 0,82 điểm phần trăm"
    page.keyboard.press("u")
    assert page.locator("article ins.new").count() == 0
    page.keyboard.press("e")
    page.keyboard.press("Control+A")
    page.keyboard.type("đóng góp 0,8 điểm phần trăm")
    page.keyboard.press("Enter")
    assert page.locator("article ins.new").inner_text() == "đóng góp 0,8 điểm phần trăm"
    with page.expect_download() as taken:
        page.click("text=Tải Word có nhận xét")
    made = docx.Document(io.BytesIO(taken.value.path().read_bytes()))
    assert any("LỖI" in comment.text for comment in made.comments)
    from sct.reading import open_document

    assert "đóng góp 0,8 điểm phần trăm" in open_document(taken.value.path().read_bytes(), "a.docx").text


def test_a_finding_is_kept_with_a_reason_and_taken_back(proofed):
    page = proofed()
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.keyboard.type("theo văn bản gốc")
    page.click("[data-finding][aria-current] button:text-is('Giữ nguyên')")
    page.wait_for_selector("[data-finding].kept [data-kept]")
    assert "theo văn bản gốc" in page.locator("[data-kept]").inner_text()
    page.click("[data-kept] button")
    page.wait_for_function("() => !document.querySelector('[data-finding].kept')")


def test_filters_show_what_holds(proofed):
    page = proofed(text="Khởi công 43 cụm công nghiệp, trong đó hoàn thành ít nhất 20 cụm. " + TEXT)
    shown = page.locator("[data-finding]:not([hidden])")
    before = shown.count()
    holding = page.locator("button[data-filter=verdict][value=khop]")
    if holding.count():
        holding.click()
        assert shown.count() > before
    page.locator("button[data-filter=verdict][value=loi]").click()
    assert page.locator("[data-verdict=loi]:not([hidden])").count() == 0


def test_pasted_words_are_proofed_on_a_phone(visit):
    page = visit("/soat/", width="phone")
    page.fill("#pasted", TEXT)
    page.click("button[data-go]")
    page.wait_for_selector("#proofed .account")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator("[data-verdict=loi]").count() == 1


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_a_proofed_paper_has_no_barrier(visit, width):
    from tests.whole.test_look import barriers

    page = visit("/soat/", width=width)
    page.set_input_files("#files", sorted(path for path in DOCUMENTS.iterdir() if path.suffix in {".docx", ".txt"}))
    page.wait_for_selector("#proofed .account")
    assert barriers(page) == []
