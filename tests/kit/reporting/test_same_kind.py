"""Text files, web pages and workbooks come back as they were, but for the figures that were mended."""

import io
import zipfile
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sct.errors import UserError
from sct.reading import open_document
from sct.reading.legacy import charsets
from sct.reading.workbooks.opening import open_workbook
from sct.reporting.commented import Change
from sct.reporting.mended_cells import CellChange, mended_cells
from sct.reporting.same_kind import same_kind

LINE = "Năm 2031, thành phố có 43 chợ và bán được 835,3 nghìn tỷ đồng hàng hóa & dịch vụ."


def change(document, old, new):
    at = document.text.index(old)
    return Change(at, at + len(old), new)


def mended(data, name, *pairs):
    document = open_document(data, name)
    return same_kind(data, document, [change(document, *pair) for pair in pairs])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_text_file_keeps_its_encoding_and_its_line_ends(encoding, ends):
    text = f"Báo cáo{ends}{ends}  {LINE}{ends}"
    made = mended(text.encode(encoding), "a.txt", ("835,3", "853,3"), ("43 chợ", "44 chợ"))
    assert made == text.replace("835,3", "853,3").replace("43 chợ", "44 chợ").encode(encoding)


@pytest.mark.parametrize("code", ["tcvn3", "vni"])
def test_a_text_in_an_old_encoding_stays_in_it(code):
    back = {meant: typed for typed, meant in charsets()[code].table.items()}
    typed = "".join(back.get(letter, letter) for letter in f"Thông báo\n{LINE}\nTrân trọng./.\n")
    data = typed.encode("cp1252")
    made = mended(data, "a.txt", ("835,3 nghìn tỷ đồng", "853,3 nghìn tỷ đồng"))
    assert made == data.replace(b"835,3", b"853,3")


PAGE = """<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>Tin 835,3</title><style>p { margin: 0 }</style></head>
<body class='x'><nav>43</nav><article><!-- 835,3 --><h1>Bán lẻ</h1>
<p>Năm 2031, thành phố có <b>43</b> chợ và bán được&nbsp;<span
 title="835,3 > 1">835,3</span>   nghìn tỷ&nbsp;đồng hàng hóa &amp; dịch vụ, tăng 7,9%.</p><p>Thành phố có 43 chợ.</p>
</article></body></html>"""


def test_a_page_keeps_its_markup_comments_and_entities():
    made = mended(PAGE.encode(), "a.html", ("835,3", "853,3"), ("7,9%", "8,1%"))
    expected = PAGE.replace('1">835,3<', '1">853,3<').replace("7,9%", "8,1%")
    assert made.decode() == expected


def test_of_two_like_texts_of_a_page_the_right_one_is_mended():
    document = open_document(PAGE.encode(), "a.html")
    at = document.text.rindex("43")
    made = same_kind(PAGE.encode(), document, [Change(at, at + 2, "44")])
    assert made.decode() == PAGE.replace("có 43 chợ.", "có 44 chợ.")


def test_words_that_would_be_markup_are_written_as_words():
    made = mended(PAGE.encode(), "a.html", ("835,3", "<b>853 & hơn"))
    assert "<b>853 & hơn" in open_document(made, "a.html").text
    assert b"&lt;b&gt;853 &amp; h" in made


def test_words_over_several_tags_are_mended_or_refused_never_garbled():
    try:
        made = mended(PAGE.encode(), "a.html", ("835,3 nghìn tỷ", "853,3 nghìn tỷ"))
    except UserError as error:
        assert error.code == "not-in-place"
    else:
        assert "853,3 nghìn tỷ" in open_document(made, "a.html").text


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.sampled_from(["835,3", "43", " ", "\n", "đ", "e\u0301", "<b>", "</b>", "&amp;", "&nbsp;", "tăng 7,9%"]),
        max_size=14,
    )
)
def test_whatever_the_page_the_rest_of_it_stays(pieces):
    data = f"<p>Có 12,5% và {''.join(pieces)}.</p>".encode()
    document = open_document(data, "a.html")
    try:
        made = same_kind(data, document, [change(document, "12,5%", "13,5%")])
    except UserError as error:
        assert error.code == "not-in-place"
        return
    assert made == data.replace(b"12,5%", b"13,5%")


# -- workbooks ------------------------------------------------------------------------------------------------------


@pytest.fixture
def book():
    """A workbook with looks, a chart, a note, a text that is a number, and a formula."""
    import xlsxwriter

    stream = io.BytesIO()
    made = xlsxwriter.Workbook(stream)
    sheet = made.add_worksheet("Tổng mức")
    sheet.write_row(0, 0, ["Chỉ tiêu", "Tháng 1", "Tháng 2"])
    sheet.write("A2", "Bán lẻ")
    sheet.write_number("B2", 835.3, made.add_format({"num_format": "#,##0.0", "bold": True}))
    sheet.write_string("C2", "70,5")
    sheet.write_formula("B3", "=B2*2", value=1670.6)
    sheet.write_comment("B2", "ghi chú")
    sheet.merge_range("A5:C5", "Ghi chú chung")
    chart = made.add_chart({"type": "line"})
    chart.add_series({"values": "='Tổng mức'!$B$2:$C$2"})
    sheet.insert_chart("E2", chart)
    made.close()
    return stream.getvalue()


def cells(data):
    (sheet,) = open_workbook(data, "a.xlsx").sheets
    return sheet


def test_a_number_of_a_cell_is_replaced_and_every_other_part_stays_byte_for_byte(book):
    made = mended_cells(book, "a.xlsx", [CellChange("Tổng mức", "B2", "1.853,3"), CellChange("Tổng mức", "C2", "71,5")])
    assert (cells(made).at(1, 1), cells(made).at(1, 2)) == (1853.3, 71.5)
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(io.BytesIO(made)) as new:
        assert old.namelist() == new.namelist()
        changed = sorted(name for name in old.namelist() if old.read(name) != new.read(name))
        assert changed == ["xl/workbook.xml", "xl/worksheets/sheet1.xml"]
        sheet, workbook = new.read(changed[1]).decode(), new.read(changed[0]).decode()
    assert 's="1"><v>1853.3</v>' in sheet  # its look stays
    assert 'fullCalcOnLoad="1"' in workbook  # formulas that rest on it are computed when Excel opens the file


def test_a_part_that_cannot_be_read_is_a_sentence_not_a_crash(book):
    """Found by fuzzing: the name of a part in the zip's list is another than before its bytes."""
    at = book.rindex(b"xl/drawings/vmlDrawing1.vml")
    with pytest.raises(UserError) as told:
        mended_cells(book[: at + 7] + b"H" + book[at + 8 :], "a.xlsx", [CellChange("Tổng mức", "B2", "5")])
    assert told.value.code == "damaged-file"


def test_a_formula_is_never_written_over(book):
    with pytest.raises(UserError) as told:
        mended_cells(book, "a.xlsx", [CellChange("Tổng mức", "B3", "5")])
    assert told.value.code == "formula-cell"
    assert told.value.place.cell == "B3"


@pytest.mark.parametrize(
    ("sheet", "cell", "words"), [("Khác", "B2", "5"), ("Tổng mức", "Z9", "5"), ("Tổng mức", "B2", "năm")]
)
def test_what_cannot_be_done_is_said(book, sheet, cell, words):
    with pytest.raises(UserError):
        mended_cells(book, "a.xlsx", [CellChange(sheet, cell, words)])


def test_a_file_of_another_kind_comes_back_as_xlsx_with_its_words_numbers_and_merged_cells(book):
    """Here without LibreOffice: looks and formulas are lost, and the page says so."""
    from sct.reporting.mended_cells import _set_anew

    plain = _set_anew(book, "a.xlsx")
    assert [list(row) for row in cells(plain).rows] == [list(row) for row in cells(book).rows]
    assert cells(plain).merged == cells(book).merged


@given(st.fractions(min_value=-(10**12), max_value=10**12, max_denominator=1).map(lambda n: n / 10**4))
def test_a_number_is_written_without_an_exponent(number):
    from sct.reporting.mended_cells import _written

    assert Fraction(_written(number)) == number
    assert "e" not in _written(number).lower()
