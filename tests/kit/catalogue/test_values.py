"""Values of the catalogue refuse arithmetic that has no meaning."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sct.catalogue import load
from sct.catalogue.model import PartialDate
from sct.errors import UserError
from sct.vietnamese.periods import Period
from sct.vietnamese.quantities import Quantity

CODES = ("ty_dong", "trieu_usd", "pct", "pp", "ha", "trieu_kwh", "cum", "cho")


@given(st.sampled_from(CODES), st.sampled_from(CODES), st.integers(0, 10**6), st.integers(0, 10**6))
def test_quantities_add_within_a_dimension_only(one, other, first, second):
    left = Quantity(Fraction(first), load().unit(one))
    right = Quantity(Fraction(second), load().unit(other))
    if left.unit.dimension == right.unit.dimension:
        assert (left + right).value == left.value + right.value
    else:
        with pytest.raises(UserError) as caught:
            _ = left + right
        assert caught.value.code == "units-differ"


def test_scales_of_one_unit_do_add():
    catalogue = load()
    total = Quantity(Fraction(1), catalogue.unit("ty_usd")) + Quantity(Fraction(500), catalogue.unit("trieu_usd"))
    assert total.value == 1_500_000_000


@pytest.mark.parametrize(("one", "other"), [("2024-09", "2024-Q3"), ("2024", "2024-S1"), ("2024-M01-M09", "2024-09")])
def test_periods_of_different_kinds_do_not_compare(one, other):
    with pytest.raises(UserError) as caught:
        _ = Period.parse(one) < Period.parse(other)
    assert caught.value.code == "periods-not-comparable"


def test_periods_of_one_kind_compare():
    assert Period.parse("2023-12") < Period.parse("2024-01")
    assert Period.parse("2024-Q2") >= Period.parse("2024-Q1")


def test_a_partial_date_is_known_from_its_last_day():
    assert PartialDate("2020-11").last == date(2020, 11, 30)
    assert PartialDate("2020").last == date(2020, 12, 31)
    with pytest.raises(UserError):
        PartialDate("2020-13")
