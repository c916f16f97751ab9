"""A draft in the kind it came in, with figures replaced: text files and web pages, every other byte left as it is.

What is made is read again: only a file whose text is the draft's with the new words, and nothing else, is given away.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sct.catalogue.statement import Anchor, Document
from sct.errors import Place, UserError
from sct.reading import open_document
from sct.reading.decoding import decode
from sct.reading.legacy import charsets
from sct.reading.resolving import anchors_of
from sct.reading.weaving import clean
from sct.reporting.commented import Change
from sct.reporting.mending import plain_text
from sct.words import _

if TYPE_CHECKING:
    from lxml.etree import _Element

KINDS = ("txt", "html")
_ENCODINGS = ("utf-8", "utf-16", "cp1252", "latin-1")
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_TAG = re.compile(r"<!--.*?-->|<[!?][^>]*>|</?[A-Za-z](?:[^>\"']|\"[^\"]*\"|'[^']*')*>", re.S)
_TOKEN = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);?|.", re.S)


@dataclass(frozen=True, slots=True)
class _Cut:
    """Characters of the source (from, to) and what stands there instead."""

    start: int
    end: int
    words: str


def same_kind(data: bytes, document: Document, changes: Sequence[Change]) -> bytes:
    """The file with its changes, in its own encoding. Raises `UserError("not-in-place")` where it cannot be proved."""
    declared = _DECLARED.search(data[:4096]) if document.kind == "html" else None
    source = decode(data, document.name, declared[1].decode("ascii") if declared else "")
    encoding = _encoding(data, source, declared[1].decode("ascii") if declared else "")
    cuts = _in_page(source, data, document, changes) if document.kind == "html" else _in_text(source, document, changes)
    if cuts is None or not encoding:
        raise _not_in_place(document.name)
    for cut in sorted(cuts, key=lambda one: one.start, reverse=True):
        source = source[: cut.start] + cut.words + source[cut.end :]
    made = source.encode(encoding, "xmlcharrefreplace" if document.kind == "html" else "replace")
    if open_document(made, document.name).text != plain_text(document, changes):
        raise _not_in_place(document.name)
    return made


def _not_in_place(name: str) -> UserError:
    return UserError(
        "not-in-place",
        _("Không sửa được ngay trong tệp này mà giữ nguyên phần còn lại"),
        way_out=_("Lấy bản Word đã sửa"),
        place=Place(file=name),
    )


def _encoding(data: bytes, source: str, declared: str) -> str:
    """The encoding that gives the very bytes back, "" where none does."""
    for name in (declared, *_ENCODINGS):
        try:
            if name and source.encode(name) == data:
                return name
        except (LookupError, UnicodeError):
            continue
    return ""


# -- text files -----------------------------------------------------------------------------------------------------


def _in_text(source: str, document: Document, changes: Sequence[Change]) -> list[_Cut] | None:
    """The cuts in a text file, whose anchors count its characters."""
    cuts = []
    for change in changes:
        found = anchors_of(document, change.start, change.end)
        if not found:
            return None
        first = True
        for anchor in found:
            span = _within(source, document, anchor, change)
            if span is None:
                return None
            cuts.append(_Cut(*span, _typed(change.words, anchor.charset) if first else ""))
            first = False
    return cuts


def _within(source: str, document: Document, anchor: Anchor, change: Change) -> tuple[int, int] | None:
    """The characters of the source that a change covers within an anchor."""
    start, end = max(anchor.start, change.start), min(anchor.end, change.end)
    at, until = anchor.at, anchor.until
    if until - at == anchor.end - anchor.start:
        return at + start - anchor.start, at + end - anchor.start
    before, told = document.text[anchor.start : start], document.text[start:end]
    fold = document.kind == "html"
    for first in range(at, until):
        if clean(source[at:first], anchor.charset, fold=fold) == before:
            for last in range(first + 1, until + 1):
                if clean(source[first:last], anchor.charset, fold=fold) == told and _ends(source, last, until, anchor):
                    return first, last
    return None


def _ends(source: str, last: int, until: int, anchor: Anchor) -> bool:
    """Whether a letter ends there: no mark that belongs to it follows."""
    whole = clean(source[last - 1 : last + 1], anchor.charset) if last < until else ""
    return last == until or len(whole) > 1


def _typed(words: str, charset: str) -> str:
    """Words as an old encoding types them."""
    if not charset:
        return words
    back: Mapping[str, str] = {meant: typed for typed, meant in charsets()[charset].table.items()}
    return "".join(back.get(letter, letter) for letter in words)


# -- web pages ------------------------------------------------------------------------------------------------------


def _in_page(source: str, data: bytes, document: Document, changes: Sequence[Change]) -> list[_Cut] | None:
    """The cuts in the source of a page: each anchor's node of text is found between two tags."""
    from sct.reading.html import parsed

    root = parsed(data, document.name)
    tree = root.getroottree()
    nodes = [(f"{tree.getpath(owner).lstrip('/')}#{child}", text) for owner, child, text in _nodes(root)]
    texts = dict(nodes)
    regions = [(start, part, html.unescape(part)) for start, part in _regions(source)]
    cuts = []
    for change in changes:
        words = html.escape(change.words, quote=False)
        found = anchors_of(document, change.start, change.end)
        if not found:
            return None
        for anchor in found:
            text = texts.get(anchor.place)
            alike = [place for place, told in nodes if told == text]
            places = [(start, part) for start, part, told in regions if told == text]
            if text is None or len(alike) != len(places):
                return None
            span = _within(text, document, anchor, change)
            if span is None:
                return None
            start, part = places[alike.index(anchor.place)]
            ends = _offsets(part)
            cuts.append(_Cut(start + ends[span[0]], start + ends[span[1]], words))
            words = ""
    return cuts


def _nodes(root: _Element) -> Iterator[tuple[_Element, int, str]]:
    """The texts of a tree as anchors count them: the owner, after which of its children, the characters."""
    for element in root.iter():
        if element.text:
            yield element, 0, element.text
        for child, after in enumerate(element, 1):
            if after.tail:
                yield element, child, after.tail


def _regions(source: str) -> Iterator[tuple[int, str]]:
    """The characters between tags."""
    at = 0
    for tag in _TAG.finditer(source):
        if tag.start() > at:
            yield at, source[at : tag.start()]
        at = tag.end()
    if at < len(source):
        yield at, source[at:]


def _offsets(part: str) -> list[int]:
    """Where each character of the unescaped text begins in the source, and where the last one ends."""
    found = []
    for token in _TOKEN.finditer(part):
        found += [token.start()] * len(html.unescape(token[0]))
    return [*found, len(part)]
