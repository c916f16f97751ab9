"""A report as values: headings, paragraphs of bound numbers, tables, charts, the annex of sources.

Nothing here knows Word or HTML; `docx.write` and `html.render` draw it. A number in a report is never bare text:
it is a `Number` that knows the figure it stands for and its row in the annex of sources.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sct.catalogue.model import Figure


@dataclass(frozen=True, slots=True)
class Number:
    """A number as printed, bound to its figure.

    `row` is its row in the annex of sources. `figures` is one figure, or the two ends of a range. A number that was
    computed names its `formula` and `operands`; one that only counts or subtracts has no figure of its own.
    """

    text: str
    row: int
    figures: tuple[Figure, ...] = ()
    formula: str = ""
    operands: tuple[Figure, ...] = ()

    @property
    def figure(self) -> Figure | None:
        """The figure it prints (the lower end of a range); None for a count or difference made by the report."""
        return self.figures[0] if self.figures else None

    @property
    def ids(self) -> tuple[int, ...]:
        """Observations it stands on: its own, or its operands'."""
        own = tuple(figure.id for figure in self.figures if figure.id)
        return own or tuple(figure.id for figure in self.operands if figure.id)


Run = str | Number


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is PHẦN, 2 is "I.", 3 is "1."."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text and numbers in reading order. `note` marks small print under tables and charts."""

    runs: tuple[Run, ...]
    note: bool = False

    @property
    def text(self) -> str:
        return "".join(run if isinstance(run, str) else run.text for run in self.runs)


Cell = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a title; `widths` are shares of the text width, `align` one letter a column: l, c, r."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    align: str


@dataclass(frozen=True, slots=True)
class Chart:
    """One Vega-Lite spec, drawn in the page and in the Word file. `title` says the finding, `source` where from.

    `numbers` are the values drawn, each with its row in the annex of sources.
    """

    title: str
    spec: dict[str, Any] = field(hash=False)
    source: tuple[Run, ...] = ()
    numbers: tuple[Number, ...] = ()
    caption: str = ""


Block = Heading | Paragraph | Table | Chart


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A row of the annex of sources: what the number is, where it was published, what was published before."""

    row: int
    number: str
    name: str
    period: str
    stage: str
    title: str
    url: str
    published: str
    place: str
    earlier: tuple[str, ...] = ()
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class Annex:
    """Phụ lục: a numbered annex with a title, its own page numbers, and blocks or the rows of sources."""

    number: str
    title: str
    blocks: tuple[Block, ...] = ()
    sources: tuple[SourceRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Header block, signature and recipients of a department (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""

    code: str
    area: str
    superior: str
    agency: str
    symbol: str
    place: str
    signature: tuple[str, ...]
    signer: str
    recipients: tuple[str, ...]
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A report: letterhead, title (BÁO CÁO), summary line, body, annexes.

    `dated` and `number` are empty in a draft: the officer fills them when it is signed.
    """

    code: str
    title: str
    summary: str
    letterhead: Letterhead
    blocks: tuple[Block, ...]
    annexes: tuple[Annex, ...]
    year: int
    area: str
    number: str = ""
    dated: str = ""  # 2025-01-05
    as_of: str = ""  # as known on this day; "" = everything in the ledger
    unfilled: tuple[str, ...] = ()  # titles of declared sections that the ledger has nothing for

    @property
    def numbers(self) -> tuple[Number, ...]:
        """Every bound number in reading order, annex tables and charts too."""
        return self.body_numbers + tuple(number for annex in self.annexes for number in _numbers(annex.blocks))

    @property
    def body_numbers(self) -> tuple[Number, ...]:
        """Bound numbers of the body alone: paragraphs, tables and charts before the annexes."""
        return tuple(_numbers(self.blocks))

    @property
    def sources(self) -> tuple[SourceRow, ...]:
        """The rows of the annex of sources."""
        return tuple(row for annex in self.annexes for row in annex.sources)

    def text(self) -> str:
        """The paragraphs of the body as plain text, one a line, without reference marks."""
        lines = []
        for block in self.blocks:
            if isinstance(block, Heading | Paragraph):
                lines.append(block.text)
        return "\n".join(lines)


def _numbers(blocks: tuple[Block, ...]) -> Iterator[Number]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from (run for run in block.runs if isinstance(run, Number))
        elif isinstance(block, Table):
            yield from (run for row in block.rows for cell in row for run in cell if isinstance(run, Number))
        elif isinstance(block, Chart):
            yield from block.numbers
            yield from (run for run in block.source if isinstance(run, Number))
