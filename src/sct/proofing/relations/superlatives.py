"""C45: "cao nhất kể từ năm …", "cao hơn bình quân cả nước": against the ledger's series, or said to be unchecked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from sct.catalogue.statement import Statement
from sct.errors import UserError
from sct.proofing import wording
from sct.proofing.checks import Check
from sct.proofing.finding import Finding, Verdict
from sct.proofing.intervals import Interval
from sct.proofing.judging import Judgement
from sct.proofing.stating import made, remark, unchecked
from sct.proofing.texts import Desk, Text
from sct.proofing.told import Told
from sct.vietnamese.periods import Period
from sct.words import _

_MOST = re.compile(
    r"\b(cao|thấp|lớn|nhỏ) nhất (?:trong (?:vòng )?(\d{1,2}) năm(?: qua| gần đây)?"
    r"|(?:kể )?từ (?:năm )?(\d{4})(?: đến nay)?|từ trước đến nay)",
    re.I,
)
_NATIONAL = re.compile(
    r"\b(cao|thấp) hơn (?:mức |so với )?(?:mức )?(?:bình quân |tăng )?(?:chung )?(?:của )?cả nước", re.I
)


def find(text: Text, desk: Desk, check: Check) -> Iterator[Finding]:
    """Every superlative or comparison with the country that stands behind a figure in its sentence."""
    for pattern, judge in ((_MOST, _against_years), (_NATIONAL, _against_country)):
        for found in pattern.finditer(text.text):
            claim = _claim(text, found.start())
            yield judge(text, claim, found, desk, check) if claim is not None else _without(text, found, check)


def _without(text: Text, found: re.Match[str], check: Check) -> Finding:
    """A comparison that names no figure: said to be unchecked."""
    sentence = _("«{words}»: câu không nêu số để đối chiếu").format(words=found[0])
    place = (found.start(), found[0])
    return remark(check, text, Verdict.UNCHECKED, place, sentence=sentence, arithmetic=found[0], cause="series-short")


def _claim(text: Text, at: int) -> Statement | None:
    """The figure that the words speak of: the last one before them in their sentence, else the first after."""
    here = [s for s in text.statements if s.sentence[0] <= at < s.sentence[1] and s.value is not None]
    before = [s for s in here if s.end <= at]
    return before[-1] if before else here[0] if here else None


def _against_years(text: Text, claim: Statement, found: re.Match[str], desk: Desk, check: Check) -> Finding:
    high = found[1].lower() in ("cao", "lớn")
    others: list[Told] = []
    for period in _years_before(claim, found):
        told = _known(claim, period, text, desk)
        if told is None:
            return _short(text, claim, found[0], period, check)
        others.append(told)
    if not others:
        return _short(text, claim, found[0], "", check)
    return _judged(text, claim, others, found[0], high=high, check=check)


def _years_before(claim: Statement, found: re.Match[str]) -> Sequence[str]:
    """The same period of each year that the words name; () where they name no first year."""
    if not claim.period or not (found[2] or found[3]):
        return ()
    try:
        period = Period.parse(claim.period)
    except UserError:
        return ()
    first = int(found[3]) if found[3] else period.year - int(found[2]) + 1
    if not period.year - 40 < first < period.year:
        return ()
    return [replace(period, year=year).code for year in range(first, period.year)]


def _known(claim: Statement, period: str, text: Text, desk: Desk) -> Told | None:
    """The figure of another year: the newest in the ledger, else one of the same text."""
    kept = [f for f in desk.figures(_moved(claim, period), period) if f.stage.is_actual and not f.bound]
    if kept:
        return Told(figure=kept[-1])
    key = text.any_key(claim)
    told = text.mentions(key.of(period=period, baseline=_moved(claim, period).baseline or ""))
    return Told(text, told[0]) if told else None


def _moved(claim: Statement, period: str) -> Statement:
    if not claim.baseline:
        return replace(claim, period=period)
    return replace(claim, period=period, baseline=Period.parse(period).year_before.code)


def _against_country(text: Text, claim: Statement, found: re.Match[str], desk: Desk, check: Check) -> Finding:
    country = check.words.get("country", "VN@1945-09-02")
    national = replace(claim, area_key=country, unmatched="")
    kept = [f for f in desk.figures(national) if f.stage.is_actual and not f.bound]
    if not kept:
        return _short(text, claim, found[0], claim.period or "", check, what=_("số của cả nước"))
    return _judged(text, claim, [Told(figure=kept[-1])], found[0], high=found[1].lower() == "cao", check=check)


def _short(text: Text, claim: Statement, words: str, period: str, check: Check, *, what: str = "") -> Finding:
    sentence = _("«{words}»: chưa có {what} để đối chiếu")
    missing = what or (_("số {period}").format(period=wording.period(period)) if period else _("đủ chuỗi số liệu"))
    return unchecked(check, (text, claim), sentence.format(words=words, what=missing), words, "series-short")


def _judged(text: Text, claim: Statement, others: Sequence[Told], words: str, *, high: bool, check: Check) -> Finding:
    """The claim is beyond each of the others; one that may be beyond it counts against."""
    mine = text.readings(claim)
    intervals = [told.readings().tight for told in others]
    limit = _extreme(intervals, high=high)
    allowed = Interval(limit, None) if high else Interval(None, limit)
    holds = limit is None or mine.wide.meets(allowed)
    verdict = Verdict.HOLDS if holds else check.policy.most
    rival = max(others, key=lambda told: (told.value or Fraction(0)) * (1 if high else -1))
    sentence = (
        _("{claim}: «{words}» đúng với chuỗi số liệu") if holds else _("{claim}: «{words}» chưa đúng, vì {rival}")
    )
    return made(
        check,
        Judgement(verdict, allowed, mine.tight, severity="light" if verdict is Verdict.WRONG else ""),
        Told(text, claim),
        others,
        sentence=sentence.format(claim=wording.quoted(claim), words=words, rival=rival.words(claim.period or "")),
        arithmetic=f"{wording.printed(claim)} {'≥' if high else '≤'} {rival.number(claim.quantity)}"
        if holds
        else f"{wording.printed(claim)} {'<' if high else '>'} {rival.number(claim.quantity)}",
        repair=_("Sửa lời so sánh, hoặc kiểm lại số {period}").format(period=wording.period(rival.period)),
    )


def _extreme(intervals: Sequence[Interval], *, high: bool) -> Fraction | None:
    ends = [i.low if high else i.high for i in intervals]
    known = [end for end in ends if end is not None]
    if len(known) < len(ends):
        return None
    return max(known) if high else min(known)
