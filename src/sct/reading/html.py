"""Web pages: the main text, without menus, scripts, related links and comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sct.catalogue.statement import Document
from sct.errors import Place, UserError
from sct.reading.blocks import Block, assemble
from sct.reading.decoding import decode
from sct.reading.package import entities
from sct.words import _

if TYPE_CHECKING:
    from lxml.etree import _Element

_DROPPED = frozenset(
    ("script", "style", "noscript", "template", "iframe", "svg", "nav", "aside", "footer", "form", "button", "select")
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_CELLS = frozenset(("td", "th"))
_BLOCKS = (
    frozenset(("p", "div", "li", "ul", "ol", "dl", "dt", "dd", "tr", "table", "tbody", "thead", "section", "article"))
    | frozenset(("main", "header", "blockquote", "figcaption", "figure", "pre", "address", "caption", "body", "html"))
    | _HEADINGS
    | _CELLS
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_DECLARATION = re.compile(r"^\ufeff?\s*<\?xml[^>]*\?>")
_SPACE = re.compile(r"[ \t\r\n]+")
_LONG = 140  # characters: a block this long is prose even if half of it are links
_LINKED = 0.6


def read(data: bytes, name: str) -> Document:
    """The document of a web page: main text only, one segment a block with its path."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    declared = _CHARSET.search(data[:4096])
    text = _DECLARATION.sub("", decode(data, name, declared[1].decode("ascii") if declared else ""))
    if "<!ENTITY" in text[:100_000]:
        raise entities(name, "<!ENTITY")
    parser = HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UserError("no-text", _("Trang không có chữ nào"), place=Place(file=name)) from error
    return assemble(name, "html", _blocks(_main(root)), data)


def _main(root: _Element) -> _Element:
    """The article of the page if it says which it is, else its body."""
    for path in (".//article", ".//main", ".//*[@role='main']", ".//*[@itemprop='articleBody']"):
        found = [element for element in root.iterfind(path) if len(str(element.xpath("string()")).strip()) > _LONG]
        if len(found) == 1:
            return found[0]
    body = root.find(".//body")
    return root if body is None else body


class _Gatherer:
    """Goes through the elements and gives a block whenever one begins or ends; knows how much of it are links."""

    def __init__(self, main: _Element) -> None:
        self.main = main
        self.tree = main.getroottree()
        self.open: list[_Element] = [main]
        self.parts: list[str] = []
        self.linked = self.inside_link = 0

    def start(self, element: _Element) -> Iterator[Block]:
        if element.tag in _BLOCKS:
            yield from self.flush()
            self.open.append(element)
        self.inside_link += element.tag == "a"
        self.add(" " if element.tag == "br" else element.text)

    def end(self, element: _Element) -> Iterator[Block]:
        if element.tag in _BLOCKS:
            yield from self.flush()
            self.open.pop()
        self.inside_link -= element.tag == "a"
        self.after(element)

    def after(self, element: _Element) -> None:
        if element is not self.main:
            self.add(element.tail)

    def add(self, text: str | None) -> None:
        if text:
            self.parts.append(text)
            if self.inside_link:
                self.linked += len(text.strip())

    def flush(self) -> Iterator[Block]:
        text = _SPACE.sub(" ", "".join(self.parts)).strip()
        linked, self.parts, self.linked = self.linked, [], 0
        if not text:
            return
        owner = self.open[-1]
        role = "heading" if owner.tag in _HEADINGS else "cell" if owner.tag in _CELLS else "body"
        if role == "body" and len(text) < _LONG and linked > _LINKED * len(text):
            role = "furniture"
        yield Block(text, str(self.tree.getpath(owner)).lstrip("/"), role)


def _blocks(main: _Element) -> Iterator[Block]:
    from lxml import etree

    gathered = _Gatherer(main)
    skipping: _Element | None = None
    for event, element in etree.iterwalk(main, events=("start", "end")):
        if skipping is None and event == "start" and element.tag in _DROPPED:
            skipping = element
        elif skipping is None:
            yield from (gathered.start if event == "start" else gathered.end)(element)
        elif event == "end" and element is skipping:
            skipping = None
            gathered.after(element)
    yield from gathered.flush()
