"""`sct proof FILE… --json`: documents and workbooks together, a list of findings for machines; with the ledger too."""

import json
from pathlib import Path

import pytest

from sct.cli import main

SHARED = Path(__file__).resolve().parents[4] / "shared" / "samples"
KEYS = {"check", "verdict", "document", "place", "operands", "interval", "message"}
DRAFT = (
    "Năm 2031, kim ngạch xuất khẩu của Hà Nội đạt 18,94 tỷ USD, tăng 11,9%; năm 2030, kim ngạch xuất khẩu đạt 18,00 tỷ USD. "
    "Ngành công nghiệp đóng góp 0,82% điểm phần trăm vào mức tăng chung của GRDP năm 2031."
)


@pytest.fixture
def files(tmp_path):
    from tests.office.web.test_proofing import workbook

    (tmp_path / "du-thao.txt").write_text(DRAFT, "utf-8")
    (tmp_path / "thang-5.xlsx").write_bytes(workbook())
    return [str(tmp_path / "du-thao.txt"), str(tmp_path / "thang-5.xlsx")]


def told(capsys, *arguments):
    code = main(["proof", *arguments, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_documents_and_workbooks_are_proofed_together_and_each_operand_has_its_place(capsys, files):
    code, found = told(capsys, *files)
    assert code == 1  # something cannot be right
    assert isinstance(found, list) and all(set(one) >= KEYS for one in found)
    assert {one["document"] for one in found} == {"du-thao.txt", "thang-5.xlsx"}
    for one in found:
        assert one["verdict"] in {"KHỚP", "GỢI Ý", "NGHI", "LỖI", "KHÔNG KIỂM ĐƯỢC"}
        assert one["message"] and isinstance(one["operands"], list)
        for place in [one["place"], *(operand["place"] for operand in one["operands"])]:
            assert set(place) in ({"start", "end"}, {"sheet", "cell"})
    (growth,) = [one for one in found if one["check"] == "C1" and one["document"] == "du-thao.txt"]
    assert growth["verdict"] == "LỖI"
    assert DRAFT[growth["place"]["start"] : growth["place"]["end"]] == "tăng 11,9%"
    assert growth["interval"][0] < 100 * (18.94 / 18 - 1) < growth["interval"][1]
    assert {(o["place"].get("sheet"), o["place"].get("cell")) for one in found if one["document"] == "thang-5.xlsx"
            for o in one["operands"]} >= {("Tổng mức", "C4")}  # fmt: skip


def test_what_agrees_ends_with_zero_and_what_cannot_be_read_with_two(capsys, tmp_path):
    (tmp_path / "a.txt").write_text("Năm 2031, kim ngạch xuất khẩu của Hà Nội đạt 18,9 tỷ USD.", "utf-8")
    assert told(capsys, str(tmp_path / "a.txt")) == (0, [])
    assert main(["proof", str(tmp_path / "khong-co.txt"), "--json"]) == 2


@pytest.fixture
def five():
    if not SHARED.is_dir():
        pytest.skip("the five sample documents lie beside the checkout, in ../shared/samples/documents, and are absent")
    return [str(path) for path in sorted((SHARED / "documents").glob("*.txt"))]


def remarks(found):
    return sorted((one["check"], one["verdict"]) for one in found if one["verdict"] in ("GỢI Ý", "NGHI", "LỖI"))


def test_the_five_articles_give_the_six_findings_by_the_command(capsys, five):
    code, found = told(capsys, *five)
    assert code == 1
    assert remarks(found) == [
        ("C18", "GỢI Ý"), ("C26", "LỖI"), ("C31", "NGHI"), ("C32", "GỢI Ý"), ("C41", "NGHI"), ("C44", "GỢI Ý"),
    ]  # fmt: skip


@pytest.mark.long
def test_beside_the_real_ledger_they_have_no_other_error_and_no_other_doubt(capsys, five, sample):
    """The ledger adds matches and what was published later or otherwise; nothing more is called LỖI or NGHI."""
    _code, found = told(capsys, *five, "--ledger")
    held = [one for one in found if one["verdict"] == "KHỚP" and one["check"] == "C42"]
    assert len(held) > 15
    assert [one for one in remarks(found) if one[1] != "GỢI Ý"] == [("C26", "LỖI"), ("C31", "NGHI"), ("C41", "NGHI")]


@pytest.mark.long
def test_the_real_workbooks_and_articles_go_through_one_command(capsys, five):
    books = [str(path) for path in sorted((SHARED / "workbooks").glob("*.xls*"))]
    _code, found = told(capsys, *five, *books)
    wrong = {
        (one["place"]["sheet"], one["place"]["cell"])
        for one in found
        if one["verdict"] == "LỖI" and "sheet" in one["place"]
    }
    assert wrong == {("XNK", "D9"), ("XNK", "I5"), ("Năm 2022", "C10"), ("Năm 2022", "E10")}
