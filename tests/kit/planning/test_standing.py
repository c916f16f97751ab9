"""The status of a target and the reason it gives."""

from fractions import Fraction as F

import pytest

from sct.catalogue.model import Comparator
from sct.planning.aims import Aim, Nature, may_be
from sct.planning.standing import Course, Seen, Status, judge
from sct.vietnamese.periods import Period

YEAR, NINE = Period.of_year(2024), Period.through(2024, 9)


def aim(nature, value, comparator=Comparator.EQ, high=None):
    return Aim.told(nature, comparator, F(str(value)), None if high is None else F(str(high)))


def seen(value, period=YEAR):
    return Seen(period, (F(str(value)),))


def test_nothing_known_is_said_so():
    told = judge(aim(Nature.LEVEL, 100), YEAR, None, over=True)
    assert told.status is Status.NO_FIGURE
    assert "năm 2024" in told.reason


def test_a_growth_of_the_whole_year_is_told_in_points():
    told = judge(aim(Nature.GROWTH, "7.5"), YEAR, seen("6.52"), over=True)
    assert (told.status, told.percent) == (Status.MISSED, None)
    assert told.reason == "Thấp hơn kế hoạch 0,98 điểm phần trăm"
    above = judge(aim(Nature.GROWTH, 7, high=8), YEAR, seen("8.5"), over=True)
    assert (above.status, above.reason) == (Status.REACHED, "Cao hơn kế hoạch 1,50 điểm phần trăm")


def test_a_ceiling_that_is_missed_lies_above_the_plan():
    told = judge(aim(Nature.SHARE, "3.4", Comparator.LE), YEAR, seen("3.6"), over=True)
    assert (told.status, told.reason) == (Status.MISSED, "Cao hơn kế hoạch 0,20 điểm phần trăm")


def test_a_level_is_told_in_percent_of_plan():
    told = judge(aim(Nature.LEVEL, 800), YEAR, seen("853.3"), over=True)
    assert (told.status, told.reason) == (Status.REACHED, "Bằng 106,7% kế hoạch")


def test_a_part_of_the_year_is_never_a_failed_year():
    for over in (True, False):
        told = judge(aim(Nature.COUNT, 38), YEAR, seen(19, Period.through(2024, 10)), over=over)
        assert told.status is not Status.MISSED


def test_a_count_that_is_there_already_is_reached_but_a_growth_is_not():
    assert judge(aim(Nature.COUNT, 20), YEAR, seen(21, NINE), over=False).status is Status.REACHED
    assert judge(aim(Nature.GROWTH, 7), YEAR, seen(8, NINE), over=False).status is Status.ON_TRACK
    assert judge(aim(Nature.STOCK, 70), YEAR, seen(70, NINE), over=False).status is Status.ON_TRACK


def test_a_ceiling_is_not_reached_before_the_year_is_over():
    told = judge(aim(Nature.LEVEL, 100, Comparator.LE), YEAR, seen(10, NINE), over=False)
    assert told.status is Status.ON_TRACK


@pytest.mark.parametrize(("done", "status"), [(75, Status.ON_TRACK), (65, Status.SLOW), (50, Status.AT_RISK)])
def test_without_a_season_the_path_is_even(done, status):
    told = judge(aim(Nature.LEVEL, 100), YEAR, seen(done, NINE), over=False)
    assert (told.status, told.expected) == (status, 75)


def test_the_season_moves_what_is_expected_by_now():
    told = judge(aim(Nature.LEVEL, 100), YEAR, seen(50, NINE), over=False, course=Course(expected=F(50)))
    assert told.status is Status.ON_TRACK


@pytest.mark.parametrize(
    ("chance", "status"), [("0.9", Status.ON_TRACK), ("0.3", Status.SLOW), ("0.1", Status.AT_RISK)]
)
def test_the_chance_decides_where_past_years_give_one(chance, status):
    course = Course(chance=F(chance), needed=F("8.87"))
    told = judge(aim(Nature.GROWTH, "7.5"), YEAR, seen("5.955", Period.through(2024, 6)), over=False, course=course)
    assert told.status is status
    assert told.reason.endswith("phần còn lại của năm phải tăng 8,87%")


def test_growth_alone_short_by_more_than_a_point_is_at_risk():
    told = judge(aim(Nature.GROWTH, "7.5"), YEAR, seen("6.1", NINE), over=False)
    assert (told.status, told.reason) == (
        Status.AT_RISK,
        "9 tháng đầu năm 2024 còn kém kế hoạch 1,40 điểm phần trăm",
    )


def test_an_ended_year_with_a_part_known_is_not_judged():
    told = judge(aim(Nature.GROWTH, "7.5"), YEAR, seen("6.1", NINE), over=True)
    assert told.status is Status.NO_FIGURE
    assert "chưa có số liệu cả kỳ" in told.reason


def test_a_loose_result_is_left_open():
    loose = Seen(YEAR, (F(97), F(103)))
    assert judge(aim(Nature.LEVEL, 100), YEAR, loose, over=True).status is Status.UNDECIDED


def test_a_count_that_may_still_grow_can_only_reach_a_target_never_miss_it():
    def so_far(count, period=YEAR):
        return Seen(period, may_be(F(count), Comparator.GE), at_least=True)

    short = judge(aim(Nature.COUNT, 10), YEAR, so_far(4), over=True)
    assert (short.status, short.percent) == (Status.UNDECIDED, None)
    assert judge(aim(Nature.COUNT, 10), YEAR, so_far(12), over=True).status is Status.REACHED
    assert judge(aim(Nature.COUNT, 10), YEAR, so_far(1, NINE), over=False).status is Status.UNDECIDED


def test_a_stock_that_is_short_is_told_in_percent_and_never_in_points():
    told = judge(aim(Nature.STOCK, 44), YEAR, seen(27, NINE), over=False)
    assert told.status is Status.AT_RISK
    assert "61,4% kế hoạch" in told.reason
    assert "điểm phần trăm" not in told.reason
