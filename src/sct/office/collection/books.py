"""A form's workbook for a person: what they may see goes out, what they may type comes in."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.conf import settings

from sct.collecting import book
from sct.errors import Place, UserError
from sct.office.collection.actions import Save, save
from sct.office.collection.ground import Ref, duty_of, whole
from sct.office.collection.models import Via
from sct.office.collection.sheet import sheet
from sct.office.people.models import Person
from sct.words import _


@dataclass(frozen=True, slots=True)
class Uploaded:
    """How many cells of a workbook were new, and what could not be kept."""

    read: int
    refused: tuple[str, ...]


def download(person: Person, ref: Ref) -> bytes:
    """The workbook with what the person sees of the form."""
    page = sheet(person, ref)
    earlier = {cell.path: cell.before for cell in page.cells if cell.before}
    return book.write(page.held.duty, page.values, earlier, page.held.fold.number)


def upload(person: Person, ref: Ref, name: str, data: bytes) -> Uploaded:
    """Save what a workbook holds on the ground it was downloaded on: what others typed since is a clash, not lost.

    The same file twice is one save.
    """
    if len(data) > settings.UPLOAD_LIMIT:
        limit = f"{settings.UPLOAD_LIMIT // 2**20} MB"
        raise UserError("too-large", _("Tệp lớn quá"), expected=limit, place=Place(file=name))
    held = whole(person, ref)
    told = book.read(duty_of(ref), data, name)
    known = held.fold.values
    changes = {path: text for path, text in told.values.items() if text or path in known}
    digest = hashlib.sha256(data + f"{held.fold.number}".encode()).hexdigest()
    done = save(person, ref, Save(changes, told.base, digest, (), Via.BOOK))
    fresh = [path for path, text in changes.items() if text != known.get(path, "")]
    return Uploaded(len(fresh), tuple(error.sentence() for error in told.refused) + _clashes(done.clashes))


def _clashes(clashes: object) -> tuple[str, ...]:
    if not clashes:
        return ()
    return (_("Có ô đã được người khác điền khác từ khi tải mẫu; chọn số đúng ở các ô đánh dấu."),)
