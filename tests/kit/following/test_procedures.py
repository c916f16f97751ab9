"""Where a file stands in a procedure, in working days."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction as F

from hypothesis import given
from hypothesis import strategies as st

from sct.catalogue.forms import Holiday
from sct.catalogue.workdays import after, between, is_working
from sct.following.procedures import Objective, Procedure, Step, Wait, load_procedures, measured, place

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


# -- days with the applicant -------------------------------------------------------------------------------------------


def test_a_wait_moves_the_last_day_on_by_its_working_days():
    """The worked example of docs/why/procedures.md: two days from Friday 6-3; sent back on Monday 9-3, with papers on
    Wednesday 18-3: seven working days later, so the step ends on Thursday 19-3 in place of 10-3."""
    waits = [Wait(date(2026, 3, 9), date(2026, 3, 18))]
    told = place(THREE, FRIDAY, [], date(2026, 3, 18), {}, waits=waits)
    assert (told.now.due, told.now.waited, told.now.late) == (date(2026, 3, 19), 7, 0)
    assert told.due == date(2026, 3, 24)  # 13-3 and seven working days


def test_while_it_waits_no_day_is_late_and_being_late_before_is_not_mended():
    in_time = place(THREE, FRIDAY, [], date(2026, 4, 30), {}, waits=[Wait(date(2026, 3, 10))])
    assert (in_time.waiting, in_time.now.late, in_time.late) == (date(2026, 3, 10), 0, 0)
    late = place(THREE, FRIDAY, [], date(2026, 4, 30), {}, waits=[Wait(date(2026, 3, 12))])
    assert (late.now.due, late.now.late) == (date(2026, 3, 10), 2)  # Wednesday and Thursday, then the clock stood still


def test_where_the_procedure_says_so_waiting_counts():
    counting = replace(THREE, waiting_counts=True)
    told = place(counting, FRIDAY, [], date(2026, 3, 18), {}, waits=[Wait(date(2026, 3, 9), date(2026, 3, 18))])
    assert (told.now.due, told.now.late, told.now.waited) == (date(2026, 3, 10), 6, 0)


def test_a_wait_belongs_to_the_step_it_falls_into():
    done = [date(2026, 3, 10)]
    told = place(THREE, FRIDAY, done, date(2026, 3, 20), {}, waits=[Wait(date(2026, 3, 10), date(2026, 3, 17))])
    assert [one.waited for one in told.steps] == [0, 5, 0]
    assert told.now.due == date(2026, 3, 20)  # three days from the 10th, five waited


def test_what_lies_with_its_applicant_is_in_no_rate_of_being_in_time():
    day = date(2026, 4, 30)
    waiting = place(THREE, FRIDAY, [], day, {}, waits=[Wait(date(2026, 3, 9))])
    assert measured(Objective("x", "", "in_time", F(95)), [waiting], day) is None
    assert measured(Objective("x", "", "finished", F(95)), [waiting], day) == 0


@st.composite
def walks(draw):
    """A file's days in order: steps done and waits, none within another; the day of today at the end."""
    day = opened = draw(DAYS)
    done, waits = [], []
    for _step in range(draw(st.integers(0, 3))):
        for _wait in range(draw(st.integers(0, 2))):
            since = day + timedelta(days=draw(st.integers(0, 12)))
            day = since + timedelta(days=draw(st.integers(0, 12)))
            waits.append(Wait(since, day))
        day += timedelta(days=draw(st.integers(0, 12)))
        done.append(day)
    return opened, done, waits, day + timedelta(days=draw(st.integers(0, 90)))


@given(walks())
def test_what_the_office_used_is_all_days_but_those_waited(walk):
    """Days used = days gone − days waited, and late = used − limit, for each step done and for the whole."""
    opened, done, waits, today = walk
    told = place(THREE, opened, done, today, NEW_YEAR, waits=waits)
    for one in told.steps[: len(done)]:
        used = between(one.began, one.done, NEW_YEAR) - one.waited
        assert one.late == max(0, used - one.step.days)
    if told.finished:
        used = between(opened, told.finished, NEW_YEAR) - told.waited
        assert told.late == max(0, used - sum(step.days for step in STEPS))


@given(walks(), st.integers(1, 60))
def test_waiting_longer_never_makes_a_file_late(walk, longer):
    opened, done, waits, today = walk
    if len(done) == 3:
        return
    since = max([today, *done])
    first = place(THREE, opened, done, since, {}, waits=[*waits, Wait(since)])
    then = place(THREE, opened, done, since + timedelta(days=longer), {}, waits=[*waits, Wait(since)])
    assert (then.late, then.now.late) == (first.late, first.now.late)


@given(DAYS, st.integers(0, 800))
def test_counting_by_weeks_is_counting_day_by_day(day, length):
    worked = {**NEW_YEAR, date(2026, 3, 14): Holiday(date(2026, 3, 14), False, "làm bù")}
    last = day + timedelta(days=length)
    each = sum(is_working(day + timedelta(days=n), worked) for n in range(1, length + 1))
    assert between(day, last, worked) == each
