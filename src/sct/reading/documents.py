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

# Kinds that are known and refused by name: first bytes, suffixes, code, sentence, way out.
_NOT_YET: tuple[tuple[tuple[bytes, ...], tuple[str, ...], str, str, str], ...] = (
    ((b"%PDF",), (".pdf",), "pdf-not-yet", "Chưa đọc được tệp PDF", "Gửi bản .docx hoặc dán nội dung vào tệp .txt"),
    (
        (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*"),
        (".png", ".jpg", ".jpeg", ".tif", ".tiff"),
        "scan-not-yet",
        "Chưa đọc được ảnh hoặc bản quét",
        "Gửi bản .docx hoặc dán nội dung vào tệp .txt",
    ),
    (
        (b"\xd0\xcf\x11\xe0",),
        (".doc", ".xls"),
        "old-office",
        "Chưa đọc được tệp Word/Excel đời cũ (.doc, .xls)",
        "Mở bằng Word và lưu lại dạng .docx",
    ),
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
    for marks, suffixes, code, what, way_out in _NOT_YET:
        if data.startswith(marks) or suffix in suffixes:
            raise UserError(code, _(what), way_out=_(way_out), place=Place(file=name))
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
