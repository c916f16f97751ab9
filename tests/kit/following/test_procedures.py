"""Where a file stands in a procedure, in working days."""

from datetime import date, timedelta
from fractions import Fraction as F

from hypothesis import given
from hypothesis import strategies as st

from sct.catalogue.forms import Holiday
from sct.catalogue.workdays import after, between, is_working
from sct.following.procedures import Objective, Procedure, Step, load_procedures, measured, place

STEPS = (Step("a", "A", 2, "planning"), Step("b", "B", 3, "trade"), Step("c", "C", 0, "planning"))
THREE = Procedure("p", "QT-9", 1, "P", STEPS)
FRIDAY = date(2026, 3, 6)
NEW_YEAR = {date(2026, 3, 9): Holiday(date(2026, 3, 9), True, "nghỉ")}
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


def test_a_limit_counts_working_days_and_leaves_declared_holidays_out():
    assert place(THREE, FRIDAY, [], FRIDAY, {}).steps[0].due == date(2026, 3, 10)
    assert place(THREE, FRIDAY, [], FRIDAY, NEW_YEAR).steps[0].due == date(2026, 3, 11)
    assert place(THREE, FRIDAY, [], FRIDAY, {}).due == date(2026, 3, 13)


def test_the_next_step_counts_from_the_day_the_one_before_was_done():
    told = place(THREE, FRIDAY, [date(2026, 3, 12)], date(2026, 3, 12), {})
    assert told.steps[0].late == 2  # Wednesday and Thursday
    assert told.now.step.code == "b"
    assert told.now.due == date(2026, 3, 17)
    assert (told.due, told.late) == (date(2026, 3, 13), 0)


def test_a_file_past_its_last_day_is_late_until_it_is_finished():
    open_ = place(THREE, FRIDAY, [date(2026, 3, 10)], date(2026, 3, 18), {})
    assert (open_.late, open_.now.late) == (3, 3)
    done = [date(2026, 3, 10), date(2026, 3, 16), date(2026, 3, 16)]
    ended = place(THREE, FRIDAY, done, date(2026, 5, 1), {})
    assert (ended.finished, ended.late, ended.now) == (date(2026, 3, 16), 1, None)


def test_objectives_are_measured_on_what_should_be_done_by_now():
    day = date(2026, 3, 20)
    good = place(THREE, FRIDAY, [FRIDAY] * 3, day, {})
    late = place(THREE, FRIDAY, [], day, {})
    running = place(THREE, day, [], day, {})
    assert measured(Objective("x", "", "in_time", F(95)), [good, late, running], day) == 50
    assert measured(Objective("x", "", "finished", F(95)), [good, late, running], day) == F(100, 3)
    assert measured(Objective("x", "", "in_time", F(95)), [running], day) is None


@given(DAYS, st.integers(0, 40))
def test_counting_working_days_on_and_back_is_the_same(day, count):
    assert between(day, after(day, count, NEW_YEAR), NEW_YEAR) == count
    assert count == 0 or is_working(after(day, count, NEW_YEAR), NEW_YEAR)


@given(DAYS, st.lists(st.integers(0, 20), max_size=3), st.integers(0, 90))
def test_steps_never_go_back_and_what_is_done_stays_done(opened, gaps, later):
    done, day = [], opened
    for gap in gaps:
        day += timedelta(days=gap)
        done.append(day)
    today = day + timedelta(days=later)
    told = place(THREE, opened, done, today, {})
    assert [one.done for one in told.steps if one.done] == done
    assert all(a.began <= b.began for a, b in zip(told.steps, told.steps[1:], strict=False))
    assert (told.finished is not None) == (len(done) == 3)
    assert told.late == between(told.due, told.finished or today, {})


def test_the_declared_procedures_are_done_by_declared_divisions():
    from sct.catalogue import load

    for one in load_procedures().values():
        assert {step.who for step in one.steps} <= set(load().divisions)
