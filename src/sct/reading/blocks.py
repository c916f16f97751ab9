"""Putting blocks of text together into a document: one text, one segment a block, exact offsets, the way back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import sha256

from sct.catalogue.statement import Anchor, Document, Segment
from sct.catalogue.table import Cell, Table
from sct.reading.furniture import roles
from sct.reading.legacy import fits, is_modern, recognise
from sct.reading.tables import structured
from sct.reading.weaving import Strand, weave


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a block stands in a table's grid; `table` is the table's place, `head` whether the file calls it a head."""

    table: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    head: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, cell or note as a file kind's reader finds it; the role is decided later unless it is known."""

    strands: tuple[Strand, ...]
    place: str
    role: str = "body"
    level: int = 0
    mark: str = ""
    spot: Spot | None = None


def assemble(name: str, kind: str, blocks: Iterable[Block], data: bytes, *, fold: bool = False) -> Document:
    """A document of blocks, each on a line of its own; empty blocks vanish, empty cells stay in their table."""
    parts: list[str] = []
    segments: list[Segment] = []
    anchors: list[Anchor] = []
    cells: dict[str, list[tuple[Cell, bool]]] = {}
    at = 0
    for block in settled(list(blocks)):
        text, found = weave(block.strands, fold=fold)
        if block.spot is not None:
            spot = block.spot
            cell = Cell(spot.row, spot.column, at, at + len(text), block.place, spot.rows, spot.columns)
            cells.setdefault(spot.table, []).append((cell, spot.head))
        if not text:
            continue
        segments.append(Segment(at, at + len(text), block.place, block.role, block.level, block.mark))
        anchors += (replace(one, start=one.start + at, end=one.end + at) for one in found) if at else found
        parts.append(text)
        at += len(text) + 1
    text = "\n".join(parts)
    tables = tuple(structured(place, listed, text, segments) for place, listed in cells.items())
    return document(name, kind, text, segments, data, anchors=anchors, tables=tables)


def document(
    name: str,
    kind: str,
    text: str,
    segments: list[Segment],
    data: bytes,
    *,
    anchors: Iterable[Anchor] = (),
    tables: tuple[Table, ...] = (),
) -> Document:
    """The document with the roles of its segments decided and the digest of the file."""
    told = tuple(roles(text, segments))
    return Document(name, kind, text, told, sha256=sha256(data).hexdigest(), tables=tables, anchors=tuple(anchors))


def settled(blocks: list[Block]) -> list[Block]:
    """The blocks with their old encodings decided.

    A font says which encoding its characters are in, and is believed when the words bear it out; where no font says
    so, the words of the whole document decide.
    """
    by_font: dict[str, list[str]] = {}
    for block in blocks:
        for strand in block.strands:
            by_font.setdefault(strand.charset, []).append(strand.text)
    plain = " ".join(by_font.pop("", []))
    kept = {code for code, texts in by_font.items() if fits(" ".join(t for t in texts if not is_modern(t)), code)}
    known = recognise(plain)
    if not by_font and not known:
        return blocks

    def charset(strand: Strand) -> str:
        if is_modern(strand.text):
            return ""
        return strand.charset if strand.charset in kept else known if not strand.charset else ""

    return [replace(b, strands=tuple(replace(s, charset=charset(s)) for s in b.strands)) for b in blocks]
