"""The period a figure is about: its own words of time, else its sentence's, its paragraph's, the text's (GUIDE §2)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sct.reading.clauses import Item
from sct.reading.measures import Measure
from sct.reading.page import Cue, Page
from sct.reading.scope import Scope, Story
from sct.reading.status import FORECAST, PLAN
from sct.reading.times import Clock, whole_year
from sct.vietnamese.period_words import NEXT_TERM, NOW, PREVIOUS, PRICE_BASE, SAME_PERIOD, PeriodMention
from sct.vietnamese.periods import Period, PeriodKind

_OF_PLAN = re.compile(r"(?<!\w)(?:kế hoạch|dự toán|kh|mục tiêu|chỉ tiêu|nghị quyết)(?: (?:của|cả|đề ra|giao|cho|trong))*\s*$")
_SINCE = re.compile(r"(?<!\w)(?:từ|kể từ|bắt đầu từ|sau|trước|kết thúc|khép lại)\s*$")


def is_base(mention: PeriodMention) -> bool:
    """Whether a mention is what a figure is compared with, not what it is about."""
    return mention.baseline or mention.relation in {SAME_PERIOD, PREVIOUS}


def take_heads(
    scope: Scope, clock: Clock, page: Page, mentions: Sequence[PeriodMention], cues: Sequence[Cue], item: Item
) -> None:
    """Let the words of time that lead to a figure take effect."""
    if any(cue.meaning == "vague_time" for cue in cues):
        scope.timeless, scope.period = True, None
    fresh_bases: list[PeriodMention] = []
    for mention in mentions:
        if mention.relation == PRICE_BASE:
            continue
        if is_base(mention):
            if _is_aside(page, mention, item):
                scope.period = _year_before(scope.period, mention)
            else:
                fresh_bases.append(mention)
        elif mention.relation == NEXT_TERM:
            scope.timeless, scope.period = True, None
        elif mention.relation == NOW:
            scope.now = True
        elif governs(page, mention):
            period = clock.period(mention)
            if period is not None or mention.kind is not None:
                scope.period, scope.timeless, scope.now = period, period is None, False
                scope.bases, scope.used = [], 0
    if fresh_bases:
        scope.bases, scope.used = fresh_bases, 0


def governs(page: Page, mention: PeriodMention) -> bool:
    """Not the year of a plan that is only measured by, nor the month since when something holds."""
    before = page.low[max(0, mention.lead - 24) : mention.lead]
    return not (_SINCE.search(before) and mention.kind is not PeriodKind.SPAN)


def _is_aside(page: Page, mention: PeriodMention, item: Item) -> bool:
    """ "(cùng kỳ tăng 3,5%)", "năm trước tăng 5%": the figure is about that time, it is not a comparison with it."""
    if mention.relation != SAME_PERIOD or mention.baseline or item.bracket is None:
        return False
    return not re.search(r"[,;]", page.low[mention.end : item.amount.start])


def _year_before(period: Period | None, mention: PeriodMention) -> Period | None:
    if period is None:
        return None
    return mention.resolve(period) or period.year_before


def period_of(
    story: Story,
    scope: Scope,
    clock: Clock,
    page: Page,
    item: Item,
    measure: Measure,
    tail: Sequence[PeriodMention],
    status: str,
) -> tuple[Period | None, str]:
    """The period of a figure and the rule that told it."""
    own = _own(clock, page, item, measure, tail)
    if own is not None:
        scope.period, scope.timeless = own, False
        return own, "period-behind"
    if scope.period is not None:
        return scope.period, "period-before"
    if scope.timeless or (story.paragraph_timeless and story.paragraph_period is None):
        return None, "period-vague"
    if scope.now:
        return _now(story, clock, status), "period-now"
    reckoned = _after_base(scope, story)
    if reckoned is not None:
        scope.period = reckoned
        return reckoned, "period-reckoned"
    if story.paragraph_period is not None:
        return story.paragraph_period, "period-of-paragraph"
    if story.period is None and clock.whole_text is not None and clock.published is None:
        return Period.of_year(clock.whole_text), "period-reckoned-of-text"
    return story.period, "period-of-text"


def _own(
    clock: Clock, page: Page, item: Item, measure: Measure, tail: Sequence[PeriodMention]
) -> Period | None:
    """The words of time right behind a figure: "16 tỷ USD năm 2020"; not those of a comparison or of a plan."""
    if measure.name in {"multiple", "plan_pct"}:
        return None
    for mention in tail:
        before = page.low[item.amount.end : mention.lead]
        if is_base(mention) or mention.relation in {NOW, PRICE_BASE, NEXT_TERM}:
            continue
        if _OF_PLAN.search(before) or not governs(page, mention):
            continue
        if len(before.split()) <= 12:
            return clock.period(mention)
    return None


def _now(story: Story, clock: Clock, status: str) -> Period | None:
    if clock.writing is not None:
        return clock.writing
    if status in {PLAN, FORECAST}:
        return story.paragraph_period
    period = story.paragraph_period or story.period
    return None if period is None or period.kind is PeriodKind.SPAN else period


def _after_base(scope: Scope, story: Story) -> Period | None:
    """ "So với năm 2019, … tăng": a sentence that opens with a year to compare with speaks of the year after."""
    for mention in scope.bases:
        if mention.kind is PeriodKind.YEAR and mention.year is not None:
            known = story.paragraph_period
            if known is not None and known.year == mention.year + 1:
                return known
            return whole_year(Period.of_year(mention.year + 1))
    return None
