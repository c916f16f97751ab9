"""What is no workbook, or was made to harm, is refused with one sentence that names the place."""

import io
import zipfile

import pytest

from sct.errors import UserError
from sct.reading.workbooks import read_workbook
from tests.kit.reading.workbooks.making import xlsx

GOOD = xlsx(
    [
        (
            "Tổng mức",
            [
                ["Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tháng 5 năm 2026", "", ""],
                ["Chỉ tiêu", "Thực hiện tháng 4/2026", "Ước tính tháng 5/2026"],
                ["Tổng số", 10, 11],
                ["Bán lẻ hàng hóa", 5, 6],
            ],
            [],
        )
    ]
)


def repacked(change=None, add=None, data=GOOD):
    """The good workbook with parts changed or added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            body = old.read(entry)
            new.writestr(entry.filename, (change or {}).get(entry.filename, lambda text: text)(body))
        for name, body in (add or {}).items():
            new.writestr(name, body)
    return stream.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
ENTITY = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>'
CASES = {
    "empty": (b"", "empty-file"),
    "only zeros": (b"\0" * 4096, "empty-file"),
    "csv under another name": ("Tháng;Số\n1;2\n".encode(), "not-a-workbook"),
    "a web page": (b"<!DOCTYPE html><html><table><tr><td>1</td></tr></table></html>", "not-a-workbook"),
    "a pdf": (b"%PDF-1.7\n...", "not-a-workbook"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "not-a-workbook"),
    "cut off": (GOOD[: len(GOOD) // 2], "not-a-workbook"),
    "an entity": (repacked({SHEET: lambda t: t.replace(b"?>", b"?>" + ENTITY, 1)}), "xml-entities"),
    "a bomb": (repacked(add={"xl/media/a.xml": b"a" * (60 * 2**20)}), "zip-bomb"),
    "a cell at the end of the world": (
        repacked({SHEET: lambda t: t.replace(b'r="C4"', b'r="XFD1048576"')}),
        "sheet-too-large",
    ),
    "binary xlsb": (repacked(add={"xl/workbook.bin": b"\1\2"}), "binary-workbook"),
    "old office garbage": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 2000, "damaged-file"),
    "with a password": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600,
        "encrypted-file",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_it_is_refused_with_one_sentence_that_names_the_file(case):
    data, code = CASES[case]
    with pytest.raises(UserError) as refused:
        read_workbook(data, "thang-5.xlsx")
    assert refused.value.code == code
    sentence = refused.value.sentence()
    assert sentence.startswith("thang-5.xlsx") and "\n" not in sentence


def test_a_zip_without_a_workbook_is_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        made.writestr("readme.txt", "nothing")
    with pytest.raises(UserError) as refused:
        read_workbook(stream.getvalue(), "x.xlsx")
    assert refused.value.code == "not-a-workbook"


def test_damaged_xml_is_refused_with_its_sheet():
    data = repacked({SHEET: lambda text: text[:-40]})
    with pytest.raises(UserError) as refused:
        read_workbook(data, "x.xlsx")
    assert refused.value.code == "damaged-file"


def test_macros_are_never_run_and_the_figures_are_read():
    assert len(read_workbook(repacked(add={"xl/vbaProject.bin": b"Sub AutoOpen"}), "x.xlsm").cells) == 4


def test_a_formula_counts_by_the_value_beside_it_and_is_never_computed():
    computed = repacked({SHEET: lambda t: t.replace(b'<c r="C3"><v>11</v></c>', b'<c r="C3"><f>B3+1</f><v>11</v></c>')})
    cells = {c.cell: c for c in read_workbook(computed, "x.xlsx").cells}
    assert cells["C3"].value == 11 and "formula-without-value" not in cells["C3"].flags


def test_a_formula_without_a_value_is_no_data_and_said_so():
    never = repacked({SHEET: lambda t: t.replace(b'<c r="C3"><v>11</v></c>', b'<c r="C3"><f>B3+1</f></c>')})
    cells = {c.cell: c for c in read_workbook(never, "x.xlsx").cells}
    assert cells["C3"].value is None
    assert "formula-without-value" in cells["C3"].flags


def test_a_text_that_looks_like_a_formula_stays_a_text():
    book = read_workbook(
        xlsx(
            [
                (
                    "Tổng mức",
                    [
                        ["Tổng mức bán lẻ hàng hóa tháng 5 năm 2026", "", ""],
                        ["Chỉ tiêu", "Thực hiện tháng 4/2026", "Ước tính tháng 5/2026"],
                        ["Tổng số", 10, "=HYPERLINK(1)"],
                        ["Bán lẻ hàng hóa", 5, 6],
                    ],
                    [],
                )
            ]
        ),
        "x.xlsx",
    )
    cell = next(c for c in book.cells if c.cell == "C3")
    assert (cell.value, cell.set_aside) == (None, "not-a-number")
