"""Work that may last: it goes on behind the page, which tells how far it is and leads back when it is done.

What is done within a second answers at once, as any form does. A piece of work runs in a thread of the server's own
process, in its own transaction, with the rights of whoever began it. How far it is stands in a file, not in the
database, whose transaction is not over before the work is. A server that stops takes the work with it, nothing of it is
kept (one transaction), and the page says so.
"""

from __future__ import annotations

import json
import logging
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal, TypeAlias

from django.conf import settings
from django.contrib import messages
from django.db import connection
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation

from sct.errors import UserError
from sct.office.people.errors import NotAllowedError, NotVisibleError
from sct.office.people.progress import Progress
from sct.office.web.choice import SiteRequest
from sct.words import _, use_language

Work: TypeAlias = Callable[[Progress], str]  # returns the sentence that tells what was done
AT_ONCE = 1.0  # seconds
_TELL_EVERY = 0.3  # seconds between two notes of the progress
_SILENT = 60.0  # seconds without a sign of life, after which the work is taken for broken off
_KEPT = 24 * 3600.0  # seconds a note stays


@dataclass(frozen=True, slots=True)
class Note:
    """How far a piece of work is. `who` began it; `back` is the page it leads back to; `at` the last sign of life."""

    key: str
    who: int
    title: str
    back: str
    state: Literal["running", "done", "failed"] = "running"
    done: int = 0
    total: int = 0
    told: str = ""
    at: float = 0.0

    @property
    def broken_off(self) -> bool:
        return self.state == "running" and time.time() - self.at > _SILENT

    @property
    def percent(self) -> int | None:
        return min(100, 100 * self.done // self.total) if self.total else None


def begin(request: SiteRequest, title: str, work: Work, back: str) -> HttpResponse:
    """Begin a piece of work. The answer leads to `back` if it was done at once, else to its own page."""
    note = Note(secrets.token_urlsafe(12), request.user.pk, title, back, at=time.time())
    _keep(note)
    running = _Running(note, work, translation.get_language() or settings.LANGUAGE_CODE)
    if getattr(settings, "LONG_WORK_INLINE", False):  # tests: the thread would not see their transaction
        running.work()
    else:
        thread = threading.Thread(target=running.run, name=f"work-{note.key}", daemon=True)
        thread.start()
        thread.join(AT_ONCE)
    if running.refused is not None:
        _path(note.key).unlink(missing_ok=True)
        raise running.refused
    finished = find(note.key, request.user.pk)
    if finished is None or finished.state == "running":
        return HttpResponseRedirect(reverse("long-work", args=[note.key]) + request.choice.query())
    return HttpResponseRedirect(ended(request, finished))


def ended(request: SiteRequest, note: Note) -> str:
    """Tell what came out, forget the note, and where to go."""
    (messages.success if note.state == "done" else messages.error)(request, note.told)
    _path(note.key).unlink(missing_ok=True)
    return note.back


def find(key: str, who: int) -> Note | None:
    """The note of a piece of work somebody began; None where there is none of theirs."""
    try:
        note = Note(**json.loads(_path(key).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return note if note.who == who else None


class _Running:
    def __init__(self, note: Note, work: Work, language: str) -> None:
        self.note, self._work, self._language = note, work, language
        self._told = 0.0
        self.refused: UserError | None = None  # a 403 or 404, which the page answers as such while it still waits

    def run(self) -> None:
        try:
            self.work()
        finally:
            connection.close()

    def work(self) -> None:
        with translation.override(self._language):
            use_language(self._language)  # the kit's words keep a language of their own for each thread
            try:
                self.note = replace(self.note, state="done", told=self._work(self._progress))
            except UserError as error:
                self.refused = error if isinstance(error, NotAllowedError | NotVisibleError) else None
                self.note = replace(self.note, state="failed", told=error.sentence())
            except Exception:
                logging.getLogger("sct").exception("long work broke: %s", self.note.title)
                told = _("Việc này bị hỏng giữa chừng; không có gì được ghi. Hãy thử lại, hoặc báo người quản trị.")
                self.note = replace(self.note, state="failed", told=told)
            _keep(replace(self.note, at=time.time()))

    def _progress(self, done: int, total: int) -> None:
        now = time.time()
        if now - self._told >= _TELL_EVERY:
            self._told = now
            self.note = replace(self.note, done=done, total=total, at=now)
            _keep(self.note)


def _folder() -> Path:
    return Path(settings.HOME) / "work"


def _path(key: str) -> Path:
    if not key.replace("-", "").replace("_", "").isalnum():
        raise ValueError(key)
    return _folder() / f"{key}.json"


def _keep(note: Note) -> None:
    folder = _folder()
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
    if note.done == 0 and note.state == "running":
        _sweep(folder)
    partial = _path(note.key).with_suffix(".part")
    partial.write_text(json.dumps(asdict(note), ensure_ascii=False), "utf-8")
    partial.replace(_path(note.key))


def _sweep(folder: Path) -> None:
    """Notes nobody came back for."""
    old = time.time() - _KEPT
    for path in folder.glob("*.json"):
        if path.stat().st_mtime < old:
            path.unlink(missing_ok=True)
