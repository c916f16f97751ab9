"""A file walks through the steps of its procedure; each step by its division."""

from datetime import date

import pytest

from sct.errors import UserError
from sct.office.people import audit
from sct.office.people.errors import NotAllowedError, NotVisibleError
from sct.office.procedures import queries
from sct.office.procedures.actions import Shown, open_file, papers_came, send_back, step_done, undo
from tests.office.matters.conftest import cast  # noqa: F401 (fixtures)

DAY = date(2026, 3, 2)  # a Monday
TODAY = date(2026, 3, 20)
WHO = ["leader", "planner", "industry", "trade", "commune", "viewer", "stranger"]
PETITION = "petition_v1"  # planning, planning, trade, planning


@pytest.fixture(autouse=True)
def still_clock(monkeypatch):
    for module in ("procedures.actions", "web.views.procedures", "web.views.papers"):
        monkeypatch.setattr(f"sct.office.{module}.local_day", lambda _now: TODAY)


@pytest.fixture
def petition(cast, hanoi):  # noqa: F811
    return open_file(cast["planner"], hanoi, PETITION, "Kiến nghị về bãi đỗ xe của chợ", DAY)


@pytest.fixture
def at_trade(cast, petition):  # noqa: F811
    for step in ("receive", "assign"):
        step_done(cast["planner"], petition.pk, step, date(2026, 3, 3))
    return petition


@pytest.mark.parametrize("who", WHO)
def test_a_step_is_done_by_its_division_or_who_plans(cast, at_trade, who):  # noqa: F811
    def act():
        return step_done(cast[who], at_trade.pk, "study", date(2026, 3, 10))

    if who in ("planner", "trade"):
        assert act().step == "study"
    else:
        with pytest.raises(NotAllowedError if who == "leader" else NotVisibleError):
            act()


@pytest.mark.parametrize("who", WHO)
def test_a_file_is_opened_by_who_does_the_first_step(cast, hanoi, who):  # noqa: F811
    if who == "planner":
        assert open_file(cast[who], hanoi, PETITION, "Hồ sơ", DAY).number == "1/2026-QT-02"
    else:
        with pytest.raises(NotVisibleError if who in ("commune", "stranger") else NotAllowedError):
            open_file(cast[who], hanoi, PETITION, "Hồ sơ", DAY)


def test_steps_go_in_their_order_and_days_never_back(cast, petition):  # noqa: F811
    with pytest.raises(UserError, match="không ở bước này"):
        step_done(cast["planner"], petition.pk, "answer", DAY)
    with pytest.raises(UserError, match="sớm hơn"):
        step_done(cast["planner"], petition.pk, "receive", date(2026, 3, 1))
    with pytest.raises(UserError, match="chưa đến"):
        step_done(cast["planner"], petition.pk, "receive", date(2026, 3, 21))


def test_it_shows_where_it_stands_and_how_late(cast, at_trade):  # noqa: F811
    line = queries.file(cast["trade"], at_trade.pk, TODAY)
    assert (line.place.now.step.code, line.place.now.due) == ("study", date(2026, 3, 17))
    assert line.place.now.late == 3
    assert line.is_late


def test_a_step_taken_back_is_done_again(cast, at_trade):  # noqa: F811
    with pytest.raises(NotAllowedError):
        undo(cast["trade"], at_trade.pk)
    undo(cast["planner"], at_trade.pk)
    assert queries.file(cast["planner"], at_trade.pk, TODAY).place.now.step.code == "assign"
    step_done(cast["planner"], at_trade.pk, "assign", date(2026, 3, 4))
    assert audit.verify().broken is None


def test_objectives_are_told_against_the_files(cast, at_trade, hanoi):  # noqa: F811
    step_done(cast["trade"], at_trade.pk, "study", date(2026, 3, 10))
    step_done(cast["planner"], at_trade.pk, "answer", date(2026, 3, 12))
    open_file(cast["planner"], hanoi, PETITION, "Hồ sơ đang làm", TODAY)
    found = {
        (one.procedure.code, one.objective.code): one
        for one in queries.objectives(
            cast["leader"], hanoi, queries.files(cast["leader"], hanoi, TODAY, year=2026), TODAY
        )
    }
    in_time, finished = found[PETITION, "in_time"], found[PETITION, "finished"]
    assert (in_time.rate, in_time.met) == (100, True)
    assert (finished.rate, finished.met) == (50, False)
    assert found["report_period_v1", "in_time"].met is None


def test_the_pages_open_walk_and_export(cast, client, hanoi, django_assert_max_num_queries):  # noqa: F811
    client.force_login(cast["planner"])
    made = client.post(
        "/viec/quy-trinh/mo/", {"quy_trinh": PETITION, "ten": "=Hồ sơ", "ngay": "2026-03-02"}, follow=True
    )
    number = made.redirect_chain[-1][0].split("/")[3]
    done = {"buoc": "receive", "ngay": "2026-03-03"}
    assert "03-03-2026" in client.post(f"/viec/quy-trinh/{number}/xong/", done, follow=True).content.decode()
    with django_assert_max_num_queries(14):
        assert "=Hồ sơ" in client.get("/viec/quy-trinh/?nam=2026&bang=cham").content.decode()
    assert client.get("/viec/quy-trinh/?dang=xlsx").status_code == 200
    client.force_login(cast["commune"])
    assert client.get(f"/viec/quy-trinh/{number}/").status_code == 404


# -- papers asked of the applicant ------------------------------------------------------------------------------------


def test_days_with_the_applicant_do_not_count(cast, at_trade):  # noqa: F811
    """Returned on Monday 9-3, back on Monday 16-3: five working days that move the step's last day from 17-3 to 24-3."""
    send_back(cast["trade"], at_trade.pk, date(2026, 3, 9), Shown(note="Thiếu bản đồ khu đất"))
    waiting = queries.file(cast["leader"], at_trade.pk, TODAY)
    assert (waiting.place.waiting, waiting.is_late) == (date(2026, 3, 9), False)
    papers_came(cast["trade"], at_trade.pk, date(2026, 3, 16))
    line = queries.file(cast["leader"], at_trade.pk, TODAY)
    assert (line.place.waiting, line.place.now.due, line.place.now.waited) == (None, date(2026, 3, 24), 5)
    assert (line.place.now.late, line.place.due) == (0, date(2026, 3, 30))
    step_done(cast["trade"], at_trade.pk, "study", date(2026, 3, 18))
    assert audit.verify().broken is None


def test_what_waits_for_its_applicant_goes_no_further_and_says_what_is_missing(cast, at_trade):  # noqa: F811
    with pytest.raises(UserError, match="thiếu giấy tờ gì"):
        send_back(cast["trade"], at_trade.pk, date(2026, 3, 9), Shown(note=" "))
    with pytest.raises(UserError, match="không chờ"):
        papers_came(cast["trade"], at_trade.pk, date(2026, 3, 9))
    send_back(cast["trade"], at_trade.pk, date(2026, 3, 9), Shown(note="Thiếu bản đồ"))
    with pytest.raises(UserError, match="đang chờ"):
        step_done(cast["trade"], at_trade.pk, "study", date(2026, 3, 10))
    with pytest.raises(UserError, match="đang chờ"):
        send_back(cast["trade"], at_trade.pk, date(2026, 3, 10), Shown(note="Thiếu nữa"))
    with pytest.raises(UserError, match="sớm hơn"):
        papers_came(cast["trade"], at_trade.pk, date(2026, 3, 8))
    undo(cast["trade"], at_trade.pk)
    assert queries.file(cast["leader"], at_trade.pk, TODAY).place.waiting is None


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("act", [send_back, papers_came])
def test_papers_are_asked_for_and_taken_by_whose_step_it_is(cast, at_trade, act, who):  # noqa: F811
    if act is papers_came:
        send_back(cast["trade"], at_trade.pk, date(2026, 3, 9), Shown(note="Thiếu bản đồ"))
    if who in ("planner", "trade"):
        assert act(cast[who], at_trade.pk, date(2026, 3, 10), Shown(note="bản đồ")).unit == cast[who].unit
    else:
        with pytest.raises(NotAllowedError if who == "leader" else NotVisibleError):
            act(cast[who], at_trade.pk, date(2026, 3, 10), Shown(note="bản đồ"))


# -- the edition that a file began under ------------------------------------------------------------------------------


def test_a_later_change_of_steps_does_not_move_old_files(cast, at_trade, hanoi, tmp_path, monkeypatch):  # noqa: F811
    before = queries.file(cast["trade"], at_trade.pk, TODAY)
    (tmp_path / "procedures").mkdir()
    (tmp_path / "procedures" / "own.yaml").write_text(
        f"""
- code: {PETITION}
  version: 2
  steps:
    - {{code: receive, name: Tiếp nhận, name_en: Receive, days: 2, who: planning}}
    - {{code: answer, name: Trả lời, name_en: Answer, days: 20, who: energy}}
""",
        "utf-8",
    )
    monkeypatch.setenv("SCT_DECLARATIONS", str(tmp_path))
    old = queries.file(cast["trade"], at_trade.pk, TODAY)  # whose division has no step in it any more
    assert (old.procedure, old.place) == (before.procedure, before.place)
    new = queries.file(cast["planner"], open_file(cast["planner"], hanoi, PETITION, "Sau khi sửa", DAY).pk, TODAY)
    assert ([one.step.code for one in new.place.steps], new.procedure.version) == (["receive", "answer"], 2)
    with pytest.raises(NotVisibleError):
        queries.file(cast["trade"], new.row.pk, TODAY)
    assert [line.row.pk for line in queries.files(cast["trade"], hanoi, TODAY)] == [at_trade.pk]
    assert audit.verify().broken is None


def test_files_of_one_edition_keep_it_once(cast, hanoi):  # noqa: F811
    from sct.office.procedures.models import Edition

    for n in range(3):
        open_file(cast["planner"], hanoi, PETITION, f"Hồ sơ {n}", DAY)
    assert Edition.objects.count() == 1


# -- papers that show it ----------------------------------------------------------------------------------------------

PDF = b"%PDF-1.7 bien ban"


@pytest.mark.parametrize("who", WHO)
def test_a_paper_is_fetched_by_who_sees_the_file(cast, client, at_trade, who):  # noqa: F811
    step_done(
        cast["trade"], at_trade.pk, "study", date(2026, 3, 10), Shown("12/BC-QLTM", papers=[("Biên bản.pdf", PDF)])
    )
    line = queries.file(cast["leader"], at_trade.pk, TODAY)
    ((paper,),) = line.papers.values()
    client.force_login(cast[who])
    answer = client.get(f"/minh-chung/{paper.pk}/")
    if who in ("leader", "planner", "trade"):
        assert (answer.content, answer["Content-Type"]) == (PDF, "application/octet-stream")
        assert answer["Content-Disposition"].startswith("attachment")
    else:
        assert answer.status_code == 404


@pytest.mark.parametrize(
    "given", [("chay.exe", b"MZ"), ("gia.pdf", b"MZ\x90"), ("khong-duoi", b"%PDF-"), ("trang.html", b"<script>")]
)
def test_what_is_no_paper_is_refused_and_nothing_is_kept(cast, at_trade, given):  # noqa: F811
    with pytest.raises(UserError, match="không phải văn bản"):
        step_done(cast["trade"], at_trade.pk, "study", date(2026, 3, 10), Shown(papers=[given]))
    assert queries.file(cast["trade"], at_trade.pk, TODAY).place.now.step.code == "study"


def test_the_page_takes_papers_returns_and_shows_them(cast, client, at_trade, settings):  # noqa: F811
    from django.core.files.uploadedfile import SimpleUploadedFile

    client.force_login(cast["trade"])
    address = f"/viec/quy-trinh/{at_trade.pk}/"
    back = {"ngay": "2026-03-09", "ghi_chu": "Thiếu bản đồ khu đất"}
    shown = client.post(f"{address}tra-lai/", back, follow=True).content.decode()
    assert "chờ người nộp bổ sung" in shown
    assert "Thiếu bản đồ khu đất" in shown
    came = {"ngay": "2026-03-10", "tep_minh_chung": SimpleUploadedFile("Bản đồ.pdf", PDF)}
    assert "Bản đồ.pdf" in client.post(f"{address}nhan-lai/", came, follow=True).content.decode()
    assert client.get("/viec/quy-trinh/?nam=2026&bang=cho").status_code == 200
    assert client.get("/viec/quy-trinh/?nam=2026&bang=la").status_code == 404
    settings.UPLOAD_LIMIT = 4
    much = {"buoc": "study", "ngay": "2026-03-11", "tep_minh_chung": SimpleUploadedFile("To.pdf", PDF)}
    assert "quá lớn" in client.post(f"{address}xong/", much, follow=True).content.decode()
