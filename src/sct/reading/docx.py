"""Word files: paragraphs, lists, tables, text boxes, headers, footers, footnotes and endnotes.

What a reader of the printed page sees is read: deleted revisions, field codes, hidden text and the fallback copy of a
drawing are not. Office Open XML, ECMA-376 part 1, chapter 17.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from sct.catalogue.statement import Document
from sct.reading.blocks import Block, Spot, assemble
from sct.reading.docx_runs import SKIPPED, Runs
from sct.reading.docx_styles import Lists, Styles, W
from sct.reading.package import Package, not_a_docx
from sct.reading.weaving import Strand

if TYPE_CHECKING:
    from lxml.etree import _Element

MAIN = "word/document.xml"
_GAP = Strand(" ")
_WIDE = 1_000  # columns of a table; more is no table


def read(data: bytes, name: str) -> Document:
    """The document of a .docx file; see `Package` for what is refused."""
    package = Package(data, name)
    if MAIN not in package.parts:
        raise not_a_docx(name)
    return assemble(name, "docx", _blocks(package), data)


def _blocks(package: Package) -> Iterator[Block]:
    styles, lists = Styles(package), Lists(package)
    root = package.xml(MAIN)
    body = root.find(W + "body")
    if body is not None:
        yield from Story(Runs(root, MAIN, styles), lists, "").blocks(body)
    for part in sorted(package.parts):
        if part in {"word/footnotes.xml", "word/endnotes.xml"}:
            yield from _notes(package, part, styles, lists)
        elif part.startswith(("word/header", "word/footer")) and part.endswith(".xml"):
            prefix = part.removeprefix("word/").removesuffix(".xml") + "/"
            root = package.xml(part)
            yield from Story(Runs(root, part, styles), lists, prefix, role="furniture").blocks(root)


def _notes(package: Package, part: str, styles: Styles, lists: Lists) -> Iterator[Block]:
    name = "footnote" if "footnotes" in part else "endnote"
    root = package.xml(part)
    runs = Runs(root, part, styles)
    printed = 0
    for number, note in enumerate(root, start=1):
        if isinstance(note.tag, str) and note.get(W + "type") is None:  # separators have a type
            printed += 1
            blocks = Story(runs, lists, f"{name}{number}/", role="note").blocks(note)
            for position, block in enumerate(blocks):
                yield block if position else replace(block, mark=str(printed))


class Story:
    """One flow of text with its counters of paragraphs and tables."""

    def __init__(self, runs: Runs, lists: Lists, prefix: str, role: str = "body") -> None:
        self.runs, self.lists, self.prefix, self.role = runs, lists, prefix, role
        self.paragraphs = self.tables = 0

    def blocks(self, parent: _Element) -> Iterator[Block]:
        for child in parent:
            if child.tag == W + "p":
                yield from self._paragraph(child)
            elif child.tag == W + "tbl":
                yield from self._table(child)
            elif isinstance(child.tag, str) and child.tag not in SKIPPED:  # sdt, customXml, ins …
                yield from self.blocks(child)

    def _paragraph(self, element: _Element) -> Iterator[Block]:
        self.paragraphs += 1
        place = f"{self.prefix}p{self.paragraphs}"
        named = element.find(f"{W}pPr/{W}pStyle")
        style = "" if named is None else str(named.get(W + "val", ""))
        boxes: list[_Element] = []
        strands = tuple(self.runs.strands(element, style, boxes))
        role, level, mark = self._look(element, style, filled=any(strand.text.strip() for strand in strands))
        yield Block(strands, place, role, level, mark)
        for number, box in enumerate(boxes, start=1):
            for block in self.blocks(box):
                yield replace(block, place=f"{place}/box{number}/{block.place.removeprefix(self.prefix)}")

    def _look(self, element: _Element, style: str, *, filled: bool) -> tuple[str, int, str]:
        """Role, level and printed number of a paragraph."""
        heading = self.runs.styles.heading(style)
        listed, depth = self._list(element, style)
        mark = self.lists.mark(listed, depth) if listed and filled else ""
        if heading:
            return "heading", heading, mark
        return ("item", depth + 1, mark) if mark and self.role == "body" else (self.role, 0, mark)

    def _list(self, element: _Element, style: str) -> tuple[str, int]:
        own = element.find(f"{W}pPr/{W}numPr")
        number = own.find(W + "numId") if own is not None else None
        deep = own.find(W + "ilvl") if own is not None else None
        depth = str(deep.get(W + "val", "0")) if deep is not None else "0"
        listed = str(number.get(W + "val", "")) if number is not None else self.runs.styles.numbering(style)
        return ("" if listed == "0" else listed), int(depth) if depth.isdecimal() and len(depth) == 1 else 0

    def _table(self, element: _Element) -> Iterator[Block]:
        self.tables += 1
        place = f"{self.prefix}table{self.tables}"
        found: list[Block] = []
        reach: dict[int, int] = {}  # by column: which block of `found` a cell merged from above goes on from
        for r, row in enumerate(_inside(element, W + "tr"), start=1):
            column = _number(row.find(f"{W}trPr/{W}gridBefore"), 0)
            head = row.find(f"{W}trPr/{W}tblHeader") is not None
            for c, cell in enumerate(_inside(row, W + "tc"), start=1):
                width = min(max(1, _number(cell.find(f"{W}tcPr/{W}gridSpan"), 1)), _WIDE)
                merged = cell.find(f"{W}tcPr/{W}vMerge")
                goes_on = merged is not None and merged.get(W + "val", "continue") == "continue"
                if goes_on and column in reach:
                    above = found[reach[column]]
                    assert above.spot is not None
                    found[reach[column]] = replace(above, spot=replace(above.spot, rows=r - above.spot.row))
                else:
                    spot = Spot(place, r - 1, column, 1, width, head)
                    role = "furniture" if self.role == "furniture" else "cell"
                    found.append(Block(tuple(self._words(cell)), f"{place}/r{r}/c{c}", role, spot=spot))
                    reach[column] = len(found) - 1
                column += width
        yield from found

    def _words(self, cell: _Element) -> Iterator[Strand]:
        """The strands of a cell: its paragraphs, those of tables inside it too, with a blank between."""
        first = True
        for block in self.blocks(cell):
            if any(strand.text.strip() for strand in block.strands):
                if not first:
                    yield _GAP
                yield from block.strands
                first = False


def _inside(parent: _Element, tag: str) -> Iterator[_Element]:
    """Rows of a table or cells of a row, also those that a content control or an insertion wraps."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif isinstance(child.tag, str) and child.tag not in SKIPPED and child.tag not in (W + "tc", W + "tbl"):
            yield from _inside(child, tag)


def _number(element: _Element | None, otherwise: int) -> int:
    text = "" if element is None else str(element.get(W + "val", ""))
    return int(text) if text.isdecimal() and len(text) < 5 else otherwise
