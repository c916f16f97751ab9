"""Header block and signature of an official document in Word (Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sct.reporting import page
from sct.reporting.blocks import Report

if TYPE_CHECKING:
    from docx.document import Document

COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
_LEFT_CM, _RIGHT_CM = 6.2, 10.2
_BLANK = "……"


def number(report: Report) -> str:
    """ "05/BC-SCT"; a number below ten has a leading zero, a draft leaves it blank."""
    given = report.number.zfill(2) if report.number.isdigit() else report.number
    return f"{given or _BLANK}/{report.letterhead.symbol}"


def dated(report: Report) -> str:
    """ "ngày 05 tháng 01 năm 2025": day below ten and months 1, 2 with a leading zero; blank in a draft."""
    if not report.dated:
        return f"ngày {_BLANK} tháng {_BLANK} năm {_BLANK}"
    day = date.fromisoformat(report.dated)
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def head(made: Document, report: Report) -> None:
    """Cơ quan, Quốc hiệu and Tiêu ngữ, số and ký hiệu, địa danh and date, tên loại, trích yếu, Kính gửi."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    letterhead = report.letterhead
    table = _bare(made, (_LEFT_CM, _RIGHT_CM), rows=2)
    left, right = table.rows[0].cells
    _lines(left, [(letterhead.superior, 13, False, False), (letterhead.agency, 13, True, False)])
    agency = page.text_width_cm(letterhead.agency, 13, bold=True)
    page.line_under(left.add_paragraph(), agency * 0.45, _LEFT_CM)
    _lines(right, [(COUNTRY, 13, True, False), (MOTTO, 14, True, False)])
    page.line_under(right.add_paragraph(), page.text_width_cm(MOTTO, 14, bold=True), _RIGHT_CM)
    left, right = table.rows[1].cells
    _lines(left, [(f"Số: {number(report)}", 13, False, False)])
    _lines(right, [(f"{letterhead.place}, {dated(report)}", 14, False, True)])
    _title(made, report)
    for place, line in enumerate(letterhead.to):
        paragraph = page.plain(made.add_paragraph(), after=6)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        page.write(paragraph, ("Kính gửi: " if place == 0 else "") + line, size=14)


def _title(made: Document, report: Report) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    title = page.plain(made.add_paragraph())
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_before = Pt(14)
    page.write(title, report.title, size=14, bold=True)
    summary = page.plain(made.add_paragraph())
    summary.alignment = WD_ALIGN_PARAGRAPH.CENTER
    page.write(summary, report.summary, size=14, bold=True)
    longest = max(page.text_width_cm(line, 14, bold=True) for line in report.summary.split("\n"))
    width = min(longest, page.TEXT_WIDTH_CM) * 0.4
    page.line_under(made.add_paragraph(), width, page.TEXT_WIDTH_CM)
    page.plain(made.add_paragraph(), after=4)


def signature(made: Document, report: Report) -> None:
    """Nơi nhận on the left, level with the signature on the right; it never stands apart on a page of its own."""
    letterhead = report.letterhead
    page.plain(made.add_paragraph(), after=4).paragraph_format.keep_with_next = True
    table = _bare(made, (8.2, 8.3), rows=1)
    left, right = table.rows[0].cells
    lines: list[tuple[str, float, bool, bool]] = [("Nơi nhận:", 12, True, True)]
    last = len(letterhead.recipients) - 1
    for place, name in enumerate(letterhead.recipients):
        lines.append((f"- {name}{'.' if place == last else ';'}", 11, False, False))
    _lines(left, lines, centred=False)
    signed = [(line, 14.0, True, False) for line in letterhead.signature]
    blank = [("", 14.0, False, False)] * 5
    _lines(right, [*signed, *blank, (letterhead.signer, 14.0, True, False)])
    table.rows[0]._tr.get_or_add_trPr().append(page.element("w:cantSplit"))


def _bare(made: Document, widths: tuple[float, float], rows: int) -> Any:
    """A table without lines, as wide as the text."""
    from docx.shared import Cm

    table: Any = made.add_table(rows=rows, cols=2)
    table.autofit = False
    page.cell_margins(table, top=0, side=0)
    table.alignment = 1
    for row in table.rows:
        for place, width in enumerate(widths):
            row.cells[place].width = Cm(width)
    for place, width in enumerate(widths):
        table.columns[place].width = Cm(width)
    return table


def _lines(cell: Any, lines: list[tuple[str, float, bool, bool]], *, centred: bool = True) -> None:
    """Lines of (text, size, bold, italic) in a cell; the first goes into the cell's own paragraph."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    for place, (text, size, bold, italic) in enumerate(lines):
        paragraph = page.plain(cell.paragraphs[0] if place == 0 else cell.add_paragraph())
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT
        page.write(paragraph, text, size=size, bold=bold, italic=italic)
