"""Minh chứng: papers attached to something that happened (a step of a file, news of a matter, a mark), kept as given.

They are neither read nor proofed. Who may see what happened may fetch its papers; the rooms ask (`of`, `fetch`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePath

from django.db.models import Model
from django.utils import timezone

from sct.errors import Place, UserError
from sct.office.documents import files
from sct.office.documents.models import Attachment
from sct.office.documents.uploading import require_size
from sct.office.people.models import Person
from sct.words import _

Given = tuple[str, bytes]  # file name, bytes
MOST = 10  # papers of one happening
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# What a file of a kind begins with: a program under the name of a paper is not taken.
_FIRST: dict[str, bytes] = {
    ".pdf": b"%PDF-",
    ".docx": _ZIP,
    ".xlsx": _ZIP,
    ".odt": _ZIP,
    ".ods": _ZIP,
    ".doc": _OLE,
    ".xls": _OLE,
    ".jpg": b"\xff\xd8\xff",
    ".jpeg": b"\xff\xd8\xff",
    ".png": b"\x89PNG\r\n\x1a\n",
}
ACCEPTED = ",".join(_FIRST)


def check(given: Sequence[Given]) -> None:
    """Raises `UserError`: too-many-files, too-large, not-a-paper."""
    if len(given) > MOST:
        raise UserError("too-many-files", _("Quá nhiều tệp minh chứng một lúc"), value=len(given), expected=f"≤ {MOST}")
    for name, data in given:
        require_size(data, name)
        first = _FIRST.get(PurePath(name).suffix.lower())
        if first is None or not data.startswith(first):
            raise UserError(
                "not-a-paper",
                _("Tệp minh chứng không phải văn bản hay ảnh"),
                value=PurePath(name).suffix or name,
                expected="pdf, docx, xlsx, odt, ods, doc, xls, jpg, png",
                place=Place(file=name),
            )


def attach(person: Person, area: str, about: Model, given: Sequence[Given]) -> list[Attachment]:
    """Keep papers of a row that was just saved; called by its action before the log entry that seals both."""
    check(given)
    rows = [
        Attachment(
            area=area,
            about=about_of(about),
            name=PurePath(name.replace("\\", "/")).name[-255:],
            sha256=files.keep(data),
            size=len(data),
            who=person,
            at=timezone.now(),
        )
        for name, data in given
    ]
    for row in rows:
        row.save()
    return rows


def about_of(row: Model) -> str:
    """How an attachment names what it is about: procedures.fileevent:12."""
    return f"{row._meta.label_lower}:{row.pk}"


def of(rows: Iterable[Model]) -> dict[int, list[Attachment]]:
    """The papers of rows of one table, by their numbers. One query; none without rows."""
    wanted = {about_of(row): int(row.pk) for row in rows}
    found: dict[int, list[Attachment]] = {}
    if wanted:
        for one in Attachment.objects.filter(about__in=wanted).order_by("pk"):
            found.setdefault(wanted[one.about], []).append(one)
    return found
