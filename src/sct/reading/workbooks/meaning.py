"""What each column of a table means: its measure and its period, once the table's reporting month is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sct.catalogue.model import Stage, Transformation
from sct.reading.workbooks.headers import Header
from sct.reading.workbooks.words import Token, Words
from sct.vietnamese.periods import Period, PeriodKind

_T, _S = Transformation, Stage
# Measure → how the ledger keeps it. A growth and an index tell one transformation in two writings.
MEASURES: dict[str, tuple[Transformation, Stage]] = {
    "level_prev_month": (_T.LEVEL, _S.PRELIMINARY),
    "level_month_estimate": (_T.LEVEL, _S.ESTIMATE),
    "level_month": (_T.LEVEL, _S.REPORTED),
    "level_ytd": (_T.LEVEL, _S.ESTIMATE),
    "level_quarter": (_T.LEVEL, _S.PRELIMINARY),
    "level_quarter_estimate": (_T.LEVEL, _S.ESTIMATE),
    "level_year": (_T.LEVEL, _S.REPORTED),
    "level_month_last_year": (_T.LEVEL, _S.PRELIMINARY),
    "level_ytd_last_year": (_T.LEVEL, _S.PRELIMINARY),
    "level_base_year": (_T.LEVEL, _S.REPORTED),
    "level_reporting_year": (_T.LEVEL, _S.REPORTED),
    "level": (_T.LEVEL, _S.REPORTED),
    "plan": (_T.LEVEL, _S.PLAN),
    "plan_growth": (_T.YOY, _S.PLAN),
    "plan_completion": (_T.PROGRESS, _S.REPORTED),
    "mom": (_T.MOM, _S.ESTIMATE),
    "yoy": (_T.YOY, _S.ESTIMATE),
    "ytd_yoy": (_T.YOY, _S.ESTIMATE),
    "prev_month_yoy": (_T.YOY, _S.PRELIMINARY),
    "since_december": (_T.SINCE_DECEMBER, _S.ESTIMATE),
}


def kept_as(measure: str) -> tuple[Transformation | None, Stage | None]:
    """Transformation and stage of a measure; (None, None) for one that is no figure (text, task_…)."""
    bare = measure.removeprefix("index_").removeprefix("growth_")
    return MEASURES.get(measure) or MEASURES.get(bare) or (None, None)


@dataclass(slots=True)
class Column:
    """A value column: where it stands, its header, what it means. `ratio` is the measure without index or growth."""

    index: int
    header: Header
    meaning: str = ""
    periods: tuple[Period, ...] = ()
    ratio: str = ""
    flags: tuple[str, ...] = ()
    subject: str = ""


@dataclass(slots=True)
class Reporting:
    """The reporting month or quarter of a table, and its year."""

    year: int = 0
    month: int = 0
    quarter: int = 0
    flags: tuple[str, ...] = field(default=())

    @property
    def period(self) -> Period | None:
        if self.year and self.month:
            return Period.of_month(self.year, self.month)
        if self.year and self.quarter:
            return Period.of_quarter(self.year, self.quarter)
        return Period.of_year(self.year) if self.year else None

    @property
    def previous(self) -> Period | None:
        if not (self.year and self.month):
            return None
        return Period.of_month(self.year, self.month).previous


def title_period(title: str, words: Words) -> Reporting:
    """What a title says: "tháng 3 và quý I năm 2026", "tháng 9 và 9 tháng năm 2025", "6 tháng đầu năm 2026"."""
    from sct.reading.workbooks.folding import fold, in_digits

    tokens = words.header.tokens(in_digits(fold(title)))
    years = [t.year for t in tokens if t.year]
    months = [t.month for t in tokens if t.code == "month"]
    counts = [t.count for t in tokens if t.code == "months"]
    quarters = [t.quarter for t in tokens if t.code == "quarter"]
    return Reporting(
        year=max(years, default=0),
        month=(months or counts or [0])[0],
        quarter=quarters[0] if quarters else 0,
    )


def reporting_of(headers: Sequence[Header], title: Reporting, fallback: Reporting) -> Reporting:
    """The reporting month, by what the headers say; the title where they are silent; another table's where both are."""
    votes: Counter[tuple[int, int]] = Counter()
    years: Counter[int] = Counter()
    quarters = [h.quarter.quarter for h in headers if h.quarter]
    for header in headers:
        vote, weight = _vote(header)
        if vote is not None:
            votes[vote] += weight
        years.update(token.year for token in _periods(header) if token.year)
    month, year = 0, 0
    if votes:
        (year, month), _weight = max(votes.items(), key=lambda item: (item[1], item[0]))
        year = year or _year_of(votes, month)
    flags: tuple[str, ...] = ()
    if month and title.month and title.month != month:
        flags = ("title-conflict",)
    month = month or title.month or (0 if quarters else fallback.month)
    year = year or _plausible_year(years, title) or fallback.year
    quarter = max(quarters, default=0) or title.quarter
    return Reporting(year, month, quarter, flags)


def _vote(header: Header) -> tuple[tuple[int, int] | None, int]:
    """(year or 0, month) that one header says the report is of, with the weight of its words."""
    if header.role != "value":
        return None, 0
    if header.months and header.months.count > 1:
        return (header.months.year, header.months.count), 2
    if header.month is None:
        return None, 0
    year, month, said = header.month.year, header.month.month, header.said
    if ("previous" in said and not header.is_ratio) or ("actual" in said and "ytd" not in said):
        following = (year + 1 if year else 0, 1) if month == 12 else (year, month + 1)
        return following, 1 if header.is_ratio else 2
    strong = said & {"estimate", "ytd", "this_month"} or (header.base and header.base.code in ("previous", "month"))
    return (year, month), 3 if strong else 1


def _year_of(votes: Counter[tuple[int, int]], month: int) -> int:
    return max((year for year, voted in votes if voted == month and year), default=0)


def _plausible_year(years: Counter[int], title: Reporting) -> int:
    return title.year or max(years, default=0)


def _periods(header: Header) -> list[Token]:
    return [t for t in (header.month, header.months, header.quarter, header.year) if t is not None]


# -- columns ----------------------------------------------------------------------------------------------


def resolve(headers: Sequence[tuple[int, Header]], reporting: Reporting, *, ratios: bool = False) -> list[Column]:
    """The value columns with meaning and period, in the order of the sheet; unread ones have an empty meaning."""
    columns = [Column(index, header) for index, header in headers]
    for column in columns:
        header = column.header
        if header.meaning:
            _declared(column, reporting)
        elif header.is_ratio or (ratios and header.understood and "plan" not in header.said):
            _ratio(column, reporting)
        else:
            _level(column, reporting)
    _unsaid_ratios(columns, reporting)
    _two_of_one_period(columns, reporting)
    return columns


def _declared(column: Column, reporting: Reporting) -> None:
    meaning = column.header.meaning
    if meaning == "ignore":
        column.header.role = "note"
        return
    kind, _dash, ratio = meaning.partition("_")
    column.ratio = ratio if kind in ("index", "growth") else ""
    column.meaning = meaning
    column.periods = _usual_period(ratio if column.ratio else meaning, column.header, reporting)


def _usual_period(measure: str, header: Header, reporting: Reporting) -> tuple[Period, ...]:
    if "prev_month" in measure:
        return _one(reporting.previous)
    if "ytd" in measure:
        return _one(_cumulative(header, reporting))
    return _one(_own_period(header, reporting) or reporting.period)


def _one(period: Period | None) -> tuple[Period, ...]:
    return () if period is None else (period,)


def _is_cumulative(header: Header) -> bool:
    return header.months is not None or "ytd" in header.said


def _cumulative(header: Header, reporting: Reporting) -> Period | None:
    count, year = 0, reporting.year
    if header.months is not None:
        count, year = header.months.count, _year(header.months, header, reporting)
    elif header.month is not None:
        count, year = header.month.month, _year(header.month, header, reporting)
    elif header.quarter is not None:
        count, year = header.quarter.quarter * 3, _year(header.quarter, header, reporting)
    count = count or reporting.month or reporting.quarter * 3
    return Period.through(year, count) if count and year else None


def _year(token: Token, header: Header, reporting: Reporting) -> int:
    """The year of a period of a column: its own, another one of the header, or the report's; December goes back."""
    if token.year:
        return token.year
    if header.year is not None and header.year.year:
        return header.year.year
    if token.code == "month" and reporting.month and token.month > reporting.month:
        return reporting.year - 1
    return reporting.year


def _own_period(header: Header, reporting: Reporting) -> Period | None:
    """The month, quarter or year that a column names."""
    if header.month is not None:
        year = _year(header.month, header, reporting)
        return Period.of_month(year, header.month.month) if year else None
    if header.quarter is not None:
        year = _year(header.quarter, header, reporting)
        return Period.of_quarter(year, header.quarter.quarter) if year else None
    if header.year is not None:
        return Period.of_year(header.year.year)
    return None


def _ratio(column: Column, reporting: Reporting) -> None:
    header = column.header
    base = header.base
    column.ratio, column.periods = _against(header, base, reporting)
    if column.ratio == "plan_completion":
        column.meaning, column.ratio = "plan_completion", ""


def _against(header: Header, base: Token | None, reporting: Reporting) -> tuple[str, tuple[Period, ...]]:
    """The measure of a ratio (without index or growth) and the period it is of."""
    code = base.code if base is not None else ""
    own = _own_period(header, reporting)
    month = _one(own if own is not None and own.kind is PeriodKind.MONTH else _reporting_month(reporting))
    if code == "plan" or "completion" in header.said:
        return "plan_completion", _one(_cumulative(header, reporting) or reporting.period)
    if code in ("previous", "december"):
        return ("mom" if code == "previous" else "since_december"), month
    if base is not None and code in ("month", "months"):
        return _against_named(header, base, reporting)
    if _is_cumulative(header):
        return "ytd_yoy", _one(_cumulative(header, reporting))
    return _year_on_year(header, own, month, reporting)


def _year_on_year(
    header: Header, own: Period | None, month: tuple[Period, ...], reporting: Reporting
) -> tuple[str, tuple[Period, ...]]:
    if own is not None and own.kind is not PeriodKind.MONTH:
        return "yoy", _one(own)
    if "previous" in header.said or (own is not None and own == reporting.previous):
        return "prev_month_yoy", _one(own or reporting.previous)
    if own is None and "this_month" not in header.said:
        return "", ()  # by its place among the others
    return "yoy", month


def _reporting_month(reporting: Reporting) -> Period | None:
    period = reporting.period
    return period if period is not None and period.kind is not PeriodKind.YEAR else None


def _against_named(header: Header, base: Token, reporting: Reporting) -> tuple[str, tuple[Period, ...]]:
    """Against a month named by its number: one month before, twelve, or the last December."""
    if base.code == "months" or _is_cumulative(header):
        return "ytd_yoy", _one(_cumulative(header, reporting))
    own = _own_period(header, reporting) or _reporting_month(reporting)
    if own is None or own.kind is not PeriodKind.MONTH:
        return "mom", _one(own)
    year = base.year or (own.year if base.month < own.number else own.year - 1)
    distance = own.months[0] - (year * 12 + base.month - 1)
    if distance == 1:
        return "mom", (own,)
    if distance == 12:
        return ("prev_month_yoy" if own == reporting.previous else "yoy"), (own,)
    return ("since_december" if base.month == 12 else ""), (own,)


def _level(column: Column, reporting: Reporting) -> None:
    header, said = column.header, column.header.said
    own = _own_period(header, reporting)
    if "plan" in said and not said & {"actual", "estimate"}:
        year = _plan_year(header, reporting)
        column.meaning, column.periods = "plan", _one(Period.of_year(year) if year else None)
    elif "same_period" in said:
        _last_year(column, reporting, own)
    elif _is_cumulative(header):
        period = _cumulative(header, reporting)
        column.meaning, column.periods = _said_last_year("level_ytd", period, reporting), _one(period)
    elif own is not None and own.kind is PeriodKind.QUARTER:
        column.meaning, column.periods = ("level_quarter_estimate" if "estimate" in said else "level_quarter"), (own,)
    elif own is not None and own.kind is PeriodKind.YEAR and not said & {"this_month", "previous"}:
        column.meaning, column.periods = "level_year", (own,)
    else:
        _month_level(column, reporting, own)


def _month_level(column: Column, reporting: Reporting, own: Period | None) -> None:
    said = column.header.said
    own = own if own is not None and own.kind is PeriodKind.MONTH else None
    if "previous" in said or (own is not None and own == reporting.previous and "estimate" not in said):
        column.meaning, column.periods = "level_prev_month", _one(reporting.previous or own)
    elif own is not None and own != reporting.period:
        column.meaning, column.periods = _said_last_year("level_month", own, reporting), (own,)
    elif own is not None or said & {"estimate", "this_month"}:
        column.meaning, column.periods = "level_month_estimate", _one(own or _reporting_month(reporting))
    elif "actual" in said:
        column.meaning, column.periods = "level_prev_month", _one(reporting.previous)


def _said_last_year(meaning: str, period: Period | None, reporting: Reporting) -> str:
    """ "Thực hiện tháng 5/2025" in a report of May 2026 is the level of the year before."""
    now = _reporting_month(reporting)
    if period is None or now is None or now.kind is not PeriodKind.MONTH or period.year != now.year - 1:
        return meaning
    return f"{meaning}_last_year" if period.number == now.number else meaning


def _plan_year(header: Header, reporting: Reporting) -> int:
    return (header.year.year if header.year else 0) or reporting.year


def _last_year(column: Column, reporting: Reporting, own: Period | None) -> None:
    """A level of the year before: "Thực hiện cùng kỳ năm 2025"."""
    header = column.header
    if _is_cumulative(header):
        period = _cumulative(replace(header, year=None), reporting)
        column.meaning = "level_ytd_last_year"
    else:
        period = _reporting_month(reporting)
        column.meaning = "level_month_last_year"
        if header.month is not None and own is not None:
            period = Period.of_month(reporting.year, header.month.month) if reporting.year else None
    column.periods = _one(period.year_before if period is not None else None)


def _unsaid_ratios(columns: list[Column], reporting: Reporting) -> None:
    """Ratios that name no period: the first is of the month, the second of the months to date."""
    unsaid = [c for c in columns if not c.meaning and not c.ratio and (c.header.base or c.header.is_ratio)]
    if not unsaid:
        return
    levels = {c.meaning for c in columns}
    only_cumulative = "level_ytd" in levels and not levels & {"level_month_estimate", "level_month"}
    taken = {c.ratio for c in columns}
    order = ["ytd_yoy"] if only_cumulative else ["yoy", "ytd_yoy"]
    order = [ratio for ratio in order if ratio not in taken]
    for column, ratio in zip(unsaid, order, strict=False):
        column.ratio = ratio
        month = _reporting_month(reporting)
        column.periods = _one(_cumulative(column.header, reporting) if ratio == "ytd_yoy" else month)


def _two_of_one_period(columns: list[Column], reporting: Reporting) -> None:
    """ "Ước tính 9 tháng" beside "Cộng dồn 9 tháng": the first can only be the month's."""
    cumulative = [c for c in columns if c.meaning == "level_ytd"]
    month_said = any(c.meaning == "level_month_estimate" for c in columns)
    if len(cumulative) < 2 or month_said:
        return
    plain = [c for c in cumulative if "ytd" not in c.header.said]
    same = {c.periods for c in cumulative}
    if len(plain) == 1 and len(same) == 1:
        plain[0].meaning = "level_month_estimate"
        plain[0].periods = _one(_reporting_month(reporting))
        plain[0].flags = (*plain[0].flags, "header-conflict")
