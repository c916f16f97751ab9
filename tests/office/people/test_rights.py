"""Who may see and do what: a role within an area and what lies under it; what one may not see does not exist."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from sct.catalogue import load
from sct.errors import UserError
from sct.office.ledger import actions, queries
from sct.office.ledger.actions import NewBatch
from sct.office.ledger.importing import import_figures
from sct.office.ledger.models import BatchKind, Observation
from sct.office.people.actions import create_person, grant, revoke, system_person
from sct.office.people.errors import NotAllowedError, NotVisibleError
from sct.office.people.models import RIGHTS, AuditEntry, Grant, Person, Right, Role
from sct.office.people.queries import granted, may, narrowed
from sct.samples import FIGURES


@pytest.fixture
def figure_id(sample, chuyen_vien):
    return queries.recent(chuyen_vien, 1)[0].id


def test_an_officer_sees_the_figures_of_their_city_and_its_districts(sample, chuyen_vien):
    areas = {f.series.area for f in queries.current(chuyen_vien)}
    levels = {load().area(area).level for area in areas}
    assert levels == {"province", "district"}


@pytest.mark.parametrize("ask", ["current", "plans", "conflicts", "recent", "batches"])
def test_a_stranger_sees_nothing(sample, chuyen_vien, nguoi_ngoai, ask):
    query = getattr(queries, ask)
    assert len(query(chuyen_vien)) > 0
    assert query(nguoi_ngoai) == []
    assert query(AnonymousUser()) == []


def test_what_one_may_not_see_answers_404(figure_id, chuyen_vien, nguoi_ngoai):
    assert queries.figure(chuyen_vien, figure_id).id == figure_id
    for person in (nguoi_ngoai, AnonymousUser()):
        for ask in (queries.figure, queries.entry):
            with pytest.raises(NotVisibleError) as caught:
                ask(person, figure_id)
            assert isinstance(caught.value, Http404)
    assert queries.figures(nguoi_ngoai, [figure_id]) == []


def test_what_is_hidden_and_what_is_not_there_answer_the_same(figure_id, nguoi_ngoai):
    sentences = set()
    for number in (figure_id, figure_id + 10**6):
        with pytest.raises(NotVisibleError) as caught:
            queries.figure(nguoi_ngoai, number)
        sentences.add((caught.value.code, caught.value.what))
    assert len(sentences) == 1


def test_counts_count_what_one_sees(sample, chuyen_vien, nguoi_ngoai):
    assert queries.counts(chuyen_vien).figures == 1097
    assert queries.counts(nguoi_ngoai).figures == 0


def test_a_district_officer_sees_the_district_only(sample, people):
    district = load().area_named("huyện Đông Anh", load().area("01@2008-08-01").valid_from).key
    officer = people("dong.anh", Role.LOCAL, district)
    assert {f.series.area for f in queries.current(officer)} == {district}


def test_a_leader_reads_but_puts_nothing_in(lanh_dao):
    with pytest.raises(NotAllowedError):
        import_figures(lanh_dao, FIGURES.read_bytes(), "x.csv")
    assert not Observation.objects.exists()


def test_a_stranger_cannot_put_figures_of_another_province_in(nguoi_ngoai):
    with pytest.raises(NotVisibleError):
        import_figures(nguoi_ngoai, FIGURES.read_bytes(), "x.csv")
    assert not Observation.objects.exists()


def test_who_entered_a_figure_may_withdraw_it_and_so_may_the_leader(sample, chuyen_vien, lanh_dao):
    mine, other = (figure.id for figure in queries.recent(chuyen_vien, 2))
    assert actions.withdraw(chuyen_vien, [mine], why="gõ nhầm") == 1
    assert actions.withdraw(lanh_dao, [other], why="sai kỳ") == 1


def test_a_commune_officer_withdraws_their_own_figures_only(sample, chuyen_vien, people, hanoi, figure_id):
    officer = people("co.so", Role.LOCAL, hanoi)
    with pytest.raises(NotAllowedError):
        actions.withdraw(officer, [figure_id], why="không thích")
    figure = queries.figure(officer, figure_id)
    changed = type(figure)(
        **{**{f: getattr(figure, f) for f in figure.__slots__}, "note": "bản của tôi", "id": 0, "entered": None}
    )
    own = actions.record(officer, [changed], NewBatch(BatchKind.ENTRY))
    assert actions.withdraw(officer, own.ids, why="gõ nhầm") == 1


@pytest.mark.parametrize("role", Role)
def test_each_role_does_exactly_what_the_table_says(people, hanoi, role):
    person = people(f"nguoi.{role.value}", role)
    assert {right for right in Right if may(person, right, hanoi)} == RIGHTS[role]


def test_an_inactive_person_may_nothing(sample, chuyen_vien, hanoi):
    Person.objects.filter(pk=chuyen_vien.pk).update(is_active=False)
    person = Person.objects.get(pk=chuyen_vien.pk)
    assert granted(person) == frozenset()
    assert not narrowed(person, Observation.objects.all()).exists()


def test_rights_are_asked_of_the_database_once(chuyen_vien, hanoi, django_assert_num_queries):
    person = Person.objects.get(pk=chuyen_vien.pk)
    with django_assert_num_queries(1):
        for right in Right:
            may(person, right, hanoi)


# -- giving and taking rights ---------------------------------------------------------------------------------------


def test_only_a_manager_gives_rights_and_only_within_the_own_area(people, hanoi, chuyen_vien, nguoi_ngoai):
    admin = people("quan.tri", Role.ADMIN, hanoi)
    assert grant(admin, nguoi_ngoai, Role.VIEWER, hanoi).pk
    with pytest.raises(NotAllowedError):
        grant(admin, nguoi_ngoai, Role.VIEWER, "")
    with pytest.raises(NotAllowedError):
        grant(admin, nguoi_ngoai, Role.VIEWER, load().area_named("Đà Nẵng").key)
    with pytest.raises(NotAllowedError):
        grant(chuyen_vien, chuyen_vien, Role.ADMIN, hanoi)


def test_rights_given_and_taken_are_in_the_log(people, hanoi, nguoi_ngoai):
    admin = people("quan.tri", Role.ADMIN, hanoi)
    before = AuditEntry.objects.count()
    given = grant(admin, nguoi_ngoai, Role.VIEWER, hanoi)
    grant(admin, nguoi_ngoai, Role.VIEWER, hanoi)  # twice is once
    revoke(admin, given)
    actions_logged = list(AuditEntry.objects.order_by("sequence").values_list("action", flat=True))[before:]
    assert actions_logged == ["people.grant", "people.revoke"]
    assert not Grant.objects.filter(person=nguoi_ngoai, area=hanoi).exists()


def test_a_new_person_has_no_rights(people, hanoi):
    admin = people("quan.tri", Role.ADMIN, "")
    person = create_person(admin, "moi", "Phạm Thị Mới", password="mật khẩu thử")
    assert granted(person) == frozenset()
    assert person.get_short_name() == "Mới"


def test_nobody_can_sign_in_as_the_system(db, client):
    person = system_person()
    assert system_person() == person
    assert not person.has_usable_password()
    assert not client.login(username=person.username, password="!")


def test_a_reason_is_needed_to_withdraw_and_nothing_is_withdrawn_twice(figure_id, chuyen_vien):
    with pytest.raises(UserError) as caught:
        actions.withdraw(chuyen_vien, [figure_id], why="  ")
    assert caught.value.code == "no-reason"
    actions.withdraw(chuyen_vien, [figure_id], why="gõ nhầm")
    with pytest.raises(UserError) as caught:
        actions.withdraw(chuyen_vien, [figure_id], why="gõ nhầm")
    assert caught.value.code == "already-withdrawn"
