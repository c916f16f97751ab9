"""C43, C44: time: weekdays, terms of plans, and whether a figure's status fits the day it was published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from sct.catalogue.statement import Statement
from sct.errors import UserError
from sct.proofing import wording
from sct.proofing.checks import Check
from sct.proofing.finding import Finding, Verdict
from sct.proofing.intervals import Interval
from sct.proofing.judging import Judgement
from sct.proofing.relations import letters
from sct.proofing.stating import made, remark
from sct.proofing.texts import Desk, Text
from sct.proofing.told import Told
from sct.vietnamese.periods import Period, PeriodKind
from sct.words import _

_DAYS = ("hai", "ba", "tư", "năm", "sáu", "bảy")
_WEEKDAY = re.compile(
    r"\b(thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật),?\s+(?:\()?(?:ngày\s+)?(\d{1,2})\s*[/-]\s*(\d{1,2})\s*[/-]\s*(\d{4})",
    re.I,
)
_TERM = re.compile(r"\b(?:(\d{1,2}) năm,? )?(?:giai đoạn |thời kỳ )?(\d{4})\s*[-–—]\s*(\d{4})\b", re.I)
_STAGE = re.compile(r"\b(giai đoạn|thời kỳ|kế hoạch 5 năm|5 năm)\s*$|^(giai đoạn|thời kỳ)", re.I)
_DAY_MONTH = re.compile(r"\bngày\s+(\d{1,2})\s*[/-]\s*(\d{1,2})(?:\s*[/-]\s*(\d{4}))?(?!\d)", re.I)


def find_dates(text: Text, desk: Desk, check: Check) -> Iterator[Finding]:
    """C44: the weekday is that of the date, days and months exist, a term has its years, letters are in order."""
    for start, part in _read_by_people(text):
        yield from _weekdays(text, start, part, check)
        yield from _impossible(text, start, part, check)
        yield from _terms(text, start, part, check)
    parts = [(start, part, text.place_at(start)) for start, part in _read_by_people(text)]
    yield from letters.find(text, [*parts, *text.beside_figures], check)


def _read_by_people(text: Text) -> Iterator[tuple[int, str]]:
    """The blocks of a document but its furniture (menus, clocks)."""
    if text.document is None or not text.document.segments:
        yield 0, text.text
        return
    for segment in text.document.segments:
        if segment.role != "furniture":
            yield segment.start, text.text[segment.start : segment.end]


def _weekdays(text: Text, start: int, part: str, check: Check) -> Iterator[Finding]:
    for found in _WEEKDAY.finditer(part):
        try:
            day = date(int(found[4]), int(found[3]), int(found[2]))
        except ValueError:
            continue
        real = "chủ nhật" if day.weekday() == 6 else f"thứ {_DAYS[day.weekday()]}"
        holds = real == " ".join(found[1].lower().split())
        sentence = _("{date:%d/%m/%Y} là {day}") if holds else _("{date:%d/%m/%Y} là {day}, văn bản ghi «{said}»")
        yield remark(
            check,
            text,
            Verdict.HOLDS if holds else check.policy.most,
            (start + found.start(), found[0]),
            sentence=sentence.format(date=day, day=real, said=found[1]),
            arithmetic=f"{day:%d/%m/%Y} → {real}",
            repair="" if holds else _("Viết «{day}», hoặc sửa ngày").format(day=real),
            cause="" if holds else "weekday",
        )


def _impossible(text: Text, start: int, part: str, check: Check) -> Iterator[Finding]:
    for found in _DAY_MONTH.finditer(part):
        day, month, year = int(found[1]), int(found[2]), int(found[3] or 2024)
        try:
            date(year, month, day)
        except ValueError:
            yield remark(
                check,
                text,
                check.policy.most,
                (start + found.start(), found[0]),
                sentence=_("«{date}» không có trong lịch").format(date=found[0]),
                arithmetic=_("ngày {day}, tháng {month}").format(day=day, month=month),
                repair=_("Kiểm lại ngày, tháng"),
                cause="no-such-day",
            )


def _terms(text: Text, start: int, part: str, check: Check) -> Iterator[Finding]:
    """ "5 năm 2021-2025" has five years; "giai đoạn 2015-2020" has six, a five-year plan begins the year after."""
    for found in _TERM.finditer(part):
        first, last = int(found[2]), int(found[3])
        if not 1980 < first < last < 2060:
            continue
        years = last - first + 1
        if found[1]:
            yield _term(text, start, found, years, check)
        elif years == 6 and first % 5 == 0 and last % 5 == 0 and _STAGE.search(found[0]):
            yield remark(
                check,
                text,
                Verdict.HINT,
                (start + found.start(), found[0]),
                sentence=_("«{words}» là {n} năm; kỳ kế hoạch 5 năm là {first}-{last}").format(
                    words=found[0], n=years, first=first + 1, last=last
                ),
                arithmetic=f"{last} − {first} + 1 = {years}",
                repair=_("Viết «{first}-{last}» nếu nói về kỳ kế hoạch").format(first=first + 1, last=last),
                cause="plan-term",
            )


def _term(text: Text, start: int, found: re.Match[str], years: int, check: Check) -> Finding:
    said = int(found[1])
    holds = said == years
    sentence = _("«{words}» có đúng {n} năm") if holds else _("«{words}» có {n} năm")
    return remark(
        check,
        text,
        Verdict.HOLDS if holds else check.policy.most,
        (start + found.start(), found[0]),
        sentence=sentence.format(words=found[0], n=years),
        arithmetic=f"{found[3]} − {found[2]} + 1 = {years}",
        repair="" if holds else _("Viết «{n} năm», hoặc sửa năm đầu, năm cuối").format(n=years),
        cause="" if holds else "plan-term",
    )


def find_status(text: Text, desk: Desk, check: Check) -> Iterator[Finding]:
    """C43: nothing has happened in a period that has not begun; an estimate of a year long over is no longer one."""
    if text.published is None:
        return
    day = text.published.last
    for claim in text.statements:
        if not claim.period or claim.status not in ("actual", "estimate"):
            continue
        try:
            period = Period.parse(claim.period)
        except UserError:
            continue
        first, last = period.days()
        if period.kind is not PeriodKind.SPAN and first > day:
            yield _status(text, claim, check.policy.most, "not-yet", check)
        elif claim.status == "estimate" and (day - last).days > check.words.get("stale_days", 365):
            yield _status(text, claim, Verdict.HINT, "stale-estimate", check)


def _status(text: Text, claim: Statement, verdict: Verdict, cause: str, check: Check) -> Finding:
    point = Interval.exact(text.readings(claim).ulp)
    early = cause == "not-yet"
    sentence = _("{what} chưa tới vào ngày văn bản ({date}), mà {quote} kể như đã có")
    if not early:
        sentence = _("{what} đã qua lâu trước ngày văn bản ({date}), mà {quote} vẫn là ước tính")
    return made(
        check,
        Judgement(verdict, point, point, cause=cause, severity="light" if verdict is Verdict.WRONG else ""),
        Told(text, claim),
        (),
        sentence=sentence.format(what=wording.what(claim), date=text.published, quote=wording.quoted(claim)),
        arithmetic=f"{claim.period} {'>' if early else '<'} {text.published}",
        repair=_("Kiểm lại năm, hoặc viết «dự kiến», «kế hoạch»") if early else _("Dùng số chính thức"),
    )
