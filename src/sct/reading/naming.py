"""What a figure of a sentence is of: the words before it, behind it, or those of the figures before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sct.reading import located
from sct.reading.clauses import Item, Span
from sct.reading.figures import MEASURED
from sct.reading.lexicon import lexicon
from sct.reading.page import Page
from sct.reading.places import PlaceMention
from sct.reading.scope import Scope, Story
from sct.reading.subjects import counted_action, counted_subject, subject
from sct.reading.timed import dated, is_base
from sct.vietnamese.period_words import PeriodMention
from sct.vietnamese.units import is_count

if TYPE_CHECKING:
    from sct.reading.reader import Reader


class Naming:
    """The part of a sentence's reader that finds subjects."""

    reader: Reader
    span: Span
    page: Page
    story: Story
    scope: Scope

    def _known(self, item: Item, named: str, behind: str) -> tuple[str, str]:
        """The subject of a figure and the rule that told it."""
        if named:
            counts = is_count(item.amount.low.unit)
            return named, "subject-behind" if behind else "subject-counted" if counts else "subject-named"
        meant = self._meant(item)
        if meant:
            return meant, "subject-of-pronoun"
        if self.scope.subject:
            return self.scope.subject, "subject-held"
        if self.story.paragraph_subject:
            return self._told_again(item) or self.story.paragraph_subject, "subject-of-paragraph"
        found = self._named_anywhere(item)
        return found, "subject-in-sentence" if found else "subject-none"

    def _meant(self, item: Item) -> str:
        """ "Khu vực này", "mức tăng này": the last subject told that is a "khu vực", that grew."""
        head = self.page.low[item.head[0] : item.amount.number[0]]
        if " này" not in head and " đó" not in head and " trên" not in head and " ấy" not in head:
            return ""
        found = lexicon().pattern("pronoun_of").search(head)
        if found is None:
            return ""
        noun = found["noun"]
        grown = noun in lexicon().words("growth_noun")
        for named, measure in reversed(self.story.told):
            if measure == "growth_pct" if grown else re.search(rf"(?<!\w){noun}(?!\w)", named.lower()):
                return named
        return ""

    def _told_again(self, item: Item) -> str:
        """ "Riêng tháng 7 đạt 4.071 tỷ đồng" behind the parts of a whole: a time or place of its own without a subject
        goes back to what the paragraph began with, where that has the same unit."""
        told, unit = self.story.paragraph_first
        own = self._is_retimed(item) or bool(self.reader.places.within(item.head[0], item.amount.start))
        if own and unit == item.amount.low.unit.dimension:
            return told
        if not own or unit in MEASURED:
            return ""
        # "61 địa phương có IIP tăng. Bắc Giang dẫn đầu với mức tăng 36,4%"
        start = max(0, self.span[0] - 240)
        found = self.reader.names.last_in(self.page.low[start : item.amount.start])
        return "" if found is None else self.page.text[start + found[0] : start + found[1]]

    def _counts_members(self, item: Item) -> bool:
        """ "tăng ở 49 địa phương": how many members; what is measured stays the subject of the figures behind."""
        return lexicon().pattern("member_place").match(self.page.low, item.amount.number[1]) is not None

    def _named_anywhere(self, item: Item) -> str:
        """ "kéo chỉ số sản xuất công nghiệp đi xuống hai quý liền: quý I giảm 4,81%": a known name before a colon."""
        found = self.reader.names.last_in(self.page.low[self.span[0] : item.amount.start])
        return "" if found is None else self.page.text[self.span[0] + found[0] : self.span[0] + found[1]]

    def _subject(self, item: Item, mentions: Sequence[PeriodMention], places: Sequence[PlaceMention]) -> str:
        left_out = [(m.lead, m.end) for m in mentions]
        left_out += [located.widened(self.page, p) for p in places]
        left_out += [dated(self.page, day) for day in self.reader.dates.within(item.head[0], item.amount.start)]
        named = subject(self.page, (item.head[0], item.amount.start), left_out)
        if self.page.low[item.head[0] : item.amount.start].rstrip().endswith("gồm:") and self._measured_behind(item):
            return ""  # "lượng hàng phục vụ Tết gồm: 12.000 tấn gạo"
        unit = item.amount.unit_span
        if is_count(item.amount.low.unit) and unit is not None:
            end = located.noun_end(self.page, unit[1], item.tail[1])
            done = lexicon().pattern("things_done").match(self.page.low, end, item.tail[1])
            end = done.end() if done else end
            head = (item.head[0], item.amount.start)
            if item.bracket is not None and named and not self.page.low[item.bracket + 1 : head[1]].strip(" +-"):
                return named  # "ứng dụng máy móc tiên tiến (13 đề án, 2 tỷ đồng)"
            action = counted_action(self.page, head)
            if item.amount.verb in {"growth", "difference"} and item.amount.direction and not action:
                return named  # "(tăng 5.300 vụ": what was told before has changed
            if action or self.page.low[slice(*head)].strip(" ,;"):
                self.scope.action = action
            return counted_subject(self.page, (unit[0], end), named, self.scope.action)
        return named

    def _is_retimed(self, item: Item) -> bool:
        """Whether the words that lead to a figure name a time of its own."""
        found = self.reader.mentions.within(item.head[0], item.amount.start)
        return any(not is_base(m) and m.kind is not None for m in found)

    def _of_aspect(self, item: Item, named: str) -> str:
        """ "xuất khẩu gạo tăng 31% về lượng và 52% về giá trị": what of the subject is told."""
        found = lexicon().pattern("aspect").match(self.page.low, item.amount.end)
        if found is None or found["aspect"] in named.lower():
            return named
        return f"{named} về {found['aspect']}"

    def _named_behind(self, item: Item) -> str:
        """ "mức tăng 8,2% của GRDP": a rate told as a noun has its subject behind."""
        span = item.amount.direction_span
        if span is None or not self.page.low.startswith(("mức ", "tốc độ "), span[0]):
            return ""
        left_out = [(m.lead, m.end) for m in self.reader.mentions.within(*item.tail)]
        left_out += [located.widened(self.page, p) for p in self.reader.places.within(*item.tail)]
        return subject(self.page, item.tail, left_out)

    def _measured_behind(self, item: Item) -> str:
        """ "hơn 78.000 ha dừa", "468.000 tấn gạo": what is measured stands behind its unit."""
        unit = item.amount.unit_span
        weighed = item.amount.low.unit.dimension in {"ha", "tonne", "TEU", "lít"}
        if unit is None or not weighed or item.amount.end != unit[1]:
            return ""
        return self.page.text[unit[1] : located.noun_end(self.page, unit[1], item.tail[1])].strip(" ,;.:")

    def _things_behind(self, item: Item) -> str:
        """ "26,7% doanh nghiệp đánh giá tốt hơn": the things that a percentage is a part of."""
        end = located.noun_end(self.page, item.amount.end, item.tail[1])
        done = lexicon().pattern("things_done").match(self.page.low, end, item.tail[1])
        return self.page.text[item.amount.end : done.end() if done else end].strip(" ,;.:")
