"""How the switched screen writes figures and periods."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sct.catalogue import load
from sct.catalogue.model import Transformation
from sct.office.web import english
from sct.vietnamese.periods import Period
from sct.vietnamese.quantities import Quantity


def quantity(number, unit, decimals):
    return Quantity(Fraction(number), load().unit(unit), decimals)


@pytest.mark.parametrize(
    ("number", "unit", "decimals", "told"),
    [
        ("853.3", "nghin_ty_dong", 1, "853.3 trillion đồng"),
        ("12350", "nghin_ty_dong", 0, "12,350 trillion đồng"),
        ("10.80", "pct", 2, "10.80%"),
        ("-0.02", "pct", 2, "−0.02%"),
    ],
)
def test_an_amount(number, unit, decimals, told):
    assert english.amount(quantity(number, unit, decimals)) == told


@pytest.mark.parametrize(
    ("number", "how", "told"),
    [
        ("10.8", Transformation.YOY, "up 10.8% on the same period"),
        ("-4.2", Transformation.MOM, "down 4.2% on the period before"),
        ("0.0", Transformation.YOY, "unchanged on the same period"),
        ("7.5", Transformation.AVERAGE_YEARLY, "up 7.5% a year on average"),
    ],
)
def test_a_growth(number, how, told):
    assert english.growth(quantity(number, "pct", 1), how) == told


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("2024", "2024"),
        ("2024-09", "September 2024"),
        ("2024-Q3", "Q3 2024"),
        ("2024-S1", "first half of 2024"),
        ("2024-M01-M09", "January–September 2024"),
        ("2021/2025", "2021–2025"),
    ],
)
def test_a_period(code, told):
    assert english.period(Period.parse(code)) == told


@pytest.mark.parametrize(("text", "told"), [("2020-12-18", "18 Dec 2020"), ("2020-12", "Dec 2020"), ("2020", "2020")])
def test_a_day(text, told):
    assert english.day(text) == told


@given(st.integers(-(10**12), 10**12), st.integers(0, 4))
def test_a_number_reads_back_as_itself(mantissa, decimals):
    value = Fraction(mantissa, 10**decimals)
    assert Fraction(english.number(value, decimals).replace(",", "").replace("−", "-")) == value
