"""When two prints of one cell cannot be taken for the same number."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sct.catalogue.model import Comparator, Figure, Origin, SeriesKey, Stage, Transformation
from sct.office.ledger.disagreement import Disagreement, agrees, between, disagree, interval
from sct.vietnamese.periods import Period
from sct.vietnamese.quantities import Quantity, Unit

PCT = Unit("pct", "percent")
TY = Unit("ty_dong", "VND", Fraction(10**9))
NGHIN_TY = Unit("nghin_ty_dong", "VND", Fraction(10**12))
CUM = Unit("cum", "cụm", counted=True)


def figure(text: str, unit: Unit = PCT, **changes) -> Figure:
    decimals = len(text.partition(".")[2])
    made = Figure(
        SeriesKey("iip", "01"),
        Period.of_year(2019),
        Transformation.YOY,
        Quantity(Fraction(text), unit, decimals),
        Stage.ESTIMATE,
        Origin("citation"),
    )
    return replace(made, **changes)


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        (figure("8.89"), figure("8.29"), Disagreement.CONTRADICTORY),
        (figure("9"), figure("9.18"), None),
        (figure("5.5"), figure("5.53"), None),
        (figure("-5.5"), figure("-5.53"), None),
        (figure("8"), figure("8.5"), Disagreement.RECONCILABLE),
        (figure("8"), figure("8.6"), Disagreement.CONTRADICTORY),
        (figure("365234", TY), figure("365", NGHIN_TY), None),
        (figure("365734", TY), figure("365", NGHIN_TY), Disagreement.CONTRADICTORY),
        (figure("70", CUM), figure("71", CUM), Disagreement.CONTRADICTORY),
        (figure("1700", CUM, comparator=Comparator.GT), figure("1718", CUM), Disagreement.RECONCILABLE),
        (figure("1700", CUM, comparator=Comparator.GT), figure("1690", CUM), Disagreement.CONTRADICTORY),
        (figure("1700", CUM, comparator=Comparator.LT), figure("1690", CUM), Disagreement.RECONCILABLE),
        (figure("100", CUM, comparator=Comparator.APPROX), figure("102", CUM), Disagreement.RECONCILABLE),
        (figure("100", CUM, comparator=Comparator.APPROX), figure("110", CUM), Disagreement.CONTRADICTORY),
        (figure("8.6", stage=Stage.FORECAST), figure("7.8"), Disagreement.FORECAST),
        (figure("10", CUM, bound="lower"), figure("15", CUM, bound="upper"), None),
        (figure("7.5", stage=Stage.PLAN), figure("8.2"), None),
        (figure("7.5", stage=Stage.PLAN), figure("8.2", stage=Stage.PLAN), Disagreement.CONTRADICTORY),
        (figure("7.5", basis="current_prices"), figure("8.2", basis="constant_prices"), None),
        (figure("7.5", basis="current_prices"), figure("8.2"), Disagreement.CONTRADICTORY),
        (figure("7.5"), figure("8.2", unit=TY), None),
    ],
)
def test_two_prints_of_a_cell(one, other, kind):
    assert between(one, other) is kind
    assert between(other, one) is kind


def test_the_worst_pair_is_named_and_agreeing_repetitions_are_told_too():
    told = [figure("3.5"), figure("3.5", stage=Stage.REPORTED), figure("2.2"), figure("1.8")]
    conflict = disagree(told)
    assert conflict.figures == tuple(told)
    assert conflict.worst == (told[0], told[3])
    assert conflict.values == (told[0], told[2], told[3])


def test_a_rounder_print_of_one_side_is_left_out_of_the_conflict():
    assert disagree([figure("9"), figure("9.18"), figure("9.2")]) is None


numbers = st.builds(
    lambda digits, decimals: figure(f"{digits / 10**decimals:.{decimals}f}"),
    st.integers(-(10**6), 10**6),
    st.integers(0, 4),
)
comparators = st.sampled_from([Comparator.EQ, Comparator.GT, Comparator.LT, Comparator.APPROX])


@given(numbers, st.integers(0, 3))
def test_a_rounder_print_of_the_same_number_never_disagrees(fine, decimals):
    quantity = fine.quantity
    scaled = abs(quantity.number) * 10 ** min(decimals, quantity.decimals)
    size = Fraction(int(scaled + Fraction(1, 2)), 10 ** min(decimals, quantity.decimals))
    coarse = Quantity(size if quantity.number >= 0 else -size, PCT, min(decimals, quantity.decimals))
    assert agrees(fine, replace(fine, quantity=coarse))


@given(numbers, numbers, comparators, comparators)
def test_disagreement_has_no_direction(one, other, first, second):
    one, other = replace(one, comparator=first), replace(other, comparator=second)
    assert between(one, other) is between(other, one)


@given(numbers, numbers)
def test_contradiction_means_that_no_number_rounds_to_both(one, other):
    mine, theirs = interval(one), interval(other)
    apart = max(mine.low, theirs.low) > min(mine.high, theirs.high)
    assert (between(one, other) is Disagreement.CONTRADICTORY) == apart
