"""What follows from an entry and the law of a day: classes, warnings, expiry, ratios. Pure; thresholds are parameters.

A condition over something unknown is unknown, not false: a market without its number of points has no class yet.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sct.catalogue.histories import Snapshot
from sct.catalogue.laws import Parameter
from sct.catalogue.register_values import plain
from sct.catalogue.registers import Citation, Classification, Condition, Expiry, Kind, Register
from sct.errors import UserError
from sct.words import _

Parameters = Mapping[str, Parameter]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether something holds (None: not to be told), with the comparison in words and the law behind it."""

    holds: bool | None
    why: str = ""
    cites: tuple[Citation, ...] = ()
    missing: tuple[str, ...] = ()  # codes of fields that are not known


@dataclass(frozen=True, slots=True)
class Classed:
    """The class of an entry under one classification; `code` is "" where none can be told or none fits."""

    code: str
    name: str
    verdict: Verdict


def value_of(register: Register, snapshot: Snapshot, name: str) -> str:
    """The value of a field, a ratio computed: occupancy = leased / industrial land; "" where it cannot be known."""
    field = register.fields.get(name)
    if field is None or field.kind is not Kind.RATIO:
        return snapshot[name]
    part, whole = (snapshot[code] for code in field.of)
    if not part or not whole or Fraction(whole) == 0:
        return ""
    return plain(round(100 * Fraction(part) / Fraction(whole), 4))


def judge(register: Register, snapshot: Snapshot, when: Condition, day: date, parameters: Parameters) -> Verdict:
    """One condition on a day."""
    value = value_of(register, snapshot, when.field)
    if when.op == "known":
        return Verdict(bool(value) == (when.values[0] == "yes"))
    if not value:
        return Verdict(None, missing=(when.field,))
    if when.op in ("is", "in"):
        return Verdict(value in when.values)
    return _compare(register, value, when, day, parameters)


_SIGNS: dict[str, tuple[str, Callable[[Fraction, Fraction], bool]]] = {
    "over": (">", lambda a, b: a > b),
    "from": ("≥", lambda a, b: a >= b),
    "under": ("<", lambda a, b: a < b),
    "upto": ("≤", lambda a, b: a <= b),
}


def _compare(register: Register, value: str, when: Condition, day: date, parameters: Parameters) -> Verdict:
    bound = when.values[0]
    cites: tuple[Citation, ...] = ()
    if bound in parameters:
        try:
            edition = parameters[bound].on(day)
        except UserError as error:
            return Verdict(None, error.what)
        if not isinstance(edition.value, Fraction):
            return Verdict(None, _("tham số {code} không phải là số").format(code=bound))
        limit = edition.value
        cites = (Citation(edition.law, edition.article, edition.confidence, edition.note),)
    else:
        limit = Fraction(bound)
    sign, holds = _SIGNS[when.op]
    field = register.fields[when.field]
    fits = holds(Fraction(value), limit)
    from sct.catalogue.register_values import show

    why = f"{field.told}: {show(field, value)} {sign if fits else _opposite(sign)} {show(field, plain(limit))}"
    return Verdict(fits, why, cites)


def _opposite(sign: str) -> str:
    return {">": "≤", "≥": "<", "<": "≥", "≤": ">"}[sign]


def every(
    register: Register, snapshot: Snapshot, when: tuple[Condition, ...], day: date, parameters: Parameters
) -> Verdict:
    """All conditions: false as soon as one is false, else unknown as soon as one is unknown."""
    told = [judge(register, snapshot, one, day, parameters) for one in when]
    why = "; ".join(one.why for one in told if one.why)
    cites = tuple(cite for one in told for cite in one.cites)
    if any(one.holds is False for one in told):
        return Verdict(False, why, cites)
    missing = tuple(dict.fromkeys(name for one in told for name in one.missing))
    if any(one.holds is None for one in told):
        return Verdict(None, why, cites, missing)
    return Verdict(True, why, cites)


def classify(
    register: Register, kind: Classification, snapshot: Snapshot, day: date, parameters: Parameters
) -> Classed:
    """The class on a day: the first rule that holds. A rule that cannot be judged ends the search."""
    last = Verdict(None)
    for rule in kind.rules:
        last = every(register, snapshot, rule.when, day, parameters)
        if last.holds:
            return Classed(rule.code, rule.told, last)
        if last.holds is None:
            return Classed("", _missing(register, last), last)
    from sct.catalogue.registers import told

    return Classed("", told(kind.otherwise, kind.otherwise_en), last)


def _missing(register: Register, verdict: Verdict) -> str:
    names = [register.fields[name].told for name in verdict.missing if name in register.fields]
    return _("chưa đủ dữ liệu: {fields}").format(fields=", ".join(names)) if names else _("chưa xếp được")


def warned(register: Register, snapshot: Snapshot, day: date, parameters: Parameters) -> list[tuple[str, Verdict]]:
    """The warnings that hold on a day, each with its arithmetic and law."""
    told = [(one.told, every(register, snapshot, one.when, day, parameters), one.cite) for one in register.warnings]
    return [
        (name, Verdict(True, verdict.why, verdict.cites or (cite,))) for name, verdict, cite in told if verdict.holds
    ]


def expires(expiry: Expiry, snapshot: Snapshot, parameters: Parameters) -> date | None:
    """The last day on which an entry is valid: as written on the paper, else by the law's term; None when unknown."""
    field, code = expiry.never
    if snapshot.state not in expiry.states or (field and snapshot[field] == code):
        return None
    if snapshot[expiry.until]:
        return date.fromisoformat(snapshot[expiry.until])
    begun = snapshot[expiry.since] if expiry.since else ""
    if not begun or expiry.term not in parameters:
        return None
    start = date.fromisoformat(begun)
    try:
        value = parameters[expiry.term].on(start).value
    except UserError:
        return None
    if not isinstance(value, Fraction):
        return None
    return months_after(start, int(value) * (12 if expiry.term_unit == "years" else 1))


def months_after(day: date, months: int) -> date:
    """The same day so many months on; the month's last day where it has none: 31/1 + 1 month = 28/2."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
