"""Putting an amount together: number, unit and neighbours are known, what they mean as a whole is decided here."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sct.vietnamese import lexis, units
from sct.vietnamese.amounts import Amount, Span
from sct.vietnamese.lexis import SPACE, Measured
from sct.vietnamese.neighbours import Before
from sct.vietnamese.numerals import Printed
from sct.vietnamese.phrases import INSIDE
from sct.vietnamese.quantities import Quantity, Unit
from sct.vietnamese.units import TIME_DENOMINATORS, Lexicon

_UPWARDS = re.compile(rf"{SPACE}+trở{SPACE}+(lên|xuống)(?!\w)")
_PLAN = re.compile(
    rf"{SPACE}+(?:so{SPACE}+(?:với{SPACE}+)?)?((?:kế{SPACE}+hoạch|kh|dự{SPACE}+toán|chỉ{SPACE}+tiêu|mục{SPACE}+tiêu)(?!\w)"
    rf"(?:{SPACE}+(?:cả{SPACE}+năm|năm)(?!\w)(?!{SPACE}*\d|{SPACE}+nay|{SPACE}+trước))?)"
)
_FAR_PLAN = re.compile(r"[^.;,\n]{0,12}(?:dự toán|kế hoạch|chỉ tiêu)")
_AGAINST = re.compile(rf"{SPACE}+so{SPACE}+(?:với|cùng)")
_NUMBER_OF = re.compile(rf"(?<!\w)(?:số|số lượng|tổng số){SPACE}[^,;.:()\n\d]{{0,32}}$")
_OF_OTHER = re.compile(rf"{SPACE}+(?:của|trong|hồi|ở|tại){SPACE}")
_TO_PLAN = frozenset({"reach", "equal", "exceed", "short", ""})
_DIFFERENCE = {"cao hơn": 1, "thấp hơn": -1, "nhiều hơn": 1, "ít hơn": -1, "lớn hơn": 1, "nhỏ hơn": -1}


@dataclass(slots=True)
class Draft:
    """A number with its neighbours, before its unit is known; `last` is the upper end, `whole` the denominator."""

    start: int
    end: int
    printed: Printed
    before: Before
    form: str
    minus: bool
    last: Printed | None = None
    first: Measured | None = None
    whole: Printed | None = None


def assemble(low: str, known: Lexicon, draft: Draft, after: Measured) -> Amount:
    """The amount of a draft and its unit."""
    around = draft.before
    unit, implied = _unit(known, after, around)
    end = after.end or draft.end
    per, per_span, unit = _denominator(low, known, end, unit)
    end = per_span[1] if per_span else end
    comparator, end = _bound(low, draft, end)
    verb = _verb(low, draft, unit, comparator, (after.start, after.end, end))
    tail = _tail(low, unit, verb.verb, end)
    return Amount(
        start=_start(draft, verb, unit, tail, comparator),
        end=tail[1] if tail else end,
        number=(draft.start, draft.end),
        low=_quantity(draft.printed, _first_unit(draft, after, unit)),
        high=_quantity(draft.last, unit) if draft.last else None,
        whole=_quantity(draft.whole, unit) if draft.whole else None,
        comparator=verb.comparator,
        unit_span=(after.start, after.end) if after.end else None,
        qualifier=verb.qualifier,
        direction=verb.direction,
        verb=verb.verb,
        direction_span=verb.direction_span,
        plan=tail is not None,
        tail=tail,
        per=per,
        per_span=per_span,
        double_unit=after.double,
        minus=draft.minus,
        implied_unit=implied,
        form=draft.form,
        note=draft.printed.note,
    )


def _quantity(printed: Printed, unit: Unit) -> Quantity:
    return Quantity(printed.number, unit, printed.decimals)


def _unit(known: Lexicon, after: Measured, around: Before) -> tuple[Unit, bool]:
    """The unit; a bare "4.500 tỷ" is đồng, "gấp 3" is times, a bare number a count."""
    if after.unit is not None:
        return units.scaled(after.unit, after.scale), False
    if after.scale is not None and after.scale.factor >= 10**6:
        return units.scaled(known.units["dong"], after.scale), True
    if around.verb == "multiple":
        return known.units["times"], True
    return units.scaled(known.units["count"], after.scale), True


def _first_unit(draft: Draft, after: Measured, unit: Unit) -> Unit:
    """ "từ 800 triệu đến 1,2 tỷ đồng": the first end has its own scale, and "800 m2 đến 2 ha" its own unit."""
    first = draft.first
    if first is None or (first.scale is None and first.unit is None):
        return unit
    own = first.unit or after.unit
    return unit if own is None else units.scaled(own, first.scale)


def _denominator(low: str, known: Lexicon, end: int, unit: Unit) -> tuple[str, Span | None, Unit]:
    if low[end : end + 1] not in {"/", " ", "\xa0"}:
        return "", None, unit
    match = lexis.patterns_of(known).per.match(low, end)
    if match is None:
        return "", None, unit
    many = (match["many"] or "").replace("một", "").strip()
    per = f"{many} {match['per']}".strip()
    timed = match["per"] in TIME_DENOMINATORS or unit.dimension == "percent"
    return per, match.span(), unit if timed else units.per_unit(unit, per)


def _bound(low: str, draft: Draft, end: int) -> tuple[str, int]:
    """The comparator, with "trở lên" and "trở xuống", which end the amount."""
    if draft.last is not None:
        return "range", end
    match = _UPWARDS.match(low, end)
    if match is not None:
        return "ge" if match[1] == "lên" else "le", match.end()
    return draft.before.comparator or "eq", end


@dataclass(slots=True)
class _Verb:
    """What verb and qualifier come to in this place."""

    direction: int
    verb: str
    direction_span: Span | None
    comparator: str
    qualifier: Span | None


def _verb(low: str, draft: Draft, unit: Unit, comparator: str, stops: tuple[int, int, int]) -> _Verb:
    around, end = draft.before, stops[2]
    made = _Verb(around.direction, around.verb, around.direction_span, comparator, around.qualifier)
    opens = around.opened if comparator in {"range", "ge", "le"} else None
    if opens is not None:
        made.qualifier = opens if made.qualifier is None else (min(opens[0], made.qualifier[0]), made.qualifier[1])
    elif around.opened is not None and around.verb == "growth":
        made.verb = "from"
    if made.verb == "exceed":
        _exceeding(low, around, unit, end, made)
    elif made.verb == "growth" and unit.counted and not _is_change(low, around, stops):
        made.direction, made.verb = 0, ""  # "giảm 37 loại phí" counts what is cut
    elif not made.verb and made.qualifier is not None:
        _differing(low, unit, end, made)
    elif made.verb == "difference" and unit.code != "pp" and not _AGAINST.match(low, end):
        made.verb = ""
    return made


def _is_change(low: str, around: Before, stops: tuple[int, int, int]) -> bool:
    """ "91.400 vụ (tăng 5.300 vụ": compared, of a number of things, or of things counted right before."""
    if _AGAINST.match(low, stops[2]) or _of_number(low, around):
        return True
    span, noun = around.direction_span, low[stops[0] : stops[1]]
    before = "" if span is None else low[max(0, span[0] - 60) : span[0]]
    return (
        bool(noun)
        and before.rstrip()[-1:] in {",", "("}
        and re.search(rf"\d {re.escape(noun)}(?!\w)", before) is not None
    )


def _of_number(low: str, around: Before) -> bool:
    """ "Số hộ nghèo giảm 2.980 hộ": a number of things has changed; "giảm 37 loại phí" cuts things."""
    span = around.direction_span
    return span is not None and _NUMBER_OF.search(low, max(0, span[0] - 40), span[0]) is not None


def _exceeding(low: str, around: Before, unit: Unit, end: int, made: _Verb) -> None:
    """ "vượt 4 tỷ USD" bounds a level; "…, vượt 100 tỷ đồng" and what names a plan is an excess."""
    if unit.dimension != "percent" and around.led and made.comparator == "eq" and not _FAR_PLAN.match(low, end):
        made.comparator, made.verb = "gt", "reach"
        made.qualifier, made.direction_span, made.direction = made.direction_span, None, 0


def _differing(low: str, unit: Unit, end: int, made: _Verb) -> None:
    """ "cao hơn 0,91 điểm %" is a difference, "cao hơn 5%" a bound."""
    assert made.qualifier is not None
    words = " ".join(low[slice(*made.qualifier)].split())
    if words.endswith(("mức", "con số")) and _OF_OTHER.match(low, end):
        made.comparator, made.qualifier = "eq", None  # "thấp hơn mức 54,7 điểm của tháng 7" tells July's own figure
        return
    sign = _DIFFERENCE.get(words)
    if sign and (unit.code == "pp" or _AGAINST.match(low, end)):
        made.direction, made.verb, made.comparator = sign, "difference", "eq"
        made.direction_span, made.qualifier = made.qualifier, None


def _tail(low: str, unit: Unit, verb: str, end: int) -> Span | None:
    """Plan words after a percent: "đạt 43% kế hoạch"."""
    if unit.dimension != "percent" or verb not in _TO_PLAN:
        return None
    match = _PLAN.match(low, end)
    return match.span(1) if match else None


def _start(draft: Draft, made: _Verb, unit: Unit, tail: Span | None, comparator: str) -> int:
    """Where a quote begins: verbs that belong to the figure are inside, "đạt" before a level is not."""
    start = made.qualifier[0] if made.qualifier else draft.start
    inside = (made.verb in INSIDE and not (unit.counted and made.verb != "difference")) or (
        unit.dimension == "percent" and (made.verb == "equal" or (made.verb == "reach" and tail is not None))
    )
    return min(start, made.direction_span[0]) if inside and made.direction_span else start
