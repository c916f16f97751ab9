"""Classes, warnings, expiry and values of register entries: thresholds are the law's of the day."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sct.catalogue import load
from sct.catalogue.classing import classify, expires, months_after, value_of, warned
from sct.catalogue.histories import Snapshot
from sct.catalogue.register_values import number_of, parse, plain, show
from sct.catalogue.registers import Field, Kind, load_registers
from sct.errors import UserError

REGISTERS = load_registers()
PARAMETERS = load().parameters
DAY = date(2025, 1, 1)


def snapshot(state="operating", **values):
    return Snapshot(state, DAY, {name: str(value) for name, value in values.items()})


@pytest.mark.parametrize(
    ("points", "building", "expected"),
    [
        (401, "solid", "1"),
        (400, "solid", "2"),
        (200, "semi", "2"),
        (199, "solid", "3"),
        (500, "semi", "2"),
        (500, "temporary", "3"),
    ],
)
def test_the_class_of_a_market_needs_points_and_a_building(points, building, expected):
    register = REGISTERS["markets"]
    found = classify(register, register.classes[0], snapshot(points=points, building=building), DAY, PARAMETERS)
    assert found.code == expected


def test_a_market_without_its_points_has_no_class_yet_and_says_so():
    register = REGISTERS["markets"]
    found = classify(register, register.classes[0], snapshot(building="solid"), DAY, PARAMETERS)
    assert found.code == ""
    assert found.name == "chưa đủ dữ liệu: Số điểm kinh doanh"


@pytest.mark.parametrize(
    ("kind", "area", "items", "expected"),
    [
        ("general", 5000, 20000, "general1"),
        ("general", 4999, 20000, "general2"),
        ("special", 250, 500, "special3"),
        ("general", 400, 9000, ""),
    ],
)
def test_supermarkets_are_classed_by_area_and_items_of_their_kind(kind, area, items, expected):
    register = REGISTERS["supermarkets"]
    found = classify(register, register.classes[0], snapshot(type=kind, area_m2=area, items=items), DAY, PARAMETERS)
    assert found.code == expected


def test_a_class_names_the_law_it_rests_on():
    register = REGISTERS["ocop_products"]
    found = classify(register, register.classes[0], snapshot("recognised", points="71.5"), DAY, PARAMETERS)
    assert found.code == "4"
    assert found.verdict.why == "Điểm chấm: 71,5 ≥ 70"
    assert found.verdict.cites[0].law == "qd-148-2023-ttg"


def test_a_small_old_cluster_is_warned_of_not_refused():
    register = REGISTERS["industrial_clusters"]
    told = warned(register, snapshot(total_area="2.8", kind="general"), DAY, PARAMETERS)
    assert [(name, verdict.why) for name, verdict in told] == [("Dưới diện tích tối thiểu", "Tổng diện tích: 2,8 < 10")]
    assert warned(register, snapshot(total_area="6", kind="craft"), DAY, PARAMETERS) == []


def test_occupancy_is_leased_over_industrial_land_not_over_the_whole():
    register = REGISTERS["industrial_clusters"]
    assert value_of(register, snapshot(total_area=50, industrial_area=32, leased_area=24), "occupancy") == "75"
    assert value_of(register, snapshot(total_area=50, leased_area=24), "occupancy") == ""


def test_a_certificate_without_its_last_day_runs_for_the_laws_term():
    ocop = REGISTERS["ocop_products"].expiry
    assert ocop is not None
    assert expires(ocop, snapshot("recognised", recognised_on="2023-01-31"), PARAMETERS) == date(2026, 1, 31)
    written = snapshot("recognised", recognised_on="2023-01-31", valid_until="2025-06-30")
    assert expires(ocop, written, PARAMETERS) == date(2025, 6, 30)
    assert expires(ocop, snapshot("withdrawn", valid_until="2025-06-30"), PARAMETERS) is None


def test_a_month_without_the_day_ends_on_its_last():
    assert months_after(date(2024, 1, 31), 1) == date(2024, 2, 29)


NUMBER = Field("x", "Diện tích", "Area", Kind.NUMBER)


@pytest.mark.parametrize(
    ("given_", "kept"),
    [
        ("37,78", "37.78"),
        ("37.78", "37.78"),
        ("1.250", "1250"),
        ("1.250,5", "1250.5"),
        (1.125, "1.125"),
        (12.0, "12"),
        (" 7 ", "7"),
        ("", ""),
        (None, ""),
    ],
)
def test_numbers_are_read_as_officials_write_them(given_, kept):
    assert parse(NUMBER, given_) == kept


@pytest.mark.parametrize("given_", ["khoảng 20", "-3", "1.25.5", "20 ha"])
def test_what_is_no_number_is_refused_with_an_example(given_):
    with pytest.raises(UserError) as refused:
        parse(NUMBER, given_)
    assert refused.value.code == "bad-value"
    assert refused.value.expected


@given(st.integers(0, 10**9), st.integers(0, 6))
def test_a_shown_number_is_read_back_as_the_same(number, decimals):
    value = plain(Fraction(number, 10**decimals))
    assert parse(NUMBER, show(NUMBER, value)) == value
    assert number_of(show(NUMBER, value)) == Fraction(value)


def test_choices_are_found_by_name_without_diacritics():
    field = REGISTERS["markets"].fields["building"]
    assert parse(field, "kien co") == "solid"
    assert parse(field, "Bán kiên cố") == "semi"
    with pytest.raises(UserError, match="Kiên cố, Bán kiên cố, Tạm"):
        parse(field, "gỗ")
