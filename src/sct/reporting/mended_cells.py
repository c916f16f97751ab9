"""A workbook with numbers of cells replaced: the value in the sheet's own XML, every other part byte for byte.

No library writes the file again, so nothing is lost: looks, notes, charts, macros stay. A formula is never written
over; those that rest on a changed cell are computed anew when the file is opened (ECMA-376 part 1, 18.2.2 calcPr).
A file of another kind (.xls, .ods) is turned into .xlsx first: by LibreOffice, which keeps looks and formulas; where it
is not installed the words, numbers and merged cells are written anew, and looks and formulas are lost.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import zip_longest
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from sct.errors import Place, UserError
from sct.reading import libreoffice
from sct.reading.package import Package
from sct.reading.workbooks.grid import Grid, is_number
from sct.reading.workbooks.opening import open_workbook
from sct.vietnamese.numerals import parse_number
from sct.words import _

if TYPE_CHECKING:
    from lxml.etree import _Element

_BOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
# What stands before calcPr in a workbook part (18.2.27).
_BEFORE_CALC = ("definedNames", "externalReferences", "functionGroups", "sheets")


@dataclass(frozen=True, slots=True)
class CellChange:
    """The new number of a cell, as a person types it: "18.635,2"."""

    sheet: str
    cell: str
    words: str


def mended_cells(data: bytes, name: str, changes: Sequence[CellChange]) -> bytes:
    """The workbook as .xlsx with its changes. `UserError`: formula-cell, no-such-cell, bad-number, not-in-place."""
    own = data if data.startswith(b"PK") and is_own(name) else _as_xlsx(data, name)
    package = Package(own, name)
    parts = _sheet_parts(package)
    numbers = {(change.sheet, change.cell): parse_number(change.words).number for change in changes}
    roots: dict[str, _Element] = {}
    for (sheet, cell), number in numbers.items():
        if sheet not in parts:
            raise _no_cell(name, sheet, cell)
        root = roots.setdefault(parts[sheet], package.xml(parts[sheet]))
        _set(root, number, Place(file=name, sheet=sheet, cell=cell))
    roots[_BOOK] = package.xml(_BOOK)
    _compute_on_load(roots[_BOOK])
    made = _packed(package, roots)
    _prove(own, made, name, numbers)
    return made


def _as_xlsx(data: bytes, name: str) -> bytes:
    try:
        return libreoffice.converted(data, name, "xlsx")
    except UserError:  # not installed, or without its spreadsheet part
        return _set_anew(data, name)


def _set_anew(data: bytes, name: str) -> bytes:
    """The words and numbers of every sheet, with its merged cells, as a plain .xlsx."""
    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        dates = book.add_format({"num_format": "dd/mm/yyyy"})
        for grid in open_workbook(data, name).sheets:
            _write(book.add_worksheet(grid.name), grid, dates)
    return stream.getvalue()


def _write(sheet: Any, grid: Grid, dates: Any) -> None:
    last: dict[tuple[int, int], tuple[int, int]] = {}
    for covered, first in grid.merged.items():
        last[first] = max(last.get(first, first), covered)
    for (row, column), end in last.items():
        if end != (row, column):
            sheet.merge_range(row, column, *end, "")
    for row, cells in enumerate(grid.rows):
        for column, cell in enumerate(cells):
            if isinstance(cell, date):
                sheet.write_datetime(row, column, cell, dates)
            elif is_number(cell):
                sheet.write_number(row, column, cell)
            elif cell not in ("", None):
                sheet.write_string(row, column, str(cell))


def is_own(name: str) -> bool:
    """Whether a file comes back as it is; others come back as .xlsx."""
    return PurePath(name).suffix.lower() in {".xlsx", ".xlsm"}


def _sheet_parts(package: Package) -> dict[str, str]:
    """The part of each sheet by the sheet's name."""
    targets = {e.get("Id"): str(e.get("Target", "")) for e in package.xml(_RELATIONS)}
    found = {}
    for element in package.xml(_BOOK).iter("{*}sheet"):
        target = next((targets.get(str(v)) for k, v in element.attrib.items() if str(k).endswith("}id")), None)
        if target:
            found[str(element.get("name", ""))] = "xl/" + target.removeprefix("/xl/")
    return found


def _set(root: _Element, number: Fraction, place: Place) -> None:
    cell = next((e for e in root.iter("{*}c") if e.get("r") == place.cell), None)
    if cell is None:
        raise _no_cell(place.file, place.sheet, place.cell)
    if cell.find("{*}f") is not None:
        raise UserError(
            "formula-cell",
            _("Ô này là công thức, không ghi đè số lên"),
            value=place.cell,
            way_out=_("Sửa ô mà công thức lấy số, hoặc sửa trong Excel"),
            place=place,
        )
    space = _space(cell)
    for child in list(cell):
        cell.remove(child)
    if "t" in cell.attrib:  # it may have been text
        del cell.attrib["t"]
    value = cell.makeelement(f"{space}v", {})
    value.text = _written(number)
    cell.append(value)


def _space(element: _Element) -> str:
    """The namespace of an element, in braces; strict and transitional files differ in it."""
    return str(element.tag).rpartition("}")[0] + "}"


def _written(number: Fraction) -> str:
    """A number as the file writes it: a point, no exponent, as many digits as it has."""
    whole, tenths = number, 0
    while whole.denominator != 1:
        whole, tenths = whole * 10, tenths + 1
    digits = str(abs(whole.numerator)).rjust(tenths + 1, "0")
    text = f"{digits[:-tenths]}.{digits[-tenths:]}" if tenths else digits
    return f"-{text}" if number < 0 else text


def _compute_on_load(root: _Element) -> None:
    """Let formulas be computed anew when the file is opened."""
    found = next(iter(root.iter("{*}calcPr")), None)
    if found is None:
        space = _space(root)
        found = root.makeelement(f"{space}calcPr", {})
        before = next((e for tag in _BEFORE_CALC for e in root.iterchildren(f"{space}{tag}")), None)
        if before is None:
            return
        before.addnext(found)
    found.set("fullCalcOnLoad", "1")


def _packed(package: Package, roots: Mapping[str, _Element]) -> bytes:
    """The package with some parts written anew; a part that cannot be read refuses the whole (`damaged-file`)."""
    from lxml import etree

    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name, entry in package.parts.items():
            if name in roots:
                written = etree.tostring(roots[name], xml_declaration=True, encoding="UTF-8", standalone=True)
                new.writestr(name, written)
            else:
                new.writestr(entry, package.read(name))
    return stream.getvalue()


def _prove(own: bytes, made: bytes, name: str, numbers: Mapping[tuple[str, str], Fraction]) -> None:
    """Read both again: the new numbers stand in their cells and nothing else has changed."""
    from sct.catalogue.workbook import letter_of

    xlsx = f"{PurePath(name).stem}.xlsx"
    for before, after in zip_longest(open_workbook(own, xlsx).sheets, open_workbook(made, xlsx).sheets):
        if before is None or after is None or before.name != after.name or len(before.rows) != len(after.rows):
            raise _not_in_place(name)
        for row in range(len(before.rows)):
            for column in range(before.width):
                wanted = numbers.get((before.name, f"{letter_of(column + 1)}{row + 1}"))
                if not _is_right(before, after, row, column, wanted):
                    raise _not_in_place(name)


def _is_right(before: Grid, after: Grid, row: int, column: int, wanted: Fraction | None) -> bool:
    if wanted is None:
        return before.at(row, column) == after.at(row, column)
    return after.at(row, column) == float(wanted)


def _no_cell(name: str, sheet: str, cell: str) -> UserError:
    return UserError(
        "no-such-cell", _("Không có ô này trong bảng tính"), value=cell, place=Place(file=name, sheet=sheet)
    )


def _not_in_place(name: str) -> UserError:
    return UserError(
        "not-in-place",
        _("Không sửa được ngay trong tệp này mà giữ nguyên phần còn lại"),
        way_out=_("Sửa trong Excel theo danh sách phát hiện"),
        place=Place(file=name),
    )
