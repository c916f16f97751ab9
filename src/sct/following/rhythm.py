"""Regular work (thường xuyên) has no due date but a rhythm: by which day the next word about it should come."""

from __future__ import annotations

from datetime import date
from enum import Enum

from sct.vietnamese.periods import Period, PeriodKind
from sct.words import _


class Rhythm(Enum):
    """How often somebody reports about a thing."""

    NONE = ""
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"

    @property
    def words(self) -> str:
        return _WORDS[self]()


_WORDS = {
    Rhythm.NONE: lambda: _("không định kỳ"),
    Rhythm.WEEK: lambda: _("hằng tuần"),
    Rhythm.MONTH: lambda: _("hằng tháng"),
    Rhythm.QUARTER: lambda: _("hằng quý"),
    Rhythm.HALF: lambda: _("6 tháng"),
    Rhythm.YEAR: lambda: _("hằng năm"),
}
_MONTHS = {Rhythm.MONTH: 1, Rhythm.QUARTER: 3, Rhythm.HALF: 6, Rhythm.YEAR: 12}


def next_report(rhythm: Rhythm, last: date) -> date | None:
    """The day by which the word after `last` is due: the end of the next full week, month … ; None without rhythm.

    A report given within a period speaks for that period; the next is due when the following one has ended.
    """
    if rhythm is Rhythm.NONE:
        return None
    if rhythm is Rhythm.WEEK:
        ordinal = last.toordinal()
        return date.fromordinal(ordinal - last.weekday() + 13)
    length = _MONTHS[rhythm]
    month = last.year * 12 + last.month - 1
    end = (month // length + 2) * length - 1
    return Period(PeriodKind.MONTH, end // 12, end % 12 + 1).days()[1]


def is_stale(rhythm: Rhythm, last: date, today: date) -> bool:
    """Whether a word should have come since `last` and has not."""
    due = next_report(rhythm, last)
    return due is not None and today > due
