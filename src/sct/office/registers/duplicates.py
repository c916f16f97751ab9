"""Entries that may be one thing: a name without diacritics and common words, one area or places close together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt

from sct.catalogue import load
from sct.catalogue.histories import AREA, LATITUDE, LONGITUDE, NAME
from sct.catalogue.registers import Register
from sct.office.people.models import Person
from sct.office.registers.actions import Draft
from sct.office.registers.queries import visible
from sct.vietnamese.text import search_key

NEAR = 0.3  # km: closer than this, things of like names are asked about
APART = 3.0  # km: farther than this, things of one name are different things


@dataclass(frozen=True, slots=True)
class Likely:
    """What a row looks like: an entry (or, within the file, a row), and why."""

    entry: int  # 0: a row of the same file
    row: int
    name: str
    distance: float | None  # km


def likely(person: Person, kind: Register, rows: Sequence[tuple[int, Draft]]) -> dict[int, Likely]:
    """For each row that may be a duplicate, the first thing it may be the same as."""
    known: dict[str, list[tuple[int, int, str, Mapping[str, str]]]] = {}
    fields = ("entry_id", "name", "values")
    for entry, name, values in visible(person, kind.code).filter(open=True).values_list(*fields).iterator(2000):
        known.setdefault(bare(kind, name), []).append((entry, 0, name, values))
    found: dict[int, Likely] = {}
    for number, draft in rows:
        name = draft.values.get(NAME, "")
        key = bare(kind, name)
        for entry, row, other, values in known.get(key, ()):
            if _may_be_one(draft.values, values) and _same_marks(kind, draft.values, values):
                found[number] = Likely(entry, row, other, _distance(draft.values, values))
                break
        known.setdefault(key, []).append((0, number, name, draft.values))
    return found


def _same_marks(kind: Register, one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Required fields tell things apart too: one product of two years is two entries, two numbers two licences."""
    return all(one.get(f.code, "") == other.get(f.code, "") for f in kind.fields.values() if f.required)


def bare(kind: Register, name: str) -> str:
    """A name without diacritics, punctuation and the words all names share; its words in alphabetical order."""
    text = " " + "".join(c if c.isalnum() else " " for c in search_key(name)) + " "
    for words in _common(kind.code, kind.common_words):
        text = text.replace(f" {words} ", " ")
    return " ".join(sorted(text.split())) or search_key(name)


@lru_cache(maxsize=256)
def _common(_code: str, words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted((search_key(word) for word in words), key=len, reverse=True))


def _may_be_one(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    distance = _distance(one, other)
    if distance is not None:
        return distance <= (APART if _related(one.get(AREA, ""), other.get(AREA, "")) else NEAR)
    return _related(one.get(AREA, ""), other.get(AREA, ""))


def _related(one: str, other: str) -> bool:
    """The same area, or one within the other, or one that came of the other; not knowing either is no hindrance."""
    if not one or not other:
        return True
    return bool(_chain(one) & {other}) or bool(_chain(other) & {one}) or one in _heirs(other) or other in _heirs(one)


@lru_cache(maxsize=5000)
def _chain(key: str) -> frozenset[str]:
    """An area and what it lies in."""
    found, known = set(), load().areas
    area = known.get(key)
    while area is not None:
        found.add(area.key)
        area = known.get(area.parent)
    return frozenset(found)


@lru_cache(maxsize=5000)
def _heirs(key: str) -> frozenset[str]:
    area = load().areas.get(key)
    return frozenset((key, *(area.successors if area else ())))


def _distance(one: Mapping[str, str], other: Mapping[str, str]) -> float | None:
    """Kilometres between two points; None where one has none."""
    if not all(values.get(code) for values in (one, other) for code in (LATITUDE, LONGITUDE)):
        return None
    a, b = (radians(float(values[LATITUDE])) for values in (one, other))
    c, d = (radians(float(values[LONGITUDE])) for values in (one, other))
    inner = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin((d - c) / 2) ** 2
    return round(2 * 6371 * asin(sqrt(inner)), 3)


def contains(whole: str, part: str) -> bool:
    """Whether an area lies in another."""
    return whole in _chain(part)
