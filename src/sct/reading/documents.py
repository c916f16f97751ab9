"""Opening a file: the kind is told by its first bytes and its suffix, each kind has one reader.

A kind declares its suffixes and first bytes; what no kind handles is refused with a sentence, never guessed at.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from sct.catalogue.statement import Document
from sct.errors import Place, UserError
from sct.reading import docx, html, libreoffice, pdf, txt
from sct.reading.package import not_a_docx
from sct.reading.resolving import check
from sct.words import _

MOST_BYTES = 64 * 2**20  # of a file as given
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: its suffixes, the bytes it begins with (none when they do not tell), its reader.

    `sure` kinds are believed by their first bytes whatever the suffix says; `only` kinds must begin with them.
    """

    suffixes: tuple[str, ...]
    first_bytes: tuple[bytes, ...]
    read: Callable[[bytes, str], Document]
    sure: bool = False
    only: bool = False


KINDS = (
    FileKind((".docx", ".docm"), _ZIP, docx.read, only=True),
    FileKind((".pdf",), (b"%pdf",), pdf.read, sure=True, only=True),
    FileKind((".html", ".htm", ".xhtml"), (b"<!doctype html", b"<html"), html.read, sure=True),
    FileKind((".doc",), (_OLD_OFFICE, b"{\\rtf"), libreoffice.read, only=True),
    FileKind((".odt",), _ZIP, libreoffice.read, only=True),
    FileKind((".rtf",), (b"{\\rtf",), libreoffice.read, sure=True, only=True),
    FileKind((".txt", ".text", ".md"), (), txt.read),
)
SUFFIXES = tuple(suffix for kind in KINDS for suffix in kind.suffixes)
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
_PICTURE_SUFFIXES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".heic", ".gif", ".bmp", ".webp")


def open_document(data: bytes, name: str) -> Document:
    """The document in a file's bytes; `name` is the file name (its suffix helps to tell the kind).

    Raises `UserError`: empty-file, too-large, unknown-kind, picture, not-a-docx, wrong-kind, no-libreoffice, zip-bomb,
    encrypted-file, damaged-file, too-long, scanned-pdf, unreadable-text, xml-entities, wrong-encoding, no-text.
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
    check(document)
    return document


def _kind(data: bytes, name: str) -> FileKind:
    suffix = PurePath(name).suffix.lower()
    head = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if data.startswith(_PICTURES) or suffix in _PICTURE_SUFFIXES:
        raise _picture(name)
    by_bytes = next((kind for kind in KINDS if kind.sure and head.startswith(kind.first_bytes)), None)
    by_suffix = next((kind for kind in KINDS if suffix in kind.suffixes), None)
    if by_suffix is not None and by_suffix.only and not head.startswith(_lower(by_suffix.first_bytes)):
        raise not_a_docx(name) if by_suffix is KINDS[0] else _wrong_kind(name, suffix)
    if by_bytes is not None and (by_suffix is None or not by_suffix.only or by_bytes is by_suffix):
        return by_bytes
    if by_suffix is None and not suffix and data.startswith(_ZIP):
        return KINDS[0]
    binary = data.startswith((*_ZIP, _OLD_OFFICE))
    if by_suffix is None or (binary and not by_suffix.only):
        raise UserError(
            "unknown-kind",
            _("Không biết loại tệp này"),
            value=suffix or name,
            expected=", ".join(SUFFIXES),
            place=Place(file=name),
        )
    return by_suffix


def _lower(marks: tuple[bytes, ...]) -> tuple[bytes, ...]:
    return tuple(mark.lower() for mark in marks)


def _picture(name: str) -> UserError:
    return UserError(
        "picture",
        _("Đây là ảnh hoặc bản quét, không có chữ để đọc"),
        way_out=_("Gửi bản Word, hoặc dán nội dung vào ô văn bản"),
        place=Place(file=name),
    )


def _wrong_kind(name: str, suffix: str) -> UserError:
    return UserError(
        "wrong-kind",
        _("Nội dung tệp không đúng với đuôi tệp"),
        value=suffix,
        way_out=_("Mở bằng phần mềm đã tạo ra nó và lưu lại"),
        place=Place(file=name),
    )
