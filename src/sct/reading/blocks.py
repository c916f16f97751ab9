"""Putting blocks of text together into a document: one text, one segment a block, exact offsets."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from sct.catalogue.statement import Document, Segment
from sct.reading.furniture import roles


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, cell or note as a file kind's reader finds it; the role is decided later unless it is known."""

    text: str
    place: str
    role: str = "body"


def assemble(name: str, kind: str, blocks: Iterable[Block], data: bytes) -> Document:
    """A document of blocks, each on a line of its own; empty blocks vanish."""
    parts: list[str] = []
    found: list[Segment] = []
    at = 0
    for block in blocks:
        text = unicodedata.normalize("NFC", block.text).strip()
        if not text:
            continue
        found.append(Segment(at, at + len(text), block.place, block.role))
        parts.append(text)
        at += len(text) + 1
    return document(name, kind, "\n".join(parts), found, data)


def document(name: str, kind: str, text: str, segments: list[Segment], data: bytes) -> Document:
    """The document with the roles of its segments decided and the digest of the file."""
    return Document(name, kind, text, tuple(roles(text, segments)), sha256=sha256(data).hexdigest())
