"""What a target asks: kinds, bounds, percent of plan or gap in points, never rate divided by rate."""

from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sct.catalogue.model import Comparator
from sct.errors import UserError
from sct.planning.aims import Aim, Nature, Verdict, may_be

numbers = st.fractions(min_value=0, max_value=10**6, max_denominator=1000)


def test_a_range_is_reached_within_and_exceeded_above():
    aim = Aim.told(Nature.GROWTH, Comparator.RANGE, F(7), F(8))
    assert [aim.verdict(F(v)) for v in (6, 7, 8, 9)] == [
        Verdict.MISSED,
        Verdict.REACHED,
        Verdict.REACHED,
        Verdict.EXCEEDED,
    ]


def test_at_least_is_never_exceeded_and_at_most_is_a_ceiling():
    assert Aim.told(Nature.COUNT, Comparator.GE, F(20)).verdict(F(500)) is Verdict.REACHED
    losses = Aim.told(Nature.SHARE, Comparator.LE, F(34, 10))
    assert losses.verdict(F(3)) is Verdict.REACHED
    assert losses.gap(F(3)) == F(4, 10)
    assert losses.gap(F(4)) < 0


def test_less_is_better_turns_a_plain_number_into_a_ceiling():
    assert Aim.told(Nature.LEVEL, Comparator.EQ, F(120), ceiling=True).verdict(F(100)) is Verdict.REACHED


@pytest.mark.parametrize("nature", [Nature.GROWTH, Nature.SHARE, Nature.AVERAGE])
def test_rates_are_subtracted_and_never_divided(nature):
    aim = Aim.told(nature, Comparator.EQ, F(15, 2))
    assert aim.percent(F(6)) is None
    assert aim.gap(F(6)) == F(-3, 2)


@given(numbers, numbers)
def test_percent_of_plan_above_a_hundred_is_what_reaches_it(plan, result):
    aim = Aim.told(Nature.LEVEL, Comparator.EQ, plan + 1)
    assert (aim.percent(result) >= 100) == (aim.verdict(result) is not Verdict.MISSED)


@given(numbers, numbers, numbers)
def test_every_value_of_a_range_has_one_verdict_and_the_gap_agrees(low, width, value):
    aim = Aim.told(Nature.LEVEL, Comparator.RANGE, low, low + width)
    assert (aim.gap(value) < 0) == (aim.verdict(value) is Verdict.MISSED)


def test_more_than_a_hundred_reaches_a_hundred_but_not_surely_two_hundred():
    ends = may_be(F(100), Comparator.GT, F(1, 2))
    assert Aim.told(Nature.LEVEL, Comparator.EQ, F(100)).verdict_of(ends) is Verdict.EXCEEDED
    assert Aim.told(Nature.LEVEL, Comparator.EQ, F(200)).verdict_of(ends) is Verdict.UNDECIDED


def test_about_a_hundred_may_reach_a_hundred_or_not():
    ends = may_be(F(100), Comparator.APPROX)
    assert Aim.told(Nature.LEVEL, Comparator.GE, F(100)).verdict_of(ends) is Verdict.UNDECIDED
    assert Aim.told(Nature.LEVEL, Comparator.GE, F(90)).verdict_of(ends) is Verdict.REACHED


def test_a_target_without_a_value_or_upside_down_is_refused():
    with pytest.raises(UserError) as caught:
        Aim(Nature.LEVEL, None, None)
    assert caught.value.code == "empty-target"
    with pytest.raises(UserError) as caught:
        Aim(Nature.LEVEL, F(8), F(7))
    assert caught.value.code == "bad-range"
