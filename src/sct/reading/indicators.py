"""Which indicator of the catalogue a subject names. Better none than a near one: every word must be accounted for."""

from __future__ import annotations

import re
from functools import lru_cache

from sct.catalogue import Catalogue
from sct.reading.lexicon import folded, lexicon, words_pattern

_WORD = re.compile(r"\w+")
_JOIN = re.compile(r"\s*[-–,/]\s*|\s+")


Series = tuple[str, str]


class Names:
    """The names and aliases of a catalogue's series, and those of the members of its breakdowns, as automata."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._indicators = catalogue.indicators
        self._series: dict[str, Series] = {}
        for alias in catalogue.aliases:
            self._series.setdefault(plain_name(alias.text), (alias.code, alias.breakdown))
        self._members: dict[str, list[str]] = {}
        for code, member in catalogue.breakdowns.items():
            for name in {plain_name(text) for text in (member.name, *member.aliases)}:
                if ":" in code and name:
                    self._members.setdefault(name, []).append(code)
        self._series_pattern = words_pattern(self._series)
        self._member_pattern = words_pattern(self._members)

    def match(self, subject: str, whole: str = "") -> Series | None:
        """(indicator, breakdown) that a subject names, or None where words remain that no name explains.

        `whole` is the indicator spoken of before: under exports "khu vực FDI" names a part of exports.
        """
        text = plain_name(subject)
        named = self._named(text)
        if named is not None and whole and self._indicators[named[0]].parent == whole:
            return named
        return self._part(text, whole) or named

    def last_in(self, low: str) -> tuple[int, int] | None:
        """Where the last name of a series stands in a text of the working copy."""
        found = None
        for match in self._series_pattern.finditer(low):
            found = match.span()
        return found

    def _named(self, text: str) -> Series | None:
        name = _explained(self._series_pattern, text)
        return None if name is None else self._series[name]

    def _part(self, text: str, whole: str) -> Series | None:
        if whole not in self._indicators:
            return None
        name = _explained(self._member_pattern, text)
        for code in self._members.get(name or "", ()):
            if code.partition(":")[0] in self._indicators[whole].breakdowns:
                return whole, code
        return None


def _explained(pattern: re.Pattern[str], text: str) -> str | None:
    """The longest name in a text, if the other words mean nothing of their own."""
    found = max(pattern.finditer(text), key=lambda m: m.end() - m.start(), default=None)
    if found is None:
        return None
    rest = _WORD.findall(text[: found.start()] + " " + text[found.end() :])
    neutral = lexicon().words("neutral")
    return found[0] if all(word in neutral for word in rest) else None


def plain_name(text: str) -> str:
    """A name without commas, dashes and brackets, in the working form."""
    return _JOIN.sub(" ", re.sub(r"[()\"“”]", " ", folded(text))).strip()


@lru_cache(maxsize=8)
def names(catalogue: Catalogue) -> Names:
    return Names(catalogue)
