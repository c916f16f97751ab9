"""Units, scales and counted nouns, from declarations/units.

A unit's code is stable (`nghin_ty_dong`, `pct`, `ha`): scale and unit joined. Counted nouns are an open list:
`noun_unit` makes one for a thing that nobody declared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from fractions import Fraction
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType

from sct import declared
from sct.errors import UserError
from sct.vietnamese.quantities import Unit
from sct.vietnamese.text import lower, nfc, old_tone, search_key
from sct.words import _

# What a denominator is called in a dimension: USD/tấn is of dimension USD/tonne (evaluation guide).
_PER_DIMENSION = {"tấn": "tonne", "kwh": "kWh", "đầu người": "người", "khách": "khách"}
TIME_DENOMINATORS = ("năm", "tháng", "quý", "tuần", "ngày", "ngày đêm", "đêm", "giờ", "vụ")


@dataclass(frozen=True, slots=True)
class Scale:
    """A multiplier said between number and unit: nghìn, triệu, nghìn tỷ."""

    code: str
    factor: Fraction
    name: str
    name_en: str = ""

    def __hash__(self) -> int:
        return hash(self.code)


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """What is declared: units and scales by code, and every spelling (lower case) of both."""

    units: Mapping[str, Unit]
    scales: Mapping[str, Scale]
    unit_words: Mapping[str, Unit]
    scale_words: Mapping[str, Scale]
    endings: Mapping[str, tuple[str, ...]]  # noun code → words that may follow
    designations: frozenset[str] = frozenset()  # codes of units whose numbers are labels (kV)
    places: Mapping[str, object] = field(default_factory=dict)


def lexicon() -> Lexicon:
    """The lexicon of the declarations in force."""
    return _load(declared.folders())


@cache
def _load(folders: tuple[Path, ...]) -> Lexicon:
    rows: dict[str, declared.Row] = {}
    for path in declared.files("units"):
        for row in declared.rows(path):
            rows[str(row["code"])] = row
    scales = {code: _scale(row) for code, row in rows.items() if row["kind"] == "scale"}
    plain = {code: _unit(row) for code, row in rows.items() if row["kind"] != "scale"}
    every = dict(plain)
    for code, base in plain.items():
        for scale in rows[code].get("scales", ()):
            made = _scaled(base, scales[str(scale)])
            every[made.code] = made
    return Lexicon(
        MappingProxyType(every),
        MappingProxyType(scales),
        MappingProxyType({word: plain[code] for word, code in _spellings(rows, plain).items()}),
        MappingProxyType({word: scales[code] for word, code in _spellings(rows, scales).items()}),
        MappingProxyType({c: _endings(rows[c]) for c in plain}),
        frozenset(c for c in plain if rows[c].get("designation")),
        MappingProxyType({c: rows[c].place for c in rows}),
    )


def _endings(row: declared.Row) -> tuple[str, ...]:
    return tuple(sorted(map(spelling, row.get("endings", ())), key=len, reverse=True))


def _scale(row: declared.Row) -> Scale:
    return Scale(str(row["code"]), Fraction(str(row["factor"])), nfc(str(row["name"])), str(row.get("name_en", "")))


def _unit(row: declared.Row) -> Unit:
    name = nfc(str(row["name"]))
    return Unit(
        code=str(row["code"]),
        dimension=nfc(str(row.get("dimension", name))),
        factor=Fraction(str(row.get("factor", "1"))),
        name=name,
        name_en=str(row.get("name_en", "")),
        counted=row["kind"] == "noun" or row["code"] == "count",
    )


def _spellings(rows: Mapping[str, declared.Row], codes: Iterable[str]) -> dict[str, str]:
    """Every spelling with its code; the first one declared wins."""
    found: dict[str, str] = {}
    for code in codes:
        for word in (rows[code]["name"], *rows[code].get("spellings", ())):
            if word:
                found.setdefault(spelling(str(word)), code)
    return found


def spelling(word: str) -> str:
    """A word as the tables keep it: composed, lower case, tones placed as in hòa."""
    return old_tone(lower(nfc(word)))


def units() -> Mapping[str, Unit]:
    """Every declared unit by code, scaled ones included."""
    return lexicon().units


def unit(code: str) -> Unit:
    """The unit of a code; any declared scale goes with any declared unit. Raises `UserError("unknown-unit")`."""
    known = lexicon()
    if code in known.units:
        return known.units[code]
    for scale in sorted(known.scales.values(), key=lambda s: -len(s.code)):
        base = known.units.get(code.removeprefix(scale.code + "_"))
        if code.startswith(scale.code + "_") and base is not None:
            return scaled(base, scale)
    near = get_close_matches(code, known.units, n=3)
    raise UserError(
        "unknown-unit",
        _("Không có đơn vị tính này"),
        value=code,
        expected=", ".join(near) or _("một mã trong declarations/units"),
    )


@lru_cache(maxsize=4096)
def scaled(unit: Unit, scale: Scale | None) -> Unit:
    """The unit in a scale: đồng in nghìn tỷ is nghin_ty_dong. A scaled count is rounded, so no longer exact."""
    return unit if scale is None else _scaled(unit, scale)


def _scaled(unit: Unit, scale: Scale) -> Unit:
    return Unit(
        code=f"{scale.code}_{unit.code}",
        dimension=unit.dimension,
        factor=unit.factor * scale.factor,
        name=f"{scale.name} {unit.name}".strip(),
        name_en=f"{scale.name_en} {unit.name_en}".strip(),
    )


@lru_cache(maxsize=4096)
def per_unit(unit: Unit, denominator: str) -> Unit:
    """The unit per something that is not time: USD, "tấn" → USD/tấn of dimension USD/tonne."""
    name = _PER_DIMENSION.get(denominator, denominator)
    return Unit(
        code=f"{unit.code}_per_{search_key(denominator).replace(' ', '_').replace('.', '')}",
        dimension=f"{unit.dimension}/{name}",
        factor=unit.factor,
        name=f"{unit.name}/{denominator}",
        name_en=f"{unit.name_en}/{name}",
    )


@lru_cache(maxsize=4096)
def is_count(unit: Unit) -> bool:
    """Whether the unit counts things, in a scale too ("70 nghìn lượt"); what is measured (tấn, lít, đồng) is not."""
    return unit.counted or ("/" not in unit.dimension and unit.dimension not in _measured(declared.folders()))


@cache
def _measured(_folders: tuple[Path, ...]) -> frozenset[str]:
    return frozenset(
        unit.dimension for unit in lexicon().units.values() if not unit.counted and "_" not in unit.code
    ) | {"times", "percent", "percentage_point"}


@lru_cache(maxsize=16384)
def noun_unit(noun: str) -> Unit:
    """The unit of a counted thing by its word; a declared noun gives the declared unit."""
    known = lexicon().unit_words.get(spelling(noun))
    if known is not None:
        return known
    word = spelling(noun)
    return Unit(code=search_key(word).replace(" ", "_"), dimension=word, name=word, counted=True)
