"""Forms (biểu mẫu) as declared: what units must report for a period, who sends it, by which day, and what is checked.

Only the words: filling, checking and due days stand in `sct.collecting`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Any

from sct import declared
from sct.catalogue.model import Stage
from sct.catalogue.registers import Kind, Register, register
from sct.declared import Row
from sct.vietnamese.periods import Period, Regime
from sct.vietnamese.quantities import Unit
from sct.words import language

STATE = "state"
YES_NO_WORDS = ("có", "không")
FREQUENCIES: Mapping[str, tuple[str, ...]] = {  # the codes of a year's periods, after the year
    "month": tuple(f"-{month:02d}" for month in range(1, 13)),
    "quarter": ("-Q1", "-Q2", "-Q3", "-Q4"),
    "half": ("-S1", "-S2"),
    "year": ("",),
    "half_and_year": ("-S1", ""),
}


@dataclass(frozen=True, slots=True)
class Field:
    """Ô của biểu: one thing to fill in. A number has a unit; a `sum` is computed from other fields, never typed.

    `indicator` and `breakdown` name the series under which the ledger keeps the figure; without them it stays in the
    submission.
    """

    code: str
    name: str
    name_en: str
    kind: str = "number"  # number | text | choice | date
    unit: Unit | None = None
    decimals: int = 0
    required: bool = False
    negative: bool = False
    indicator: str = ""
    breakdown: str = ""
    cumulative: bool = False
    stage: Stage = Stage.REPORTED
    sum: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    length: int = 500
    note: str = ""
    entry: str = ""  # of a table's column: what of the register's entry it tells, `name`, `state` or a field
    asked: bool = False  # told anew each period: opens empty, with what is known beside it

    @property
    def label(self) -> str:
        """The name in the language of the page."""
        return self.name_en if language() == "en" else self.name


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that the unit lists itself; the path of a cell is `clusters.0.area`.

    With a `register`, its entries are rows too, under the number of the entry: `clusters.e57.area`.
    """

    code: str
    rows: int
    columns: tuple[Field, ...]
    register: str = ""

    def path(self, row: int | str, column: Field) -> str:
        return f"{self.code}.{row}.{column.code}"

    def has_row(self, row: str) -> bool:
        if entry_of(row):
            return bool(self.register)
        return row.isdecimal() and str(int(row)) == row and int(row) < self.rows

    def column_of(self, entry: str) -> Field | None:
        """The column that tells something of the register's entry."""
        return next((one for one in self.columns if one.entry == entry), None)


def entry_of(row: str) -> int:
    """The number of the entry that a row stands for (`e57` → 57); 0 for a row that the unit added."""
    number = row[1:]
    return int(number) if row[:1] == "e" and number.isdecimal() and number[0] != "0" and len(number) < 16 else 0


@dataclass(frozen=True, slots=True)
class Section:
    """Mục: a heading with fields, or with one table."""

    name: str
    name_en: str
    fields: tuple[Field, ...] = ()
    table: Table | None = None
    note: str = ""

    @property
    def label(self) -> str:
        return self.name_en if language() == "en" else self.name


@dataclass(frozen=True, slots=True)
class Senders:
    """Who must send: the units of a level (with a trait), or named divisions."""

    level: str = ""
    trait: str = ""
    divisions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """The day a form is due, in the month `month` after the last month of its period; `shift` where it is a holiday."""

    day: int
    month: int = 0
    shift: str = "next"  # next | previous | none
    confirmed: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A check of a form; `kind` names its arithmetic in `sct.collecting.checking`."""

    kind: str  # parts | at_most | change | explain | rise
    field: str = ""
    than: str = ""
    whole: str = ""
    parts: tuple[str, ...] = ()
    complete: bool = True
    percent: float = 0.0
    text: str = ""
    severity: str = "error"  # error | warning
    note: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """Biểu mẫu. `levels` 2: the receiving division checks first (đã duyệt), then the planning division or a leader."""

    code: str
    number: str
    name: str
    name_en: str
    version: int
    frequency: str
    regime: Regime
    senders: tuple[Senders, ...]
    receiver: str
    due: Due
    missing: str
    instructions: str
    sections: tuple[Section, ...]
    rules: tuple[Rule, ...] = ()
    levels: int = 1
    dash: bool = True
    start: date = date.min
    end: date = date.max
    law: str = ""
    article: str = ""
    confidence: str = "sure"
    note: str = ""
    _fields: dict[str, Field] = field(default_factory=dict, hash=False, compare=False, repr=False)

    @property
    def label(self) -> str:
        return self.name_en if language() == "en" else self.name

    @property
    def fields(self) -> Mapping[str, Field]:
        """The single fields by code."""
        return self._fields

    @property
    def tables(self) -> Iterator[Table]:
        return (section.table for section in self.sections if section.table is not None)

    def table(self, code: str) -> Table | None:
        return next((table for table in self.tables if table.code == code), None)

    def at(self, path: str) -> Field | None:
        """The field at a path (`retail_goods`, `clusters.3.area`); None where the form has none there."""
        parts = path.split(".")
        if len(parts) == 1:
            return self._fields.get(path)
        table = self.table(parts[0]) if len(parts) == 3 else None
        if table is None or not table.has_row(parts[1]):
            return None
        return next((column for column in table.columns if column.code == parts[2]), None)

    def periods(self, year: int) -> list[Period]:
        """The periods of a year for which the form is declared."""
        found = [Period.parse(f"{year}{code}") for code in FREQUENCIES[self.frequency]]
        return [period for period in found if self.start <= self.closes(period) <= self.end]

    def asks_for(self, period: Period) -> bool:
        """Whether the form is filled for this period."""
        return period in self.periods(period.year)

    def closes(self, period: Period) -> date:
        """The last day of the period under the form's regime (thời gian chốt số liệu, NĐ 09/2019 Điều 12)."""
        return period.days(self.regime)[1]


@dataclass(frozen=True, slots=True)
class Division:
    """Phòng, đơn vị thuộc Sở."""

    code: str
    name: str
    name_en: str
    short: str = ""

    @property
    def label(self) -> str:
        return self.name_en if language() == "en" else self.name


@dataclass(frozen=True, slots=True)
class Holiday:
    """A weekday off, or a weekend day worked instead."""

    day: date
    off: bool
    name: str
    name_en: str = ""


def load_forms(units: Mapping[str, Unit], regimes: Mapping[str, Regime], resolve: Any) -> dict[str, Form]:
    """All declared forms by code; `resolve` turns `markets_total[market_class:1]` into (indicator, breakdown).

    A column that tells a choice or the state of a register's entry has the register's own words to choose from.
    """
    rows = declared.merged("forms", lambda row: str(row["code"]))
    return {code: _form(row, units, regimes, resolve) for code, row in rows.items()}


def load_divisions() -> dict[str, Division]:
    rows = declared.merged("divisions", lambda row: str(row["code"]))
    return {c: Division(c, row["name"], row["name_en"], row.get("short", "")) for c, row in rows.items()}


def load_holidays() -> dict[date, Holiday]:
    rows = declared.merged("holidays", lambda row: str(row["code"]))
    found = (Holiday(date.fromisoformat(c), r["kind"] == "off", r["name"], r["name_en"]) for c, r in rows.items())
    return {holiday.day: holiday for holiday in found}


def load_traits() -> dict[str, frozenset[str]]:
    """Trait → keys of the areas that have it."""
    found: dict[str, set[str]] = {}
    for row in declared.merged("traits", lambda row: str(row["code"])).values():
        found.setdefault(row["trait"], set()).add(row["area"])
    return {trait: frozenset(areas) for trait, areas in found.items()}


@dataclass(frozen=True, slots=True)
class Weight:
    """Trọng số quy đổi: the share of an area's value that belongs to another across a change of boundaries."""

    source_area: str
    target_area: str
    share: Fraction
    source: str
    indicator: str = "*"  # * for all


def load_weights() -> tuple[Weight, ...]:
    rows = declared.merged("weights", lambda row: str(row["code"])).values()
    return tuple(
        Weight(row["from"], row["to"], Fraction(row["weight"]), row["source"], row.get("indicator", "*"))
        for row in rows
    )


def _form(row: Row, units: Mapping[str, Unit], regimes: Mapping[str, Regime], resolve: Any) -> Form:
    sections = tuple(_section(one, units, resolve) for one in row["sections"])
    return Form(
        code=row["code"],
        number=row["number"],
        name=row["name"],
        name_en=row["name_en"],
        version=row["version"],
        frequency=row["frequency"],
        regime=regimes[row["regime"]],
        senders=tuple(
            Senders(one.get("level", ""), one.get("trait", ""), tuple(one.get("divisions", ())))
            for one in row["senders"]
        ),
        receiver=row["receiver"],
        due=Due(**row["due"]),
        missing=row["missing"],
        instructions=row["instructions"],
        sections=sections,
        rules=tuple(_rule(one) for one in row.get("checks", ())),
        levels=row.get("levels", 1),
        dash=row.get("dash", True),
        start=date.fromisoformat(row["from"]) if "from" in row else date.min,
        end=date.fromisoformat(row["to"]) if "to" in row else date.max,
        law=row.get("law", ""),
        article=row.get("article", ""),
        confidence=row.get("confidence", "sure"),
        note=row.get("note", ""),
        _fields={one.code: one for section in sections for one in section.fields},
    )


def _section(given: Mapping[str, Any], units: Mapping[str, Unit], resolve: Any) -> Section:
    table = given.get("table")
    return Section(
        name=given["name"],
        name_en=given["name_en"],
        fields=tuple(_field(one, units, resolve) for one in given.get("fields", ())),
        table=None
        if table is None
        else Table(
            table["code"],
            table["rows"],
            tuple(_column(_field(one, units, resolve), table.get("register", "")) for one in table["columns"]),
            table.get("register", ""),
        ),
        note=given.get("note", ""),
    )


def _column(given: Field, code: str) -> Field:
    if not given.entry or given.kind != "choice" or given.choices:
        return given
    return replace(given, choices=choices_of(register(code), given.entry))


def choices_of(kind: Register, entry: str) -> tuple[str, ...]:
    """The words a register has for its states, or for a field that is chosen; () for anything else."""
    if entry == STATE:
        return tuple(state.name for state in kind.states.values())
    field = kind.fields.get(entry)
    if field is None:
        return ()
    return YES_NO_WORDS if field.kind is Kind.YES_NO else tuple(choice.name for choice in field.choices)


def _field(given: Mapping[str, Any], units: Mapping[str, Unit], resolve: Any) -> Field:
    plain = (
        *("code", "name", "name_en", "kind", "decimals", "required", "negative", "cumulative", "length", "note"),
        *("entry", "asked"),
    )
    indicator, breakdown = resolve(given["indicator"]) if "indicator" in given else ("", "")
    return Field(
        **{name: given[name] for name in plain if name in given},
        unit=units[given["unit"]] if "unit" in given else None,
        indicator=indicator,
        breakdown=breakdown,
        stage=Stage(given.get("stage", "reported")),
        sum=tuple(given.get("sum", ())),
        choices=tuple(given.get("choices", ())),
    )


def _rule(given: Mapping[str, Any]) -> Rule:
    softer = {"severity": "warning"} if given["kind"] == "change" else {}
    return Rule(**{**softer, **given, "parts": tuple(given.get("parts", ()))})
