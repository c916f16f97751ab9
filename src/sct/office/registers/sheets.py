"""Files of rows as people send them: the first sheet of xlsx, xls or ods, or CSV; cells as they are, no meaning yet."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import dataclass

from sct.errors import Place, UserError
from sct.words import _

MOST_ROWS = 50_000
MOST_COLUMNS = 200
MOST_UNPACKED = 200 * 2**20
MOST_RATIO = 300
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of cells; `first` is the number the first row bears in the file."""

    name: str
    rows: list[list[object]]
    first: int = 1


def read_sheet(data: bytes, name: str) -> Sheet:
    """The rows of a file. Raises `UserError` for what is empty, too large, damaged or neither sheet nor text."""
    if not data.strip():
        raise UserError("empty-file", _("Tệp trống"), place=Place(file=name))
    rows = _book(data, name) if data.startswith((_ZIP, _OLE)) else _csv(data, name)
    if len(rows) > MOST_ROWS + 20:
        raise UserError(
            "too-many-rows",
            _("Tệp có quá nhiều dòng"),
            value=len(rows),
            expected=_("không quá {n} dòng").format(n=MOST_ROWS),
            way_out=_("Chia tệp thành nhiều phần"),
            place=Place(file=name),
        )
    return Sheet(name, rows)


def _book(data: bytes, name: str) -> list[list[object]]:
    from python_calamine import CalamineError, CalamineWorkbook

    if data.startswith(_ZIP):
        _weigh(data, name)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheet = book.get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False)
    except (CalamineError, ValueError, IndexError, OSError) as error:
        raise UserError(
            "damaged-file", _("Tệp bảng tính không mở được"), value=str(error), place=Place(file=name)
        ) from error
    return [list(row[:MOST_COLUMNS]) for row in rows]


def _weigh(data: bytes, name: str) -> None:
    """A zip that unpacks to far more than it holds is refused before anything is unpacked."""
    try:
        entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise UserError("damaged-file", _("Tệp bảng tính không mở được"), place=Place(file=name)) from error
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * max(len(data), 10_000):
        raise UserError(
            "zip-bomb", _("Tệp nén phình quá lớn, không mở"), value=f"{unpacked // 2**20} MB", place=Place(file=name)
        )


def _csv(data: bytes, name: str) -> list[list[object]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UserError(
            "wrong-encoding",
            _("Tệp không viết bằng mã UTF-8"),
            expected="UTF-8",
            way_out=_("Lưu lại thành CSV UTF-8 hoặc xlsx"),
            place=Place(file=name, line=line),
        ) from None
    if "\0" in text[:4096]:
        raise UserError(
            "not-a-table", _("Tệp này không phải bảng"), expected="xlsx, xls, ods, csv", place=Place(file=name)
        )
    header = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=header.count)
    try:
        return [list(row[:MOST_COLUMNS]) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]
    except csv.Error as error:
        raise UserError("bad-csv", _("Dòng CSV viết sai"), value=str(error), place=Place(file=name)) from error
