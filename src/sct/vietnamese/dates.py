"""Days, clocks and other numbers with a calendar or a label, which are no quantities.

"18/12", "12-1", "9/1/2025", "từ ngày 05 đến 07/02", "ngày 5 tháng 9 năm 2024", "16:30:00", "16h30".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from sct.vietnamese.lexis import is_measured
from sct.vietnamese.text import is_plain, lower, normalise, old_tone

_S = r"[^\S\n]"
_D = r"(?:3[01]|[12]\d|0?[1-9])"
_M = r"(?:1[0-2]|0?[1-9])"
_Y = r"(?:19|20)\d\d"
_PARTS = (
    rf"(?P<iso>{_Y}-\d\d-\d\d)(?!\d)",
    rf"(?P<full>{_D}{_S}?(?P<sep>[/.\-–]){_S}?{_M}{_S}?(?P=sep){_S}?(?:{_Y}|\d\d)(?!\d|[.,]\d)"
    rf"(?:{_S}*[-–,|]?{_S}*\d{{1,2}}:\d\d(?::\d\d)?)?)",
    rf"(?P<words>{_D}{_S}+tháng{_S}+{_M}(?:{_S}*[/.-]{_S}*{_Y}|,?{_S}+năm{_S}+{_Y})?)(?!\d)",
    rf"(?P<range>{_D}{_S}*(?:đến|tới|-|–){_S}*(?:ngày{_S}+)?{_D}/{_M}(?:/{_Y})?)(?!\d)",
    rf"(?P<short>{_D}{_S}?[/.\-–]{_S}?{_M})(?!\d|[.,/-]\d|{_S}?%)",
    r"(?P<clock>\d{1,2}:\d\d(?::\d\d)?(?!\d)|\d{1,2}(?:h|g|giờ)\d\d(?!\d)"
    rf"|\d{{1,2}}{_S}+giờ(?:{_S}+\d{{1,2}}(?:{_S}+phút)?)?(?!\w))",
    rf"(?P<day>{_D})(?![\d/]|[.,]\d)",
)
_DATE = re.compile(r"(?=\d)(?<!\w)(?<!\d[.,/-])(?:" + "|".join(_PARTS) + ")")
_NUMBER = re.compile(r"\d+")
# What must stand before a form that could also be a range or a fraction.
_DAY_WORD = re.compile(
    rf"(?<!\w)(?:ngày|sáng|trưa|chiều|tối|đêm|hôm|mùng|mồng|lúc|chủ nhật,?|thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7]),?){_S}*$"
)
_SPAN_WORD = re.compile(rf"(?<!\w)(?:từ|đến|tới|trước|sau){_S}*$")


@dataclass(frozen=True, slots=True)
class DateMention:
    """A day (month and year None where unsaid) or a clock time (all None). Of "05 đến 07/02" the last day is kept."""

    start: int
    end: int
    day: int | None = None
    month: int | None = None
    year: int | None = None

    @property
    def date(self) -> date | None:
        """The date, when all three parts are said and it exists."""
        try:
            return date(self.year or 0, self.month or 0, self.day or 0)
        except ValueError:
            return None

    def moved(self, to_raw: Callable[[int], int]) -> DateMention:
        """The mention in the text that a normalised one came from."""
        return replace(self, start=to_raw(self.start), end=to_raw(self.end))


def scan_dates(text: str) -> list[DateMention]:
    """Every day and clock time of a text, in order."""
    if not is_plain(text):
        plain = normalise(text)
        return [d.moved(plain.to_raw) for d in scan_dates(plain.text)]
    return find_dates(old_tone(lower(text)))


def find_dates(low: str) -> list[DateMention]:
    """The dates of a lowered text."""
    found: list[DateMention] = []
    done = 0
    for digits in _NUMBER.finditer(low):  # the quickest way to the places where a date can begin
        start = digits.start()
        match = _DATE.match(low, start) if start >= done else None
        if match is None or not _stands(low, match):
            continue
        done = end = match.end()
        found.append(_mention(str(match.lastgroup), match[0], start, end))
    return found


def _stands(low: str, match: re.Match[str]) -> bool:
    """Whether the words before let an ambiguous form be a day."""
    start, kind = match.start(), match.lastgroup
    if kind not in {"short", "day", "range"}:
        return True
    line = max(0, start - 12)
    if _DAY_WORD.search(low, line, start):
        return True
    # "(3/1)", "đến 31/12"; "từ 5-7 dự án" and "đến 3/4 doanh nghiệp" are amounts.
    if kind != "short" or "/" not in match[0] or is_measured(low, match.end()):
        return False
    bracketed = low[start - 1 : start] == "(" and low[match.end() : match.end() + 1] == ")"
    return bracketed or _SPAN_WORD.search(low, line, start) is not None


def _mention(kind: str, text: str, start: int, end: int) -> DateMention:
    numbers = [int(n) for n in _NUMBER.findall(text)]
    match kind:
        case "clock":
            return DateMention(start, end)
        case "iso":
            return DateMention(start, end, numbers[2], numbers[1], numbers[0])
        case "range":
            numbers = numbers[1:]
    day, month, year = (*numbers[:3], None, None)[:3]
    return DateMention(start, end, day, month, year + 2000 if year is not None and year < 100 else year)
