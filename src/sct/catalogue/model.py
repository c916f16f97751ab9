"""What the catalogue and the ledger speak of, as frozen values (DESIGN §3).

Names follow the field: indicator (chỉ tiêu), area (địa bàn), breakdown (phân tổ), series (chuỗi số liệu),
transformation (cách tính), stage (loại số liệu; Luật Thống kê 2015, chương công bố), origin (nguồn).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum, IntEnum
from fractions import Fraction

from sct.errors import UserError
from sct.vietnamese.periods import Period
from sct.vietnamese.quantities import Quantity, Unit
from sct.words import _


class Kind(Enum):
    """What an indicator is; it decides which arithmetic is allowed."""

    FLOW = "flow"  # adds over months
    STOCK = "stock"  # counted at a date, the last value stands
    INDEX = "index"  # never summed, never averaged
    RATE = "rate"  # ratio recomputed from its parts
    SHARE = "share"  # part of a whole, recomputed from its parts
    COUNT = "count"  # events in the period, add over months


class Adds(Enum):
    """How values add over time or over areas."""

    SUM = "sum"
    LAST = "last"  # end of period
    NEVER = "never"  # published only (indexes, real growth)
    PARTS = "parts"  # recomputed from operands
    AVERAGE = "average"
    MAXIMUM = "maximum"


class Transformation(Enum):
    """In which way a value tells its indicator. A cumulative value is a `LEVEL` of a cumulative period."""

    LEVEL = "level"
    MOM = "mom"  # % against the period before (so với tháng trước)
    YOY = "yoy"  # % against the same period a year before (so với cùng kỳ)
    SINCE_DECEMBER = "since_december"  # % against last December (CPI)
    AVERAGE_YEARLY = "average_yearly"  # % a year over a span (bình quân năm)
    CONTRIBUTION = "contribution"  # points contributed to the growth of the whole
    SHARE = "share"  # % of the whole
    GROWTH_SHARE = "growth_share"  # % of the growth of the whole
    INDEX = "index"  # value against base period = 100
    PROGRESS = "progress"  # % of plan


class Stage(Enum):
    """Release stage of a value (NĐ 94/2022: ước tính, sơ bộ, chính thức), and what is not an actual value."""

    ESTIMATE = "estimate"
    PRELIMINARY = "preliminary"
    OFFICIAL = "official"
    REPORTED = "reported"  # printed as a fact, its stage not told
    PLAN = "plan"
    FORECAST = "forecast"
    COMPUTED = "computed"

    @property
    def is_actual(self) -> bool:
        return self not in (Stage.PLAN, Stage.FORECAST)


class Comparator(Enum):
    """How the printed number bounds the value: hơn, ít nhất, dưới, không quá, khoảng, từ … đến."""

    EQ = "eq"
    GT = "gt"
    GE = "ge"
    LT = "lt"
    LE = "le"
    APPROX = "approx"
    RANGE = "range"


class Precision(IntEnum):
    YEAR = 4
    MONTH = 7
    DAY = 10


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of which only the year or the month may be known, as sources print it: 2020, 2020-11, 2020-11-05."""

    text: str

    def __post_init__(self) -> None:
        try:
            bool(self.first and Precision(len(self.text)))
        except ValueError:
            raise bad_date(self.text) from None

    @property
    def precision(self) -> Precision:
        return Precision(len(self.text))

    @property
    def first(self) -> date:
        return date.fromisoformat(self.text + "-01-01"[len(self.text) - 4 :])

    @property
    def last(self) -> date:
        """The last day it can mean; what was surely known by a day has `last` on or before that day."""
        if self.precision is Precision.DAY:
            return self.first
        year = self.first.year
        month = self.first.month if self.precision is Precision.MONTH else 12
        return Period.of_month(year, month).days()[1]

    def __str__(self) -> str:
        return self.text


def bad_date(text: str) -> UserError:
    return UserError("bad-date", _("Ngày không có thật"), value=text, expected=_("2020-11-05, 2020-11 hoặc 2020"))


@dataclass(frozen=True, slots=True)
class NearName:
    """An indicator that must not be confused with this one, and why."""

    code: str
    why: str


@dataclass(frozen=True, slots=True)
class Definition:
    """One edition of an indicator's definition (khái niệm, phương pháp tính), valid from a date.

    `valid_to` is the last day of an indicator that is published no more; None while the definition holds.
    """

    valid_from: date
    text: str
    law: str = ""
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Plausible:
    """Range outside which a value is surely a slip, in the base unit (đồng, USD) or, for growth and shares, in %.

    `per` is the kind of period it speaks of (`year`, `month`, `any`), `area_level` the largest area: a range for one
    province says nothing of the country.
    """

    low: Fraction
    high: Fraction
    transformation: Transformation = Transformation.LEVEL
    per: str = "any"
    area_level: str = "province"


@dataclass(frozen=True, slots=True)
class Partition:
    """Parts that make up a whole without gap or overlap (trong đó, gồm): the ground of additivity checks.

    `parts` are series as (indicator, breakdown). Where `additive` is false (an index) the whole is not the sum of
    its parts, but must lie between the least and the greatest of them.
    """

    code: str
    whole: tuple[str, str]
    parts: tuple[tuple[str, str], ...]
    additive: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """Chỉ tiêu: what is measured.

    `headline` is the transformation in which it is usually told (GRDP and indexes by their growth).

    Two kinds of things have a `parent`. A component (retail of goods within retail and services) is an indicator with
    a series of its own code. A view (`view` is true: exports of the FDI sector; contribution to GRDP growth) is only a
    named look at the parent's series: its figures are kept under `series`, never under its own code.
    """

    code: str
    number: str  # of domain-rules §2 (GR01 …), "" for one that the sample data added
    group: str
    name: str
    name_en: str
    unit: Unit
    kind: Kind
    over_time: Adds
    over_areas: Adds
    price_basis: str = ""  # current | constant | ""
    breakdowns: tuple[str, ...] = ()
    agency: str = ""
    parent: str = ""  # the whole of which this is a part, in the same unit
    breakdown: str = ""  # for a part: its member code of a breakdown (industry:C, commodity:textiles …)
    near_names: tuple[NearName, ...] = ()
    aliases: tuple[str, ...] = ()
    formula: str = ""
    plausible: tuple[Plausible, ...] = ()
    definitions: tuple[Definition, ...] = ()
    decimals: dict[str, int] = field(default_factory=dict, hash=False, compare=False)
    confirmed: bool = True  # False: marked [unsure] in the domain note, a person must confirm
    headline: Transformation = Transformation.LEVEL
    partitions: tuple[Partition, ...] = ()
    view: bool = False

    @property
    def series(self) -> tuple[str, str]:
        """(indicator code, breakdown member) under which its figures are kept.

        A view of a whole breakdown (`breakdown` names a dimension without a member) answers the parent's total.
        """
        if not self.view:
            return self.code, ""
        return self.parent, self.breakdown if ":" in self.breakdown else ""

    def decimals_of(self, transformation: Transformation, default: int = 1) -> int:
        """How many digits after the comma a computed value is written with (domain-rules §6.3)."""
        return self.decimals.get(transformation.value, default)


@dataclass(frozen=True, slots=True)
class Area:
    """Địa bàn: an administrative unit; its key is (code, valid_from), since codes are reused (NQ 1656/NQ-UBTVQH15)."""

    code: str
    valid_from: date
    name: str
    short_name: str
    type: str
    level: str  # country | province | district | commune
    parent: str = ""
    valid_to: date | None = None
    predecessors: tuple[str, ...] = ()  # keys of areas taken over whole
    partial_predecessors: tuple[str, ...] = ()  # keys of areas of which a part came here
    successors: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    latitude: float | None = None  # centre, of unstated precision
    longitude: float | None = None
    area_km2: float | None = None

    def valid_on(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    @property
    def key(self) -> str:
        """`01@1900-01-01`: the text form of (code, valid_from)."""
        return f"{self.code}@{self.valid_from.isoformat()}"


@dataclass(frozen=True, slots=True)
class Origin:
    """Nguồn: where exactly a figure comes from; compulsory, and inherited by what is computed from it."""

    kind: str  # citation | document | workbook | form | register | formula
    title: str = ""
    url: str = ""
    document: str = ""  # identity of the stored document, if it is in the system
    file: str = ""
    place: str = ""  # sheet and cell, page, span "1857-1867", formula text
    published: PartialDate | None = None
    published_basis: str = ""  # printed | event_date_in_text | inferred
    note: str = ""


@dataclass(frozen=True, slots=True)
class SeriesKey:
    """Indicator × area × breakdown."""

    indicator: str
    area: str  # Area.key
    breakdown: str = ""  # "industry:C" or ""


@dataclass(frozen=True, slots=True)
class Figure:
    """Số liệu: one value of a series for a period and transformation, as somebody said it on a date."""

    series: SeriesKey
    period: Period
    transformation: Transformation
    quantity: Quantity
    stage: Stage
    origin: Origin
    comparator: Comparator = Comparator.EQ
    bound: str = ""  # lower | upper: one end of a range told as two figures
    basis: str = ""  # price basis or base, as the source prints it; "" where none is printed
    published: PartialDate | None = None
    entered: date | None = None
    id: int = 0  # of the observation in the ledger, 0 outside it
    note: str = ""
    written: str = ""  # the source's name of the period where it is not the canonical one: 2023-M01-M06 for 2023-S1

    @property
    def cell(self) -> tuple[SeriesKey, Period, Transformation]:
        """What the figure is a value of; a period counts under its canonical name."""
        return self.series, self.period.canonical, self.transformation
