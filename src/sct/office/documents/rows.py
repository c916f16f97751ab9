"""Between rows and the values of the kit: documents and statements, exact, both ways."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from sct.catalogue.proposal import Proposal as ReadProposal
from sct.catalogue.statement import Document as ReadDocument
from sct.catalogue.statement import Segment
from sct.catalogue.statement import Statement as ReadStatement
from sct.catalogue.table import Cell, Table
from sct.office.documents.models import Document, Proposal, Statement
from sct.office.ledger.figures import exact, printed
from sct.vietnamese.quantities import Quantity, Unit

_OF_TABLE = (
    "place",
    "rows",
    "columns",
    "head_rows",
    "label_columns",
    "unit_rows",
    "note_rows",
    "title",
    "unit",
    "notes",
)
_OF_CELL = ("row", "column", "start", "end", "place", "rows", "columns")
# Fields of a statement that are the same in the row and in the kit.
_SAME = ("quote", "start", "end", "subject", "measure", "unit", "comparator", "status", "place")
_EMPTY_IS_NONE = ("period", "baseline", "area")
_MATCH = ("indicator", "breakdown", "area_key", "unmatched")


def document_of(row: Document) -> ReadDocument:
    """The document as the reader gave it; its name in findings is what people call it."""
    segments = tuple(Segment(*fields) for fields in row.segments)
    tables = tables_of(row.tables or [])
    return ReadDocument(str(row), row.kind, row.text, segments, row.published or None, row.sha256, tables)


def tables_as_json(tables: Iterable[Table]) -> list[dict[str, Any]]:
    """Tables as the row of a document keeps them."""
    return [
        {
            **{name: getattr(table, name) for name in _OF_TABLE},
            "cells": [[getattr(cell, name) for name in _OF_CELL] for cell in table.cells],
        }
        for table in tables
    ]


def tables_of(kept: Iterable[Mapping[str, Any]]) -> tuple[Table, ...]:
    """Tables from what the row of a document keeps."""
    made = []
    for one in kept:
        fields = {name: one[name] for name in _OF_TABLE}
        fields |= {name: tuple(one[name]) for name in ("unit_rows", "note_rows", "title", "unit")}
        fields["notes"] = tuple((start, end) for start, end in one["notes"])
        cells = tuple(Cell(**dict(zip(_OF_CELL, values, strict=True))) for values in one["cells"])
        made.append(Table(cells=cells, **fields))
    return tuple(made)


def statement_row(document: Document, position: int, statement: ReadStatement) -> Statement:
    """The row that keeps a statement."""
    quantity, unit = statement.quantity, statement.quantity.unit
    return Statement(
        document=document,
        position=position,
        sentence_start=statement.sentence[0],
        sentence_end=statement.sentence[1],
        value=_text(statement.value),
        low=_text(statement.low),
        high=_text(statement.high),
        number=printed(quantity.number, quantity.decimals),
        decimals=quantity.decimals,
        printed_unit={
            "code": unit.code,
            "dimension": unit.dimension,
            "factor": exact(unit.factor),
            "name": unit.name,
            "name_en": unit.name_en,
            "counted": unit.counted,
        },
        rules=list(statement.rules),
        **{name: getattr(statement, name) for name in (*_SAME, *_MATCH)},
        **{name: getattr(statement, name) or "" for name in _EMPTY_IS_NONE},
    )


def proposal_row(document: Document, position: int, proposal: ReadProposal) -> Proposal:
    """The row that keeps a proposal."""
    return Proposal(
        document=document,
        position=position,
        due=proposal.due or "",
        sender=proposal.sender[:300],
        recipient=proposal.recipient[:300],
        spans={
            "cue": proposal.cue,
            "sender": proposal.sender_span,
            "recipient": proposal.recipient_span,
            "due": proposal.due_span,
            "sentence": proposal.sentence,
            "figures": proposal.figures,
        },
        rules=list(proposal.rules),
        **{name: getattr(proposal, name) for name in ("kind", "text", "start", "end", "place")},
    )


def statement_of(row: Statement, mended: Mapping[str, Any] | None = None) -> ReadStatement:
    """The statement of a row, with the fields that people mended."""
    fields: dict[str, Any] = {name: getattr(row, name) for name in (*_SAME, *_MATCH)}
    fields.update({name: getattr(row, name) or None for name in _EMPTY_IS_NONE})
    fields.update(mended or {})
    unit = {**row.printed_unit, "factor": Fraction(row.printed_unit["factor"])}
    return ReadStatement(
        value=_number(row.value),
        low=_number(row.low),
        high=_number(row.high),
        quantity=Quantity(Fraction(row.number), Unit(**unit), row.decimals),
        sentence=(row.sentence_start, row.sentence_end),
        rules=tuple(row.rules),
        **fields,
    )


def _text(number: Fraction | None) -> str:
    return "" if number is None else exact(number)


def _number(text: str) -> Fraction | None:
    return Fraction(text) if text else None
