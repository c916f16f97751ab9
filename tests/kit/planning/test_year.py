"""The year under way: what is still needed, the path, the forecast and its range, the account of growth."""

from fractions import Fraction as F

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sct.catalogue.model import Comparator
from sct.errors import UserError
from sct.planning import accounting, forecasts, rest, season
from sct.planning.aims import Aim, Nature
from sct.vietnamese.write import write_number

levels = st.fractions(min_value=1, max_value=10**6, max_denominator=100)
growths = st.fractions(min_value=-50, max_value=50, max_denominator=100)


def test_the_second_half_of_2021_had_to_grow_by_8_87_percent():
    """7,5 % for the year after a first half of 5,955 % that weighs 47 % (domain-rules §1.5)."""
    assert write_number(rest.needed_by_weight(F("7.5"), F("5.955"), F("0.47")), 2) == "8,87"


@given(levels, levels, growths, growths)
def test_needed_growth_inverts_growth(done_before, rest_before, done, needed):
    """Let both parts grow by any rates: asked for the year's growth, the rest is told its own again."""
    year_before = done_before + rest_before
    now = done_before * (1 + done / 100)
    year = now + rest_before * (1 + needed / 100)
    target = (year / year_before - 1) * 100
    assert rest.needed_growth(target, now, year_before, done_before) == needed
    weight = done_before / year_before
    assert rest.needed_by_weight(target, done, weight) == needed
    assert rest.year_growth(done, needed, weight) == target


def test_nothing_is_needed_of_a_year_that_is_over():
    assert rest.needed_growth(F(7), F(100), F(100), F(100)) is None
    assert rest.needed_level(F(100), F(90), 0) is None
    assert rest.needed_level(F(100), F(110), 2) == 0
    with pytest.raises(UserError):
        rest.needed_by_weight(F(7), F(6), F(1))


@given(levels, st.lists(st.dictionaries(st.integers(1, 11), st.fractions(0, 1), min_size=1), max_size=4))
def test_a_path_ends_at_its_total_and_its_quarters_add_up(total, past):
    years = [{month: total * share for month, share in year.items()} | {12: total} for year in past]
    found = season.path(total, season.usual_shares(years))
    assert found[12] == total
    assert sum(season.quarters(found).values()) == total


def test_months_without_a_past_lie_on_the_line_between_their_neighbours():
    assert season.path(F(120), {})[3] == 30
    assert season.path(F(100), {6: F(1, 4)})[3] == F(25, 2)


def year(total, share=F(45, 100)):
    return {6: F(total) * share, 12: F(total)}


def test_methods_say_what_a_person_would_reckon():
    history = {2023: year(100), 2024: {6: F(54)}}
    assert forecasts.held_growth(history, 2024, 6) == 120
    assert forecasts.seasonal_naive(history, 2024, 6) == 109
    assert forecasts.usual_share(history, 2024, 6) == 120


@given(levels, growths, st.integers(2, 8))
def test_where_every_year_is_like_the_last_the_forecast_is_exact(start, growth, count):
    assume(growth > -40)
    history = {2000 + n: year(start * (1 + growth / 100) ** n) for n in range(count)}
    coming = start * (1 + growth / 100) ** count
    history[2000 + count] = {6: coming * F(45, 100)}
    made = forecasts.forecast(history, 2000 + count, 6)
    assert made.point == coming
    assert all(ratio == 1 for ratio in made.ratios)


def test_the_range_holds_the_share_of_cases_it_says():
    ratios = [F(n, 100) for n in range(90, 110)]  # twenty past years
    made = forecasts.with_range("held_growth", 6, F(100), ratios)
    assert made.coverage == F(17, 21)
    assert (made.low, made.high) == (91, 108)
    few = forecasts.with_range("held_growth", 6, F(100), ratios[:4])
    assert few.coverage == F(3, 5)
    assert forecasts.with_range("held_growth", 6, F(100), ratios[:1]).low is None


def test_the_chance_counts_the_past_years_that_would_have_got_there():
    made = forecasts.with_range("held_growth", 6, F(100), [F(95, 100), F(1), F(105, 100)])
    assert made.chance(Aim.told(Nature.LEVEL, Comparator.GE, F(100))) == F(5, 8)
    assert made.chance(Aim.told(Nature.LEVEL, Comparator.LE, F(94))) == F(1, 8)


@given(st.lists(st.tuples(st.fractions(1, 40), growths), min_size=1, max_size=5), growths, growths)
def test_points_and_the_rest_add_up_to_the_growth(pieces, growth, target):
    parts = [accounting.Part(str(n), str(n), weight, grown) for n, (weight, grown) in enumerate(pieces)]
    account = accounting.accounts(growth, parts, target)
    assert sum(told.part.points for told in account.parts) + account.rest == growth
    bars = accounting.waterfall(account, "chung", "còn lại")
    assert bars[-1].end == growth == (bars[-2].end if len(bars) > 1 else growth)
    if growth > 0:
        shares = sum(told.share for told in account.parts) + account.rest / growth * 100
        assert shares == 100


@given(st.lists(st.tuples(st.fractions(1, 40), growths), min_size=1, max_size=5), growths, growths)
def test_doing_what_is_asked_reaches_the_target(pieces, growth, target):
    parts = [accounting.Part(str(n), str(n), weight, grown) for n, (weight, grown) in enumerate(pieces)]
    account = accounting.accounts(growth, parts, target)
    for chosen in account.parts:
        moved = [
            accounting.Part(p.code, p.name, p.weight, chosen.alone if p is chosen.part else p.growth) for p in parts
        ]
        assert accounting.whole(moved, account.rest) == target
    evenly = [accounting.Part(p.code, p.name, p.weight, p.growth + account.together) for p in parts]
    assert accounting.whole(evenly, account.rest) == target


def test_industry_of_2024_weighs_13_2_percent():
    part = accounting.Part.of_points("va_industry", "công nghiệp", F("6.2"), F("0.82"))
    assert write_number(part.weight, 1) == "13,2"
    assert part.points == F("0.82")
