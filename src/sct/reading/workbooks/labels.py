"""Rows matched to series: by their label and, where two rows bear one label, by their order."""

from __future__ import annotations

import difflib
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from sct.catalogue.load import Catalogue
from sct.reading.workbooks.folding import label_key
from sct.reading.workbooks.words import IGNORED, TableKind, Words


@dataclass(frozen=True, slots=True)
class Match:
    indicator: str
    breakdown: str = ""
    flags: tuple[str, ...] = ()


class Labels:
    """The rows one kind of table may have. `matcher` counts how often each label was met, so it is one a table."""

    def __init__(self, kind: TableKind | None, words: Words, catalogue: Catalogue) -> None:
        self.kind = kind
        self.exact: dict[str, list[Match]] = defaultdict(list)
        self._catalogue = catalogue
        self._within: dict[str, dict[str, str]] = {}
        self._by_code = self._codes(kind, catalogue)
        self._answers = words.rows_of(kind.code if kind else "")
        if kind is not None:
            self._fill(kind, words, catalogue)
        for alias in catalogue.aliases:
            key = label_key(alias.text)
            if kind is None or not (kind.rows_of or kind.indicator):
                self.exact.setdefault(key, [Match(alias.code, alias.breakdown)])
        self._near = lru_cache(maxsize=4096)(self._find_near)

    @property
    def sections(self) -> bool:
        """Whether rows belong to the total above them: in tables of no one indicator."""
        return self.kind is not None and not self.kind.indicator

    def _fill(self, kind: TableKind, words: Words, catalogue: Catalogue) -> None:
        for dimension in kind.rows_of:
            for member in catalogue.breakdowns.members(dimension):
                for name in (member.name, *member.aliases):
                    matches = self.exact[label_key(name)]
                    match = Match(kind.indicator, member.code)
                    if match not in matches:
                        matches.append(match)
        if kind.indicator:
            for total in words.totals:
                self.exact.setdefault(total, [Match(kind.indicator)])
            for alias in catalogue.aliases:
                if (alias.code, alias.breakdown) == (kind.indicator, ""):
                    self.exact.setdefault(label_key(alias.text), [Match(kind.indicator)])
        for key, indicator, breakdown in self._answers:
            self.exact[key] = [Match("" if indicator == IGNORED else indicator or kind.indicator, breakdown)]

    def within(self, section: str) -> dict[str, str]:
        """Label key → breakdown of the rows below a total: "Kinh tế nhà nước" under exports is theirs."""
        if section not in self._within:
            found: dict[str, str] = {}
            indicator = self._catalogue.indicators.get(section)
            for dimension in indicator.breakdowns if indicator is not None else ():
                for member in self._catalogue.breakdowns.members(dimension):
                    for name in (member.name, *member.aliases):
                        found.setdefault(label_key(name), member.code)
            self._within[section] = found
        return self._within[section]

    def __contains__(self, label: str) -> bool:
        return label_key(label) in self.exact

    @staticmethod
    def _codes(kind: TableKind | None, catalogue: Catalogue) -> dict[str, Match]:
        """Codes of a classification as a sheet writes them in a column of their own: "C", "10", "1010"."""
        if kind is None or not kind.indicator:
            return {}
        return {
            member.code.partition(":")[2]: Match(kind.indicator, member.code)
            for dimension in kind.rows_of
            for member in catalogue.breakdowns.members(dimension)
            if member.version
        }

    def of_code(self, code: str) -> Match | None:
        """The series of a row by its classification code."""
        return self._by_code.get(code.strip().upper())

    def matcher(self) -> Matcher:
        return Matcher(self)

    def near(self, key: str) -> tuple[str, ...]:
        """The one declared label that a slightly different spelling can only mean; () when none or several."""
        return self._near(key)

    def _find_near(self, key: str) -> tuple[str, ...]:
        if len(key) < 6:
            return ()
        found = difflib.get_close_matches(key, self.exact, n=2, cutoff=0.9)
        if found and _same_numbers(found[0], key):
            return (found[0],)
        if len(key) >= 20:
            begun = [k for k in self.exact if len(k) >= 20 and (k.startswith(key) or key.startswith(k))]
            if len(begun) == 1:
                return (begun[0],)
        return ()


def _same_numbers(one: str, other: str) -> bool:
    """ "không dệt kim" is not "dệt kim": a missing negation or number is no slip of spelling."""
    telling = ("khong", "tru", "ngoai", "khac", "tren", "duoi")
    return all((word in one.split()) == (word in other.split()) for word in telling)


class Matcher:
    def __init__(self, labels: Labels) -> None:
        self._labels = labels
        self._met: dict[str, int] = defaultdict(int)
        self._tries = 300  # a sheet of unknown labels is not compared with every name one by one
        self._section = ""  # the indicator whose total was met last, in a table of several

    def match(self, label: str) -> Match | None:
        """The series of a row; the n-th row of a label takes the n-th series of that name."""
        key = label_key(label)
        if not key:
            return None
        flags: tuple[str, ...] = ()
        found = self._labels.exact.get(key)
        if found is None and (below := self._labels.within(self._section).get(key)):
            return Match(self._section, below)
        if found is None:
            self._tries -= 1
            near = self._labels.near(key) if self._tries > 0 else ()
            if not near:
                return None
            key, flags = near[0], ("label-near",)
            found = self._labels.exact[key]
        index = min(self._met[key], len(found) - 1)
        self._met[key] += 1
        one = found[index]
        if not one.breakdown and self._labels.sections:
            self._section = one.indicator
        return Match(one.indicator, one.breakdown, flags) if flags else one
