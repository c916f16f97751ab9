"""C44: numbers of letters rise with their dates (đăng ký văn bản đi, Nghị định 30/2020/NĐ-CP, Điều 15).

An office numbers its letters one after another through a year, so a later date cannot have a smaller number. Which of
two letters has the wrong date nobody can say from two; where several others are in order, the one that is not stands
out. Kinds of papers may be numbered apart, so each is compared with its own kind, symbol and year alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sct.proofing.checks import Check
from sct.proofing.finding import Finding, Operand, Said, Verdict
from sct.proofing.texts import Text
from sct.words import _

Part = tuple[int, str, str]  # where it starts in the text, its words, its place in the original
_KINDS = "công văn|kế hoạch|báo cáo|tờ trình|quyết định|thông báo|giấy mời|chỉ thị|văn bản"
_NUMBER = r"(?P<number>\d{1,5})(?P<symbol>/[\w/-]*[^\W\d_][\w-]*)?"
_DAY = r"(?P<day>\d{1,2})\s*[/-]\s*(?P<month>\d{1,2})\s*[/-]\s*(?P<year>\d{4})(?!\d)"
_FIRST = re.compile(rf"(?<!\w)(?P<kind>{_KINDS})\s+số\s*:?\s*(?=\d)", re.I)
_MORE = r"(?P<more>(?:\s*(?:,|và)\s*\d{1,5}(?![/\d]))*)"
_ONE = re.compile(
    rf"\s*(?:,|;|và)?\s*(?:số\s+)?(?P<words>{_NUMBER}{_MORE}\s*,?\s*(?:ngày\s+)?{_DAY})",
    re.I,
)
_ENOUGH = 3  # letters in order beside the one that is not: then it stands out


@dataclass(frozen=True, slots=True)
class Letter:
    """A numbered and dated paper as a text names it; `start` and `place` are where it stands."""

    series: tuple[str, str, int]  # kind, symbol, year
    number: int
    day: date
    words: str
    start: int
    place: str


def find(text: Text, parts: Iterable[Part], check: Check) -> Iterator[Finding]:
    """One finding for each letter whose number and date are not in the order of the others of its series."""
    series: dict[tuple[object, ...], list[Letter]] = defaultdict(list)
    for at, part in enumerate(parts):
        for letter in letters(*part):
            # One symbol is used by as many offices as there are provinces: only a paragraph surely means one of them.
            near = at if letter.series[1] else -1
            series[*letter.series, near].append(letter)
    for group in series.values():
        yield from _out_of_order(text, group, check)


def letters(start: int, words: str, place: str = "") -> Iterator[Letter]:
    """The letters that a paragraph names: "Công văn số 1020 ngày 18/02/2026, 1593 và 1600 ngày 16/3/2026"."""
    for opening in _FIRST.finditer(words):
        at = opening.end()
        while (found := _ONE.match(words, at)) is not None:
            at = found.end()
            try:
                day = date(int(found["year"]), int(found["month"]), int(found["day"]))
            except ValueError:
                continue
            series = (opening["kind"].lower(), (found["symbol"] or "").upper(), day.year)
            for number in (int(found["number"]), *map(int, re.findall(r"\d+", found["more"]))):
                yield Letter(series, number, day, found["words"], start + found.start("words"), place)


def _out_of_order(text: Text, group: Sequence[Letter], check: Check) -> Iterator[Finding]:
    ordered = sorted({(letter.number, letter.day): letter for letter in group}.values(), key=_as_numbered)
    kept = _rising([letter.day for letter in ordered])
    right = [ordered[at] for at in kept]
    if len(right) < _ENOUGH and not group[0].series[1]:
        return  # without a symbol two of them may be of two offices
    for at, letter in enumerate(ordered):
        others = [o for o in right if (o.number - letter.number) * (o.day - letter.day).days < 0]
        if at not in kept and others:
            sure = len(right) >= _ENOUGH and len(ordered) - len(right) < len(right) // 2
            yield _said(text, letter, min(others, key=lambda o: abs(o.number - letter.number)), check, sure=sure)


def _as_numbered(letter: Letter) -> tuple[int, date]:
    return letter.number, letter.day


def _rising(days: Sequence[date]) -> set[int]:
    """The places of a longest sequence of days that never falls."""
    ends: list[date] = []
    lengths = []
    for day in days:
        at = bisect_right(ends, day)
        ends[at : at + 1] = [day]
        lengths.append(at + 1)
    wanted, kept = max(lengths, default=0), set()
    for at in reversed(range(len(days))):
        if lengths[at] == wanted and wanted:
            kept.add(at)
            wanted -= 1
    return kept


def _said(text: Text, letter: Letter, other: Letter, check: Check, *, sure: bool) -> Finding:
    less, earlier = letter.number < other.number, letter.day < other.day
    said = Said(
        _("{one}: số {number}, ngày {day}, không theo thứ tự với số {other} ngày {then}").format(
            one=letter.series[0], number=letter.number, day=f"{letter.day:%d/%m/%Y}", other=other.number,
            then=f"{other.day:%d/%m/%Y}"),
        f"{letter.number} {'<' if less else '>'} {other.number}, "
        f"{letter.day:%d/%m/%Y} {'<' if earlier else '>'} {other.day:%d/%m/%Y}",
        _("Kiểm lại ngày, tháng hoặc số của văn bản"),
    )  # fmt: skip
    verdict = Verdict.DOUBT if sure else Verdict.HINT
    operands = [Operand.written(one.words, text.name, one.start, one.place) for one in (letter, other)]
    return Finding(check.code, verdict, said, tuple(operands), cause="letter-order")
