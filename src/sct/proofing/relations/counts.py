"""C19, C20, C33: counts: a of b, a number against the list that follows it, a percentage that a count can give."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from fractions import Fraction
from itertools import takewhile
from math import ceil, floor

from sct.catalogue.statement import Statement
from sct.proofing import wording
from sct.proofing.checks import Check
from sct.proofing.finding import Finding, Verdict
from sct.proofing.intervals import Interval
from sct.proofing.judging import Judgement
from sct.proofing.relations.totals import pattern
from sct.proofing.stating import made, remark
from sct.proofing.texts import Desk, Text
from sct.proofing.told import Told
from sct.vietnamese.text import lower
from sct.words import _

_OF = re.compile(r"(\d[\d.]*)\s*/\s*(\d[\d.]*)")
_WORDS = {"hai": 2, "ba": 3, "bốn": 4, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
_OPEN = re.compile(r"…|\.\.\.|\bnhư\b|\bv\.?\s*v\b|\btrong đó\b", re.I)
_ENDLESS = re.compile(r"(?:…|\.\.\.|\bv\.?\s*v\.?)\s*$", re.I)  # the list goes on
_AMONG = re.compile(r"\btrong (?:tổng )?(?:số )?(\d{1,3}) ", re.I)


def fraction_of(statement: Statement) -> tuple[int, int] | None:
    """a and b of "23/27 ngành"."""
    found = _OF.search(statement.quote)
    return (int(found[1].replace(".", "")), int(found[2].replace(".", ""))) if found else None


def find_fractions(text: Text, desk: Desk, check: Check) -> Iterator[Finding]:
    """C19: 0 ≤ a ≤ b."""
    for claim in text.of_measure("level"):
        pair = fraction_of(claim) if "/" in claim.quote and not claim.quantity.decimals else None
        if pair is None or not pair[1]:
            continue
        part, whole = pair
        holds = part <= whole
        verdict = Verdict.HOLDS if holds else check.policy.most
        most = Interval(Fraction(0), Fraction(whole))
        judgement = Judgement(verdict, most, Interval.exact(Fraction(part)), severity="" if holds else "heavy")
        sentence = _("{quote}: phần không lớn hơn tổng") if holds else _("{quote}: phần lớn hơn tổng")
        yield made(
            check,
            judgement,
            Told(text, claim),
            (),
            sentence=sentence.format(quote=wording.quoted(claim)),
            arithmetic=f"{part} {'≤' if holds else '≰'} {whole}",
            repair=_("Kiểm lại hai số, có thể viết ngược: {whole}/{part}").format(part=part, whole=whole),
        )


def find_granular(text: Text, desk: Desk, check: Check) -> Iterator[Finding]:
    """C33: some whole number out of n gives the percentage; a known numerator must give it."""
    for claim in text.of_measure("share_pct") if text.text else ():
        if claim.value is None or claim.comparator != "eq":
            continue
        found = _known_part(text, claim) or _of_count(text, claim)
        if found is None:
            continue
        yield _granular(text, claim, found, check)


Found = tuple[int, int, int, tuple[Statement, ...]]


def _known_part(text: Text, claim: Statement) -> Found | None:
    """ "17/20 cụm, đạt 85%": the fraction that stands just before the percentage."""
    before = [s for s in text.in_sentence(claim) if s.end <= claim.start]
    pair = fraction_of(before[-1]) if before and before[-1].measure == "level" else None
    if pair is None or not pair[1] or len(text.text[before[-1].end : claim.start]) > 40:
        return None
    return pair[0], pair[0], pair[1], (before[-1],)


def _of_count(text: Text, claim: Statement) -> Found | None:
    """ "95% trong số 12 cụm": the two whole numbers next to p·n / 100."""
    start, end = claim.sentence
    found = _AMONG.search(text.text, claim.end, min(end, claim.end + 40)) or _AMONG.search(
        text.text, max(start, claim.start - 60), claim.start
    )
    whole = int(found[1]) if found else 0
    if not 0 < whole < 10 ** (claim.quantity.decimals + 2):
        return None
    assert claim.value is not None
    exact = claim.value * whole / 100
    return floor(exact), ceil(exact), whole, ()


def _granular(text: Text, claim: Statement, found: Found, check: Check) -> Finding:
    low, high, whole, others = found
    reading = text.readings(claim)
    shares = [(part, Fraction(100 * part, whole)) for part in dict.fromkeys((low, high))]
    part, nearest = min(shares, key=lambda pair: reading.tight.gap(Interval.exact(pair[1])))
    gap = reading.wide.gap(Interval.exact(nearest))
    verdict = Verdict.HOLDS if not gap else check.policy.most if gap >= reading.ulp or not others else Verdict.DOUBT
    severity = "" if verdict is not Verdict.WRONG else "light" if gap <= 3 * reading.ulp else "heavy"
    computed = (
        Interval(min(s for _p, s in shares), max(s for _p, s in shares)) if not others else Interval.exact(nearest)
    )
    sentence = _("Không số nguyên nào trên {n} cho tỷ lệ {quote}")
    if verdict is Verdict.HOLDS:
        sentence = _("{part} trên {n} cho tỷ lệ {quote}")
    elif others:
        sentence = _("{part} trên {n} không cho tỷ lệ {quote}")
    terms = "; ".join(
        f"{p}/{whole} = {wording.number(s, claim.quantity.unit, claim.quantity.decimals + 1)}%" for p, s in shares
    )
    return made(
        check,
        Judgement(verdict, computed, reading.tight, gap / reading.ulp, severity=severity),
        Told(text, claim),
        [Told(text, s) for s in others],
        sentence=sentence.format(part=part, n=whole, quote=wording.quoted(claim)),
        arithmetic=terms,
        repair=_("{part}/{n} là {value}%").format(
            part=part, n=whole, value=wording.number(nearest, claim.quantity.unit, claim.quantity.decimals)
        ),
    )


def find_lists(text: Text, desk: Desk, check: Check) -> Iterator[Finding]:
    """C20: "3 mục tiêu: a; b; c", or three items of a list below: the number is that of the items of a closed list."""
    nouns = pattern(tuple(check.words.get("nouns", ("mục tiêu",)))).pattern
    head = rf"\b(\d{{1,2}}|{'|'.join(_WORDS)})\s+{nouns}[^:.;\n]{{0,60}}:"
    for found in re.finditer(rf"{head}\s*([^.\n]+)", text.text, re.I):
        items = _items(found[2])
        if (
            len(items) >= 2
            and not _OPEN.search(found[2])
            and text.text[found.start() : found.start(2)].count("\n") == 0
        ):
            most = check.policy.most if ";" in found[2] else Verdict.HINT
            yield from _counted(text, found, len(items), check, most)
    for found in re.finditer(rf"{head}[ \t]*(?=\n|$)", text.text, re.I):
        below = _items_below(text, found.end())
        if len(below) >= 2 and not any(_ENDLESS.search(item) for item in below):
            yield from _counted(text, found, len(below), check, check.policy.most)


def _counted(text: Text, found: re.Match[str], items: int, check: Check, most: Verdict) -> Iterator[Finding]:
    said = lower(found[1])
    number = int(said) if said.isdigit() else _WORDS[said]
    if number < 2:
        return
    holds = items == number
    words = text.text[found.start() : text.text.index(":", found.start())].rstrip()
    sentence = _("«{head}» và danh sách theo sau có {n} mục khớp nhau")
    if not holds:
        sentence = _("«{head}» nhưng danh sách theo sau có {n} mục")
    yield remark(
        check,
        text,
        Verdict.HOLDS if holds else most,
        (found.start(), words),
        sentence=sentence.format(head=" ".join(words.split()), n=items),
        arithmetic=f"{number} {'=' if holds else '≠'} {items}",
        repair="" if holds else _("Sửa số thành {n}, hoặc bổ sung danh sách").format(n=items),
    )


def _items_below(text: Text, at: int) -> list[str]:
    """The items of the list right below a paragraph, those of its first level; none where no list follows."""
    segments = text.document.segments if text.document is not None else ()
    first = bisect_right(segments, at, key=lambda segment: segment.start)
    below = list(takewhile(lambda segment: segment.role == "item", segments[first:]))
    return [text.text[s.start : s.end] for s in below if s.level == below[0].level]


def _items(listed: str) -> list[str]:
    """The items of a list, split at semicolons where it has them, else at commas and the last "và"."""
    if ";" in listed:
        return [item for item in listed.split(";") if item.strip()]
    return [item for item in re.split(r",| và ", listed) if item.strip()]
