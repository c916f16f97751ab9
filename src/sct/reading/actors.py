"""Those who ask and are asked, as a text names them: "Phó Chủ tịch UBND tỉnh", "các sở, ngành và địa phương"."""

from __future__ import annotations

import re

from sct.reading.lexicon import lexicon
from sct.reading.page import Page

Span = tuple[int, int]

_NEXT = re.compile(r"[ \u00a0]+([^\W\d_][\w.-]*)")
_JOIN = re.compile(r"\s*(?:,|và|cùng(?: với)?|-)\s+")
_BREAK = re.compile(r"[,;:(]|(?<!\w)(?:cho biết|cho rằng|rằng|khẳng định|thì|nên|tuy nhiên|nhưng)(?!\w)")


def actor_at(page: Page, start: int, end: int) -> int | None:
    """Where the actor that begins at `start` ends, None when none begins there."""
    head = lexicon().pattern("actor_head").match(page.low, start, end)
    return None if head is None else _extended(page, head.end(), end)


def _extended(page: Page, at: int, end: int) -> int:
    """The name goes on over capitalised words and the small words of offices; it does not end on one that leads on."""
    known, leads_on = lexicon().words("actor_word"), lexicon().words("actor_link")
    stop = at
    while True:
        found = _NEXT.match(page.text, at, end)
        if found is None or not (found[1][0].isupper() or found[1].lower() in known):
            return stop
        at = found.end(1)
        if found[1].lower() not in leads_on:
            stop = at
        elif found[1].lower() == "và" and not _is_named(page, at, end):
            return stop


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


def actor_before(page: Page, start: int, end: int) -> Span | None:
    """The actor who speaks in `[start, end)`: of the last clause that names one."""
    cuts = [start, *(m.end() for m in _BREAK.finditer(page.low, start, end))]
    head = lexicon().pattern("actor_head")
    stop = end
    for cut in reversed(cuts):
        for found in head.finditer(page.low, cut, stop):
            if found.start() == 0 or not page.low[found.start() - 1].isalnum():
                return found.start(), _extended(page, found.end(), stop)
        stop = cut
    return None
