"""What is in force while a text is read: the discourse over paragraphs, and the scope inside one sentence."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace

from sct.reading.measures import Measure
from sct.reading.status import PLAN, StatusScope
from sct.vietnamese.period_words import PeriodMention
from sct.vietnamese.periods import Period


@dataclass(slots=True)
class Scope:
    """Of a sentence; a bracket works on a copy that is thrown away when it closes."""

    period: Period | None = None
    timeless: bool = False  # "nhiệm kỳ tới", "thời gian qua": figures have no period
    now: bool = False  # "hiện nay": a stock at the time of writing
    until: bool = False  # "đến hết tháng 8": a running total or a stock, as the subject tells
    day: Period | None = None  # the month of a day named, where nothing else tells the time
    came_from: Period | None = None  # of "từ 51,2% năm 2015 lên …"
    bases: list[PeriodMention] = field(default_factory=list)
    used: int = 0  # how many of several bases the figures of this subject have taken
    place: str | None = None
    placed: bool = False
    company: bool = False  # one company's figures: they have no area
    subject: str = ""
    by_subject: str = ""  # the rule that told the subject
    measure: Measure | None = None
    rate: Measure | None = None  # the measure of the last percentage
    multiple_of: Period | None = None
    action: str = ""

    def copy(self) -> Scope:
        return replace(self, bases=list(self.bases))


@dataclass(slots=True)
class Story:
    """Of the document: what a sentence without words of its own takes from those before it."""

    main_place: str | None
    main_level: str = ""
    status: StatusScope = field(default_factory=StatusScope)
    period: Period | None = None  # of the last figures that are no plans
    last_period: Period | None = None  # of the last figures, for plans that go on
    paragraph_period: Period | None = None
    paragraph_timeless: bool = False
    paragraph_place: str | None = None
    paragraph_subject: str = ""
    told: deque[tuple[str, str]] = field(default_factory=lambda: deque(maxlen=16))  # the last subjects, with measures
    paragraph_first: tuple[str, str] = ("", "")  # the first subject of the paragraph and its unit
    equal: Measure | None = None  # what "bằng …%" was before in the paragraph
    paragraph_now: bool = False  # the paragraph tells of stocks at the time of writing
    whole: str = ""  # the indicator the paragraph speaks of, whose parts may follow
    header: list[PeriodMention] = field(default_factory=list)  # the two comparisons that pairs of figures follow
    header_for: Period | None = None
    carried: PeriodMention | None = None  # the comparison the paragraph goes on with
    carried_for: Period | None = None
    section_plan: bool = False  # the section is headed as one of tasks and targets
    section_period: Period | None = None
    listing: bool = False  # the paragraph before ended in a colon

    def begin_paragraph(self, *, goes_on: bool) -> None:
        kept = self.status.paragraph if goes_on else None
        self.status.begin_paragraph()
        if kept is not None:
            self.status.paragraph = kept
        if self.section_plan:
            self.status.paragraph = PLAN
        if kept is not None and self.section_period is not None:
            self.paragraph_period = self.section_period  # a deadline in one member of a list is not that of the next
        if kept is None:
            self.paragraph_period, self.paragraph_timeless, self.paragraph_place = None, False, None
            self.paragraph_subject = self.whole = ""
            self.paragraph_first = ("", "")
            self.equal, self.paragraph_now = None, False
            self.carried = self.carried_for = self.header_for = None
