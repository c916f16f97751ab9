"""Search over every room; "xuat khau 2020" finds figures of a year, "2,2%" a value."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from sct.catalogue import load
from sct.catalogue.model import Area, Figure, Indicator
from sct.catalogue.registers import load_registers
from sct.office.coordination import columns, listing
from sct.office.coordination.columns import Positions
from sct.office.documents import queries as documents
from sct.office.documents.models import Document
from sct.office.ledger import queries
from sct.office.ledger.queries import AsOf
from sct.office.matters import queries as matters
from sct.office.matters.models import Matter
from sct.office.people.queries import Someone
from sct.office.plans import queries as plans
from sct.office.plans.models import Plan
from sct.office.registers.queries import Line
from sct.office.registers.queries import found as found_entries
from sct.office.reviews import queries as reviews
from sct.office.reviews.models import Review
from sct.vietnamese.text import search_key

_YEAR = re.compile(r"(?:19|20)\d\d")
NONE: Positions = np.empty(0, np.intp)
_VALUE = re.compile(r"\d[\d.,]*\d|\d")


@dataclass(frozen=True, slots=True)
class Found:
    indicators: tuple[Indicator, ...]
    documents: tuple[Document, ...]
    figures: tuple[Figure, ...]
    entries: tuple[Line, ...] = ()
    matters: tuple[Matter, ...] = ()
    plans: tuple[Plan, ...] = ()
    reviews: tuple[Review, ...] = ()


def search(person: Someone, area: Area, as_of: AsOf, query: str, limit: int = 8) -> Found:
    """Best matches of each kind. A year in the query asks for figures of that year, another number for that value."""
    years = set(_YEAR.findall(query))
    words = _YEAR.sub(" ", query).strip()
    phrase = search_key(words or query)
    series = listing.present(person, area, as_of)
    counts = {entry.code: len(series.get(entry.series, ())) for entry in listing.entries(words or query)}
    ranked = sorted(counts, key=lambda code: _rank(load().indicator(code), counts[code], phrase))
    entries = tuple(load().indicator(code) for code in ranked[:limit])
    return Found(
        indicators=entries,
        documents=tuple(line.document for line in documents.documents(person, query=query, limit=limit)),
        figures=tuple(_figures(person, series, query, (years, entries), limit)),
        entries=tuple(found_entries(person, load_registers(), words, limit)),
        matters=tuple(matters.named(person, area.key, query, limit)),
        plans=tuple(plan for plan in plans.all_of(person, area.key) if _holds(plan.name, query))[:limit],
        reviews=tuple(review for review in reviews.reviews(person, area.key) if _holds(review.title, query))[:limit],
    )


def _holds(text: str, query: str) -> bool:
    """Whether a text has every word that is looked for, with or without diacritics."""
    key = search_key(text)
    return all(word in key for word in search_key(query).split())


def _rank(entry: Indicator, count: int, phrase: str) -> tuple[bool, bool, bool, bool, int]:
    """With figures first, then by name: begins so, holds the very words; wholes before parts; most figures first."""
    name = search_key(entry.name)
    return not count, phrase not in name, not name.startswith(phrase), entry.view, -count


def _figures(
    person: Someone,
    series: dict[listing.Series, Positions],
    query: str,
    named: tuple[set[str], tuple[Indicator, ...]],
    limit: int,
) -> list[Figure]:
    """Figures of a year and the best indicators, or with a value (as printed) anywhere in the area."""
    kept = columns.of(person)
    years, entries = named
    value = _VALUE.search(query)
    if years and entries:
        found = []
        for entry in entries:
            mine = series.get(entry.series, NONE)
            mine = mine[np.isin(kept["first"][mine] // 12, [int(year) for year in years])]
            found += mine[np.lexsort((-kept["last"][mine], kept["first"][mine]))].tolist()
    elif value is None or years or not series:
        found = []
    else:
        mine = np.sort(np.concatenate(list(series.values())))
        digits, decimals = _printed(value[0])
        fit = (np.abs(kept["mantissa"][mine]) == digits) & (kept["decimals"][mine] == decimals)
        found = mine[fit].tolist()
    return queries.figures(person, [int(kept["id"][place]) for place in found[:limit]])


def _printed(text: str) -> tuple[int, int]:
    """The digits of a written number, and how many of them are decimals: 3.060,7 → 30607 and 1."""
    whole, _comma, part = text.replace(".", "").partition(",")
    digits = (whole + part)[:18]
    return int(digits) if digits.isdigit() else -1, len(part)
