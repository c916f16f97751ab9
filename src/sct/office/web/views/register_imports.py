"""Taking a file into a register: read and shown first, recorded on a second click, undone on a third."""

from __future__ import annotations

import hashlib
import os
import re
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sct.catalogue.registers import Register
from sct.errors import UserError
from sct.office.people.errors import NotAllowedError, NotVisibleError
from sct.office.people.models import Person, Right
from sct.office.people.progress import Progress
from sct.office.people.queries import require, roles
from sct.office.registers import actions, exporting, importing, queries
from sct.office.registers.importing import Reading
from sct.office.registers.models import Batch
from sct.office.web import exports, longwork
from sct.office.web.choice import SiteRequest
from sct.office.web.register_choice import register_or_404
from sct.words import _

SHOWN = 200  # rows of the preview; the file of mistakes has all
_DAY = 24 * 3600
_TOKEN = re.compile(r"[0-9a-f]{64}")


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: SiteRequest, code: str) -> HttpResponse:
    """The page of imports; a file that comes is read and its preview shown."""
    kind = _writable(request, code)
    file = request.FILES.get("tep")
    context: dict[str, Any] = {"kind": kind, "batches": queries.batches(request.user, kind.code)}
    status = 200
    if request.method == "POST":
        try:
            if file is None:
                raise UserError("no-file", _("Chưa chọn tệp nào"))
            if (file.size or 0) > settings.UPLOAD_LIMIT:
                raise UserError("too-large", _("Tệp quá lớn"), expected=f"{settings.UPLOAD_LIMIT // 2**20} MB")
            data = file.read()
            reading = importing.read(request.user, kind, data, file.name or "")
            context |= _preview(reading, _keep(request.user, data, file.name or ""))
        except (NotVisibleError, NotAllowedError):
            raise
        except UserError as error:
            context["wrong"], status = error.sentence(), 422
    return render(request, "web/register_import.html", context, status=status)


def _writable(request: SiteRequest, code: str) -> Register:
    kind = register_or_404(code)
    require(request.user, Right.RECORD)
    if kind.edit and not roles(request.user) & set(kind.edit):
        raise NotAllowedError("not-allowed", _("Bạn không được ghi vào sổ «{name}»").format(name=kind.told))
    return kind


def _preview(reading: Reading, token: str) -> dict[str, Any]:
    doubled = [row for row in reading.new if row.number in reading.duplicates]
    plain = [row for row in reading.new if row.number not in reading.duplicates]
    return {
        "reading": reading,
        "token": token,
        "faults": reading.faults[:SHOWN],
        "more_faults": max(0, len(reading.faults) - SHOWN),
        "new_rows": plain[:20],
        "new_count": len(plain),
        "changed_rows": reading.changed[:20],
        "doubled": [(row, reading.duplicates[row.number]) for row in doubled[:SHOWN]],
        "doubled_count": len(doubled),
    }


def _folder() -> Path:
    folder = Path(settings.HOME) / "imports"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _keep(person: Person, data: bytes, name: str) -> str:
    """Keep a file until it is confirmed; only who sent it can ask for it again. What is a day old goes."""
    folder = _folder()
    for old in folder.iterdir():
        if time.time() - old.stat().st_mtime > _DAY:
            old.unlink(missing_ok=True)
    token = hashlib.sha256(data).hexdigest()
    target = folder / f"{person.pk}-{token}"
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(name.encode()[:255] + b"\n" + data)
    return token


def _kept(person: Person, token: str) -> tuple[bytes, str]:
    target = _folder() / f"{person.pk}-{token}"
    if not _TOKEN.fullmatch(token) or not target.is_file():
        raise UserError("file-gone", _("Tệp không còn được giữ"), way_out=_("Chọn lại tệp"))
    name, _newline, data = target.read_bytes().partition(b"\n")
    return data, name.decode("utf-8", "replace")


@require_POST
def confirm(request: SiteRequest, code: str) -> HttpResponse:
    """Record the good rows of a file that was shown."""
    kind = _writable(request, code)
    here = reverse("register-import", args=[kind.code]) + request.choice.query()
    person, token = request.user, request.POST.get("tep", "")
    all_of_them = bool(request.POST.get("ca_nghi_trung"))

    def work(progress: Progress) -> str:
        data, name = _kept(person, token)
        reading = importing.read(person, kind, data, name)
        done = importing.commit(person, reading, with_duplicates=all_of_them, progress=progress)
        (_folder() / f"{person.pk}-{token}").unlink(missing_ok=True)
        told = _("Đã ghi {n} hồ sơ từ tệp {file}.").format(n=len(done.entries), file=name)
        if reading.bad_rows:
            told += " " + _("{n} dòng sai đã để ngoài.").format(n=reading.bad_rows)
        return told

    return longwork.begin(request, _("Nạp vào {register}").format(register=kind.name), work, here)


@require_POST
def undo(request: SiteRequest, number: int) -> HttpResponse:
    """Take a whole import back."""
    batch = Batch.objects.filter(pk=number).first()
    if batch is None:
        raise Http404
    try:
        gone = actions.withdraw(request.user, batch=number, why=request.POST.get("ly_do") or _("hoàn tác lần nạp tệp"))
        messages.success(request, _("Đã rút {n} biến động của lần nạp này.").format(n=gone))
    except (NotVisibleError, NotAllowedError):
        raise
    except UserError as error:
        messages.error(request, error.sentence())
    return HttpResponseRedirect(reverse("register-import", args=[batch.register]) + request.choice.query())


@require_POST
def mistakes(request: SiteRequest, code: str) -> HttpResponse:
    """All mistakes of a file that was shown, as a table to mend it by."""
    kind = _writable(request, code)
    data, name = _kept(request.user, request.POST.get("tep", ""))
    reading = importing.read(request.user, kind, data, name)
    table = exports.Table(_("Lỗi trong tệp {file}").format(file=name), [_("Dòng"), _("Cột"), _("Giá trị"), _("Vì sao")])
    table.rows.extend([str(f.row), f.column, f.value, f.reason] for f in reading.faults)
    return exports.answer("xlsx", f"loi-{kind.code}", table)


@require_safe
def template(request: SiteRequest, code: str) -> HttpResponse:
    """An empty file with the columns of the register."""
    kind = register_or_404(code)
    return exports.answer("xlsx", f"mau-{kind.code}", exports.Table(kind.told, exporting.heads(request.user, kind)[1:]))


paths = [
    path("so-bo/dot/<int:number>/rut/", undo, name="batch-undo"),
    path("so-bo/<slug:code>/nap/", upload, name="register-import"),
    path("so-bo/<slug:code>/nap/ghi/", confirm, name="register-import-confirm"),
    path("so-bo/<slug:code>/nap/loi.xlsx", mistakes, name="register-import-mistakes"),
    path("so-bo/<slug:code>/mau.xlsx", template, name="register-template"),
]
