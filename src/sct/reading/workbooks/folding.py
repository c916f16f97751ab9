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


_COUNTS = {"mot": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9,
           "muoi mot": 11, "muoi hai": 12, "muoi": 10}  # fmt: skip
_SPOKEN = "|".join(sorted(_COUNTS, key=len, reverse=True))
_MONTH = re.compile(rf"(?<!\w)thang (gieng|chap|{_SPOKEN})(?!\w)(?! (?:truoc|nay|ngoai|bao cao|19\d\d|20\d\d))")
_MONTHS = re.compile(rf"(?<!thang )(?<!\w)({_SPOKEN}) thang(?= (?:dau )?nam|$|[ ,]+so|[ ,]*%|\))")


def in_digits(folded: str) -> str:
    """Months in words as numbers: "thang tu nam 2026" → "thang 4 nam 2026", "nam thang dau nam" → "5 thang dau nam".

    "6 tháng năm 2026" and "cùng tháng năm trước" speak of a year, not of May.
    """
    if "thang" not in folded:
        return folded
    folded = _MONTHS.sub(lambda found: f"{_COUNTS[found[1]]} thang", folded)
    return _MONTH.sub(_month_in_digits, folded)


def _month_in_digits(found: re.Match[str]) -> str:
    before = found.string[: found.start()].rstrip()
    if found[1] == "nam" and (before[-1:].isdigit() or before.endswith(("cung", "cac", "nhung"))):
        return found[0]
    return f"thang {({'gieng': 1, 'chap': 12} | _COUNTS)[found[1]]}"


@lru_cache(maxsize=4096)
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
