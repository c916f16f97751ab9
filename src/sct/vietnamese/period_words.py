"""Periods in running text: "quý III/2024", "chín tháng đầu năm", "so với cùng kỳ năm trước", "đến năm 2025".

A mention keeps what the words say and no more: a month without its year stays so, "tháng trước" is a relation, and
whoever knows the document resolves them (`PeriodMention.in_year`, `resolve`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sct.vietnamese.dates import scan_dates
from sct.vietnamese.lexis import is_measured
from sct.vietnamese.numerals import ROMAN, read_words
from sct.vietnamese.periods import Period, PeriodKind
from sct.vietnamese.text import is_plain, lower, normalise, old_tone

SAME_PERIOD = "same_period"  # cùng kỳ: the same form, `years_back` years before (1 unless a year is named)
PREVIOUS = "previous"  # tháng trước, quý trước, kỳ trước: the one just before
CURRENT = "current"  # tháng này, năm nay, kỳ báo cáo
NEXT = "next"  # năm tới, tháng sau
YEAR_TO_DATE = "year_to_date"  # từ đầu năm đến nay: cumulative, its last month unknown
NOW = "now"  # hiện nay, đến nay
NEXT_TERM = "next_term"  # nhiệm kỳ tới: no period
PRICE_BASE = "price_base"  # giá so sánh 2010: a year that is no period of a figure


@dataclass(frozen=True, slots=True)
class PeriodMention:
    """Words that name a time.

    `kind` is None where only a relation stands ("cùng kỳ"). `number` is the month, quarter, half, last month of a
    cumulative period or last year of a span; `year` is None where unsaid, `year_offset` is 0 for "năm nay", −1 for
    "năm trước", 1 for "năm tới". `baseline`: introduced by "so với" or "so"; `until`: by "đến", "đến hết",
    "tính đến" (a target or a stock). `cumulative`: "lũy kế", "tính chung" stand before. `start`/`end` are the words of
    time, `lead` where their introducing words begin.
    """

    start: int
    end: int
    kind: PeriodKind | None
    year: int | None = None
    number: int = 0
    year_offset: int | None = None
    relation: str = ""
    baseline: bool = False
    until: bool = False
    cumulative: bool = False
    lead: int = 0
    bare: bool = False  # a year without the word "năm"
    lately: bool = False  # "9 tháng qua": the year's months so far, or only a length of time

    @property
    def period(self) -> Period | None:
        """The period, if the words alone tell it."""
        return None if self.year is None else self.in_year(self.year)

    def in_year(self, year: int) -> Period | None:
        """The period when the year unsaid is `year` (for "năm trước" the year before it)."""
        if self.kind is None or self.relation in {SAME_PERIOD, PREVIOUS, NEXT, PRICE_BASE} or self._wordless:
            return None
        own = self.year if self.year is not None else year + (self.year_offset or 0)
        return Period(self.kind, own, 0 if self.kind is PeriodKind.YEAR else self.number)

    def moved(self, to_raw: Callable[[int], int]) -> PeriodMention:
        """The mention in the text that a normalised one came from."""
        return replace(self, start=to_raw(self.start), end=to_raw(self.end), lead=to_raw(self.lead))

    @property
    def _wordless(self) -> bool:
        return self.kind is not PeriodKind.YEAR and self.number == 0

    def resolve(self, current: Period) -> Period | None:
        """The period meant in a text about `current`: "tháng trước" in a report on 2024-09 is 2024-08."""
        if self.relation == SAME_PERIOD:
            return _back(current, current.year - (self.year if self.year is not None else current.year - 1))
        if self.relation == PREVIOUS and (self.kind is None or self.kind is current.kind):
            return current.previous
        if self.relation == CURRENT and (self.kind is None or self.kind is current.kind):
            return current
        if self.relation == YEAR_TO_DATE:
            return Period.through(current.year, current.months[1] % 12 + 1)
        return self.in_year(current.year)


def _back(period: Period, years: int) -> Period:
    for _step in range(max(years, 0)):
        period = period.year_before
    return period


# -- the pattern -------------------------------------------------------------------------------------

_S = r"[^\S\n]"  # any space but a line break
_YEAR = r"(?:19|20)\d\d(?![\d%]|[.,]\d)"
_DASH = rf"{_S}*[-–—]{_S}*"
_JOIN = rf"(?:{_S}*[/.\-–]{_S}*|{_S}+năm{_S}+|{_S}*,{_S}*năm{_S}+|{_S}+)"
_YEAR_WORD = rf"năm{_S}+(?:nay|trước|ngoái|qua|tới|sau)(?!\w)"
_N = r"(?:0?[1-9]|1[0-2])(?![\d%]|[.,]\d)"
_M = r"(?:1[0-2]|0?[1-9])(?![\d%]|,\d)"
_N_WORD = r"(?:mười một|mười hai|một|hai|ba|bốn|tư|năm|sáu|bảy|bẩy|tám|chín|mười|giêng|chạp)(?!\w)"
_Q = r"(?:iv|iii|ii|i|[1-4]|một|hai|ba|bốn|tư)(?![\w%]|,\d)"
# "Hiện toàn tỉnh có …", "hiện, …"; not "thực hiện", "phát hiện".
_ALONE = (
    rf"(?<!phát )(?<!thực )(?<!thể )(?<!xuất )(?<!biểu )hiện(?={_S}+(?:còn|đang|toàn|trên|tỉnh|cả|mới|đã|thành phố"
    r"|địa phương|tỷ|tỉ|chỉ|tại|trong|các|số|ngành|huyện|có)(?!\w)|,)"
)
_THIS = r"(?:này|nay|báo cáo)(?!\w)"
_BEFORE = r"(?:trước|liền kề|liền trước|trước đó)(?!\w)"
_AFTER = r"(?:sau|tới|tiếp theo)(?!\w)"


def _with_year(name: str) -> str:
    """An optional year after a month, quarter or number of months."""
    return rf"(?:{_JOIN}(?P<{name}y>{_YEAR})|{_S}+(?:của{_S}+)?(?P<{name}w>{_YEAR_WORD}))?"


_PARTS = (
    rf"(?P<base>giá (?:so sánh|cố định|gốc)(?: năm)?{_S}+(?P<basey>{_YEAR}))",
    rf"(?P<span>(?:(?:giai đoạn|thời kỳ|nhiệm kỳ|các năm|5 năm|năm năm|năm){_S}+)?(?P<spana>{_YEAR})"
    rf"(?:{_DASH}|{_S}+(?:đến|tới){_S}+(?:năm{_S}+)?)(?P<spanb>{_YEAR}))",
    rf"(?P<same>(?:cùng kỳ|tháng cùng kỳ|cùng tháng|cùng quý|cùng thời (?:kỳ|điểm))"
    rf"(?:{_S}+(?:của{_S}+)?(?:các{_S}+)?(?:năm{_S}+)?(?:(?P<samey>{_YEAR})|(?:năm{_S}+)?(?:trước|ngoái)(?!\w)))?)",
    rf"(?P<quarter>quý{_S}+(?P<quartern>{_Q}){_with_year('quarter')})",
    rf"(?P<half>(?:nửa|6 tháng|sáu tháng|06 tháng){_S}+(?P<halfn>đầu|cuối){_S}+năm"
    rf"(?:{_S}+(?P<halfy>{_YEAR})|{_S}+(?P<halfo>nay|trước|ngoái|tới|sau)(?!\w))?)",
    rf"(?P<cum>(?P<cumn>{_N}|{_N_WORD}){_S}*tháng{_S}+đầu(?:{_S}+năm)?(?:{_S}+(?P<cumo>nay|trước|ngoái|tới|sau)(?!\w))?"
    rf"(?:{_JOIN}(?P<cumy>{_YEAR}))?)",
    rf"(?P<months>(?P<monthsn>{_N}|{_N_WORD}){_S}*tháng{_with_year('months')})(?!\w)",
    rf"(?P<month>(?:tháng{_S}*(?P<monthn>{_M}|{_N_WORD})|t(?P<montht>{_N})(?={_S}*[/.-])){_with_year('month')})",
    rf"(?P<prev>(?:tháng|quý|kỳ){_S}+{_BEFORE})",
    rf"(?P<this>(?:tháng|quý|kỳ){_S}+{_THIS}|(?:(?<=trong )|(?<=cả )|(?<=toàn ))(?:tháng|quý)(?!{_S}*\d)"
    rf"(?!{_S}+(?:{_Q}|{_N_WORD}|trước|sau|tới|đầu|cuối|tiếp|liền|cùng|tết)(?!\w))(?!\w))",
    rf"(?P<next>(?:tháng|quý){_S}+{_AFTER})",
    rf"(?P<newyear>(?<=so với )(?P<newyearn>đầu|cuối) năm(?:{_S}+(?:(?P<newyearo>nay|trước|ngoái)(?!\w)"
    rf"|(?P<newyeary>{_YEAR})))?(?!\w))",
    r"(?P<term>nhiệm kỳ (?:tới|sau|mới)(?!\w))",
    r"(?P<ytd>từ đầu năm(?: đến nay| tới nay)?(?!\w))",
    rf"(?P<now>(?:hiện nay|đến nay|tới nay|hiện tại|hiện có|{_ALONE})(?!\w))",
    rf"(?P<year>(?:cả{_S}+)?năm{_S}+(?:(?P<yeary>{_YEAR})|(?P<yearo>nay|trước|ngoái|qua|tới|sau)(?!\w)))",
    rf"(?P<whole>cả năm(?!\w)|(?:từ nay )?(?:đến|tới) (?:cuối|hết) năm(?!\w)"
    rf"(?!{_S}*\d)(?!{_S}+(?:nay|trước|ngoái|sau|tới|học|một|hai)(?!\w)))",
    rf"(?P<bare>{_YEAR}(?![/.\-–]\d|[:\w]))",
)
_NAME = re.compile(r"\(\?P<(\w+)>")
_DIGITAL = frozenset({"span", "half", "cum", "months", "bare"})


def _alternatives(digital: bool) -> str:
    """The forms that may begin with a digit, or those that may begin with a word."""
    named = [(str(_NAME.match(part)[1]), part) for part in _PARTS]  # type: ignore[index]
    return "|".join(part for name, part in named if (name in _DIGITAL if digital else name != "bare"))


# Two patterns, so that the engine can skip: to a digit, or to the space before a word with a fitting first letter.
_DIGITS = re.compile(r"\d+")
_BY_DIGIT = re.compile(_alternatives(digital=True))
# How a word-led form may begin: one cheap look spares most words the long list of alternatives.
_OPENINGS = (
    rf"năm{_S}|tháng|cùng{_S}|quý{_S}|gi(?:á|ai){_S}|thời{_S}|nhiệm{_S}|c(?:ác|ả){_S}+năm|5{_S}|nửa{_S}|t\d|kỳ{_S}|từ{_S}+đầu"
    rf"|(?:đầu|cuối){_S}+năm"
    rf"|từ{_S}+năm|từ{_S}+nay{_S}|hiện[ ,]|(?:đến|tới){_S}+(?:nay|cuối|hết)"
    rf"|(?:một|hai|ba|bốn|tư|sáu|bảy|bẩy|tám|chín|mười|mười{_S}+một|mười{_S}+hai){_S}*tháng"
)
_AT_START = re.compile(rf"(?={_OPENINGS})(?:" + _alternatives(digital=False) + ")")
_BY_WORD = re.compile(r"\W" + _AT_START.pattern)
_TIGHT = frozenset(".,/-")
_LEAD = re.compile(
    rf"(?:(?P<base>so{_S}+với|so{_S}+cùng|so|với mức|hơn|tương đương(?:{_S}+với)?)"
    rf"|(?P<until>tính đến hết|tính đến|đến hết|hết|đến cuối|đến|tới|vào cuối)"
    rf"|(?P<cum>lũy kế|lũy kế đến hết|tính chung|cộng dồn|chung|tính cả|trong|sau))"
    rf"(?:{_S}+(?:thực hiện|bình quân|của|trong|cả|mức|cuối|hết|thời điểm|ước|kết quả|số liệu|đến hết|tết|"
    rf"dịp tết|dịp|mùa|vụ|tổng số|con số|kế hoạch))*{_S}*$"
)
_MORE = {
    kind: re.compile(rf"(?:{_S}*,{_S}*(?:{number}))*{_S}*(?:,|và|-|–){_S}*(?:{number})(?P<year>{_JOIN}(?P<y>{_YEAR}))")
    for kind, number in ((PeriodKind.MONTH, _M), (PeriodKind.QUARTER, r"iv|iii|ii|i|[1-4]"))
}
_NUMBERED = re.compile(r"(?<!\w)(?:[ivx]+|\d+)(?!\w)")
_OFFSET = {"nay": 0, "trước": -1, "ngoái": -1, "qua": -1, "tới": 1, "sau": 1}
_WORD_MONTH = {"giêng": 1, "chạp": 12, "tư": 4}
_FORM = {"tháng": PeriodKind.MONTH, "quý": PeriodKind.QUARTER, "kỳ": None}


def scan_periods(text: str) -> list[PeriodMention]:
    """Every period named in a text, in order, without overlaps; dates of a day are left to `scan_dates`."""
    if not is_plain(text):
        plain = normalise(text)
        return [m.moved(plain.to_raw) for m in scan_periods(plain.text)]
    low = old_tone(lower(text))
    days = [(d.start, d.end) for d in scan_dates(text)]
    return find_periods(low, days)


def find_periods(low: str, days: Sequence[tuple[int, int]]) -> list[PeriodMention]:
    """The mentions in a lowered text, outside the spans of dates (given in order)."""
    found: list[PeriodMention] = []
    starts = [d[0] for d in days]
    done = 0
    for start, match in _candidates(low):
        if start < done:
            continue
        place = bisect_right(starts, match.end() - 1) - 1
        if place >= 0 and days[place][1] > start:
            continue
        mention = _READ[str(match.lastgroup)](low, match)
        if mention is not None:
            found += _continued(low, mention)
            done = found[-1].end
    return _borrowed(low, found)


def _continued(low: str, mention: PeriodMention) -> list[PeriodMention]:
    """ "tháng 2 và 3 năm 2024", "quý I, II và III/2024": behind the first only numbers, and one year for all."""
    form = _MORE.get(mention.kind) if mention.kind and mention.year is None and not mention.relation else None
    match = form.match(low, mention.end) if form is not None else None
    if match is None:
        return [mention]
    year = int(match["y"])
    found = [replace(mention, year=year)]
    for printed in _NUMBERED.finditer(low, mention.end, match.start("year")):
        number = ROMAN.get(printed[0]) or int(printed[0])
        start, end = printed.span()
        found.append(replace(mention, start=start, lead=start, end=end, number=number, year=year))
    found[-1] = replace(found[-1], end=match.end())
    return found


def _borrowed(low: str, found: list[PeriodMention]) -> list[PeriodMention]:
    """ "tháng 10 và tháng 11/2024": the first takes the year of the second."""
    for place in range(len(found) - 2, -1, -1):
        first, second = found[place], found[place + 1]
        alike = first.kind is second.kind and first.year is None is first.year_offset and not first.relation
        if alike and second.year is not None and low[first.end : second.start].strip() in {"và", ",", "-", "–"}:
            found[place] = replace(first, year=second.year)
    return found


def _candidates(low: str) -> list[tuple[int, re.Match[str]]]:
    """Where a period may begin, in order."""
    found = [(m.start(str(m.lastgroup)), m) for m in _BY_WORD.finditer(low)]
    opening = _AT_START.match(low)
    if opening is not None:
        found.insert(0, (0, opening))
    for digits in _DIGITS.finditer(low):
        start = digits.start()
        before = low[start - 1 : start]
        if before.isalnum() or (before in _TIGHT and low[start - 2 : start - 1].isdigit()):
            continue
        match = _BY_DIGIT.match(low, start)
        if match is not None:
            found.append((start, match))
    found.sort(key=_first)
    return found


def _first(pair: tuple[int, re.Match[str]]) -> int:
    return pair[0]


# -- one reader a form -------------------------------------------------------------------------------


def _make(
    low: str,
    match: re.Match[str],
    kind: PeriodKind | None,
    *,
    number: int = 0,
    year: str | None = None,
    word: str | None = None,
    relation: str = "",
    bare: bool = False,
) -> PeriodMention:
    start = match.start(str(match.lastgroup))
    lead = _LEAD.search(low, max(0, start - 40), start)
    if lead is not None and lead.start() and low[lead.start() - 1].isalnum():
        lead = None
    how = lead.lastgroup if lead is not None else ""
    return PeriodMention(
        start,
        match.end(),
        kind,
        year=int(year) if year else None,
        number=number,
        year_offset=None if not word else _OFFSET[word.split()[-1]],
        relation=relation,
        baseline=how == "base",
        until=how == "until",
        cumulative=how == "cum" and lead is not None and lead[0].startswith(("lũy", "tính chung", "cộng")),
        lead=lead.start() if lead is not None else start,
        bare=bare,
    )


def _count(text: str) -> int:
    """A month from digits or words."""
    if text.isdigit():
        return int(text)
    return _WORD_MONTH.get(text) or int(read_words(text) or 0)


def _span(low: str, match: re.Match[str]) -> PeriodMention | None:
    first, last = int(match["spana"]), int(match["spanb"])
    if first >= last:
        return None
    return _make(low, match, PeriodKind.SPAN, number=last, year=match["spana"])


def _quarter(low: str, match: re.Match[str]) -> PeriodMention:
    said = match["quartern"]
    number = ROMAN.get(said) or _count(said)
    return _make(low, match, PeriodKind.QUARTER, number=number, year=match["quartery"], word=match["quarterw"])


def _half(low: str, match: re.Match[str]) -> PeriodMention:
    """ "6 tháng đầu năm" is cumulative (January to June); "nửa đầu năm" the first half; "cuối năm" the second."""
    year, word = match["halfy"], match["halfo"]
    if match["halfn"] == "đầu" and not match["half"].startswith("nửa"):
        return _make(low, match, PeriodKind.CUMULATIVE, number=6, year=year, word=word)
    return _make(low, match, PeriodKind.HALF, number=1 if match["halfn"] == "đầu" else 2, year=year, word=word)


def _cumulative(low: str, match: re.Match[str]) -> PeriodMention:
    number, word = _count(match["cumn"]), match["cumo"]
    return _make(low, match, PeriodKind.CUMULATIVE, number=number, year=match["cumy"], word=word)


_DURATION_BEFORE = re.compile(
    r"(?:qua|liên tục|liên tiếp|sau|thời gian|thời hạn|trong vòng|kéo dài|hạn|mỗi|từng|các)\s*$"
)
_DURATION_AFTER = re.compile(
    rf"{_S}+(?:liên tiếp|liên tục|qua|tới|trước|sau|nay|gần đây|gần nhất|cuối|thực hiện|tiếp theo|còn lại|kể từ|tuổi)"
    r"(?!\w)"
)


def _months(low: str, match: re.Match[str]) -> PeriodMention | None:
    """ "9 tháng" alone is January to September unless its neighbours make it a duration."""
    number = _count(match["monthsn"])
    year, word = match["monthsy"], match["monthsw"]
    if not year and not word:
        before = _DURATION_BEFORE.search(low, max(0, match.start() - 16), match.start("months"))
        after = _DURATION_AFTER.match(low, match.end())
        if number == 1:
            return None
        if before or after:
            since = (before and before[0].strip() in {"qua", "sau"}) or (after and after[0].strip() == "qua")
            made = _make(low, match, PeriodKind.CUMULATIVE, number=number)
            return replace(made, lately=True) if since and not (before and after) else None
    return _make(low, match, PeriodKind.CUMULATIVE, number=number, year=year, word=word)


def _new_year(low: str, match: re.Match[str]) -> PeriodMention:
    """ "So với đầu năm" is compared with last December, "so với cuối năm 2023" with December 2023."""
    back = 1 if match["newyearn"] == "đầu" else 0
    said = match["newyeary"]
    made = _make(low, match, PeriodKind.MONTH, number=12, year=str(int(said) - back) if said else None)
    return made if said else replace(made, year_offset=_OFFSET[match["newyearo"] or "nay"] - back)


def _month(low: str, match: re.Match[str]) -> PeriodMention:
    number = _count(match["monthn"] or match["montht"])
    return _make(low, match, PeriodKind.MONTH, number=number, year=match["monthy"], word=match["monthw"])


def _related(relation: str) -> Callable[[str, re.Match[str]], PeriodMention | None]:
    def read(low: str, match: re.Match[str]) -> PeriodMention | None:
        start = match.start(str(match.lastgroup))
        if low[max(0, start - 2) : start].strip().isdigit():  # "3 tháng tới" is a duration
            return None
        return _make(low, match, _FORM[low[start : match.end()].split(None, 1)[0]], relation=relation)

    return read


def _fixed(kind: PeriodKind | None, relation: str) -> Callable[[str, re.Match[str]], PeriodMention]:
    def read(low: str, match: re.Match[str]) -> PeriodMention:
        return _make(low, match, kind, relation=relation, word="nay" if relation == CURRENT else None)

    return read


_COUNTED_YEARS = re.compile(r"(?:\d|hai|ba|bốn|mười|vài|nhiều|mấy|những|các|mươi)\s*$")


def _year(low: str, match: re.Match[str]) -> PeriodMention | None:
    word, start = match["yearo"], match.start("year")
    if word and word != "nay" and _COUNTED_YEARS.search(low, max(0, start - 6), start):  # "5 năm qua"
        return None
    return _make(low, match, PeriodKind.YEAR, year=match["yeary"], word=word)


def _bare(low: str, match: re.Match[str]) -> PeriodMention | None:
    """A year alone, unless it counts something ("2000 doanh nghiệp")."""
    if is_measured(low, match.end()):
        return None
    return _make(low, match, PeriodKind.YEAR, year=match["bare"], bare=True)


_READ: dict[str, Callable[[str, re.Match[str]], PeriodMention | None]] = {
    "base": lambda low, m: _make(low, m, PeriodKind.YEAR, year=m["basey"], relation=PRICE_BASE),
    "span": _span,
    "same": lambda low, m: _make(low, m, None, year=m["samey"], relation=SAME_PERIOD),
    "quarter": _quarter,
    "half": _half,
    "cum": _cumulative,
    "months": _months,
    "month": _month,
    "prev": _related(PREVIOUS),
    "this": _related(CURRENT),
    "next": _related(NEXT),
    "newyear": _new_year,
    "term": _fixed(None, NEXT_TERM),
    "ytd": _fixed(PeriodKind.CUMULATIVE, YEAR_TO_DATE),
    "now": _fixed(None, NOW),
    "year": _year,
    "whole": lambda low, m: _make(low, m, PeriodKind.YEAR, word="nay"),
    "bare": _bare,
}
