"""The period a figure is about: its own words of time, else its sentence's, its paragraph's, the text's (GUIDE §2)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sct.reading.clauses import Item
from sct.reading.lexicon import lexicon
from sct.reading.measures import Measure
from sct.reading.page import Cue, Page
from sct.reading.scope import Scope, Story
from sct.reading.status import FORECAST, PLAN
from sct.reading.times import Clock, baseline_of, whole_year
from sct.vietnamese.dates import DateMention
from sct.vietnamese.period_words import CURRENT, NEXT_TERM, NOW, PREVIOUS, PRICE_BASE, SAME_PERIOD, PeriodMention
from sct.vietnamese.periods import Period, PeriodKind
from sct.vietnamese.units import is_count

_OF_PLAN = re.compile(
    r"(?<!\w)(?:kế hoạch|dự toán|kh|mục tiêu|chỉ tiêu|nghị quyết)(?: (?:của|cả|đề ra|giao|cho|trong))*\s*$"
)
_ON_DAY = re.compile(r"(?<!\w)(?:ngày|đến|trong các ngày)\s*$")
_REASON = re.compile(r"(?<!\w)(?:do|vì|nhờ|bởi|dù)(?!\w)")  # "tăng 18,3% do Tết năm nay rơi vào tháng 2"
_HAS = re.compile(r"(?<!\w)(?:có|còn)\s*$")
_COMPARING = frozenset({"equal", "difference", "exceed", "short", "multiple"})
_SINCE = re.compile(r"(?<!\w)(?:từ|kể từ|bắt đầu từ)\s*$")


@dataclass(frozen=True, slots=True)
class HeadMarks:
    """Times, days and cues in the words that lead to a figure."""

    mentions: Sequence[PeriodMention]
    cues: Sequence[Cue]
    days: Sequence[DateMention] = ()


def is_base(mention: PeriodMention) -> bool:
    """Whether a mention is what a figure is compared with, not what it is about."""
    return mention.baseline or mention.relation in {SAME_PERIOD, PREVIOUS}


def take_heads(scope: Scope, story: Story, clock: Clock, page: Page, item: Item, *, marks: HeadMarks) -> None:
    """Let the words of time that lead to a figure take effect."""
    known = story.paragraph_period or story.period
    if any(cue.meaning == "vague_time" for cue in marks.cues):
        scope.timeless, scope.period = True, None
    bases: list[PeriodMention] = []
    for mention in marks.mentions:
        if mention.relation == PRICE_BASE:
            continue
        if not is_base(mention):
            _take_time(scope, clock, page, mention)
        elif _is_aside(page, mention, item, compared=bool(scope.bases)):
            scope.period = _year_before(scope.period or known, mention)
        else:
            bases.append(mention)
    if bases:
        scope.bases, scope.used = bases, 0
    current = scope.period or known
    if current is not None and current.kind is PeriodKind.MONTH and "bình quân" in page.low[slice(*item.head)]:
        yearly = lexicon().pattern("average_of_year").search(page.low, item.head[0], item.amount.start)
        scope.period = Period.of_year(current.year) if yearly else scope.period
    for day in marks.days:
        if not any(m.start > day.start and not is_base(m) for m in marks.mentions):
            _take_day(scope, clock, page, day, item)


def dated(page: Page, day: DateMention) -> tuple[int, int]:
    """A day with the words that lead to it, which name nothing measured."""
    start = max(0, day.start - 32)
    found = lexicon().pattern("deadline").search(page.low, start, day.start)
    found = found or lexicon().pattern("as_of_day").search(page.low, start, day.start)
    word = re.search(r"(?<!\w)(?:ngày|vào ngày|trong ngày|từ ngày)\s*$", page.low[max(0, day.start - 12) : day.start])
    start = found.start() if found else day.start - (len(word[0]) if word else 0)
    return start, day.end


def _take_day(scope: Scope, clock: Clock, page: Page, day: DateMention, item: Item) -> None:
    """ "Tính đến 31/12/2020" is the month, "từ đầu năm đến 15/6" a running total; the day of a meeting is no time."""
    month = clock.month_of(day)
    if month is None:
        return
    lead = page.low[max(0, day.start - 32) : day.start]
    if lexicon().pattern("deadline").search(lead):
        month = clock.deadline(day) or month
        scope.period, scope.until, scope.timeless, scope.now = month, False, False, False
    elif lexicon().pattern("since_new_year").search(lead):
        scope.period, scope.until, scope.timeless = Period.through(month.year, month.number), False, False
    elif lexicon().pattern("to_day").search(lead):
        scope.period, scope.until, scope.timeless = month, False, False
    elif lexicon().pattern("as_of_day").search(lead):
        scope.period, scope.until, scope.timeless, scope.now = month, True, False, False
        scope.day = month
    elif not lexicon().pattern("day_of_speech").search(page.low, max(0, day.start - 48), item.amount.start):
        scope.day = month


def _take_time(scope: Scope, clock: Clock, page: Page, mention: PeriodMention) -> None:
    if mention.relation == NEXT_TERM:
        scope.timeless, scope.period = True, None
    elif mention.relation == NOW:
        scope.now, scope.period = True, None
    elif governs(page, mention):
        period = clock.period(mention)
        wordless = mention.relation == CURRENT and not mention.number
        if period is not None or (mention.kind is not None and not mention.lately and not wordless):
            scope.period, scope.timeless, scope.now = period, period is None, False
            scope.until = mention.until and mention.kind in {PeriodKind.MONTH, PeriodKind.QUARTER}
            scope.bases, scope.used = [], 0


def governs(page: Page, mention: PeriodMention) -> bool:
    """Not the year of a plan that is only measured by, nor the month since when something holds."""
    before = page.low[max(0, mention.lead - 24) : mention.lead]
    return not (_SINCE.search(before) and mention.kind is not PeriodKind.SPAN)


def _is_aside(page: Page, mention: PeriodMention, item: Item, *, compared: bool) -> bool:
    """ "(cùng kỳ tăng 3,5%)", "năm trước tăng 5%": the figure is about that time, it is not a comparison with it."""
    if mention.relation != SAME_PERIOD or mention.baseline:
        return False
    if item.bracket is None:
        # "tăng 3,6%, cùng kỳ năm ngoái tăng 3,1%"
        before = page.low[item.head[0] : mention.lead].strip(" ,")
        alone = before in {"", "trong khi", "còn", "mà"} and item.separator in {",", "trong khi", "còn"}
        return alone and not compared and not page.low[mention.end : item.amount.start].strip()
    return not re.search(r"[,;]", page.low[mention.end : item.amount.start])


def _year_before(period: Period | None, mention: PeriodMention) -> Period | None:
    if period is None:
        return None
    return mention.resolve(period) or period.year_before


@dataclass(slots=True)
class Moment:
    """What the rules of time may look at for one figure."""

    story: Story
    scope: Scope
    clock: Clock
    page: Page
    item: Item
    measure: Measure
    tail: Sequence[PeriodMention]
    status: str
    bracketed: PeriodMention | None = None  # the time right before a bracket that holds the figure alone
    days: Sequence[DateMention] = ()  # days named behind the figure
    ahead: Sequence[PeriodMention] = ()  # times named later in the sentence
    ordered: Period | None = None  # its place in a row of times


Answer = tuple[Period | None]  # a rule may answer that there is no period; None means it does not answer


def period_of(moment: Moment) -> tuple[Period | None, str]:
    """The period of a figure and the rule that told it."""
    for name, rule in _RULES:
        answer = rule(moment)
        if answer is not None:
            return answer[0], name
    story = moment.story
    planned = moment.status in {PLAN, FORECAST} and story.last_period is not None
    return story.last_period if planned else story.period, "period-of-text"


def _in_order(m: Moment) -> Answer | None:
    if m.ordered is None:
        return None
    m.scope.period, m.scope.timeless, m.scope.now = m.ordered, False, False
    return (m.ordered,)


def _behind(m: Moment) -> Answer | None:
    own = _own(m)
    if own is None or _is_of_things(m, own):
        return None
    if not any(is_told_of(m.page, m.item, mention) for mention in m.tail):
        m.scope.period, m.scope.timeless = own, False
    return (own,)


def _is_of_things(m: Moment, own: Period) -> bool:
    """ "khởi công 9 cụm giai đoạn 2018-2020" in a plan for 2025: the years tell which things, not when."""
    known = m.scope.period or m.story.paragraph_period or m.story.section_period
    return m.status == PLAN and own.kind is PeriodKind.SPAN and known is not None and own.number < known.year


def _of_bracket(m: Moment) -> Answer | None:
    """ "so với thực hiện năm 2023 (3,3%)": the figure of that time."""
    if m.bracketed is None:
        return None
    known = m.scope.period or m.story.paragraph_period or m.story.period
    if is_base(m.bracketed):
        return None if known is None else (baseline_of(m.bracketed, known),)
    return (m.clock.period(m.bracketed),)


def _days_behind(m: Moment) -> Answer | None:
    """ "200 điểm bán mở cửa từ ngày 05 đến 07/02", "bàn giao 12 ha trước ngày 15/8": the month of the day behind."""
    counted = is_count(m.item.amount.low.unit)
    for day in m.days:
        lead = m.page.low[max(0, day.start - 32) : day.start]
        by_then = lexicon().pattern("deadline").search(lead) is not None
        month = (by_then and m.clock.deadline(day)) or m.clock.month_of(day)
        if month is not None and (by_then or (counted and _ON_DAY.search(lead))):
            m.scope.period, m.scope.timeless = month, False
            return (month,)
    return None


def _section(m: Moment) -> Answer | None:
    return None if m.story.section_period is None else (m.story.section_period,)


def _before(m: Moment) -> Answer | None:
    return None if m.scope.period is None else (m.scope.period,)


def _to_date(m: Moment) -> Answer | None:
    """ "Đến hết tháng 8, thu ngân sách đạt …": what flows in is counted from the new year, a stock is not."""
    period = m.scope.period
    if not m.scope.until or period is None or period.kind not in {PeriodKind.MONTH, PeriodKind.QUARTER}:
        return None
    if is_count(m.item.amount.low.unit) and _HAS.search(m.page.low, m.item.head[0], m.item.amount.start):
        return None  # "Đến cuối tháng 9, toàn tỉnh có 1.100 doanh nghiệp": a stock
    by_quarter = m.measure.name == "growth_pct" and period.kind is PeriodKind.QUARTER
    flows = by_quarter or lexicon().pattern("flow_name").search(m.scope.subject.lower()) is not None
    if m.status in {PLAN, FORECAST} or not flows:
        return None
    told = Period.through(period.year, period.months[1] % 12 + 1)
    begun = lexicon().pattern("flow_begun").match(m.scope.subject.lower())
    if period.kind is PeriodKind.QUARTER or (m.scope.day == period and begun):
        # "Hết quý III" is nine months for all that the sentence tells, "tính đến 15/12 cấp mới 115 dự án" a year.
        m.scope.period, m.scope.until = told, False
    return (told,)


def _now_of_paragraph(m: Moment) -> Answer | None:
    """ "Hiện có 21 cụm … Lũy kế các cụm thu hút 41 dự án": the stocks go on."""
    if m.story.paragraph_period is not None and lexicon().pattern("flow_begun").match(m.scope.subject.lower()):
        m.scope.period = m.story.paragraph_period
        return (m.scope.period,)  # "Toàn tỉnh thành lập mới 416 doanh nghiệp" in a report on nine months is no stock
    return (_now(m),) if m.story.paragraph_now and m.status not in {PLAN, FORECAST} else None


def _later(m: Moment) -> Answer | None:
    """A sentence that names its time only behind the figure."""
    for mention in m.ahead:
        if not is_base(mention) and mention.kind is not None and not mention.relation and governs(m.page, mention):
            m.scope.period = m.clock.period(mention)
            return (m.scope.period,)
    return None


def _of_day(m: Moment) -> Answer | None:
    return None if m.scope.day is None else (m.scope.day,)


def _vague(m: Moment) -> Answer | None:
    vague = m.scope.timeless or (m.story.paragraph_timeless and m.story.paragraph_period is None)
    return (None,) if vague else None


def _stock(m: Moment) -> Answer | None:
    behind = any(mention.relation == NOW for mention in m.tail) and is_count(m.item.amount.low.unit)
    return (_now(m),) if m.scope.now or behind else None


def _reckoned(m: Moment) -> Answer | None:
    found = _after_base(m.scope, m.story)
    if found is None:
        return None
    m.scope.period = found
    return (found,)


def _paragraph(m: Moment) -> Answer | None:
    known = m.story.paragraph_period
    if known is not None and known.kind is PeriodKind.SPAN and m.status not in {PLAN, FORECAST} and _is_there(m):
        return (None,)  # behind what was done in 2021-2025, "huyện có 9 thôn" tells what is there
    return None if known is None else (known,)


def _is_there(m: Moment) -> bool:
    counted = is_count(m.item.amount.low.unit)
    return counted and _HAS.search(m.page.low, m.item.head[0], m.item.amount.start) is not None


def _reckoned_of_text(m: Moment) -> Answer | None:
    """A text that names no time but compares itself with a year speaks of the year after."""
    year = m.clock.whole_text
    if m.story.period is not None or year is None or m.clock.published is not None:
        return None
    return (Period.of_year(year),)


_RULES: tuple[tuple[str, Callable[[Moment], Answer | None]], ...] = (
    ("period-in-order", _in_order),
    ("period-of-bracket", _of_bracket),
    ("period-behind", _behind),
    ("period-of-days-behind", _days_behind),
    ("period-to-date", _to_date),
    ("period-before", _before),
    ("period-vague", _vague),
    ("period-now", _stock),
    ("period-reckoned", _reckoned),
    ("period-of-day", _of_day),
    ("period-now-of-paragraph", _now_of_paragraph),
    ("period-of-paragraph", _paragraph),
    ("period-of-section", _section),
    ("period-later-in-sentence", _later),
    ("period-reckoned-of-text", _reckoned_of_text),
)


def is_told_of(page: Page, item: Item, mention: PeriodMention) -> bool:
    """ "cao hơn mức tăng 6,97% của cùng kỳ năm 2024": the figure is that time's own, not compared with it."""
    if mention.relation in {NOW, PRICE_BASE, NEXT_TERM} or item.amount.verb in _COMPARING:
        return False
    if page.low[item.amount.end : mention.lead].strip() != "của" or item.amount.comparator == "range":
        return False
    told, head = lexicon().pattern("told_of"), page.low[item.head[0] : item.amount.start]
    if item.separator in {"và", "hay"} and not head.strip():
        # "thấp hơn mức 6,12% của quý I/2015 và 5,48% của quý I/2016"
        before = page.low[max(item.sentence[0], item.head[0] - 64) : item.head[0]]
        before = before[max(before.rfind(sign) + 1 for sign in ("; ", ", ", " (")) :] if "%" in before else ""
        return re.search(r"(?<!tổng )(?<!\w)(?:mức|tốc độ|con số|cao hơn|thấp hơn|hơn)(?!\w)", before) is not None
    return told.search(page.low, item.head[0], item.amount.number[0]) is not None


def _own(m: Moment) -> Period | None:
    """The words of time right behind a figure: "16 tỷ USD năm 2020"; not those of a comparison or of a plan."""
    if m.measure.name in {"multiple", "plan_pct"}:
        return None
    for mention in m.tail:
        before = m.page.low[m.item.amount.end : mention.lead]
        if is_told_of(m.page, m.item, mention):
            known = m.scope.period or m.story.paragraph_period or m.story.period
            told = None if known is None else mention.resolve(known)
            if told is not None and known is not None and mention.year is None and told.months > known.months:
                told = mention.in_year(known.year - 1)  # in January, "của tháng 12" is last year's
            return told if told is not None or is_base(mention) else m.clock.period(mention)
        if is_base(mention) or mention.relation in {NOW, PRICE_BASE, NEXT_TERM}:
            continue
        if _OF_PLAN.search(before) or _REASON.search(before) or not governs(m.page, mention):
            continue
        if len(before.split()) <= 12:
            return m.clock.period(mention)
    return None


def _now(m: Moment) -> Period | None:
    """Stocks of today: the month of writing; in a running total ("lũy kế đến nay") the period of the report."""
    if m.status in {PLAN, FORECAST}:
        return m.story.paragraph_period
    if "lũy kế" in m.page.low[m.item.head[0] : m.item.amount.start]:
        return m.clock.writing or _last_month(m.story.paragraph_period or m.story.period)
    return m.clock.writing


def _last_month(period: Period | None) -> Period | None:
    """A running total told with a cumulative report stands at its last month."""
    if period is None or period.kind is not PeriodKind.CUMULATIVE:
        return period
    return Period.of_month(period.year, period.number)


def _after_base(scope: Scope, story: Story) -> Period | None:
    """ "So với năm 2019, … tăng": a sentence that opens with a year to compare with speaks of the year after."""
    for mention in scope.bases:
        if mention.kind is PeriodKind.YEAR and mention.year is not None:
            known = story.paragraph_period
            if known is not None and known.year == mention.year + 1:
                return known
            return whole_year(Period.of_year(mention.year + 1))
    return None
