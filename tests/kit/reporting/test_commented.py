"""A Word file comes back with comments at the very words, everything else as it was."""

import io
import zipfile
from datetime import UTC, datetime

import docx as python_docx
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from lxml import etree

from sct.errors import UserError
from sct.reading import open_document
from sct.reading.docx_runs import run_text
from sct.reading.docx_styles import W
from sct.reading.resolving import same_words
from sct.reporting.commented import Change, Remark, commented
from sct.reporting.mending import set_anew, word_file
from tests.kit.reading.making import docx, html, paragraph, story
from tests.strategies_files import word_files

AT = datetime(2031, 5, 4, 8, 30, tzinfo=UTC)


def part(data, name="word/document.xml"):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read(name))


def comments(data):
    """Each comment: the words it stands at, and what it says."""
    root = part(data)
    told = {c.get(W + "id"): "\n".join("".join(p.itertext()) for p in c) for c in part(data, "word/comments.xml")}
    found = []
    for number, words in told.items():
        inside, text = False, ""
        for element in root.iter():
            if element.tag == W + "commentRangeStart" and element.get(W + "id") == number:
                inside = True
            elif element.tag == W + "commentRangeEnd" and element.get(W + "id") == number:
                inside = False
            elif inside and element.tag == W + "r":
                text += run_text(element)
        found.append((text, words))
    return found


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(word_files, st.data())
def test_comments_stand_at_the_exact_words_and_the_text_stays(data, draw):
    try:
        document = open_document(data, "a.docx")
    except UserError:
        assume(False)
    body = [s for s in document.segments if s.role != "note"]
    assume(body)
    spans = []
    for segment in draw.draw(st.lists(st.sampled_from(body), min_size=1, max_size=4)):
        start = draw.draw(st.integers(segment.start, segment.end - 1))
        spans.append((start, draw.draw(st.integers(start + 1, segment.end))))
    spans.sort()
    made = commented(data, document, [Remark(a, b, f"{a}\nhai") for a, b in spans], at=AT)
    assert open_document(made, "a.docx").text == document.text
    for (start, end), (words, told) in zip(spans, comments(made), strict=True):
        assert same_words(words, document.text[start:end])
        assert told == f"{start}\nhai"


def test_a_figure_is_replaced_plainly_or_as_a_tracked_change_and_keeps_its_look():
    body = '<w:p><w:r><w:t xml:space="preserve">có 4</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">3 chợ, tăng</w:t></w:r></w:p>'
    data = docx(body)
    document = open_document(data, "a.docx")
    at = document.text.index("43")
    for tracked in (False, True):
        made = commented(
            data, document, [Remark(at, at + 2, "sổ ghi 45")], [Change(at, at + 2, "45")], at=AT, tracked=tracked
        )
        assert open_document(made, "a.docx").text == "có 45 chợ, tăng"
        assert [told for _words, told in comments(made)] == ["sổ ghi 45"]
        deleted = ["".join(e.itertext()) for e in part(made).iter(W + "del")]
        assert deleted == (["4", "3"] if tracked else [])


def test_a_comment_on_a_footnote_stands_at_its_mark_in_the_text():
    body = '<w:p><w:r><w:t>Thân bài</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    notes = story("footnotes", f'<w:footnote w:id="2">{paragraph("Chú thích: 43 chợ")}</w:footnote>')
    data = docx(body, {"word/footnotes.xml": notes})
    document = open_document(data, "a.docx")
    at = document.text.index("43")
    made = commented(data, document, [Remark(at, at + 2, "xem lại")], at=AT)
    start = next(part(made).iter(W + "commentRangeStart"))
    assert start.getnext().find(W + "footnoteReference") is not None


def test_comments_that_were_there_stay_and_the_new_ones_are_numbered_after_them():
    made = python_docx.Document()
    run = made.add_paragraph("Năm 2031 có 43 chợ.").runs[0]
    made.add_comment(run, text="cũ", author="A", initials="A")
    stream = io.BytesIO()
    made.save(stream)
    document = open_document(stream.getvalue(), "a.docx")
    again = commented(stream.getvalue(), document, [Remark(12, 14, "mới")], at=AT)
    opened = python_docx.Document(io.BytesIO(again))
    assert [(c.text, c.author) for c in opened.comments] == [("cũ", "A"), ("mới", "Sổ Công Thương")]
    assert len({c.comment_id for c in opened.comments}) == 2


def test_pages_and_plain_text_come_back_as_word_files_with_their_tables():
    page = html(["Năm 2031 có 43 chợ."]).replace(
        b"</body>",
        "<h2>Bảng</h2><table><tr><th>Tên</th><th>Số</th></tr><tr><td>Chợ</td><td>17</td></tr></table></body>".encode(),
    )
    document = open_document(page, "a.html")
    at = document.text.index("17")
    made = word_file(page, document, [Remark(at, at + 2, "lệch"), Remark(12, 14, "xem")], at=AT)
    assert sorted(words for words, _told in comments(made)) == ["17", "43"]
    [table] = open_document(made, "a.docx").tables
    assert (table.rows, table.columns) == (2, 2)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(word_files)
def test_a_text_set_anew_reads_the_same(data):
    try:
        document = open_document(data, "a.docx")
    except UserError:
        return
    assert open_document(set_anew(document), "b.docx").text == document.text
