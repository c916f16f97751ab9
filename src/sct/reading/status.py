"""How firm a figure is: actual, estimate (ước), plan, forecast — by the cue words and their scope (GUIDE §2).

`ước` holds for its own figure, those chained to the same subject in the sentence and the parts opened by "trong đó"; a
new subject with its own verb is actual again. A plan word holds to the end of its list or paragraph.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sct.reading.lexicon import lexicon
from sct.reading.page import Cue, Page
from sct.vietnamese.amounts import Amount
from sct.vietnamese.units import is_count

ACTUAL, ESTIMATE, PLAN, FORECAST = "actual", "estimate", "plan", "forecast"


@dataclass(slots=True)
class StatusScope:
    """The status in force while a text is read: of the sentence, and of the paragraph's plan."""

    sentence: str = ACTUAL
    paragraph: str = ACTUAL
    breakdown: bool = False  # "trong đó" has opened the parts
    within: bool = False  # the status was said of one of the parts, not of the whole
    counted: bool = False  # the figure that opened the status counts things
    conditional: bool = False  # "nếu" has been said
    planned: bool = False  # a plan word stands in this sentence
    narrow: bool = False  # the word of the status stands between a subject and its figure ("IIP dự kiến tăng 11%")
    throughout: bool = False  # "Ước 9 tháng, …": an estimate to the end of the sentence

    def begin_paragraph(self) -> None:
        self.paragraph = ACTUAL
        self.begin_sentence()

    def begin_sentence(self) -> None:
        self.sentence = self.paragraph
        self.breakdown = self.conditional = self.planned = self.throughout = self.within = False


def status_of(
    scope: StatusScope,
    page: Page,
    cues: Sequence[Cue],
    amount: Amount,
    *,
    fresh: bool,
    beside_plan: bool,
    retimed: bool = False,
    parted: bool = False,
) -> tuple[str, str]:
    """The status of a figure whose head holds these cues, and the rule; the scope moves on.

    `parted`: a semicolon stands between it and the figure before.
    """
    if beside_plan:
        return PLAN, "plan-beside"
    cues, measured_by = _apart(page, cues)
    if measured_by is not None and _is_next(page, measured_by, amount):
        return PLAN, "plan-measured-by"
    for cue in cues:
        scope.breakdown = scope.breakdown or cue.meaning == "breakdown"
        scope.conditional = scope.conditional or cue.meaning == "conditional"
    # Inside a list of plans "đã" tells of the things planned for, not of the figure.
    said = [c for c in cues if c.meaning in _MEANS and not (scope.planned and c.meaning == "actual")]
    counted = is_count(amount.low.unit)
    if len(said) > 1 and said[-1].meaning == "estimate" and not page.low[said[-2].end : said[-1].start].strip():
        said = said[:-1] if said[-2].meaning in {"expected", "plan", "forecast"} else said  # "dự kiến ước đạt"
    if said:
        scope.within = scope.breakdown and scope.sentence != ESTIMATE
        scope.narrow = len(page.low[said[-1].end : amount.start].split()) <= _NARROW
        status = _said(scope, page, said, amount.start, counted=counted)
        scope.sentence, scope.counted = status, counted
        scope.throughout = lexicon().pattern("estimate_of_time").match(page.low, said[-1].start) is not None
        scope.paragraph = PLAN if status == PLAN else ACTUAL
        scope.planned = status == PLAN
        return status, f"status-{said[-1].meaning}"
    may_end = scope.sentence == ESTIMATE or (scope.sentence == FORECAST and scope.narrow and parted)
    if may_end and (fresh or retimed) and _ends_estimate(scope, page, amount):
        scope.sentence = ACTUAL
        return ACTUAL, "estimate-ended"
    return scope.sentence, "status-held"


def _apart(page: Page, cues: Sequence[Cue]) -> tuple[Sequence[Cue], Cue | None]:
    """The cues without plans that something is only measured by ("vượt mục tiêu"), and the last of these."""
    by = [c for c in cues if c.meaning in {"plan", "planned"} and _is_yardstick(page, c)]
    return ([c for c in cues if c not in by], by[-1]) if by else (cues, None)


def _is_yardstick(page: Page, cue: Cue) -> bool:
    yardsticks = ("mục tiêu", "chỉ tiêu", "kế hoạch", "nghị quyết", "dự toán", "nhiệm vụ")
    if page.low.startswith("theo kế hoạch", cue.start):  # "vượt tốc độ tăng theo kế hoạch đề ra"
        return lexicon().pattern("yardstick_far").search(page.low, max(0, cue.start - 40), cue.start) is not None
    if not page.low.startswith(yardsticks, cue.start, cue.end):
        return False
    return lexicon().pattern("yardstick_before").search(page.low, max(0, cue.start - 24), cue.start) is not None


def _is_next(page: Page, cue: Cue, amount: Amount) -> bool:
    """ "vượt mục tiêu 2 tỷ USD": the figure is the plan itself."""
    reached = amount.verb == "reach" and amount.low.unit.dimension == "percent"  # "so dự toán đạt 42%"
    if amount.plan or reached or amount.verb in {"exceed", "short", "equal"} or amount.start < cue.end:
        return False
    between = page.low[cue.end : amount.start]
    return len(between.split()) <= 6 and not any(sign in between for sign in ",;:(")


def _ends_estimate(scope: StatusScope, page: Page, amount: Amount) -> bool:
    """A new subject with a verb of its own is actual again, but not in the parts of the whole, nor where "ước" came
    before the time ("Ước 9 tháng, …")."""
    counted = is_count(amount.low.unit)
    if scope.throughout:
        return False
    if scope.breakdown and not scope.within:
        return counted and not scope.counted
    return (
        counted
        or bool(amount.verb)
        or lexicon().pattern("own_verb").search(page.low, max(0, amount.start - 24), amount.start) is not None
    )


_NARROW = 3  # words

_MEANS = {
    "estimate": ESTIMATE,
    "plan": PLAN,
    "decided": PLAN,
    "forecast": FORECAST,
    "actual": ACTUAL,
    "expected": PLAN,
    "conditional": PLAN,
}


def _said(scope: StatusScope, page: Page, cues: Sequence[Cue], start: int, *, counted: bool) -> str:
    last = cues[-1]
    if last.meaning == "expected":
        if PLAN in {scope.paragraph, scope.sentence}:
            return PLAN
        words = "counted_action" if counted else "authority_acts"
        return PLAN if lexicon().pattern(words).search(page.low, last.end, start) else FORECAST
    guessed = any(cue.meaning in {"estimate", "forecast", "expected"} for cue in cues[:-1])
    if (scope.conditional or guessed) and page.low[last.start : last.end] == "sẽ":
        return FORECAST
    return _MEANS[last.meaning]
