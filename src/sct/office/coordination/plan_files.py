"""A plan from a Word or Excel file: its table of targets, shown first, then kept as the person left it."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from sct.catalogue.model import Comparator, Transformation
from sct.errors import Place, UserError
from sct.following.rhythm import Rhythm
from sct.office.people.models import Person
from sct.office.plans.actions import NewTarget, NewVersion, create
from sct.office.plans.importing import TableRow, number_of, rows_of_table
from sct.office.plans.models import Plan, PlanKind
from sct.vietnamese.periods import Period
from sct.words import _

LIMIT = 20 * 1024 * 1024
Tables = list[list[list[str]]]


def rows_of_file(data: bytes, name: str) -> list[TableRow]:
    """The targets of the first table that has them. Raises `UserError` for another kind of file or none such."""
    if len(data) > LIMIT:
        raise UserError("too-large", _("Tệp quá lớn"), place=Place(file=name))
    readers = {".docx": _word, ".xlsx": _excel, ".xls": _excel}
    reader = readers.get(PurePath(name).suffix.lower())
    if reader is None:
        raise UserError("unknown-kind", _("Chỉ nhận tệp Word (docx) hoặc Excel (xlsx, xls)"), place=Place(file=name))
    tables = reader(data, name)
    for table in tables:
        try:
            return rows_of_table(table, name)
        except UserError as error:
            if error.code != "no-plan-table":
                raise
    return rows_of_table([], name)


def _word(data: bytes, name: str) -> Tables:
    from sct.reading import open_document

    document = open_document(data, name)  # refuses bombs, entities and broken files with one sentence
    del document
    from docx import Document

    return [[[cell.text for cell in row.cells] for row in table.rows] for table in Document(io.BytesIO(data)).tables]


def _excel(data: bytes, name: str) -> Tables:
    from sct.reading.workbooks.opening import open_workbook

    return [[[_text(cell) for cell in row] for row in grid.rows] for grid in open_workbook(data, name).sheets]


def _text(cell: Any) -> str:
    """A cell as a person would write it: 7.5 → 7,5; 20.0 → 20."""
    if isinstance(cell, float):
        return f"{cell:.10g}".replace(".", ",")
    return str(cell)


def create_from_rows(person: Person, area: str, given: Mapping[str, Any]) -> Plan:
    """The plan of a form whose rows are numbered: name-0, value-0 … ; rows without a tick are left out."""
    targets = []
    for n in range(int(given.get("so_dong", "0") or 0)):
        if not given.get(f"chon-{n}"):
            continue
        value, decimals = number_of(given.get(f"gia_tri-{n}", ""))
        high = given.get(f"den-{n}", "")
        targets.append(
            NewTarget(
                code=f"ct-{n + 1}",
                value=value,
                high=number_of(high)[0] if high else None,
                comparator=Comparator(given.get(f"so_sanh-{n}", "eq") or "eq"),
                decimals=decimals,
                unit=given.get(f"don_vi-{n}", ""),
                name=given.get(f"ten-{n}", ""),
                indicator=given.get(f"chi_tieu-{n}", ""),
                transformation=Transformation(given.get(f"cach-{n}", "level") or "level"),
                owner=given.get(f"chu_tri-{n}", ""),
                rhythm=Rhythm.QUARTER,
            )
        )
    if not targets:
        raise UserError("no-targets", _("Chưa chọn chỉ tiêu nào"))
    return create(
        person,
        area=area,
        name=given.get("ten", ""),
        kind=PlanKind(given.get("loai", "annual")),
        period=Period.parse(given.get("ky_ke_hoach", "")),
        version=NewVersion(given.get("cap_giao", ""), given.get("van_ban", ""), decided=given.get("ngay_ban_hanh", "")),
        targets=targets,
    )
