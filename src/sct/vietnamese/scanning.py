"""Finding the amounts of a text.

One compiled pattern finds candidates; the words to the left (qualifier, verb, label) and the unit to the right decide
what they are. Dates, periods, labels and law numbers are not returned (docs/why/numbers.md).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from sct.vietnamese import lexis, units
from sct.vietnamese.amounts import Amount, Span
from sct.vietnamese.dates import find_dates
from sct.vietnamese.lexis import SPACE, Measured
from sct.vietnamese.neighbours import Before, before
from sct.vietnamese.numerals import RUN, WORDS, Printed, read_digits, read_words
from sct.vietnamese.period_words import find_periods
from sct.vietnamese.phrases import DURATIONS, INSIDE, STOPS
from sct.vietnamese.quantities import Quantity, Unit
from sct.vietnamese.text import is_plain, lower, normalise, old_tone
from sct.vietnamese.units import TIME_DENOMINATORS, Lexicon

_LABELLED = re.compile(
    r"\d+(?:/(?:19|20)\d\d)?/(?:nđ|tt|qđ|nq|ct|kh|bc|ttr|tb|ubnd|hđnd|qh|l|vbhn|pl|cp|tw|tu|sct|ttg|cđ|gm|cv|hd|đa)[\w/.–-]*"
    r"|covid\s*-?\s*\d+|sars-cov-2|iso\s*\d+(?::\d+)?|(?:ron|tcvn|qcvn|e5)\s*-?\s*\d+[\d:-]*"
    r"|(?<![\d.,])[2-5]\.0(?![\d.,]|\s*(?:%|tỷ|triệu|nghìn|điểm))|24/7|24/24|24h"
    r"|(?<!\w)thứ\s+\d+(?:/\d+)?|(?:lượt xem|lượt đọc|xem)\s*:\s*[\d.,]+|[\d.,]+ lượt xem"
    r"|(?:điện thoại|đt|hotline|fax|tel)\s*[:.]?\s*[+(]?\d[\d\s.()-]{6,}"
    r"|(?:(?<=\n)|^)[^\S\n]*(?:\d{1,2}(?:\.\d{1,2})*[.)](?=\s)|\d{1,2}(?:\.\d{1,2})+(?=\s+[^\W\d]))"
    r"|\d{8,}"
)
_START = re.compile(rf"(?P<run>{RUN})|(?<!\w)(?:gấp{SPACE}+(?P<fold>đôi|rưỡi)(?!\w)|(?P<words>{WORDS}))")
_JOINT = re.compile(rf"(?:{SPACE}*[-–—]{SPACE}*|{SPACE}+(?P<to>đến|tới){SPACE}+)(?P<run>{RUN})")
_SLASH = re.compile(rf"{SPACE}?/{SPACE}?(?P<run>{RUN})(?![/\w])")
_AMONG = re.compile(
    rf"{SPACE}+(?:trong{SPACE}+(?:tổng{SPACE}+)?số|trên{SPACE}+tổng{SPACE}+số){SPACE}+(?P<run>{RUN})(?!\w)"
)
_UPWARDS = re.compile(rf"{SPACE}+trở{SPACE}+(lên|xuống)(?!\w)")
_PLAN = re.compile(
    rf"{SPACE}+(?:so{SPACE}+với{SPACE}+)?(?:kế{SPACE}+hoạch|kh|dự{SPACE}+toán|chỉ{SPACE}+tiêu|mục{SPACE}+tiêu)(?!\w)"
    rf"(?:{SPACE}+(?:cả{SPACE}+năm|năm)(?!\w)(?!{SPACE}*\d|{SPACE}+nay|{SPACE}+trước))?"
)
_NOUN = re.compile(rf"{SPACE}+([^\W\d_]+)(?:{SPACE}+([^\W\d_]+))?")
_FAR_PLAN = re.compile(r"[^.;\n]{0,12}(?:dự toán|kế hoạch|chỉ tiêu)")
_AGAINST = re.compile(rf"{SPACE}+so{SPACE}+(?:với|cùng)")


def scan(text: str) -> list[Amount]:
    """Every amount of a text, in order; offsets are those of the text given, whatever its form."""
    if not is_plain(text):
        plain = normalise(text)
        return [_moved(a, plain.span_to_raw) for a in scan(plain.text)]
    return _Scan(text).run()


def _taken(low: str) -> list[Span]:
    """Spans whose numbers are no amounts: dates, periods, labels."""
    spans = [(d.start, d.end) for d in find_dates(low)]
    spans += [(p.start, p.end) for p in find_periods(low, spans)]
    spans += [m.span() for m in _LABELLED.finditer(low)]
    return sorted(spans)


class _Scan:
    """One pass over one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.low = old_tone(lower(text))
        self.known: Lexicon = units.lexicon()
        self.taken = _taken(self.low)
        self.taken_starts = [span[0] for span in self.taken]
        self.found: list[Amount] = []

    def run(self) -> list[Amount]:
        resume = 0
        for match in _START.finditer(self.low):
            start = match.start()
            if start < resume or self.is_taken(start, match.end()):
                continue
            amount = self.fold(match) if match["fold"] else self.read(match)
            if amount is not None:
                self.found.append(amount)
                resume = max(amount.number[1], amount.unit_span[1] if amount.unit_span else 0)
        return self.found

    def is_taken(self, start: int, end: int) -> bool:
        place = bisect_right(self.taken_starts, end - 1) - 1
        # Spans are sorted by start; a long one may hide behind a later short one inside it.
        return any(self.taken[i][1] > start for i in range(max(0, place - 2), place + 1))

    # -- one candidate --------------------------------------------------------------------------------

    def read(self, match: re.Match[str]) -> Amount | None:
        """The amount of a candidate, or None when it is a label, an ordinal, a duration, an article."""
        start, end = match.span()
        printed = read_digits(match["run"]) if match["run"] else self.said(match)
        if printed is None:
            return None
        minus = self.is_minus(start)
        around = before(self.low, start - minus)
        if around.label or self.is_code(start, end):
            return None
        form = self.form(match)
        if minus:
            printed = replace(printed, number=-printed.number)
        draft = _Draft(start - minus, end, printed, around, form, minus)
        return self.fraction(draft) or self.spread(draft) or self.single(draft)

    def said(self, match: re.Match[str]) -> Printed | None:
        """A number in words, only before a declared unit or noun."""
        words = " ".join(match["words"].split())
        number = read_words(words)
        after = lexis.measured(self.low, match.end(), self.known)
        if number is None or not self.is_counting(words, match.start(), after):
            return None
        return Printed(number)

    def is_counting(self, words: str, start: int, after: Measured) -> bool:
        if after.unit is None:
            return after.scale is not None and words != "một"
        if words == "một":
            return after.unit.counted
        return words != "năm" or not _is_year_before(self.low, start)

    def form(self, match: re.Match[str]) -> str:
        if match["words"]:
            return "one" if match["words"] == "một" else "words"
        run = match["run"]
        return "padded" if len(run) > 1 and run[0] == "0" and run.isdigit() else "digits"

    def is_code(self, start: int, end: int) -> bool:
        """ "5G", "A4", "QĐ-123": a letter or a hyphened word touches the digits and no unit does."""
        low = self.low
        if start and low[start - 1] in "-_/" and start > 1 and low[start - 2].isalpha():
            return low[start - 1] != "/"
        if end < len(low) and low[end].isalpha():
            return lexis.measured(low, end, self.known).end == 0
        return False

    def is_minus(self, start: int) -> bool:
        """A minus sign: right before the number, after a space or an opening bracket, not a bullet."""
        low = self.low
        if not start or low[start - 1] not in "-−–":
            return False
        return start > 1 and (
            low[start - 2] == "(" or (low[start - 2] in " \xa0" and low[start - 3 : start - 2].isalpha())
        )

    # -- three shapes ---------------------------------------------------------------------------------

    def fraction(self, draft: _Draft) -> Amount | None:
        """ "26/30 quận", "2 trong số 12 nhóm hàng"."""
        match = _SLASH.match(self.low, draft.end) or _AMONG.match(self.low, draft.end)
        if match is None or self.is_taken(*match.span("run")):
            return None
        whole = read_digits(match["run"])
        if whole is None or not whole.number:
            return None
        after = self.after(match.end("run"), draft, match.end("run"))
        if after is None:
            return None
        amount = self.build(draft, after, (draft.start, match.end("run")))
        return replace(amount, whole=Quantity(whole.number, amount.low.unit, whole.decimals))

    def spread(self, draft: _Draft) -> Amount | None:
        """ "7-8%", "từ 30 đến 40 điểm", "10% - 20%", "2-3 khu"."""
        first = lexis.measured(self.low, draft.end, self.known)
        match = _JOINT.match(self.low, first.end or draft.end)
        if match is None or self.is_taken(*match.span("run")):
            return None
        last = read_digits(match["run"])
        if last is None or last.number <= draft.printed.number or _SLASH.match(self.low, match.end("run")):
            return None
        after = self.after(match.end("run"), draft, match.end("run"))
        if after is None or not _fits(first, after, bool(match["to"])):
            return None
        amount = self.build(draft, after, (draft.start, match.end("run")))
        high = Quantity(last.number, amount.low.unit, last.decimals)
        low = self.low_end(amount.low, first, after)
        return replace(amount, low=low, high=high, comparator="range")

    def low_end(self, quantity: Quantity, first: Measured, after: Measured) -> Quantity:
        """ "từ 800 triệu đến 1,2 tỷ đồng": the first end has its own scale."""
        if first.scale is None or first.scale == after.scale or after.unit is None:
            return quantity
        return replace(quantity, unit=units.scaled(after.unit, first.scale))

    def single(self, draft: _Draft) -> Amount | None:
        after = self.after(draft.end, draft, draft.end)
        return None if after is None else self.build(draft, after, (draft.start, draft.end))

    def fold(self, match: re.Match[str]) -> Amount:
        """ "gấp đôi", "gấp rưỡi"."""
        start, end = match.span("fold")
        number = Fraction(2) if match["fold"] == "đôi" else Fraction(3, 2)
        quantity = Quantity(number, self.known.units["times"], 0 if number == 2 else 1)
        around = before(self.low, start)
        span = around.direction_span or (match.start(), start)
        return Amount(
            span[0], end, (start, end), quantity, comparator=around.comparator or "eq",
            direction=around.direction, verb="multiple", direction_span=span, form="words",
        )  # fmt: skip

    # -- unit and assembly ----------------------------------------------------------------------------

    def after(self, position: int, draft: _Draft, end: int) -> Measured | None:
        """Unit after the number; an unknown noun is a unit too; None when it is a label or a duration."""
        found = lexis.measured(self.low, position, self.known)
        if found.unit is not None:
            return None if found.unit.code in self.known.designations else self.extended(found, draft)
        noun = _NOUN.match(self.low, found.end or position)
        if noun is None:
            return found
        if noun[1] in DURATIONS and found.scale is None and not draft.printed.decimals:
            return None if not self.is_dated(noun) else found
        if noun[1] in STOPS or not self.text[noun.start(1)].islower() or not draft.has_digits:
            return found
        return self.thing(found, noun, draft)

    def thing(self, found: Measured, noun: re.Match[str], draft: _Draft) -> Measured:
        """An undeclared noun, at most two syllables; not after a number with a comma or a verb of percentages."""
        if draft.printed.decimals and found.scale is None:
            return found
        if found.scale is not None and found.scale.factor >= 10**9:
            return found
        second = noun[2] if noun[2] and noun[2] not in STOPS and self.text[noun.start(2)].islower() else ""
        words = f"{noun[1]} {second}".strip()
        start = found.start if found.scale else noun.start(1)
        return Measured(units.noun_unit(words), found.scale, start, noun.end(2) if second else noun.end(1))

    def is_dated(self, noun: re.Match[str]) -> bool:
        """ "PMI đạt 54 tháng 9", "38 năm 2020": the word of time belongs to a date, not to the number."""
        place = bisect_right(self.taken_starts, noun.start(1)) - 1
        return place >= 0 and self.taken[place][0] == noun.start(1)

    def extended(self, found: Measured, draft: _Draft) -> Measured:
        """A declared noun with the words that belong to it: cụm + công nghiệp."""
        endings = self.known.endings.get(found.unit.code, ()) if found.unit else ()
        rest = self.low[found.end : found.end + 40]
        body = rest.lstrip(" \xa0")
        for ending in sorted(endings, key=len, reverse=True):
            if body.startswith(ending) and not body[len(ending) : len(ending) + 1].isalnum():
                return replace(found, end=found.end + len(rest) - len(body) + len(ending))
        return found

    def build(self, draft: _Draft, after: Measured, number: Span) -> Amount:
        around = draft.before
        unit, implied = self.unit_of(after, around)
        unit_span = (after.start, after.end) if after.end else None
        end = after.end or number[1]
        per, per_span, unit = self.denominator(end, unit)
        end = per_span[1] if per_span else end
        comparator, end = self.bound(around, end)
        amount = Amount(
            number[0], end, number, Quantity(draft.printed.number, unit, draft.printed.decimals),
            comparator=comparator, unit_span=unit_span, qualifier=around.qualifier, direction=around.direction,
            verb=around.verb, direction_span=around.direction_span, per=per, per_span=per_span,
            double_unit=after.double, minus=draft.minus, implied_unit=implied, form=draft.form, note=draft.printed.note,
        )  # fmt: skip
        return self.framed(amount)

    def unit_of(self, after: Measured, around: Before) -> tuple[Unit, bool]:
        """The unit; a bare "4.500 tỷ" is đồng, "gấp 3" is times, a bare number a count."""
        if after.unit is not None:
            return units.scaled(after.unit, after.scale), False
        if after.scale is not None and after.scale.factor >= 10**6:
            return units.scaled(self.known.units["dong"], after.scale), True
        if around.verb == "multiple":
            return self.known.units["times"], True
        return units.scaled(self.known.units["count"], after.scale), True

    def denominator(self, end: int, unit: Unit) -> tuple[str, Span | None, Unit]:
        match = lexis.patterns_of(self.known).per.match(self.low, end)
        if match is None:
            return "", None, unit
        per = (match["many"] or "").replace("một", "").strip()
        per = f"{per} {match['per']}".strip()
        timed = match["per"] in TIME_DENOMINATORS or unit.dimension == "percent"
        return per, match.span(), unit if timed else units.per_unit(unit, per)

    def bound(self, around: Before, end: int) -> tuple[str, int]:
        """The comparator, with "trở lên" and "trở xuống"."""
        match = _UPWARDS.match(self.low, end)
        if match is not None:
            return "ge" if match[1] == "lên" else "le", match.end()
        return around.comparator or "eq", end

    def framed(self, amount: Amount) -> Amount:
        """Start and end as a quote takes them; plan words; what "cao hơn" and "vượt" mean here."""
        amount = self.compared(amount)
        percent = amount.low.unit.dimension == "percent"
        tail = _PLAN.match(self.low, amount.end) if percent and amount.verb in _TO_PLAN else None
        start = amount.qualifier[0] if amount.qualifier else amount.start
        inside = amount.verb in INSIDE and not amount.low.unit.counted
        inside = inside or (amount.verb == "reach" and tail is not None) or (amount.verb == "equal" and percent)
        if amount.direction_span is not None and inside:
            start = amount.direction_span[0]
        if tail is None:
            return replace(amount, start=start)
        return replace(amount, start=start, end=tail.end(), plan=True, tail=(tail.start() + 1, tail.end()))

    def compared(self, amount: Amount) -> Amount:
        unit = amount.low.unit
        if amount.verb == "exceed" and unit.dimension != "percent" and not _FAR_PLAN.match(self.low, amount.end):
            return replace(amount, comparator="gt" if amount.comparator == "eq" else amount.comparator)
        if amount.qualifier is None or amount.verb:
            return amount
        words = self.low[slice(*amount.qualifier)]
        sign = _DIFFERENCE.get(words)
        if sign and (unit.code == "pp" or _AGAINST.match(self.low, amount.end)):
            return replace(
                amount, comparator="eq", qualifier=None, direction=sign, verb="difference",
                direction_span=amount.qualifier,
            )  # fmt: skip
        return amount


_TO_PLAN = frozenset({"reach", "equal", "exceed", "short", ""})
_DIFFERENCE = {"cao hơn": 1, "thấp hơn": -1, "nhiều hơn": 1, "ít hơn": -1, "lớn hơn": 1, "nhỏ hơn": -1}


class _Draft:
    """A candidate number before its unit is known."""

    __slots__ = ("before", "end", "form", "has_digits", "minus", "printed", "start")

    def __init__(self, start: int, end: int, printed: Printed, around: Before, form: str, minus: bool) -> None:
        self.start, self.end, self.printed, self.before = start, end, printed, around
        self.form, self.minus = form, minus
        self.has_digits = form in {"digits", "padded"}


# Before these "năm" is the year: "trong năm", "5 năm", "cả năm", "kế hoạch năm".
_YEAR_BEFORE = frozenset(
    [
        "trong",
        "của",
        "hằng",
        "hàng",
        "cả",
        "mỗi",
        "từng",
        "đầu",
        "cuối",
        "giữa",
        "một",
        "quý",
        "tháng",
        "hoạch",
        "tiêu",
        "với",
        "so",
        "mấy",
        "nhiều",
        "các",
        "những",
        "qua",
        "suốt",
        "theo",
        "bình",
        "quân",
        "vòng",
        "đến",
        "hết",
        "sau",
        "trước",
        "từ",
        "vào",
        "dự",
        "toán",
        "bốn",
        "ba",
        "hai",
        "nghìn",
        "mười",
    ]
)


def _is_year_before(low: str, start: int) -> bool:
    words = low[max(0, start - 16) : start].split()
    return bool(words) and (words[-1] in _YEAR_BEFORE or words[-1][-1].isdigit())


def _fits(first: Measured, after: Measured, spoken: bool) -> bool:
    """Whether both ends of a range have one unit."""
    if first.unit is None or first.unit.code == (after.unit.code if after.unit else ""):
        return after.unit is not None or after.scale is not None or spoken or first.unit is None
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
