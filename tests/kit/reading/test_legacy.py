"""Text in TCVN3 and VNI is recognised and converted; good Unicode text is never touched."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from sct import declared
from sct.reading import open_document, read
from sct.reading.legacy import charsets, is_syllable, recognise
from sct.reading.resolving import original, same_words
from tests.kit.reading.making import docx, html
from tests.strategies_files import WORDS, sentence

GOOD = "Năm 2022, tỉnh Sơn Trà xuất khẩu đạt 2,1 tỷ USD, tăng 6,5% so với năm 2021; công nghiệp tăng trưởng vững."


def typed(text, code):
    """The text as the old encoding types it; capitals with a tone have no sign of their own in TCVN3."""
    back = {}
    for sign, letter in charsets()[code].table.items():
        back.setdefault(letter, sign)
    return "".join(back.get(c, c) for c in text)


def test_every_encoding_follows_the_schema():
    validator = Draft202012Validator(declared.schema("encodings"))
    for path in declared.files("encodings"):
        assert [e.message for row in declared.rows(path) for e in validator.iter_errors(dict(row))] == []


def test_an_encoding_has_every_vietnamese_letter_of_both_cases_or_small_ones():
    vowels = "aăâeêioôơuưy"
    small = {
        unicodedata.normalize("NFC", v + t)
        for v in vowels
        for t in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    }
    wanted = {c for c in small if not c.isascii()} | {"đ"}
    for code, charset in charsets().items():
        have = set(charset.table.values()) | ({"í", "ì"} if code == "vni" else set())
        assert wanted <= have, (code, wanted - have)


@pytest.mark.parametrize("code", ["tcvn3", "vni"])
def test_an_old_text_file_is_read_like_its_unicode_twin(code):
    old = typed(GOOD, code).encode("latin-1")
    document = open_document(old, "a.txt")
    assert document.text == GOOD
    assert [s.quote for s in read(document)] == [s.quote for s in read(open_document(GOOD.encode(), "a.txt"))]
    for statement in read(document):
        assert same_words(original(old, document, statement.start, statement.end), statement.quote)


@pytest.mark.parametrize(("code", "font"), [("tcvn3", ".VnTime"), ("vni", "VNI-Times")])
def test_a_word_file_says_its_encoding_by_the_font(code, font):
    look = f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr>'
    raw = typed("Hà Nội có 14 chợ", code)
    body = f"<w:p><w:r>{look}<w:t>{raw[:3]}</w:t></w:r><w:r>{look}<w:t>{raw[3:]}</w:t></w:r></w:p><w:p><w:r><w:t>Bằng chữ Unicode</w:t></w:r></w:p>"
    data = docx(body)
    document = open_document(data, "a.docx")
    assert document.text == "Hà Nội có 14 chợ\nBằng chữ Unicode"
    [statement] = read(document)
    assert same_words(original(data, document, statement.start, statement.end), "14 chợ")


def test_unicode_text_left_in_an_old_font_is_left_alone():
    look = '<w:rPr><w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/></w:rPr>'
    document = open_document(docx(f"<w:p><w:r>{look}<w:t>Công ty có lô hàng và tám máy</w:t></w:r></w:p>"), "a.docx")
    assert document.text == "Công ty có lô hàng và tám máy"


def test_an_old_page_in_windows_letters_is_converted():
    page = html([typed(GOOD, "tcvn3")]).decode().replace("utf-8", "windows-1252").encode("cp1252")
    assert open_document(page, "a.html").text == GOOD


@settings(max_examples=200, deadline=None)
@given(st.one_of(sentence, st.text(max_size=80), st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join)))
def test_good_text_is_not_taken_for_an_old_encoding(text):
    """Vietnamese in Unicode, and any text whose words are not Vietnamese after conversion."""
    charset = recognise(text)
    if charset:  # only what reads as Vietnamese after conversion and did not before
        words = [w for w in charsets()[charset].convert(text).split() if not w.isascii()]
        assert words and sum(is_syllable(w.strip(".,;:()")) for w in words) >= len(words) / 2
    assert recognise(f"{GOOD} {text}") == ""


@pytest.mark.parametrize(
    "text",
    [
        "Công ty có lô hàng và tám máy cho các nhà máy ở phía nam",  # only letters that Windows-1252 has too
        "L'été dernier, la société a dépassé là-bas ses prévisions à l'étranger",
        "Größere Straßen für schönere Städte und mehr Verkäufe",
        "El año pasado creció la producción según más de diez países",
        "Året gick bra för små företag på många ställen",
        "17 500 € à 3 %, ±5 µm, ©, ®, ¥, £",
    ],
)
def test_what_looks_a_little_like_it_is_left_alone(text):
    assert recognise(text) == ""
