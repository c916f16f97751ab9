"""Which indicator a subject names: near names are told apart, and better none than a wrong one."""

import pytest

from sct.catalogue import load
from sct.reading import open_document, read
from sct.reading.indicators import names

NAMED = [
    ("tổng mức bán lẻ hàng hóa và doanh thu dịch vụ", ("retail_services_total", "")),
    ("tổng mức lưu chuyển hàng hóa bán ra và doanh thu dịch vụ", ("goods_sales_total", "")),
    ("kim ngạch xuất khẩu trên địa bàn", ("exports", "")),
    ("nhập khẩu", ("imports", "")),
    ("Chỉ số sản xuất công nghiệp (IIP)", ("iip", "")),
    ("xuất khẩu nhóm hàng điện gió", None),
    ("giá xuất khẩu cà phê", None),
    ("", None),
]


@pytest.mark.parametrize(("subject", "series"), NAMED)
def test_every_word_of_a_subject_is_accounted_for(subject, series):
    assert names(load()).match(subject) == series


def test_a_part_is_a_part_of_what_was_spoken_of():
    known = names(load())
    assert known.match("khu vực FDI", "exports") == ("exports", "ownership:fdi")
    assert known.match("khu vực FDI", "imports") == ("imports", "ownership:fdi")
    assert known.match("khu vực FDI") is None


def test_total_trade_is_not_exports():
    series = names(load()).match("tổng kim ngạch xuất nhập khẩu")
    assert series is not None
    assert series[0] not in {"exports", "imports"}


def test_a_statement_is_tied_to_indicator_area_and_period_or_says_why_not():
    text = (
        "Năm 2022, kim ngạch xuất khẩu của Hà Nội đạt 15,5 tỷ USD, trong đó khu vực FDI đạt 8,1 tỷ USD; sản lượng nấm "
        "đạt 40 tấn. Nửa đầu năm CPI bình quân tăng 2,2%."
    )
    total, part, mushrooms, prices = read(open_document(text.encode(), "a.txt"))
    area = load().area_named("Hà Nội").key
    assert (total.indicator, total.breakdown, total.area_key, total.unmatched) == ("exports", "", area, "")
    assert (part.indicator, part.breakdown, part.unmatched) == ("exports", "ownership:fdi", "")
    assert (mushrooms.indicator, mushrooms.unmatched) == ("", "no-indicator")
    assert prices.indicator == "cpi_average"
