"""One form of words to compare: without diacritics, capitals, line breaks; "số" and "so" kept apart."""

from __future__ import annotations

import re
from functools import lru_cache

from sct.vietnamese.text import lower, normalise, search_key

_NUMBER_WORD = re.compile(r"(?<!\w)số(?!\w)")
_ENUMERATOR = re.compile(r"(?:\d{1,3}(?:\.\d{1,2})*[.)/]|[ivx]{1,4}[.)/]|[a-hđ][.)/]|[-+*•–]+)\s*")
_PUNCTUATION = re.compile(r"[^\w%$]+")
_SPACES = re.compile(r"\s+")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """For headers and titles: "Chỉ số\\nso với  cùng kỳ" → "chi soo so voi cung ky". Punctuation stays."""
    return search_key(_NUMBER_WORD.sub("soo", lower(normalise(text).text)))


@lru_cache(maxsize=65536)
def label_key(text: str) -> str:
    """For row labels: no enumerator ("1. ", "a)", "- "), no "trong đó:", no punctuation."""
    bare = _ENUMERATOR.sub("", search_key(text), count=1) if _ENUMERATOR.match(search_key(text)) else search_key(text)
    bare = bare.removeprefix("trong do:").removeprefix("trong do ").strip()
    return " ".join(_PUNCTUATION.sub(" ", bare).split())


def squeezed(text: str) -> str:
    """A text on one line with single spaces, as it is quoted to people."""
    return _SPACES.sub(" ", text).strip()
