"""Values made of figures: sums over time, growths, shares, contributions, areas, formulas, plans."""

from dataclasses import replace
from fractions import Fraction

import pytest

from sct.catalogue.model import Stage, Transformation
from sct.engine import derive
from sct.errors import UserError
from sct.vietnamese.periods import Period
from tests.kit.engine.world import (
    CONTRIBUTION,
    COUNTRY,
    EAST,
    LEVEL,
    MOM,
    SHARE,
    WEST,
    YOY,
    catalogue,
    figure,
    get,
    months,
    series,
)


def derived(*figures):
    return derive(figures, catalogue())


def number(computed):
    return None if computed is None else computed.quantity.number


def test_twelve_months_make_a_year_and_eleven_do_not():
    whole = derived(*months("exports", 2023, range(1, 13)))
    assert number(get(whole, "exports", "2023")) == 78
    assert number(get(whole, "exports", "2023-Q2")) == 4 + 5 + 6
    assert number(get(whole, "exports", "2023-S2")) == 57
    assert number(get(whole, "exports", "2023-M01-M09")) == 45
    short = derived(*months("exports", 2023, range(1, 12)))
    assert get(short, "exports", "2023") is None
    assert get(short, "exports", "2023-Q4") is None
    assert number(get(short, "exports", "2023-M01-M11")) == 66


def test_a_month_is_what_two_cumulative_figures_leave():
    d = derived(figure("exports", "2023-M01-M08", 80), figure("exports", "2023-M01-M09", 95.5))
    assert number(get(d, "exports", "2023-09")) == Fraction("15.5")
    assert get(d, "exports", "2023-09").formula == "exports(2023-M01-M09) − exports(2023-M01-M08)"


def test_eleven_months_and_the_estimate_of_december_make_a_year():
    estimate = figure("exports", "2023-12", 9, stage=Stage.ESTIMATE)
    d = derived(figure("exports", "2023-M01-M11", 90), estimate)
    computed = get(d, "exports", "2023")
    assert number(computed) == 99
    assert Stage.ESTIMATE in computed.stages


def test_reported_and_computed_stand_side_by_side():
    reported = figure("exports", "2023", 80)
    d = derived(reported, *months("exports", 2023, range(1, 13)))
    period = Period.of_year(2023)
    assert d.reported(series("exports"), period, LEVEL) is reported
    assert number(d.get(series("exports"), period, LEVEL)) == 78
    assert d.best(series("exports"), period, LEVEL) is reported


def test_a_reported_growth_does_not_make_the_computed_one():
    d = derived(
        figure("exports", "2020", "1.8", transformation=YOY),
        figure("exports", "2019", "16.7"),
        figure("exports", "2020", 16),
    )
    assert number(get(d, "exports", "2020", YOY)) == Fraction("-4.2")
    assert d.reported(series("exports"), Period.of_year(2020), YOY).quantity.number == Fraction("1.8")
    only_growth = derived(figure("exports", "2020", "1.8", transformation=YOY))
    assert get(only_growth, "exports", "2020", YOY) is None


def test_growth_names_its_formula_and_all_observations_below_it():
    figures = [*months("exports", 2022, [10] * 12), *months("exports", 2023, [11] * 12)]
    computed = get(derive(figures, catalogue()), "exports", "2023", YOY)
    assert computed.formula == "100·(Σexports(2023)/Σexports(2022) − 1)"
    assert set(computed.operands) == set(figures)
    assert set(computed.origins()) == {one.origin for one in figures}
    assert computed.figure.stage is Stage.COMPUTED
    assert computed.figure.origin.kind == "formula"
    assert computed.figure.origin.place == computed.formula


def test_a_computed_value_is_as_young_as_its_youngest_operand():
    d = derived(
        figure("exports", "2022", 10, published="2023-01-05"), figure("exports", "2023", 11, published="2024-01")
    )
    assert str(get(d, "exports", "2023", YOY).figure.published) == "2024-01"


def test_rounding_goes_by_the_exact_value():
    d = derived(figure("exports", "2022", 1000), figure("exports", "2023", "1022.5"))
    computed = get(d, "exports", "2023", YOY)
    assert computed.exact == Fraction("2.25")
    assert computed.quantity.number == Fraction("2.3")  # the panel's float lies below 2,25
    assert computed.value == pytest.approx(2.25)


def test_bounds_are_those_of_the_printed_digits():
    d = derived(figure("exports", "2019", "16.7"), figure("exports", "2020", 16))
    low, high = get(d, "exports", "2020", YOY).interval()
    assert low == 100 * (Fraction("15.5") / Fraction("16.75") - 1)
    assert high == 100 * (Fraction("16.5") / Fraction("16.65") - 1)


def test_month_growth_looks_over_the_turn_of_the_year():
    d = derived(figure("exports", "2022-12", 8), figure("exports", "2023-01", 10))
    assert number(get(d, "exports", "2023-01", MOM)) == 25


def test_growth_over_nothing_or_less_says_nothing():
    d = derived(figure("exports", "2022", 0), figure("exports", "2023", 3))
    assert get(d, "exports", "2023", YOY) is None
    assert d.refusal(series("exports"), Period.of_year(2023), YOY).code == "base-not-positive"


def test_an_index_is_never_added_whatever_its_declaration_says():
    d = derived(*months("output_index", 2023, [104] * 12), *months("prices", 2023, [100] * 12))
    for code in ("output_index", "prices"):
        for period in ("2023", "2023-Q1", "2023-M01-M06", "2023-S1"):
            assert get(d, code, period) is None
        assert d.refusal(series(code), Period.of_year(2023), LEVEL).code == "kind-refuses"
        assert get(d, code, "2023-02", MOM) is None


def test_a_price_index_since_december_follows_from_its_monthly_changes():
    changes = [figure("prices", f"2023-{m:02d}", v, transformation=MOM) for m, v in ((1, "0.5"), (2, "-0.2"), (3, 1))]
    computed = get(derive(changes, catalogue()), "prices", "2023-03", Transformation.SINCE_DECEMBER)
    assert computed.exact == 100 * (Fraction("1.005") * Fraction("0.998") * Fraction("1.01") - 1)
    assert set(computed.operands) == set(changes)


def test_a_stock_takes_the_last_value():
    d = derived(*months("markets", 2023, range(441, 453)))
    assert number(get(d, "markets", "2023")) == 452
    assert number(get(d, "markets", "2023-Q1")) == 443
    assert get(d, "markets", "2023").quantity.decimals == 0


def test_a_maximum_is_not_a_sum():
    d = derived(*months("peak", 2023, [3, 5, 4] * 4))
    assert number(get(d, "peak", "2023")) == 5


def test_growth_only_indicators_are_never_summed():
    d = derived(*[figure("growth", f"2023-Q{q}", "6.5", transformation=YOY) for q in range(1, 5)])
    assert get(d, "growth", "2023", YOY) is None
    assert get(d, "growth", "2023") is None


def test_a_rate_is_recomputed_from_its_parts_and_not_averaged():
    exports, imports = [10, 30, 20] * 4, [30, 10, 20] * 4
    d = derived(*months("exports", 2023, exports), *months("imports", 2023, imports))
    assert number(get(d, "openness", "2023-01")) == 25
    assert number(get(d, "openness", "2023")) == 50
    assert get(d, "openness", "2023").formula.startswith("100·Σexports(2023)/")
    assert get(d, "openness", "2023", YOY) is None


def test_a_formula_needs_all_its_operands():
    d = derived(figure("exports", "2023", 5))
    assert get(d, "trade", "2023") is None
    assert d.refusal(series("trade"), Period.of_year(2023), LEVEL).code in {"missing-operand", "no-figures"}


def test_shares_and_contributions_are_against_the_declared_whole():
    now, before = {"goods": 66, "meals": 22, "travel": 22}, {"goods": 60, "meals": 24, "travel": 16}
    figures = [figure(code, "2023", value) for code, value in now.items()]
    figures += [figure(code, "2022", value) for code, value in before.items()]
    d = derive(figures, catalogue())
    assert number(get(d, "sales", "2023")) == 110
    assert number(get(d, "goods", "2023", SHARE)) == 60
    assert number(get(d, "meals", "2023", CONTRIBUTION)) == -2
    assert get(d, "goods", "2023", Transformation.GROWTH_SHARE).exact == 60
    assert get(d, "goods", "2023", CONTRIBUTION).quantity.unit.dimension == "percentage_point"


def test_areas_add_up_only_when_all_are_there():
    both = derived(figure("exports", "2023", 5), figure("exports", "2023", 7, WEST))
    computed = get(both, "exports", "2023", place=COUNTRY)
    assert number(computed) == 12
    assert "2 địa bàn" in computed.formula
    assert get(derived(figure("exports", "2023", 5)), "exports", "2023", place=COUNTRY) is None


def test_growth_of_a_country_comes_from_its_provinces():
    figures = [
        figure("exports", year, v, p)
        for year, v, p in (("2022", 4, EAST), ("2022", 6, WEST), ("2023", 5, EAST), ("2023", 7, WEST))
    ]
    computed = get(derive(figures, catalogue()), "exports", "2023", YOY, COUNTRY)
    assert number(computed) == 20
    assert set(computed.operands) == set(figures)


def test_progress_is_against_the_plan_of_the_period_or_of_the_year():
    plan = figure("exports", "2023", 200, stage=Stage.PLAN)
    d = derived(plan, figure("exports", "2023-M01-M09", 150), figure("exports", "2023", 204))
    assert number(get(d, "exports", "2023", Transformation.PROGRESS)) == 102
    computed = get(d, "exports", "2023-M01-M09", Transformation.PROGRESS)
    assert number(computed) == 75
    assert plan in computed.operands
    assert d.reported(series("exports"), Period.of_year(2023), LEVEL).stage is not Stage.PLAN


def test_a_planned_growth_is_not_divided():
    plan = figure("exports", "2023", 7, stage=Stage.PLAN, transformation=YOY)
    assert get(derived(plan, figure("exports", "2023", 5)), "exports", "2023", Transformation.PROGRESS) is None


def test_average_yearly_growth_is_the_root_of_the_ratio():
    d = derived(figure("exports", "2020", 100), figure("exports", "2022", 121))
    computed = get(d, "exports", "2021/2022", Transformation.AVERAGE_YEARLY)
    assert computed.quantity.number == 10
    assert computed.value == pytest.approx(10)
    assert computed.interval() is not None


def test_average_yearly_growth_also_comes_from_yearly_growths():
    growths = [figure("growth", str(2020 + n), v, transformation=YOY) for n, v in ((1, 44), (2, 0))]
    computed = get(derive(growths, catalogue()), "growth", "2021/2022", Transformation.AVERAGE_YEARLY)
    assert computed.quantity.number == 20
    assert get(derive(growths[:1], catalogue()), "growth", "2021/2022", Transformation.AVERAGE_YEARLY) is None


def test_levels_of_different_price_bases_do_not_meet():
    figures = [
        figure("exports", "2022", 5, basis="constant_prices"),
        figure("exports", "2023", 7, basis="current_prices"),
    ]
    d = derive(figures, catalogue())
    assert get(d, "exports", "2023", YOY) is None
    assert d.refusal(series("exports"), Period.of_year(2023), YOY).code == "bases-differ"


def test_the_latest_published_figure_feeds_the_cell():
    old, new = figure("exports", "2023", 5, published="2023-12"), figure("exports", "2023", 6, published="2024-02-01")
    vague = figure("exports", "2023", 9, published="2023")
    d = derived(new, old, vague, figure("exports", "2022", 3))
    assert number(get(d, "exports", "2023", YOY)) == 100


def test_forecasts_and_ends_of_ranges_feed_nothing():
    d = derived(figure("exports", "2022", 5, stage=Stage.FORECAST), figure("exports", "2023", 6, bound="upper"))
    assert list(d.cells()) == []


def test_all_cells_are_listed_with_what_get_answers():
    d = derived(*months("exports", 2022, [10] * 12), *months("exports", 2023, [11] * 12))
    cells = list(d.cells("exports"))
    assert len(cells) == len({(c.series, c.period, c.transformation) for c in cells})
    assert all(d.get(c.series, c.period, c.transformation) == c for c in cells)
    counted = [c for c in cells if c.transformation is YOY and len(c.period.code) == 7 and c.period.code[5] not in "QS"]
    assert len(counted) == 12


def test_an_unknown_indicator_is_named():
    strange = figure("exports", "2023", 5)
    strange = replace(strange, series=replace(strange.series, indicator="exprots"))
    with pytest.raises(UserError) as caught:
        derived(strange)
    assert caught.value.code == "unknown-indicator"
    assert "exprots" in str(caught.value)


def test_a_changed_observation_makes_only_its_family_new():
    figures = [
        figure("exports", "2022", 5),
        figure("exports", "2023", 6),
        figure("alone", "2023", 1),
        figure("sales", "2023", 2),
    ]
    first = derive(figures, catalogue())
    second = derive([*figures, figure("exports", "2023", 7, published="2024")], catalogue(), previous=first)
    assert second.family("alone") is first.family("alone")
    assert second.family("goods") is first.family("sales")
    assert second.family("imports") is not first.family("exports")
    assert number(get(second, "exports", "2023", YOY)) == 40
    assert number(get(first, "exports", "2023", YOY)) == 20
