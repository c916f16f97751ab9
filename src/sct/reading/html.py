"""Web pages: the main text, without menus, scripts, related links and comments; tables of data as tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sct.catalogue.statement import Document
from sct.errors import Place, UserError
from sct.reading.blocks import Block, assemble
from sct.reading.decoding import decode
from sct.reading.html_tables import Grid, data_tables
from sct.reading.legacy import of_font
from sct.reading.package import entities
from sct.reading.weaving import Strand
from sct.words import _

if TYPE_CHECKING:
    from lxml.etree import _Element

_DROPPED = frozenset(
    ("script", "style", "noscript", "template", "iframe", "svg", "nav", "aside", "footer", "form", "button", "select")
) | frozenset(("object", "audio", "video", "math", "canvas", "head", "textarea", "dialog"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_CELLS = frozenset(("td", "th"))
_BLOCKS = (
    frozenset(("p", "div", "li", "ul", "ol", "dl", "dt", "dd", "tr", "table", "tbody", "thead", "section", "article"))
    | frozenset(("main", "header", "blockquote", "figcaption", "figure", "pre", "address", "caption", "body", "html"))
    | frozenset(("tfoot", "hr", "details", "summary", "center"))
    | _HEADINGS
    | _CELLS
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_DECLARATION = re.compile(r"^\ufeff?\s*<\?xml[^>]*\?>")
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav(?:bar)?|menu|breadcrumbs?|sidebar|footer|related|share|social|banner|cookie|comments?|tags?|ads?)(?:$|[\s_-])",
    re.I,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_LONG = 140  # characters: a block this long is prose even if half of it are links
_LINKED = 0.6
_GAP = Strand(" ")


def read(data: bytes, name: str) -> Document:
    """The document of a web page: main text only, one segment a block with its path."""
    return assemble(name, "html", _blocks(_main(parsed(data, name))), data, fold=True)


def parsed(data: bytes, name: str) -> _Element:
    """The root of a page, read without network; comments are left out."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    declared = _CHARSET.search(data[:4096])
    text = _DECLARATION.sub("", decode(data, name, declared[1].decode("ascii") if declared else ""))
    if "<!ENTITY" in text[:100_000]:
        raise entities(name, "<!ENTITY")
    parser = HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root: _Element = document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UserError("no-text", _("Trang không có chữ nào"), place=Place(file=name)) from error
    return root


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
        self.tables = data_tables(main)
        self.grids: dict[_Element, Grid] = {}
        self.open: list[_Element] = [main]
        self.strands: list[Strand] = []
        self.fonts: list[str] = []
        self.linked = self.inside_link = 0
        self.cell: _Element | None = None

    def start(self, element: _Element) -> Iterator[Block]:
        tag = element.tag
        if tag in _BLOCKS:
            yield from self.gap()
            if self.cell is None and tag in _CELLS and self._grid(element) is not None:
                self.cell = element
            self.open.append(element)
        if tag == "font":
            self.fonts.append(of_font(str(element.get("face") or "")))
        self.inside_link += tag == "a"
        if tag == "br":
            self.strands.append(_GAP)
        else:
            self.add(element.text, element, 0)

    def end(self, element: _Element) -> Iterator[Block]:
        tag = element.tag
        if tag in _BLOCKS:
            if element is self.cell:
                yield from self.flush()
                self.cell = None
            else:
                yield from self.gap()
            self.open.pop()
        if tag == "font":
            self.fonts.pop()
        self.inside_link -= tag == "a"
        self.after(element)

    def after(self, element: _Element) -> None:
        parent = element.getparent()
        if element is not self.main and parent is not None and element.tail:
            self.add(element.tail, parent, parent.index(element) + 1)

    def add(self, text: str | None, element: _Element, child: int) -> None:
        """Characters of an element: before its first child (0), or after a child, counted from 1."""
        if text:
            blank = not text.strip()
            place = "" if blank else f"{str(self.tree.getpath(element)).lstrip('/')}#{child}"
            charset = next((font for font in reversed(self.fonts) if font), "")
            self.strands.append(Strand(text, place, charset=charset))
            if self.inside_link:
                self.linked += len(text.strip())

    def gap(self) -> Iterator[Block]:
        """The end of a block: within a cell a blank, elsewhere the block itself."""
        if self.cell is not None:
            self.strands.append(_GAP)
        else:
            yield from self.flush()

    def flush(self) -> Iterator[Block]:
        strands, self.strands = tuple(self.strands), []
        linked, self.linked = self.linked, 0
        if self.cell is not None:
            grid = self._grid(self.cell)
            assert grid is not None
            yield Block(strands, self._path(self.cell), "cell", spot=grid.spot(self.cell, self._path(grid.table)))
            return
        length = len(" ".join("".join(strand.text for strand in strands).split()))
        if not length:
            return
        owner = self.open[-1]
        role, level, mark = _look(owner)
        if role in {"body", "item"} and length < _LONG and linked > _LINKED * length:
            role = "furniture"
        yield Block(strands, self._path(owner), role, level, mark)

    def _grid(self, cell: _Element) -> Grid | None:
        table = next(cell.iterancestors("table"), None)
        if table is None or table not in self.tables:
            return None
        if table not in self.grids:
            self.grids[table] = Grid(table)
        return self.grids[table] if cell in self.grids[table].spots else None

    def _path(self, element: _Element) -> str:
        return str(self.tree.getpath(element)).lstrip("/")


def _look(owner: _Element) -> tuple[str, int, str]:
    """Role, level and printed mark of a block that an element owns."""
    tag = str(owner.tag)
    if tag in _HEADINGS:
        return "heading", int(tag[1]), ""
    if tag in _CELLS:
        return "cell", 0, ""
    item = owner if tag == "li" else next(owner.iterancestors("li"), None) if tag == "p" else None
    if item is None:
        return "body", 0, ""
    depth = sum(1 for _list in item.iterancestors("ul", "ol"))
    above = item.getparent()
    numbered = above is not None and above.tag == "ol"
    place = 1 + sum(1 for _before in item.itersiblings("li", preceding=True)) if numbered else 0
    return "item", max(depth, 1), f"{place}." if numbered else "•"


def _is_dropped(element: _Element) -> bool:
    if element.tag in _DROPPED:
        return True
    if element.get("hidden") is not None or _HIDDEN.search(str(element.get("style") or "")):
        return True
    if element.get("role") in {"navigation", "banner", "contentinfo", "search", "dialog"}:
        return True
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    return (
        len(named) > 1 and element.tag in {"div", "ul", "section", "ol", "p"} and _FURNITURE.search(named) is not None
    )


def _blocks(main: _Element) -> Iterator[Block]:
    from lxml import etree

    gathered = _Gatherer(main)
    skipping: _Element | None = None
    for event, element in etree.iterwalk(main, events=("start", "end")):
        if skipping is None and event == "start" and element is not main and _is_dropped(element):
            skipping = element
        elif skipping is None:
            yield from (gathered.start if event == "start" else gathered.end)(element)
        elif event == "end" and element is skipping:
            skipping = None
            gathered.after(element)
    yield from gathered.flush()
