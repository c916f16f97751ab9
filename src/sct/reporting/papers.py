"""Files as proofing takes them: documents with the cells of their tables, and workbooks."""

from __future__ import annotations

from collections.abc import Sequence

from sct.catalogue import load
from sct.catalogue.statement import Document, Statement
from sct.proofing.cells import take


def with_tables(document: Document, statements: Sequence[Statement]) -> list[Statement]:
    """A document's statements with those of its tables: a table's cell is read by its heads, not by its words alone."""
    from sct.reading.workbooks import read_tables

    if not document.tables:
        return list(statements)
    found = read_tables(document)
    cells = take(found.cells, found.spans, load()).statements
    taken = {(cell.start, cell.end) for cell in cells}
    starts = sorted(taken)
    own = [s for s in statements if not _inside(s, starts)]
    return [*own, *cells]


def _inside(statement: Statement, spans: Sequence[tuple[int, int]]) -> bool:
    from bisect import bisect_right

    at = bisect_right(spans, (statement.start, len(spans) + statement.end + 1)) - 1
    return at >= 0 and spans[at][0] <= statement.start and statement.end <= spans[at][1]
