"""Which indicator of the catalogue a subject names. Better none than a near one: every word must be accounted for."""

from __future__ import annotations

import re
from functools import lru_cache

from sct.catalogue import Catalogue
from sct.reading.lexicon import folded, lexicon, words_pattern

_WORD = re.compile(r"\w+")
_JOIN = re.compile(r"\s*[-–,/]\s*|\s+")


class Names:
    """The names and aliases of a catalogue as one automaton."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.series: dict[str, tuple[str, str]] = {}
        for alias in catalogue.aliases:
            self.series.setdefault(plain_name(alias.text), (alias.code, alias.breakdown))
        self.pattern = words_pattern(self.series)

    def match(self, subject: str) -> tuple[str, str] | None:
        """(indicator, breakdown) that a subject names, or None where words remain that no name explains."""
        text = plain_name(subject)
        found = max(self.pattern.finditer(text), key=lambda m: m.end() - m.start(), default=None)
        if found is None:
            return None
        rest = _WORD.findall(text[: found.start()] + " " + text[found.end() :])
        neutral = lexicon().words("neutral")
        return self.series[found[0]] if all(word in neutral for word in rest) else None


def plain_name(text: str) -> str:
    """A name without commas, dashes and brackets, in the working form."""
    return _JOIN.sub(" ", re.sub(r"[()\"“”]", " ", folded(text))).strip()


@lru_cache(maxsize=8)
def names(catalogue: Catalogue) -> Names:
    return Names(catalogue)
