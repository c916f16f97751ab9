"""Which indicator a subject names: near names are told apart, and better none than a wrong one."""

from datetime import date

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


@pytest.mark.parametrize(
    ("subject", "whole", "series"),
    [
        ("Dịch vụ", "grdp", "grdp_services"),
        ("giá trị tăng thêm trong lĩnh vực công nghiệp", "", "va_industry"),
        ("giá trị gia tăng ngành xây dựng", "", "va_construction"),
        ("thuế giá trị gia tăng ngành xây dựng", "", None),
        ("thành lập thêm CCN", "", "clusters_established_new"),
        ("GTSXCN (giá so sánh 2010)", "", "industrial_output_value"),
        ("chỉ số sản xuất toàn ngành công nghiệp", "", "iip"),
        ("giá xuất khẩu", "", None),
        ("xuất khẩu gạo về lượng", "", None),
        ("xuất khẩu hàng hóa về giá trị", "", "exports"),
    ],
)
def test_short_forms_and_full_names_are_one_and_near_names_are_not(subject, whole, series):
    found = names(load()).match(subject, whole)
    assert (found[0] if found else None) == series


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


def test_money_is_no_index_of_production():
    text = (
        "Năm 2020, tại Bắc Kạn khai khoáng đạt 171 tỷ đồng; chỉ số sản xuất công nghiệp tăng 3%, khai khoáng tăng 2%."
    )
    money, index, mining = read(open_document(text.encode(), "a.txt"))
    assert (money.indicator, money.unmatched) == ("", "unit-differs")
    assert (index.indicator, mining.indicator, mining.breakdown) == ("iip", "iip", "industry:B")


def test_a_name_means_what_it_meant_in_its_time():
    known = names(load())
    assert known.match("tổng mức bán lẻ", on=date(2015, 12, 31)) == ("retail_total_old_method", "")
    assert known.match("tổng mức bán lẻ", on=date(2024, 12, 31)) == ("retail_services_total", "")
    assert known.match("tổng mức bán lẻ") == ("retail_services_total", "")
