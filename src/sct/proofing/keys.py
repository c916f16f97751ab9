"""Key before compare: two figures are the same fact only when every part of the key is known and equal.

The key is (indicator, breakdown, area, period, measure, baseline, status, scope). The scope holds what the words
around a figure change about it without changing its indicator: the price basis, an average a year. Dropping any of
them makes false alarms: "công nghiệp" is not "công nghiệp và bán buôn, bán lẻ".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from sct.catalogue.model import Indicator, Kind, SeriesKey, Stage, Transformation
from sct.catalogue.statement import Statement
from sct.errors import UserError
from sct.vietnamese.periods import Period, PeriodKind
from sct.vietnamese.text import search_key

# Words of the clause that give a figure another scope than its neighbours have.
_SCOPES: tuple[tuple[str, str], ...] = (
    ("loại trừ yếu tố giá", "constant"),
    ("loại yếu tố giá", "constant"),
    ("giá so sánh", "constant"),
    ("giá cố định", "constant"),
    ("giá hiện hành", "current"),
    ("tăng bình quân", "average"),
    ("trưởng bình quân", "average"),
    ("bình quân mỗi năm", "average"),
    ("bình quân hằng năm", "average"),
)
_STATUS = {"actual": "fact", "estimate": "fact", "plan": "plan", "forecast": "forecast"}
_STAGES = {
    "actual": Stage.REPORTED,
    "estimate": Stage.ESTIMATE,
    "plan": Stage.PLAN,
    "forecast": Stage.FORECAST,
}
_PLAIN: dict[str, tuple[Transformation, ...]] = {
    "level": (Transformation.LEVEL,),
    "contribution_pp": (Transformation.CONTRIBUTION,),
    "plan_pct": (Transformation.PROGRESS,),
}


@dataclass(frozen=True, slots=True)
class Key:
    """What a figure is about; figures with equal keys must tell the same number."""

    indicator: str
    breakdown: str
    area: str
    period: str
    measure: str
    baseline: str
    status: str
    scope: str

    _hash: int = field(default=0, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        about = (self.indicator, self.breakdown, self.area, self.period, self.measure, self.baseline)
        object.__setattr__(self, "_hash", hash((*about, self.status, self.scope)))

    def __hash__(self) -> int:
        return self._hash  # keys are looked up far more often than they are made

    def of(self, **changes: str) -> Key:
        """The key of a neighbouring fact: another period, measure …"""
        given = changes.get
        return Key(
            given("indicator", self.indicator),
            given("breakdown", self.breakdown),
            given("area", self.area),
            given("period", self.period),
            given("measure", self.measure),
            given("baseline", self.baseline),
            given("status", self.status),
            given("scope", self.scope),
        )

    @property
    def is_local(self) -> bool:
        """Whether it is good within one sentence or table row alone."""
        return self.indicator.startswith("~")


def is_keyed(statement: Statement) -> bool:
    """Whether indicator, area and period are all known: without them nothing may be called wrong."""
    return bool(statement.indicator and statement.area_key and statement.period and not statement.unmatched)


def key_of(statement: Statement, clause: str = "") -> Key | None:
    """The key of a statement; None when a part of it is unknown. `clause` is the text it stands in."""
    if not is_keyed(statement):
        return None
    assert statement.period is not None
    return Key(
        statement.indicator,
        statement.breakdown,
        statement.area_key,
        same_months(statement.period),
        statement.measure,
        same_months(statement.baseline or ""),
        _STATUS.get(statement.status, statement.status),
        scope_of(clause or f"{statement.subject} {statement.quote}"),
    )


def local_key(statement: Statement, clause: str = "") -> Key:
    """A key for a figure whose indicator, area or period is unknown: good within its sentence or table row alone.

    The indicator is its subject's words and the area its sentence, so nothing outside can have an equal key.
    """
    start, end = statement.sentence
    return Key(
        "~" + search_key(statement.subject),
        "",
        f"#{start}-{end}",
        same_months(statement.period or ""),
        statement.measure,
        same_months(statement.baseline or ""),
        _STATUS.get(statement.status, statement.status),
        scope_of(clause or f"{statement.subject} {statement.quote}"),
    )


def scope_of(clause: str) -> str:
    """The scope that the words of a clause give, "" where they give none."""
    folded = " ".join(clause.lower().split())
    return next((scope for words, scope in _SCOPES if words in folded), "")


@cache
def same_months(code: str) -> str:
    """One code for one stretch of months: the first quarter is the first three months, twelve months are the year."""
    if not code:
        return ""
    try:
        period = Period.parse(code)
    except UserError:
        return code
    first, last = period.months
    if period.kind is PeriodKind.SPAN or first % 12 != 0 or last // 12 != first // 12:
        return code
    months = last - first + 1
    if months == 1:
        return f"{period.year:04d}-01"
    return f"{period.year:04d}" if months == 12 else f"{period.year:04d}-M01-M{months:02d}"


@cache
def alike(code: str) -> tuple[Period, ...]:
    """The periods a ledger may file the same months under: Q1 and M01-M03, S1 and M01-M06."""
    period = Period.parse(code)
    found = [period]
    first, last = period.months
    if first % 12 == 0 and last // 12 == first // 12 and period.kind is not PeriodKind.SPAN:
        months = last - first + 1
        found.append(Period.of_year(period.year) if months == 12 else Period.through(period.year, months))
        if months == 1:
            found.append(Period.of_month(period.year, 1))
        if months == 3:
            found.append(Period.of_quarter(period.year, 1))
        if months == 6:
            found.append(Period.of_half(period.year, 1))
        if months == 12:
            found.append(Period.through(period.year, 12))
    return tuple(dict.fromkeys(found))


def stage_of(statement: Statement) -> Stage:
    """The release stage that a statement's status tells."""
    return _STAGES[statement.status]


def series_of(statement: Statement) -> SeriesKey:
    return SeriesKey(statement.indicator, statement.area_key, statement.breakdown)


def transformations_of(statement: Statement, indicator: Indicator | None = None) -> tuple[Transformation, ...]:
    """The transformations under which a ledger can hold this statement, the usual one first; none for a multiple.

    A share of an indicator that is itself a share is its level; both ways are looked up.
    """
    match statement.measure:
        case "growth_pct":
            return _growth(statement)
        case "share_pct":
            is_share = indicator is not None and indicator.kind in (Kind.SHARE, Kind.RATE)
            pair = (Transformation.LEVEL, Transformation.SHARE)
            return pair if is_share else pair[::-1]
        case "index":
            return (Transformation.INDEX,) if statement.unit == "percent" else (Transformation.LEVEL,)
        case measure:
            return _PLAIN.get(measure, ())


def _growth(statement: Statement) -> tuple[Transformation, ...]:
    if statement.period is None:
        return ()
    period = Period.parse(statement.period)
    if statement.baseline is None:
        return (Transformation.AVERAGE_YEARLY,) if period.kind is PeriodKind.SPAN else ()
    base = Period.parse(statement.baseline)
    if same_months(base.code) == same_months(period.year_before.code):
        return (Transformation.YOY,)
    if base == Period.of_month(period.year - 1, 12):
        both = period == Period.of_month(period.year, 1)
        return (Transformation.MOM, Transformation.SINCE_DECEMBER) if both else (Transformation.SINCE_DECEMBER,)
    if base.kind is period.kind and period.kind is not PeriodKind.CUMULATIVE and base == period.previous:
        return (Transformation.MOM,)
    return ()
