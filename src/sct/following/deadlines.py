"""Deadlines as people write them in a task sheet (workbook-layout §6).

"hoàn thành trong tháng 02/2026" is the last day of February, "Quý I/2026" the 31st of March; "trước ngày 15/03/2026" is
due on the day it names, as offices count; "thường xuyên" has no due date. The words are kept beside the date.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sct.errors import UserError
from sct.following.rhythm import Rhythm
from sct.vietnamese.periods import Period
from sct.vietnamese.text import search_key


@dataclass(frozen=True, slots=True)
class Deadline:
    """What was found: the last day that is still in time (None: none), the rhythm of regular work, the words."""

    due: date | None = None
    rhythm: Rhythm = Rhythm.NONE
    words: str = ""
    period: Period | None = None

    @property
    def found(self) -> bool:
        return self.due is not None or self.rhythm is not Rhythm.NONE


NONE = Deadline()

_DAY = r"(?P<day>\d{1,2})\s*[/.-]\s*(?P<month>\d{1,2})\s*[/.-]\s*(?P<year>\d{4})"
_DAY_WORDS = r"(?P<day>\d{1,2})\s+thang\s+(?P<month>\d{1,2})(?:\s+nam|\s*[/.-])\s*(?P<year>\d{4})"
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_ON = re.compile(rf"(?:{_DAY})")
_ON_WORDS = re.compile(rf"ngay\s+(?:{_DAY_WORDS})")
_QUARTER = re.compile(r"quy\s+(?P<number>iv|i{1,3}|[1-4])(?:\s*[/.-]\s*|\s+nam\s+|\s+)(?P<year>\d{4})")
_MONTH = re.compile(r"thang\s+(?P<number>\d{1,2})(?:\s*[/.-]\s*|\s+nam\s+)(?P<year>\d{4})")
_HALF = re.compile(r"6\s+thang\s+(?P<which>dau|cuoi)\s+nam\s+(?P<year>\d{4})")
_YEAR = re.compile(r"(?:trong|het|cuoi|den)\s+(?:het\s+)?(?:cuoi\s+)?nam\s+(?P<year>\d{4})")
_REGULAR = re.compile(r"thuong\s+xuyen|dinh\s+ky|hang\s+(?:tuan|thang|quy|nam)")
_RHYTHMS = (
    (re.compile(r"hang\s+tuan|dinh\s+ky\s+tuan"), Rhythm.WEEK),
    (re.compile(r"hang\s+thang|dinh\s+ky\s+thang"), Rhythm.MONTH),
    (re.compile(r"hang\s+quy|dinh\s+ky\s+quy"), Rhythm.QUARTER),
    (re.compile(r"6\s+thang"), Rhythm.HALF),
    (re.compile(r"hang\s+nam(?!\s*\d)"), Rhythm.YEAR),
)


def read_deadline(text: str) -> Deadline:
    """The deadline of a text; the last one where it names several. Raises `UserError("bad-date")` for 31/02."""
    words = search_key(text)
    for pattern in (_ON_WORDS, _ON):
        found = _last(pattern, words)
        if found is not None:
            return Deadline(_date(found, text), words=_shown(found, text))
    period, match = _period(words)
    if period is not None and match is not None:
        first, last = period.days()
        before = re.search(r"truoc\s+$", words[: match.start()]) is not None  # trước tháng 6: May is the last month
        return Deadline(first - timedelta(days=1) if before else last, words=_shown(match, text), period=period)
    regular = _REGULAR.search(words)
    if regular is None:
        return NONE
    rhythm = next((rhythm for pattern, rhythm in _RHYTHMS if pattern.search(words)), Rhythm.MONTH)
    return Deadline(rhythm=rhythm, words=_shown(regular, text))


def _last(pattern: re.Pattern[str], words: str) -> re.Match[str] | None:
    return next(iter(reversed(list(pattern.finditer(words)))), None)


def _date(found: re.Match[str], text: str) -> date:
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        from sct.catalogue.model import bad_date

        raise bad_date(text.strip()[:60]) from None


def _period(words: str) -> tuple[Period | None, re.Match[str] | None]:
    if found := _last(_QUARTER, words):
        return Period.of_quarter(int(found["year"]), _ROMAN[found["number"]]), found
    if found := _last(_HALF, words):
        return Period.of_half(int(found["year"]), 1 if found["which"] == "dau" else 2), found
    if found := _last(_MONTH, words):
        try:
            return Period.of_month(int(found["year"]), int(found["number"])), found
        except UserError:
            return None, None
    if found := _last(_YEAR, words):
        return Period.of_year(int(found["year"])), found
    return None, None


def _shown(found: re.Match[str], text: str) -> str:
    """The very words where the search key has kept their places, else the key."""
    same = len(search_key(text)) == len(text)
    return (text[found.start() : found.end()] if same else found[0]).strip()


def deadline_of(codes: Sequence[str]) -> Deadline:
    """From the codes that readers give (2026-01-15, 2026-02, 2026-Q1, 2026, recurring); the last of several counts."""
    found = [_of_code(code.strip()) for code in codes if code.strip()]
    dated = [deadline for deadline in found if deadline.due is not None]
    return max(dated, key=lambda deadline: deadline.due or date.min) if dated else (found[0] if found else NONE)


def _of_code(code: str) -> Deadline:
    if code == "recurring":
        return Deadline(rhythm=Rhythm.MONTH, words=code)
    if len(code) == 10:
        return Deadline(date.fromisoformat(code), words=code)
    period = Period.parse(code)
    return Deadline(period.days()[1], words=code, period=period)


_BRACKETS = re.compile(r"\s*\((?P<inner>[^()]*)\)\s*$")


def split_task(text: str) -> tuple[str, str]:
    """A task as the sheet has it, "nội dung (hoàn thành trong Quý I/2026)": the content and the bracketed deadline.

    The whole text twice where no bracket at its end holds a deadline.
    """
    found = _BRACKETS.search(text.strip())
    if found is not None and read_deadline(found["inner"]).found:
        return text.strip()[: found.start()].rstrip(" ,;."), found["inner"]
    return text.strip(), text
