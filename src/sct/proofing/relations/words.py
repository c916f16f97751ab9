"""C6, C36, C38, C39: words beside figures: direction, separators, units and the spelling of scales."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from sct.catalogue.model import Indicator
from sct.catalogue.statement import Statement
from sct.proofing import wording
from sct.proofing.checks import Check
from sct.proofing.finding import Finding, Verdict
from sct.proofing.intervals import Interval
from sct.proofing.judging import Judgement
from sct.proofing.stating import made, remark
from sct.proofing.texts import Desk, Text
from sct.proofing.told import Told
from sct.vietnamese.text import search_key
from sct.words import _

_UP = re.compile(r"\b(lên|tăng lên|nâng lên)\b", re.I)
_DOWN = re.compile(r"\b(xuống|còn|giảm còn|xuống còn)\b", re.I)
_FROM = re.compile(r"\btừ\s*(?:khoảng |hơn |gần )?$", re.I)
_FOREIGN = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+\.\d+(?![\d.,]*\d)")
_BARE = re.compile(r"(?<![\d.,/-])\d{4,},\d+(?![\d.,]*\d)")
_ZERO = re.compile(r"(?<![\d.,/])0\d{1,2}(?:\.\d{3})+,\d+(?![\d.,]*\d)")
_DOTTED = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3})+(?:,\d+)?(?![\d.,]*\d)")


def find_direction(text: Text, desk: Desk, check: Check) -> Iterator[Finding]:
    """C6: "từ A lên B" rises, "từ A xuống B", "từ A còn B" falls."""
    for sentence in text.sentences() if text.text else ():
        for one, other in pairwise(sentence):
            if one.value is None or other.value is None or one.quantity.unit.dimension != other.quantity.unit.dimension:
                continue
            between = text.text[one.end : other.start]
            if not _FROM.search(text.text[max(one.sentence[0], one.start - 12) : one.start]) or len(between) > 60:
                continue
            up, down = _UP.search(between), _DOWN.search(between)
            if bool(up) != bool(down):
                yield _direction(text, one, other, up=bool(up), check=check)


def _direction(text: Text, one: Statement, other: Statement, *, up: bool, check: Check) -> Finding:
    first, second = text.readings(one).tight, text.readings(other).tight
    allowed = Interval(first.low, None) if up else Interval(None, first.high)
    holds = second.meets(allowed)
    verdict = Verdict.HOLDS if holds else check.policy.most
    sentence = (
        _("Từ {one} đến {other}: chữ và số cùng chiều") if holds else _("Từ {one} đến {other}: chữ và số ngược chiều")
    )
    return made(
        check,
        Judgement(verdict, allowed, second, severity="" if holds else "heavy", cause="" if holds else "opposite-sign"),
        Told(text, other),
        [Told(text, one)],
        sentence=sentence.format(one=wording.quoted(one), other=wording.quoted(other)),
        arithmetic=f"{wording.printed(one)} {'<' if one.value < other.value else '>'} {wording.printed(other)}",  # type: ignore[operator]
        repair=_("Dùng «xuống», «còn»") if up else _("Dùng «lên»"),
    )


def _zeros(text: Text, check: Check) -> Iterator[Finding]:
    """ "05.755,1": a number of thousands does not begin with 0."""
    for found in _ZERO.finditer(text.text):
        yield remark(
            check,
            text,
            check.policy.most,
            (found.start(), found[0]),
            sentence=_("«{number}» bắt đầu bằng số 0 mà có dấu ngăn hàng nghìn").format(number=found[0]),
            arithmetic=_("một số từ nghìn trở lên không bắt đầu bằng số 0"),
            repair=_("Kiểm lại các chữ số, có thể đảo chỗ hoặc thiếu"),
            cause="leading-zero",
        )


def find_separators(text: Text, desk: Desk, check: Check) -> Iterator[Finding]:
    """C36: "3,060.7" is foreign to the decided writing; "3060,7" beside "3.060,7" is a mixed one."""
    yield from _zeros(text, check)
    for found in _FOREIGN.finditer(text.text):
        yield _separator(
            text, found, found[0].replace(",", "\0").replace(".", ",").replace("\0", "."), check.policy.most, check
        )
    if _DOTTED.search(text.text):
        for found in _BARE.finditer(text.text):
            whole, _comma, rest = found[0].partition(",")
            yield _separator(text, found, f"{int(whole):,}".replace(",", ".") + "," + rest, Verdict.HINT, check)


def _separator(text: Text, found: re.Match[str], better: str, verdict: Verdict, check: Check) -> Finding:
    return remark(
        check,
        text,
        verdict,
        (found.start(), found[0]),
        sentence=_("«{number}» viết dấu ngăn khác các số còn lại").format(number=found[0]),
        arithmetic=_("dấu chấm ngăn hàng nghìn, dấu phẩy ngăn phần thập phân"),
        repair=_("Viết «{better}»").format(better=better),
        cause="separator",
    )


def find_units(text: Text, desk: Desk, check: Check) -> Iterator[Finding]:
    """C38: money of another currency than the indicator is kept in: a hint to say the rate."""
    currencies = tuple(check.words.get("currencies", ("VND", "USD")))
    for claim in text.of_measure("level"):
        known = desk.indicator(claim) or _by_words(claim, desk)
        told = claim.quantity.unit.dimension
        if known is None or told not in currencies or known.unit.dimension not in currencies:
            continue
        if told == known.unit.dimension:
            continue
        point = Interval.exact(Fraction(1))
        yield made(
            check,
            Judgement(check.policy.most, point, point, cause="other-currency"),
            Told(text, claim),
            (),
            sentence=_("{what} thường ghi bằng loại tiền khác").format(what=wording.what(claim)),
            arithmetic=f"{told} ≠ {known.unit.dimension}",
            repair=_("Ghi theo {unit}, hoặc nêu tỷ giá").format(unit=known.unit.name),
        )


def _by_words(claim: Statement, desk: Desk) -> Indicator | None:
    """The indicator that a figure's words name although its reader did not tie it to one for its unit."""
    if desk.catalogue is None or claim.unmatched != "unit-differs":
        return None
    words = search_key(claim.subject)
    named = next((alias for alias in desk.catalogue.aliases if search_key(alias.text) in words), None)
    return desk.catalogue.indicators.get(named.code) if named is not None else None


def find_spellings(text: Text, desk: Desk, check: Check) -> Iterator[Finding]:
    """C39: one spelling of a scale word throughout a document."""
    for pair in check.words.get("pairs", ()):
        first, second = (re.compile(rf"\d\s*(?:nghìn |ngàn )?\b{word}\b", re.I) for word in pair)
        one, other = first.search(text.text), second.search(text.text)
        if one is None or other is None:
            continue
        later = max(one, other, key=lambda found: found.start())
        yield remark(
            check,
            text,
            check.policy.most,
            (later.start(), later[0]),
            sentence=_("Văn bản viết cả «{one}» và «{other}»").format(one=pair[0], other=pair[1]),
            arithmetic=_("cùng một chữ, hai cách viết; số không đổi"),
            repair=_("Thống nhất một cách viết: «{one}»").format(one=pair[0]),
            cause="two-spellings",
        )
