"""Sentences of a paragraph, with offsets. A dot ends one only where the next word could begin another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sct.reading.lexicon import lexicon

_STOP = re.compile(r"(?:\.{1,}|[!?…]+)[\"”’»)\]]*(?=\s+[\"“‘«(\[]?[^\W\d_]|\s+[-+•*]|\s+\d|\s*$)|\n+")
_WORD = re.compile(r"[^\W\d_]+$")


def sentences(text: str, low: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The spans of the sentences in `text[start:end]`, blanks left out at both ends."""
    at = start
    for stop in _STOP.finditer(text, start, end):
        if stop[0].startswith(".") and not _ends(text, low, at, stop.start(), stop.end()):
            continue
        yield from _trimmed(text, at, stop.end())
        at = stop.end()
    yield from _trimmed(text, at, end)


def _ends(text: str, low: str, begin: int, dot: int, after: int) -> bool:
    """Whether a dot ends a sentence: not after an abbreviation, and before a capital or a number."""
    rest = text[after : after + 3].lstrip().lstrip('"“‘«([')
    if rest and rest[0].isalpha() and not rest[0].isupper():
        return False
    before = _WORD.search(low[max(begin, dot - 8) : dot])
    if before is None:
        # "1. Sản xuất": the number of a heading, not an end
        return not text[begin:dot].strip().isdigit()
    word = before[0]
    return len(word) > 1 and word not in lexicon().words("abbreviation")


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
