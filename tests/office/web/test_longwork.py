"""Work that lasts goes on behind the page: how far it is, what came out, and who may see it."""

import json
import threading
import time

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from sct.errors import UserError
from sct.office.people.actions import grant, system_person
from sct.office.people.errors import NotAllowedError
from sct.office.people.models import Role
from sct.office.web import longwork

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(client, chuyen_vien, settings, monkeypatch):
    """Begins a piece of work as the planning officer, in a thread as on a server: `ask(work)`."""
    settings.LONG_WORK_INLINE = False
    monkeypatch.setattr(longwork, "AT_ONCE", 0.05)
    monkeypatch.setattr(longwork, "_TELL_EVERY", 0.0)
    monkeypatch.setattr(longwork.connection, "close", lambda: None)  # none of these touches the database
    client.force_login(chuyen_vien)

    def begin(work):
        request = client.get("/").wsgi_request
        return request, longwork.begin(request, "Đếm lại", work, "/chi-tieu/")

    return begin


@pytest.fixture
def slow():
    """Work that tells how far it is, waits for `slow.go`, then ends."""

    class Slow:
        def __init__(self):
            self.go, self.ended = threading.Event(), threading.Event()

        def __call__(self, progress):
            progress(30, 120)
            self.go.wait(10)
            self.ended.set()
            return "Đã đếm 120 dòng."

    made = Slow()
    yield made
    made.go.set()


def told(request):
    return [(message.level_tag, str(message)) for message in get_messages(request)]


def wait_for(key, person, state):
    for _try in range(200):
        note = longwork.find(key, person.pk)
        if note is not None and note.state == state:
            return note
        time.sleep(0.02)
    raise AssertionError(f"never {state}")


def test_what_is_done_at_once_answers_at_once(ask):
    request, answer = ask(lambda _progress: "Đã đếm.")
    assert (answer.status_code, answer.url) == (302, "/chi-tieu/")
    assert told(request) == [("success", "Đã đếm.")]


def test_a_user_error_is_told_where_the_work_was_begun(ask):
    def work(_progress):
        raise UserError("nothing", "Không có gì để đếm")

    request, answer = ask(work)
    assert answer.url == "/chi-tieu/"
    assert told(request) == [("error", "Không có gì để đếm.")]


def test_a_fault_of_ours_is_told_plainly_and_goes_to_the_log(ask, caplog):
    def work(_progress):
        raise ZeroDivisionError("secret")

    request, _answer = ask(work)
    [(level, words)] = told(request)
    assert level == "error"
    assert "không có gì được ghi" in words
    assert "secret" not in words
    assert "ZeroDivisionError" in caplog.text


def test_what_one_may_not_do_is_answered_as_such(ask):
    def work(_progress):
        raise NotAllowedError("not-allowed", "Chỉ quản trị làm được việc này")

    with pytest.raises(NotAllowedError):
        ask(work)


def test_longer_work_has_a_page_that_tells_how_far_it_is_and_leads_back(ask, slow, client, chuyen_vien, read, words):
    _request, answer = ask(slow)
    assert "/dang-lam/" in answer.url
    key = answer.url.rstrip("/").split("/")[-1].split("?")[0]
    wait_for(key, chuyen_vien, "running")
    page = read(client.get(answer.url))
    assert words(page.find(".//h1")) == "Đếm lại"
    assert "25%: 30 / 120" in words(page.get_element_by_id("work"))
    assert page.find(".//progress").get("value") == "25"
    slow.go.set()
    wait_for(key, chuyen_vien, "done")
    small = client.get(answer.url, headers={"HX-Request": "true"})
    assert small.headers["HX-Redirect"] == "/chi-tieu/"
    assert "Đã đếm 120 dòng." in words(read(client.get("/chi-tieu/")))
    assert client.get(answer.url).status_code == 404  # told once


def test_nobody_else_sees_it(ask, slow, client, lanh_dao):
    _request, answer = ask(slow)
    client.force_login(lanh_dao)
    assert client.get(answer.url).status_code == 404


def test_work_whose_server_stopped_is_told_so(ask, slow, client, chuyen_vien, read, words, settings):
    _request, answer = ask(slow)
    key = answer.url.rstrip("/").split("/")[-1].split("?")[0]
    wait_for(key, chuyen_vien, "running")
    path = settings.HOME / "work" / f"{key}.json"
    note = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(note | {"at": time.time() - 61}), "utf-8")
    assert "dừng giữa chừng" in words(read(client.get(answer.url)))


@pytest.mark.parametrize("key", ["khong-co", "..%2F..%2Fetc", "x" * 300])
def test_a_name_that_is_none_is_not_found(client, chuyen_vien, key):
    client.force_login(chuyen_vien)
    assert client.get(f"/dang-lam/{key}/").status_code == 404


def test_the_log_is_counted_again_from_the_page(client, chuyen_vien, read, words):
    grant(system_person(), chuyen_vien, Role.ADMIN)
    client.force_login(chuyen_vien)
    answer = client.post(reverse("system"), {"kiem": "1"}, follow=True)
    assert "Nhật ký nguyên vẹn" in words(read(answer))
