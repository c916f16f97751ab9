"""Which segments are read: body, headings and cells; not clocks, view counters, tags and links to other articles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from sct.catalogue.statement import Segment
from sct.reading.lexicon import hold, lexicon
from sct.vietnamese.text import lower, normalise

_LONG = 160  # characters: a line this long is prose and ends a list of links
_HEADING = 140
_STOP = (".", ";", ":", ",", "…", "...")
_POSTED = re.compile("đăng|cập nhật|xuất bản")
_CLAUSE = re.compile(r"\d\s*%|,")


def roles(text: str, segments: list[Segment]) -> Iterator[Segment]:
    """The segments with the roles that can be told from their words."""
    words = hold()
    line, rest = words.pattern("furniture_line"), words.pattern("furniture_rest")
    in_links = False
    for segment in segments:
        content = lower(normalise(text[segment.start : segment.end]).text)
        if rest.match(content):
            in_links = True
        elif len(content) > _LONG:
            in_links = False
        if segment.role in {"furniture", "cell"}:
            yield segment
        elif in_links or line.match(content):
            yield replace(segment, role="furniture")
        elif segment.role == "body" and _is_heading(content):
            yield replace(segment, role="heading")
        else:
            yield segment


def _is_heading(content: str) -> bool:
    return len(content) <= _HEADING and not content.endswith(_STOP) and not _CLAUSE.search(content)


def printed_date(text: str, segments: tuple[Segment, ...]) -> str | None:
    """The day a page says it was published, as 2020-09-21; None where it prints none or an impossible one.

    A line that says "đăng" or "cập nhật" goes before a bare date above it, which may be the page's clock.
    """
    pattern = lexicon().pattern("date_line")
    bare = None
    for segment in segments:
        if segment.end - segment.start > _HEADING:
            continue
        found = pattern.match(lower(normalise(text[segment.start : segment.end]).text))
        day = _day(found) if found else None
        if found and day and _POSTED.search(found[0]):
            return day
        bare = bare or day
    return bare


def _day(found: re.Match[str]) -> str | None:
    parts = {key.split("_")[0]: int(value) for key, value in found.groupdict().items() if value}
    if 1 <= parts["month"] <= 12 and 1 <= parts["day"] <= 31:
        return f"{parts['year']:04d}-{parts['month']:02d}-{parts['day']:02d}"
    return None
