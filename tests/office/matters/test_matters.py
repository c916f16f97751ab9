"""What a matter is and becomes: numbers, extensions, answers, boards, and the database that counts as the kit does."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as samples
from hypothesis import strategies as st

from sct.errors import UserError
from sct.following.events import EventKind, ResultClass
from sct.following.states import State, counts
from sct.office.matters import queries
from sct.office.matters.actions import Detail, NewMatter, calendar_key, create, happen
from sct.office.matters.models import Kind, Matter
from sct.office.matters.queries import Asked
from sct.office.matters.standing import in_state, of_row, state_of, told_by
from sct.office.people.models import AuditEntry
from tests.office.matters.conftest import INDUSTRY, TRADE

K = EventKind
TODAY = date(2024, 2, 29)


def test_numbers_count_up_within_kind_and_year(cast, hanoi):
    def number(kind, day):
        return create(cast["planner"], hanoi, NewMatter(kind, "x", day)).number

    assert [number(Kind.ASSIGNMENT, date(2024, 1, 1)) for _n in range(2)] == ["1/2024", "2/2024"]
    assert number(Kind.PETITION, date(2024, 1, 1)) == "1/2024"
    assert number(Kind.ASSIGNMENT, date(2025, 1, 1)) == "1/2025"


def test_an_extension_keeps_the_first_due_date(cast, given):
    row = given(due=date(2024, 2, 1))
    happen(cast["industry"], row.pk, K.ASK, Detail(note="chờ ý kiến"))
    row.refresh_from_db()
    assert row.asked
    happen(cast["leader"], row.pk, K.EXTEND, Detail(due=date(2024, 3, 1)))
    row.refresh_from_db()
    assert (row.first_due, row.due, row.asked, row.extensions) == (date(2024, 2, 1), date(2024, 3, 1), False, 1)
    with pytest.raises(UserError) as caught:
        happen(cast["leader"], row.pk, K.EXTEND, Detail(due=date(2024, 2, 20)))
    assert caught.value.code == "not-later"


def test_an_answer_leaves_a_petition_open_until_it_is_solved(cast, given):
    row = given(kind="petition", giver="UBND xã Đông Anh")
    happen(cast["industry"], row.pk, K.ANSWER, Detail(result=ResultClass.ROADMAP, evidence="CV 99/SCT"))
    row.refresh_from_db()
    assert (row.done, row.result) == (None, "roadmap")
    happen(cast["industry"], row.pk, K.DONE, Detail(note="đã có đất"))
    row.refresh_from_db()
    assert row.done is not None
    assert row.answered is not None
    assert row.result == "solved"


@pytest.mark.parametrize(
    ("kind", "detail", "code"),
    [
        (K.DONE, Detail(), "no-evidence"),
        (K.ANSWER, Detail(), "no-result"),
        (K.UPDATE, Detail(percent=120), "bad-percent"),
        (K.UPDATE, Detail(on=date(2999, 1, 1)), "future-day"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(cast, given, kind, detail, code):
    row = given()
    entries = AuditEntry.objects.count()
    with pytest.raises(UserError) as caught:
        happen(cast["industry"], row.pk, kind, detail)
    assert caught.value.code == code
    assert (row.happenings.count(), AuditEntry.objects.count()) == (1, entries)


def test_a_closed_matter_takes_nothing_more(cast, given):
    row = given()
    happen(cast["industry"], row.pk, K.DONE, Detail(note="xong"))
    with pytest.raises(UserError) as caught:
        happen(cast["industry"], row.pk, K.UPDATE)
    assert caught.value.code == "closed"


def test_a_transfer_changes_who_is_concerned(cast, given):
    row = given(supports=(TRADE,))
    happen(cast["leader"], row.pk, K.TRANSFER, Detail(lead=TRADE))
    assert sorted(row.concerned.values_list("unit", "part")) == [(TRADE, "lead")]
    row.refresh_from_db()
    assert queries.visible(cast["trade"]).filter(pk=row.pk).exists()
    assert not queries.visible(cast["industry"]).filter(pk=row.pk).exists()


days = st.none() | st.dates(TODAY - timedelta(days=30), TODAY + timedelta(days=30))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@samples(
    rows=st.lists(
        st.fixed_dictionaries(
            {name: days for name in ("due", "accepted", "started", "done", "suspended", "recalled")}
            | {"lead": st.sampled_from(["", INDUSTRY])}
        ),
        min_size=1,
        max_size=8,
    )
)
def test_the_database_counts_states_as_the_kit_does(cast, hanoi, rows):
    Matter.objects.all().delete()
    made = Matter.objects.bulk_create(
        Matter(
            kind="assignment",
            number=f"{n}/2024",
            area=hanoi,
            raised=TODAY,
            who=cast["planner"],
            at="2024-01-01T00:00Z",
            **row,
        )
        for n, row in enumerate(rows)
    )
    told = counts(state_of(row, TODAY) for row in made)
    assert queries.tally(cast["planner"], Asked(hanoi, TODAY)).by_state == told.by_state
    for kind in State:
        assert Matter.objects.filter(in_state(kind, TODAY)).count() == told.of(kind)


def test_the_columns_repeat_what_the_happenings_say(cast, given):
    row = given(due=date(2024, 2, 1), supports=(TRADE,))
    happen(cast["trade"], row.pk, K.UPDATE, Detail(percent=40))
    happen(cast["planner"], row.pk, K.REMIND)
    row.refresh_from_db()
    assert of_row(row) == told_by(row.happenings.all())


def test_boards_answer_what_their_names_say(cast, given, hanoi):
    late = given(due=date(2024, 2, 1))
    week = given(due=date(2024, 3, 1))
    given(lead="")
    given(lead=TRADE, due=date(2024, 6, 1))
    asked = {name: Asked(hanoi, TODAY, board=name) for name in queries.BOARDS}

    def on(board, who="leader"):
        return [line.row.pk for line in queries.board(cast[who], asked[board]).lines]

    assert on("overdue") == [late.pk]
    assert on("week") == [week.pk]
    assert len(on("waiting")) == 2
    assert on("mine", "industry") == [late.pk, week.pk]
    assert on("escalated") == []
    for _n in range(4):
        happen(cast["planner"], late.pk, K.REMIND)
    assert on("escalated") == [late.pk]


def test_counts_by_unit_and_month_say_how_much_was_in_time(cast, given, hanoi):
    for n in range(3):
        row = given(due=date(2024, 2, 20))
        if n < 2:
            happen(cast["industry"], row.pk, K.DONE, Detail(on=date(2024, 2, 19 + 2 * n), note="xong"))
    told = queries.by_unit(cast["leader"], Asked(hanoi, TODAY))
    assert [(one.unit, one.counts.total) for one in told] == [(INDUSTRY, 3)]
    assert told[0].rate == pytest.approx(100 / 3)
    assert queries.by_month(cast["leader"], Asked(hanoi, TODAY)) == [(date(2024, 2, 1), 3, 1)]


def test_a_page_takes_few_questions(cast, given, hanoi, django_assert_max_num_queries):
    for n in range(12):
        given(due=date(2024, 2, n + 1))
    asked = Asked(hanoi, TODAY)
    with django_assert_max_num_queries(2):
        assert len(queries.board(cast["leader"], asked).lines) == 12
    with django_assert_max_num_queries(1):
        queries.tally(cast["leader"], asked)
    row = given()
    with django_assert_max_num_queries(7):
        queries.page(cast["leader"], row.pk, TODAY)


def test_a_new_calendar_key_stops_the_old_address(cast):
    first = calendar_key(cast["leader"])
    assert calendar_key(cast["leader"]) == first
    assert calendar_key(cast["leader"], renew=True) != first


def test_what_presses_is_of_the_own_unit_and_whole_for_who_oversees(cast, given, hanoi):
    from sct.office.matters.queries import pressing

    today = date(2024, 6, 3)  # a Monday
    late = given(due=date(2024, 3, 1))
    soon = given(due=date(2024, 6, 7))
    given(due=date(2024, 6, 12))
    other = given(lead="Phòng Quản lý thương mại", due=date(2024, 5, 1))
    told = pressing(cast["industry"], hanoi, today)
    assert [line.row.pk for line in told.lines] == [late.pk, soon.pk]
    assert (told.overdue, told.week, told.escalated) == (1, 1, 0)
    assert other.pk in [line.row.pk for line in pressing(cast["leader"], hanoi, today).lines]
    assert pressing(cast["stranger"], hanoi, today).lines == ()
