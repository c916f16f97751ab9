"""C12, C13, C31: totals and parts as a sentence says them: "43 cụm, gồm …", "trong đó …", "… sẽ có gần 100 cụm mới".

The words that open and close a list are declared with the checks. Only figures of one kind of unit are put together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from sct.catalogue.statement import Statement
from sct.proofing import wording
from sct.proofing.checks import Check
from sct.proofing.finding import Finding, Verdict
from sct.proofing.intervals import Interval, total
from sct.proofing.judging import Judgement, judge
from sct.proofing.keys import same_months
from sct.proofing.relations import tables
from sct.proofing.slips import slip
from sct.proofing.stating import comparison, made
from sct.proofing.texts import Desk, Text
from sct.proofing.told import Told
from sct.words import _


@cache
def pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the words, as whole words."""
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b", re.I)


def find_sums(text: Text, desk: Desk, check: Check) -> Iterator[Finding]:
    """C12 and C31: lists that are said to be the whole, and totals that close a list; totals of tables."""
    if check.code == "C12":
        yield from tables.find(text, desk, check)
    if not text.text:
        return
    for sentence in text.sentences():
        levels = [s for s in sentence if s.measure == "level" and s.value is not None]
        if len(levels) < 3:
            continue
        yield from _opened(text, levels, check)
        yield from _closed(text, levels, desk, check)


def _opened(text: Text, levels: Sequence[Statement], check: Check) -> Iterator[Finding]:
    """ "A, gồm b, c và d": Σ parts = A."""
    opens = pattern(tuple(check.words.get("opens", ("gồm",))))
    for at, whole in enumerate(levels[:-2]):
        found = opens.search(text.text, whole.end, levels[at + 1].start)
        if found is None or ";" in text.text[whole.end : found.start()]:
            continue
        parts = _run(text, whole, levels[at + 1 :])
        if len(parts) > 1:
            yield from _sum(text, whole, parts, check)


def _run(text: Text, whole: Statement, following: Sequence[Statement]) -> list[Statement]:
    """The figures of the whole's unit that follow without a break."""
    parts: list[Statement] = []
    for one in following:
        if one.quantity.unit.dimension != whole.quantity.unit.dimension or not _same_time(one, whole):
            break
        if parts and ";" in text.text[parts[-1].end : one.start] and _names_another(one, whole):
            break
        parts.append(one)
    return parts


def _names_another(one: Statement, whole: Statement) -> bool:
    """Whether a figure after a semicolon is of an indicator of its own, so that the list may be over."""
    return bool(one.indicator) and bool(whole.indicator) and one.indicator != whole.indicator


def _same_time(one: Statement, other: Statement) -> bool:
    when = {same_months(s.period) for s in (one, other) if s.period}
    return len(when) < 2 and (one.status == "plan") == (other.status == "plan")


def _closed(text: Text, levels: Sequence[Statement], desk: Desk, check: Check) -> Iterator[Finding]:
    """ "a; b; sẽ có C mới", "tổng cộng C": Σ before = C; "thêm a, b để đủ C" with a stock told elsewhere."""
    closes = pattern(tuple(check.words.get("closes", ("tổng cộng",))))
    stocks = pattern(tuple(check.words.get("reaches", ("đủ",))))
    for at, claim in enumerate(levels):
        before = [s for s in levels[:at] if s.quantity.unit.dimension == claim.quantity.unit.dimension]
        if len(before) < 2 or not all(_same_time(s, claim) or claim.status == "forecast" for s in before):
            continue
        gap = text.text[before[-1].end : claim.start]
        if closes.search(gap) and (not _of_new(gap) or " mới" in text.text[claim.end : claim.end + 8]):
            yield from _sum(text, claim, before, check)
        elif check.code == "C12" and stocks.search(gap):
            yield from _with_stock(text, claim, before, desk, check)


def _of_new(gap: str) -> bool:
    """ "Sẽ có" adds up only what is new: a stock has more in it than the list."""
    return "sẽ có" in gap


def _sum(text: Text, claim: Statement, parts: Sequence[Statement], check: Check) -> Iterator[Finding]:
    """The sum is C31's where the claim has a qualifier, else C12's."""
    qualified = claim.comparator not in ("eq", "range")
    if qualified != (check.code == "C31"):
        return
    judgement = judge(text.readings(claim), [text.readings(p) for p in parts], total, check.policy)
    if judgement is not None:
        yield _told(text, claim, [Told(text, p) for p in parts], judgement, check)


def _with_stock(
    text: Text, claim: Statement, added: Sequence[Statement], desk: Desk, check: Check
) -> Iterator[Finding]:
    """What exists, told anywhere on the table, and what is added: said only where it comes out."""
    existing = pattern(tuple(check.words.get("existing", ("hiện có",))))
    for other in desk.texts:
        for stock in other.of_measure("level"):
            if stock.quantity.unit.dimension != claim.quantity.unit.dimension or stock.status != "actual":
                continue
            if not existing.search(other.between(stock.sentence[0], stock.sentence[1])):
                continue
            operands = [Told(other, stock), *(Told(text, s) for s in added)]
            judgement = judge(text.readings(claim), [o.readings() for o in operands], total, check.policy)
            if judgement is not None and judgement.verdict is Verdict.HOLDS:
                yield _told(text, claim, operands, judgement, check)
                return


def _told(text: Text, claim: Statement, parts: Sequence[Told], judgement: Judgement, check: Check) -> Finding:
    cause = None
    if judgement.verdict.is_problem:
        cause = slip(text.readings(claim), claim, parts, total, judgement)
    sentence = _("Các phần cộng lại không cho tổng {quote}")
    if judgement.verdict is Verdict.HOLDS:
        sentence = _("Các phần cộng lại cho tổng {quote}")
    terms = " + ".join(part.number(claim.quantity) for part in parts)
    return made(
        check,
        judgement if cause is None else judgement.because(cause.code),
        Told(text, claim),
        parts,
        sentence=sentence.format(quote=wording.quoted(claim)),
        arithmetic=f"{terms} → {comparison(claim, judgement)}",
        repair=cause.repair if cause else "",
    )


def find_parts(text: Text, desk: Desk, check: Check) -> Iterator[Finding]:
    """C13: what stands after "trong đó" is not more than the whole before it."""
    opens = pattern(tuple(check.words.get("opens", ("trong đó",))))
    for sentence in text.sentences() if text.text else ():
        levels = [s for s in sentence if s.measure == "level"]
        for at, whole in enumerate(levels[:-1]):
            found = opens.search(text.text, whole.end, levels[at + 1].start)
            if found is None or whole.comparator in ("ge", "gt"):
                continue
            for part in _run(text, whole, levels[at + 1 :]):
                if ";" in text.text[found.end() : part.start] and not _is_part(part, whole, desk):
                    break
                yield _within(text, part, whole, check)


def _is_part(part: Statement, whole: Statement, desk: Desk) -> bool:
    """Whether the catalogue says so: after a semicolon the list may be over."""
    if (part.indicator, part.breakdown) == (whole.indicator, whole.breakdown) or not part.indicator:
        return False
    known = desk.indicator(part)
    return part.indicator == whole.indicator or (known is not None and known.parent == whole.indicator)


def _within(text: Text, part: Statement, whole: Statement, check: Check) -> Finding:
    bound = text.readings(whole)
    most = Interval(None, bound.wide.high)
    reading = text.readings(part)
    gap = reading.wide.gap(most)
    steps = gap / reading.ulp
    verdict = Verdict.HOLDS
    if gap > 0:
        verdict = check.policy.most if steps >= 1 else Verdict.DOUBT
    severity = ("light" if steps <= check.policy.heavy_steps else "heavy") if verdict is Verdict.WRONG else ""
    judgement = Judgement(verdict, most, reading.wide, steps, severity=severity)
    sentence = _("{part} không thể nằm trong {whole}")
    if verdict is Verdict.HOLDS:
        sentence = _("{part} nằm trong {whole}")
    return made(
        check,
        judgement,
        Told(text, part),
        [Told(text, whole)],
        sentence=sentence.format(part=wording.quoted(part), whole=wording.quoted(whole)),
        arithmetic=f"{wording.printed(part)} {'≤' if verdict is Verdict.HOLDS else '≰'} {wording.printed(whole)}",
    )
