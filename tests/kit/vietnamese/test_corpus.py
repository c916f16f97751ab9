"""The corpus: a value and all its spellings, and what must not be read."""

from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from sct.vietnamese.dates import scan_dates
from sct.vietnamese.period_words import scan_periods
from sct.vietnamese.periods import Period
from sct.vietnamese.scanning import scan

HERE = Path(__file__).parent


def corpus(name):
    return yaml.safe_load((HERE / name).read_text("utf-8"))


def spoken(name):
    return [pytest.param(row, text, id=text) for row in corpus(name) for text in row["said"]]


CHECKS = {
    "value": lambda a, v: a.signed.value == Fraction(v),
    "high": lambda a, v: a.high is not None and a.high.value == Fraction(v),
    "whole": lambda a, v: a.whole is not None and a.whole.value == Fraction(v),
    "dimension": lambda a, v: a.low.unit.dimension == v,
    "comparator": lambda a, v: a.comparator == v,
    "verb": lambda a, v: a.verb == v,
    "plan": lambda a, v: a.plan is v,
    "double": lambda a, v: a.double_unit is v,
    "implied": lambda a, v: a.implied_unit is v,
    "per": lambda a, v: a.per == v,
}


@pytest.mark.parametrize(("row", "text"), spoken("amounts.yaml"))
def test_each_spelling_gives_its_value(row, text):
    (amount,) = scan(text)
    wrong = {key: value for key, value in row.items() if key != "said" and not CHECKS[key](amount, value)}
    assert wrong == {}, amount
    assert (amount.high is None) == ("high" not in row)
    assert (amount.whole is None) == ("whole" not in row)


@pytest.mark.parametrize("text", corpus("not_amounts.yaml"))
def test_what_is_no_amount_is_not_read(text):
    assert [text[a.start : a.end] for a in scan(text)] == []
    if not text[0].isdigit():  # a heading's number stands at the beginning of a line; the others anywhere
        assert scan(f"Theo báo cáo, {text}.") == []


@pytest.mark.parametrize(("row", "text"), spoken("periods.yaml"))
def test_each_spelling_gives_its_period(row, text):
    found = scan_periods(f"Kết quả: {text}.")
    if row.get("none"):
        assert found == []
        return
    (mention,) = found
    if "period" in row:
        assert str(mention.period) == row["period"]
    if "in_2024" in row:
        assert mention.period is None
        assert str(mention.in_year(2024)) == row["in_2024"]
    assert mention.relation in {row.get("relation", ""), "current"}
    assert mention.baseline == row.get("baseline", False)
    assert mention.until == row.get("until", False)


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("tháng 10, 11/2024", ["2024-10", "2024-11"]),
        ("tháng 2 và 3 năm 2024", ["2024-02", "2024-03"]),
        ("tháng 10 và tháng 11/2024", ["2024-10", "2024-11"]),
        ("quý I, II/2024", ["2024-Q1", "2024-Q2"]),
        ("quý I và quý II năm 2024", ["2024-Q1", "2024-Q2"]),
        ("tháng 9 và 9 tháng năm 2024", ["None", "2024-M01-M09"]),
        ("tháng 9, 12 doanh nghiệp", ["None"]),
    ],
)
def test_a_list_of_periods_shares_its_year(text, periods):
    assert [str(m.period) for m in scan_periods(text)] == periods


@pytest.mark.parametrize(
    ("text", "current", "period"),
    [
        ("so với tháng trước", "2024-09", "2024-08"),
        ("so với quý trước", "2024-Q1", "2023-Q4"),
        ("so với tháng trước", "2024-Q3", "None"),
        ("so với cùng kỳ", "2024-M01-M09", "2023-M01-M09"),
        ("so với cùng kỳ năm 2019", "2024-09", "2019-09"),
        ("năm trước", "2024-09", "2023"),
        ("tháng này", "2024-09", "2024-09"),
        ("từ đầu năm đến nay", "2024-09", "2024-M01-M09"),
        ("nhiệm kỳ tới", "2024", "None"),
        ("giá so sánh 2010", "2024", "None"),
    ],
)
def test_relations_resolve_against_the_period_of_the_text(text, current, period):
    (mention,) = scan_periods(text)
    assert str(mention.resolve(Period.parse(current))) == period


@pytest.mark.parametrize(
    ("text", "day", "month", "year"),
    [
        ("chiều 12-1", 12, 1, None),
        ("ngày 18/12", 18, 12, None),
        ("15/01/2020 - 09:58", 15, 1, 2020),
        ("ngày 5 tháng 9 năm 2024", 5, 9, 2024),
        ("từ ngày 05 đến 07/02", 7, 2, None),
        ("thứ Năm, 12/9/2024", 12, 9, 2024),
        ("2024-09-12", 12, 9, 2024),
        ("(3/1)", 3, 1, None),
        ("lúc 16h30", None, None, None),
    ],
)
def test_days_and_clocks(text, day, month, year):
    (mention,) = scan_dates(text)
    assert (mention.day, mention.month, mention.year) == (day, month, year)
    assert (mention.date is not None) == (year is not None)


@pytest.mark.parametrize("text", ["26/30 quận", "từ 5-7 dự án", "tăng 7-8%", "đến 3/4 doanh nghiệp", "(5-7)"])
def test_fractions_and_ranges_are_no_days(text):
    assert scan_dates(text) == []
