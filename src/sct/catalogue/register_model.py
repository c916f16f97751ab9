"""Registers (sổ bộ): what a list of things keeps of each of them, and how a thing lives (DESIGN §3).

A register is one declaration in `declarations/registers`. From it come list, filters, map, entry page, forms, import,
export, API, open data and counting; nothing of it is written a second time in code. The law's name of a thing and its
article stand beside it in the declaration.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from sct.errors import UserError
from sct.words import _, language


def told(name: str, name_en: str) -> str:
    """The name in the language of this context."""
    return name_en if language() == "en" and name_en else name


class Kind(Enum):
    """What a field holds. Values are kept as canonical text: 37.78, 2024-05-01, yes, a choice's code."""

    TEXT = "text"
    NUMBER = "number"
    INTEGER = "integer"
    DATE = "date"
    CHOICE = "choice"
    YES_NO = "yes_no"
    ENTRY = "entry"  # a link to an entry of another register: "12 · Cụm công nghiệp Phú Thị"
    RATIO = "ratio"  # computed from two number fields, in %, never typed


@dataclass(frozen=True, slots=True)
class Citation:
    """Where the law says so; `confidence` unsure must be confirmed by a person before it is printed."""

    law: str = ""
    article: str = ""
    confidence: str = "sure"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One word of a choice."""

    code: str
    name: str
    name_en: str

    @property
    def told(self) -> str:
        return told(self.name, self.name_en)


@dataclass(frozen=True, slots=True)
class Field:
    """One thing kept of an entry. `of` are the operands of a ratio; `see` and `edit` are roles, empty for everybody."""

    code: str
    name: str
    name_en: str
    kind: Kind
    unit: str = ""
    help: str = ""
    choices: tuple[Choice, ...] = ()
    of: tuple[str, ...] = ()
    required: bool = False
    facet: bool = False
    column: bool = False
    public: bool = False
    search: bool = False
    see: tuple[str, ...] = ()
    edit: tuple[str, ...] = ()
    cite: Citation = Citation()
    register: str = ""  # of a link: to which register
    gives: tuple[Counting, ...] = ()  # of a link: fields (`indicator`) of the other entry counted from those that link

    @property
    def told(self) -> str:
        return told(self.name, self.name_en)

    def choice(self, code: str) -> Choice | None:
        return next((one for one in self.choices if one.code == code), None)

    @property
    def numeric(self) -> bool:
        return self.kind in (Kind.NUMBER, Kind.INTEGER, Kind.RATIO)


@dataclass(frozen=True, slots=True)
class State:
    """A step of life. `tone` colours it (none, blue, doubt, good, bad), never alone; `ended` is no more."""

    code: str
    name: str
    name_en: str
    rank: int
    tone: str = "none"
    ended: bool = False
    public: bool = True
    planned: str = ""  # the date field that tells when it was to be reached
    cite: Citation = Citation()

    @property
    def told(self) -> str:
        return told(self.name, self.name_en)


@dataclass(frozen=True, slots=True)
class Transition:
    """A change of state: from which states, and which evidence it needs (decision, date, signer, document)."""

    to: str
    origins: tuple[str, ...]
    name: str
    name_en: str
    evidence: tuple[str, ...] = ()
    cite: Citation = Citation()

    @property
    def told(self) -> str:
        return told(self.name, self.name_en)


@dataclass(frozen=True, slots=True)
class Condition:
    """A question about an entry: a field (or `state`) against words, numbers, or dated parameters of the law."""

    field: str
    op: str  # is | in | over | from | under | upto | known
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClassRule:
    """A class and what must hold for it."""

    code: str
    name: str
    name_en: str
    when: tuple[Condition, ...]
    cite: Citation = Citation()

    @property
    def told(self) -> str:
        return told(self.name, self.name_en)


@dataclass(frozen=True, slots=True)
class Classification:
    """Classes computed from thresholds: the first rule that holds gives the class; `otherwise` where none does."""

    code: str
    name: str
    name_en: str
    rules: tuple[ClassRule, ...]
    otherwise: str = ""
    otherwise_en: str = ""

    @property
    def told(self) -> str:
        return told(self.name, self.name_en)


@dataclass(frozen=True, slots=True)
class Warning:
    """Something to look at, never a block (the size rule of clusters: small older ones exist)."""

    code: str
    name: str
    name_en: str
    when: tuple[Condition, ...]
    cite: Citation = Citation()

    @property
    def told(self) -> str:
        return told(self.name, self.name_en)


@dataclass(frozen=True, slots=True)
class Expiry:
    """When an entry runs out: the day in `until`, else `since` and the law's months or years (`term`, a parameter)."""

    until: str
    since: str = ""
    term: str = ""
    term_unit: str = "months"
    states: tuple[str, ...] = ()
    soon: tuple[int, ...] = (30, 60, 90)
    never: tuple[str, str] = ("", "")  # a field and the choice with which an entry never runs out


@dataclass(frozen=True, slots=True)
class Blocked:
    """Which field tells the obstacle (vướng mắc) and which who must act."""

    obstacle: str
    who: str = ""
    planned: str = ""  # the field with the day it should have been done


@dataclass(frozen=True, slots=True)
class Cohort:
    """A named set: the entries that came into a state within some days ("43 cụm thành lập 2018-2020")."""

    code: str
    name: str
    name_en: str
    entered: str
    first: date
    last: date

    @property
    def told(self) -> str:
        return told(self.name, self.name_en)


@dataclass(frozen=True, slots=True)
class Completeness:
    """Where a register is complete: of which area, states and choices, between which days, and who says so."""

    since: date
    says: str
    area: str = ""
    until: date | None = None
    states: tuple[str, ...] = ()
    only: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Counting:
    """How a register gives an indicator.

    `how`: stock (entries in `states` at the period's end), entered (moves into `states` within the period), expired
    (entries in `states` whose last day lies within the period), sum (of `fields` over entries in `states` at the end),
    event_sum (of `fields` over entries that came into `states` within the period), ratio (in %, of a ratio field: all
    parts over all wholes of the entries that have both), growth (the same less 100), rate (in %, those where `where`
    holds among the same without it: the denominator is `states`).
    """

    indicator: str
    breakdown: str
    how: str
    states: tuple[str, ...]
    fields: tuple[str, ...] = ()
    where: tuple[Condition, ...] = ()
    distinct: str = ""  # counted once a value of this field (or name)
    per: str = ""  # year: the fields hold values of a whole year, other periods have no count
    scale: str = "1"  # the field's unit in units of the indicator: 0.001 for đồng million → billion
    valid: bool = False  # only those not run out on the day
    note: str = ""


@dataclass(frozen=True, slots=True)
class Register:
    """Sổ bộ: a declared list of things with their life."""

    code: str
    name: str
    name_en: str
    one: str
    one_en: str
    group: str
    fields: Mapping[str, Field]
    states: Mapping[str, State]
    transitions: tuple[Transition, ...]
    classes: tuple[Classification, ...] = ()
    warnings: tuple[Warning, ...] = ()
    expiry: Expiry | None = None
    blocked: Blocked | None = None
    cohorts: tuple[Cohort, ...] = ()
    counts: tuple[Counting, ...] = ()
    complete: tuple[Completeness, ...] = ()
    cite: tuple[Citation, ...] = ()
    common_words: tuple[str, ...] = ()  # words of names that tell nothing apart: cụm công nghiệp, chợ
    public: bool = False
    note: str = ""
    colour: str = "state"  # what colours the map: state, or a class's code
    edit: tuple[str, ...] = field(default=())

    @property
    def told(self) -> str:
        return told(self.name, self.name_en)

    @property
    def one_told(self) -> str:
        return told(self.one, self.one_en)

    @property
    def facets(self) -> tuple[Field, ...]:
        return tuple(one for one in self.fields.values() if one.facet)

    @property
    def links(self) -> tuple[Field, ...]:
        return tuple(one for one in self.fields.values() if one.kind is Kind.ENTRY)

    @property
    def columns(self) -> tuple[Field, ...]:
        return tuple(one for one in self.fields.values() if one.column)

    @property
    def open_fields(self) -> tuple[Field, ...]:
        """What everybody may see without an account."""
        return tuple(one for one in self.fields.values() if one.public)

    @property
    def living(self) -> tuple[str, ...]:
        """The states in which a thing is there (not dissolved, withdrawn, removed)."""
        return tuple(code for code, state in self.states.items() if not state.ended)

    def state(self, code: str) -> State:
        if code in self.states:
            return self.states[code]
        raise UserError(
            "unknown-state",
            _("Sổ bộ {name} không có trạng thái này").format(name=self.told),
            value=code,
            expected=", ".join(state.told for state in self.states.values()),
        )

    def step(self, state: str) -> str:
        """What is done to come into a state: Khởi công for «Đã khởi công»; its name where nothing leads to it."""
        return next((way.told for way in self.transitions if way.to == state), self.states[state].told)

    def ways(self, state: str) -> list[Transition]:
        """The transitions that leave a state."""
        return [way for way in self.transitions if state in way.origins]

    def way(self, origin: str, to: str) -> Transition | None:
        return next((way for way in self.transitions if way.to == to and origin in way.origins), None)
