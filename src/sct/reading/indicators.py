"""Which indicator of the catalogue a subject names. Better none than a near one: every word must be accounted for."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from sct.catalogue import Catalogue
from sct.catalogue.model import Indicator
from sct.reading.lexicon import folded, lexicon, words_pattern

_WORD = re.compile(r"\w+")
_JOIN = re.compile(r"\s*[-–,/;]\s*|\s+")
_ASIDE = re.compile(r"\([^()]*\)")
_MARKS = re.compile(r"[()\"“”‘’']")
_CLASS = 4  # level of a class (lớp) in VSIC


Series = tuple[str, str]


class Names:
    """The names and aliases of a catalogue's series, and those of the members of its breakdowns, as automata."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._indicators = catalogue.indicators
        self._series: dict[str, Series] = {}
        self._ended: dict[str, Series] = {}  # what the name meant before its definition ended
        for alias in sorted(catalogue.aliases, key=lambda a: _last_day(self._indicators[a.code]) is not None):
            series = (alias.code, alias.breakdown)
            known = self._series.setdefault(plain_name(alias.text), series)
            if known != series and _last_day(self._indicators[alias.code]) is not None:
                self._ended.setdefault(plain_name(alias.text), series)
        self._members: dict[str, list[str]] = {}
        for code, member in catalogue.breakdowns.items():
            for name in {plain_name(text) for text in (member.name, *member.aliases)}:
                if ":" not in code or not name or (member.level >= _CLASS and name in self._members):
                    continue  # a class of one division bears its name: a text means the division
                self._members.setdefault(name, []).append(code)
        self._series_pattern = words_pattern(self._series)
        self._member_pattern = words_pattern(self._members)

    def match(self, subject: str, whole: str = "", on: date | None = None) -> Series | None:
        """(indicator, breakdown) that a subject names, or None where words remain that no name explains.

        `whole` is the indicator spoken of before: under exports "khu vực FDI" names a part of exports. `on` is a day of
        the figure's period: a name that once meant another indicator means that one then.
        """
        text = plain_name(subject)
        named = self._named(text, on)
        if named is not None and whole and self._indicators[named[0]].parent == whole:
            return named
        return self._under(text, whole) or self._part(text, whole) or named

    def averaged(self, subject: str) -> Series | None:
        """The series of an average told before the subject ("bình quân 9 tháng, CPI tăng"), where there is one."""
        name = _explained(self._series_pattern, plain_name(subject))
        return None if name is None else self._series.get(f"{name} bình quân")

    def _under(self, text: str, whole: str) -> Series | None:
        """Under GRDP "dịch vụ" is the services sector: the name that a part has in full."""
        if whole not in self._indicators:
            return None
        for prefix in lexicon().words("part_prefix"):
            series = self._series.get(f"{prefix} {text}")
            if series is not None and self._indicators[series[0]].parent == whole:
                return series
        return None

    def last_in(self, low: str) -> tuple[int, int] | None:
        """Where the last name of a series stands in a text of the working copy."""
        found = None
        for match in self._series_pattern.finditer(low):
            found = match.span()
        return found

    def _named(self, text: str, on: date | None) -> Series | None:
        name = _explained(self._series_pattern, text)
        if name is None:
            return None
        ended = self._ended.get(name)
        until = None if ended is None else _last_day(self._indicators[ended[0]])
        return (
            ended if ended is not None and on is not None and until is not None and on <= until else self._series[name]
        )

    def _part(self, text: str, whole: str) -> Series | None:
        if whole not in self._indicators:
            return None
        name = _explained(self._member_pattern, text)
        for code in self._members.get(name or "", ()):
            if code.partition(":")[0] in self._indicators[whole].breakdowns:
                return whole, code
        return None


def _last_day(indicator: Indicator) -> date | None:
    """The day on which the last definition of an indicator ended, None while one holds."""
    ends = [definition.valid_to for definition in indicator.definitions]
    return None if not ends or None in ends else max(end for end in ends if end is not None)


def _explained(pattern: re.Pattern[str], text: str) -> str | None:
    """The longest name in a text, if the other words mean nothing of their own."""
    found = max(pattern.finditer(text), key=lambda m: m.end() - m.start(), default=None)
    if found is None:
        return None
    rest = _WORD.findall(text[: found.start()] + " " + text[found.end() :])
    neutral = lexicon().words("neutral")
    return found[0] if all(word in neutral for word in rest) else None


@lru_cache(maxsize=65536)
def plain_name(text: str) -> str:
    """A name in the working form: no commas, dashes and asides in brackets, short forms in full, joining words out."""
    bare = _ASIDE.sub(" ", folded(text))
    words = _JOIN.sub(" ", _MARKS.sub(" ", bare)).strip()
    words = lexicon().pattern("name_aside").sub(" ", words)
    full = lexicon().pattern("short_name").sub(lambda m: _IN_FULL[m[0]], words)
    return " ".join(word for word in full.split() if word not in _JOINING)


_JOINING = frozenset({"của", "trong", "các", "lĩnh", "vực"})
_IN_FULL = {
    "ccn": "cụm công nghiệp", "kcn": "khu công nghiệp", "gtsx": "giá trị sản xuất", "cn": "công nghiệp",
    "gtsxcn": "giá trị sản xuất công nghiệp", "tmđt": "thương mại điện tử", "xnk": "xuất nhập khẩu", "xk": "xuất khẩu",
    "nk": "nhập khẩu", "nsnn": "ngân sách nhà nước", "giá trị gia tăng": "giá trị tăng thêm",
    "qltt": "quản lý thị trường",
}  # fmt: skip


@lru_cache(maxsize=8)
def names(catalogue: Catalogue) -> Names:
    return Names(catalogue)
