"""Work to look at beside the cycle: files of procedures, a memorandum, a petition; made up, and they say so."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from sct.catalogue import load
from sct.catalogue.workdays import after
from sct.following.events import EventKind, ResultClass
from sct.following.procedures import load_procedures
from sct.office.matters.actions import Detail, NewMatter, NewMemorandum, sign, take_on
from sct.office.matters.models import Kind
from sct.office.people.models import Person
from sct.office.procedures.actions import Shown, open_file, papers_came, send_back, step_done
from sct.office.procedures.models import File

PETITION, REPORT = "petition_v1", "report_period_v1"
PAPER = "Minh họa, không phải văn bản thật"
UNIT = "Phòng Quản lý thương mại"


@transaction.atomic
def load_work(person: Person, today: date) -> int:
    """Four files, a memorandum with two commitments, a petition answered and not solved; once. How many files."""
    area = load().area_named("Hà Nội").key
    if File.objects.filter(area=area).exists():
        return 0
    _files(person, area, today)
    _memorandum(person, area, today)
    told = NewMatter(
        Kind.PETITION,
        "Đề nghị bố trí vốn cải tạo chợ truyền thống của xã (minh họa)",
        today - timedelta(days=60),
        quote="Xã đề nghị bố trí vốn cải tạo chợ (câu minh họa).",
        paper=PAPER,
        giver="UBND xã Đông Anh",
        level="city",
        topic="chợ",
    )
    answer = Detail(
        on=today - timedelta(days=30), result=ResultClass.ROADMAP, note="Đưa vào danh mục năm sau", evidence=PAPER
    )
    story = [(EventKind.REMIND, Detail(on=today - timedelta(days=35))), (EventKind.ANSWER, answer)]
    take_on(person, area, told, Detail(on=told.raised, lead=UNIT, due=today + timedelta(days=20)), story)
    return 4


def _files(person: Person, area: str, today: date) -> None:
    """One finished in time, one in its last days, one that waits for its applicant, one late."""
    holidays = load().holidays

    def day(back: int, on: int = 0) -> date:
        return min(today, after(today - timedelta(days=back), on, holidays))

    done = open_file(person, area, REPORT, "Báo cáo tháng trước (minh họa)", day(30))
    for at, step in enumerate(load_procedures()[REPORT].steps):
        step_done(person, done.pk, step.code, day(30, at + 1), Shown(note="(minh họa)"))
    open_file(person, area, REPORT, "Báo cáo tháng này (minh họa)", day(1))
    waiting = open_file(person, area, PETITION, "Kiến nghị về bãi đỗ xe của chợ (minh họa)", day(25))
    for at, code in enumerate(("receive", "assign")):
        step_done(person, waiting.pk, code, day(25, at + 1))
    send_back(person, waiting.pk, day(25, 4), Shown(note="Thiếu bản đồ khu đất (minh họa)"))
    papers_came(person, waiting.pk, day(25, 7))
    send_back(person, waiting.pk, day(25, 9), Shown(note="Thiếu ý kiến của xã (minh họa)"))
    open_file(person, area, PETITION, "Kiến nghị về hạ tầng cụm công nghiệp (minh họa)", day(45))


def _memorandum(person: Person, area: str, today: date) -> None:
    memo = sign(
        person,
        area,
        NewMemorandum(
            "Ghi nhớ hợp tác phát triển công nghiệp, thương mại (minh họa)",
            "UBND Thành phố",
            "Bộ Công Thương",
            f"{today.year - 1}-09",
            date(today.year + 3, 12, 31),
        ),
    )
    for text, side, until in (
        ("Hỗ trợ xúc tiến thương mại hai hội chợ một năm (minh họa)", "Bộ Công Thương", date(today.year, 12, 31)),
        ("Bố trí đất cho trung tâm logistics (minh họa)", "UBND Thành phố", today - timedelta(days=10)),
    ):
        new = NewMatter(Kind.COMMITMENT, text, date(today.year - 1, 9, 1), paper=PAPER, giver=side, memorandum=memo.pk)
        take_on(person, area, new, Detail(on=new.raised, lead=UNIT, due=until))
