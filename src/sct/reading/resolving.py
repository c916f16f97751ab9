"""From a span of a document's text back to the characters of the file it was read from, and the proof of both.

`original` opens the file again and takes what stands at the anchors; it is what the tests of every kind hold the
readers to, and how a reviewer shows that a quote is the file's own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, cast

from sct.catalogue.statement import Anchor, Document, Statement
from sct.errors import Place, UserError
from sct.reading.weaving import clean
from sct.words import _

if TYPE_CHECKING:
    from lxml.etree import _Element

_SPACE = re.compile(r"\s+")
Lookup = Callable[[Anchor], str]


def anchors_of(document: Document, start: int, end: int) -> list[Anchor]:
    """The anchors of a span, cut to it where their characters run in step with the text."""
    starts = [anchor.start for anchor in document.anchors]
    found = []
    for anchor in document.anchors[max(0, bisect_right(starts, start) - 2) :]:
        if anchor.start > end:
            break
        joined = anchor.start == anchor.end and start < anchor.start <= end  # a mark joined to the letter before it
        if joined or (anchor.start < end and anchor.end > start):
            found.append(_cut(anchor, start, end))
    return found


def _cut(anchor: Anchor, start: int, end: int) -> Anchor:
    if anchor.until - anchor.at != anchor.end - anchor.start:
        return anchor
    first, last = max(anchor.start, start), min(anchor.end, end)
    return replace(
        anchor, start=first, end=last, at=anchor.at + first - anchor.start, until=anchor.at + last - anchor.start
    )


def original(data: bytes, document: Document, start: int, end: int) -> str:
    """The characters of the file at a span, as they read (NFC, old encodings converted)."""
    lookup = _LOOKUPS[document.kind](data, document.name)
    found = anchors_of(document, start, end)
    raw: list[tuple[str, str]] = []
    for anchor in found:
        if raw and raw[-1][1] == anchor.charset:
            raw[-1] = (raw[-1][0] + lookup(anchor), anchor.charset)
        else:
            raw.append((lookup(anchor), anchor.charset))
    return clean("".join(clean(text, charset) for text, charset in raw))


def same_words(one: str, other: str) -> bool:
    """Whether two quotes are the same but for white space, which a page breaks where it likes."""
    return _SPACE.sub("", clean(one)) == _SPACE.sub("", clean(other))


def check(document: Document, statements: Iterable[Statement] = ()) -> None:
    """Raise `UserError("bad-span")` unless spans are exact: in order, within the text, quotes as they stand."""
    size = len(document.text)
    spans = {
        "segments": [(one.start, one.end) for one in document.segments],
        "anchors": [(one.start, one.end) for one in document.anchors],
    }
    for name, listed in spans.items():
        ordered = all(a[1] <= b[0] for a, b in pairwise(listed))
        if not ordered or any(not 0 <= start <= end <= size for start, end in listed):
            raise _bad(document, name, 0, 0)
    for table in document.tables:
        for cell in table.cells:
            if not 0 <= cell.start <= cell.end <= size:
                raise _bad(document, cell.place, cell.start, cell.end)
    for statement in statements:
        if document.text[statement.start : statement.end] != statement.quote:
            raise _bad(document, statement.quote, statement.start, statement.end)


def _bad(document: Document, value: str, start: int, end: int) -> UserError:
    return UserError(
        "bad-span",
        _("Vị trí ghi lại không trùng với chữ trong văn bản"),
        value=value,
        way_out=_("Đưa văn bản vào lại"),
        place=Place(file=document.name, start=start, end=end),
    )


# -- one way back a kind ------------------------------------------------------------------------------------------


def _in_docx(data: bytes, name: str) -> Lookup:
    from sct.reading.docx_runs import RUN, run_text
    from sct.reading.package import Package

    package = Package(data, name)
    parts: dict[str, list[_Element]] = {}

    def lookup(anchor: Anchor) -> str:
        part, _mark, number = anchor.place.rpartition("#r")
        if part not in parts:
            parts[part] = list(package.xml(part).iter(RUN))
        return run_text(parts[part][int(number) - 1])[anchor.at : anchor.until]

    return lookup


def _in_html(data: bytes, name: str) -> Lookup:
    from sct.reading.html import parsed

    root = parsed(data, name)

    def lookup(anchor: Anchor) -> str:
        path, _mark, child = anchor.place.rpartition("#")
        element = cast("list[_Element]", root.getroottree().xpath("/" + path))[0]
        text = element.text if child == "0" else element[int(child) - 1].tail
        return str(text or "")[anchor.at : anchor.until]

    return lookup


def _in_txt(data: bytes, name: str) -> Lookup:
    from sct.reading.decoding import decode

    text = decode(data, name)
    return lambda anchor: text[anchor.at : anchor.until]


def _in_pdf(data: bytes, name: str) -> Lookup:
    from sct.reading.pdf import characters

    told = characters(data, name)
    return lambda anchor: told[int(anchor.place.removeprefix("page ")) - 1][anchor.at : anchor.until]


def _in_converted(data: bytes, name: str) -> Lookup:
    from sct.reading.libreoffice import converted

    return _in_docx(converted(data, name), name)


_LOOKUPS: dict[str, Callable[[bytes, str], Lookup]] = {
    "docx": _in_docx,
    "html": _in_html,
    "txt": _in_txt,
    "pdf": _in_pdf,
    "doc": _in_converted,
    "odt": _in_converted,
    "rtf": _in_converted,
}
