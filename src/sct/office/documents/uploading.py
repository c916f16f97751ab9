"""A document comes in: it is stored, read and proofed in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from sct.catalogue import load
from sct.catalogue.model import PartialDate
from sct.catalogue.statement import Document as ReadDocument
from sct.catalogue.statement import Statement as ReadStatement
from sct.errors import Place, UserError
from sct.office.documents import files
from sct.office.documents.models import Document, Proposal, Statement
from sct.office.documents.proofed import run
from sct.office.documents.rows import proposal_row, statement_row, tables_as_json
from sct.office.people import audit
from sct.office.people.models import Person, Right
from sct.office.people.queries import granted, narrowed, require
from sct.vietnamese.text import search_key
from sct.words import _

if TYPE_CHECKING:
    from sct.reading import Reading


@dataclass(frozen=True, slots=True)
class Uploaded:
    """The stored document; `already` when the same bytes were there before, and then `message` says since when; else it
    says what of the file was not read, such as scanned pages."""

    document: Document
    already: bool = False
    message: str = ""


def upload(
    person: Person, name: str, data: bytes, published: str | None = None, *, title: str = "", url: str = ""
) -> Uploaded:
    """Store, read and proof a document. Raises `UserError` for what cannot be read, and then nothing has changed.

    The same bytes twice give the existing document. `published` (2020, 2020-09 or 2020-09-21) is else taken from the
    date line that the document prints, if it prints one.
    """
    require_size(data, name)
    told = PartialDate(published.strip()).text if published and published.strip() else ""
    sha256 = files.digest(data)
    before = narrowed(person, Document.objects.filter(sha256=sha256)).first()
    if before is not None:
        return _existing(person, before)
    read, (statements, proposals) = opened(data, name, told)
    area = area_of(person, statements)
    files.keep(data)
    with transaction.atomic():
        audit.lock()
        twin = Document.objects.filter(identity=Document.identity_of(area, sha256)).first()
        if twin is not None:
            return _existing(person, twin)
        row = _row(person, read, area, title=title.strip(), url=url.strip(), size=len(data), told=bool(told))
        Statement.objects.bulk_create(statement_row(row, at, statement) for at, statement in enumerate(statements))
        Proposal.objects.bulk_create(proposal_row(row, at, told) for at, told in enumerate(proposals))
        proofing = run(person, row)
        payload = {
            "sha256": sha256,
            "statements": len(statements),
            "proposals": len(proposals),
            "proofing": proofing.pk,
        }
        audit.record(person.pk, "documents.upload", f"document:{row.pk}", payload)
    return Uploaded(row, message="; ".join(note.text for note in read.notes))


def require_size(data: bytes, name: str) -> None:
    limit = settings.UPLOAD_LIMIT
    if len(data) > limit:
        raise UserError(
            "too-large",
            _("Tệp quá lớn"),
            value=f"{len(data) / 2**20:.0f} MB",
            expected=_("không quá {mb} MB").format(mb=limit // 2**20),
            place=Place(file=name),
        )


def _existing(person: Person, row: Document) -> Uploaded:
    require(person, Right.RECORD, row.area)
    message = _("Văn bản này đã có trong hệ thống từ ngày {day}: {title}").format(day=f"{row.at:%d-%m-%Y}", title=row)
    return Uploaded(row, already=True, message=message)


def opened(data: bytes, name: str, told: str) -> tuple[ReadDocument, Reading]:
    """A file read, with its day of publication as told or printed; raises `UserError` for what cannot be read."""
    from sct.reading import open_document, read_whole
    from sct.reading.furniture import printed_date

    document = open_document(data, name)
    published = told or document.published or printed_date(document.text, document.segments)
    document = replace(document, published=published or None, sha256=files.digest(data))
    return document, read_whole(document, document.published, load())


def area_of(person: Person, statements: Sequence[ReadStatement]) -> str:
    """Whose document it is: the area most statements are about, among those where the person may record."""
    areas = granted(person, Right.RECORD)
    counted = Counter(statement.area_key for statement in statements if statement.area_key)
    allowed = [area for area, _count in counted.most_common() if areas is None or area in areas]
    if allowed:
        return allowed[0]
    own = [grant.area for grant in person.grants.all() if Right.RECORD in grant.rights and grant.area]
    if own:
        return own[0]
    require(person, Right.RECORD)
    return next(key for key, area in load().areas.items() if area.level == "country")


def _row(person: Person, read: ReadDocument, area: str, *, title: str, url: str, size: int, told: bool) -> Document:
    if url and not url.startswith(("http://", "https://")):
        raise UserError("bad-url", _("Địa chỉ nguồn không đúng dạng"), value=url, expected="https://…")
    row = Document(
        name=read.name[:255],
        title=title[:500],
        url=url[:1000],
        kind=read.kind,
        sha256=read.sha256,
        identity=Document.identity_of(area, read.sha256),
        size=size,
        text=read.text,
        segments=[[s.start, s.end, s.place, s.role, s.level, s.mark] for s in read.segments],
        tables=tables_as_json(read.tables),
        published=read.published or "",
        published_basis=("told" if told else "printed") if read.published else "",
        area=area,
        words=search_key(f"{title} {read.name}"),
        who=person,
        at=timezone.now(),
    )
    row.save()
    return row
