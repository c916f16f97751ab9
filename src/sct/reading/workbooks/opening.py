"""Opening a workbook that may be damaged or made to harm: xls, xlsx, ods. Macros and formulas are never run.

What a zip unpacks to, how large a sheet claims to be and whether its XML declares entities is checked before any
library reads it; a formula counts only by the value the office program left beside it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from sct.errors import Place, UserError
from sct.reading import isolated
from sct.reading.package import Package
from sct.reading.workbooks.grid import Grid
from sct.words import _

MOST_BYTES = 64 * 2**20  # of a file as given
MOST_CELLS = 8_000_000  # of one sheet, from its first to its last cell
SUFFIXES = (".xls", ".xlsx", ".xlsm", ".ods")
_CHILD, _SECONDS = Path(__file__).with_name("xls_child.py"), 5.0
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_CELL = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*?(/?)>')
_FAR = re.compile(rb' r="(?:[A-Z]{2,3}\d|[A-Z](?:[3-9]\d{5}|\d{7}))')  # 26 columns × 299.999 rows are still few
_FORMULA = re.compile(
    rb'<c\b[^>]*?\br="([A-Z]{1,3}\d{1,7})"[^>]*?>\s*<f\b(?:[^>]*/>|.*?</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>', re.S
)
_REPEATED = re.compile(rb'number-(?:columns|rows)-repeated="(\d+)"[^>]*office:value')


@dataclass(slots=True)
class Opened:
    """The sheets of a workbook one after another; `notes` are things about the file that people should know."""

    name: str
    sheets: Iterator[Grid]
    count: int
    notes: tuple[str, ...] = ()


def is_workbook(data: bytes, name: str) -> bool:
    """Whether a file claims to be a workbook by its name."""
    return PurePath(name).suffix.lower() in SUFFIXES


def open_workbook(data: bytes, name: str) -> Opened:
    """The sheets of a workbook's bytes.

    Raises `UserError`: empty-file, too-large, not-a-workbook, encrypted-file, zip-bomb, xml-entities, damaged-file,
    sheet-too-large, macro-workbook (binary xlsb).
    """
    place = Place(file=name)
    if not data.strip(b"\0 \r\n\t"):
        raise UserError("empty-file", _("Tệp rỗng, không có gì để đọc"), place=place)
    if len(data) > MOST_BYTES:
        expected = _("không quá {mb} MB").format(mb=MOST_BYTES // 2**20)
        raise UserError(
            "too-large", _("Tệp quá lớn"), value=f"{len(data) / 2**20:.0f} MB", expected=expected, place=place
        )
    uncomputed: dict[str, frozenset[str]] = {}
    notes: tuple[str, ...] = ()
    if data.startswith(_ZIP):
        uncomputed, notes = _examined(data, name)
    elif data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise _encrypted(name)
        _tried_apart(data, name)
    else:
        raise _no_workbook(data, name)
    book = _library(data, name)
    hidden = {m.name for m in book.sheets_metadata if str(m.visible) != "SheetVisibleEnum.Visible"}
    worksheets = [m.name for m in book.sheets_metadata if str(m.typ) == "SheetTypeEnum.WorkSheet"]
    return Opened(name, _sheets(book, name, worksheets, hidden, uncomputed), len(worksheets), notes)


def _tried_apart(data: bytes, name: str) -> None:
    """An old workbook is opened in a process of its own first: one made to harm can end the process that opens it."""
    try:
        isolated.python(_CHILD, stdin=data, seconds=_SECONDS)
    except (isolated.TooLongError, isolated.FailedError) as error:
        if "PasswordError" in str(error):
            raise _encrypted(name) from None
        raise _damaged(name) from error


def _library(data: bytes, name: str) -> Any:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError as error:
        raise _encrypted(name) from error
    except (CalamineError, OSError, ValueError) as error:
        raise _damaged(name) from error
    except BaseException as error:  # a panic of the library is no Exception
        if type(error).__name__ == "PanicException":
            raise _damaged(name) from None
        raise


def _sheets(
    book: Any, name: str, worksheets: list[str], hidden: set[str], uncomputed: dict[str, frozenset[str]]
) -> Iterator[Grid]:
    from python_calamine import CalamineError

    for title in worksheets:
        try:
            sheet = book.get_sheet_by_name(title)
            if sheet.total_height * sheet.total_width > MOST_CELLS:
                raise _too_wide(name, title, sheet.total_height, sheet.total_width)
            rows = sheet.to_python(skip_empty_area=False)
            ranges = sheet.merged_cell_ranges or ()
        except (CalamineError, OSError, ValueError) as error:
            raise _damaged(name, title) from error
        except BaseException as error:
            if type(error).__name__ == "PanicException":
                raise _damaged(name, title) from None
            raise
        yield Grid(title, rows, _covered(ranges, rows), title in hidden, uncomputed.get(title, frozenset()))


def _covered(ranges: Any, rows: list[list[Any]]) -> dict[tuple[int, int], tuple[int, int]]:
    """Each covered cell with the first of its range; ranges of absurd size are cut at the grid."""
    found = {}
    height, width = len(rows), len(rows[0]) if rows else 0
    budget = 200_000
    for (top, left), (bottom, right) in ranges:
        for row in range(top, min(bottom + 1, height)):
            for column in range(left, min(right + 1, width)):
                found[row, column] = (top, left)
                budget -= 1
        if budget < 0:
            break
    return found


def _examined(data: bytes, name: str) -> tuple[dict[str, frozenset[str]], tuple[str, ...]]:
    """What is wrong or notable inside the zip, before a library opens it."""
    try:
        package = Package(data, name)
        parts = package.parts
        if any(part.endswith(".bin") and "workbook" in part.lower() for part in parts) and "xl/workbook.bin" in parts:
            raise UserError(
                "binary-workbook",
                _("Chưa đọc được bảng tính dạng nhị phân .xlsb"),
                way_out=_("Mở bằng Excel và lưu lại dạng .xlsx"),
                place=Place(file=name),
            )
        if not ("xl/workbook.xml" in parts or "content.xml" in parts):
            raise _not_inside(name)
        uncomputed = {}
        names = _sheet_files(package)
        for part in parts:
            if not part.endswith((".xml", ".rels")):
                continue
            text = package.read(part)
            _no_entities(text, name, part)
            if part.startswith("xl/worksheets/"):
                _weigh_sheet(text, name, names.get(part, part))
                if b"<f" in text:
                    uncomputed[names.get(part, part)] = frozenset(m.decode() for m in _FORMULA.findall(text))
            if part == "content.xml" and any(int(n) > 100_000 for n in _REPEATED.findall(text)):
                raise _too_wide(name, "", 100_000, 1)
    except UserError as error:
        raise _in_words_of_workbooks(error, name) from error
    notes = ("macros",) if any(part.lower().endswith("vbaproject.bin") for part in parts) else ()
    return uncomputed, notes


def _sheet_files(package: Package) -> dict[str, str]:
    """The part of each sheet with its name."""
    if "xl/workbook.xml" not in package.parts or "xl/_rels/workbook.xml.rels" not in package.parts:
        return {}
    relations = {e.get("Id"): e.get("Target", "") for e in package.xml("xl/_rels/workbook.xml.rels")}
    found = {}
    for element in package.xml("xl/workbook.xml").iter("{*}sheet"):
        target = next((relations.get(str(v)) for k, v in element.attrib.items() if str(k).endswith("}id")), None)
        if target:
            found["xl/" + str(target).removeprefix("/xl/")] = str(element.get("name", ""))
    return found


def _weigh_sheet(text: bytes, name: str, sheet: str) -> None:
    """A cell far away makes a reader allocate everything between: refused before it does.

    A sheet without a cell right of Z or below row 299.999 is small enough; the others are measured.
    """
    if _FAR.search(text) is None:
        return
    rows, columns = 0, set()
    for letters, number, empty in _CELL.findall(text):
        if not empty:
            columns.add(letters)
            rows = max(rows, int(number))
    widest = max((_column(letters) for letters in columns), default=0)
    if rows * widest > MOST_CELLS:
        raise _too_wide(name, sheet, rows, widest)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _no_entities(text: bytes, name: str, part: str) -> None:
    head = text[:4096].decode("utf-16", "ignore").encode() if text[:2] in (b"\xff\xfe", b"\xfe\xff") else text
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise UserError(
            "xml-entities",
            _("Tệp có khai báo thực thể XML (DTD), có thể gây hại nên không mở"),
            value=part,
            way_out=_("Mở bằng Excel và lưu lại dạng .xlsx"),
            place=Place(file=name),
        )


# -- refusals ---------------------------------------------------------------------------------------------


def _in_words_of_workbooks(error: UserError, name: str) -> UserError:
    """The refusals of the package reader speak of Word; here they speak of workbooks."""
    if error.code == "not-a-docx":
        return _not_inside(name)
    if error.code == "damaged-file":
        return _damaged(name)
    return error


def _no_workbook(data: bytes, name: str) -> UserError:
    head = data[:512].lstrip().lower()
    what = _("Tệp không phải là bảng tính")
    if head.startswith((b"<!doctype html", b"<html", b"<table", b"<?xml")):
        what = _("Tệp mang đuôi bảng tính nhưng bên trong là trang web hoặc XML")
    elif head.startswith(b"%pdf"):
        what = _("Tệp mang đuôi bảng tính nhưng bên trong là PDF")
    elif b"\0" not in data[:4096]:
        what = _("Tệp mang đuôi bảng tính nhưng bên trong là chữ (CSV)")
    return UserError(
        "not-a-workbook",
        what,
        expected=", ".join(SUFFIXES),
        way_out=_("Mở bằng Excel và lưu lại dạng .xlsx"),
        place=Place(file=name),
    )


def _not_inside(name: str) -> UserError:
    return UserError(
        "not-a-workbook",
        _("Tệp nén này không phải là bảng tính"),
        expected=", ".join(SUFFIXES),
        way_out=_("Mở bằng Excel và lưu lại dạng .xlsx"),
        place=Place(file=name),
    )


def _encrypted(name: str) -> UserError:
    return UserError(
        "encrypted-file",
        _("Bảng tính có mật khẩu nên không đọc được"),
        way_out=_("Bỏ mật khẩu rồi gửi lại"),
        place=Place(file=name),
    )


def _damaged(name: str, sheet: str = "") -> UserError:
    return UserError(
        "damaged-file",
        _("Bảng tính bị hỏng, không đọc được"),
        way_out=_("Mở bằng Excel và lưu lại dạng .xlsx"),
        place=Place(file=name, sheet=sheet),
    )


def _too_wide(name: str, sheet: str, rows: int, columns: int) -> UserError:
    return UserError(
        "sheet-too-large",
        _("Trang tính trải quá rộng nên không mở"),
        value=_("{rows} dòng × {columns} cột").format(rows=rows, columns=columns),
        expected=_("không quá {n} ô").format(n=MOST_CELLS),
        way_out=_("Xóa các ô lẻ ở xa bảng rồi lưu lại"),
        place=Place(file=name, sheet=sheet),
    )
