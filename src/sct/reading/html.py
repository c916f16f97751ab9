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
    [
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "svg",
        "nav",
        "aside",
        "footer",
        "form",
        "button",
        "select",
        "head",
    ]
)
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "td",
        "th",
        "tr",
        "table",
        "tbody",
        "thead",
        "section",
        "article",
        "main",
        "header",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "figcaption",
        "figure",
        "pre",
        "address",
        "caption",
        "body",
        "html",
    ]
)
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
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
        found = [element for element in root.iterfind(path) if len("".join(element.itertext()).strip()) > _LONG]
        if len(found) == 1:
            return found[0]
    body = root.find(".//body")
    return root if body is None else body


class _Gatherer:
    """Text of the block being read, and how much of it is inside links."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.linked = 0
        self.inside_link = 0

    def add(self, text: str | None) -> None:
        if text:
            self.parts.append(text)
            if self.inside_link:
                self.linked += len(text.strip())

    def flush(self, path: str, tag: str) -> Iterator[Block]:
        text = _SPACE.sub(" ", "".join(self.parts)).strip()
        linked, self.parts, self.linked = self.linked, [], 0
        if not text:
            return
        role = "heading" if tag in _HEADINGS else "cell" if tag in {"td", "th"} else "body"
        if role == "body" and len(text) < _LONG and linked > _LINKED * len(text):
            role = "furniture"
        yield Block(text, path, role)


def _blocks(main: _Element) -> Iterator[Block]:
    from lxml import etree

    gathered = _Gatherer()
    tree = main.getroottree()
    blocks: list[_Element] = [main]
    skipping: _Element | None = None
    for event, element in etree.iterwalk(main, events=("start", "end")):
        tag = str(element.tag)
        if skipping is not None:
            if event == "end" and element is skipping:
                skipping = None
                gathered.add(element.tail if element is not main else None)
            continue
        if event == "start":
            if tag in _DROPPED:
                skipping = element
                continue
            if tag in _BLOCKS:
                yield from gathered.flush(_path(tree, blocks[-1]), str(blocks[-1].tag))
                blocks.append(element)
            gathered.inside_link += tag == "a"
            gathered.add(" " if tag == "br" else element.text)
            continue
        if tag in _BLOCKS:
            yield from gathered.flush(_path(tree, element), tag)
            blocks.pop()
        gathered.inside_link -= tag == "a"
        gathered.add(element.tail if element is not main else None)


def _path(tree: object, element: _Element) -> str:
    return str(tree.getpath(element)).lstrip("/")  # type: ignore[attr-defined]
