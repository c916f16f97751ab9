"""A report as a fragment of HTML for the preview page.

Everything is escaped. Each number is a link to its row of sources that carries `data-figure` (observations, space
separated) and `data-row`, so that the page can open the figure's card instead; it works without script too. A chart
is a `figure` whose `data-spec` holds the Vega-Lite spec.
"""

from __future__ import annotations

import json
from html import escape

from sct.reporting import header
from sct.reporting.blocks import Annex, Block, Chart, Heading, Number, Paragraph, Report, Run, SourceRow, Table

_ALIGN = {"l": "left", "c": "center", "r": "num"}
_HEAD = ("TT", "Số liệu", "Chỉ tiêu, kỳ", "Loại số liệu", "Nguồn, nơi, ngày công bố")


def render(report: Report) -> str:
    """The whole report as an `article`; headings start at h2."""
    parts = [_letterhead(report), *(_block(block) for block in report.blocks), _signature(report)]
    several = len(report.annexes) > 1
    parts += [_annex(annex, several) for annex in report.annexes]
    return f'<article class="paper report" lang="vi">{"".join(parts)}</article>'


def _letterhead(report: Report) -> str:
    head = report.letterhead
    left = f"<p>{escape(head.superior)}</p><p><strong>{escape(head.agency)}</strong></p>"
    left += f"<p>Số: {escape(header.number(report))}</p>"
    place = escape(f"{head.place}, {header.dated(report)}")
    right = f"<p><strong>{header.COUNTRY}</strong></p><p><strong>{header.MOTTO}</strong></p><p><em>{place}</em></p>"
    summary = escape(report.summary).replace("\n", "<br>")
    title = f'<h1 class="kind">{escape(report.title)}<br><span class="summary">{summary}</span></h1>'
    return f'<header class="letterhead"><div>{left}</div><div>{right}</div></header>{title}'


def _signature(report: Report) -> str:
    head = report.letterhead
    names = "".join(f"<li>{escape(name)}</li>" for name in head.recipients)
    signed = "<br>".join(escape(line) for line in (*head.signature, head.signer) if line)
    return (
        f'<footer class="signature"><div><p><strong><em>Nơi nhận:</em></strong></p><ul>{names}</ul></div>'
        f"<div><p><strong>{signed}</strong></p></div></footer>"
    )


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"<h{block.level + 1}>{escape(block.text)}</h{block.level + 1}>"
        case Paragraph():
            return f"<p>{_runs(block.runs)}</p>"
        case Table():
            return _table(block)
        case Chart():
            return _chart(block)


def _runs(runs: tuple[Run, ...]) -> str:
    return "".join(escape(run) if isinstance(run, str) else _number(run) for run in runs)


def _number(number: Number) -> str:
    ids = " ".join(str(identity) for identity in number.ids)
    return (
        f'<a class="n" href="#nguon-{number.row}" data-figure="{ids}" data-row="{number.row}">{escape(number.text)}</a>'
    )


def _table(block: Table) -> str:
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in block.head)
    rows = "".join(
        "<tr>"
        + "".join(f'<td class="{_ALIGN[a]}">{_runs(cell)}</td>' for cell, a in zip(row, block.align, strict=True))
        + "</tr>"
        for row in block.rows
    )
    caption = f"<caption>{escape(block.title)}</caption>"
    table = f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return _wide(table, block.title)


def _chart(block: Chart) -> str:
    spec = escape(json.dumps({**block.spec, "title": None}, ensure_ascii=False, sort_keys=True))
    caption = (
        f"<figcaption><strong>{escape(block.caption or block.title)}</strong><br>{_runs(block.source)}</figcaption>"
    )
    drawing = f'<div class="drawing" data-spec="{spec}" role="img" aria-label="{escape(block.title)}"></div>'
    return f'<figure class="chart">{drawing}{caption}</figure>'


def _annex(annex: Annex, several: bool) -> str:
    name = f"Phụ lục {annex.number}" if several else "Phụ lục"
    blocks = "".join(_block(block) for block in annex.blocks)
    sources = _sources(annex.sources) if annex.sources else ""
    return f'<section class="annex"><h2>{name}<br>{escape(annex.title)}</h2>{blocks}{sources}</section>'


def _sources(rows: tuple[SourceRow, ...]) -> str:
    head = "".join(f'<th scope="col">{text}</th>' for text in _HEAD)
    body = "".join(_source(row) for row in rows)
    table = f'<table class="sources"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    return _wide(table, "Nguồn của số liệu")


def _wide(table: str, label: str) -> str:
    """A table that scrolls sideways on a narrow screen, by keyboard too."""
    return f'<div class="wide" tabindex="0" role="region" aria-label="{escape(label)}">{table}</div>'


def _source(row: SourceRow) -> str:
    said = [escape(row.title)] if row.title else []
    if row.url.startswith(("http://", "https://")):
        said.append(f'<a href="{escape(row.url)}" rel="noreferrer nofollow">{escape(row.url)}</a>')
    elif row.url:
        said.append(escape(row.url))
    said += [escape(row.place)] if row.place else []
    said += [f"công bố {escape(row.published)}"] if row.published else []
    if row.earlier:
        said.append(f"<em>Giá trị khác đã công bố: {escape('; '.join(row.earlier))}</em>")
    cells = (escape(row.number), escape(f"{row.name}; {row.period}"), escape(row.stage), "<br>".join(said))
    return f'<tr id="nguon-{row.row}"><td>{row.row}</td>' + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
