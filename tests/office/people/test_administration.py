"""People, rights, passwords and sessions without a shell: who may, who may not, what is on record, what is undone."""

import json

import pytest

from sct.catalogue import load
from sct.errors import UserError
from sct.office.people import actions, queries
from sct.office.people.errors import NotVisibleError
from sct.office.people.models import AuditEntry, Person, Role
from sct.office.people.queries import LogFilter, granted


@pytest.fixture
def quan_tri(people):
    """The administrator of the whole system."""
    return people("quan.tri", Role.ADMIN, area="", full_name="Phạm Thị Quản")


@pytest.fixture
def quan_tri_hanoi(people, hanoi):
    """The administrator of Hà Nội and nothing else."""
    return people("quan.tri.hn", Role.ADMIN, area=hanoi, full_name="Đỗ Văn Thủ")


DOINGS = {
    "edit": lambda by, who: actions.edit_person(by, who, full_name="Tên Khác", unit="Phòng khác", email=""),
    "disable": lambda by, who: actions.set_active(by, who, False),
    "reset": actions.reset_password,
    "close": actions.close_sign_ins,
    "see": lambda by, who: queries.person(by, who.pk),
}


@pytest.mark.parametrize("doing", DOINGS)
@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_no_other_role_touches_people(people, chuyen_vien, doing, role):
    """The whole matrix: every role but the administrator's, every change."""
    with pytest.raises(NotVisibleError):
        DOINGS[doing](people(f"ai.do.{role}", role), chuyen_vien)
    chuyen_vien.refresh_from_db()
    assert (chuyen_vien.full_name, chuyen_vien.is_active) == ("Nguyễn Thị Lan", True)


@pytest.mark.parametrize("doing", DOINGS)
def test_an_administrator_of_a_city_touches_its_people_only(quan_tri_hanoi, chuyen_vien, nguoi_ngoai, doing):
    DOINGS[doing](quan_tri_hanoi, chuyen_vien)
    with pytest.raises(NotVisibleError):
        DOINGS[doing](quan_tri_hanoi, nguoi_ngoai)


@pytest.mark.parametrize("doing", DOINGS)
def test_nobody_but_its_kind_touches_the_account_above_all_rights(quan_tri, doing):
    with pytest.raises(NotVisibleError):
        DOINGS[doing](quan_tri, actions.system_person())


def test_an_administrator_of_a_city_does_not_see_who_also_works_elsewhere(quan_tri_hanoi, chuyen_vien, quan_tri):
    actions.grant(quan_tri, chuyen_vien, Role.VIEWER, load().area_named("Đà Nẵng").key)
    assert chuyen_vien not in queries.people(quan_tri_hanoi)
    assert chuyen_vien in queries.people(quan_tri)


def test_a_disabled_person_is_out_at_once_and_back_when_enabled(quan_tri, chuyen_vien, client):
    client.force_login(chuyen_vien)
    assert client.get("/").status_code == 200
    actions.set_active(quan_tri, chuyen_vien, False)
    assert client.get("/").status_code == 302
    assert granted(chuyen_vien) == frozenset()
    assert not client.login(username="chuyen.vien", password="mật khẩu thử")
    actions.set_active(quan_tri, chuyen_vien, True)
    assert client.login(username="chuyen.vien", password="mật khẩu thử")


def test_nobody_locks_themselves_out(quan_tri):
    with pytest.raises(UserError, match="của chính mình"):
        actions.set_active(quan_tri, quan_tri, False)
    with pytest.raises(UserError, match="của chính mình"):
        actions.revoke(quan_tri, quan_tri.grants.get())


def test_a_one_time_password_opens_only_the_page_that_changes_it(quan_tri, chuyen_vien, client):
    password = actions.reset_password(quan_tri, chuyen_vien)
    assert not client.login(username="chuyen.vien", password="mật khẩu thử")
    assert client.login(username="chuyen.vien", password=password)
    assert client.get("/").headers["Location"] == "/mat-khau/"
    assert client.get("/chi-tieu/").headers["Location"] == "/mat-khau/"
    mine = {"old_password": password, "new_password1": "sông Hồng đỏ nặng", "new_password2": "sông Hồng đỏ nặng"}
    assert client.post("/mat-khau/", {**mine, "new_password2": "khác"}).status_code == 422
    assert client.post("/mat-khau/", mine).headers["Location"] == "/"
    assert client.get("/").status_code == 200


def test_the_log_keeps_each_change_and_no_secret(quan_tri, chuyen_vien, hanoi):
    password = actions.reset_password(quan_tri, chuyen_vien)
    given = actions.grant(quan_tri, chuyen_vien, Role.LEADER, hanoi)
    actions.revoke(quan_tri, given)
    actions.edit_person(quan_tri, chuyen_vien, full_name="Nguyễn Thị Lan Anh", unit="", email="")
    entries = AuditEntry.objects.filter(who=quan_tri.pk).order_by("sequence")
    assert [entry.action for entry in entries] == [
        "people.reset_password",
        "people.grant",
        "people.revoke",
        "people.edit",
    ]
    assert json.loads(entries[1].detail) == {"role": "leader", "area": hanoi, "unit": ""}
    text = " ".join(str(value) for entry in AuditEntry.objects.values_list() for value in entry)
    assert password not in text
    assert "Lan" not in text


def test_the_log_is_read_by_those_it_concerns(quan_tri, quan_tri_hanoi, chuyen_vien, nguoi_ngoai, lanh_dao):
    actions.reset_password(quan_tri, nguoi_ngoai)
    actions.reset_password(quan_tri_hanoi, chuyen_vien)
    everything = queries.log(quan_tri, LogFilter(), limit=100)
    assert {line.who for line in everything} >= {quan_tri, quan_tri_hanoi}
    assert everything[0].person == chuyen_vien
    assert {line.who for line in queries.log(quan_tri_hanoi, LogFilter(), limit=100)} == {quan_tri_hanoi}
    assert queries.log(quan_tri, LogFilter(who=quan_tri_hanoi.pk, room="ledger"), limit=100) == []
    with pytest.raises(NotVisibleError):
        queries.log(lanh_dao, LogFilter(), limit=100)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"username": "có dấu cách", "full_name": "A"}, "Tên đăng nhập"),
        ({"username": "chuyen.vien", "full_name": "A"}, "Tên đăng nhập"),
        ({"username": "moi", "full_name": "  "}, "họ và tên"),
        ({"username": "moi", "full_name": "A", "email": "không phải thư"}, "thư"),
    ],
)
def test_a_person_that_cannot_be_is_refused_in_words(quan_tri, chuyen_vien, given, told):
    before = Person.objects.count()
    with pytest.raises(UserError, match=told):
        actions.create_person(quan_tri, **given)
    assert Person.objects.count() == before


# -- the pages --------------------------------------------------------------------------------------------------------


@pytest.fixture
def desk(quan_tri, client):
    """The administrator at the browser."""
    client.force_login(quan_tri)
    return client


def text(answer, status=200):
    assert answer.status_code == status, answer.content.decode()[:400]
    return " ".join(answer.content.decode().split())


PAGES = ["/quan-tri/", "/quan-tri/nguoi/moi/", "/quan-tri/nhat-ky/", "/quan-tri/he-thong/"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_other_roles_do_not_find_the_pages(people, client, page, role):
    client.force_login(people(f"ai.do.{role}", role))
    assert client.get(page).status_code == 404
    assert "/quan-tri/" not in text(client.get("/"))


@pytest.mark.parametrize("page", PAGES)
def test_the_administrator_finds_them(desk, page):
    assert 'aria-current="page">Quản trị' in text(desk.get(page))


def test_from_a_new_person_to_their_first_page(desk, hanoi, client):
    made = desk.post("/quan-tri/nguoi/moi/", {"username": "hoa.tt", "full_name": "Trần Thị Hoa", "unit": "Phòng QLTM"})
    page = text(desk.get(made.headers["Location"]))
    password = page.partition("Mật khẩu dùng một lần của Trần Thị Hoa: ")[2][:14]
    hoa = Person.objects.get(username="hoa.tt")
    desk.post(f"/quan-tri/nguoi/{hoa.pk}/cap-quyen/", {"role": "planner", "area": hanoi})
    assert "Chuyên viên tổng hợp" in text(desk.get("/quan-tri/"))
    assert password not in text(desk.get(f"/quan-tri/nguoi/{hoa.pk}/"))
    desk.logout()
    assert desk.login(username="hoa.tt", password=password)


def test_a_change_that_is_refused_says_why_and_changes_nothing(desk, quan_tri):
    page = text(desk.post(f"/quan-tri/nguoi/{quan_tri.pk}/khoa/", follow=True))
    assert "Không tự khóa tài khoản" in page
    quan_tri.refresh_from_db()
    assert quan_tri.is_active
    assert desk.post(f"/quan-tri/nguoi/{quan_tri.pk}/xoa/").status_code == 404


def test_the_log_reads_as_sentences(desk, quan_tri, chuyen_vien, hanoi):
    actions.grant(quan_tri, chuyen_vien, Role.LEADER, hanoi)
    page = text(desk.get("/quan-tri/nhat-ky/"))
    assert "cấp quyền" in page
    assert "Lãnh đạo, Thành phố Hà Nội" in page
    assert "không có thật" in text(desk.get("/quan-tri/nhat-ky/?tu=2024-02-31"))


def test_the_system_is_counted_and_saved_from_the_page(desk, sample):
    assert "Chưa sao lưu lần nào" in text(desk.get("/quan-tri/he-thong/"))
    assert "Nhật ký nguyên vẹn" in text(desk.post("/quan-tri/he-thong/", {"kiem": "1"}, follow=True))
    page = text(desk.post("/quan-tri/he-thong/", {"luu": "1"}, follow=True))
    name = page.partition("Đã sao lưu ra ")[2].partition(". Hãy")[0]
    answer = desk.get(f"/quan-tri/he-thong/{name}")
    assert b"".join(answer.streaming_content)[:2] == b"PK"
    assert desk.get("/quan-tri/he-thong/..%2Fledger.sqlite3").status_code == 404
    assert "Hệ thống ổn" in text(desk.get("/quan-tri/he-thong/"))


def test_the_state_of_the_system_is_not_for_the_administrator_of_a_city(quan_tri_hanoi, client):
    client.force_login(quan_tri_hanoi)
    assert client.get("/quan-tri/").status_code == 200
    assert client.get("/quan-tri/he-thong/").status_code == 403
    assert client.post("/quan-tri/he-thong/", {"luu": "1"}).status_code == 403


def test_lists_ask_few_questions(desk, people, django_assert_max_num_queries):
    for n in range(12):
        people(f"nguoi.{n}", Role.VIEWER)
    with django_assert_max_num_queries(9):
        desk.get("/quan-tri/")
    with django_assert_max_num_queries(10):
        desk.get("/quan-tri/nhat-ky/")
