"""Whatever the text, the reader keeps to its word: it answers, spans are exact, in order and apart."""

from hypothesis import given, settings
from hypothesis import strategies as st

from sct.errors import UserError
from sct.reading import open_document, read

WORDS = (
    "Năm 2021 | tháng 9 | quý III/2022 | 6 tháng đầu năm | so với cùng kỳ | so với tháng trước | trong đó | ước đạt | kế hoạch "
    "| tăng | giảm | 7,9% | 12,5 điểm phần trăm | 16 tỷ USD | 3.060,7 nghìn tỷ đồng | 43 cụm công nghiệp | gấp 3 lần | 7-8% "
    "| từ 30 đến 40 | 26/30 quận | (  | ) | ; | , | . | : | và | lần lượt | Hà Nội | cả nước | tỉnh | xuất khẩu | GRDP | PMI "
    "| phấn đấu | dự báo | nếu | sẽ | hiện nay | nhiệm kỳ tới | bằng | chiếm | một | hai bên | \n | - | \u00a0 | \u200b | 52,9"
)
pieces = st.sampled_from([word.strip(" ") or " " for word in WORDS.split("|")])
likely = st.lists(pieces, max_size=40).map(" ".join)
any_text = st.text(max_size=200)


def statements_of(text):
    document = open_document(text.encode("utf-8", "ignore"), "a.txt")
    return document, read(document)


@settings(max_examples=300, deadline=None)
@given(st.one_of(likely, any_text, st.tuples(likely, any_text).map("".join)))
def test_any_text_is_answered_with_exact_spans_in_order_and_apart(text):
    try:
        document, statements = statements_of(text)
    except UserError:
        return
    end = 0
    for statement in statements:
        assert document.text[statement.start : statement.end] == statement.quote != ""
        assert statement.start >= end
        end = statement.end
        assert statement.sentence[0] <= statement.start and statement.end <= statement.sentence[1]
        assert (statement.value is None) == (statement.comparator == "range")
        assert statement.value is not None or statement.low <= statement.high
        assert statement.baseline is None or statement.period is not None
        assert statement.rules


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["a.docx", "a.html", "a.txt", "a", "a.pdf"]))
def test_any_bytes_are_read_or_refused(data, name):
    try:
        document = open_document(data, name)
    except UserError as refused:
        assert refused.sentence()
    else:
        assert document.text.strip()


@settings(max_examples=60, deadline=None)
@given(likely)
def test_furniture_before_a_text_changes_nothing_in_it(text):
    """Only the spans move."""
    try:
        _document, plain = statements_of(text)
    except UserError:
        return
    _document, moved = statements_of("Lượt xem: 12\n" + text)
    assert [(s.quote, s.measure, s.value, s.status) for s in moved] == [
        (s.quote, s.measure, s.value, s.status) for s in plain
    ]
