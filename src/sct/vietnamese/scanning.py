"""Finding the amounts of a text.

One compiled pattern finds candidates; the words to the left (qualifier, verb, label) and the unit to the right decide
what they are. Dates, periods, labels and law numbers are not returned (docs/why/numbers.md).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from sct.vietnamese import lexis, units
from sct.vietnamese.amounts import Amount, Span
from sct.vietnamese.assembly import Draft, assemble
from sct.vietnamese.dates import DateMention, find_dates
from sct.vietnamese.lexis import SPACE, Measured
from sct.vietnamese.neighbours import before
from sct.vietnamese.numerals import RUN, WORDS, Printed, read_digits, read_words
from sct.vietnamese.period_words import PeriodMention, find_periods
from sct.vietnamese.phrases import DURATIONS, NOT_COUNTED, STOPS, WEAK_LABELS, YEAR_BEFORE
from sct.vietnamese.text import is_plain, lower, normalise, old_tone
from sct.vietnamese.units import Lexicon

_SPOKEN = rf"(?:(?P<words>(?=[mhbnstc]){WORDS})|gấp{SPACE}+(?P<fold>đôi|rưỡi)(?!\w))"
_START = re.compile(rf"(?P<run>{RUN})|[\s(\[\"“,;:/-]{_SPOKEN}")
_AT_START = re.compile(_SPOKEN)
_JOINT = re.compile(rf"(?:{SPACE}*[-–—]{SPACE}*|{SPACE}+(?P<to>đến|tới){SPACE}+)(?P<run>{RUN})")
_SLASH = re.compile(rf"{SPACE}?/{SPACE}?(?P<run>{RUN})(?![/\w])")
_AMONG = re.compile(
    rf"{SPACE}+(?:trong{SPACE}+(?:tổng{SPACE}+)?số|trên{SPACE}+tổng{SPACE}+số){SPACE}+(?P<run>{RUN})(?!\w)"
)
_MORE = re.compile(rf"{SPACE}+(?P<run>\d+)(?={SPACE})")
_YEARS = re.compile(r"\d\d\s?[-–]\s?\d")
_ONE_OF = re.compile(rf"{SPACE}+trong(?!\w)")
# "5,8 và 6,1%": the percent sign stands for both.
_SHARED = re.compile(rf"(?:{SPACE}*(?:[,;]|và){SPACE}+(?:{RUN}))+(?={SPACE}*(?:%|điểm))")
_NOUN = re.compile(rf"{SPACE}+([^\W\d_]+)(?:{SPACE}+([^\W\d_]+))?")
# Codes that begin with digits: law numbers, telephone and account numbers, "4.0", "24/7".
_CODE = re.compile(
    r"\d+(?:/(?:19|20)\d\d)?/(?:nđ|tt|qđ|nq|ct|kh|bc|ttr|tb|ubnd|hđnd|qh|l|vbhn|pl|cp|tw|tu|sct|ttg|cđ|gm|cv|hd|đa)\d*"
    r"(?![^\W_])[\w/.–-]*"
    r"|\d{9,}|0\d{1,3}\)?[ .-]\d{3,4}[ .-]?\d{3,4}|24/(?:7|24)|24h(?!\w)"
)
_HEADING = re.compile(r"\d{1,2}(?:\.\d{1,2})*[.)](?=\s)|\d{1,2}(?:\.\d{1,2})+(?=\s+[^\W\d])")
_COUNTER = re.compile(r"(?:xem|đọc|views?|bình luận|điện thoại|đt|hotline|fax|tel|mã)\s*:\s*$")
_VERSION = re.compile(r"[1-5]\.0")


@dataclass(frozen=True, slots=True)
class Scanned:
    """What numbers and words of time a text holds, each in order."""

    amounts: list[Amount]
    periods: list[PeriodMention]
    dates: list[DateMention]


def scan(text: str) -> list[Amount]:
    """Every amount of a text, in order; offsets are those of the text given, whatever its form."""
    return scan_all(text).amounts


def scan_all(text: str) -> Scanned:
    """Amounts, periods and dates in one pass: what a reader needs, at the price of one scan."""
    if is_plain(text):
        return _scanned(old_tone(text))
    plain = normalise(text)
    found = _scanned(plain.text)
    if plain.starts == (0,):  # only spaces and look-alikes differed: the offsets are the same
        return found
    return Scanned(
        [_moved(a, plain.span_to_raw) for a in found.amounts],
        [p.moved(plain.to_raw) for p in found.periods],
        [d.moved(plain.to_raw) for d in found.dates],
    )


def _scanned(text: str) -> Scanned:
    work = _Scan(text)
    return Scanned(work.run(), work.periods, work.dates)


class _Scan:
    """One pass over one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.low = lower(text)
        self.known: Lexicon = units.lexicon()
        self.dates = find_dates(self.low)
        days = [(d.start, d.end) for d in self.dates]
        self.periods = find_periods(self.low, days)
        self.taken = sorted(days + [(p.start, p.end) for p in self.periods])
        self.starts = [span[0] for span in self.taken]
        self.resume = 0
        self.seen: dict[int, Measured] = {}

    def measured(self, position: int) -> Measured:
        """The scale and unit at a position; several rules ask about the same one."""
        found = self.seen.get(position)
        if found is None:
            found = self.seen[position] = lexis.measured(self.low, position, self.known)
        return found

    def run(self) -> list[Amount]:
        found: list[Amount] = []
        for match in self.candidates():
            group = str(match.lastgroup)
            start, end = match.span(group)
            if start < self.resume or self.is_taken(start, end):
                continue
            amount = self.fold(start, end) if group == "fold" else self.read(group, start, end)
            if amount is not None:
                found.append(amount)
                self.resume = amount.end
        return found

    def candidates(self) -> Iterator[re.Match[str]]:
        opening = _AT_START.match(self.low)
        if opening is not None:
            yield opening
        yield from _START.finditer(self.low)

    def is_taken(self, start: int, end: int) -> bool:
        """Whether a date or period holds this place; these do not overlap."""
        place = bisect_right(self.starts, end - 1) - 1
        return place >= 0 and self.taken[place][1] > start

    def begins(self, position: int) -> bool:
        """Whether a date or one period begins here; "2 năm 2022-2023" is a duration."""
        place = bisect_right(self.starts, position) - 1
        return place >= 0 and self.starts[place] == position and not _YEARS.search(self.low, *self.taken[place])

    # -- one candidate --------------------------------------------------------------------------------

    def read(self, group: str, start: int, end: int) -> Amount | None:
        """The amount of a candidate, or None when it is a label, an ordinal, a duration, an article."""
        if group == "words":
            return self.said(start, end)
        run = self.low[start:end]
        printed = read_digits(run)
        if printed is None or self.is_code(start, end):
            return None
        form = "padded" if len(run) > 1 and run[0] == "0" and run.isdigit() else "digits"
        minus = self.is_minus(start)
        if minus:
            start, printed = start - 1, Printed(-printed.number, printed.decimals, printed.note)
        draft = Draft(start, end, printed, before(self.low, start), form, minus)
        if draft.before.label and not self.outweighs(draft):
            return None
        return self.fraction(draft) or self.spread(draft) or self.compound(draft) or self.single(draft)

    def said(self, start: int, end: int) -> Amount | None:
        """A number in words, only before a declared unit or noun."""
        words = " ".join(self.low[start:end].split())
        after = self.measured(end)
        if (after.unit is None and after.scale is None) or not self.is_counting(words, start, after):
            return None
        number = read_words(words)
        around = before(self.low, start)
        if number is None or around.label or around.last == "phần":  # "một phần ba"
            return None
        draft = Draft(start, end, Printed(number), around, "one" if words == "một" else "words", False)
        return self.single(draft)

    def is_counting(self, words: str, start: int, after: Measured) -> bool:
        if words == "một":
            return after.unit is not None and after.unit.counted
        if words != "năm":
            return True
        left = self.low[max(0, start - 16) : start].split()
        return not (left and (left[-1] in YEAR_BEFORE or left[-1][-1].isdigit()))

    def outweighs(self, draft: Draft) -> bool:
        """Money and percents are quantities even after a label word ("giai đoạn 1 tỷ đồng" aside)."""
        after = self.measured(draft.end)
        if after.unit is None or draft.before.last in {"thứ", "số", "điều", "khoản"}:
            return False
        if draft.before.last in WEAK_LABELS:
            return True
        return after.unit.dimension in {"VND", "USD", "percent", "percentage_point"}

    def is_code(self, start: int, end: int) -> bool:
        """Law numbers, headings, counters, "5G", "QĐ-123", "GMT+7"."""
        low = self.low
        code = _CODE.match(low, start) or (_VERSION.fullmatch(low, start, end) if end - start == 3 else None)
        if code is not None and not self.is_united(end):
            self.resume = code.end()
            return True
        left = low[start - 1 : start]
        if left in _TOUCHING:
            return self.is_touched(left, start)
        if left in _OPENING and self.is_marked(start, end):
            return True
        return low[end : end + 1].isalpha() and not self.is_united(end)

    def is_united(self, end: int) -> bool:
        """Whether a declared unit or scale follows."""
        return self.measured(end).end > 0

    def is_marked(self, start: int, end: int) -> bool:
        """A heading's number, a counter of the page, "Covid- 19"."""
        low, left = self.low, self.low[max(0, start - 16) : start]
        if not left.rpartition("\n")[2].strip() and ("\n" in left or start < 16):
            return _HEADING.match(low, start) is not None
        if left[-2:] == "- " and left[-3:-2].isalpha():
            return not self.is_united(end)
        return left.rstrip()[-1:] == ":" and _COUNTER.search(left) is not None

    def is_touched(self, left: str, start: int) -> bool:
        """Something touches the number on its left that makes it part of a name or of a broken fraction."""
        further = self.low[start - 2 : start - 1]
        if left == "/":
            return further.isdigit()
        return left in "_#@" or (left in "-+" and further.isalnum())

    def is_minus(self, start: int) -> bool:
        """A minus sign stands right before the number, after a bracket or after a word and a space; else a dash."""
        low = self.low
        if low[start - 1 : start] not in {"-", "−"}:
            return False
        if start == 1:  # a cell that holds the number alone
            return True
        further = low[start - 2 : start - 1]
        return further == "(" or (further == " " and low[start - 3 : start - 2].isalpha())

    # -- the shapes -----------------------------------------------------------------------------------

    def fraction(self, draft: Draft) -> Amount | None:
        """ "26/30 quận", "2 trong số 12 nhóm hàng"."""
        match = _SLASH.match(self.low, draft.end) or _AMONG.match(self.low, draft.end)
        if match is None or self.is_taken(*match.span("run")):
            return None
        whole = read_digits(match["run"])
        if whole is None or not whole.number:
            return None
        draft.end = match.end("run")
        draft.whole = whole
        return self.single(draft)

    def spread(self, draft: Draft) -> Amount | None:
        """ "7-8%", "từ 30 đến 40 điểm", "10% - 20%", "2-3 khu"."""
        first = self.measured(draft.end)
        match = _JOINT.match(self.low, first.end or draft.end)
        if match is None or self.is_taken(*match.span("run")):
            return None
        last = read_digits(match["run"])
        if last is None or _SLASH.match(self.low, match.end()):
            return None
        if last.number <= draft.printed.number and first.scale is None:
            return None
        after = self.after(match.end(), draft)
        if after is None or not _fits(first, after):
            return None
        draft.end, draft.last, draft.first = match.end(), last, first
        return assemble(self.low, self.known, draft, after)

    def single(self, draft: Draft) -> Amount | None:
        after = self.after(draft.end, draft)
        if after is None or (after.unit is None and self.is_nothing(draft, after)):
            return None
        return assemble(self.low, self.known, draft, after)

    def is_nothing(self, draft: Draft, after: Measured) -> bool:
        """ "Chương trình 02", "1 trong 5 địa phương": a bare number that tells no quantity."""
        if draft.form == "padded" and not draft.before.verb:
            return True
        if after.scale is None and draft.last is None and draft.whole is None and self.is_name(draft):
            return True
        return draft.printed.number == 1 and after.scale is None and _ONE_OF.match(self.low, draft.end) is not None

    def compound(self, draft: Draft) -> Amount | None:
        """ "1 tỷ 200 triệu đồng", "47 nghìn 500 tỷ đồng"."""
        first = self.measured(draft.end)
        if first.scale is None or first.unit is not None:
            return None
        match = _MORE.match(self.low, first.end)
        rest = read_digits(match["run"]) if match else None
        if match is None or rest is None or rest.decimals or draft.printed.decimals:
            return None
        after = self.after(match.end(), draft)
        if after is None or after.scale is None:
            return None
        step = first.scale.factor / after.scale.factor
        step = first.scale.factor if step < 1 else step
        if rest.number >= step or step == 1:
            return None
        draft.printed = Printed(draft.printed.number * step + rest.number)
        draft.end = match.end()
        return assemble(self.low, self.known, draft, after)

    def fold(self, start: int, end: int) -> Amount:
        """ "gấp đôi", "gấp rưỡi"."""
        number, decimals = (Fraction(2), 0) if self.low[start:end] == "đôi" else (Fraction(3, 2), 1)
        draft = Draft(start, end, Printed(number, decimals), before(self.low, start), "words", False)
        return assemble(self.low, self.known, draft, Measured(None, None, 0, 0))

    # -- what follows ---------------------------------------------------------------------------------

    def after(self, position: int, draft: Draft) -> Measured | None:
        """Unit after the number; an unknown noun is a unit too; None when the number is a label or a duration."""
        found = self.measured(position)
        if found.unit is not None:
            return None if found.unit.code in self.known.designations else self.extended(found)
        noun = _NOUN.match(self.low, found.end or position)
        if noun is None or (found.scale is not None and found.scale.factor >= 10**9):
            return self.shared(found, position)
        if noun[1] in DURATIONS and found.scale is None and not draft.printed.decimals:
            # "PMI đạt 54 tháng 9": the word of time begins a period of its own.
            return found if self.begins(noun.start(1)) else None
        if noun[1] in STOPS or not self.text[noun.start(1)].islower() or (draft.printed.decimals and not found.scale):
            return self.shared(found, position)
        return None if self.is_name(draft) else self.thing(found, noun)

    def shared(self, found: Measured, position: int) -> Measured:
        """The unit of a bare number in a list whose last number carries the sign."""
        if found.scale is not None:
            return found
        match = _SHARED.match(self.low, position)
        unit = self.measured(match.end()).unit if match else None
        return found if unit is None or unit.code not in {"pct", "pp"} else Measured(unit, None, 0, 0)

    def is_name(self, draft: Draft) -> bool:
        """ "Liên Hà 2 rộng 20 ha": a small number after a capitalised word belongs to the name."""
        start = draft.start - 1 - len(draft.before.last)
        small = draft.printed.number < 100 and not draft.printed.decimals
        return small and bool(draft.before.last) and start >= 0 and self.text[start].isupper()

    def thing(self, found: Measured, noun: re.Match[str]) -> Measured | None:
        """An undeclared noun, at most two syllables."""
        two = bool(noun[2]) and noun[2] not in STOPS and self.text[noun.start(2)].islower()
        words = f"{noun[1]} {noun[2]}" if two else noun[1]
        if words in NOT_COUNTED:
            return None
        start = found.start if found.scale else noun.start(1)
        return Measured(units.noun_unit(words), found.scale, start, noun.end(2 if two else 1))

    def extended(self, found: Measured) -> Measured:
        """A declared noun with the words that belong to it: cụm + công nghiệp."""
        endings = self.known.endings.get(found.unit.code) if found.unit else None
        if not endings:
            return found
        rest = self.low[found.end : found.end + 40]
        body = rest.lstrip(" \xa0")
        for ending in endings:
            if body.startswith(ending) and not body[len(ending) : len(ending) + 1].isalnum():
                return replace(found, end=found.end + len(rest) - len(body) + len(ending))
        return found


_TOUCHING = frozenset("/-_+#@")
_OPENING = frozenset({"", " ", "\n", ":"})


def _fits(first: Measured, after: Measured) -> bool:
    """Whether both ends of a range have one unit; "2-3" and "từ 0 đến 1" need none."""
    if first.unit is None:
        return True
    return after.unit is not None and first.unit.dimension == after.unit.dimension


def _moved(amount: Amount, to_raw: Callable[[int, int], Span]) -> Amount:
    def span(old: Span | None) -> Span | None:
        return None if old is None else to_raw(*old)

    start, end = to_raw(amount.start, amount.end)
    return replace(
        amount, start=start, end=end, number=to_raw(*amount.number), unit_span=span(amount.unit_span),
        qualifier=span(amount.qualifier), direction_span=span(amount.direction_span), tail=span(amount.tail),
        per_span=span(amount.per_span),
    )  # fmt: skip
