"""Commands that need the database. Django is set up here and nowhere else on the command line."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sct.cli.given import area_of, as_of
from sct.errors import Place, UserError
from sct.words import _

if TYPE_CHECKING:
    from sct.office.people.models import Person
    from sct.proofing import Ledger

Progress = Callable[[int, int], None]


def setup(*, migrate: bool = True) -> None:
    """Django ready, the database there and up to date."""
    import django
    from django.core.management import call_command

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sct.office.settings")
    django.setup()
    if migrate:
        call_command("migrate", verbosity=0, interactive=False)
        from sct.office.people.audit import adopt

        adopt()


def system() -> Person:
    """The account in whose name commands act."""
    from sct.office.people.actions import system_person

    return system_person()


def read_bytes(name: str) -> tuple[bytes, str]:
    """A file's bytes and its bare name; a file that cannot be opened is one sentence."""
    path = Path(name)
    try:
        return path.read_bytes(), path.name
    except OSError as error:
        raise UserError("cannot-open", _("Không mở được tệp"), value=error.strerror, place=Place(file=name)) from error


@contextmanager
def progress(title: str) -> Iterator[Progress]:
    """A bar on a terminal, nothing in a log."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bars

    console = Console(stderr=True)
    with Bars(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=console,
        disable=not console.is_terminal,
    ) as bars:
        task = bars.add_task(title, total=None)
        yield lambda done, total: bars.update(task, completed=done, total=total)


def up(given: Namespace) -> int:
    """`sct up`: serve the site until it is stopped."""
    setup()
    from django.conf import settings
    from django.core.management import call_command
    from granian import Granian
    from granian.constants import Interfaces

    call_command("collectstatic", verbosity=0, interactive=False)
    call_command("clearsessions")
    if given.host not in {"127.0.0.1", "localhost"} and given.host not in settings.ALLOWED_HOSTS:
        print(_("Nhớ đặt SCT_ALLOWED_HOSTS cho tên miền mà người dùng sẽ gõ."), file=sys.stderr)
    print(_("Trang web: http://{host}:{port} (Ctrl+C để dừng)").format(host=given.host, port=given.port), flush=True)
    Granian(
        "sct.office.wsgi:application",
        address=given.host,
        port=given.port,
        interface=Interfaces.WSGI,
        blocking_threads=4,
        log_enabled=False,
    ).serve()
    return 0


def acting(username: str) -> Person:
    """The person a command acts for: the one named, else the system account."""
    from sct.office.people.models import Person

    if not username:
        return system()
    found = Person.objects.filter(username=username, is_active=True).first()
    if found is None:
        raise UserError("unknown-person", _("Không có người dùng này"), value=username)
    return found


def import_figures(given: Namespace) -> int:
    """`sct import-figures FILE.csv`."""
    setup()
    from sct.office.ledger.importing import import_figures as run

    person = acting(given.person)
    data, name = read_bytes(given.file)
    with progress(name) as bar:
        account = run(person, data, name, bar)
    print(
        _("{name}: ghi {n} số liệu, {c} chỉ tiêu, {s} chuỗi, {o} nguồn (đợt {b})").format(
            name=name, n=account.recorded, c=account.indicators, s=account.series, o=account.sources, b=account.batch
        )
    )
    if account.already:
        print(_("{n} số liệu đã có trong sổ với cùng nguồn, không ghi lại").format(n=account.already))
    return 0


def registers_rebuild(given: Namespace) -> int:
    """`sct registers rebuild [--register CODE]`: the read model made anew from the events."""
    setup()
    from sct.office.registers.actions import rebuild

    with progress(_("Dựng lại")) as bar:
        entries = rebuild(given.register, bar, system().pk)
    print(_("Đã dựng lại {n} hồ sơ từ các biến động").format(n=entries))
    return 0


def compute(given: Namespace) -> int:
    """`sct compute`: refresh the panels and say what can be computed."""
    setup()
    from sct.office.coordination.panels import refresh

    with progress(_("Tính")) as bar:
        account = refresh(system(), bar)
    print(
        _("{c} số tính được từ {n} số liệu, {f} nhóm chỉ tiêu").format(
            c=account.computed, n=account.figures, f=account.families
        )
    )
    return 0


def report(given: Namespace) -> int:
    """`sct report --year Y --out FILE.docx`."""
    setup()
    from sct.office.coordination.report import report as review
    from sct.office.coordination.report import write_word

    made = review(system(), area_of(given.area), given.year, as_of(given))
    target = Path(given.out)
    target.parent.mkdir(parents=True, exist_ok=True)
    write_word(made, target)
    print(_("{file}: {n} số liệu, mỗi số có nguồn trong phụ lục").format(file=given.out, n=len(made.numbers)))
    return 0


def explain(given: Namespace) -> int:
    """`sct explain INDICATOR AREA PERIOD [--as-of DATE]`."""
    setup()
    from sct.cli.explaining import explain as run

    return run(system(), given)


def audit_verify(given: Namespace) -> int:
    """`sct audit verify`; exit code 1 when the chain is broken."""
    setup()
    from sct.office.people.actions import verify_log

    verdict = verify_log(system())
    if verdict.holds:
        print(_("Nhật ký nguyên vẹn: {n} mục; {rows} dòng dữ liệu khớp").format(n=verdict.entries, rows=verdict.rows))
        return 0
    print(_("Nhật ký bị sửa ở mục {n}: {why}").format(n=verdict.broken, why=verdict.reason))
    return 1


def backup(given: Namespace) -> int:
    """`sct backup FILE`."""
    setup()
    from sct.office.ledger.backup import backup as run

    manifest = run(Path(given.file))
    print(_("Đã sao lưu {n} phần ra {file}").format(n=len(manifest["parts"]), file=given.file))
    return 0


def restore(given: Namespace) -> int:
    """`sct restore FILE`."""
    setup()
    from sct.office.ledger.restore import restore as run

    run(Path(given.file))
    print(_("Đã phục hồi; nhật ký nguyên vẹn"))
    return 0


def ledger_lookup() -> Ledger:
    """The ledger of this system as proofing asks it."""
    setup()
    from sct.office.documents.proofed import LedgerOf

    return LedgerOf(system())


def admin(given: Namespace) -> int:
    """`sct admin USERNAME FULL_NAME`: an administrator of the whole system; everything else happens on the pages."""
    setup()
    from django.db import transaction

    from sct.office.people.actions import create_person, grant, reset_password
    from sct.office.people.models import Role

    with transaction.atomic():
        person = create_person(system(), given.username, given.full_name)
        grant(system(), person, Role.ADMIN)
        password = reset_password(system(), person)
    print(
        _("Đã tạo {name} ({username}). Mật khẩu dùng một lần: {password}").format(
            name=person, username=person.username, password=password
        )
    )
    return 0


def remind(given: Namespace) -> int:
    """`sct remind`: counts only, no name and no address on the screen or in a log."""
    setup()
    from django.utils import timezone

    from sct.following.events import local_day
    from sct.office.matters import reminding

    done = reminding.remind(system(), area_of(given.area).key, local_day(timezone.now()))
    print(
        _("Đã nhắc {n} việc của {units} đơn vị, gửi {mails} thư.").format(
            n=done.matters, units=done.units, mails=done.mails
        )
    )
    if done.without_address:
        print(_("{n} đơn vị chưa có địa chỉ thư, chỉ thấy lời nhắc trong hệ thống.").format(n=done.without_address))
    if done.escalated:
        print(_("{n} việc đã nhắc quá ba lần, đưa ra giao ban lãnh đạo.").format(n=done.escalated))
    if done.above:
        print(_("Đã gửi {n} thư cho lãnh đạo và bên giao.").format(n=done.above))
    if done.failed:
        print(_("{n} thư không gửi được: {why}").format(n=done.failed, why=done.reason), file=sys.stderr)
    return 1 if done.failed else 0
