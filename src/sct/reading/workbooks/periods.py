"""Periods as row labels: 1 … 12, "Quí I", "6 tháng", "Tháng 3", "Cả năm", "Sơ bộ"."""

from __future__ import annotations

from dataclasses import dataclass

from sct.reading.workbooks.folding import fold
from sct.reading.workbooks.grid import Cell, is_number, shown
from sct.reading.workbooks.headers import PERIODS
from sct.reading.workbooks.words import Token, Words
from sct.vietnamese.periods import Period

_TWELVE = frozenset(map(float, range(1, 13)))
_WHOLE_YEAR = ("ca nam", "so bo", "soo bo", "chinh thuc", "uoc ca nam", "nam")


@dataclass(frozen=True, slots=True)
class PeriodLabel:
    """A period without its year. `bare` is a plain number of a month, which may mean the months up to it."""

    month: int = 0
    count: int = 0
    quarter: int = 0
    whole: bool = False
    bare: bool = False
    year: int = 0

    def of(self, year: int) -> Period:
        year = self.year or year
        if self.count:
            return Period.through(year, self.count)
        if self.quarter:
            return Period.of_quarter(year, self.quarter)
        return Period.of_month(year, self.month) if self.month else Period.of_year(year)


def period_label(cell: Cell, words: Words) -> PeriodLabel | None:
    """The period a label cell names; None when it names none."""
    if cell.__class__ is float:
        return PeriodLabel(month=int(cell), bare=True) if cell in _TWELVE else None
    text = "" if cell is None else fold(shown(cell)).strip(" .:")
    if is_number(cell) or text.isdigit():
        return PeriodLabel(month=int(text), bare=True) if text.isdigit() and 1 <= int(text) <= 12 else None
    if not text or len(text) > 40:
        return None
    if text in _WHOLE_YEAR:
        return PeriodLabel(whole=True)
    tokens = words.header.tokens(text)
    if not tokens or (tokens[0].start > 0 and tokens[0].code not in PERIODS):
        return None
    rest = text[tokens[0].end :].strip(" .,()")
    return _of_token(tokens[0]) if not rest or rest == "dau nam" else None


def _of_token(token: Token) -> PeriodLabel | None:
    match token.code:
        case "month":
            return PeriodLabel(month=token.month, year=token.year)
        case "months":
            return PeriodLabel(count=token.count, year=token.year)
        case "quarter":
            return PeriodLabel(quarter=token.quarter, year=token.year)
        case "year":
            return PeriodLabel(whole=True, year=token.year)
        case _:
            return None
