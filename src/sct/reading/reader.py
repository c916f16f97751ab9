"""From a document to its statements: sentence by sentence, figure by figure, each field by its own small rules."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sct.catalogue import Catalogue
from sct.catalogue.statement import Document, Segment, Statement
from sct.reading import located
from sct.reading.clauses import Item, Span, items
from sct.reading.compared import baseline
from sct.reading.figures import why_not
from sct.reading.furniture import printed_date
from sct.reading.in_order import Order, order_at
from sct.reading.indicators import names
from sct.reading.lexicon import lexicon
from sct.reading.marks import Marks
from sct.reading.measures import Context, Measure, measure_of
from sct.reading.naming import Naming
from sct.reading.page import Cue, Page
from sct.reading.places import PlaceMention, main_place, place_mentions
from sct.reading.scope import Scope, Story
from sct.reading.stating import Found, statement
from sct.reading.status import ACTUAL, ESTIMATE, FORECAST, PLAN, status_of
from sct.reading.timed import HeadMarks, Moment, period_of, take_heads
from sct.reading.times import Clock
from sct.vietnamese.amounts import Amount
from sct.vietnamese.dates import DateMention
from sct.vietnamese.period_words import PeriodMention
from sct.vietnamese.periods import Period, PeriodKind
from sct.vietnamese.scanning import scan_all
from sct.vietnamese.units import is_count

Passage = tuple[Segment, Span, list[Span]]

_TITLES = 200  # characters; a title stands above so much
_LIST_ITEM = re.compile(r"\s*(?:[-+*•]|\(?\w{1,2}[.)])\s")


class Reader:
    """Reads one document. The marks of the whole text are found first, then each sentence is gone through once."""

    def __init__(self, document: Document, published: str | None, catalogue: Catalogue) -> None:
        self.page = Page(document)
        self.catalogue = catalogue
        self.names = names(catalogue)
        published = published or document.published or printed_date(document.text, document.segments)
        scanned = scan_all(self.page.text)
        mentions = scanned.periods
        places = place_mentions(self.page, catalogue)
        self.amounts: Marks[Amount] = Marks(scanned.amounts)
        self.mentions: Marks[PeriodMention] = Marks(mentions)
        self.places: Marks[PlaceMention] = Marks(places)
        self.cues: Marks[Cue] = Marks(self.page.cues)
        self.dates: Marks[DateMention] = Marks(scanned.dates)
        self.clock = Clock(mentions, published, scanned.dates)
        main = main_place(self.page, places)
        self.story = Story(main, next((m.level for m in places if m.name == main), ""))
        self.passages: list[Passage] = []  # what was gone through: segment, paragraph, its sentences

    def run(self) -> list[Statement]:
        """Every statement of the document, in order."""
        found: list[Statement] = []
        for segment, start, end in self.page.paragraphs:
            self.clock.begin_paragraph()
            goes_on = self.story.listing or self.is_listed(segment, start, end)
            goes_on = goes_on and segment.role != "heading"
            self.story.begin_paragraph(goes_on=goes_on)
            if segment.role == "heading":
                self._heading(start, end)
            sentences = self.page.sentences(start, end)
            self.passages.append((segment, (start, end), sentences))
            for sentence in sentences:
                found += self._sentence(segment, sentence)
            self.story.listing = self.page.text[start:end].rstrip().endswith(":") or (
                self.story.listing and goes_on and end - start < 400
            )
        return found

    def is_listed(self, segment: Segment, start: int, end: int) -> bool:
        """Whether a paragraph is a member of a list, by its role in the file or by the bullet printed."""
        return segment.role == "item" or _LIST_ITEM.match(self.page.text, start, end) is not None

    def after_bullet(self, start: int, end: int) -> int:
        """Where the words of a member of a list begin."""
        bullet = _LIST_ITEM.match(self.page.text, start, end)
        return bullet.end() if bullet else start

    def _heading(self, start: int, end: int) -> None:
        """A heading opens a section: of tasks and targets, or of what was done."""
        story, low = self.story, self.page.low[start:end]
        plan = lexicon().pattern("plan_heading").match(low) is not None
        plan = plan or (lexicon().pattern("figures_heading").match(low) is not None and self._is_ahead(start, end))
        if plan or story.section_plan:
            story.section_plan, story.section_period = plan, None

    def _is_ahead(self, start: int, end: int) -> bool:
        """Whether a heading names a year that has hardly begun when the text is written."""
        years = [m.year for m in self.mentions.within(start, end) if m.year is not None]
        writing = self.clock.writing
        return writing is not None and bool(years) and years[-1] + (writing.number > 3) > writing.year

    def _sentence(self, segment: Segment, span: Span) -> list[Statement]:
        self.clock.begin_sentence(self.mentions.within(*span))
        self.story.status.begin_sentence()
        amounts = [a for a in self.amounts.within(*span) if not why_not(self.page, a)]
        if not amounts:
            self._pass_over(segment, span)
            return []
        row = items(self.page, span, amounts)
        return SentenceReader(self, segment, span, row).run()

    def _pass_over(self, segment: Segment, span: Span) -> None:
        """A sentence without figures still tells time, and opens lists of plans."""
        story = self.story
        for mention in self.mentions.within(*span):
            if mention.baseline or mention.relation:
                continue
            period = self.clock.period(mention)
            if story.section_plan and story.section_period is None:
                story.section_period = period
            if period is not None and story.paragraph_period is None:
                story.paragraph_period = period
                if segment.role == "heading" or segment.start == 0:
                    story.period = period
        cues = self.cues.within(*span)
        if any(cue.meaning == "vague_time" for cue in cues):
            story.paragraph_timeless = True
        opens = self.page.text[span[1] - 1] == ":"
        ahead = opens or self._tells_ahead(span)
        if any(cue.meaning == "decided" or (ahead and cue.meaning in {"plan", "planned"}) for cue in cues):
            story.status.paragraph = PLAN

    def _tells_ahead(self, span: Span) -> bool:
        """ "dự kiến chỉ tiêu của ngành năm 2024" in a report on 2023."""
        known = self.story.period
        years = [m.year for m in self.mentions.within(*span) if m.year is not None and not m.baseline]
        return known is not None and bool(years) and min(years) > known.year


class SentenceReader(Naming):
    """Goes through the figures of one sentence with the scope they stand in."""

    def __init__(self, reader: Reader, segment: Segment, span: Span, row: list[Item]) -> None:
        self.reader, self.segment, self.span, self.row = reader, segment, span, row
        self.page, self.story = reader.page, reader.story
        self.scope = Scope()
        self.outer: Scope | None = None
        self.bracket: int | None = None
        self.told: list[tuple[str, str]] = []  # the subjects of its figures, with their measures
        self.order: Order | None = None  # times, places or subjects told in a row
        self.head_subject = ""  # of the sentence before "trong đó" opens its parts

    def run(self) -> list[Statement]:
        found, place = [], self.story.paragraph_place
        aside: tuple[Period | None] | None = None  # what time it was before "riêng tháng 7"
        for index, item in enumerate(self.row):
            self._enter(item)
            before = self.scope.period
            found.append(self._item(index, item))
            if before != self.scope.period and self._is_apart(index, item):
                aside = (before,)
        if len({one.area for one in found}) > 2:
            self.story.paragraph_place = place  # the places of a list are told, each for itself
        last = self.outer or self.scope
        self.story.paragraph_now = self.story.paragraph_now or (last.now and last.period is None)
        if aside is not None:
            last.period = aside[0]
        if last.period is not None:
            self.story.paragraph_period = self.story.last_period = last.period
            if self.story.period is None or found[-1].status not in {PLAN, FORECAST}:
                self.story.period = last.period
        if self.head_subject or last.subject:
            self.story.paragraph_subject = self.head_subject or last.subject
        return found

    def _is_apart(self, index: int, item: Item) -> bool:
        """Whether a figure's time is told aside: "riêng tháng 7" in a sentence on seven months, "bình quân 11 tháng" in
        a paragraph on a month."""
        known = self.story.paragraph_period
        if not index and (known is None or known.kind is not PeriodKind.MONTH):
            return False
        apart = lexicon().pattern("time_apart" if index else "average_apart")
        return apart.search(self.page.low, item.head[0], item.amount.start) is not None

    def _enter(self, item: Item) -> None:
        """Brackets work on a copy of the scope."""
        if item.bracket == self.bracket:
            return
        if self.outer is not None:
            self.outer.measure = self.scope.measure
            self.outer.subject = self.outer.subject or self.scope.subject
            self.scope, self.outer = self.outer, None
        if item.bracket is not None:
            self.outer = self.scope.copy()
        self.bracket = item.bracket

    def _in_order(
        self,
        index: int,
        mentions: Sequence[PeriodMention],
        places: Sequence[PlaceMention],
        named: str,
        *,
        fresh: bool,
    ) -> str:
        """The subject of a figure told in a row with others; its time or place is put into force."""
        if self.order is None or not self.order.holds(index):
            found = order_at(self, index, mentions, places, named, fresh=fresh)
            self.order = found or self.order
        order, scope = self.order, self.scope
        if order is None or not order.holds(index):
            return named
        place = index - order.first
        if order.places:
            scope.placed, scope.place = True, order.places[place]
        if not order.subjects:
            return named
        scope.by_subject = "subject-in-order"
        return order.subjects[place]

    def _lead_in(self, item: Item, mentions: Sequence[PeriodMention], places: Sequence[PlaceMention]) -> None:
        """ "Năm 2017, máy móc (13 đề án); tuyên truyền (2 đề án)": time and place before a bracket outlast it."""
        outer, opened = self.outer, item.bracket
        if outer is None or opened is None or item.head[0] > opened:
            return
        if any(m.start < opened for m in mentions) and not any(m.start > opened for m in mentions):
            outer.period, outer.timeless, outer.now = self.scope.period, self.scope.timeless, self.scope.now
            outer.until, outer.day = self.scope.until, self.scope.day
        if any(p.start < opened for p in places) and not any(p.start > opened for p in places):
            outer.place, outer.placed = self.scope.place, self.scope.placed

    def _item(self, index: int, item: Item) -> Statement:
        reader, scope, page = self.reader, self.scope, self.page
        head = (item.head[0], item.amount.start)
        cues = list(reader.cues.within(item.head[0], item.amount.number[0]))
        mentions = reader.mentions.within(*head)
        places = reader.places.within(*head)
        located.take_heads(self.story, scope, page, places, item)
        before = scope.period
        days = reader.dates.within(*head)
        take_heads(scope, self.story, reader.clock, page, item, marks=HeadMarks(mentions, cues, days))
        self._lead_in(item, mentions, places)
        named = self._subject(item, mentions, places)
        behind = "" if named else self._named_behind(item) or self._measured_behind(item)
        # "X đóng góp 1,3 điểm vào mức tăng 6,5% của Y, chiếm 20%": Y is told in passing, the 20% are X's again.
        resumed = scope.subject if behind and scope.measure and scope.measure.name == "contribution_pp" else ""
        if is_count(item.amount.low.unit) and self._counts_members(item):
            resumed = scope.subject or self.story.paragraph_subject
        named = named or behind
        known, scope.by_subject = self._known(item, named, behind)
        known = self._in_order(index, mentions, places, known, fresh=bool(named))
        measure, rule = measure_of(
            Context(page, item, known, bool(named), scope.measure, scope.rate, self.story.equal, bool(scope.bases))
        )
        item.rules.append(rule)
        if rule == "effect-on-the-whole" and scope.subject:
            known, scope.by_subject = scope.subject, "subject-held"  # "kéo CPI chung giảm 0,17%" is told of what pulls
        if rule == "part-of-things":
            known, scope.by_subject = self._things_behind(item) or known, "subject-of-things"
        scope.used = 0 if named else scope.used
        if item.amount.verb == "equal" and measure.name in {"index", "plan_pct"}:
            self.story.equal = measure
        scope.subject, scope.measure = known, measure
        if known:
            self.told.append((known, measure.name))
            self.story.told.append(self.told[-1])
        if not self.story.paragraph_first[0]:
            self.story.paragraph_first = known, item.amount.low.unit.dimension
        scope.rate = measure if item.amount.low.unit.dimension == "percent" else scope.rate
        made = self._state(index, item, cues, measure, bool(named))
        scope.subject = resumed or scope.subject
        if "plan-measured-by" in made.rules:
            scope.period = before  # the year of a plan that is only measured by is not that of what follows
        if not self.story.status.breakdown and item.bracket is None:
            self.head_subject = scope.subject
        return made

    def _state(self, index: int, item: Item, cues: list[Cue], measure: Measure, fresh: bool) -> Statement:
        """The fields that hang on the measure, in the order in which they hang on each other."""
        reader, scope, page, story = self.reader, self.scope, self.page, self.story
        beside = self._beside_plan(item, measure, cues)
        if is_count(item.amount.low.unit) and not cues and not page.low[item.head[0] : item.amount.start].strip(" ,;"):
            # "200 điểm bán đăng ký mở cửa": what the counted things do stands behind them.
            cues = [c for c in reader.cues.within(*item.tail) if c.meaning == PLAN]
        if is_count(item.amount.low.unit) and not scope.action and not cues:
            cues = [c for c in reader.cues.within(*item.tail) if self._is_to_be(c)]
        status, by_status = status_of(
            story.status,
            page,
            cues,
            item.amount,
            fresh=fresh,
            beside_plan=beside,
            retimed=self._is_retimed(item),
            parted=item.separator == ";",
        )
        if is_count(item.amount.low.unit) and self._exists(item):
            status, by_status = ACTUAL, "status-existing"
        elif not index and by_status == "status-held" and self._is_decided(item):
            status, by_status = PLAN, "status-decided"
            story.status.sentence = story.status.paragraph = PLAN
        tail = reader.mentions.within(*item.tail)
        moment = Moment(story, scope, reader.clock, page, item, measure, tail, status, self._just_before(item))
        moment.days = reader.dates.within(*item.tail)
        if self.order is not None and self.order.periods and self.order.holds(index):
            moment.ordered = self.order.periods[index - self.order.first]
        if story.period is None:
            moment.ahead = reader.mentions.within(item.amount.end, self.span[1]) or self._below_title()
        period, by_period = period_of(moment)
        if by_status == "status-held" and (by_period == "period-of-bracket" or self._is_of_old(period)):
            status, by_status = ACTUAL, "status-of-old"
        if beside and period is not None and self._is_year_plan(item):
            period, by_period = Period.of_year(period.year), "period-of-plan"
        status, by_status = self._by_calendar(status, by_status, period, item)
        base, by_base = baseline(self, index, item, measure, period)
        area, by_area = self._area_behind(item) or located.area_of(story, scope, scope.subject)
        item.rules += [by_status, by_period, by_base, by_area, scope.by_subject]
        average = "bình quân" in page.low[item.head[0] : item.amount.number[0]]
        told = self._of_aspect(item, scope.subject)
        found = Found(item, measure, told, status, period, base, area, story.whole, average, reader.clock.writing)
        made = statement(page, (self.segment, self.span), found, reader.names, reader.catalogue)
        if made.indicator and not made.breakdown:
            story.whole = made.indicator
        return made

    def _is_of_old(self, period: Period | None) -> bool:
        """ "ước tăng 42,6% (cùng kỳ năm trước giảm 19,5%)": last year's figure in a bracket is no estimate."""
        outer = None if self.outer is None else self.outer.period or self.story.paragraph_period
        return period is not None and outer is not None and period.months[1] < outer.months[0] + 1

    def _is_year_plan(self, item: Item) -> bool:
        """ "bằng 32,4% kế hoạch năm (5 tỷ USD)": the plan of the year beside a figure of some months."""
        if item.bracket is None:
            return False
        before = self.page.low[max(self.span[0], item.bracket - 32) : item.bracket]
        return lexicon().pattern("year_plan_before").search(before) is not None

    def _just_before(self, item: Item) -> PeriodMention | None:
        """ "so với thực hiện năm 2023 (3,3%)": the time that a bracket with a figure alone tells of."""
        if item.bracket is None or self.page.low[item.bracket + 1 : item.amount.start].strip(" +-"):
            return None
        near = self.reader.mentions.within(max(self.span[0], item.bracket - 48), item.bracket)
        if not near or self.page.low[near[-1].end : item.bracket].strip():
            return None
        return near[-1]

    def _by_calendar(self, status: str, by_status: str, period: Period | None, item: Item) -> tuple[str, str]:
        """What lies ahead when the text is written is planned; a plan only held over is over where the time is past."""
        writing = self.reader.clock.writing
        if writing is None or period is None:
            return status, by_status
        first, last = period.months
        now = writing.months[1]
        fresh = period.kind is PeriodKind.YEAR and now == first and item.amount.verb == "growth"
        if status in {ACTUAL, ESTIMATE} and (first > now or fresh):
            return PLAN, "status-ahead"
        over = status == PLAN and by_status == "status-held" and last <= now and not self.story.section_plan
        if over and self.scope.period == period:
            self.story.status.sentence = self.story.status.paragraph = ACTUAL
            return ACTUAL, "status-past"
        return status, by_status

    def _is_to_be(self, cue: Cue) -> bool:
        """ "200 điểm bán đăng ký mở cửa": registered for something ahead; "32 sản phẩm đăng ký" did register."""
        if self.page.low[cue.start : cue.end] != "đăng ký":
            return False
        return not self.page.low[cue.end : cue.end + 2].lstrip().startswith((",", ".", ";", ")", "và"))

    def _below_title(self) -> Sequence[PeriodMention]:
        """The times of the first lines below the title of a text, which tell that of its figures too."""
        start, end = self.span
        titled = start < _TITLES and self.page.text[end - 1] not in ".;:" and len(self.page.text) > end + 1
        return self.reader.mentions.within(end, end + _TITLES) if titled else ()

    def _area_behind(self, item: Item) -> tuple[str, str] | None:
        """ "hoàn thành 2 khu công nghiệp tại thị xã Phú Mỹ": the place below a province where counted things are."""
        if not is_count(item.amount.low.unit):
            return None
        behind = self.reader.places.within(item.amount.end, item.tail[1])
        if not behind or behind[0].level not in {"district", "town"}:
            return None
        between = self.page.low[item.amount.end : behind[0].start]
        found = lexicon().pattern("lies_in").search(between)
        return (behind[0].name, "area-behind") if found else None

    def _is_decided(self, item: Item) -> bool:
        """ "20 đề án khuyến công vừa được UBND tỉnh thông qua": what is decided on is planned."""
        tail = self.page.low[slice(*item.tail)]
        return "được " in tail and lexicon().pattern("decided_behind").search(tail) is not None

    def _exists(self, item: Item) -> bool:
        """ "70 cụm công nghiệp hiện có", whatever is planned for them."""
        found = self.reader.cues.within(*item.tail)
        return bool(found) and self.page.low[found[0].start : found[0].end] in {"hiện có", "hiện nay", "hiện tại"}

    def _beside_plan(self, item: Item, measure: Measure, cues: Sequence[Cue]) -> bool:
        """ "(kế hoạch 11,31%)", "kế hoạch tăng 5%": the plan itself, not a percentage of it."""
        if measure.name == "plan_pct" or item.amount.verb in {"exceed", "short", "equal"}:
            return False
        if item.bracket is not None and not self.page.low[item.bracket + 1 : item.amount.start].strip(" +-"):
            before = self.page.low[max(self.span[0], item.bracket - 48) : item.bracket]
            return lexicon().pattern("plan_before_bracket").search(before) is not None
        planned = [cue for cue in cues if cue.meaning == "planned"]
        if not planned:
            return False
        if any(cue.meaning == "plan" and cue.start >= planned[-1].end for cue in cues):
            return False  # "Nghị quyết đề ra mục tiêu": a list of aims begins
        between = self.page.low[planned[-1].end : item.amount.start]
        before = self.page.low[max(0, planned[-1].start - 8) : planned[-1].start]
        return not re.search(r"[,;)]", between) and "so với" not in before and "vượt" not in before
