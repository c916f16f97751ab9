"""A unit answers its own and sees what concerns it; a leader assigns. The whole matrix."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from sct.following.events import EventKind, ResultClass
from sct.office.matters import queries
from sct.office.matters.actions import Detail, NewMatter, create, happen, sign, undo
from sct.office.matters.actions import NewMemorandum as Memo
from sct.office.matters.models import Kind
from sct.office.people.errors import NotAllowedError, NotVisibleError
from tests.office.matters.conftest import COMMUNE, INDUSTRY, TRADE

K = EventKind
LEADER = {"leader"}
LEAD, LEAD_OR_SUPPORT = {"industry"}, {"industry", "trade"}
# Who may do what with a matter that industry leads, trade supports and the commune asked for; the others see or do not.
MATRIX = {
    K.ASSIGN: LEADER,
    K.TRANSFER: LEADER,
    K.EXTEND: LEADER,
    K.REFUSE: LEADER,
    K.SUSPEND: LEADER,
    K.RESUME: LEADER,
    K.RECALL: LEADER,
    K.REMIND: {"leader", "planner"},
    K.ESCALATE: {"leader", "planner"},
    K.ACCEPT: LEAD,
    K.START: LEAD,
    K.ASK: LEAD,
    K.ANSWER: LEAD,
    K.DONE: LEAD,
    K.UPDATE: LEAD_OR_SUPPORT,
    K.RATE: {"planner", "commune"},
}
SEES = {"leader", "planner", "industry", "trade", "commune"}
DETAIL = {
    K.ASSIGN: Detail(lead=INDUSTRY, due=date(2030, 1, 1)),
    K.TRANSFER: Detail(lead=TRADE),
    K.EXTEND: Detail(due=date(2030, 1, 1)),
    K.ANSWER: Detail(result=ResultClass.SOLVING),
    K.DONE: Detail(note="xong"),
    K.RATE: Detail(satisfied=True),
}


@pytest.mark.parametrize("who", ["leader", "planner", "industry", "trade", "commune", "viewer", "stranger"])
@pytest.mark.parametrize("kind", MATRIX)
def test_who_may_do_what(cast, given, kind, who):
    row = given(supports=(TRADE,), due=date(2024, 3, 1), giver=COMMUNE)

    def act():
        return happen(cast[who], row.pk, kind, DETAIL.get(kind))

    if who in MATRIX[kind]:
        assert act().kind == kind.value
    else:
        with pytest.raises(NotAllowedError if who in SEES else NotVisibleError):
            act()
        assert row.happenings.count() == 1


def test_reopening_what_is_done_is_the_leaders(cast, given):
    row = given()
    happen(cast["industry"], row.pk, K.DONE, Detail(evidence="BC 12/BC-SCT"))
    with pytest.raises(NotAllowedError):
        happen(cast["industry"], row.pk, K.REOPEN)
    happen(cast["leader"], row.pk, K.REOPEN)
    row.refresh_from_db()
    assert row.done is None


@pytest.mark.parametrize("who", ["leader", "planner", "industry", "trade", "commune", "viewer", "stranger"])
def test_who_sees_a_matter_sees_it_everywhere(cast, given, hanoi, who):
    row = given(supports=(TRADE,), giver=COMMUNE)
    other = given(lead="Phòng Quản lý Năng lượng", text="Kiểm tra lưới điện")
    asked = queries.Asked(hanoi, date(2024, 2, 1))
    seen = {line.row.pk for line in queries.board(cast[who], asked).lines}
    assert (row.pk in seen) == (who in SEES)
    assert (other.pk in seen) == (who in {"leader", "planner"})
    assert queries.tally(cast[who], asked).total == len(seen)
    if who not in SEES:
        with pytest.raises(NotVisibleError):
            queries.page(cast[who], row.pk, date(2024, 2, 1))


def test_a_division_that_chooses_a_commune_sees_that_commune_alone(cast, given):
    from sct.catalogue import load

    given()
    commune = next(a for a in load().areas.values() if a.parent == load().home and a.level == "commune")
    assert queries.board(cast["industry"], queries.Asked(commune.key, date(2024, 2, 1))).lines == ()


def test_nobody_signed_in_sees_nothing(given, hanoi):
    given()
    assert queries.board(AnonymousUser(), queries.Asked(hanoi, date(2024, 2, 1))).lines == ()


def test_a_commune_raises_its_own_petition_but_gives_nobody_work(cast, hanoi):
    mine = NewMatter(Kind.PETITION, "Xác định nguồn gốc đất chợ", date(2024, 1, 5), giver=COMMUNE)
    row = create(cast["commune"], hanoi, mine)
    assert queries.matter_row(cast["commune"], row.pk) == row
    for wrong in (
        NewMatter(Kind.ASSIGNMENT, "Làm việc này", date(2024, 1, 5), giver=COMMUNE),
        NewMatter(Kind.PETITION, "Thay lời xã khác", date(2024, 1, 5), giver="UBND xã khác"),
    ):
        with pytest.raises((NotAllowedError, NotVisibleError)):
            create(cast["commune"], hanoi, wrong)


def test_only_the_planner_keeps_memoranda(cast, hanoi):
    memo = Memo("Ghi nhớ hợp tác", "UBND Thành phố", "Bộ Công Thương")
    assert sign(cast["planner"], hanoi, memo).side_two == "Bộ Công Thương"
    for who in ("industry", "viewer", "stranger"):
        with pytest.raises((NotAllowedError, NotVisibleError)):
            sign(cast[who], hanoi, memo)
    assert len(queries.memoranda(cast["leader"], hanoi)) == 1
    assert queries.memoranda(cast["industry"], hanoi) == []


def test_one_takes_back_only_ones_own_last_slip(cast, given):
    row = given()
    slip = happen(cast["industry"], row.pk, K.DONE, Detail(note="nhầm việc"))
    with pytest.raises((NotAllowedError, NotVisibleError)):
        undo(cast["trade"], slip.pk)
    undo(cast["industry"], slip.pk)
    row.refresh_from_db()
    assert row.done is None
    assert row.happenings.count() == 3
