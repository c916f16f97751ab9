"""New words for a figure of a draft: the ledger's number in the draft's own unit and digits; drafts with such words."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from fractions import Fraction

from sct.catalogue.model import Figure
from sct.catalogue.statement import Anchor, Document, Statement
from sct.reporting.commented import Change, Remark, commented
from sct.vietnamese.write import write_number

_NUMBER = re.compile(r"\d[\d.,]*\d|\d")
_WORD = ("docx",)
_BY_WAY = ("doc", "odt", "rtf")


def with_figure(statement: Statement, figure: Figure) -> str:
    """The quote of a statement with the ledger's number in it, "" where that takes more than new digits.

    Unit and scale stay those of the draft; digits are the draft's, more only where the ledger's number needs none
    other (a count).
    """
    if statement.value is None or figure.quantity.unit.dimension != statement.quantity.unit.dimension:
        return ""
    value: Fraction = figure.quantity.number * figure.quantity.unit.factor
    if value * statement.value < 0 or figure.bound:
        return ""
    return with_value(statement, value)


def with_value(statement: Statement, value: Fraction) -> str:
    """The quote with another value (in base units) in place of its one number; "" where it has not just one."""
    found = list(_NUMBER.finditer(statement.quote))
    if len(found) != 1:
        return ""
    quantity = statement.quantity
    written = write_number(abs(value) / quantity.unit.factor, quantity.decimals)
    if written == found[0][0]:
        return ""
    return statement.quote[: found[0].start()] + written + statement.quote[found[0].end() :]


def word_file(
    data: bytes,
    document: Document,
    remarks: Sequence[Remark],
    changes: Sequence[Change] = (),
    *,
    at: datetime,
    tracked: bool = True,
) -> bytes:
    """A draft as a Word file with comments and changes, whatever kind it came in.

    A .docx is the officer's own file; doc, odt and rtf are converted; of anything else the text is set anew.
    """
    from sct.reading import libreoffice

    if document.kind in _WORD:
        own = data
    elif document.kind in _BY_WAY:
        own = libreoffice.converted(data, document.name)
    else:
        own = set_anew(document)
        document = _read_again(own, document)
    return commented(own, document, remarks, changes, at=at, tracked=tracked)


def plain_text(document: Document, changes: Sequence[Change]) -> str:
    """The text of a draft with its changes."""
    text = document.text
    for change in sorted(changes, key=lambda one: one.start, reverse=True):
        text = text[: change.start] + change.words + text[change.end :]
    return text


def set_anew(document: Document) -> bytes:
    """The words of a document as a plain Word file: headings, paragraphs, items, tables; same text, same offsets."""
    import docx

    made = docx.Document()
    tables = {cell.place: table for table in document.tables for cell in table.cells}
    done: set[str] = set()
    for segment in document.segments:
        words = document.text[segment.start : segment.end]
        table = tables.get(segment.place) if segment.role == "cell" else None
        if table is None:
            style = f"Heading {min(max(segment.level, 1), 4)}" if segment.role == "heading" else None
            made.add_paragraph(words, style=style)
            continue
        if table.place in done:
            continue
        done.add(table.place)
        grid = made.add_table(table.rows, table.columns, style="Table Grid")
        for cell in table.cells:
            place = grid.cell(cell.row, cell.column)
            last = (
                min(cell.row + cell.rows, table.rows) - 1,
                min(cell.column + cell.columns, table.columns) - 1,
            )
            if last != (cell.row, cell.column):
                place = place.merge(grid.cell(*last))
            place.text = document.text[cell.start : cell.end]
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def _read_again(own: bytes, document: Document) -> Document:
    """The anchors of the file set anew, for the offsets of the draft's text."""
    from sct.reading import docx

    made = docx.read(own, document.name)
    if made.text == document.text:
        return made
    return replace(made, anchors=_aligned(made, document))


def _aligned(made: Document, document: Document) -> tuple[Anchor, ...]:
    """Anchors moved to the draft's offsets, block by block, where white space was set otherwise."""
    anchors = []
    at = 0
    for segment in made.segments:
        words = made.text[segment.start : segment.end]
        found = document.text.find(words, at)
        if found < 0:
            continue
        at = found + len(words)
        move = found - segment.start
        anchors += [
            replace(a, start=a.start + move, end=a.end + move)
            for a in made.anchors
            if segment.start <= a.start and a.end <= segment.end
        ]
    return tuple(anchors)
