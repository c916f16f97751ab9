"""Tables leave as xlsx (numbers stay numbers) or CSV; a cell that a spreadsheet would run as a formula is disarmed."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from django.http import Http404, HttpResponse

from sct.catalogue.model import Figure, Indicator
from sct.office.coordination.listing import SHOWN, Row
from sct.office.coordination.series import SeriesPage
from sct.office.web import wording
from sct.office.web.choice import Choice, label
from sct.words import _

Value = str | Fraction | None
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Table:
    """A table to take away: title, heads, rows of texts and exact numbers."""

    title: str
    heads: list[str]
    rows: list[list[Value]] = field(default_factory=list)


def answer(kind: str, name: str, table: Table) -> HttpResponse:
    """The file of a table; 404 for a kind other than xlsx and csv."""
    if kind not in ("xlsx", "csv"):
        raise Http404(kind)
    body, mime = (_xlsx(table), XLSX) if kind == "xlsx" else (_csv(table), "text/csv; charset=utf-8")
    return HttpResponse(
        body, content_type=mime, headers={"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    )


def safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula (OWASP: CSV injection)."""
    return "'" + text if text.startswith(_DANGEROUS) else text


def _csv(table: Table) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow([safe(head) for head in table.heads])
    writer.writerows([[_plain(value) for value in row] for row in table.rows])
    return stream.getvalue().encode("utf-8-sig")  # Excel knows UTF-8 by the mark


def _plain(value: Value) -> str:
    if isinstance(value, Fraction):
        return format(Decimal(value.numerator) / Decimal(value.denominator), "f")
    return safe(value or "")


def _xlsx(table: Table) -> bytes:
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(_("Số liệu"))
    bold = book.add_format({"bold": True, "text_wrap": True, "bottom": 1})
    sheet.write(0, 0, table.title, book.add_format({"bold": True, "font_size": 13}))
    for column, head in enumerate(table.heads):
        sheet.write_string(2, column, head, bold)
    widths = [max(10, min(48, len(head) + 2)) for head in table.heads]
    for line, row in enumerate(table.rows, 3):
        for column, value in enumerate(row):
            if isinstance(value, Fraction):
                sheet.write_number(line, column, float(value))
            elif value:
                sheet.write_string(line, column, safe(value))
                widths[column] = max(widths[column], min(60, len(value) + 1))
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(3, 1)
    book.close()
    return stream.getvalue()


def indicator_table(rows: list[Row], choice: Choice) -> Table:
    """The list as shown: for each way the value, its unit, period and stage."""
    heads = [_("Mã"), _("Chỉ tiêu")]
    for how in SHOWN:
        name = wording.TRANSFORMATIONS[how]()
        heads += [name, f"{name}: {_('đơn vị')}", f"{name}: {_('kỳ')}", f"{name}: {_('loại')}"]
    table = Table(f"{choice.area.name}, {label(choice.period)}", heads)
    for row in rows:
        cells: list[Value] = [row.entry.code, wording.name(row.entry)]
        for how in SHOWN:
            figure = row.values.get(how)
            cells += _four(figure) if figure else [None] * 4
        table.rows.append(cells)
    return table


def _four(figure: Figure) -> list[Value]:
    return [
        figure.quantity.number,
        figure.quantity.unit.name,
        label(figure.period),
        wording.STAGES[figure.stage](),
    ]


def series_table(page: SeriesPage, entry: Indicator, choice: Choice) -> Table:
    """Everything said of the series, one row a vintage, with its source: what a colleague needs to check it."""
    heads = [
        _("Kỳ"),
        _("Cách tính"),
        _("Giá trị"),
        _("Đơn vị"),
        _("Loại"),
        _("Công bố"),
        _("Nguồn"),
        _("Địa chỉ"),
        _("Vào sổ"),
    ]
    table = Table(f"{wording.name(entry)}, {choice.area.name}", heads)
    for line in page.lines:
        for how, cell in line.cells.items():
            for figure in cell.told or ((cell.computed,) if cell.computed else ()):
                table.rows.append(
                    [
                        label(line.period),
                        wording.TRANSFORMATIONS[how](),
                        figure.quantity.number,
                        figure.quantity.unit.name,
                        wording.STAGES[figure.stage](),
                        str(figure.published or ""),
                        figure.origin.title or figure.origin.file or (cell.worked.formula if cell.worked else ""),
                        figure.origin.url,
                        figure.entered.isoformat() if figure.entered else "",
                    ]
                )
    return table
