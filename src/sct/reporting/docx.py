"""A report as a Word file in the form of Nghị định 30/2020/NĐ-CP.

Every number is a content control whose tag is its observation (`figure:123`) and carries a mark that leads to its row
in the annex of sources. The same report gives the same bytes.
"""

from __future__ import annotations

import zipfile
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sct.reporting import chart as drawing
from sct.reporting import header, page
from sct.reporting.blocks import Annex, Block, Chart, Heading, Number, Paragraph, Report, Run, SourceRow, Table

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph as WordParagraph

_EPOCH = (1980, 1, 1, 0, 0, 0)  # zip entries carry a date; it must not be the day of writing
_TABLE_SIZE = 12.0
_SOURCE_SIZE = 10.0
_SHORT_UNIT = 8  # letters: tỷ USD, tỷ đồng
_TOGETHER = 12  # a table of so many rows is not broken over pages
_SOURCE_HEAD = ("TT", "Số liệu", "Chỉ tiêu, kỳ", "Loại số liệu", "Nguồn, nơi, ngày công bố")
_SOURCE_WIDTHS = (6, 16, 32, 11, 35)


def write(report: Report, path: str | Path) -> None:
    """Write the report to a file."""
    Path(path).write_bytes(to_bytes(report))


def to_bytes(report: Report) -> bytes:
    """The report as the bytes of a .docx file."""
    made = page.document()
    _Writer(made, report).write()
    _properties(made, report)
    stream = BytesIO()
    made.save(stream)
    return _same_bytes(stream.getvalue())


def tag_of(number: Number) -> str:
    """The tag of a number's content control: its observation, or its row where it has none."""
    return f"figure:{number.ids[0]}" if number.figure and number.figure.id else f"row:{number.row}"


class _Writer:
    def __init__(self, made: Document, report: Report) -> None:
        self._made = made
        self._report = report
        self._controls = 0
        self._marked: set[int] = set()
        self._addresses: dict[str, int] = {}

    def write(self) -> None:
        header.head(self._made, self._report)
        for block in self._report.blocks:
            self._block(block)
        _keep_with_signature(self._made)
        header.signature(self._made, self._report)
        several = len(self._report.annexes) > 1
        for annex in self._report.annexes:
            self._annex(annex, several)

    # -- blocks -----------------------------------------------------------------------------------------

    def _block(self, block: Block) -> None:
        match block:
            case Heading():
                self._made.add_paragraph(page.legal(block.text), style=f"Heading {block.level}")
            case Paragraph():
                self._paragraph(block)
            case Table():
                self._table(block)
            case Chart():
                self._chart(block)

    def _paragraph(self, block: Paragraph) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Cm

        made = self._made.add_paragraph()
        made.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        made.paragraph_format.first_line_indent = Cm(page.INDENT_CM)
        made.paragraph_format.widow_control = True
        self._runs(made, block.runs, page.BODY_SIZE)

    def _table(self, block: Table) -> None:
        self._title(block.title)
        table = self._grid(block.head, block.widths)
        for row in block.rows:
            cells = table.add_row().cells
            for place, runs in enumerate(row):
                self._runs(_cell(cells[place], block.align[place]), runs, _TABLE_SIZE)
        _finish(table, block.widths)
        if len(block.rows) <= _TOGETHER:
            _keep_together(table)
        self._space()

    def _chart(self, block: Chart) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Cm

        self._title(block.caption or block.title)
        picture = page.plain(self._made.add_paragraph())
        picture.alignment = WD_ALIGN_PARAGRAPH.CENTER
        picture.paragraph_format.keep_with_next = True
        shape: Any = picture.add_run().add_picture(BytesIO(drawing.png(block.spec)), width=Cm(page.TEXT_WIDTH_CM - 0.5))
        shape._inline.docPr.set("descr", page.legal(block.title))
        source = page.plain(self._made.add_paragraph(), after=8)
        source.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for run in block.source:
            page.write(source, run if isinstance(run, str) else run.text, size=11, italic=True)

    def _title(self, text: str) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt

        made = page.plain(self._made.add_paragraph(), after=4)
        made.alignment = WD_ALIGN_PARAGRAPH.CENTER
        made.paragraph_format.space_before = Pt(6)
        made.paragraph_format.keep_with_next = True
        page.write(made, text, size=13, bold=True)

    def _space(self) -> None:
        page.plain(self._made.add_paragraph(), after=2)

    # -- numbers ----------------------------------------------------------------------------------------

    def _runs(self, made: WordParagraph, runs: tuple[Run, ...], size: float) -> None:
        for run in runs:
            if isinstance(run, str):
                page.write(made, run, size=size)
            else:
                self._number(made, run, size)

    def _number(self, made: WordParagraph, number: Number, size: float) -> None:
        """The number as a content control, then its mark: a link to the row of sources."""
        if number.row not in self._marked:
            self._marked.add(number.row)
            page.bookmark(made, f"so_{number.row}", 10_000 + number.row)
        shown = page.write(made, _whole(number.text), size=size)
        self._controls += 1
        page.control(shown, tag_of(number), f"Số liệu {number.row}", self._controls)
        mark = page.write(made, f"[{number.row}]", size=size)
        mark.font.superscript = True
        page.link_inside(made, f"nguon_{number.row}", mark)

    # -- annexes ----------------------------------------------------------------------------------------

    def _annex(self, annex: Annex, several: bool) -> None:
        from docx.enum.section import WD_SECTION
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        section = self._made.add_section(WD_SECTION.NEW_PAGE)
        page.set_page(section)
        page.number_pages(section, restart=True)
        lines = (
            (f"Phụ lục {annex.number}" if several else "Phụ lục", True, False),
            (annex.title.upper(), True, False),
            (f"(Kèm theo Báo cáo số {header.number(self._report)} {header.dated(self._report)})", False, True),
        )
        for text, bold, italic in lines:
            made = page.plain(self._made.add_paragraph(style="Heading 1" if bold else None), after=4)
            made.alignment = WD_ALIGN_PARAGRAPH.CENTER
            page.write(made, text, size=14, bold=bold, italic=italic)
        self._space()
        for block in annex.blocks:
            self._block(block)
        if annex.sources:
            self._sources(annex.sources)

    def _sources(self, rows: tuple[SourceRow, ...]) -> None:
        table = self._grid(_SOURCE_HEAD, _SOURCE_WIDTHS, size=_SOURCE_SIZE)
        for row in rows:
            self._source(table.add_row().cells, row)
        _finish(table, _SOURCE_WIDTHS)

    def _source(self, cells: Any, row: SourceRow) -> None:
        first = _cell(cells[0], "c")
        page.bookmark(first, f"nguon_{row.row}", 20_000 + row.row)
        back = page.write(first, str(row.row), size=_SOURCE_SIZE)
        if row.row in self._marked:  # a number that only a chart shows has no place in the text
            page.link_inside(first, f"so_{row.row}", back)
        page.write(_cell(cells[1], "l"), row.number, size=_SOURCE_SIZE)
        page.write(_cell(cells[2], "l"), f"{row.name}; {row.period}", size=_SOURCE_SIZE)
        page.write(_cell(cells[3], "l"), row.stage, size=_SOURCE_SIZE)
        self._origin(_cell(cells[4], "l"), row)
        if row.earlier:
            earlier = "Giá trị khác đã công bố: " + "; ".join(row.earlier)
            page.write(page.plain(cells[4].add_paragraph()), earlier, size=_SOURCE_SIZE, italic=True)

    def _origin(self, made: WordParagraph, row: SourceRow) -> None:
        """Title (a link), address, place, day. An address is written out once; later rows name the row that has it."""
        first = self._addresses.setdefault(row.url, row.row) if row.url else row.row
        address = breakable(row.url) if first == row.row else f"địa chỉ ở dòng {first}"
        parts = [(row.title, row.url), (address, row.url if first == row.row else ""), (row.place, "")]
        parts.append((f"công bố {row.published}" if row.published else "", ""))
        filled = [(text, url) for text, url in parts if text]
        for place, (text, url) in enumerate(filled):
            written = page.write(made, text, size=_SOURCE_SIZE)
            if url.startswith(("http://", "https://")):
                page.link_outside(made, url, written)
            if place < len(filled) - 1:
                page.write(made, "; ", size=_SOURCE_SIZE)

    def _grid(self, head: tuple[str, ...], widths: tuple[float, ...], size: float = _TABLE_SIZE) -> Any:
        table = self._made.add_table(rows=1, cols=len(head))
        table.style = "Table Grid"
        table.alignment = 1
        table.autofit = False
        page.cell_margins(table)
        for place, text in enumerate(head):
            page.write(_cell(table.rows[0].cells[place], "c"), text, size=size, bold=True)
        return table


def breakable(url: str) -> str:
    """An address that may break after a slash or a hyphen."""
    return "".join(c + "\u200b" if c in "/-?&=_." else c for c in url)


def _cell(cell: Any, align: str) -> WordParagraph:
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    sides = {"l": WD_ALIGN_PARAGRAPH.LEFT, "c": WD_ALIGN_PARAGRAPH.CENTER, "r": WD_ALIGN_PARAGRAPH.RIGHT}
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    made: WordParagraph = page.plain(cell.paragraphs[0])
    made.alignment = sides[align]
    return made


def _finish(table: Any, widths: tuple[float, ...]) -> None:
    """Column widths, rows that do not break over pages, a head that repeats on each page."""
    from docx.shared import Cm

    whole = sum(widths)
    for place, width in enumerate(widths):
        table.columns[place].width = Cm(page.TEXT_WIDTH_CM * width / whole)
    for row in table.rows:
        for place, cell in enumerate(row.cells):
            cell.width = Cm(page.TEXT_WIDTH_CM * widths[place] / whole)
        row._tr.get_or_add_trPr().append(page.element("w:cantSplit"))
    table.rows[0]._tr.get_or_add_trPr().append(page.element("w:tblHeader"))


def _whole(text: str) -> str:
    """The number does not part from its unit; long units may break after their first word."""
    number, space, unit = text.partition(" ")
    return f"{number}\u00a0{unit.replace(' ', chr(0xA0)) if len(unit) <= _SHORT_UNIT else unit}" if space else text


def _keep_with_signature(made: Document) -> None:
    """The last lines before the signature go with it: it never stands on a page alone."""
    from docx.table import Table as WordTable

    for block in list(made.iter_inner_content())[-2:]:
        if isinstance(block, WordTable):
            _keep_together(block)
            for cell in block.rows[-1].cells:
                cell.paragraphs[0].paragraph_format.keep_with_next = True
        else:
            block.paragraph_format.keep_with_next = True


def _keep_together(table: Any) -> None:
    for row in table.rows[:-1]:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _properties(made: Document, report: Report) -> None:
    """Title and fixed dates: the report's own day, or the end of its year for a draft."""
    day = date.fromisoformat(report.dated) if report.dated else date(report.year, 12, 31)
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
    core = made.core_properties
    core.title = f"{report.title}: {report.summary}".replace("\n", " ")
    core.author = report.letterhead.agency
    core.comments, core.language, core.last_modified_by, core.revision = "", "vi-VN", report.letterhead.agency, 1
    core.created = core.modified = moment.replace(tzinfo=None)


def _same_bytes(data: bytes) -> bytes:
    """The package with entries of one fixed date, so that the same report is the same file."""
    result = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            info = zipfile.ZipInfo(entry.filename, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            new.writestr(info, old.read(entry.filename))
    return result.getvalue()
