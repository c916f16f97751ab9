"""The place a figure is about, as the text names it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sct.reading.clauses import Item, Span
from sct.reading.lexicon import lexicon
from sct.reading.page import Page
from sct.reading.places import PlaceMention, speaks
from sct.reading.scope import Scope, Story

_AND = re.compile(r"\s*(?:và|,)\s*(?:(?:tỉnh|tp\.?|thành phố)\s*)?")
_WITHIN = re.compile(
    r"(?:\s*,\s*|\s*\(\s*|\s+(?:thuộc|của)\s+)(?:(?:tỉnh|tp\.?|thành phố|huyện|thị xã|quận)\s*)?",
)


def take_heads(story: Story, scope: Scope, page: Page, places: Sequence[PlaceMention], item: Item) -> None:
    """Let the places that lead to a figure take effect: the last one, or two that share it."""
    chosen: list[PlaceMention] = []
    for mention in places:
        if story.main_level == "district" and mention.level == "province" and speaks(page, mention):
            continue
        if mention.rank == "place" and _in_company(page, mention.start):
            scope.company = scope.company or not lexicon().pattern("company_speaks").search(
                page.low, mention.end, item.amount.start
            )
            continue
        if mention.rank == "place" and lexicon().pattern("named_after").search(
            page.low, max(0, mention.start - 32), mention.start
        ):
            continue  # "cửa khẩu Móng Cái": a thing's name, not the place the figure is about
        if mention.rank == "body" or (mention.rank == "country" and not _stands_for_all(page, mention)):
            continue
        if chosen and mention.rank == "place" and chosen[-1].rank == "place":
            between = page.low[chosen[-1].end : mention.start]
            if _WITHIN.fullmatch(between) and _is_wider(mention, chosen[-1]):
                continue  # "huyện Chương Mỹ, Hà Nội": the narrower one
            if _AND.fullmatch(between):
                chosen.append(mention)
                continue
        chosen = [mention]
    if not chosen:
        _go_back(story, scope, page, item)
        return
    scope.placed = True
    scope.place = ", ".join(m.name for m in chosen) if chosen[0].rank == "place" else "Việt Nam"


def _go_back(story: Story, scope: Scope, page: Page, item: Item) -> None:
    """ "Riêng huyện Na Hang có 9 thôn. Sở đề nghị UBND tỉnh …": the province of the text again, behind one district."""
    known = scope.place if scope.placed else story.paragraph_place
    if story.main_level != "province" or known in {None, story.main_place}:
        return
    found = lexicon().pattern("province_again").search(page.low, item.head[0], item.amount.start)
    if found is not None and (found["whole"] or not scope.placed):
        scope.placed, scope.place = True, story.main_place


def _is_wider(outer: PlaceMention, inner: PlaceMention) -> bool:
    if outer.level == "district":
        return inner.level == ""  # a commune, by its type
    return outer.level == "province" and inner.level not in {"province", "country"}


def _stands_for_all(page: Page, mention: PlaceMention) -> bool:
    """Not "cao nhất cả nước", "so với cả nước", "hàng Việt Nam"."""
    return lexicon().pattern("not_of_country").search(page.low, max(0, mention.start - 24), mention.start) is None


def area_of(story: Story, scope: Scope, subject: str) -> tuple[str | None, str]:
    """The area of a figure and the rule that told it."""
    if _is_company(subject):
        return None, "area-of-company"
    if scope.company and not scope.placed:
        return None, "company-of-sentence"
    if scope.placed:
        story.paragraph_place = scope.place
        return scope.place, "area-of-sentence"
    if story.paragraph_place is not None:
        return story.paragraph_place, "area-of-paragraph"
    return story.main_place, "area-of-text"


def _in_company(page: Page, start: int) -> bool:
    """ "Tổng công ty Điện lực TP Hà Nội": the place belongs to the name of a company."""
    return lexicon().pattern("company_name").search(page.low, max(0, start - 48), start) is not None


def _is_company(subject: str) -> bool:
    """One company by its name ("Công ty Điện lực Sơn La"), not companies ("56 nhà máy thủy điện")."""
    found = lexicon().pattern("company").search(subject.lower())
    return found is not None and subject[found.end() :].lstrip()[:1].isupper()


def widened(page: Page, mention: PlaceMention) -> Span:
    """A place with the words before it that belong to it: "trên địa bàn tỉnh", "của TP"."""
    found = lexicon().pattern("place_leads").search(page.low, max(0, mention.start - 40), mention.start)
    return (found.start() if found else mention.start), mention.end


def noun_end(page: Page, start: int, end: int) -> int:
    """Where the words that tell the kind of the counted things end."""
    found = lexicon().pattern("noun_stop").search(page.low, start, end)
    return found.start() if found else end
