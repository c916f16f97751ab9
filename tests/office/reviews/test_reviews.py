"""A review: called, held, concluded, its conclusions cut into matters, and what became of them opens the next."""

from datetime import date

import pytest

from sct.errors import UserError
from sct.following.events import EventKind
from sct.office.matters import queries as matters
from sct.office.matters.actions import Detail, happen
from sct.office.matters.models import Matter
from sct.office.people.errors import NotAllowedError, NotVisibleError
from sct.office.reviews import queries
from sct.office.reviews.actions import Chosen, NewReview, call, close, conclude, keep_minutes, make_matters, set_agenda
from sct.office.reviews.models import ReviewKind
from tests.office.matters.conftest import INDUSTRY, TRADE, cast, given  # noqa: F401

TEXT = """1. Đẩy nhanh hạ tầng cụm: hoàn thiện 07 cụm công nghiệp đã đầu tư; triển khai 27 cụm công nghiệp đã động thổ và khởi công 09 cụm công nghiệp còn lại.
2. Giao Phòng Quản lý Thương mại chủ trì xây dựng phương án bình ổn, hoàn thành trước ngày 15/03/2025.
Hội nghị kết thúc lúc 17 giờ.
"""
TODAY = date(2025, 6, 1)


@pytest.fixture
def review(cast, hanoi):  # noqa: F811
    new = NewReview(
        ReviewKind.YEAR,
        "Tổng kết năm 2024",
        "2024",
        date(2025, 1, 9),
        chair="Phó Chủ tịch UBND Thành phố",
        invited=(INDUSTRY, TRADE),
        agenda=(("Báo cáo", INDUSTRY, 30), ("Kết luận", "", 20)),
    )
    return call(cast["planner"], hanoi, new)


@pytest.fixture
def conclusion(cast, review):  # noqa: F811
    return conclude(cast["planner"], review.pk, TEXT, paper="TB 12/TB-UBND")


def test_a_conclusion_becomes_matters_that_know_their_sentence(cast, review, conclusion):  # noqa: F811
    told = queries.concluded(review)[0]
    assert told.left == 2
    made = make_matters(cast["planner"], conclusion.pk, [Chosen(one.cut.start) for one in told.cuts])
    clusters, plan = made
    assert clusters.quote == TEXT[clusters.start : clusters.end]
    assert [child.amount for child in clusters.children.order_by("pk")] == [7, 27, 9]
    assert sum(child.amount for child in clusters.children.all()) == 43
    assert {row.giver for row in Matter.objects.all()} == {"Phó Chủ tịch UBND Thành phố"}
    assert (plan.lead, plan.due) == (TRADE, date(2025, 3, 15))  # the paper itself names the unit
    assert clusters.lead == ""  # it waits for a leader
    assert queries.concluded(review)[0].left == 0


def test_a_leader_gives_what_the_paper_names_at_once(cast, review, conclusion, hanoi):  # noqa: F811
    from sct.office.people.actions import grant, system_person
    from sct.office.people.models import Person, Role

    grant(system_person(), cast["leader"], Role.PLANNER, hanoi)
    leader = Person.objects.get(pk=cast["leader"].pk)
    cuts = queries.concluded(review)[0].cuts
    made = make_matters(leader, conclusion.pk, [Chosen(cuts[1].cut.start, supports=(INDUSTRY,))])
    assert (made[0].lead, made[0].due) == (TRADE, date(2025, 3, 15))
    assert sorted(made[0].concerned.values_list("part", flat=True)) == ["giver", "lead", "support"]


def test_a_sentence_becomes_a_matter_once(cast, review, conclusion):  # noqa: F811
    start = queries.concluded(review)[0].cuts[0].cut.start
    make_matters(cast["planner"], conclusion.pk, [Chosen(start)])
    for wrong, code in ((start, "cut-already"), (9999, "no-such-cut")):
        with pytest.raises(UserError) as caught:
            make_matters(cast["planner"], conclusion.pk, [Chosen(wrong)])
        assert caught.value.code == code
    assert Matter.objects.count() == 4


def test_the_next_review_opens_with_what_became_of_the_last(cast, review, conclusion, hanoi):  # noqa: F811
    cuts = queries.concluded(review)[0].cuts
    made = make_matters(cast["planner"], conclusion.pk, [Chosen(one.cut.start) for one in cuts])
    happen(cast["trade"], made[1].pk, EventKind.DONE, Detail(on=date(2025, 3, 10), evidence="KH 5/KH-SCT"))
    coming = call(cast["planner"], hanoi, NewReview(ReviewKind.YEAR, "Tổng kết năm 2025", "2025", date(2026, 1, 8)))
    assert coming.previous_id == review.pk
    told = queries.became(cast["leader"], coming.previous, TODAY)
    assert (told.counts.total, told.counts.open, len(told.top)) == (5, 4, 2)
    assert told.counts.in_time_rate == 100
    board = matters.board(cast["leader"], matters.Asked(hanoi, TODAY, occasion=review.occasion))
    assert len(board.lines) == 5


def test_of_two_reviews_held_on_one_day_the_later_called_is_the_previous(cast, review, hanoi):  # noqa: F811
    again = call(cast["planner"], hanoi, NewReview(ReviewKind.YEAR, "Tổng kết lần hai", "2024", review.held))
    coming = call(cast["planner"], hanoi, NewReview(ReviewKind.YEAR, "Tổng kết năm 2025", "2025", date(2026, 1, 8)))
    assert coming.previous_id == again.pk


def test_minutes_agenda_and_closing(cast, review):  # noqa: F811
    keep_minutes(cast["planner"], review.pk, "Có mặt: 30 đơn vị")
    set_agenda(cast["planner"], review.pk, [("Khai mạc", "", 5)])
    close(cast["planner"], review.pk)
    review.refresh_from_db()
    assert (review.minutes, review.agenda.count(), review.closed is not None) == ("Có mặt: 30 đơn vị", 1, True)


@pytest.mark.parametrize("who", ["leader", "industry", "commune", "viewer", "stranger"])
def test_only_who_plans_prepares_a_review(cast, review, who):  # noqa: F811
    expected = NotVisibleError if who == "stranger" else (NotAllowedError, NotVisibleError)
    with pytest.raises(expected):
        keep_minutes(cast[who], review.pk, "x")


def test_readiness_counts_reports_not_sent_and_parts_without_figures(cast, hanoi):  # noqa: F811
    from sct.office.coordination.readiness import readiness
    from sct.office.ledger.queries import NOW

    new = NewReview(ReviewKind.YEAR, "Tổng kết năm 2025", "2025", date(2026, 1, 9))
    told = readiness(cast["planner"], call(cast["planner"], hanoi, new), NOW, TODAY)
    assert told.unsent
    assert all(cell.duty.period.year == 2025 and cell.duty.due <= date(2026, 1, 9) for cell in told.unsent)
    assert told.sections  # an empty ledger fills no part of the report
    assert not told.ready
    counted = dict(told.checks)
    assert (counted["unsent"], counted["sections"]) == (len(told.unsent), len(told.sections))
