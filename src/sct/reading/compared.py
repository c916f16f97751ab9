"""What a growth, a change, a multiple or an index is compared with, as a period (GUIDE §2, baseline)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sct.reading.clauses import Item
from sct.reading.lexicon import lexicon
from sct.reading.measures import Measure
from sct.reading.timed import is_base
from sct.reading.times import baseline_of, whole_year
from sct.vietnamese.period_words import PREVIOUS, PeriodMention
from sct.vietnamese.periods import Period, PeriodKind

if TYPE_CHECKING:
    from sct.reading.reader import SentenceReader

COMPARATIVE = frozenset({"growth_pct", "change_abs", "multiple", "index"})
_JOINED = re.compile(r"[\s,]*(?:và|so với|so|với|của|lần lượt)?(?:\s*(?:và|so với|so|với|của))*\s*")
_YEARLY = re.compile(r"(?<!\w)(?:bình quân|trung bình|mỗi năm|hàng năm|hằng năm)(?!\w)")


def baseline(
    reader: SentenceReader, index: int, item: Item, measure: Measure, period: Period | None
) -> tuple[Period | None, str]:
    """The baseline of a figure and the rule that told it."""
    if measure.name not in COMPARATIVE or period is None:
        return None, "no-baseline"
    if measure.name == "index" and item.amount.low.unit.dimension != "percent":
        return None, "no-baseline"
    if lexicon().pattern("plan_after").match(reader.page.low, item.amount.end):
        return None, "compared-with-plan"
    if measure.name == "growth_pct" and _is_yearly(reader, item, period) and not _has_base(reader, index):
        return None, "yearly-average"
    behind = _behind(reader, index)
    if behind:
        reader.scope.bases, reader.scope.used = behind[-1:], 0
        _carry(reader, behind[0], period)
        return baseline_of(behind[0], period), "compared-behind"
    if measure.name == "multiple":
        named = [m for m in reader.reader.mentions.within(*item.tail) if not m.relation]
        if named:
            reader.scope.multiple_of = whole_year(named[0].in_year(period.year))
        if reader.scope.multiple_of is not None:
            return reader.scope.multiple_of, "multiple-of"
    before = _before(reader, item)
    if before is not None:
        _carry(reader, before, period)
        return baseline_of(before, period), "compared-before"
    if reader.story.carried is not None and reader.story.carried_for == period:
        return baseline_of(reader.story.carried, period), "compared-as-before"
    return period.year_before, "year-before"


def _is_yearly(reader: SentenceReader, item: Item, period: Period) -> bool:
    if period.kind is PeriodKind.SPAN:
        return True
    return item.amount.per == "năm" or _YEARLY.search(reader.page.low, item.amount.start, item.amount.number[0]) is not None


def _behind(reader: SentenceReader, index: int) -> list[PeriodMention]:
    """The comparison behind a figure; of "5% và 7% so với tháng trước và cùng kỳ" the one in its place."""
    row, page = reader.row, reader.page
    last = index
    while not any(is_base(m) for m in reader.reader.mentions.within(*row[last].tail)):
        if last + 1 >= len(row) or not _chained(reader, last + 1):
            return []
        last += 1
    first = index
    while first > 0 and _chained(reader, first) and not _has_base(reader, first - 1):
        first -= 1
    stop = row[last + 1].amount.start if last + 1 < len(row) else row[last].sentence[1]
    found: list[PeriodMention] = []
    at = row[last].amount.end
    for mention in reader.reader.mentions.within(at, stop):
        if not is_base(mention):
            break
        if found and not _JOINED.fullmatch(page.low, at, mention.start):
            break
        found.append(mention)
        at = mention.end
    if len(found) == last - first + 1:
        return [found[index - first]]
    return found[:1]


def _has_base(reader: SentenceReader, index: int) -> bool:
    return any(is_base(m) for m in reader.reader.mentions.within(*reader.row[index].tail))


def _chained(reader: SentenceReader, index: int) -> bool:
    """Whether a figure follows the one before with nothing but a joining word between."""
    before, item = reader.row[index - 1], reader.row[index]
    if item.bracket != before.bracket or item.separator != "và" and (item.separator != "," or item.amount.verb):
        return False
    return not reader.page.low[before.amount.end : item.amount.start].replace("và", "").strip(" ,")


def _before(reader: SentenceReader, item: Item) -> PeriodMention | None:
    """The comparison the sentence opened with; of several the figures of a subject take one after the other."""
    scope = reader.scope
    if not scope.bases:
        return None
    taken = scope.bases[min(scope.used, len(scope.bases) - 1)]
    scope.used += 1
    return taken


def _carry(reader: SentenceReader, mention: PeriodMention, period: Period) -> None:
    reader.story.carried = mention if mention.relation == PREVIOUS else None
    reader.story.carried_for = period
