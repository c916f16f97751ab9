"""Plain text: one segment a line, offsets are those of the file's own characters."""

from __future__ import annotations

import re

from sct.catalogue.statement import Anchor, Document, Segment
from sct.reading.blocks import document
from sct.reading.decoding import decode
from sct.reading.legacy import recognise
from sct.reading.weaving import Strand, weave

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_SPACE = " \t\u00a0\ufeff\u3000"


def read(data: bytes, name: str) -> Document:
    """The document of a text file. The text is kept as it stands, so a span can be cited in the file itself.

    Accents typed as separate marks are therefore not joined here; the reader joins them in its own working copy. Only
    a text in an old encoding (TCVN3, VNI) is converted, and its anchors count the characters of the file.
    """
    text = decode(data, name)
    charset = recognise(text)
    if charset:
        return _converted(data, name, text, charset)
    lines = list(_lines(text))
    segments = [Segment(start, end, place) for start, end, place in lines]
    anchors = (Anchor(start, end, place, start, end) for start, end, place in lines)
    return document(name, "txt", text, segments, data, anchors=anchors)


def _lines(text: str) -> list[tuple[int, int, str]]:
    """The lines with words: span and place."""
    lines = []
    line, at = 1, 0
    for found in _LINE.finditer(text):
        line += text.count("\n", at, found.start())
        at = found.start()
        block = found[0]
        start = found.start() + len(block) - len(block.lstrip(_SPACE))
        end = found.start() + len(block.rstrip(_SPACE))
        if start < end:
            lines.append((start, end, f"line {line}"))
    return lines


def _converted(data: bytes, name: str, raw: str, charset: str) -> Document:
    parts: list[str] = []
    segments: list[Segment] = []
    anchors: list[Anchor] = []
    at = 0
    for start, end, place in _lines(raw):
        text, found = weave([Strand(raw[start:end], place, start, charset)])
        segments.append(Segment(at, at + len(text), place))
        anchors += (Anchor(one.start + at, one.end + at, place, one.at, one.until, one.charset) for one in found)
        parts.append(text)
        at += len(text) + 1
    return document(name, "txt", "\n".join(parts), segments, data, anchors=anchors)
