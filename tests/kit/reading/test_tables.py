"""Tables of every kind come out as grids: heads over columns, labels before rows, unit and notes."""

from sct.reading import open_document
from tests.kit.reading.making import docx, html, paragraph

P = paragraph


def tc(text, span=1, merge=""):
    look = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    look += {"start": '<w:vMerge w:val="restart"/>', "on": "<w:vMerge/>"}.get(merge, "")
    return f"<w:tc><w:tcPr>{look}</w:tcPr>{P(text)}</w:tc>"


WORD = docx(
    P("Bảng 3. Xuất khẩu theo nhóm hàng")
    + P("Đơn vị tính: triệu USD")
    + "<w:tbl>"
    + f"<w:tr>{tc('Nhóm hàng', merge='start')}{tc('Kim ngạch', 2)}{tc('So sánh (%)', merge='start')}</w:tr>"
    + f"<w:tr>{tc('', merge='on')}{tc('Năm 2021')}{tc('Năm 2022')}{tc('', merge='on')}</w:tr>"
    + f"<w:tr>{tc('A')}{tc('1')}{tc('2')}{tc('3=2/1')}</w:tr>"
    + f"<w:tr>{tc('Nông sản')}{tc('120,5')}{tc('131,0')}{tc('108,7')}</w:tr>"
    + f"<w:tr>{tc('Dệt may')}{tc('')}{tc('77')}{tc('-')}</w:tr>"
    + f"<w:tr>{tc('Ghi chú: số liệu sơ bộ', 4)}</w:tr>"
    + "</w:tbl>"
    + P("Nguồn: cơ quan hải quan")
)


def words(document, cells):
    return [document.text[cell.start : cell.end] for cell in cells]


def test_a_word_table_with_merged_heads_is_a_grid():
    document = open_document(WORD, "a.docx")
    [table] = document.tables
    assert (table.rows, table.columns, table.head_rows, table.label_columns) == (6, 4, 3, 1)
    assert words(document, table.heads(2)) == ["Kim ngạch", "Năm 2022", "2"]
    assert words(document, table.heads(3)) == ["So sánh (%)", "3=2/1"]
    assert words(document, table.labels(4)) == ["Dệt may"]
    assert table.data_rows == (3, 4) and table.note_rows == (5,)
    assert document.text[slice(*table.title)] == "Bảng 3. Xuất khẩu theo nhóm hàng"
    assert document.text[slice(*table.unit)] == "Đơn vị tính: triệu USD"
    assert [document.text[a:b] for a, b in table.notes] == ["Ghi chú: số liệu sơ bộ", "Nguồn: cơ quan hải quan"]
    empty = table.at(4, 1)
    assert empty is not None and empty.start == empty.end and empty.place == "table1/r5/c2"


def test_a_web_table_with_spans_is_the_same_grid():
    rows = (
        "<thead><tr><th rowspan='2'>Ngành</th><th colspan='2'>So với cùng kỳ (%)</th></tr>"
        "<tr><th>Tháng 5</th><th>5 tháng</th></tr></thead>"
        "<tr><td>Khai khoáng</td><td>97,1</td><td>99</td></tr><tr><td colspan=2>Trống</td><td>88,2</td></tr>"
    )
    page = html([]).replace(b"</body>", f"<p>Biểu 1: Chỉ số (ĐVT: %)</p><table>{rows}</table></body>".encode())
    document = open_document(page, "a.html")
    [table] = document.tables
    assert (table.rows, table.columns, table.head_rows, table.label_columns) == (4, 3, 2, 1)
    assert words(document, table.heads(2)) == ["So với cùng kỳ (%)", "5 tháng"]
    assert document.text[slice(*table.unit)] == "(ĐVT: %)"
    assert table.at(3, 1) == table.at(3, 0)


def test_a_table_that_lays_a_page_out_is_read_as_paragraphs():
    prose = "Năm 2022 Lào Cai có 57 chợ, tăng 2 chợ so với năm trước; " * 14
    page = html([]).replace(
        b"</body>", f"<table><tr><td>Trang chủ</td><td><p>{prose}</p></td></tr></table></body>".encode()
    )
    assert open_document(page, "a.html").tables == ()


def test_ordinals_before_names_are_labels_and_sections_are_no_heads():
    body = "".join(
        "<w:tr>" + "".join(map(tc, row)) + "</w:tr>"
        for row in [
            ("STT", "Tên", "ĐVT", "Kế hoạch"),
            ("", "Công nghiệp", "", ""),
            ("1", "Cụm mới", "cụm", "4"),
            ("2", "Chợ", "chợ", "17"),
        ]
    )
    [table] = open_document(docx(f"<w:tbl>{body}</w:tbl>"), "a.docx").tables
    assert (table.head_rows, table.label_columns) == (1, 3)


def test_a_table_without_figures_has_no_heads_unless_the_file_says_so():
    body = "<w:tr>" + tc("Nơi nhận") + tc("GIÁM ĐỐC") + "</w:tr>"
    [table] = open_document(docx(f"<w:tbl>{body}</w:tbl>"), "a.docx").tables
    assert table.head_rows == 0
