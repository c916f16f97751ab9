"""What is written is read back: over all units, scales, comparators and kinds of period."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sct.vietnamese.numerals import number_words, parse_number, read_words
from sct.vietnamese.period_words import scan_periods
from sct.vietnamese.periods import Period
from sct.vietnamese.quantities import Quantity
from sct.vietnamese.scanning import scan
from sct.vietnamese.units import lexicon, scaled, unit
from sct.vietnamese.write import (
    write_amount,
    write_contribution,
    write_difference,
    write_growth,
    write_index,
    write_multiple,
    write_number,
    write_part,
    write_period,
    write_plan,
    write_quantity,
    write_range,
    write_share,
)
from tests import strategies as own

PP = unit("pp")


def only(text):
    """The one amount of a sentence around the text."""
    sentence = f"Sở báo cáo: {text}, theo số liệu mới."
    found = scan(sentence)
    assert len(found) == 1, (text, found)
    amount = found[0]
    assert sentence[amount.start : amount.end].strip() in text
    return amount


@given(own.quantities())
def test_any_quantity_in_any_unit_and_scale(quantity):
    assert only(write_quantity(quantity)).low == quantity


def test_every_unit_in_every_scale():
    lost = []
    known = lexicon()
    for base in known.units.values():
        if base.code in known.designations or base.code not in known.endings or not base.name:
            continue
        for scale in (None, *known.scales.values()):
            quantity = Quantity(Fraction(12), scaled(base, scale))
            found = scan(f"có {write_quantity(quantity)}.")
            if [a.low for a in found] != [quantity]:
                lost.append(quantity.unit.code)
    assert lost == []


@given(own.quantities(), own.comparators())
def test_any_qualifier(quantity, comparator):
    amount = only(write_amount(quantity, comparator))
    assert (amount.low, amount.comparator) == (quantity, comparator)


@given(own.ranges(), st.booleans())
def test_a_range_keeps_both_ends(ends, spoken):
    amount = only(write_range(*ends, spoken=spoken))
    assert (amount.low, amount.high, amount.comparator) == (*ends, "range")


@given(own.quantities(own.declared_units().filter(lambda u: not u.counted), minimum=1), st.booleans())
def test_growth_and_decline_in_any_unit(quantity, falling):
    change = -quantity if falling else quantity
    amount = only(write_growth(change))
    assert (amount.signed, amount.verb) == (change, "growth")


@given(own.ranges(st.just(unit("pct"))), st.booleans())
def test_growth_between_two_ends(ends, falling):
    low, high = (-ends[0], -ends[1]) if falling else ends
    amount = only(write_growth(low, high=high))
    assert (amount.signed, amount.signed_high) == (low, high)


def test_no_growth_is_said_in_words():
    assert write_growth(Quantity(Fraction(0), unit("pct"), 1)) == "không đổi"


@given(own.percents(signed=True))
def test_contribution_in_points(percent):
    points = Quantity(percent.number, PP, percent.decimals)
    amount = only(write_contribution(points))
    assert (amount.signed, amount.verb) == (points, "contribution")


@given(own.percents(), own.comparators())
def test_share_plan_index_multiple(percent, comparator):
    share = only(write_share(percent, comparator))
    assert (share.low, share.verb, share.comparator) == (percent, "share", comparator)
    plan = only(write_plan(percent))
    assert (plan.low, plan.verb, plan.plan) == (percent, "reach", True)
    times = Quantity(percent.number, unit("times"), percent.decimals)
    assert only(write_multiple(times)).verb == "multiple"
    index = [a for a in scan(write_index(percent) + ".") if a.verb == "equal"]
    assert [a.low for a in index] == [percent]


@given(own.percents(signed=True))
def test_a_difference_of_rates_is_in_points(percent):
    points = Quantity(percent.number, PP, percent.decimals)
    amount = only(write_difference(points))
    assert (amount.signed, amount.verb) == (points, "difference")


@given(own.ranges(own.declared_units().filter(lambda u: u.counted)))
def test_a_part_of_a_whole(ends):
    part, whole = ends
    amount = only(write_part(part, whole))
    assert (amount.low, amount.whole, amount.comparator) == (part, whole, "eq")


@given(st.integers(0, 9999), own.declared_units().filter(lambda u: u.counted and u.name))
def test_padded_and_spoken_counts_are_the_same_number(number, counted):
    quantity = Quantity(Fraction(number), counted)
    assert only(write_quantity(quantity, pad=True)).low == quantity
    spoken = [a for a in scan(f"xây {write_quantity(quantity, in_words=True)}.")]
    assert [a.low.value for a in spoken] == ([] if number == 0 else [number])


@given(own.numbers(minimum=-(10**12), maximum=10**12))
def test_numbers(number):
    value, decimals = number
    printed = parse_number(write_number(value, decimals))
    assert (printed.number, printed.decimals) == (value, decimals)


@given(st.integers(0, 10**12 - 1))
def test_number_words(number):
    assert read_words(number_words(number)) == (number if number else None)


@given(own.periods())
def test_any_period(period: Period):
    sentence = f"Kết quả {write_period(period)} của ngành."
    (mention,) = scan_periods(sentence)
    assert mention.period == period
    assert sentence[mention.start : mention.end] == write_period(period)


@given(own.periods(), own.quantities())
def test_a_period_takes_nothing_from_the_amount_beside_it(period, quantity):
    text = f"Trong {write_period(period)}, đạt {write_quantity(quantity)}."
    assert [a.low for a in scan(text)] == [quantity]
    assert [m.period for m in scan_periods(text)] == [period]


@pytest.mark.parametrize(
    ("number", "decimals", "text"),
    [
        ("3060.7", 1, "3.060,7"),
        ("0.82", 2, "0,82"),
        ("-11.5", 1, "-11,5"),
        ("567634.2", 1, "567.634,2"),
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("0.004", 2, "0,00"),
        ("-0.004", 2, "0,00"),
    ],
)
def test_numbers_are_rounded_half_away_from_zero(number, decimals, text):
    assert write_number(Fraction(number), decimals) == text


def test_an_official_writes_so():
    assert write_quantity(Quantity(Fraction("853.3"), unit("nghin_ty_dong"), 1)) == "853,3 nghìn tỷ đồng"
    assert write_quantity(Quantity(Fraction("60.1"), unit("ty_usd"), 1)) == "60,1 tỷ USD"
    assert write_quantity(Quantity(Fraction(7), unit("cum")), pad=True) == "07 cụm"
    assert (
        write_quantity(Quantity(Fraction(3), unit("trung_tam_thuong_mai")), in_words=True) == "ba trung tâm thương mại"
    )
    assert write_growth(Quantity(Fraction("-11.5"), unit("pct"), 1)) == "giảm 11,5%"
    assert write_contribution(Quantity(Fraction("0.82"), PP, 2)) == "đóng góp 0,82 điểm phần trăm"
    assert write_period(Period.through(2024, 9)) == "9 tháng đầu năm 2024"
    assert write_period(Period.of_quarter(2024, 3)) == "quý III/2024"
