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

ACTUAL, ESTIMATE, PLAN, FORECAST = "actual", "estimate", "plan", "forecast"


@dataclass(slots=True)
class StatusScope:
    """The status in force while a text is read: of the sentence, and of the paragraph's plan."""

    sentence: str = ACTUAL
    paragraph: str = ACTUAL
    breakdown: bool = False  # "trong đó" has opened the parts
    counted: bool = False  # the figure that opened the status counts things
    conditional: bool = False  # "nếu" has been said
    planned: bool = False  # a plan word stands in this sentence

    def begin_paragraph(self) -> None:
        self.paragraph = ACTUAL
        self.begin_sentence()

    def begin_sentence(self) -> None:
        self.sentence = self.paragraph
        self.breakdown = self.conditional = self.planned = False


def status_of(
    scope: StatusScope, page: Page, cues: Sequence[Cue], amount: Amount, *, fresh: bool, beside_plan: bool
) -> tuple[str, str]:
    """The status of a figure whose head holds these cues, and the rule; the scope moves on."""
    if beside_plan:
        return PLAN, "plan-beside"
    for cue in cues:
        scope.breakdown = scope.breakdown or cue.meaning == "breakdown"
        scope.conditional = scope.conditional or cue.meaning == "conditional"
    # Inside a list of plans "đã" tells of the things planned for, not of the figure.
    said = [c for c in cues if c.meaning in _MEANS and not (scope.planned and c.meaning == "actual")]
    counted = amount.low.unit.counted
    if said:
        status = _said(scope, page, said, amount.start)
        scope.sentence, scope.counted = status, counted
        scope.paragraph = PLAN if status == PLAN else ACTUAL
        scope.planned = status == PLAN
        return status, f"status-{said[-1].meaning}"
    if scope.sentence == ESTIMATE and fresh and (not scope.breakdown or (counted and not scope.counted)):
        scope.sentence = ACTUAL
        return ACTUAL, "estimate-ended"
    return scope.sentence, "status-held"


_MEANS = {
    "estimate": ESTIMATE,
    "plan": PLAN,
    "decided": PLAN,
    "forecast": FORECAST,
    "actual": ACTUAL,
    "expected": PLAN,
    "conditional": PLAN,
}


def _said(scope: StatusScope, page: Page, cues: Sequence[Cue], start: int) -> str:
    last = cues[-1]
    if last.meaning == "expected":
        if PLAN in {scope.paragraph, scope.sentence}:
            return PLAN
        acts = lexicon().pattern("counted_action").search(page.low, last.end, start)
        return PLAN if acts else FORECAST
    if scope.conditional and page.low[last.start : last.end] == "sẽ":
        return FORECAST
    return _MEANS[last.meaning]
