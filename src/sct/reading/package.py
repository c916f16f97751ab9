"""Opening a zip package (docx) that may have been made to harm: everything is weighed before it is unpacked."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from sct.errors import Place, UserError
from sct.words import _

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_ENTRIES = 4_000
MOST_BYTES = 200 * 2**20  # all parts unpacked; a report of 300 pages with pictures has some ten megabytes
MOST_PART = 64 * 2**20  # one XML part unpacked
MOST_RATIO = 200  # unpacked : packed; text deflates to a fifth or a tenth, bombs to a thousandth
SMALL = 2**20  # parts under one megabyte may have any ratio


class Package:
    """The parts of a zip file by name, within limits.

    Raises `UserError` codes `not-a-docx` (no zip inside), `zip-bomb`, `encrypted-file`, `damaged-file`, `xml-entities`.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise not_a_docx(name) from error
        _weigh(entries, name)
        self.parts = {entry.filename: entry for entry in entries}

    def read(self, part: str) -> bytes:
        """The bytes of a part; the declared size is an upper bound of what is unpacked."""
        entry = self.parts[part]
        if entry.file_size > MOST_PART:
            raise bomb(self.name, f"{part}: {entry.file_size / 2**20:.0f} MB")
        try:
            return self._zip.read(entry)
        except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
            raise damaged(self.name, part) from error
        except Exception as error:
            if type(error).__module__ in {"zlib", "lzma", "bz2", "_lzma"}:
                raise damaged(self.name, part) from error
            raise

    def xml(self, part: str) -> _Element:
        """The root of an XML part, read without entities, DTD or network."""
        from lxml import etree

        data = self.read(part)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            if b"<!ENTITY" in data or b"<!DOCTYPE" in data:
                raise entities(self.name, part) from error
            raise damaged(self.name, part) from error
        docinfo = root.getroottree().docinfo
        if docinfo.internalDTD is not None or docinfo.system_url:
            raise entities(self.name, part)
        return root


def _weigh(entries: list[zipfile.ZipInfo], name: str) -> None:
    if len(entries) > MOST_ENTRIES:
        raise bomb(name, _("{n} phần").format(n=len(entries)))
    total = sum(entry.file_size for entry in entries)
    if total > MOST_BYTES:
        raise bomb(name, f"{total / 2**20:.0f} MB")
    for entry in entries:
        if entry.flag_bits & 1:
            raise UserError(
                "encrypted-file",
                _("Tệp có mật khẩu nên không đọc được"),
                way_out=_("Bỏ mật khẩu rồi gửi lại"),
                place=Place(file=name),
            )
        if entry.file_size > SMALL and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
            raise bomb(name, f"{entry.filename}: 1 : {entry.file_size // max(entry.compress_size, 1)}")


def not_a_docx(name: str) -> UserError:
    return UserError(
        "not-a-docx",
        _("Tệp có đuôi .docx nhưng bên trong không phải là văn bản Word"),
        expected=_("tệp .docx lưu từ Word hoặc LibreOffice"),
        way_out=_("Mở bằng Word và lưu lại dạng .docx"),
        place=Place(file=name),
    )


def bomb(name: str, value: str) -> UserError:
    return UserError(
        "zip-bomb",
        _("Tệp nén phình ra quá lớn nên không mở"),
        value=value,
        expected=_("không quá {mb} MB sau khi giải nén").format(mb=MOST_BYTES // 2**20),
        way_out=_("Kiểm tra nguồn gốc của tệp"),
        place=Place(file=name),
    )


def damaged(name: str, part: str) -> UserError:
    return UserError(
        "damaged-file",
        _("Tệp bị hỏng, phần bên trong không đọc được"),
        value=part,
        way_out=_("Mở bằng Word và lưu lại"),
        place=Place(file=name),
    )


def entities(name: str, part: str) -> UserError:
    return UserError(
        "xml-entities",
        _("Tệp có khai báo thực thể XML (DTD), có thể gây hại nên không mở"),
        value=part,
        way_out=_("Mở bằng Word và lưu lại dạng .docx"),
        place=Place(file=name),
    )
