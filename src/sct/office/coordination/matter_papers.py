"""Matters as the annex of a report: the rows of the table, and the table as a Word file."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

from sct.catalogue.model import Area
from sct.office.matters.queries import Line
from sct.words import _


def heads() -> tuple[str, ...]:
    return (
        _("Số"),
        _("Loại"),
        _("Nội dung"),
        _("Nguồn"),
        _("Người giao, bên nêu"),
        _("Chủ trì"),
        _("Hạn ban đầu"),
        _("Hạn hiện nay"),
        _("Ngày xong"),
        _("Trạng thái"),
        _("Sản phẩm"),
    )


def rows(lines: Sequence[Line]) -> Iterator[tuple[str, ...]]:
    """One row a matter, in the order of the heads."""
    for line in lines:
        row = line.row
        days = (row.first_due, row.due, row.done)
        first, due, done = (f"{day:%d/%m/%Y}" if day else "" for day in days)
        source = row.paper or row.occasion_name
        yield (
            row.number,
            str(row.get_kind_display()),
            row.text,
            source,
            row.giver,
            row.lead,
            first,
            due,
            done,
            line.state.words,
            row.output,
        )


WIDTHS_MM = (14, 20, 70, 34, 28, 28, 20, 20, 20, 26)


def annex(lines: Sequence[Line], area: Area) -> bytes:
    """The annex "tình hình thực hiện nhiệm vụ" on landscape A4; the output column is left to the Excel file."""
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm, Pt

    paper = Document()
    section = paper.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(12)
    style = paper.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(11)
    paper.add_paragraph(_("PHỤ LỤC: TÌNH HÌNH THỰC HIỆN NHIỆM VỤ, KIẾN NGHỊ, CAM KẾT")).runs[0].bold = True
    paper.add_paragraph(area.name)
    shown = heads()[:-1]
    table = paper.add_table(rows=1, cols=len(shown))
    table.style = "Table Grid"
    for cell, head in zip(table.rows[0].cells, shown, strict=True):
        cell.text = ""
        cell.paragraphs[0].add_run(head).bold = True
    for values in rows(lines):
        for cell, value in zip(table.add_row().cells, values[:-1], strict=True):
            cell.text = value
    for column, width in zip(table.columns, WIDTHS_MM, strict=True):
        for cell in column.cells:
            cell.width = Mm(width)
    stream = io.BytesIO()
    paper.save(stream)
    return stream.getvalue()
