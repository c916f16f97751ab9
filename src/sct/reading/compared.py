"""What a growth, a change, a multiple or an index is compared with, as a period (GUIDE §2, baseline)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sct.reading.clauses import Item
from sct.reading.lexicon import lexicon
from sct.reading.measures import Measure
from sct.reading.timed import is_base, is_told_of
from sct.reading.times import baseline_of, whole_year
from sct.vietnamese.period_words import PREVIOUS, PeriodMention
from sct.vietnamese.periods import Period, PeriodKind
from sct.vietnamese.units import is_count

if TYPE_CHECKING:
    from sct.reading.reader import SentenceReader

COMPARATIVE = frozenset({"growth_pct", "change_abs", "multiple", "index"})
_JOINED = re.compile(r"[\s,]*(?:và|so với|so|với|của|lần lượt)?(?:\s*(?:và|so với|so|với|của))*\s*")
_YEARLY = re.compile(r"(?<!\w)(?:bình quân|trung bình|mỗi năm|hàng năm|hằng năm)(?!\w)")


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the rules of comparison may look at for one figure."""

    reader: SentenceReader
    index: int
    item: Item
    measure: Measure
    period: Period


Answer = tuple[Period | None]  # a rule may answer that there is no baseline; None means it does not answer


def baseline(
    reader: SentenceReader, index: int, item: Item, measure: Measure, period: Period | None
) -> tuple[Period | None, str]:
    """The baseline of a figure and the rule that told it."""
    told = measure.name == "index" and item.amount.low.unit.dimension != "percent"
    if measure.name not in COMPARATIVE or period is None or told:
        if period is not None and is_count(item.amount.low.unit):
            _carry_of_count(reader, index, period)
        return None, "no-baseline"
    comparison = Comparison(reader, index, item, measure, period)
    for name, rule in _RULES:
        answer = rule(comparison)
        if answer is not None:
            return answer[0], name
    return period.year_before, "year-before"


def _with_plan(c: Comparison) -> Answer | None:
    asked = c.measure.name == "change_abs" and c.item.amount.verb in {"exceed", "short"}
    return (None,) if asked or lexicon().pattern("plan_after").match(c.reader.page.low, c.item.amount.end) else None


def _with_place(c: Comparison) -> Answer | None:
    """ "gấp 2,2 lần bình quân cả nước": against another place there is no period."""
    return (None,) if lexicon().pattern("compare_place").match(c.reader.page.low, c.item.amount.end) else None


def _average(c: Comparison) -> Answer | None:
    growth = c.measure.name == "growth_pct" and _is_yearly(c.reader, c.item, c.period)
    return (None,) if growth and not _has_base(c.reader, c.index) else None


def _told_behind(c: Comparison) -> Answer | None:
    mention = _behind(c.reader, c.index)
    if mention is None:
        return None
    c.reader.scope.bases, c.reader.scope.used = [mention], 0
    _carry(c.reader, mention, c.period)
    _remember(c, mention)
    return (baseline_of(mention, c.period),)


def _remember(c: Comparison, mention: PeriodMention) -> None:
    """Two comparisons told of one subject, one after the other, head the pairs that follow."""
    story = c.reader.story
    known = [baseline_of(m, c.period) for m in story.header] if story.header_for == c.period else []
    if known and known[-1] == baseline_of(mention, c.period):
        story.header[-1] = mention  # "so với tháng trước", then "so với tháng 10" of November: the same
    elif story.header_for != c.period or len(story.header) >= 2:
        story.header, story.header_for = [mention], c.period
    elif story.header[-1].relation != mention.relation:
        story.header.append(mention)


def _multiple_of(c: Comparison) -> Answer | None:
    """ "gấp 2,75 lần năm 2015": the year behind; a second multiple of the sentence keeps it."""
    if c.measure.name != "multiple":
        return None
    scope = c.reader.scope
    named = [m for m in c.reader.reader.mentions.within(*c.item.tail) if not m.relation]
    if not named and _of_another(c):
        return (None,)
    if named:
        scope.multiple_of = whole_year(named[0].in_year(c.period.year))
    return None if scope.multiple_of is None else (scope.multiple_of,)


def _of_another(c: Comparison) -> bool:
    """ "gấp gần 6 lần vốn hỗ trợ": a multiple of another thing."""
    mentions = c.reader.reader.mentions.within(*c.item.tail)
    behind = c.reader.page.low[c.item.amount.end : c.item.tail[1]].strip(" .)")
    return bool(behind) and not mentions and not behind.startswith(("so", "cùng kỳ", "mức", "con số", "trước"))


def _in_order(c: Comparison) -> Answer | None:
    """ "tăng 7,1% và tăng 10,3%" after a subject told by two comparisons: one after the other."""
    story, row = c.reader.story, c.reader.row
    if c.measure.name != "growth_pct" or len(story.header) != 2 or story.header_for != c.period:
        return None
    second = c.index > 0 and _paired(c.reader, c.index)
    first = c.index + 1 < len(row) and _paired(c.reader, c.index + 1) and not second
    if not first and not second:
        return None
    return (baseline_of(story.header[int(second)], c.period),)


def _paired(reader: SentenceReader, index: int) -> bool:
    same = reader.row[index].amount.low.unit.dimension == reader.row[index - 1].amount.low.unit.dimension
    return same and reader.row[index].separator == "và" and _chained(reader, index)


def _told_before(c: Comparison) -> Answer | None:
    mention = _before(c.reader)
    if mention is None:
        return None
    _carry(c.reader, mention, c.period)
    return (baseline_of(mention, c.period),)


def _came_from(c: Comparison) -> Answer | None:
    """ "từ 51,2% năm 2015 lên 57,8% năm 2020, tăng 6,6 điểm": the change over these years."""
    known = c.reader.scope.came_from
    if known is None or c.measure.name not in {"change_abs", "growth_pct"} or known.kind is not c.period.kind:
        return None
    return (known,) if known.months < c.period.months else None


def _told_at_the_end(c: Comparison) -> Answer | None:
    """ "IIP của Hà Nam tăng 9%, Nam Định tăng 7% so với tháng trước": the last member of a list compares them all."""
    row, reader = c.reader.row, c.reader
    if c.measure.name != "growth_pct":
        return None
    for place in range(c.index + 1, len(row)):
        item = row[place]
        alike = item.separator in {",", "và"} and item.bracket == c.item.bracket
        alike = alike and item.amount.low.unit.dimension == "percent" and item.amount.verb in {"growth", ""}
        if not alike or reader.reader.mentions.within(*item.head):
            return None
        if _has_base(reader, place):
            mention = _behind(reader, place)
            found = None if mention is None else baseline_of(mention, c.period)
            return (found,) if _is_one_before(found, c.period) else None
    return None


def _as_before(c: Comparison) -> Answer | None:
    story = c.reader.story
    if story.carried is None or story.carried_for != c.period:
        return None
    return (baseline_of(story.carried, c.period),)


_RULES: tuple[tuple[str, Callable[[Comparison], Answer | None]], ...] = (
    ("compared-with-plan", _with_plan),
    ("compared-with-place", _with_place),
    ("yearly-average", _average),
    ("compared-behind", _told_behind),
    ("multiple-of", _multiple_of),
    ("compared-in-order", _in_order),
    ("compared-from", _came_from),
    ("compared-before", _told_before),
    ("compared-at-the-end", _told_at_the_end),
    ("compared-as-before", _as_before),
)


def _is_yearly(reader: SentenceReader, item: Item, period: Period) -> bool:
    if period.kind is PeriodKind.SPAN:
        return True
    return (
        item.amount.per == "năm"
        or _YEARLY.search(reader.page.low, item.amount.start, item.amount.number[0]) is not None
    )


def _behind(reader: SentenceReader, index: int) -> PeriodMention | None:
    """The comparison behind a figure; of "5% và 7% so với tháng trước và cùng kỳ" the one in its place."""
    row, page = reader.row, reader.page
    last = index
    while not _has_base(reader, last):
        if last + 1 >= len(row) or not _chained(reader, last + 1):
            return None
        last += 1
    first = index
    while first > 0 and _chained(reader, first) and not _has_base(reader, first - 1):
        first -= 1
    stop = row[last + 1].amount.start if last + 1 < len(row) else row[last].sentence[1]
    found: list[PeriodMention] = []
    at = row[last].amount.end
    for mention in reader.reader.mentions.within(at, stop):
        if not is_base(mention) or is_told_of(page, row[last], mention):
            break
        if found and not _JOINED.fullmatch(page.low, at, mention.start):
            break
        found.append(mention)
        at = mention.end
    if len(found) == last - first + 1:
        return found[index - first]
    return found[0] if found else None


def _has_base(reader: SentenceReader, index: int) -> bool:
    item = reader.row[index]
    found = reader.reader.mentions.within(*item.tail)
    return any(is_base(m) and not is_told_of(reader.page, item, m) for m in found)


def _chained(reader: SentenceReader, index: int) -> bool:
    """Whether a figure follows the one before with nothing but a joining word between."""
    before, item = reader.row[index - 1], reader.row[index]
    if item.bracket != before.bracket or (item.separator != "và" and (item.separator != "," or item.amount.verb)):
        return False
    return not reader.page.low[before.amount.end : item.amount.start].replace("và", "").strip(" ,")


def _before(reader: SentenceReader) -> PeriodMention | None:
    """The comparison the sentence opened with; of several the figures of a subject take one after the other."""
    scope = reader.scope
    if not scope.bases:
        return None
    taken = scope.bases[min(scope.used, len(scope.bases) - 1)]
    scope.used += 1
    return taken


def _carry_of_count(reader: SentenceReader, index: int, period: Period) -> None:
    """ "có 7 nhóm tăng so với tháng 11, dẫn đầu là y tế tăng 19%": the members' figures are compared with it too."""
    mention = _behind(reader, index) if _has_base(reader, index) else None
    if mention is not None:
        reader.scope.bases, reader.scope.used = [mention], 0
        _carry(reader, mention, period)


def _is_one_before(base: Period | None, period: Period) -> bool:
    """Whether a baseline is the month or quarter before, however it is named."""
    return period.kind in {PeriodKind.MONTH, PeriodKind.QUARTER} and base == period.previous


def _carry(reader: SentenceReader, mention: PeriodMention, period: Period) -> None:
    before = mention.relation == PREVIOUS or _is_one_before(baseline_of(mention, period), period)
    reader.story.carried = mention if before else None
    reader.story.carried_for = period
