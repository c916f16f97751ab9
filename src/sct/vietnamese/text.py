"""Vietnamese text: one form to read, one key to search, one key to sort.

The same word reaches a department in many bytes: decomposed (NFD), with no-break or zero-width spaces, with the tone
on another vowel (hoà, hòa), with an eth for đ. `normalise` makes one form of them and remembers where each
character came from, so that what is found can be shown in the original.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t"
_ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_LOOK_ALIKES = {"ð": "đ", "Ð": "Đ", "Ɖ": "Đ", "ɖ": "đ"}
_MAP: dict[int, str | None] = {
    **{ord(c): " " for c in _SPACES},
    **{ord(c): None for c in _ZERO_WIDTH},
    **{ord(c): d for c, d in _LOOK_ALIKES.items()},
}
_ODD = re.compile("[" + _SPACES + _ZERO_WIDTH + "".join(_LOOK_ALIKES) + "]")

# Tone on the second vowel of an open oa, oe, uy (hoà, khoẻ, thuý: "new" placement) → on the first (hòa, khỏe, thúy),
# which official names print. After q the u belongs to the consonant: quý, quỹ stay.
_NEW = "oà oá oả oã oạ oè oé oẻ oẽ oẹ uỳ uý uỷ uỹ uỵ"
_OLD = "òa óa ỏa õa ọa òe óe ỏe õe ọe ùy úy ủy ũy ụy"
_PLACEMENT = dict(zip(_NEW.split(), _OLD.split(), strict=True))
_PLACEMENT |= {k.capitalize(): v.capitalize() for k, v in _PLACEMENT.items()}
_PLACEMENT |= {k.upper(): v.upper() for k, v in _PLACEMENT.items()}
# The vowel stands first in the pattern: the engine then skips to the next o or u.
_TONE = re.compile(r"(?:[oO][àáảãạèéẻẽẹÀÁẢÃẠÈÉẺẼẸ]|[uU](?<![qQ][uU])[ỳýỷỹỵỲÝỶỸỴ])(?!\w)")


def nfc(text: str) -> str:
    """The text in composed form (NFC)."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def old_tone(text: str) -> str:
    """hoà → hòa, thuý → thúy, luỹ → lũy; quý stays. NFC text; keeps the length."""
    return _TONE.sub(lambda found: _PLACEMENT.get(found[0], found[0]), text)


def lower(text: str) -> str:
    """Lower case of the same length, so that offsets stay (a few foreign capitals become two characters otherwise)."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(c if len(c.lower()) != 1 else c.lower() for c in text)


@dataclass(frozen=True, slots=True)
class Normalised:
    """A normalised text with the way back: `starts[i]` in `text` came from `origins[i]` in `raw`.

    Between two anchors the offsets run in step, so plain stretches cost nothing.
    """

    text: str
    raw: str
    starts: tuple[int, ...]
    origins: tuple[int, ...]

    def to_raw(self, position: int) -> int:
        """The offset in `raw` of an offset in `text`; the end of one is the end of the other."""
        if position >= len(self.text):
            return len(self.raw)
        anchor = bisect_right(self.starts, position) - 1
        return self.origins[anchor] + position - self.starts[anchor]

    def span_to_raw(self, start: int, end: int) -> tuple[int, int]:
        """The span in `raw`."""
        return self.to_raw(start), self.to_raw(end)


def is_plain(text: str) -> bool:
    """Whether `normalise` would leave it as it is, but for tone placement."""
    return unicodedata.is_normalized("NFC", text) and _ODD.search(text) is None


# Where the length can change: a character with the marks after it, and characters that vanish.
_SPOT = re.compile(f".?[\u0300-\u036f{_ZERO_WIDTH}]+", re.S)


def normalise(raw: str) -> Normalised:
    """NFC, ordinary spaces, no zero-width characters, đ for its look-alikes, tones placed as in hòa."""
    if is_plain(raw):
        return Normalised(old_tone(raw), raw, (0,), (0,))
    made = _pieces(raw, ((m.start(), m[0]) for m in _SPOT.finditer(raw)))
    # A few foreign scripts compose in other places too: then every character is looked at.
    return made if unicodedata.is_normalized("NFC", made.text) else _pieces(raw, _clusters(raw))


def _pieces(raw: str, spots: Iterable[tuple[int, str]]) -> Normalised:
    """The text with its spots cleaned and the stretches between copied."""
    pieces: list[str] = []
    starts, origins = [0], [0]
    made = done = 0
    for start, spot in spots:
        plain, piece = raw[done:start].translate(_MAP), _clean(spot)
        made += len(plain) + len(piece)
        done = start + len(spot)
        pieces += (plain, piece)
        if made - starts[-1] != done - origins[-1]:
            starts.append(made)
            origins.append(done)
    pieces.append(raw[done:].translate(_MAP))
    return Normalised(old_tone("".join(pieces)), raw, tuple(starts), tuple(origins))


# A character with the marks after it; dropped characters are clusters of their own.
_CLUSTER = re.compile(r"[\u1100-\u11ff]+|.[\u0300-\u036f\u1ab0-\u1aff\u20d0-\u20ff]*", re.S)


def _clusters(raw: str) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    for match in _CLUSTER.finditer(raw):
        # Zero-width characters vanish, so what follows them may compose with what stands before.
        if found and (unicodedata.combining(match[0][0]) or found[-1][1][-1] in _ZERO_WIDTH):
            start, before = found.pop()
            found.append((start, before + match[0]))
        else:
            found.append((match.start(), match[0]))
    return found


@cache
def _clean(cluster: str) -> str:
    return unicodedata.normalize("NFC", cluster.translate(_MAP))


def search_key(text: str) -> str:
    """For finding without diacritics: lower case, đ → d, spaces folded ("Cụm  công nghiệp" → "cum cong nghiep")."""
    bare = unicodedata.normalize("NFKD", text.translate(_MAP)).casefold()
    bare = unicodedata.normalize("NFKD", bare).casefold()
    kept = "".join("d" if c == "đ" else c for c in bare if not unicodedata.combining(c))
    return " ".join(kept.split())


# The order of letters and of tones is that of CLDR's Vietnamese collation (common/collation/vi.xml:
# a ă â … d đ e ê … o ô ơ … u ư; tones huyền, hỏi, ngã, sắc, nặng), which ICU, PostgreSQL and browsers follow:
# letters of the whole text first, then tones, then capitals.
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = "\u0300\u0309\u0303\u0301\u0323"
_SHAPES = "\u0306\u0302\u031b"
_PRIMARY = {letter: chr(0x80 + place) for place, letter in enumerate(_LETTERS)}


@cache
def _weights(char: str) -> tuple[str, str]:
    """Primary weights and tone digit of one character."""
    parts = unicodedata.normalize("NFD", char.lower())
    tone = "".join(str(1 + _TONES.index(c)) for c in parts if c in _TONES) or "0"
    letter = unicodedata.normalize("NFC", "".join(c for c in parts if c not in _TONES))
    if letter in _PRIMARY:
        return _PRIMARY[letter], tone
    plain = "".join(c for c in parts if not unicodedata.combining(c))
    return "".join(_PRIMARY.get(c, c) for c in plain), tone


def sort_key(text: str) -> str:
    """Vietnamese dictionary order as a string: a total order, equal only for canonically equal texts."""
    composed = nfc(text)
    weights = [_weights(c) for c in composed]
    primary = "".join(w[0] for w in weights)
    tones = "".join(w[1] for w in weights)
    return f"{primary}\x01{tones}\x01{composed.swapcase()}"
