"""States of a matter from its dates alone: every order of events, extensions, leap days, time zones."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sct.following.events import Event, EventKind, ResultClass, local_day, standing
from sct.following.rhythm import Rhythm, is_stale, next_report
from sct.following.states import State, counts, days_late, escalated, state

K = EventKind
days = st.dates(date(2023, 1, 1), date(2029, 12, 31))


@st.composite
def events(draw):
    """A story in any order: kinds and days free, orders distinct."""
    kinds = draw(st.lists(st.sampled_from(list(K)), max_size=12))
    made = []
    for order, kind in enumerate(kinds):
        due = draw(st.none() | days) if kind in (K.ASSIGN, K.EXTEND, K.RESUME, K.REOPEN, K.TRANSFER) else None
        result = draw(st.none() | st.sampled_from(list(ResultClass))) if kind in (K.ANSWER, K.DONE) else None
        made.append(Event(kind, draw(days), order, "Phòng A" if kind is K.ASSIGN else "", due, result))
    return made


@given(events(), st.randoms(use_true_random=False))
def test_the_order_in_which_events_are_told_changes_nothing(story, chance):
    mixed = list(story)
    chance.shuffle(mixed)
    assert standing(mixed) == standing(story)


@given(events(), days)
def test_every_story_has_one_state_on_every_day_and_only_open_late_ones_are_overdue(story, today):
    now = standing(story)
    found = state(now, today)
    if found is State.OVERDUE:
        assert now.done is None
        assert now.due < today
        assert days_late(now, today) > 0
    if found is State.DONE_IN_TIME:
        assert days_late(now, today) == 0
    assert (found is State.UNASSIGNED) <= (now.lead == "")


@given(events(), days)
def test_time_alone_never_finishes_a_matter(story, today):
    now = standing(story)
    later = state(now, today + timedelta(days=400))
    assert state(now, today).is_open == later.is_open


@given(days, days, st.lists(days, min_size=1, max_size=4))
def test_extensions_keep_the_first_due_date(assigned, due, later):
    story = [Event(K.ASSIGN, assigned, 0, "Phòng A", due)]
    story += [Event(K.EXTEND, assigned, n + 1, due=day) for n, day in enumerate(later)]
    now = standing(story)
    assert (now.first_due, now.due, now.extensions) == (due, later[-1], len(later))


def given_work(due=None, *more):
    return standing([Event(K.ASSIGN, date(2024, 1, 10), 0, "Phòng A", due), *more])


def test_lateness_is_judged_by_the_granted_date_and_the_original_stays():
    extended = Event(K.EXTEND, date(2024, 2, 20), 1, due=date(2024, 3, 31))
    now = given_work(date(2024, 2, 29), extended, Event(K.DONE, date(2024, 3, 15), 2))
    assert state(now, date(2024, 4, 1)) is State.DONE_IN_TIME
    assert now.first_due == date(2024, 2, 29)


def test_a_leap_day_is_in_time_and_the_day_after_is_not():
    due = date(2024, 2, 29)
    assert state(given_work(due), due) is State.DUE_SOON
    assert state(given_work(due), date(2024, 3, 1)) is State.OVERDUE
    assert days_late(given_work(due), date(2024, 3, 1)) == 1


def test_the_day_is_that_of_viet_nam():
    """23:30 on the due day in Hà Nội is 16:30 UTC; half past midnight there is still the day before in London."""
    assert local_day(datetime(2024, 2, 29, 16, 30, tzinfo=UTC)) == date(2024, 2, 29)
    assert local_day(datetime(2024, 2, 29, 17, 30, tzinfo=UTC)) == date(2024, 3, 1)
    with pytest.raises(ValueError, match="zone"):
        local_day(datetime(2024, 2, 29))  # noqa: DTZ001


@given(st.datetimes(datetime(2023, 1, 1), datetime(2029, 1, 1)), st.integers(-12, 14))  # noqa: DTZ001
def test_a_moment_is_one_day_whatever_zone_it_is_told_in(moment, hours):
    from datetime import timezone

    here = moment.replace(tzinfo=UTC)
    assert local_day(here) == local_day(here.astimezone(timezone(timedelta(hours=hours))))


def test_an_answer_is_not_a_solution():
    answered = given_work(None, Event(K.ANSWER, date(2024, 2, 1), 1, result=ResultClass.SOLVING))
    assert (answered.answered, answered.done) == (date(2024, 2, 1), None)
    assert state(answered, date(2024, 3, 1)).is_open
    solved = given_work(
        None,
        Event(K.ANSWER, date(2024, 2, 1), 1, result=ResultClass.ROADMAP),
        Event(K.DONE, date(2024, 6, 1), 2, result=ResultClass.SOLVED),
    )
    assert (solved.answered, solved.done) == (date(2024, 2, 1), date(2024, 6, 1))


def test_passing_on_closes_a_petition_here():
    now = given_work(None, Event(K.ANSWER, date(2024, 2, 1), 1, result=ResultClass.PASSED_ON))
    assert now.done == date(2024, 2, 1)


def test_regular_work_is_never_in_time_or_late():
    now = given_work(None, Event(K.UPDATE, date(2024, 2, 1), 1))
    assert state(now, date(2030, 1, 1)) is State.REGULAR
    assert days_late(now, date(2030, 1, 1)) == 0
    assert counts([State.REGULAR, State.DONE]).in_time_rate is None


def test_a_suspended_matter_is_not_overdue_and_resumes_with_its_date():
    stopped = given_work(date(2024, 2, 1), Event(K.SUSPEND, date(2024, 1, 20), 1))
    assert state(stopped, date(2024, 5, 1)) is State.SUSPENDED
    assert days_late(stopped, date(2024, 5, 1)) == 0
    again = given_work(
        date(2024, 2, 1),
        Event(K.SUSPEND, date(2024, 1, 20), 1),
        Event(K.RESUME, date(2024, 3, 1), 2, due=date(2024, 6, 1)),
    )
    assert state(again, date(2024, 5, 1)) is State.NOT_STARTED or state(again, date(2024, 5, 1)) is State.WAITING
    assert again.first_due == date(2024, 2, 1)


def test_it_escalates_after_more_than_three_reminders_and_an_update_begins_anew():
    reminders = [Event(K.REMIND, date(2024, 3, n), n) for n in range(1, 5)]
    assert not escalated(given_work(date(2024, 2, 1), *reminders[:3]), date(2024, 4, 1))
    assert escalated(given_work(date(2024, 2, 1), *reminders), date(2024, 4, 1))
    moved = [*reminders, Event(K.UPDATE, date(2024, 3, 20), 9)]
    assert not escalated(given_work(date(2024, 2, 1), *moved), date(2024, 4, 1))


def test_the_rate_counts_what_should_be_done_by_now():
    found = [State.DONE_IN_TIME] * 3 + [State.DONE_LATE, State.OVERDUE, State.RUNNING, State.REGULAR]
    told = counts(found)
    assert (told.total, told.open, told.in_time_rate) == (7, 3, 60)


@given(st.sampled_from([r for r in Rhythm if r is not Rhythm.NONE]), days)
def test_the_next_report_lies_ahead_and_then_it_is_stale(rhythm, last):
    due = next_report(rhythm, last)
    assert due > last
    assert not is_stale(rhythm, last, due)
    assert is_stale(rhythm, last, due + timedelta(days=1))


def test_after_a_report_in_january_the_next_month_ends_on_the_leap_day():
    assert next_report(Rhythm.MONTH, date(2024, 1, 31)) == date(2024, 2, 29)
    assert next_report(Rhythm.QUARTER, date(2024, 5, 2)) == date(2024, 9, 30)
    assert next_report(Rhythm.WEEK, date(2024, 1, 3)) == date(2024, 1, 14)
    assert next_report(Rhythm.NONE, date(2024, 1, 3)) is None


def test_a_reminder_before_the_due_date_does_not_count_toward_escalation():
    early = [Event(K.REMIND, date(2024, 1, 20 + n), n) for n in range(1, 4)]
    on_the_day = Event(K.REMIND, date(2024, 2, 1), 8)
    late = [Event(K.REMIND, date(2024, 2, 1 + n), 10 + n) for n in range(1, 5)]
    assert given_work(date(2024, 2, 1), *early, on_the_day).reminders == 0
    assert not escalated(given_work(date(2024, 2, 1), *early, on_the_day, late[0]), date(2024, 4, 1))
    assert escalated(given_work(date(2024, 2, 1), *early, *late), date(2024, 4, 1))


def test_a_granted_extension_and_another_unit_begin_the_count_anew():
    late = [Event(K.REMIND, date(2024, 2, 1 + n), n) for n in range(1, 5)]
    extended = Event(K.EXTEND, date(2024, 2, 20), 9, due=date(2024, 3, 1))
    moved = Event(K.TRANSFER, date(2024, 2, 20), 9, lead="Phòng B")
    for after in (extended, moved):
        assert not escalated(given_work(date(2024, 2, 1), *late, after), date(2024, 4, 1))
