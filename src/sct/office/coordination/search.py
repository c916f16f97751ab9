"""Search over indicators, documents and figures; "xuat khau 2020" finds figures of a year, "2,2%" a value."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sct.catalogue.model import Area, Figure, Indicator
from sct.office.coordination.derived import figures
from sct.office.coordination.listing import Row, rows
from sct.office.documents import queries as documents
from sct.office.documents.models import Document
from sct.office.ledger.queries import AsOf
from sct.office.people.queries import Someone
from sct.vietnamese.periods import Period
from sct.vietnamese.text import search_key
from sct.vietnamese.write import write_number

_YEAR = re.compile(r"(?:19|20)\d\d")
_VALUE = re.compile(r"\d[\d.,]*\d|\d")


@dataclass(frozen=True, slots=True)
class Found:
    indicators: tuple[Indicator, ...]
    documents: tuple[Document, ...]
    figures: tuple[Figure, ...]

    def __bool__(self) -> bool:
        return bool(self.indicators or self.documents or self.figures)


def search(person: Someone, area: Area, as_of: AsOf, query: str, limit: int = 8) -> Found:
    """Best matches of each kind. A year in the query asks for figures of that year, another number for that value."""
    years = set(_YEAR.findall(query))
    words = _YEAR.sub(" ", query).strip()
    listed = rows(person, area, Period.of_year(2200), as_of, query=words or query, empty=True)
    phrase = search_key(words or query)
    ranked = sorted(listed, key=lambda row: _rank(row, phrase))
    entries = tuple(row.entry for row in ranked[:limit])
    return Found(
        indicators=entries,
        documents=tuple(line.document for line in documents.documents(person, query=query, limit=limit)),
        figures=tuple(_figures(figures(person, area, as_of), query, years, entries)[:limit]),
    )


def _rank(row: Row, phrase: str) -> tuple[bool, bool, bool, bool, int]:
    """With figures first, then by name: begins so, holds the very words; wholes before parts; most figures first."""
    name = search_key(row.entry.name)
    return not row.count, phrase not in name, not name.startswith(phrase), row.part, -row.count


def _figures(known: list[Figure], query: str, years: set[str], entries: tuple[Indicator, ...]) -> list[Figure]:
    if years and entries:
        order = {entry.series: place for place, entry in reversed(list(enumerate(entries)))}
        mine = [f for f in known if str(f.period.year) in years and (f.series.indicator, f.series.breakdown) in order]
        return sorted(mine, key=lambda f: (order[f.series.indicator, f.series.breakdown], *f.period.sort_key))
    value = _VALUE.search(query)
    if value is None or years:
        return []
    return [f for f in known if write_number(abs(f.quantity.number), f.quantity.decimals) == value[0]]
