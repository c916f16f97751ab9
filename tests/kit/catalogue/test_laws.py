"""Laws and parameters: dated, with gaps; regimes and release stages."""

from datetime import date
from fractions import Fraction

import pytest

from sct.catalogue import load
from sct.catalogue.model import Stage
from sct.errors import UserError
from sct.vietnamese.periods import Period


def test_a_law_that_was_suspended_has_a_gap():
    law = load().laws["nd-46-2026"]
    assert law.in_force(date(2026, 1, 28))
    assert not law.in_force(date(2026, 3, 1))
    assert load().laws["nd-15-2018"].in_force(date(2026, 3, 1))


def test_one_food_safety_decree_applies_on_each_known_day():
    for day in (date(2020, 1, 1), date(2026, 1, 28), date(2026, 3, 1)):
        decrees = [
            law.code for law in load().laws_in_force(day, "food-safety") if law.code in ("nd-15-2018", "nd-46-2026")
        ]
        assert len(decrees) == 1
        assert load().parameter("food_safety_decree", day).law == decrees[0]


def test_a_parameter_is_asked_for_a_day():
    value = load().parameter("cluster_area_max", date(2020, 6, 1))
    assert value.value == Fraction(75)
    assert value.law == "nd-68-2017"
    assert load().parameter("cluster_area_max", date(2024, 5, 1)).law == "nd-32-2024"
    assert load().parameter("cpi_release_day", date(2026, 2, 1)).value == 3


def test_a_day_in_a_gap_is_an_error_that_tells_the_known_days():
    with pytest.raises(UserError) as caught:
        load().parameter("cluster_area_max", date(2010, 1, 1))
    assert caught.value.code == "no-parameter-then"
    assert "2017-07-15" in caught.value.expected
    with pytest.raises(UserError):
        load().parameter("ocop_three_star_authority", date(2025, 7, 2))


def test_an_unknown_parameter_names_the_nearest():
    with pytest.raises(UserError) as caught:
        load().parameter("cluster_area_maximum", date(2020, 1, 1))
    assert "cluster_area_max" in caught.value.expected


def test_what_is_unsure_is_marked():
    assert load().parameter("cluster_occupancy_to_expand", date(2025, 1, 1)).confidence == "unsure"
    assert load().laws["tt-33-2022-bct"].confidence == "unsure"


def test_a_label_means_other_days_under_another_regime():
    regimes = load().regimes
    november = Period.parse("2025-11")
    assert november.days(regimes["calendar"]) == (date(2025, 11, 1), date(2025, 11, 30))
    assert november.days(regimes["administrative"]) == (date(2025, 10, 15), date(2025, 11, 14))
    assert november.days(regimes["market_surveillance"]) == (date(2025, 10, 16), date(2025, 11, 15))
    eleven = Period.parse("2025-M01-M11")
    assert eleven.days(regimes["market_surveillance"]) == (date(2024, 12, 16), date(2025, 11, 15))
    assert Period.parse("2025-S1").days(regimes["administrative"]) == (date(2024, 12, 15), date(2025, 6, 14))


def test_every_stage_is_declared_and_official_ranks_highest():
    stages = load().stages
    assert set(stages) == set(Stage)
    assert max(stages.values(), key=lambda stage: stage.rank).stage is Stage.OFFICIAL
    assert all(stage.rank == 0 for stage in stages.values() if not stage.stage.is_actual)
