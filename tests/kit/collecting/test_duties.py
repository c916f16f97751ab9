"""Who sends what by when: units in force on the closing day, due days moved by days of rest."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sct.catalogue import load
from sct.catalogue.forms import Holiday
from sct.collecting.duties import due_day, duties, is_working, units
from sct.vietnamese.periods import Period

C = load()
MONTHLY = C.form("commune_trade_monthly")


def levels(form, period):
    found = units(C, C.form(form), Period.parse(period), C.home)
    return {level: sum(unit.level == level for unit in found) for level in {unit.level for unit in found}}


@pytest.mark.parametrize(
    ("form", "period", "expected"),
    [
        ("commune_trade_monthly", "2025-06", {"district": 30}),  # closes on 14 June
        ("commune_trade_monthly", "2025-07", {"commune": 126}),  # closes on 14 July
        ("industrial_promotion", "2025-S1", {"district": 30}),
        ("industrial_promotion", "2025", {"commune": 126}),
        ("food_safety_licences", "2025-Q2", {}),  # declared from July 2025 on
        ("food_safety_licences", "2025-Q3", {"commune": 126}),
        ("division_monthly", "2026-03", {"division": 7}),
    ],
)
def test_districts_report_until_june_2025_and_communes_after(form, period, expected):
    assert levels(form, period) == expected


def test_only_units_with_clusters_report_on_clusters():
    found = {unit.key for unit in units(C, C.form("cluster_report"), Period.parse("2026-S1"), C.home)}
    assert found
    assert found <= C.traits["clusters"]
    assert {C.areas[key].level for key in found} == {"commune"}


def test_a_period_that_a_form_does_not_ask_for_is_nobodys_duty():
    assert units(C, MONTHLY, Period.parse("2026-Q1"), C.home) == []
    assert units(C, C.form("cluster_report"), Period.parse("2026-S2"), C.home) == []


@pytest.mark.parametrize(
    ("form", "period", "due"),
    [
        ("commune_trade_monthly", "2026-01", "2026-01-16"),  # a Friday
        ("commune_trade_monthly", "2026-02", "2026-02-23"),  # 16 to 20 February 2026 is Tết
        ("price_stabilisation", "2026-04", "2026-04-20"),  # 18 is a Saturday
        ("cluster_report", "2026-S1", "2026-06-22"),  # 20 June is a Saturday
        ("cluster_report", "2026", "2026-12-21"),
        ("annual_plan", "2027", "2026-10-15"),  # in the year before
    ],
)
def test_a_day_of_rest_moves_the_due_day(form, period, due):
    assert due_day(C.form(form), Period.parse(period), C.holidays)[0].isoformat() == due


def test_a_saturday_declared_worked_is_a_working_day():
    assert is_working(date(2026, 1, 10), C.holidays)
    assert not is_working(date(2026, 1, 11), C.holidays)
    assert not is_working(date(2026, 1, 2), C.holidays)


@given(
    st.integers(2020, 2030),
    st.integers(1, 12),
    st.sets(st.dates(date(2019, 12, 1), date(2031, 1, 31)), max_size=40),
)
def test_the_due_day_is_a_working_day_and_no_working_day_lies_between(year, month, off):
    holidays = {day: Holiday(day, True, "nghỉ") for day in off}
    due, asked = due_day(MONTHLY, Period.of_month(year, month), holidays)
    assert is_working(due, holidays)
    assert (asked.year, asked.month, asked.day) == (year, month, 16)
    between = [asked + timedelta(days=n) for n in range((due - asked).days)]
    assert not any(is_working(day, holidays) for day in between)


@given(st.dates(date(2024, 1, 1), date(2027, 12, 1)), st.integers(0, 60))
def test_duties_between_two_days_are_those_due_then(first, length):
    last = first + timedelta(days=length)
    forms = [C.form("division_monthly"), C.form("annual_plan")]
    found = duties(C, forms, first, last, C.home)
    assert all(first <= duty.due <= last for duty in found)
    assert [duty.due for duty in found] == sorted(duty.due for duty in found)
    assert len({duty.key for duty in found}) == len(found)
