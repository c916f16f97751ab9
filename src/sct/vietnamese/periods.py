"""Periods (kỳ): month, quarter, half, cumulative months, year, span of years.

Codes are those of the ledger: `2024-09`, `2024-Q3`, `2024-S1`, `2024-M01-M09`, `2024`, `2021/2025`.
A label alone does not say which days it covers: a reporting regime does (calendar; 15th to 14th; 16th to 15th,
Nghị định 09/2019/NĐ-CP Điều 12 and the market-surveillance practice). `Regime` turns a period into its days.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from functools import cache, lru_cache

from sct.errors import UserError
from sct.words import _


class PeriodKind(Enum):
    """The six forms of a period; periods of different kinds do not compare."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    CUMULATIVE = "cumulative"
    YEAR = "year"
    SPAN = "span"


_FORMS: tuple[tuple[PeriodKind, re.Pattern[str]], ...] = (
    (PeriodKind.MONTH, re.compile(r"(\d{4})-(\d\d)")),
    (PeriodKind.QUARTER, re.compile(r"(\d{4})-Q(\d)")),
    (PeriodKind.HALF, re.compile(r"(\d{4})-S(\d)")),
    (PeriodKind.CUMULATIVE, re.compile(r"(\d{4})-M01-M(\d\d)")),
    (PeriodKind.YEAR, re.compile(r"(\d{4})")),
    (PeriodKind.SPAN, re.compile(r"(\d{4})/(\d{4})")),
)
_MOST = {PeriodKind.MONTH: 12, PeriodKind.QUARTER: 4, PeriodKind.HALF: 2, PeriodKind.CUMULATIVE: 12}
_LENGTH = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.HALF: 6}


@dataclass(frozen=True, slots=True)
class Regime:
    """A reporting regime: on which day of the month before a period's first month the period opens.

    `first_day` 1 is the calendar; 15 means "15th of the month before to the 14th"; 16 "16th to 15th".
    """

    code: str
    first_day: int = 1
    name: str = ""


CALENDAR = Regime("calendar", 1, "lịch dương")


@dataclass(frozen=True, slots=True)
class Period:
    """A period of time as reports name it.

    `number` is the month, quarter or half; for a cumulative period its last month; for a span its last year;
    0 for a year. Use `Period.parse`, `Period.month` … rather than the constructor.
    """

    kind: PeriodKind
    year: int
    number: int = 0

    def __post_init__(self) -> None:
        if not 1900 <= self.year <= 2200:
            raise bad_period(f"{self.year}")
        most = _MOST.get(self.kind)
        if most is not None and not 1 <= self.number <= most:
            raise bad_period(self.code)
        if self.kind is PeriodKind.SPAN and not self.year < self.number <= 2200:
            raise bad_period(self.code)

    # -- making ---------------------------------------------------------------------------------------

    @classmethod
    def parse(cls, code: str) -> Period:
        """The period of a code; raises `UserError("bad-period")`."""
        return _parsed(code)

    @classmethod
    def of_month(cls, year: int, month: int) -> Period:
        return cls(PeriodKind.MONTH, year, month)

    @classmethod
    def of_quarter(cls, year: int, quarter: int) -> Period:
        return cls(PeriodKind.QUARTER, year, quarter)

    @classmethod
    def of_half(cls, year: int, half: int) -> Period:
        return cls(PeriodKind.HALF, year, half)

    @classmethod
    def through(cls, year: int, month: int) -> Period:
        """January to `month`, cumulative (lũy kế)."""
        return cls(PeriodKind.CUMULATIVE, year, month)

    @classmethod
    def of_year(cls, year: int) -> Period:
        return cls(PeriodKind.YEAR, year)

    @classmethod
    def of_years(cls, first: int, last: int) -> Period:
        return cls(PeriodKind.SPAN, first, last)

    @classmethod
    def of_months(cls, first: int, last: int) -> Period:
        """The period from one month to another (`months`), under its canonical name; raises `UserError`."""
        (year, month), length = divmod(first, 12), last - first + 1
        forms: dict[int, tuple[PeriodKind, int]] = {
            1: (PeriodKind.MONTH, month + 1),
            3: (PeriodKind.QUARTER, month // 3 + 1),
            6: (PeriodKind.HALF, month // 6 + 1),
            12: (PeriodKind.YEAR, 0),
        }
        kind, number = forms.get(length, (PeriodKind.CUMULATIVE, length))
        if length > 12:
            kind, number = PeriodKind.SPAN, last // 12
        made = cls(kind, year, number)
        if made.months != (first, last):
            raise bad_period(f"{year}-M{month + 1:02d} + {length}")
        return made

    # -- reading --------------------------------------------------------------------------------------

    @property
    def canonical(self) -> Period:
        """The one name of these months: `2023-M01-M06` is `2023-S1`, `2023-M01-M03` is `2023-Q1`, `2023-M01-M12` 2023.

        A ledger keeps what a source wrote, and knows by this that both speak of the same cell.
        """
        return _canonical(self) if self.kind is PeriodKind.CUMULATIVE else self

    @property
    def same_days(self) -> tuple[Period, ...]:
        """All names of these months, this one first: the year is the twelve months too."""
        if self.kind is PeriodKind.CUMULATIVE:
            return (self,) if self.canonical == self else (self, self.canonical)
        first, last = self.months
        if first % 12 or last - first > 11:
            return (self,)
        return self, Period.through(self.year, last - first + 1)

    @property
    def code(self) -> str:
        year = f"{self.year:04d}"
        match self.kind:
            case PeriodKind.MONTH:
                return f"{year}-{self.number:02d}"
            case PeriodKind.QUARTER:
                return f"{year}-Q{self.number}"
            case PeriodKind.HALF:
                return f"{year}-S{self.number}"
            case PeriodKind.CUMULATIVE:
                return f"{year}-M01-M{self.number:02d}"
            case PeriodKind.SPAN:
                return f"{year}/{self.number:04d}"
            case _:
                return year

    def __str__(self) -> str:
        return self.code

    @property
    def months(self) -> tuple[int, int]:
        """First and last month, both inclusive, counted from year 0 (`year * 12 + month - 1`)."""
        base = self.year * 12
        match self.kind:
            case PeriodKind.CUMULATIVE:
                return base, base + self.number - 1
            case PeriodKind.YEAR:
                return base, base + 11
            case PeriodKind.SPAN:
                return base, self.number * 12 + 11
            case _:
                length = _LENGTH[self.kind]
                return base + (self.number - 1) * length, base + self.number * length - 1

    def days(self, regime: Regime = CALENDAR) -> tuple[date, date]:
        """First and last day under a regime, both inclusive."""
        first, last = self.months
        return _opens(first, regime), _opens(last + 1, regime) - timedelta(days=1)

    def __contains__(self, other: Period) -> bool:
        mine, theirs = self.months, other.months
        return mine[0] <= theirs[0] and theirs[1] <= mine[1]

    # -- moving ---------------------------------------------------------------------------------------

    @property
    def year_before(self) -> Period:
        """The same period one year back (cùng kỳ năm trước); a span moves by its own length."""
        if self.kind is PeriodKind.SPAN:
            length = self.number - self.year + 1
            return Period(self.kind, self.year - length, self.number - length)
        return Period(self.kind, self.year - 1, self.number)

    @property
    def previous(self) -> Period:
        """The period just before of the same kind; for a cumulative one the month before it in the same year.

        January's cumulative period has none before it and raises `UserError("no-previous-period")`.
        """
        most = _MOST.get(self.kind)
        if most is None:
            return self.year_before
        if self.number > 1:
            return Period(self.kind, self.year, self.number - 1)
        if self.kind is PeriodKind.CUMULATIVE:
            raise UserError("no-previous-period", _("Lũy kế tháng 1 không có kỳ liền trước trong năm"), value=self)
        return Period(self.kind, self.year - 1, most)

    # -- comparing ------------------------------------------------------------------------------------

    def _comparable(self, other: Period) -> tuple[tuple[int, int], tuple[int, int]]:
        if self.kind is not other.kind:
            raise UserError(
                "periods-not-comparable",
                _("Không so sánh hai kỳ khác loại"),
                value=f"{self.code} / {other.code}",
                expected=_("hai tháng, hai quý, hai năm…"),
            )
        return (self.year, self.number), (other.year, other.number)

    def __lt__(self, other: Period) -> bool:
        mine, theirs = self._comparable(other)
        return mine < theirs

    def __le__(self, other: Period) -> bool:
        mine, theirs = self._comparable(other)
        return mine <= theirs

    def __gt__(self, other: Period) -> bool:
        mine, theirs = self._comparable(other)
        return mine > theirs

    def __ge__(self, other: Period) -> bool:
        mine, theirs = self._comparable(other)
        return mine >= theirs

    @property
    def sort_key(self) -> tuple[int, int, str]:
        """For lists that mix kinds: by first month, longer first."""
        first, last = self.months
        return first, -last, self.code


@cache
def _canonical(period: Period) -> Period:
    return Period.of_months(*period.months)


@lru_cache(maxsize=4096)
def _parsed(code: str) -> Period:
    """Few codes are read very often."""
    for kind, form in _FORMS:
        found = form.fullmatch(code.strip())
        if found:
            return Period(kind, int(found[1]), int(found[2]) if form.groups > 1 else 0)
    raise bad_period(code)


def bad_period(code: str) -> UserError:
    return UserError(
        "bad-period",
        _("Kỳ không có thật"),
        value=code,
        expected=_("2024-09, 2024-Q3, 2024-S1, 2024-M01-M09, 2024 hoặc 2021/2025"),
    )


def _opens(month: int, regime: Regime) -> date:
    if regime.first_day > 1:
        month -= 1
    return date(month // 12, month % 12 + 1, regime.first_day)
