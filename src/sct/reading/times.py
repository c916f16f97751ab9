"""The years a text leaves unsaid: "6 tháng đầu năm", "tháng 9", "năm nay" become periods, or stay without one.

The year may come from the sentence, from the paragraph, from an earlier month that has one, from the day of
publication, or by reckoning ("so với cùng kỳ năm 2015" speaks of 2016). Without any there is no period (GUIDE §2).
"""

from __future__ import annotations

from collections.abc import Sequence

from sct.vietnamese.dates import DateMention
from sct.vietnamese.period_words import CURRENT, NOW, PREVIOUS, PRICE_BASE, SAME_PERIOD, YEAR_TO_DATE, PeriodMention
from sct.vietnamese.periods import Period, PeriodKind

_SUB_YEAR = {PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.HALF, PeriodKind.CUMULATIVE}
_LONG_AGO = 4  # months; a deadline told without its year is not so long ago


class Clock:
    """Goes through the mentions of a document in order and tells the period each means."""

    def __init__(
        self, mentions: Sequence[PeriodMention], published: str | None, days: Sequence[DateMention] = ()
    ) -> None:
        self.published = published
        self._anchor = _anchor(mentions)
        dated = next((day.year for day in days if day.year is not None), None)
        reckoned = next(((m.year or 0) + 1 for m in mentions if m.baseline and m.year is not None), None)
        self.whole_text = reckoned or dated
        self._anchor = self._anchor or dated
        self._so_far = {m.number for m in mentions if m.kind is PeriodKind.CUMULATIVE and not m.lately}
        self._sub_year: int | None = None
        self._latest: dict[PeriodKind, Period] = {}  # the last month and quarter named
        self._paragraph: int | None = None
        self._sentence: int | None = None
        self._reckoned: int | None = None

    def begin_paragraph(self) -> None:
        self._paragraph = None

    def begin_sentence(self, mentions: Sequence[PeriodMention]) -> None:
        """`mentions` are those of the sentence: "cùng kỳ năm 2015" in it makes 2016 the year unsaid."""
        self._sentence = None
        said = [m.year for m in mentions if m.relation == SAME_PERIOD and m.year is not None]
        self._reckoned = said[0] + 1 if said else None

    @property
    def year(self) -> int | None:
        """The year meant when none is said here."""
        for year in (
            self._sentence,
            self._reckoned,
            self._paragraph,
            self._sub_year,
            self._published_year,
            self._anchor,
        ):
            if year is not None:
                return year
        return None

    @property
    def _published_year(self) -> int | None:
        return int(self.published[:4]) if self.published else None

    @property
    def writing(self) -> Period | None:
        """The month of writing, if it is known."""
        if self.published is None or len(self.published) < 7:
            return None
        return Period.of_month(int(self.published[:4]), int(self.published[5:7]))

    def period(self, mention: PeriodMention) -> Period | None:
        """What a mention that is no baseline means; None where the words and the text do not tell."""
        if mention.relation == YEAR_TO_DATE:
            return self._to_date()
        if mention.relation == PRICE_BASE or (mention.lately and not self._is_year_so_far(mention)):
            return None
        found = mention.period
        if mention.relation == CURRENT and not mention.number and mention.kind is not None:
            found = self._latest.get(mention.kind)  # "cả quý", "trong tháng": the one spoken of
        if found is None and mention.kind is not None and mention.relation in {"", CURRENT}:
            found = self._unsaid(mention)
        if found is not None and mention.relation != NOW:
            self._remember(mention, found)
        return whole_year(found)

    def _is_year_so_far(self, mention: PeriodMention) -> bool:
        """Whether "9 tháng qua" means January to September: told in September or October, or so named elsewhere."""
        if mention.number in self._so_far:
            return True
        writing = self.writing
        return writing is not None and mention.number in {writing.number - 1, writing.number}

    def _unsaid(self, mention: PeriodMention) -> Period | None:
        year = self._published_year if mention.year_offset is not None and self._sentence is None else None
        year = year or self.year
        found = None if year is None else mention.in_year(year)
        writing = self.writing
        if found is not None and writing is not None and year == writing.year and mention.year_offset is None:
            # Nobody reports in January 2025 on "10 tháng" of 2025.
            early = found.kind in _SUB_YEAR and found.months[0] > writing.months[1]
            return mention.in_year(year - 1) if early else found
        return found

    def month_of(self, day: DateMention) -> Period | None:
        """The month of a day, its year unsaid that of the text: none later than the day of writing."""
        if day.month is None:
            return None
        year = day.year or self.year
        writing = self.writing
        if day.year is None and year is not None and writing is not None and writing.year == year:
            year -= day.month > writing.number + 1
        return None if year is None else Period.of_month(year, day.month)

    def deadline(self, day: DateMention) -> Period | None:
        """The month of a day by which something is to be done: in the year of writing, or early in the next one."""
        if day.month is None or (day.year is None and self.writing is None):
            return None
        if day.year is not None or self.writing is None:
            return Period.of_month(day.year or 0, day.month)
        return Period.of_month(self.writing.year + (day.month <= self.writing.number - _LONG_AGO), day.month)

    def _to_date(self) -> Period | None:
        writing = self.writing
        return None if writing is None else Period.through(writing.year, writing.number)

    def _remember(self, mention: PeriodMention, found: Period) -> None:
        if found.kind is PeriodKind.SPAN or mention.until:
            return
        self._sentence = self._paragraph = found.year
        self._latest[found.kind] = found
        if found.kind in _SUB_YEAR:
            self._sub_year = found.year


def whole_year(period: Period | None) -> Period | None:
    """The first half as January to June, twelve months as the year: the forms that figures are kept in."""
    if period is None:
        return None
    if period.kind is PeriodKind.HALF and period.number == 1:
        return Period.through(period.year, 6)
    if period.kind is PeriodKind.CUMULATIVE and period.number == 12:
        return Period.of_year(period.year)
    return period


def _anchor(mentions: Sequence[PeriodMention]) -> int | None:
    """The year a text without a date is about: that of its first month or quarter, else its first year."""
    said = [m for m in mentions if m.year is not None and m.relation != PRICE_BASE and m.kind is not PeriodKind.SPAN]
    for mention in said:
        if mention.kind in _SUB_YEAR and not mention.baseline:
            return mention.year
    for mention in said:
        if mention.relation == SAME_PERIOD or mention.baseline:
            return (mention.year or 0) + 1
        if not mention.until:
            return mention.year
    return None


def baseline_of(mention: PeriodMention, period: Period) -> Period | None:
    """What a figure about `period` is compared with. "Cùng kỳ năm 2021" of a figure of 2021 is a slip for 2020."""
    if mention.relation == SAME_PERIOD:
        told = mention.year is not None and mention.year < period.year
        return (mention.resolve(period) if told else None) or period.year_before
    if mention.relation == PREVIOUS:
        return _one_before(mention, period)
    found = mention.in_year(period.year)
    unsaid = found is not None and mention.year is None and mention.year_offset is None
    if unsaid and mention.kind is PeriodKind.MONTH and found is not None and found.months > period.months:
        found = mention.in_year(period.year - 1)  # in January, "so với tháng 12" is last year's
    slip = found is None or found.months >= period.months
    # "so với năm trước" of nine months means nine months of last year.
    loose = mention.kind is PeriodKind.YEAR and mention.year_offset is not None and period.kind in _SUB_YEAR
    return period.year_before if slip or loose else whole_year(found)


def _one_before(mention: PeriodMention, period: Period) -> Period | None:
    """ "tháng trước" of a month is the month before; of nine months the month before their last."""
    if mention.kind is not None and mention.kind is not period.kind:
        number = _last(period, mention.kind)
        return Period(mention.kind, period.year, number).previous if number else None
    if period.kind is PeriodKind.CUMULATIVE and period.number == 1:
        return None
    return period.previous


def _last(period: Period, kind: PeriodKind) -> int:
    month = period.months[1] % 12 + 1
    return {PeriodKind.MONTH: month, PeriodKind.QUARTER: (month + 2) // 3}.get(kind, 0)
