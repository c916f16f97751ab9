"""PDF pages are read in the order people read them; what has no words is refused in plain words."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sct.errors import UserError
from sct.reading import open_document, read
from sct.reading.resolving import anchors_of, original, same_words
from tests.kit.reading.paper import Paper

LEFT = [
    "Trong quý I/2031, huyện Mường Thải",
    "có 43 cụm công nghiệp, tăng 6 cụm",
    "so với cùng kỳ năm trước.",
    "Xuất khẩu đạt 2,1 tỷ USD.",
]
RIGHT = ["Bán lẻ ước đạt 14,5 nghìn tỷ đồng,", "tăng 7,9% so với cùng kỳ.", "Số chợ là 120 chợ."]


def segments(document):
    return [(s.role, document.text[s.start : s.end]) for s in document.segments]


def test_columns_are_read_one_after_the_other_under_a_title_over_both():
    paper = Paper()
    paper.text(180, 60, "BÁO CÁO NHANH CỦA HUYỆN", 16)
    for n, line in enumerate(LEFT):
        paper.text(60, 120 + 15 * n, line)
    for n, line in enumerate(RIGHT):
        paper.text(320, 120 + 15 * n, line)
    document = open_document(paper.bytes(), "a.pdf")
    assert (
        [text for _role, text in segments(document)]
        == [
            "BÁO CÁO NHANH CỦA HUYỆN",
            " ".join(LEFT[:3]),
            LEFT[3],  # a line that ends early with a full stop ends its paragraph
            " ".join(RIGHT[:2]),
            RIGHT[2],
        ]
    )
    assert document.segments[0].role == "heading"
    quotes = [s.quote for s in read(document)]
    assert "43 cụm công nghiệp" in quotes and "tăng 7,9%" in quotes


def test_a_drawn_table_is_a_grid_with_merged_heads():
    paper = Paper()
    paper.text(60, 60, "Bảng 1. Chợ và siêu thị")
    xs, ys = (60, 200, 300, 400), (90, 110, 130, 150, 170)
    for y in ys:
        paper.line(60 if y != 110 else 200, y, 400, y)
    for x in xs:
        paper.line(x, 90 if x != 300 else 110, x, 170)
    for x, y, text in [(65, 105, "Địa bàn"), (230, 105, "Số cơ sở"), (205, 125, "Năm 2030"), (305, 125, "Năm 2031"),
                       (65, 145, "Bản Chang"), (205, 145, "17"), (305, 145, "18,5"), (65, 165, "Nà Hin"), (305, 165, "4")]:  # fmt: skip
        paper.text(x, y, text)
    document = open_document(paper.bytes(), "a.pdf")
    [table] = document.tables
    assert (table.rows, table.columns, table.head_rows, table.label_columns) == (4, 3, 2, 1)
    assert [document.text[c.start : c.end] for c in table.heads(2)] == ["Số cơ sở", "Năm 2031"]
    assert [document.text[c.start : c.end] for c in table.labels(3)] == ["Nà Hin"]
    assert document.text[slice(*table.title)] == "Bảng 1. Chợ và siêu thị"
    assert table.at(3, 1).start == table.at(3, 1).end


def test_columns_of_figures_without_rulings_are_a_table_too():
    paper = Paper()
    rows = [
        ("Tên", "Kế hoạch", "Thực hiện"),
        ("Khai khoáng", "12,5", "13,0"),
        ("Dệt may", "7", "8,1"),
        ("Điện", "101", "99"),
    ]
    for n, row in enumerate(rows):
        for x, text in zip((60, 220, 320), row, strict=True):
            paper.text(x, 80 + 16 * n, text)
    [table] = open_document(paper.bytes(), "a.pdf").tables
    assert (table.rows, table.columns, table.head_rows) == (4, 3, 1)


def test_a_sentence_that_goes_on_over_the_page_is_one_paragraph_and_page_numbers_are_furniture():
    paper = Paper()
    for number in range(1, 4):
        paper.text(60, 30, "Sở Công Thương huyện Nà Hin", 8)
        paper.text(
            60, 300, "Trong tháng 4 năm 2031, giá trị xuất khẩu của huyện đạt khoảng" if number == 1 else "Câu khác."
        )
        paper.text(60, 200, "Các chợ của huyện đã được sửa chữa theo kế hoạch, không chợ nào phải đóng.")
        paper.text(290, 820, str(number))
        if number == 2:
            paper.text(60, 90, "9,5 triệu USD, tăng 4% so với cùng kỳ.")
        paper.page()
    document = open_document(paper.bytes(), "a.pdf")
    joined = next(text for role, text in segments(document) if role == "body" and "tháng 4" in text)
    assert joined.endswith("khoảng 9,5 triệu USD, tăng 4% so với cùng kỳ.") or "khoảng 9,5 triệu USD" in joined
    assert [text for role, text in segments(document) if role == "furniture"].count("Sở Công Thương huyện Nà Hin") == 3
    statement = next(s for s in read(document) if "9,5" in s.quote)
    assert {a.place for a in anchors_of(document, statement.start, statement.end)} == {
        "page 1",
        "page 2",
    }  # "khoảng 9,5"


def test_a_figure_has_its_page_and_its_box():
    paper = Paper()
    paper.text(60, 100, "Năm 2031 có 43 chợ.")
    data = paper.bytes()
    document = open_document(data, "a.pdf")
    [statement] = read(document)
    boxes = [a.box for a in anchors_of(document, statement.start, statement.end)]
    assert all(60 < box[0] < box[2] < 250 and 85 < box[1] < box[3] < 106 for box in boxes)
    assert same_words(original(data, document, statement.start, statement.end), statement.quote)


@settings(max_examples=4, deadline=None)
@given(
    st.lists(
        st.lists(
            st.sampled_from(["tăng", "6,5%", "chợ", "Đà Nẵng", "(kế hoạch", "11,3%)", "ước"]), min_size=1, max_size=8
        ).map(" ".join),
        min_size=1,
        max_size=12,
    )
)
def test_any_span_of_a_page_leads_back_to_its_words(lines):
    paper = Paper()
    for n, line in enumerate(lines):
        paper.text(60, 60 + 20 * n, line)
    data = paper.bytes()
    document = open_document(data, "a.pdf")
    assert same_words(document.text.replace("\n", ""), "".join(lines))
    for segment in document.segments:
        middle = (segment.start + segment.end) // 2
        for start, end in (
            (segment.start, segment.end),
            (segment.start, max(middle, segment.start + 1)),
            (middle, segment.end),
        ):
            assert same_words(original(data, document, start, end), document.text[start:end])


def refusal(data):
    with pytest.raises(UserError) as refused:
        open_document(data, "a.pdf")
    return refused.value


def test_a_scan_is_refused_in_plain_words():
    paper = Paper()
    paper.picture(0, 0, 595, 842)
    refused = refusal(paper.bytes())
    assert refused.code == "scanned-pdf" and "quét" in str(refused)


def test_the_scanned_pages_among_others_are_told_by_their_numbers():
    paper = Paper()
    for n in range(1, 8):
        if n > 1:
            paper.page()
        if n in {2, 5, 6}:
            paper.picture(0, 0, 595, 842)
            paper.text(290, 820, str(n))
        else:
            paper.text(60, 100, f"Năm 2031 huyện Nà Hin có {n}3 chợ đang hoạt động.")
    document = open_document(paper.bytes(), "a.pdf")
    [note] = document.notes
    assert (note.code, note.pages) == ("scanned-pages", (2, 5, 6))
    assert "2, 5-6" in note.text
    assert [int(s.value) for s in read(document)] == [13, 33, 43, 73]


def test_a_file_read_to_the_end_has_no_notes():
    paper = Paper()
    paper.text(60, 100, "Năm 2031 có 43 chợ.")
    assert open_document(paper.bytes(), "a.pdf").notes == ()


def test_a_file_with_a_password_is_refused():
    paper = Paper(password="mật khẩu")
    paper.text(60, 60, "43 chợ")
    assert refusal(paper.bytes()).code == "encrypted-file"


def test_a_cut_file_is_refused_or_read():
    paper = Paper()
    paper.text(60, 60, "Năm 2031 có 43 chợ.")
    data = paper.bytes()
    for size in range(20, len(data), max(1, len(data) // 6)):
        try:
            open_document(data[:size], "a.pdf")
        except UserError as refused:
            assert refused.code in {"damaged-file", "no-text"}


def test_the_program_that_opens_pdf_is_stopped_when_it_takes_too_long(monkeypatch):
    from sct.reading import pdf

    monkeypatch.setattr(pdf, "_SECONDS", 0.0)
    monkeypatch.setattr(pdf, "_SECONDS_A_MB", 0.0)
    assert refusal(io.BytesIO(b"%PDF-1.7\n" + b"1 0 obj\n" * 10).getvalue()).code in {"too-long", "damaged-file"}
