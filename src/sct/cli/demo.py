"""`sct demo`: the whole way on real input, from the figures of Hà Nội to the review as a Word file. Idempotent."""

from __future__ import annotations

import os
import secrets
from argparse import Namespace
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sct.cli.demo_collection import OFFICER, officer, submissions
from sct.cli.given import area_of
from sct.cli.office import progress, setup, system
from sct.errors import UserError
from sct.words import _

if TYPE_CHECKING:
    from sct.office.people.models import Person

ACCOUNT = "demo"
AREA = "01"


@dataclass(slots=True)
class Account:
    """What the demo tells at its end."""

    figures: int = 0
    series: int = 0
    sources: int = 0
    conflicts: int = 0
    documents: int = 0
    submissions: int = 0
    entries: int = 0
    statements: int = 0
    findings: int = 0
    computed: int = 0
    targets: int = 0
    matters: int = 0
    numbers: int = 0
    report: str = ""


def demo(given: Namespace) -> int:
    """Load, read, compute, proof, write; then print a short account and the demo account's password."""
    print(_("Sổ Công Thương: chuẩn bị cơ sở dữ liệu…"), flush=True)
    setup()
    person = system()
    told = Account()
    _figures(person)
    _documents(person, told)
    told.submissions = submissions(person)
    _entries(person, told)
    _cycle(person, told)
    _compute(person, told)
    _report(person, given, told)
    _count(person, told)
    _print(told)
    _print_account(person)
    return 0


def _figures(person: Person) -> None:
    """The 1,097 cited figures; a second run finds them there."""
    from sct.office.ledger.importing import import_figures
    from sct.samples import FIGURES

    with progress(_("Nạp số liệu")) as bar:
        try:
            import_figures(person, FIGURES.read_bytes(), FIGURES.name, bar)
        except UserError as error:
            if error.code != "duplicate-import":
                raise


def _documents(person: Person, told: Account) -> None:
    """Our own sample documents: stored, read and proofed."""
    from sct.office.documents import actions
    from sct.samples import DOCUMENTS

    paths = sorted(path for path in DOCUMENTS.iterdir() if path.suffix in {".txt", ".docx", ".html"})
    with progress(_("Đọc và soát văn bản")) as bar:
        for number, path in enumerate(paths, 1):
            actions.upload(person, path.name, path.read_bytes())
            bar(number, len(paths))
    told.documents = len(paths)


def _entries(person: Person, told: Account) -> None:
    """Real entries of the registers, each with its source; a second run finds them there."""
    from sct.office.coordination.register_samples import load_entries

    told.entries = load_entries(person)


def _cycle(person: Person, told: Account) -> None:
    """Plans, the review of January 2025 and the matters cut from it; a second run finds them there."""
    from django.utils import timezone

    from sct.following.events import local_day
    from sct.office.coordination.sample_cycle import count_of, load_sample
    from sct.office.coordination.sample_work import load_work
    from sct.office.plans.models import Target

    told.matters = count_of(load_sample(person))
    load_work(person, local_day(timezone.now()))
    told.targets = Target.objects.count()


def _compute(person: Person, told: Account) -> None:
    from sct.office.coordination.panels import refresh

    with progress(_("Tính")) as bar:
        told.computed = refresh(person, bar).computed


def _report(person: Person, given: Namespace, told: Account) -> None:
    from django.conf import settings

    from sct.office.coordination.report import report, write_word

    made = report(person, area_of(AREA), given.year)
    path = Path(given.out) if given.out else Path(settings.HOME) / f"bao-cao-tong-ket-{given.year}.docx"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_word(made, path)
    told.numbers, told.report = len(made.numbers), _shown(path)


def _shown(path: Path) -> str:
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _count(person: Person, told: Account) -> None:
    from sct.office.documents import queries as documents
    from sct.office.ledger import queries

    counts = queries.counts(person)
    told.figures, told.series, told.sources = counts.figures, counts.series, counts.sources
    told.conflicts = len(queries.conflicts(person))
    told.statements, told.findings = documents.totals(person)


def _print(told: Account) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(show_header=False, box=None, padding=(0, 2))
    for word, value in (
        (_("Số liệu trong sổ"), told.figures),
        (_("Chuỗi số liệu"), told.series),
        (_("Nguồn trích dẫn"), told.sources),
        (_("Số liệu chưa thống nhất"), told.conflicts),
        (_("Số tính được"), told.computed),
        (_("Hồ sơ trong sổ bộ"), told.entries),
        (_("Văn bản mẫu"), told.documents),
        (_("Báo cáo nộp minh họa"), told.submissions),
        (_("Phát biểu số liệu đọc được"), told.statements),
        (_("Phát hiện khi soát"), told.findings),
        (_("Chỉ tiêu kế hoạch"), told.targets),
        (_("Việc từ kết luận kỳ họp"), told.matters),
        (_("Số liệu trong báo cáo"), told.numbers),
        (_("Báo cáo"), told.report),
    ):
        table.add_row(word, f"{value:,}".replace(",", ".") if isinstance(value, int) else value)
    Console().print(table)


def _print_account(by: Person) -> None:
    """Make the demo account once; its password is drawn then, and kept for the next run in the data folder."""
    from django.conf import settings

    from sct.office.people.actions import create_person, grant
    from sct.office.people.models import Person, Role

    kept = Path(settings.HOME) / "demo-password.txt"
    person = Person.objects.filter(username=ACCOUNT).first()
    if person is None:
        password = secrets.token_urlsafe(9)
        person = create_person(by, ACCOUNT, "Nguyễn Thị Minh Họa", unit="Phòng Kế hoạch - Tổng hợp", password=password)
        grant(by, person, Role.PLANNER)
        grant(by, person, Role.ADMIN)  # to look at the rooms of administration too
        descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(password + "\n")
    password = kept.read_text("utf-8").strip() if kept.exists() else _("(đã đổi)")
    print(_("Tài khoản dùng thử: {name} / {password}").format(name=ACCOUNT, password=password))
    if kept.exists():
        officer(by, password)
        print(_("Tài khoản cán bộ xã dùng thử: {name}, cùng mật khẩu").format(name=OFFICER))
