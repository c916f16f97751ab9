"""What must hold for any figures."""

import math
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from sct.catalogue.model import Transformation
from sct.engine import derive
from sct.engine.rounding import half_even, half_up
from sct.vietnamese.periods import Period
from tests.kit.engine.world import CONTRIBUTION, COUNTRY, EAST, LEVEL, SHARE, WEST, YOY, catalogue, figure, get, months
from tests.strategies_engine import ledgers, values, year_of_months

WORLD = catalogue()
PARTS = ("goods", "meals", "travel")


def told(derived):
    return {(c.series, c.period, c.transformation): (c.value, c.quantity, c.formula) for c in derived.cells()}


@given(year_of_months)
def test_months_add_up_to_the_cumulative_figure_of_every_month(year):
    derived = derive(months("exports", 2023, year), WORLD)
    assert get(derived, "exports", "2023-M01-M01") is None  # another name of January, which was reported
    for month in range(2, 13):
        computed = get(derived, "exports", f"2023-M01-M{month:02d}")
        assert computed.exact == sum(Fraction(value) for value in year[:month]) * 10**9
        assert math.isclose(computed.value, computed.exact, rel_tol=1e-12)


@given(year_of_months)
def test_cumulative_figures_give_back_their_months(year):
    running = [sum(Fraction(value) for value in year[: n + 1]) for n in range(12)]
    figures = [figure("exports", f"2023-M01-M{n:02d}", f"{float(value):.1f}") for n, value in enumerate(running, 1)]
    derived = derive(figures, WORLD)
    assert get(derived, "exports", "2023-01") is None  # reported, as the cumulative figure of January
    for month, value in list(enumerate(year, 1))[1:]:
        assert get(derived, "exports", f"2023-{month:02d}").exact == Fraction(value) * 10**9


@given(year_of_months, year_of_months)
def test_quarters_halves_and_months_agree_on_the_year(first, second):
    derived = derive([*months("exports", 2022, first), *months("exports", 2023, second)], WORLD)
    whole = get(derived, "exports", "2023").exact
    assert sum(get(derived, "exports", f"2023-Q{q}").exact for q in range(1, 5)) == whole
    assert sum(get(derived, "exports", f"2023-S{h}").exact for h in (1, 2)) == whole
    growth = get(derived, "exports", "2023", YOY)
    assert growth.exact == 100 * (whole / get(derived, "exports", "2022").exact - 1)


@given(st.tuples(*[values] * 6))
def test_contributions_add_up_to_the_growth_and_shares_to_a_hundred(told_values):
    figures = [figure(code, "2022", value) for code, value in zip(PARTS, told_values[:3], strict=True)]
    figures += [figure(code, "2023", value) for code, value in zip(PARTS, told_values[3:], strict=True)]
    derived = derive(figures, WORLD)
    points = [get(derived, code, "2023", CONTRIBUTION) for code in PARTS]
    assert sum(point.exact for point in points) == get(derived, "sales", "2023", YOY).exact
    assert math.isclose(sum(point.value for point in points), get(derived, "sales", "2023", YOY).value, abs_tol=1e-6)
    assert sum(get(derived, code, "2023", SHARE).exact for code in PARTS) == 100


@settings(max_examples=20, deadline=None)
@given(ledgers(), st.randoms(use_true_random=False))
def test_the_order_of_figures_changes_nothing(figures, random):
    shuffled = list(figures)
    random.shuffle(shuffled)
    assert told(derive(figures, WORLD)) == told(derive(shuffled, WORLD))


@settings(max_examples=20, deadline=None)
@given(ledgers())
def test_panel_and_exact_value_agree_and_every_value_names_its_sources(figures):
    derived = derive(figures, WORLD)
    known = set(figures)
    for cell in derived.cells():
        panels = derived.panels(cell.series.indicator)
        grain_block = derived.family(cell.series.indicator).value(cell.series, cell.period, cell.transformation)
        assert panels is not None
        assert math.isclose(grain_block, float(cell.exact), rel_tol=1e-9, abs_tol=1e-9)
        assert cell.operands
        assert set(cell.operands) <= known
        assert set(cell.origins()) == {operand.origin for operand in cell.operands}
        half = cell.quantity.half_step or cell.quantity.unit.factor / 2
        assert abs(cell.quantity.value - cell.exact) <= half


@settings(max_examples=20, deadline=None)
@given(ledgers())
def test_a_level_is_never_computed_from_itself(figures):
    for cell in derive(figures, WORLD).cells():
        if cell.transformation is LEVEL:
            operands = {(one.series, one.period.canonical, one.transformation) for one in cell.operands}
            assert (cell.series, cell.period.canonical, LEVEL) not in operands


@settings(max_examples=20, deadline=None)
@given(ledgers())
def test_withdrawing_an_operand_changes_only_what_stood_on_it(figures):
    before = derive(figures, WORLD)
    gone = figures[0]
    after = told(derive(figures[1:], WORLD))
    for cell in before.cells():
        if gone not in cell.operands:
            assert after[cell.series, cell.period, cell.transformation][1] == cell.quantity


@settings(max_examples=20, deadline=None)
@given(ledgers(codes=("exports",)))
def test_sums_over_areas_equal_a_sum_by_hand(figures):
    cells = {(one.series, one.period.canonical, LEVEL): one for one in figures}  # of two names the later entry
    derived = derive(figures, WORLD)
    for period in {one.period.canonical for one in figures}:
        parts = [
            cells.get((one.series, period, LEVEL))
            for one in (figure("exports", period.code, 1, p) for p in (EAST, WEST))
        ]
        if all(parts):
            computed = get(derived, "exports", period.code, place=COUNTRY)
            # Months of the country come first; where they are not known, the provinces make its value.
            if computed.formula.startswith("Σ "):
                assert computed.exact == sum(part.quantity.value for part in parts)


@given(st.fractions(min_value=-1000, max_value=1000), st.integers(0, 4))
def test_rounding_is_to_the_nearest_and_named(value, digits):
    step = Fraction(1, 10**digits)
    for rule in (half_up, half_even):
        assert abs(rule(value, digits) - value) <= step / 2
        assert (rule(value, digits) / step).denominator == 1
    assert half_up(-value, digits) == -half_up(value, digits)
    assert half_up(Fraction("2.25"), 1) == Fraction("2.3")
    assert half_even(Fraction("2.25"), 1) == Fraction("2.2")


@given(st.lists(st.decimals("-20", "30", places=1), min_size=2, max_size=6))
def test_average_growth_over_a_span_compounds_to_the_same_end(growths):
    figures = [
        figure("growth", str(2020 + n), growth, transformation=Transformation.YOY)
        for n, growth in enumerate(growths, 1)
    ]
    span = Period.of_years(2021, 2020 + len(growths))
    computed = get(derive(figures, WORLD), "growth", span.code, Transformation.AVERAGE_YEARLY)
    compounded = math.prod(1 + float(growth) / 100 for growth in growths)
    assert math.isclose((1 + computed.value / 100) ** len(growths), compounded, rel_tol=1e-9)
