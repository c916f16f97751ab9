"""Search without diacritics as you type: FTS5 on SQLite, a GIN index of words on PostgreSQL (migration 0003).

What people type is cut into words of letters and digits before it comes near a query language.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

from sct.office.registers.models import Span
from sct.vietnamese.text import search_key

_MOST_WORDS = 8
_BEGINNING = 60  # letters of the words that the index of beginnings holds
# The SQL is constant; what is typed goes in as a parameter.
_ENTRIES = {
    "sqlite": "SELECT s.entry_id FROM registers_words w JOIN registers_span s ON s.id = w.rowid"
    " WHERE registers_words MATCH %s",
    "postgresql": "SELECT entry_id FROM registers_span WHERE open"
    " AND to_tsvector('simple', search) @@ to_tsquery('simple', %s)",
}
_SPANS = {
    "sqlite": "SELECT rowid FROM registers_words WHERE registers_words MATCH %s LIMIT {limit}",
    "postgresql": "SELECT id FROM registers_span WHERE open"
    " AND to_tsvector('simple', search) @@ to_tsquery('simple', %s) LIMIT {limit}",
}
_BEGINS = {
    "sqlite": _SPANS["sqlite"],
    "postgresql": "SELECT id FROM registers_span WHERE open AND left(search, 60) LIKE %s LIMIT {limit}",
}


def split(words: str) -> list[str]:
    """The words of a text without diacritics, letters and digits alone."""
    return "".join(c if c.isalnum() else " " for c in search_key(words)).split()[:_MOST_WORDS]


def with_words(words: str) -> RawSQL:
    """A subquery of the entries that hold all words or their beginnings."""
    return RawSQL(_ENTRIES[connection.vendor], [_all_of(split(words))])  # noqa: S611


def candidates(words: str, kinds: list[str], limit: int, allowed: Q | None) -> Iterator[list[int]]:
    """Numbers of open spans: first those whose words begin so, then those that hold the words anywhere.

    With a narrow permission the allowed rows are few, so they are asked first; else the index stops at `limit`.
    """
    wanted = split(words)
    rows = Span.objects.filter(open=True, register__in=kinds)
    narrow = allowed is not None and "area__in" in str(allowed)
    if narrow and allowed is not None:
        yield list(rows.filter(allowed, entry__in=with_words(words)).values_list("pk", flat=True)[:limit])
        return
    for sql, given in ((_BEGINS, _beginning(wanted)), (_SPANS, _all_of(wanted))):
        with connection.cursor() as cursor:
            cursor.execute(sql[connection.vendor].format(limit=limit), [given])
            numbers = [int(row[0]) for row in cursor.fetchall()]
        found = rows.filter(pk__in=numbers)
        yield list((found.filter(allowed) if allowed is not None else found).values_list("pk", flat=True))


def _all_of(words: list[str]) -> str:
    if connection.vendor == "postgresql":
        return " & ".join(f"{word}:*" for word in words)
    return "search : (" + " AND ".join(f'"{word}"*' for word in words) + ")"


def _beginning(words: list[str]) -> str:
    if connection.vendor == "postgresql":
        return " ".join(words)[:_BEGINNING] + "%"
    return f'search : ^ "{" ".join(words)}" *'
