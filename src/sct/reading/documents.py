"""Opening a file: the kind is told by its first bytes and its suffix, each kind has one reader.

A kind declares its suffixes and first bytes; what no kind handles is refused with a sentence, never guessed at.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from sct.catalogue.statement import Document
from sct.errors import Place, UserError
from sct.reading import docx, html, txt
from sct.reading.package import not_a_docx
from sct.words import _

MOST_BYTES = 64 * 2**20  # of a file as given


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: its suffixes, the bytes it begins with ("" when none tell), its reader."""

    suffixes: tuple[str, ...]
    first_bytes: tuple[bytes, ...]
    read: Callable[[bytes, str], Document]


KINDS = (
    FileKind((".docx",), (b"PK\x03\x04", b"PK\x05\x06"), docx.read),
    FileKind((".html", ".htm", ".xhtml"), (b"<!doctype html", b"<html"), html.read),
    FileKind((".txt", ".text", ".md"), (), txt.read),
)

Refusal = Callable[[str], UserError]


def _no_pdf(name: str) -> UserError:
    return _not_yet("pdf-not-yet", _("Chưa đọc được tệp PDF"), name)


def _no_scan(name: str) -> UserError:
    return _not_yet("scan-not-yet", _("Chưa đọc được ảnh hoặc bản quét"), name)


def _no_old_office(name: str) -> UserError:
    return _not_yet("old-office", _("Chưa đọc được tệp Word/Excel đời cũ (.doc, .xls)"), name)


def _not_yet(code: str, what: str, name: str) -> UserError:
    way_out = _("Gửi bản .docx hoặc dán nội dung vào tệp .txt")
    return UserError(code, what, way_out=way_out, place=Place(file=name))


# Kinds that are known and refused by name: first bytes, suffixes, refusal.
_NOT_YET: tuple[tuple[tuple[bytes, ...], tuple[str, ...], Refusal], ...] = (
    ((b"%PDF",), (".pdf",), _no_pdf),
    (
        (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*"),
        (".png", ".jpg", ".jpeg", ".tif", ".tiff"),
        _no_scan,
    ),
    ((b"\xd0\xcf\x11\xe0",), (".doc", ".xls"), _no_old_office),
)


def open_document(data: bytes, name: str) -> Document:
    """The document in a file's bytes; `name` is the file name (its suffix helps to tell the kind).

    Raises `UserError`: empty-file, too-large, unknown-kind, pdf-not-yet, scan-not-yet, old-office, not-a-docx,
    zip-bomb, encrypted-file, damaged-file, xml-entities, wrong-encoding, no-text.
    """
    if not data.strip():
        raise UserError("empty-file", _("Tệp rỗng, không có gì để đọc"), place=Place(file=name))
    if len(data) > MOST_BYTES:
        raise UserError(
            "too-large",
            _("Tệp quá lớn"),
            value=f"{len(data) / 2**20:.0f} MB",
            expected=_("không quá {mb} MB").format(mb=MOST_BYTES // 2**20),
            place=Place(file=name),
        )
    document = _kind(data, name).read(data, name)
    if not document.text.strip():
        raise UserError("no-text", _("Tệp không có chữ nào"), place=Place(file=name))
    return document


def _kind(data: bytes, name: str) -> FileKind:
    suffix = PurePath(name).suffix.lower()
    head = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    by_suffix = next((kind for kind in KINDS if suffix in kind.suffixes), None)
    if by_suffix is KINDS[0] and not data.startswith(KINDS[0].first_bytes):
        raise not_a_docx(name)
    for marks, suffixes, refusal in _NOT_YET:
        if data.startswith(marks) or suffix in suffixes:
            raise refusal(name)
    by_bytes = next((kind for kind in KINDS if kind.first_bytes and _starts(data, head, kind.first_bytes)), None)
    if by_bytes is not None and (by_bytes is not KINDS[0] or suffix in KINDS[0].suffixes or not suffix):
        return by_bytes
    if by_suffix is None or by_bytes is not None:
        raise UserError(
            "unknown-kind",
            _("Không biết loại tệp này"),
            value=suffix or name,
            expected=", ".join(suffix for kind in KINDS for suffix in kind.suffixes),
            place=Place(file=name),
        )
    return by_suffix


def _starts(data: bytes, head: bytes, marks: tuple[bytes, ...]) -> bool:
    return data.startswith(marks) or head.startswith(marks)
