""" "Các năm 2020, 2021 và 2022 lần lượt tăng 2,9%, 9,6% và 13,4%": times, places or subjects told in a row, and as many
figures one after the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from sct.reading.clauses import Item
from sct.reading.places import PlaceMention
from sct.reading.timed import is_base
from sct.vietnamese.period_words import PeriodMention
from sct.vietnamese.periods import Period, PeriodKind

if TYPE_CHECKING:
    from sct.reading.reader import SentenceReader

_BETWEEN = re.compile(r"\s*(?:,|và|,\s*và|;)\s*(?:(?:năm|quý|tháng|cả|tỉnh|huyện|tp\.?|thành phố|thị xã)\s+)?")
_RESPECTIVELY = re.compile(r"(?<!\w)(?:lần lượt|tương ứng)(?!\w)")
_THESE = re.compile(
    r"(?<!\w)(?:hai|ba|bốn|các|những) (?:chỉ tiêu|con số|lĩnh vực|mặt hàng|chỉ số|khoản|ngành) (?:này|trên)(?!\w)"
)
_APART = re.compile(r", và | và |, ")


@dataclass(frozen=True, slots=True)
class Order:
    """What the figures from the `first` of a sentence on tell of, one after the other; what is not told is empty."""

    first: int
    size: int
    periods: tuple[Period, ...] = ()
    places: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()

    def holds(self, index: int) -> bool:
        return self.first <= index < self.first + self.size


def order_at(
    reader: SentenceReader,
    index: int,
    mentions: Sequence[PeriodMention],
    places: Sequence[PlaceMention],
    named: str,
    *,
    fresh: bool,
) -> Order | None:
    """The order that begins with the figure at `index`, None where its words tell no row as long as its figures."""
    row, low = reader.row, reader.page.low
    if index + 1 >= len(row) or row[index + 1].separator not in {",", "và"}:
        return None
    size = _chain(reader, index)
    if size < 2:
        return None
    end = row[index + size - 1].amount.end
    stop = row[index + size].amount.start if index + size < len(row) else row[index].sentence[1]
    behind = reader.reader.mentions.within(end, stop)
    periods = _periods(reader, mentions, size) or _periods(reader, behind, size, start=end)
    if periods:
        return Order(index, size, periods=periods)
    head = low[row[index].head[0] : row[index].amount.number[0]]
    compared = sum(is_base(m) for m in (*mentions, *behind))
    if compared > 1 or _RESPECTIVELY.search(head) is None:
        return None  # "so với tháng trước và cùng kỳ lần lượt tăng 2% và 5%" tells two comparisons of one subject
    told = [p for p in places if p.rank == "place"]
    if len(told) == size and _is_row(low, [(p.start, p.end) for p in told]):
        return Order(index, size, places=tuple(p.name for p in told))
    members = () if fresh else _told_before(reader, index, size, head)
    members = members if len(members) == size else tuple(_APART.split(named))
    return Order(index, size, subjects=members) if len(members) == size else None


def _told_before(reader: SentenceReader, index: int, size: int, head: str) -> tuple[str, ...]:
    """The subjects that figures without any of their own tell of, in order: those of the row before, else the last
    whose levels were told ("782 doanh nghiệp với 98.500 tờ khai, tăng lần lượt 9% và 18%")."""
    known = reader.order.subjects if reader.order is not None else ()
    if len(known) == size:  # "lần lượt đạt 5,1 và 3,2 triệu tấn, tăng tương ứng 3,4% và 12,7%"
        return known
    pointed = _THESE.search(head) is not None
    if not pointed and reader.row[index].separator != ",":
        return ()
    found: list[str] = []
    for named, measure in reversed(reader.story.told if pointed else reader.told):
        if measure == "level" and named not in found:
            found.insert(0, named)
    return tuple(found[-size:])


def _chain(reader: SentenceReader, index: int) -> int:
    """How many figures of one unit stand one after the other, with nothing but a joining word between."""
    row, low = reader.row, reader.page.low
    size = 1
    for before, item in zip(row[index:], row[index + 1 :], strict=False):
        alike = item.bracket == before.bracket and _same_unit(before, item)
        if not alike or low[before.amount.end : item.amount.start].replace("và", "").strip(" ,"):
            break
        size += 1
    return size


def _same_unit(one: Item, other: Item) -> bool:
    return one.amount.low.unit.dimension == other.amount.low.unit.dimension


def _periods(
    reader: SentenceReader, mentions: Sequence[PeriodMention], size: int, start: int | None = None
) -> tuple[Period, ...]:
    """Times of one kind in a row, or a span of as many years told with "lần lượt"."""
    told = [m for m in mentions if not is_base(m) and m.kind is not None and not m.relation]
    clock, low = reader.reader.clock, reader.page.low
    if len(told) == 1 and told[0].kind is PeriodKind.SPAN:
        first = told[0].year or 0
        near = low[told[0].end : told[0].end + 120]
        fits = told[0].number - first + 1 == size and _RESPECTIVELY.search(near) is not None
        return tuple(Period.of_year(first + i) for i in range(size)) if fits else ()
    if len(told) != size or len({m.kind for m in told}) != 1 or told[0].kind is PeriodKind.SPAN:
        return ()
    if not _is_row(low, [(m.start, m.end) for m in told]):
        return ()
    if start is not None and len(low[start : told[0].start].split()) > 4:
        return ()
    found = [clock.period(m) for m in told]
    return tuple(p for p in found if p is not None) if all(found) else ()


def _is_row(low: str, spans: Sequence[tuple[int, int]]) -> bool:
    return all(_BETWEEN.fullmatch(low, a[1], b[0]) for a, b in pairwise(spans))
