"""From the raw characters of a file to a block's text, and the way back: strands are woven, anchors remember."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from sct.catalogue.statement import Anchor
from sct.reading.legacy import charsets

_FOLDED = re.compile(r"[ \t\r\n\f]+")
_SPOT = re.compile(".?[\u0300-\u036f]+", re.S)
_SPOT_OR_SPACE = re.compile("[ \t\r\n\f]+|[^ \t\r\n\f]?[\u0300-\u036f]+", re.S)


@dataclass(frozen=True, slots=True)
class Strand:
    """Raw characters and where they stand; `place` is "" for a blank that the reader puts between two paragraphs."""

    text: str
    place: str = ""
    at: int = 0
    charset: str = ""
    box: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the made text and the stretch of raw characters it came from."""

    text: str
    start: int
    end: int  # both in the raw text

    @property
    def plain(self) -> bool:
        return len(self.text) == self.end - self.start


def weave(strands: Sequence[Strand], *, fold: bool = False) -> tuple[str, list[Anchor]]:
    """The text of strands, NFC and stripped, and its anchors; `fold` makes one blank of any white space (html)."""
    raw = "".join(strand.text for strand in strands)
    pieces = list(_pieces(raw, strands, fold=fold))
    made = "".join(piece.text for piece in pieces)
    text = made.strip()
    lead = len(made) - len(made.lstrip())
    return text, list(_anchors(_cut(pieces, lead, lead + len(text)), strands))


def clean(text: str, charset: str = "", *, fold: bool = False) -> str:
    """Raw characters as they read: converted, NFC, white space folded where that is the way of the kind."""
    told = charsets()[charset].convert(text) if charset else text
    told = unicodedata.normalize("NFC", told)
    return _FOLDED.sub(" ", told) if fold else told


def _pieces(raw: str, strands: Sequence[Strand], *, fold: bool) -> Iterator[Piece]:
    at = 0
    for charset, group in groupby(strands, lambda strand: strand.charset):
        end = at + sum(len(strand.text) for strand in group)
        yield from _stretch(raw, at, end, charset, fold=fold)
        at = end


def _stretch(raw: str, start: int, end: int, charset: str, *, fold: bool) -> Iterator[Piece]:
    stretch = raw[start:end]
    wanted = clean(stretch, charset, fold=fold)
    one_to_one = charset and not fold and charsets()[charset].pair is None and len(wanted) == len(stretch)
    if wanted == stretch or one_to_one:
        yield Piece(wanted, start, end)
        return
    made = list(_spots(stretch, start, charset, fold=fold))
    if "".join(piece.text for piece in made) == wanted:
        yield from made
    else:  # rare scripts compose elsewhere: the stretch is one piece
        yield Piece(wanted, start, end)


def _spots(stretch: str, start: int, charset: str, *, fold: bool) -> Iterator[Piece]:
    pair = charsets()[charset].pair if charset else None
    spot = pair if pair is not None and not fold else _SPOT_OR_SPACE if fold else _SPOT
    at = 0
    for found in spot.finditer(stretch):
        if found.start() > at:
            yield Piece(clean(stretch[at : found.start()], charset), start + at, start + found.start())
        yield Piece(clean(found[0], charset, fold=fold), start + found.start(), start + found.end())
        at = found.end()
    if at < len(stretch):
        yield Piece(clean(stretch[at:], charset), start + at, start + len(stretch))


def _cut(pieces: Iterable[Piece], lead: int, end: int) -> Iterator[tuple[int, Piece]]:
    """The pieces between two places of the made text, each with where it then begins."""
    at = 0
    for piece in pieces:
        first, last = max(at, lead), min(at + len(piece.text), end)
        if first < last:
            if piece.plain:
                cut = replace(
                    piece,
                    text=piece.text[first - at : last - at],
                    start=piece.start + first - at,
                    end=piece.start + last - at,
                )
            else:
                cut = replace(piece, text=piece.text[first - at : last - at])
            yield first - lead, cut
        at += len(piece.text)


def _anchors(pieces: Iterable[tuple[int, Piece]], strands: Sequence[Strand]) -> Iterator[Anchor]:
    edges: list[tuple[int, int, Strand]] = []
    at = 0
    for strand in strands:
        edges.append((at, at + len(strand.text), strand))
        at += len(strand.text)
    k = 0
    for start, piece in pieces:
        while k < len(edges) - 1 and edges[k][1] <= piece.start:
            k += 1
        yield from _of_piece(start, piece, edges, k)


def _of_piece(start: int, piece: Piece, edges: list[tuple[int, int, Strand]], k: int) -> Iterator[Anchor]:
    """The anchors of one piece: one a strand that it takes from; what was joined over two strands belongs to both."""
    for first, last, strand in edges[k:]:
        if first >= piece.end:
            return
        a, b = max(first, piece.start), min(last, piece.end)
        if a >= b or not strand.place:
            continue
        if piece.plain:
            span = (start + a - piece.start, start + b - piece.start)
        else:
            span = (start, start + len(piece.text)) if a == piece.start else (start + len(piece.text),) * 2
        at = strand.at + a - first
        yield Anchor(*span, strand.place, at, at + b - a, strand.charset, strand.box)
