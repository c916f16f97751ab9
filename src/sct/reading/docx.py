"""Word files: paragraphs, tables, text boxes, headers, footers, footnotes and endnotes.

What a reader of the printed page sees is read: deleted revisions, field codes and the fallback copy of a
drawing are not. Office Open XML, ECMA-376 part 1, chapter 17.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sct.catalogue.statement import Document
from sct.reading.blocks import Block, assemble
from sct.reading.package import Package, not_a_docx

if TYPE_CHECKING:
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SKIPPED = {_W + "del", _W + "moveFrom", _W + "instrText", _MC + "Fallback", _W + "pPr", _W + "rPr"}
_SIGNS = {_W + "tab": "\t", _W + "br": " ", _W + "cr": " ", _W + "noBreakHyphen": "-", _W + "softHyphen": ""}
_MAIN = "word/document.xml"
_NOTE_MARK = re.compile(r"\[\d+\]")


def read(data: bytes, name: str) -> Document:
    """The document of a .docx file; see `Package` for what is refused."""
    package = Package(data, name)
    if _MAIN not in package.parts:
        raise not_a_docx(name)
    return assemble(name, "docx", _blocks(package), data)


def _blocks(package: Package) -> Iterator[Block]:
    body = package.xml(_MAIN).find(_W + "body")
    if body is not None:
        yield from _Story(package, "").blocks(body)
    for part in sorted(package.parts):
        if part in {"word/footnotes.xml", "word/endnotes.xml"}:
            yield from _notes(package, part)
        elif part.startswith(("word/header", "word/footer")) and part.endswith(".xml"):
            prefix = part.removeprefix("word/").removesuffix(".xml") + "/"
            yield from _Story(package, prefix, role="furniture").blocks(package.xml(part))


def _notes(package: Package, part: str) -> Iterator[Block]:
    name = "footnote" if "footnotes" in part else "endnote"
    for number, note in enumerate(package.xml(part), start=1):
        if note.get(_W + "type") is None:  # separators have a type
            yield from _Story(package, f"{name}{number}/").blocks(note)


class _Story:
    """One flow of text with its counters of paragraphs and tables."""

    def __init__(self, package: Package, prefix: str, role: str = "body") -> None:
        self.prefix, self.role = prefix, role
        self.styles = _heading_styles(package)
        self.paragraphs = self.tables = 0

    def blocks(self, parent: _Element) -> Iterator[Block]:
        for child in parent:
            if child.tag == _W + "p":
                yield from self._paragraph(child)
            elif child.tag == _W + "tbl":
                yield from self._table(child)
            elif isinstance(child.tag, str) and child.tag not in _SKIPPED:  # sdt, customXml, ins …
                yield from self.blocks(child)

    def _paragraph(self, element: _Element) -> Iterator[Block]:
        self.paragraphs += 1
        place = f"{self.prefix}p{self.paragraphs}"
        boxes: list[_Element] = []
        text = "".join(_runs(element, boxes))
        yield Block(text, place, self._role(element))
        for number, box in enumerate(boxes, start=1):
            for block in self.blocks(box):
                yield Block(block.text, f"{place}/box{number}/{block.place.removeprefix(self.prefix)}", block.role)

    def _role(self, element: _Element) -> str:
        style = element.find(f"{_W}pPr/{_W}pStyle")
        if style is not None and style.get(_W + "val") in self.styles:
            return "heading"
        return self.role

    def _table(self, element: _Element) -> Iterator[Block]:
        self.tables += 1
        prefix = f"{self.prefix}table{self.tables}"
        for r, row in enumerate(element.iterchildren(_W + "tr"), start=1):
            for c, cell in enumerate(row.iterchildren(_W + "tc"), start=1):
                text = " ".join(block.text for block in self.blocks(cell) if block.text)
                yield Block(text, f"{prefix}/r{r}/c{c}", "cell")


def _heading_styles(package: Package) -> frozenset[str]:
    if "word/styles.xml" not in package.parts:
        return frozenset()
    found = set()
    for style in package.xml("word/styles.xml").iterchildren(_W + "style"):
        name = style.find(_W + "name")
        if name is not None and str(name.get(_W + "val", "")).lower().startswith(("heading", "title")):
            found.add(str(style.get(_W + "styleId")))
    return frozenset(found)


def _runs(element: _Element, boxes: list[_Element]) -> Iterator[str]:
    for child in element:
        tag = child.tag
        if tag in _SKIPPED or not isinstance(tag, str):
            continue
        if tag == _W + "r" and _is_note_mark(child):
            continue
        if tag == _W + "t":
            yield child.text or ""
        elif tag in _SIGNS:
            yield _SIGNS[tag]
        elif tag == _W + "txbxContent":
            boxes.append(child)
        else:
            yield from _runs(child, boxes)


def _is_note_mark(run: _Element) -> bool:
    """A raised "[12]" refers to a list of sources; it is no part of the sentence."""
    raised = run.find(f"{_W}rPr/{_W}vertAlign")
    if raised is None or raised.get(_W + "val") != "superscript":
        return False
    return _NOTE_MARK.fullmatch("".join(text.text or "" for text in run.iter(_W + "t"))) is not None
