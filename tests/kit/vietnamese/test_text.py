"""One form to read, one key to search, one key to sort."""

import unicodedata
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sct.vietnamese.numerals import RUN
from sct.vietnamese.scanning import scan, scan_all
from sct.vietnamese.text import lower, nfc, normalise, old_tone, search_key, sort_key
from tests import strategies as own


def bare(text):
    """A text without its tones."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if c not in "\u0300\u0301\u0303\u0309\u0323")


@given(own.raw_texts())
def test_normalising_twice_changes_nothing(raw):
    once = normalise(raw).text
    assert normalise(once).text == once
    assert unicodedata.is_normalized("NFC", once)


@given(own.raw_texts())
def test_offsets_lead_back_to_the_raw_text(raw):
    made = normalise(raw)
    positions = [made.to_raw(i) for i in range(len(made.text) + 1)]
    assert positions == sorted(positions)
    assert positions[-1] == len(raw)
    for i, j in zip(range(len(made.text)), range(1, len(made.text) + 1), strict=True):
        # Each character comes from a stretch of the raw text that is that letter (its tone may stand on a neighbour).
        assert bare(normalise(raw[positions[i] : positions[j]]).text) == bare(made.text[i])


@given(st.text())
def test_normalising_any_text_at_all_keeps_offsets_in_bounds(raw):
    made = normalise(raw)
    assert unicodedata.is_normalized("NFC", made.text)
    assert all(0 <= made.to_raw(i) <= len(raw) for i in range(len(made.text) + 1))


@given(st.lists(own.quantities(own.declared_units().filter(lambda u: u.name)), min_size=1, max_size=3))
def test_amounts_are_found_at_their_place_in_decomposed_text(quantities):
    from sct.vietnamese.write import write_quantity

    plain = "Chỉ số là " + "; số khác là ".join(write_quantity(q) for q in quantities) + "."
    raw = unicodedata.normalize("NFD", plain).replace(" là ", " la\u0300\u00a0\u200b")
    found = scan(raw)
    assert [a.low for a in found] == quantities
    for amount, quantity in zip(found, quantities, strict=True):
        assert nfc(raw[amount.start : amount.end]) in write_quantity(quantity) or amount.low.unit.counted
        assert raw[amount.number[0]].isdigit()
        assert raw[amount.number[1] - 1].isdigit()


@given(own.raw_texts())
def test_scanning_any_text_gives_spans_within_it_in_order(raw):
    found = scan_all(raw)
    last = 0
    for amount in found.amounts:
        assert last <= amount.number[0] < amount.number[1] <= amount.end <= len(raw)
        assert amount.start <= amount.number[0]
        last = amount.number[1]
    spans = sorted((m.start, m.end) for m in (*found.periods, *found.dates))
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


@given(st.text())
def test_lower_keeps_the_length(text):
    assert len(lower(text)) == len(text)


def test_tones_move_to_where_official_names_print_them():
    assert old_tone("Hoà Bình, khoẻ, thuỷ sản, luỹ kế, Uỷ ban") == "Hòa Bình, khỏe, thủy sản, lũy kế, Ủy ban"
    assert old_tone("quý, quỹ, hoàn, loại, thoát, khoảng") == "quý, quỹ, hoàn, loại, thoát, khoảng"


def test_look_alikes_and_odd_spaces_are_made_plain():
    assert normalise("ðạt\u00a05\u202ftỷ \u200bđồng").text == "đạt 5 tỷ đồng"


@given(st.text())
def test_search_key_of_a_search_key_is_itself(text):
    assert search_key(search_key(text)) == search_key(text)


def test_search_finds_without_diacritics():
    assert search_key("  Cụm  công nghiệp Đông Anh ") == "cum cong nghiep dong anh"
    assert search_key(unicodedata.normalize("NFD", "Hoà Lạc")) == search_key("Hòa Lạc") == "hoa lac"


@given(own.words(), own.words())
def test_sort_keys_differ_unless_the_texts_are_the_same(first, second):
    assert (sort_key(first) == sort_key(second)) == (nfc(first) == nfc(second))


@given(own.words())
def test_sort_key_does_not_depend_on_the_form(text):
    assert sort_key(unicodedata.normalize("NFD", text)) == sort_key(text)


def test_letters_come_in_vietnamese_order():
    letters = list("aăâbcdđeêghiklmnoôơpqrstuưvxy")
    assert sorted(reversed(letters), key=sort_key) == letters


def test_tones_come_in_dictionary_order_after_the_letters():
    tones = ["ma", "mà", "mả", "mã", "má", "mạ"]
    assert sorted(reversed(tones), key=sort_key) == tones
    assert sorted(["mạ", "mẹ", "mau", "ma"], key=sort_key) == ["ma", "mạ", "mau", "mẹ"]


def test_districts_sort_as_a_reader_expects():
    names = ["Ba Đình", "Ba Vì", "Bắc Từ Liêm", "Cầu Giấy", "Chương Mỹ", "Đan Phượng", "Đông Anh", "Đống Đa", "Gia Lâm"]
    assert sorted(reversed(names), key=sort_key) == names


def test_a_number_is_digits_with_dots_and_commas():
    import re

    assert re.fullmatch(RUN, "3.060,7")
