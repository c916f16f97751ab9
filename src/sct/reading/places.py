"""Places a text names: provinces and districts of the catalogue, towns, typed names, the country."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from sct.catalogue import Catalogue
from sct.reading.lexicon import folded, lexicon, words_pattern
from sct.reading.page import Page


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place as the text names it; `rank` is place, country or body (a national body as the source)."""

    start: int
    end: int
    name: str
    rank: str
    level: str = ""  # province, district, region or "" where the catalogue does not know it


@lru_cache(maxsize=8)
def _known(catalogue: Catalogue) -> tuple[re.Pattern[str], dict[str, str]]:
    levels: dict[str, str] = {}
    for area in catalogue.areas.values():
        if area.level in {"province", "district"}:
            for name in (folded(area.short_name), folded(area.short_name).replace(" - ", "-")):
                levels[name] = "province" if levels.get(name) == "province" else area.level
    words = lexicon()
    for name in words.words("district"):
        levels.setdefault(name, "bare district")
    for code, level in (("town", "town"), ("place_spelling", "province"), ("region", "region")):
        levels |= dict.fromkeys(words.words(code), level)
    levels |= dict.fromkeys(words.words("country"), "country")
    levels |= dict.fromkeys(words.words("national_body"), "body")
    return words_pattern(levels), levels


# A name of two or three capitalised words that a text opens with.
_OPENING = re.compile(r"\W{0,3}([^\W\d_a-zà-ỹđ][a-zà-ỹđ]+(?: [^\W\d_a-zà-ỹđ][a-zà-ỹđ]+){1,2})(?=\s*[:\-–]| [a-zà-ỹđ])")


def place_mentions(page: Page, catalogue: Catalogue) -> list[PlaceMention]:
    """Every place named, in order, without overlaps; places are capitalised, words of the country need not be."""
    pattern, levels = _known(catalogue)
    found: dict[int, PlaceMention] = {}
    for match in pattern.finditer(page.low):
        level = levels[match[0]]
        rank = level if level in {"country", "body"} else "place"
        printed = page.text[match.start() : match.end()]
        if rank == "place" and not _capitalised(printed if level != "region" else printed.partition(" ")[2] or printed):
            continue
        if level == "bare district" and not _stands_alone(page, match.start(), match.end()):
            continue
        found[match.start()] = PlaceMention(match.start(), match.end(), printed, rank, level.removeprefix("bare "))
    for match in lexicon().pattern("typed_place").finditer(page.low):
        start = match.start("name")
        end = start + _capitalised_length(page.text[start : match.end()])
        if end == start or any(m.start < end and start < m.end for m in _near(found, start, end)):
            continue
        if _is_person(page, match["type"], start, end, levels):
            continue
        level = levels.get(page.low[start:end], _TYPED.get(match["type"], "")).removeprefix("bare ")
        found[start] = PlaceMention(start, end, page.text[start:end], "place", level)
    return [found[start] for start in sorted(found)]


def _stands_alone(page: Page, start: int, end: int) -> bool:
    """Whether a district's name is a place of its own, not part of a person's or a thing's name ("cụm Kim Sơn")."""
    if re.match(r" [^\W\d_a-zà-ỹđ][a-zà-ỹđ]", page.text[end : end + 3]):
        return False
    before = re.search(r"([^\W\d_]+) $", page.text[max(0, start - 16) : start])
    if before and before[1].istitle() and before[1].lower() not in lexicon().words("before_district"):
        return False
    return lexicon().pattern("thing_named").search(page.low, max(0, start - 40), start) is None


_TYPED = {"huyện": "district", "quận": "district", "thị xã": "district", "tx": "district", "tx.": "district"}


def _is_person(page: Page, kind: str, start: int, end: int, levels: dict[str, str]) -> bool:
    """ "Phó Chủ tịch UBND tỉnh Nguyễn Văn An": a province has a known name; a city's does not begin like a person's."""
    if page.low[start:end] in levels or kind not in {"tỉnh", "thành phố", "tp", "tp."}:
        return False
    family = page.low[start:end].partition(" ")[0]
    return kind == "tỉnh" or family in lexicon().words("family_name")


def _near(found: dict[int, PlaceMention], start: int, end: int) -> list[PlaceMention]:
    return [found[at] for at in range(max(0, start - 40), end) if at in found]


def _capitalised_length(words: str) -> int:
    """How many characters of the words, from their beginning, are capitalised words; all capitals are no name."""
    length = 0
    for word in re.finditer(r"[^\W\d_]+", words):
        if not word[0][0].isupper() or (word[0].isupper() and len(word[0]) > 1):
            break
        length = word.end()
    return length


def _capitalised(name: str) -> bool:
    return name == "Thủ đô" or all(word[0].isupper() for word in re.findall(r"[^\W\d_]+", name))


def main_place(page: Page, mentions: list[PlaceMention]) -> str | None:
    """The place a text is about when it does not say it again: named most, the beginning and titles counting more.

    A text about a province it never names ("trên địa bàn tỉnh") has none. The country stands where it is named first,
    or where many places are named and none of them leads; bodies of the state count only without any place.
    """
    weight: Counter[str] = Counter()
    early = max(200, len(page.text) // 8)
    for mention in mentions:
        if mention.rank == "place":
            weight[mention.name] += (3 if mention.start < early else 1) + 2 * speaks(page, mention)
    national = next((m for m in mentions if m.rank in {"country", "body"}), None)
    if not weight:
        opening = _OPENING.match(page.text)
        if opening and lexicon().pattern("unnamed_district").search(page.low):
            return opening[1]
        unnamed = lexicon().pattern("unnamed_place").search(page.low)
        return None if national is None or unnamed else "Việt Nam"
    best = max(weight, key=lambda name: (weight[name], -_first(mentions, name)))
    narrow = _one_district(page, mentions)
    if narrow is not None or national is None:
        return narrow or best
    country = next((m for m in mentions if m.rank == "country" and _is_whole(page, m)), None)
    scattered = _is_scattered(mentions, weight) and weight[best] * 2 < sum(weight.values())
    opens = country is not None and country.start < min(240, _first(mentions, best))
    told_by_body = national.rank == "body" and national.start < _first(mentions, best) and weight[best] == 1
    return "Việt Nam" if scattered or opens or told_by_body else best


def _is_scattered(mentions: list[PlaceMention], weight: Counter[str]) -> bool:
    """Whether many places are named; those of one province, its districts and communes are not many."""
    provinces = {m.name for m in mentions if m.level == "province"}
    below = {m.name for m in mentions if m.level in {"district", "town"} or (m.rank == "place" and not m.level)}
    return len(weight) >= 3 and not (len(provinces) == 1 and len(weight) == len(below | provinces))


def _one_district(page: Page, mentions: list[PlaceMention]) -> str | None:
    """The district of a text about one thing in it: the only one named, early, and no other place but its province.

    The province then stands only where it says who speaks or in which province the district lies.
    """
    districts = {m.name for m in mentions if m.level == "district"}
    if len(districts) != 1:
        return None
    first = next(m for m in mentions if m.level == "district")
    others = [m for m in mentions if m.rank == "place" and m.level != "district"]
    if len({m.name for m in others}) > 1 or first.start > max(300, len(page.text) // 3):
        return None
    aside = [m for m in others if speaks(page, m) or 0 <= m.start - first.end <= 24]
    return first.name if len(aside) == len(others) else None


def speaks(page: Page, mention: PlaceMention) -> bool:
    """ "Sở Công Thương Hà Nội", "tỉnh Thanh Hóa": who speaks, or whose figures they are."""
    return lexicon().pattern("of_province").search(page.low, max(0, mention.start - 30), mention.start) is not None


def _is_whole(page: Page, mention: PlaceMention) -> bool:
    """Whether the country is named for itself ("IIP của cả nước"), not in "cao nhất cả nước", "so với cả nước"."""
    before = page.low[max(0, mention.start - 24) : mention.start].removesuffix("của ")
    return lexicon().pattern("not_of_country").search(before) is None


def _first(mentions: list[PlaceMention], name: str) -> int:
    return next(m.start for m in mentions if m.name == name)
