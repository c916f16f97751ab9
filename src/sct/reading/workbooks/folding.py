"""One form of words to compare: without diacritics, capitals, line breaks; "số" and "so" kept apart."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from sct.vietnamese.text import lower, normalise, search_key

_NUMBER_WORD = re.compile(r"(?<!\w)số(?!\w)")
_ENUMERATOR = re.compile(r"(?:\d{1,3}(?:\.\d{1,2})*[.)/]|[ivx]{1,4}[.)/]|[a-hđ][.)/]|[-+*•–]+)\s*")
_PUNCTUATION = re.compile(r"[^\w%$]+")
_BARE: dict[int, str | None] = {
    **dict.fromkeys(range(0x300, 0x370)),
    **dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad")),
    ord("đ"): "d",
    ord("ð"): "d",
}
_SPACES = re.compile(r"\s+")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """For headers and titles: "Chỉ số\\nso với  cùng kỳ" → "chi soo so voi cung ky". Punctuation stays."""
    return search_key(_NUMBER_WORD.sub("soo", lower(normalise(text).text)))


def label_key(text: str) -> str:
    """For row labels: no enumerator ("1. ", "a)", "- "), no "trong đó:", no punctuation.

    The same as `search_key` but quicker, since a sheet may have a hundred thousand labels, each met once.
    """
    bare = unicodedata.normalize("NFKD", text.casefold()).translate(_BARE).strip()
    found = _ENUMERATOR.match(bare)
    if found is not None:
        bare = bare[found.end() :]
    if bare.startswith("trong do"):
        bare = bare.removeprefix("trong do").removeprefix(":")
    return " ".join(_PUNCTUATION.sub(" ", bare).split())


def squeezed(text: str) -> str:
    """A text on one line with single spaces, as it is quoted to people."""
    return _SPACES.sub(" ", text).strip()
