"""Those who ask and are asked, as a text names them: "Phó Chủ tịch UBND tỉnh", "các sở, ngành và địa phương"."""

from __future__ import annotations

import re

from sct.reading.lexicon import lexicon
from sct.reading.page import Page

Span = tuple[int, int]

_NEXT = re.compile(r"[ \u00a0]+([^\W\d_][\w.-]*)")
_NAME_LEFT = 2  # words of a name that no table knows
_LONGEST = 3  # words of the longest phrase inside the name of an office
_JOIN = re.compile(r"\s*(?:,|và|cùng(?: với)?|-)\s+")
_BREAK = re.compile(r"[,;:(]|(?<!\w)(?:cho biết|cho rằng|rằng|khẳng định|thì|nên|tuy nhiên|nhưng)(?!\w)")


def actor_at(page: Page, start: int, end: int) -> int | None:
    """Where the actor that begins at `start` ends, None when none begins there."""
    head = lexicon().pattern("actor_head").match(page.low, start, end)
    return None if head is None else _extended(page, head.end(), end)


def _extended(page: Page, at: int, end: int) -> int:
    """The name goes on over capitalised words and the small words of offices; it does not end on one that leads on."""
    leads_on = lexicon().words("actor_link")
    stop = at
    while True:
        at, words = _next_words(page, at, end)
        if not words:
            return stop
        if words not in leads_on:
            stop = at
        elif words == "và" and not _is_named(page, at, end):
            return stop


def _next_words(page: Page, at: int, end: int) -> tuple[int, str]:
    """The next word if it is capitalised, else the longest known phrase that begins there; "" where the name ends."""
    first = _NEXT.match(page.text, at, end)
    if first is None:
        return at, ""
    phrase, found, stop, longest = first[1].lower(), first, at, ""
    for _size in range(_LONGEST):
        if phrase in lexicon().words("actor_word"):
            stop, longest = found.end(1), phrase
        after = _NEXT.match(page.text, found.end(), end)
        if after is None:
            break
        found, phrase = after, f"{phrase} {after[1].lower()}"
    if not longest and first[1][0].isupper():
        return first.end(1), first[1].lower()
    return stop, longest


def _is_named(page: Page, at: int, end: int) -> bool:
    after = _NEXT.match(page.text, at, end)
    return after is not None and after[1][0].isupper()


def actors_from(page: Page, start: int, end: int) -> Span | None:
    """One actor or several in a row ("các sở, ban, ngành và UBND các huyện") that begin at `start`."""
    begin = start + len(page.text[start:end]) - len(page.text[start:end].lstrip())
    stop = actor_at(page, begin, end)
    if stop is None:
        return None
    while True:
        join = _JOIN.match(page.low, stop, end)
        after = actor_at(page, join.end(), end) if join else None
        if after is None:
            return begin, stop
        stop = after


def _to_cue(page: Page, at: int, cue: int) -> int:
    """A word or two more where only they stand before the word of asking: "Hội Lương thực | kiến nghị"."""
    left = page.low[at:cue]
    trail = lexicon().pattern("actor_trail")
    if not left.strip() or trail.match(left):
        return at
    words = left.split()
    return at + len(left.rstrip()) if len(words) <= _NAME_LEFT and not re.search(r"[,;:.()]", left) else at


def actor_before(page: Page, start: int, end: int) -> Span | None:
    """The actor who speaks in `[start, end)`: of the last clause that names one."""
    cuts = [start, *(m.end() for m in _BREAK.finditer(page.low, start, end))]
    head = lexicon().pattern("actor_head")
    stop = end
    for cut in reversed(cuts):
        for found in head.finditer(page.low, cut, stop):
            if found.start() == 0 or not page.low[found.start() - 1].isalnum():
                return found.start(), _to_cue(page, _extended(page, found.end(), stop), stop)
        stop = cut
    return None
