"""Areas change: no growth over a border change, no sum of areas that were not all there."""

import pytest

from sct.catalogue.model import Stage
from sct.engine import derive
from sct.vietnamese.periods import Period
from tests.kit.engine.world import COUNTRY, EAST, LEVEL, WEST, YOY, Tiny, area, catalogue, figure, get, series

DISTRICT_A = area("A", EAST.key, end="2025-06-30", level="district")
DISTRICT_B = area("B", EAST.key, end="2025-06-30", level="district")
COMMUNE = area("C", EAST.key, start="2025-07-01", level="commune")


def world():
    places = (COUNTRY, EAST, WEST, DISTRICT_A, DISTRICT_B, COMMUNE)
    return Tiny(catalogue().indicators, {place.key: place for place in places})


def two_districts(period, a=3, b=4):
    return [figure("exports", period, a, DISTRICT_A), figure("exports", period, b, DISTRICT_B)]


def test_growth_over_a_new_border_is_refused_with_a_reason():
    d = derive([figure("exports", "2025-08", 5, COMMUNE), *two_districts("2024-08")], world())
    assert get(d, "exports", "2025-08", YOY, COMMUNE) is None
    refusal = d.refusal(series("exports", COMMUNE), Period.parse("2025-08"), YOY)
    assert refusal.code == "area-changed"
    assert "01/07/2025" in str(refusal)
    assert "2024-08" in str(refusal)


def test_a_restated_base_makes_growth_possible_again():
    restated = figure("exports", "2024-08", 4, COMMUNE, note="tính lại theo địa giới mới")
    d = derive([figure("exports", "2025-08", 5, COMMUNE), restated], world())
    assert get(d, "exports", "2025-08", YOY, COMMUNE).quantity.number == 25


def test_the_province_adds_up_on_either_side_of_the_change():
    d = derive([*two_districts("2025-06"), figure("exports", "2025-07", 8, COMMUNE)], world())
    assert get(d, "exports", "2025-06").quantity.number == 7
    assert get(d, "exports", "2025-07").quantity.number == 8


def test_a_period_across_the_change_does_not_add_up_from_areas():
    d = derive([*two_districts("2025-Q3"), figure("exports", "2025", 8, COMMUNE), *two_districts("2025")], world())
    assert get(d, "exports", "2025") is None
    assert get(d, "exports", "2025-Q3") is None


@pytest.mark.parametrize("missing", [0, 1])
def test_one_district_missing_leaves_the_province_unknown(missing):
    figures = two_districts("2024-05")
    del figures[missing]
    d = derive(figures, world())
    assert get(d, "exports", "2024-05") is None


def test_months_of_districts_make_the_year_of_the_country():
    months = [f"2024-{month:02d}" for month in range(1, 13)]
    figures = [one for month in months for one in two_districts(month)]
    figures += [figure("exports", month, 10, WEST, stage=Stage.OFFICIAL) for month in months]
    d = derive(figures, world())
    computed = d.get(series("exports", COUNTRY), Period.of_year(2024), LEVEL)
    assert computed.quantity.number == 12 * 17
    assert set(computed.operands) == set(figures)
