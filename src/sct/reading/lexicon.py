"""The words the reader goes by, from declarations/reading: sets, patterns, and one automaton for all cues."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from sct import declared
from sct.vietnamese.text import lower, normalise


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`sets` are words by meaning; `cue` finds every cue of a text in one pass, `meaning` tells what it means."""

    sets: dict[str, frozenset[str]]
    patterns: dict[str, re.Pattern[str]]
    cue: re.Pattern[str]
    meaning: dict[str, str]
    trailing: re.Pattern[str]  # one word or phrase of the set at the end of a text
    leading: re.Pattern[str]  # … at its beginning
    rules: dict[str, str]  # what each rule says, in Vietnamese

    def words(self, code: str) -> frozenset[str]:
        return self.sets[code]

    def pattern(self, code: str) -> re.Pattern[str]:
        return self.patterns[code]


_held: list[Lexicon] = []


def lexicon() -> Lexicon:
    """The lexicon that `hold` looked up last; the rules ask for it some twenty times a figure."""
    return _held[0] if _held else hold()


def hold() -> Lexicon:
    """Look up the lexicon of the declaration folders in force; done once a document."""
    _held[:] = [_load(declared.folders())]
    return _held[0]


@cache
def _load(_folders: tuple[object, ...]) -> Lexicon:
    sets: dict[str, frozenset[str]] = {}
    patterns: dict[str, re.Pattern[str]] = {}
    meaning: dict[str, str] = {}
    rules: dict[str, str] = {}
    for code, row in declared.merged("reading", lambda row: str(row["code"])).items():
        if row["group"] == "rule":
            rules[code] = str(row["words"][0])
            continue
        if row["group"] == "pattern":
            patterns[code] = alternatives(row["words"])
            continue
        sets[code] = frozenset(folded(word) for word in row["words"])
        if row["group"] == "cue":
            meaning |= dict.fromkeys(sets[code], code)
    trailing, leading = _longest_first(sets["trailing"]), _longest_first(sets["leading"])
    return Lexicon(
        sets,
        patterns,
        words_pattern(meaning),
        meaning,
        re.compile(rf"(?:^|(?<!doanh)\s)(?:{trailing})$"),  # "thu" of "doanh thu" is no verb
        re.compile(rf"(?:{leading})(?!\w)"),
        rules,
    )


def _longest_first(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def last_match(code: str, text: str) -> re.Match[str] | None:
    """The last place where a pattern of the lexicon matches."""
    found = None
    for match in lexicon().pattern(code).finditer(text):
        found = match
    return found


def folded(word: str) -> str:
    """A word as the working text has it: lower case, tones as in hòa."""
    return lower(normalise(word).text)


def alternatives(patterns: Iterable[str]) -> re.Pattern[str]:
    """One pattern of several; groups of the same name are numbered (`day`, `day_2` …)."""
    seen: dict[str, int] = {}

    def number(found: re.Match[str]) -> str:
        name = found[1]
        seen[name] = seen.get(name, 0) + 1
        return f"(?P<{name}>" if seen[name] == 1 else f"(?P<{name}_{seen[name]}>"

    parts = [
        re.sub(r"\(\?P<(\w+)>", number, folded(pattern) if "\\" not in pattern else pattern) for pattern in patterns
    ]
    return re.compile("|".join(f"(?:{part})" for part in parts))


def words_pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Whole words or phrases, the longest first; a trie, so that a miss costs one or two letters."""
    root: dict[str, object] = {}
    for word in words:
        node = root
        for letter in word:
            node = node.setdefault(letter, {})  # type: ignore[assignment]
        node[""] = {}
    return re.compile(rf"(?<!\w){_branch(root)}(?!\w)")


def _branch(node: dict[str, object]) -> str:
    parts = []
    for letter, below in sorted(node.items()):
        if letter:
            assert isinstance(below, dict)
            parts.append(re.escape(letter) + _branch(below))
    if not parts:
        return ""
    inner = parts[0] if len(parts) == 1 and "" not in node else "(?:" + "|".join(parts) + ")"
    return inner + "?" if "" in node else inner
