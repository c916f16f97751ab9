"""Vietnamese from before Unicode: TCVN3 (ABC) and VNI, told from good text and converted.

Their letters reach us as Windows-1252 characters ("Hµ Néi", "Haø Noäi"). A text counts as such only when it has no
letter that Vietnamese alone uses in Unicode, when many of its words are no Vietnamese syllables, and when nearly all
of them are after conversion: good text is left alone. The tables are declarations (`declarations/encodings`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from sct import declared
from sct.reading.lexicon import lexicon

_UNICODE_ONLY = re.compile("[ăđĩũơưĂĐĨŨƠƯ\u1ea0-\u1ef9\u0300-\u0309\u0323]")
_MARKED = re.compile("[\u00a1-\u00ac\u00ae-\u00ff]")
_WORD = re.compile(r"[^\W\d_]+")
_TYPED = re.compile(r"[A-Za-z\u00a1-\u00ff]+")  # a word of the old encodings, whose letters may be signs (µ, ¸)
_TONES = {0x0300, 0x0309, 0x0303, 0x0301, 0x0323}
_ENOUGH = 3  # words with a mark: fewer tell nothing
_SAMPLE = 20_000  # characters looked at
_GOOD, _BAD = 0.9, 0.5


@dataclass(frozen=True, slots=True)
class Charset:
    """An encoding: letters typed by one character, letters typed by two, and the fonts that show it."""

    code: str
    title: str
    table: Mapping[str, str]
    typed: re.Pattern[str]  # everything the table has, the longer first
    pair: re.Pattern[str] | None  # letters typed by two characters
    fonts: tuple[re.Pattern[str], ...]

    def convert(self, text: str) -> str:
        """The text in Unicode, NFC."""
        return self.typed.sub(lambda found: self.table[found[0]], text)


@cache
def _load(_folders: tuple[object, ...]) -> dict[str, Charset]:
    found = {}
    for code, row in declared.merged("encodings", lambda row: str(row["code"])).items():
        table = {str(typed): str(meant) for typed, meant in row["table"].items()}
        pairs = [typed for typed in table if len(typed) == 2]
        found[code] = Charset(
            code,
            row["title"],
            table,
            _any_of([*pairs, *(typed for typed in table if len(typed) == 1)]),
            _any_of(pairs) if pairs else None,
            tuple(map(re.compile, row.get("fonts", []))),
        )
    return found


def _any_of(typed: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, typed)))


def charsets() -> dict[str, Charset]:
    """The encodings of the declaration folders in force."""
    return _load(declared.folders())


def of_font(font: str) -> str:
    """The encoding that a font shows, "" for an ordinary font."""
    low = font.strip().lower()
    return next((c.code for c in charsets().values() if any(p.match(low) for p in c.fonts)), "")


def recognise(text: str) -> str:
    """The old encoding a text is written in; "" for text that is what it seems."""
    sample = text[:_SAMPLE]
    if _UNICODE_ONLY.search(sample) or not _MARKED.search(sample):
        return ""
    words = [word for word in _TYPED.findall(sample) if _MARKED.search(word)]
    if len(words) < _ENOUGH or _share(words) > _BAD:
        return ""
    shares = {code: _share(charset.convert(word) for word in words) for code, charset in charsets().items()}
    best = max(shares, key=lambda code: shares[code], default="")
    return best if best and shares[best] >= _GOOD else ""


def fits(text: str, code: str) -> bool:
    """Whether a text that a font says is in an old encoding may be: it has no letter of Unicode Vietnamese, and its
    words are syllables after conversion rather than before."""
    if _UNICODE_ONLY.search(text):
        return False
    words = [word for word in _TYPED.findall(text) if _MARKED.search(word)]
    if not words:
        return bool(_MARKED.search(text))
    charset = charsets()[code]
    return _share(charset.convert(word) for word in words) > _share(words)


def _share(words: Iterator[str] | list[str]) -> float:
    """How many of the words are Vietnamese syllables."""
    listed = list(words)
    return sum(map(is_syllable, listed)) / len(listed) if listed else 0.0


@cache
def is_syllable(word: str) -> bool:
    """Whether a word could be a Vietnamese syllable: an onset, a rhyme, one tone at most."""
    if _WORD.fullmatch(word) is None:
        return False
    parts = unicodedata.normalize("NFD", word.lower())
    tones = [c for c in parts if ord(c) in _TONES]
    bare = unicodedata.normalize("NFC", "".join(c for c in parts if ord(c) not in _TONES))
    if len(tones) > 1:
        return False
    rhymes, onsets = lexicon().words("rhyme"), lexicon().words("onset")
    return any((not cut or bare[:cut] in onsets) and bare[cut:] in rhymes for cut in range(min(4, len(bare))))


def is_modern(text: str) -> bool:
    """Whether a text has letters that only Unicode Vietnamese has."""
    return _UNICODE_ONLY.search(text) is not None
