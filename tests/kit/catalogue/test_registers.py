"""Registers as declared, and the life of an entry: the same whatever the order in which people enter it."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sct.catalogue.histories import Event, at, check, distribution, members, moves, on, spans
from sct.catalogue.registers import load_registers
from sct.errors import UserError
from tests.strategies_registers import FIRST, entered, lives, register_codes

CLUSTERS = load_registers()["industrial_clusters"]


def test_at_least_twenty_registers_are_shipped():
    registers = load_registers()
    assert len(registers) >= 20
    assert all(one.states and one.name and one.name_en for one in registers.values())


def test_every_state_but_the_first_can_be_reached():
    lonely = []
    for register in load_registers().values():
        reached = {way.to for way in register.transitions}
        lonely += [f"{register.code}.{code}" for code, s in register.states.items() if s.rank and code not in reached]
    assert lonely == []


@given(st.data())
def test_a_life_is_the_same_in_whatever_order_it_was_entered(data):
    code = data.draw(register_codes())
    register = load_registers()[code]
    life = data.draw(lives(code))
    mixed = data.draw(entered(life))
    days = [event.valid + timedelta(days=n) for event in life for n in (-1, 0, 1)]
    assert [on(register, mixed, day) for day in days] == [on(register, life, day) for day in days]


@given(st.data())
def test_an_allowed_life_may_be_entered_from_its_end_backwards_too(data):
    """Every step is looked at with the events before and after it; what is right in the end is never refused late."""
    code = data.draw(register_codes())
    register = load_registers()[code]
    known = []
    for event in data.draw(lives(code)):
        check(register, known, event)
        known.append(event)


@given(st.data())
def test_a_past_day_does_not_change_when_later_days_are_told(data):
    code = data.draw(register_codes())
    register = load_registers()[code]
    life = data.draw(lives(code))
    middle = life[len(life) // 2].valid
    assert on(register, life, middle) == on(register, [e for e in life if e.valid <= middle], middle)


@given(st.data())
def test_spans_cover_the_life_without_gap_and_agree_with_each_day(data):
    code = data.draw(register_codes())
    register = load_registers()[code]
    life = data.draw(lives(code))
    cut = spans(register, data.draw(entered(life)))
    assert all(a.until == b.start for a, b in pairwise(cut))
    assert cut[-1].until is None
    for event in life:
        mine, theirs = at(cut, event.valid), on(register, life, event.valid)
        assert mine is not None and theirs is not None
        assert (mine.state, mine.since, mine.values) == (theirs.state, theirs.since, theirs.values)


@given(st.data())
def test_no_sequence_that_check_let_through_holds_an_illegal_move(data):
    """Random moves on random days: each is refused or keeps the whole history legal."""
    states = st.sampled_from(sorted(CLUSTERS.states))
    known: list[Event] = []
    for n, (offset, state) in enumerate(data.draw(st.lists(st.tuples(st.integers(0, 300), states), max_size=8))):
        new = Event(FIRST + timedelta(days=offset), state, number=n, source="nguồn")
        try:
            check(CLUSTERS, known, new)
        except UserError as error:
            assert error.code == "illegal-transition"
            assert error.way_out
            continue
        known.append(new)
    assert [event for event, origin in moves(CLUSTERS, known) if origin and not CLUSTERS.way(origin, event.state)] == []


def test_what_was_known_on_a_day_leaves_out_what_was_entered_later():
    early = Event(date(2020, 1, 1), "established", {"name": "Cầu Bầu"}, datetime(2020, 2, 1, tzinfo=UTC))
    late = Event(date(2020, 6, 1), "operating", {}, datetime(2021, 1, 5, tzinfo=UTC))
    then = on(CLUSTERS, [early, late], date(2020, 12, 31), datetime(2020, 12, 31, tzinfo=UTC))
    now = on(CLUSTERS, [early, late], date(2020, 12, 31))
    assert then is not None and now is not None
    assert (then.state, now.state) == ("established", "operating")


def test_a_value_entered_later_corrects_one_of_the_same_day():
    first = Event(date(2020, 1, 1), "established", {"total_area": "20"}, datetime(2020, 1, 2, tzinfo=UTC), 1)
    again = Event(date(2020, 1, 1), "", {"total_area": "22"}, datetime(2020, 1, 3, tzinfo=UTC), 2)
    for order in ([first, again], [again, first]):
        snapshot = on(CLUSTERS, order, date(2020, 1, 1))
        assert snapshot is not None
        assert snapshot["total_area"] == "22"


def test_two_steps_on_one_day_move_forward():
    ground = Event(date(2023, 9, 6), "ground_broken", number=2)
    started = Event(date(2023, 9, 6), "building", number=1)
    snapshot = on(CLUSTERS, [started, ground], date(2023, 9, 6))
    assert snapshot is not None
    assert snapshot.state == "building"


def test_an_illegal_step_is_refused_with_the_ways_that_are_open():
    planned = Event(date(2020, 1, 1), "planned")
    with pytest.raises(UserError) as refused:
        check(CLUSTERS, [planned], Event(date(2021, 1, 1), "operating", source="báo"))
    assert refused.value.code == "illegal-transition"
    assert "Đã thành lập" in refused.value.sentence()


def test_a_step_put_in_late_must_fit_what_comes_after_it():
    life = [Event(date(2018, 1, 1), "established"), Event(date(2020, 1, 1), "building")]
    with pytest.raises(UserError) as refused:
        check(CLUSTERS, life, Event(date(2019, 1, 1), "operating", source="báo"))
    assert "01-01-2020" in refused.value.sentence()


def test_a_decision_needs_its_number_date_and_signer_unless_a_source_is_cited():
    planned = Event(date(2019, 1, 1), "planned")
    bare = Event(date(2020, 1, 1), "established")
    with pytest.raises(UserError) as refused:
        check(CLUSTERS, [planned], bare)
    assert refused.value.code == "evidence-missing"
    assert "số quyết định, ngày ký, người ký" in refused.value.sentence()
    check(CLUSTERS, [planned], Event(date(2020, 1, 1), "established", source="https://vi-du.vn/"))
    whole = Event(date(2020, 1, 1), "established", decision="12/QĐ", decided=date(2020, 1, 1), signer="Lê Văn A")
    check(CLUSTERS, [planned], whole)


def test_a_cohort_is_told_by_states_for_any_day():
    lives_ = {
        1: spans(CLUSTERS, [Event(date(2018, 5, 1), "established"), Event(date(2021, 1, 1), "building")]),
        2: spans(CLUSTERS, [Event(date(2019, 5, 1), "established"), Event(date(2024, 1, 1), "operating")]),
        3: spans(CLUSTERS, [Event(date(2015, 5, 1), "established")]),
    }
    cohort = CLUSTERS.cohorts[0]
    inside = members(CLUSTERS, lives_, cohort.entered, cohort.first, cohort.last)
    assert inside == {1, 2}
    then = distribution(CLUSTERS, [lives_[n] for n in inside], date(2020, 12, 31))
    now = distribution(CLUSTERS, [lives_[n] for n in inside], date(2024, 12, 31))
    assert (then["established"], now["building"], now["operating"]) == (2, 1, 1)


@given(st.data())
def test_counting_a_cohort_loses_nobody(data):
    grown = {n: spans(CLUSTERS, data.draw(lives("industrial_clusters"))) for n in range(4)}
    day = FIRST + timedelta(days=5000)
    assume(all(grown.values()))
    assert sum(distribution(CLUSTERS, grown.values(), day).values()) == 4
