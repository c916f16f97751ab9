"""The working copy of a document: one spelling, lower case beside it, and the way back to the file's own characters."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sct.catalogue.statement import Document, Segment
from sct.reading.lexicon import hold, lexicon
from sct.reading.sentences import sentences
from sct.vietnamese.text import Normalised, lower, normalise


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that steers the reading, and its meaning (`estimate`, `plan`, `versus` …)."""

    start: int
    end: int
    meaning: str


class Page:
    """`text` and `low` have the same length; offsets of the reader are offsets in them."""

    def __init__(self, document: Document) -> None:
        hold()
        self.document = document
        self._normalised: Normalised = normalise(document.text)
        self.text = self._normalised.text.translate(_DASHES)
        self.low = lower(self.text)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A span of the document's own text."""
        return self._normalised.span_to_raw(start, end)

    @cached_property
    def paragraphs(self) -> list[tuple[Segment, int, int]]:
        """The segments that are read, with their spans in the working copy."""
        plain = self._normalised.text == self.document.text or len(self._normalised.starts) == 1
        found = [s for s in self.document.segments if s.role != "furniture"]
        if plain:
            return [(s, s.start, s.end) for s in found]
        back = {self._normalised.to_raw(i): i for i in range(len(self.text) + 1)}
        edges = sorted(back)
        return [(s, back[_at_or_after(edges, s.start)], back[_at_or_after(edges, s.end)]) for s in found]

    def sentences(self, start: int, end: int) -> list[tuple[int, int]]:
        return list(sentences(self.text, self.low, start, end))

    @cached_property
    def tells_index(self) -> bool:
        """Whether the text names an index that is told in points."""
        return lexicon().pattern("index_name").search(self.low) is not None

    @cached_property
    def cues(self) -> list[Cue]:
        """Every cue of the text, in order."""
        words = lexicon()
        return [Cue(m.start(), m.end(), words.meaning[m[0]]) for m in words.cue.finditer(self.low)]


_DASHES = {ord(c): "-" for c in "‐‑‒–—−"}


def _at_or_after(edges: list[int], offset: int) -> int:
    from bisect import bisect_left

    return edges[min(bisect_left(edges, offset), len(edges) - 1)]
