"""Every place of a document leads back to the same words in its file, whatever the kind."""

import unicodedata

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from sct.errors import UserError
from sct.reading import open_document, read
from sct.reading.resolving import check, original, same_words
from tests.kit.reading.making import W, docx, html, paragraph
from tests.strategies_files import text_files, web_pages, word_files

FILES = st.one_of(
    word_files.map(lambda data: (data, "a.docx")),
    web_pages.map(lambda data: (data, "a.html")),
    text_files.map(lambda data: (data, "a.txt")),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(FILES, st.data())
def test_any_span_of_a_block_leads_back_to_its_words(file, data):
    content, name = file
    try:
        document = open_document(content, name)
    except UserError as refused:
        assume(refused.code != "no-text")
        raise
    check(document, read(document))
    for segment in document.segments:
        start = data.draw(st.integers(segment.start, segment.end - 1))
        end = data.draw(st.integers(start + 1, segment.end))
        assert same_words(original(content, document, start, end), document.text[start:end])


@settings(max_examples=40, deadline=None)
@given(FILES)
def test_accents_typed_apart_read_the_same_and_lead_back(file):
    content, name = file
    assume(name != "a.docx")  # made of a zip: see the next test
    try:
        whole = open_document(content, name)
        apart = open_document(unicodedata.normalize("NFD", content.decode()).encode(), name)
    except UserError:
        return
    assert unicodedata.normalize("NFC", apart.text) == whole.text
    for segment in apart.segments:
        found = original(unicodedata.normalize("NFD", content.decode()).encode(), apart, segment.start, segment.end)
        assert same_words(found, apart.text[segment.start : segment.end])


def test_a_letter_and_its_accent_in_two_runs_are_one_letter_of_both():
    apart = unicodedata.normalize("NFD", "Hòa Bình có 14 chợ")
    body = f"<w:p><w:r><w:t>{apart[:2]}</w:t></w:r><w:r><w:t>{apart[2:]}</w:t></w:r></w:p>"
    data = docx(body)
    document = open_document(data, "a.docx")
    assert document.text == "Hòa Bình có 14 chợ"
    assert original(data, document, 0, 2) == "Hò"
    assert [(a.place, a.at, a.until) for a in document.anchors[:2]] == [
        ("word/document.xml#r1", 0, 1),
        ("word/document.xml#r1", 1, 2),
    ]


def test_the_place_of_a_figure_is_its_run_with_offsets():
    body = f'<w:p><w:r><w:t xml:space="preserve">Năm 2022 Lào Cai có </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>5</w:t></w:r><w:r><w:t>7 chợ.</w:t></w:r></w:p>{paragraph("Hết.")}'
    document = open_document(docx(body), "a.docx")
    [statement] = read(document)
    assert statement.quote == "57 chợ"
    from sct.reading.resolving import anchors_of

    found = anchors_of(document, statement.start, statement.end)
    assert [(a.place, a.at, a.until) for a in found] == [("word/document.xml#r2", 0, 1), ("word/document.xml#r3", 0, 5)]


def test_hidden_text_and_old_copies_are_no_part_of_the_text():
    hidden = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn 99%</w:t></w:r><w:r><w:t>thấy 7%</w:t></w:r></w:p>"
    assert open_document(docx(hidden), "a.docx").text == "thấy 7%"


def test_a_quote_that_is_not_in_the_text_is_refused():
    from dataclasses import replace

    document = open_document("Năm 2022 Lào Cai có 57 chợ.".encode(), "a.txt")
    [statement] = read(document)
    check(document, [statement])
    with pytest.raises(UserError, match="57"):
        check(document, [replace(statement, start=statement.start + 1, end=statement.end + 1)])


NUMBERING = f"""<?xml version="1.0"?><w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num></w:numbering>"""


def item(text, listed, depth):
    return f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{listed}"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'


def test_items_of_lists_carry_the_mark_that_word_prints():
    body = "".join(
        item(*one) for one in [("một", 1, 0), ("hai", 1, 1), ("ba", 1, 1), ("bốn", 1, 0), ("năm", 1, 1), ("sáu", 2, 0)]
    )
    document = open_document(docx(body, {"word/numbering.xml": NUMBERING}), "a.docx")
    assert [(s.role, s.level, s.mark) for s in document.segments] == [
        ("item", 1, "I."), ("item", 2, "a)"), ("item", 2, "b)"), ("item", 1, "II."), ("item", 2, "a)"), ("item", 1, "•")
    ]  # fmt: skip
    page = html([]).replace(b"</body>", "<ol><li>một</li><li>hai<ul><li>ba</li></ul></li></ol></body>".encode())
    assert [(s.role, s.level, s.mark) for s in open_document(page, "a.html").segments] == [
        ("item", 1, "1."), ("item", 1, "2."), ("item", 2, "•")
    ]  # fmt: skip
