"""C21: the share of the whole's growth: 100·[contribution] / [growth] ∩ [share].

The three numbers stand in one sentence, which gives the scope: whatever the subject is, its contribution and its
share are told of the same growth. So the check works for a subject that the catalogue does not know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sct.catalogue.statement import Statement
from sct.proofing import wording
from sct.proofing.checks import Check
from sct.proofing.finding import Finding, Verdict
from sct.proofing.intervals import Interval
from sct.proofing.judging import judge
from sct.proofing.keys import same_months
from sct.proofing.stating import comparison, finding
from sct.proofing.texts import Desk, Text
from sct.vietnamese.text import search_key
from sct.words import _

# What follows a share that is one of size, not of growth: "chiếm 38% trong tổng GRDP", "chiếm 22% quy mô kinh tế".
_OF_SIZE = re.compile(r"^\W*(trong\s+|của\s+)?(tổng\b|cơ cấu|quy mô|giá trị|kim ngạch|gdp\b|grdp\b)", re.I)
_INTO = re.compile(r"\b(vào|trong) (tổng )?(mức |tốc độ )?(tăng|tăng trưởng)\b")
_OF_GROWTH = re.compile(r"mức tăng|tăng trưởng|tốc độ tăng", re.I)


def find(text: Text, desk: Desk, check: Check) -> Iterator[Finding]:
    """Every contribution whose whole's growth and whose share of it are told in the same sentence."""
    for contribution in text.of_measure("contribution_pp"):
        sentence = text.in_sentence(contribution)
        growth = _growth_of_whole(text, contribution, sentence)
        share = _share(text, contribution, sentence)
        if growth is None or share is None or not _same_time(contribution, growth, share):
            continue
        found = _judged(text, contribution, growth, share, check)
        if found is not None:
            yield found


def ratio(operands: Sequence[Interval]) -> Interval | None:
    """Percent of (part, whole)."""
    quotient = operands[0].over(operands[1])
    return None if quotient is None else quotient.times(100)


def _growth_of_whole(text: Text, contribution: Statement, sentence: Sequence[Statement]) -> Statement | None:
    """The growth that "vào mức tăng …" names; else the one that the sentence opens with, of another subject."""
    growths = [s for s in sentence if s.measure == "growth_pct"]
    after = next((s for s in growths if s.start >= contribution.end), None)
    if after is not None and not _another(sentence, "contribution_pp", contribution.end, after.start):
        if _INTO.search(text.between(contribution.end, after.end)):
            return after
        if not text.text and _of_another(after, contribution):
            return after
    first = sentence[0]
    opens = first in growths and first.end <= contribution.start
    return first if opens and _of_another(first, contribution) else None


def _of_another(growth: Statement, contribution: Statement) -> bool:
    return search_key(growth.subject) != search_key(contribution.subject)


def _share(text: Text, contribution: Statement, sentence: Sequence[Statement]) -> Statement | None:
    """The share told after the contribution, of the same subject and not of a size."""
    subject = search_key(contribution.subject)
    for share in sentence:
        if share.measure != "share_pct" or share.start < contribution.end:
            continue
        if _another(sentence, "contribution_pp", contribution.end, share.start):
            return None
        following = text.text[share.end : share.sentence[1]]
        of_growth = bool(_OF_GROWTH.search(following.split(",")[0]))
        if search_key(share.subject) == subject and (of_growth or not _OF_SIZE.match(following)):
            return share
    return None


def _another(sentence: Sequence[Statement], measure: str, start: int, end: int) -> bool:
    return any(s.measure == measure and start <= s.start < end for s in sentence)


def _same_time(contribution: Statement, growth: Statement, share: Statement) -> bool:
    """The three speak of one period; one that the reader could not date goes with the others."""
    periods = {same_months(s.period) for s in (contribution, growth, share) if s.period}
    statuses = {s.status == "plan" for s in (contribution, growth, share)}
    return len(periods) <= 1 and len(statuses) == 1


def _judged(text: Text, contribution: Statement, growth: Statement, share: Statement, check: Check) -> Finding | None:
    operands = [text.readings(contribution), text.readings(growth)]
    judgement = judge(text.readings(share), operands, ratio, check.policy)
    if judgement is None:
        return None
    sentence = _("{contribution} trong mức tăng {growth} không cho tỷ lệ {share}")
    if judgement.verdict is Verdict.HOLDS:
        sentence = _("{contribution} trong mức tăng {growth} cho tỷ lệ {share}")
    return finding(
        check,
        judgement,
        claim=(text, share),
        others=[(text, contribution), (text, growth)],
        sentence=sentence.format(
            contribution=wording.quoted(contribution), growth=wording.quoted(growth), share=wording.quoted(share)
        ),
        arithmetic=(
            f"{wording.printed(contribution)} / {wording.printed(growth)} → {comparison(share, judgement, '%')}"
        ),
    )
