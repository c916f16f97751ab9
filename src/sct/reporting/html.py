"""A report as a fragment of HTML: what the page shows and prints, the same blocks as the Word file.

Everything is escaped. How a number leads to its figure and an address outside is the page's matter: it hands two
functions that give finished HTML; without them a number leads to its row among the sources. A chart is a `figure`
beside whose place its Vega-Lite spec stands as data (application/json, never run).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from html import escape

from sct.reporting import header
from sct.reporting.blocks import Annex, Block, Chart, Heading, Number, Paragraph, Report, Run, SourceRow, Table

Numbers = Callable[[Number], str]
Addresses = Callable[[str, str], str]  # address, title

_ALIGN = {"l": "", "c": ' class="mid"', "r": ' class="num"'}
_TAGS = {1: ('<h2 class="part">', "</h2>"), 2: ("<h3>", "</h3>"), 3: ("<h4>", "</h4>")}
_SOURCE_HEAD = ("TT", "Số liệu", "Chỉ tiêu, kỳ", "Loại, ngày công bố", "Nguồn")
_SOURCE_WIDTHS = (6, 15, 37, 18, 24)
_JSON_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def to_row(number: Number) -> str:
    """A number that leads to its row among the sources."""
    return f'<a class="n" href="#nguon-{number.row}">{escape(number.text)}</a>'


def outside(address: str, title: str) -> str:
    """An outside address under its title; anything but http(s) stays text."""
    text = escape(title or address)
    web = address.startswith(("http://", "https://"))
    return f'<a href="{escape(address)}" rel="noopener noreferrer">{text}</a>' if web else text


def render(report: Report, number: Numbers = to_row, address: Addresses = outside) -> str:
    """The whole report as an `article`; headings start at h2."""
    return _Renderer(number, address).report(report)


class _Renderer:
    def __init__(self, number: Numbers, address: Addresses) -> None:
        self._number = number
        self._address = address

    def report(self, report: Report) -> str:
        parts = [_letterhead(report), *map(self._block, report.blocks), _signature(report)]
        several = len(report.annexes) > 1
        parts += [self._annex(annex, several) for annex in report.annexes]
        return f'<article class="report" lang="vi">{"".join(parts)}</article>'

    def _block(self, block: Block) -> str:
        match block:
            case Heading():
                start, end = _TAGS[min(block.level, 3)]
                return f"{start}{escape(block.text)}{end}"
            case Paragraph():
                start = '<p class="note">' if block.note else "<p>"
                return f"{start}{self._runs(block.runs)}</p>"
            case Table():
                return self._table(block)
            case Chart():
                return self._chart(block)

    def _runs(self, runs: tuple[Run, ...]) -> str:
        return "".join(escape(run) if isinstance(run, str) else self._number(run) for run in runs)

    def _table(self, block: Table) -> str:
        kinds = [_ALIGN[letter] for letter in block.align]
        cells = (
            "".join(f"<td{kind}>{self._runs(cell)}</td>" for cell, kind in zip(row, kinds, strict=True))
            for row in block.rows
        )
        rows = "".join(f"<tr>{told}</tr>" for told in cells)
        return _wide(block.title, _columns(block.widths) + _head(block.head), rows, escape(block.title))

    def _chart(self, block: Chart) -> str:
        place = "spec-" + sha256(block.title.encode()).hexdigest()[:12]
        spec = {name: value for name, value in block.spec.items() if name != "title"}
        data = json.dumps(spec, ensure_ascii=False).translate(_JSON_ESCAPES)
        title = escape(block.title)
        return (
            f'<figure><div class="chart" data-chart="{place}" data-look="own" role="img" aria-label="{title}"></div>'
            f'<script id="{place}" type="application/json">{data}</script>'
            f"<figcaption>{escape(block.caption or block.title)}</figcaption>"
            f'<p class="note">{self._runs(block.source)}</p></figure>'
        )

    def _annex(self, annex: Annex, several: bool) -> str:
        name = f"Phụ lục {annex.number}" if several else "Phụ lục"
        blocks = "".join(map(self._block, annex.blocks))
        sources = self._sources(annex) if annex.sources else ""
        return f'<section class="annex"><h2>{name}. {escape(annex.title)}</h2>{blocks}{sources}</section>'

    def _sources(self, annex: Annex) -> str:
        rows = "".join(map(self._source, annex.sources))
        return _wide(annex.title, _columns(_SOURCE_WIDTHS) + _head(_SOURCE_HEAD), rows, kind=' class="sources"')

    def _source(self, row: SourceRow) -> str:
        number = self._number(Number(row.number, row.row, (row.figure,))) if row.figure else escape(row.number)
        stage = f"{row.stage}, {row.published}" if row.published else row.stage
        said = [self._address(row.url, row.title)] if row.url else [escape(row.title)] if row.title else []
        said += [escape(row.place)] if row.place else []
        if row.earlier:
            said.append(f"<em>Giá trị khác đã công bố: {escape('; '.join(row.earlier))}</em>")
        cells = (number, escape(f"{row.name}; {row.period}"), escape(stage), "<br>".join(said))
        told = "".join(f"<td>{cell}</td>" for cell in cells)
        return f'<tr><td id="nguon-{row.row}">{row.row}</td>{told}</tr>'


def _letterhead(report: Report) -> str:
    """Cơ quan, số và ký hiệu; Quốc hiệu, Tiêu ngữ, địa danh and date; tên loại, trích yếu; Kính gửi."""
    head = report.letterhead
    place = escape(f"{head.place}, {header.dated(report)}")
    left = f"<p>{escape(head.superior)}<br><b>{escape(head.agency)}</b></p><p>Số: {escape(header.number(report))}</p>"
    right = f"<p><b>{header.COUNTRY}</b><br><b>{header.MOTTO}</b></p><p><em>{place}</em></p>"
    summary = escape(report.summary).replace("\n", "<br>")
    title = f'<p class="report-title"><b>{escape(report.title)}</b><br><b>{summary}</b></p>'
    to = "".join(f'<p class="to">{escape(name)}</p>' for name in _addressed(head.to))
    return f'<div class="letterhead"><div>{left}</div><div>{right}</div></div>{title}{to}'


def _addressed(names: tuple[str, ...]) -> list[str]:
    return [name if place else f"Kính gửi: {name}" for place, name in enumerate(names)]


def _signature(report: Report) -> str:
    head = report.letterhead
    last = len(head.recipients) - 1
    names = "".join(
        f"<br>- {escape(name)}{'.' if place == last else ';'}" for place, name in enumerate(head.recipients)
    )
    signed = "<br>".join(escape(line) for line in head.signature if line)
    signer = f"<p><b>{escape(head.signer)}</b></p>" if head.signer else ""
    return (
        f'<div class="signature"><p><b><em>Nơi nhận:</em></b>{names}</p>'
        f'<div><p><b>{signed}</b></p><p class="sign"></p>{signer}</div></div>'
    )


def _columns(widths: tuple[float, ...]) -> str:
    whole = sum(widths)
    return "".join(["<colgroup>", *(f'<col width="{width / whole:.1%}">' for width in widths), "</colgroup>"])


def _head(texts: tuple[str, ...]) -> str:
    cells = "".join(f'<th scope="col">{escape(text)}</th>' for text in texts)
    return f"<thead><tr>{cells}</tr></thead>"


def _wide(label: str, top: str, rows: str, caption: str = "", kind: str = "") -> str:
    """A table that scrolls sideways on a narrow screen, by keyboard too."""
    said = f"<caption>{caption}</caption>" if caption else ""
    table = f"<table{kind}>{said}{top}<tbody>{rows}</tbody></table>"
    return f'<div class="scroll" tabindex="0" role="group" aria-label="{escape(label)}">{table}</div>'
