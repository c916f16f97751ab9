"""Plain text: one segment a line, offsets are those of the file's own characters."""

from __future__ import annotations

import re

from sct.catalogue.statement import Document, Segment
from sct.reading.blocks import document
from sct.reading.decoding import decode

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_SPACE = " \t\u00a0\ufeff\u3000"


def read(data: bytes, name: str) -> Document:
    """The document of a text file. The text is kept as it stands, so a span can be cited in the file itself.

    Accents typed as separate marks are therefore not joined here; the reader joins them in its own working copy.
    """
    text = decode(data, name)
    segments = []
    line, at = 1, 0
    for found in _LINE.finditer(text):
        line += text.count("\n", at, found.start())
        at = found.start()
        block = found[0]
        start = found.start() + len(block) - len(block.lstrip(_SPACE))
        end = found.start() + len(block.rstrip(_SPACE))
        if start < end:
            segments.append(Segment(start, end, f"line {line}"))
    return document(name, "txt", text, segments, data)
