"""Opening files: what is read of each kind, where it stands, and what is refused."""

import io
import unicodedata
import zipfile

import pytest

from sct.errors import UserError
from sct.reading import open_document, read
from tests.kit.reading.making import docx, html, paragraph, story, table

TEXTS = [
    "Năm 2022, tỉnh Sơn Trà xuất khẩu đạt 2,1 tỷ USD, tăng 6,5% so với năm 2021.",
    "Trong đó, hàng dệt may ước đạt 640 triệu USD, bằng 88% kế hoạch.",
]


def fields(statements):
    return [(s.quote, s.measure, s.value, s.period, s.baseline, s.status, s.area, s.subject) for s in statements]


def test_the_same_words_give_the_same_statements_in_every_kind_of_file():
    txt = read(open_document("\n".join(TEXTS).encode(), "a.txt"))
    word = read(open_document(docx("".join(map(paragraph, TEXTS))), "a.docx"))
    web = read(open_document(html(TEXTS), "a.html"))
    assert len(txt) == 4
    assert fields(word) == fields(txt)
    assert fields(web) == fields(txt)


def test_decomposed_accents_read_the_same_and_are_cited_as_they_stand():
    whole = "\n".join(TEXTS)
    apart = unicodedata.normalize("NFD", whole)
    document = open_document(apart.encode(), "a.txt")
    statements = read(document)
    assert [s.value for s in statements] == [s.value for s in read(open_document(whole.encode(), "a.txt"))]
    assert all(apart[s.start : s.end] == s.quote for s in statements)


def test_offsets_of_a_text_file_are_those_of_the_file():
    text = "\ufeff\r\n  Năm 2020\u00a0Quảng Bình có 14\u00a0chợ.\r\n"
    [statement] = read(open_document(text.encode(), "a.txt"))
    assert text[statement.start : statement.end] == statement.quote == "14\u00a0chợ"
    assert statement.place == "line 2"


def test_a_word_file_is_read_with_its_tables_notes_and_boxes():
    box = (
        '<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice><w:txbxContent>{paragraph('Trong khung')}</w:txbxContent></mc:Choice>"
        f"<mc:Fallback><w:txbxContent>{paragraph('Trong khung')}</w:txbxContent></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    deleted = "<w:p><w:del><w:r><w:t>đã xóa</w:t></w:r></w:del><w:ins><w:r><w:t>còn lại</w:t></w:r></w:ins></w:p>"
    note = f'<w:footnote w:type="separator">{paragraph("gạch")}</w:footnote><w:footnote>{paragraph("Chú thích")}</w:footnote>'
    styles = '<w:style w:styleId="H1"><w:name w:val="heading 1"/></w:style>'
    data = docx(
        paragraph("Tên mục", "H1") + paragraph("Thân bài.") + table([["A", "B"], ["C", "D"]]) + box + deleted,
        {
            "word/footnotes.xml": story("footnotes", note),
            "word/header1.xml": story("hdr", paragraph("Đầu trang")),
            "word/styles.xml": story("styles", styles),
        },
    )
    document = open_document(data, "a.docx")
    seen = [(document.text[s.start : s.end], s.place, s.role) for s in document.segments]
    assert seen == [
        ("Tên mục", "p1", "heading"),
        ("Thân bài.", "p2", "body"),
        ("A", "table1/r1/c1", "cell"),
        ("B", "table1/r1/c2", "cell"),
        ("C", "table1/r2/c1", "cell"),
        ("D", "table1/r2/c2", "cell"),
        ("Trong khung", "p7/box1/p8", "heading"),
        ("còn lại", "p9", "heading"),
        ("Chú thích", "footnote2/p1", "note"),
        ("Đầu trang", "header1/p1", "furniture"),
    ]


def test_of_a_web_page_only_the_main_text_is_read():
    around = (
        "<nav><a href='#'>Kinh tế 24 giờ: 300 tin</a></nav><script>var x = '17 chợ';</script>"
        "<div><a href='1'>Thêm 5 dự án mới</a> <a href='2'>Khai trương 8 siêu thị</a></div>"
    )
    document = open_document(html(["Năm 2021 Lạng Sơn có 31 chợ.", "Lượt xem: 512"], around), "a.html")
    assert [s.quote for s in read(document)] == ["31 chợ"]
    assert [s.place for s in document.segments if s.role == "body"] == ["html/body/p[1]"]


def test_an_article_element_is_the_main_text():
    long = "Năm 2021 huyện Ba Tri xây dựng 9 chợ nông thôn, cải tạo 4 chợ và khánh thành 2 siêu thị. " * 3
    page = f"<html><body><p>Ngoài lề có 77 chợ.</p><article><p>{long}</p></article><p>Hết: 5 chợ.</p></body></html>"
    assert "77" not in open_document(page.encode(), "a.html").text


def test_clocks_counters_tags_and_related_links_are_furniture():
    lines = [
        "Thứ Sáu, 03/05/2024 08:15:00",
        "Lượt xem: 1.204",
        "Tin đăng lúc 02-05-2024",
        "Tháng 4 năm nay Cao Bằng có 52 chợ.",
        "Tin liên quan:",
        "Khánh thành 3 nhà máy",
    ]
    document = open_document("\n".join(lines).encode(), "a.txt")
    assert [s.role for s in document.segments] == ["furniture"] * 3 + ["body"] + ["furniture"] * 2
    [statement] = read(document)
    assert (statement.quote, statement.period) == ("52 chợ", "2024-04")  # the year is that of the date line


def zip_of(entries: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in entries.items():
            package.writestr(name, content)
    return stream.getvalue()


ENTITIES = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
BAD = [
    ("empty", "a.txt", b"", "empty-file"),
    ("blank", "a.txt", b" \r\n\t ", "empty-file"),
    ("binary renamed docx", "a.docx", bytes(range(256)) * 9, "not-a-docx"),
    ("text renamed docx", "a.docx", "Năm 2020".encode(), "not-a-docx"),
    ("cut zip", "a.docx", b"PK\x03\x04" + b"\x00" * 40, "not-a-docx"),
    ("workbook renamed docx", "a.docx", zip_of({"xl/workbook.xml": b"<x/>"}), "not-a-docx"),
    ("workbook", "a.xlsx", zip_of({"xl/workbook.xml": b"<x/>"}), "unknown-kind"),
    ("zip bomb", "a.docx", zip_of({"word/document.xml": b"0" * 40_000_000}), "zip-bomb"),
    ("too many parts", "a.docx", zip_of({f"word/{n}": b"" for n in range(4100)}), "zip-bomb"),
    ("entities", "a.docx", docx(paragraph("&b;"), prolog=ENTITIES), "xml-entities"),
    ("doctype", "a.docx", docx(paragraph("x"), prolog='<!DOCTYPE x SYSTEM "http://a.example/x.dtd">'), "xml-entities"),
    ("broken xml", "a.docx", zip_of({"word/document.xml": b"<w:document"}), "damaged-file"),
    ("no text", "a.docx", docx(""), "no-text"),
    ("old encoding", "a.txt", "Hà Nội\nnăm".encode() + "\xe9\xf4".encode("latin-1"), "wrong-encoding"),
    ("binary text", "a.txt", b"abc\x00\x01\x02", "wrong-encoding"),
    ("unknown charset", "a.html", b'<html><meta charset="tcvn-3"><p>x</p></html>', "wrong-encoding"),
    ("entities in a page", "a.xhtml", ENTITIES.encode() + b"<html><p>&b;</p></html>", "xml-entities"),
    ("page without text", "a.html", b"<html><body></body></html>", "no-text"),
    ("broken pdf", "a.pdf", b"%PDF-1.7 ...", "damaged-file"),
    ("pdf renamed", "a.txt", b"%PDF-1.7 ...", "damaged-file"),
    ("text renamed pdf", "a.pdf", b"Nam 2020", "wrong-kind"),
    ("picture", "a.jpg", b"\xff\xd8\xff\xe0...", "picture"),
    ("text renamed doc", "a.doc", b"Nam 2020", "wrong-kind"),
    ("old workbook", "a.xls", b"\xd0\xcf\x11\xe0...", "unknown-kind"),
    ("unknown", "a.xyz", b"abc", "unknown-kind"),
]


@pytest.mark.parametrize(("name", "data", "code"), [case[1:] for case in BAD], ids=[case[0] for case in BAD])
def test_what_cannot_be_read_is_refused_with_one_sentence_and_its_file(name, data, code):
    with pytest.raises(UserError) as refused:
        open_document(data, name)
    assert refused.value.code == code
    sentence = str(refused.value)
    assert sentence.startswith(name)
    assert sentence.endswith(".") and "\n" not in sentence


def test_the_line_of_a_wrong_byte_is_told():
    with pytest.raises(UserError) as refused:
        open_document(b"mot\nhai\nba \xff\n", "a.txt")
    assert refused.value.place.line == 3
