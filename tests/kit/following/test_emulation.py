"""Points, bonus and what is counted off; ranks within a cluster."""

from fractions import Fraction as F

from hypothesis import given
from hypothesis import strategies as st

from sct.following.emulation import Cluster, Criterion, CriterionKind, load_criteria, ranks, total

LATE = Criterion("late", "", CriterionKind.MINUS, F(10), "late_reports", F("0.5"))
WORK = Criterion("work", "", CriterionKind.POINTS, F(100))
FLAG = Criterion("flag", "", CriterionKind.BONUS, F(10))


def test_what_is_counted_is_taken_off_and_never_more_than_the_most():
    assert total([WORK, FLAG, LATE], {"work": F(90), "flag": F(10)}, {"late_reports": 3}) == F("98.5")
    assert total([WORK, LATE], {"work": F(90)}, {"late_reports": 300}) == 80


def test_a_criterion_holds_in_its_years_for_its_clusters():
    one = Criterion("x", "", CriterionKind.POINTS, F(1), clusters=frozenset({Cluster.LOCAL}), first=2025, last=2026)
    assert one.holds(2025, Cluster.LOCAL)
    assert not one.holds(2024, Cluster.LOCAL)
    assert not one.holds(2025, Cluster.DIVISION)


def test_the_declared_scale_adds_up_to_a_hundred():
    points = [one.most for one in load_criteria().values() if one.kind is CriterionKind.POINTS]
    assert sum(points) == 100


def test_equal_sums_share_a_rank_and_the_next_is_counted_on():
    assert ranks({"a": F(90), "b": F(95), "c": F(90), "d": F(80), "e": None}) == {"b": 1, "a": 2, "c": 2, "d": 4}


@given(st.dictionaries(st.text(max_size=3), st.none() | st.fractions(0, 100)))
def test_more_points_never_rank_lower(sums):
    told = ranks(sums)
    assert set(told) == {unit for unit, value in sums.items() if value is not None}
    for a in told:
        for b in told:
            assert (sums[a] > sums[b]) == (told[a] < told[b])
