"""Intervals and what a printed figure can stand for."""

from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sct.proofing.intervals import Interval, total
from sct.proofing.rounding import of_figure, of_statement, qualified, round_step, rounding
from sct.vietnamese.quantities import Quantity
from sct.vietnamese.units import units
from tests.kit.proofing.making import figure, statement

fractions = st.fractions(min_value=-1000, max_value=1000, max_denominator=1000)


@st.composite
def intervals(draw):
    low, high = sorted((draw(fractions), draw(fractions)))
    return Interval(low, high)


@st.composite
def values_within(draw):
    interval = draw(intervals())
    share = draw(st.fractions(min_value=0, max_value=1, max_denominator=100))
    return interval, interval.low + share * (interval.high - interval.low)


@given(values_within(), values_within())
def test_every_result_of_two_values_lies_in_the_result_of_their_intervals(one, other):
    (left, a), (right, b) = one, other
    assert a + b in left + right
    assert a - b in left - right
    assert -a in -left
    quotient = left.over(right)
    if quotient is not None:
        assert a / b in quotient
    else:
        assert F(0) in right


@given(intervals(), intervals())
def test_intervals_meet_when_their_gap_is_nothing_and_gaps_are_the_same_both_ways(one, other):
    assert one.gap(other) == other.gap(one)
    assert one.meets(other) == (max(one.low, other.low) <= min(one.high, other.high))


def test_a_divisor_that_may_be_zero_says_nothing():
    assert Interval(F(1), F(2)).over(Interval(F(-1), F(1))) is None
    assert Interval(F(1), F(2)).over(Interval(F(0), F(1))) is None


def test_an_open_end_stays_open_in_a_quotient():
    assert Interval(F(20), None).over(Interval(F(4), F(5))) == Interval(F(4), None)
    assert Interval(F(20), None).over(Interval(F(-5), F(-4))) == Interval(None, F(-4))


def test_widths_of_a_sum_add_up():
    assert total([Interval.around(F(7), F(1, 2))] * 4).width == 4


def test_a_printed_number_stands_for_what_rounds_to_it():
    retail = of_statement(statement("3.060,7 nghìn tỷ đồng", unit="nghin_ty_dong"))
    assert retail.tight == Interval(F("3060.65") * 10**12, F("3060.75") * 10**12)
    assert retail.ulp == F(10) ** 11
    assert of_statement(statement("16 tỷ USD", unit="ty_usd")).tight == Interval(F("15.5") * 10**9, F("16.5") * 10**9)


def test_counted_things_are_exact_but_a_big_round_count_has_a_second_reading():
    clusters = of_statement(statement("43 cụm", unit="cum"))
    assert clusters.tight == clusters.wide == Interval.exact(F(43))
    firms = of_statement(statement("138.000 doanh nghiệp", unit="doanh_nghiep"))
    assert firms.tight == Interval.exact(F(138_000))
    assert firms.wide == Interval(F(137_500), F(138_500))


def test_a_level_with_trailing_zeros_has_two_readings():
    readings = of_statement(statement("1.200 tỷ đồng", unit="ty_dong"))
    assert readings.tight == Interval(F("1199.5") * 10**9, F("1200.5") * 10**9)
    assert readings.wide == Interval(F(1150) * 10**9, F(1250) * 10**9)


def test_zeros_after_the_comma_are_printed_on_purpose():
    readings = of_statement(statement("12,00%", "growth_pct"))
    assert readings.wide == readings.tight == Interval(F("11.995"), F("12.005"))


@pytest.mark.parametrize(
    ("quote", "low", "high"),
    [
        ("gần 2,8 lần", "2.7", "2.8"),
        ("gần 3 lần", "2.7", "3"),
        ("hơn 3 lần", "3", "4"),
        ("hơn 1,8 lần", "1.8", "1.9"),
        ("trên 17,4 lần", "17.4", "17.5"),
        ("dưới 5,0 lần", "4.9", "5.0"),
    ],
)
def test_a_qualifier_says_on_which_side_the_value_lies(quote, low, high):
    assert of_statement(statement(quote, "multiple")).tight == Interval(F(low), F(high))


def test_nearly_a_round_number_reaches_a_tenth_of_it():
    assert of_statement(statement("gần 100 cụm", unit="cum")).tight == Interval(F(90), F(100))


def test_about_is_rounding_first_and_one_step_at_most():
    readings = of_statement(statement("khoảng 38%", "share_pct"))
    assert readings.tight == Interval(F("37.5"), F("38.5"))
    assert readings.wide == Interval(F(37), F(39))


def test_at_least_is_open_above():
    assert of_statement(statement("ít nhất 20 cụm", unit="cum")).tight == Interval(F(20), None)


def test_a_negative_figure_is_the_mirror_of_the_positive_one():
    fall, rise = (of_statement(statement(q, "growth_pct")) for q in ("giảm hơn 5%", "tăng hơn 5%"))
    assert fall.tight == -rise.tight
    assert of_statement(statement("giảm 11,5%", "growth_pct")).tight == Interval(F("-11.55"), F("-11.45"))


def test_a_range_is_the_hull_of_its_ends():
    assert of_statement(statement("tăng 7-8%", "growth_pct")).tight == Interval(F("6.5"), F("8.5"))


def test_a_plan_target_is_exact_as_an_operand_and_rounded_as_a_claim():
    target = statement("tăng 5%", "growth_pct", status="plan")
    assert of_statement(target, plan_is_exact=True).tight == Interval.exact(F(5))
    assert of_statement(target).tight == Interval(F("4.5"), F("5.5"))


def test_a_target_of_the_ledger_is_exact_and_one_end_of_a_range_is_open():
    target = figure("5", "pct", indicator="exports", period="2021", transformation="yoy", stage="plan")
    assert of_figure(target).tight == Interval.exact(F(5))


@given(st.fractions(min_value=0, max_value=10**6, max_denominator=10**6), st.integers(0, 4))
def test_a_true_value_lies_in_every_honest_reading_of_its_print(value, decimals):
    for code in ("pct", "ty_dong"):
        unit = units()[code]
        printed = F(round(value * 10**decimals), 10**decimals)
        readings = rounding(printed * unit.factor, Quantity(printed, unit, decimals))
        assert value * unit.factor in readings.tight
        assert value * unit.factor in readings.wide


@given(st.fractions(min_value=0, max_value=10**6, max_denominator=10**6), st.integers(0, 4))
def test_a_cut_value_lies_in_the_cut_reading(value, decimals):
    printed = F(int(value * 10**decimals), 10**decimals)
    assert value in rounding(printed, Quantity(printed, units()["pct"], decimals)).cut


@given(
    st.integers(1, 10**6),
    st.integers(0, 3),
    st.sampled_from(["eq", "gt", "ge", "lt", "le", "approx"]),
    st.sampled_from(["", "gần", "khoảng", "hơn"]),
)
def test_mirroring_holds_for_every_qualifier(number, decimals, comparator, word):
    printed = F(number, 10**decimals)
    quantity = Quantity(printed, units()["pct"], decimals)
    up, down = qualified(printed, quantity, comparator, word), qualified(-printed, -quantity, comparator, word)
    assert (down.tight, down.wide, down.cut) == (-up.tight, -up.wide, -up.cut)


@given(st.integers(1, 10**9))
def test_the_round_step_divides_the_number_and_ten_times_it_does_not(number):
    size = round_step(F(number), F(1))
    assert number % size == 0
    assert number % (size * 10) != 0
