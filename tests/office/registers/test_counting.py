"""Counts of the registers: sums, ratios, things told once, papers that run out, and values of a whole year."""

from datetime import date
from fractions import Fraction

import pytest

from sct.office.registers import counting
from sct.office.registers.counting import count_all
from sct.vietnamese.periods import Period


@pytest.fixture(params=["small", "large"])
def told(request, monkeypatch, chuyen_vien, hanoi):
    """Counts of one indicator by breakdown; in memory and by the database they are the same."""
    if request.param == "large":
        monkeypatch.setattr(counting, "AT_ONCE", 0)

    def ask(indicator, period):
        period = Period.of_year(period) if isinstance(period, int) else period
        return {one.rule.breakdown: one for one in count_all(chuyen_vien, hanoi, period, indicator)}

    return ask


def test_occupancy_is_leased_over_industrial_land_of_those_that_tell_both(make, told):
    make("industrial_clusters", "A", ("operating", "2023-01-01"), industrial_area="20", leased_area="15")
    make("industrial_clusters", "B", ("operating", "2023-01-01"), industrial_area="10", leased_area="3")
    make("industrial_clusters", "C", ("operating", "2023-01-01"), industrial_area="70")
    one = told("cluster_occupancy_rate", 2024)[""]
    assert (one.value, one.entries, one.unknown) == (60, 2, 1)


def test_a_firm_of_three_products_is_one_firm(make, told):
    for name, firm in (("Máy A", "Công ty Cơ Khí"), ("Máy B", "CÔNG TY CƠ KHÍ"), ("Sơn", "Công ty Sơn")):
        make("key_products", name, ("recognised", "2023-11-20"), firm=firm, year="2023")
    assert told("key_industrial_products_new", 2023)[""].value == 3
    assert told("key_industrial_enterprises_new", 2023)[""].value == 2


def test_a_licence_that_ran_out_in_the_period_and_was_not_renewed_is_counted_there(make, told):
    for name, until in (("Một", "2024-03-01"), ("Hai", "2024-11-30"), ("Ba", "2025-01-01")):
        make("craft_alcohol_licences", name, ("issued", "2020-01-01"), valid_until=until, regime="licence")
    assert told("craft_alcohol_licences", 2024)["licence_state:expired"].value == 2


def test_an_alcohol_maker_who_only_registers_has_no_licence_to_run_out(make, told):
    from sct.office.registers.models import Span

    make("craft_alcohol_licences", "Hộ", ("issued", "2018-01-01"), issued_on="2018-01-01", regime="registration")
    assert Span.objects.get().expires is None
    assert told("craft_alcohol_licences", 2018)["licence_state:issued"].value == 0


def test_revenue_of_a_year_is_no_revenue_of_a_quarter(make, told):
    make("craft_villages", "Làng A", ("recognised", "2020-01-01"), revenue="15")
    make("craft_villages", "Làng B", ("recognised", "2020-01-01"), revenue="60")
    year = told("craft_village_revenue", 2024)
    assert {code: one.value for code, one in year.items()} == {
        "": 75,
        "revenue_band:10_20": 15,
        "revenue_band:20_50": None,
        "revenue_band:over_50": 60,
    }
    assert told("craft_village_revenue", Period.of_quarter(2024, 2)) == {}


def test_money_to_the_budget_is_fines_arrears_and_sales_of_the_market_force_alone(make, told):
    paid = ("inspected", "2024-05-01"), ("fined", "2024-05-10"), ("paid", "2024-06-01")
    make("inspections", "Cơ sở 1", *paid, force="qltt", fine="30", arrears="10", sale="2")
    make("inspections", "Cơ sở 2", *paid, force="police", fine="100")
    assert told("market_budget_revenue", 2024)[""].value == Fraction(42, 1000)
    assert told("market_cases_handled", 2024)[""].value == 1
    cases = told("steering_389_cases", 2024)
    assert (cases[""].value, cases["force:police"].value, cases["force:tax"].value) == (2, 1, 0)


def test_reserves_are_told_as_growth_over_a_normal_month_and_units_once(make, told):
    for goods, reserve in (("rice", "110"), ("pork", "240")):
        make(
            "stabilisation",
            "Đơn vị A",
            ("taking_part", "2024-01-01"),
            goods=goods,
            reserve=reserve,
            normal=str(100 if goods == "rice" else 200),
        )
    assert told("stabilisation_reserve_growth", 2024)[""].value == Fraction(50, 3)
    assert told("stabilisation_units", 2024)[""].value == 1


def test_an_extended_cluster_is_new_in_the_year_of_its_decision_and_still_runs(make, told):
    make("industrial_clusters", "A", ("operating", "2015-01-01"), ("extended", "2024-04-01"))
    make("industrial_clusters", "B", ("established", "2024-06-01"))
    assert told("clusters_established_new", 2024)[""].value == 2
    assert told("clusters_operating", 2024)[""].value == 1


def test_new_shops_of_three_registers_are_added_up(make, chuyen_vien, hanoi):
    from sct.catalogue import load
    from sct.catalogue.model import SeriesKey, Transformation
    from sct.office.coordination.tallies import Reckoned

    area = load().areas[hanoi]
    key, year = SeriesKey("modern_retail_new", hanoi), Period.of_year(2024)
    make("supermarkets", "Siêu thị", ("preparing", "2024-01-01"), ("operating", "2024-02-01"))
    make("trade_centres", "Trung tâm", ("building", "2023-01-01"), ("operating", "2024-02-01"))
    assert Reckoned(chuyen_vien, area).get(key, year, Transformation.LEVEL) is None, (
        "one register of the three is empty"
    )
    make("convenience_stores", "Cửa hàng", ("preparing", "2024-01-01"), ("operating", "2024-02-01"))
    assert Reckoned(chuyen_vien, area).get(key, year, Transformation.LEVEL).exact == 3


def test_a_decided_count_is_of_the_days_it_names(make, told):
    make("markets", "Chợ", ("operating", "2024-01-01"), wholesale_like="yes", mode="civil", recognised_class="2")
    total = told("markets_total", 2024)
    assert total[""].last == date(2024, 12, 31)
    assert {code for code, one in total.items() if one.value} == {"", "market_class:2", "market_mode:civil"}
    assert told("wholesale_like_markets", 2024)[""].value == 1
