"""Statements, figures and ledgers made by hand, as a reader and an office would give them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from sct.catalogue.model import Figure, Origin, PartialDate, SeriesKey, Stage, Transformation
from sct.catalogue.statement import Document, Segment, Statement
from sct.vietnamese.periods import Period
from sct.vietnamese.quantities import Quantity, Unit
from sct.vietnamese.units import units

HANOI = "01@2008-08-01"
COUNTRY = "VN@1945-09-02"
_AREAS = {HANOI: "Hà Nội", COUNTRY: "cả nước"}
_NUMBER = re.compile(r"\d+(?:\.\d{3})*(?:,\d+)?")
_UNITS = {"growth_pct": "pct", "share_pct": "pct", "plan_pct": "pct", "contribution_pp": "pp", "multiple": "times"}
_SIGNED = ("growth_pct", "change_abs", "contribution_pp")
_WORDS = (("ít nhất", "ge"), ("hơn", "gt"), ("trên", "gt"), ("dưới", "lt"), ("gần", "approx"), ("khoảng", "approx"))


def number(text: str) -> tuple[Fraction, int]:
    """The value and the decimals of a number as a Vietnamese text prints it."""
    digits = text.replace(".", "").replace(",", ".")
    return Fraction(digits), len(digits.partition(".")[2])


def unit(code: str) -> Unit:
    known = units()
    return known[code] if code in known else Unit(code, code, counted=True, name=code)


def statement(quote: str, measure: str = "level", text: str = "", **given: Any) -> Statement:
    """A statement from its quote: number, decimals, sign and comparator are read off it."""
    numbers = [number(found) for found in _NUMBER.findall(re.sub(r"/\s*\d[\d.]*", "", quote))]
    sign = -1 if quote.startswith(("giảm", "làm giảm")) and measure in _SIGNED else 1
    of = unit(given.pop("unit", _UNITS.get(measure, "pct")))
    values = [sign * value * of.factor for value, _decimals in numbers]
    period = given.pop("period", "2024")
    baseline = given.pop("baseline", None)
    if baseline is None and measure in ("growth_pct", "multiple") and period:
        baseline = Period.parse(period).year_before.code
    start = _place(text, quote, given.pop("nth", 1)) if text else given.pop("start", 0)
    is_range = len(values) == 2
    area = given.pop("area", True)
    key = COUNTRY if area == "country" else HANOI
    unmatched = given.pop("unmatched", "" if given.get("indicator") else "no-indicator")
    return Statement(
        quote=quote,
        start=start,
        end=start + len(quote),
        subject=given.pop("subject", given.get("indicator", "")),
        measure=measure,
        value=None if is_range else values[0],
        low=values[0] if is_range else None,
        high=values[1] if is_range else None,
        unit={"pct": "percent", "pp": "percentage_point"}.get(of.code, of.dimension),
        comparator="range" if is_range else next((c for word, c in _WORDS if word in quote), "eq"),
        period=period or None,
        baseline=baseline or None,
        status=given.pop("status", "actual"),
        area=_AREAS[key] if area else None,
        area_key=key if area else "",
        quantity=Quantity(sign * numbers[0][0], of, numbers[0][1]),
        sentence=sentence_of(text, start),
        unmatched=unmatched if area else unmatched or "no-area",
        **given,
    )


def _place(text: str, quote: str, nth: int) -> int:
    """Where the quote stands for the nth time."""
    at = -1
    for _time in range(nth):
        at = text.index(quote, at + 1)
    return at


def sentence_of(text: str, at: int) -> tuple[int, int]:
    start = text.rfind(". ", 0, at)
    end = text.find(". ", at)
    return (start + 2 if start >= 0 else 0, end if end >= 0 else len(text))


def document(text: str, name: str = "van-ban.txt", published: str | None = None) -> Document:
    return Document(name, "txt", text, (Segment(0, len(text), "line 1"),), published)


def read_example(example: Mapping[str, Any]) -> list[tuple[Document, list[Statement]]]:
    """The documents of an example with the statements that a reader should make of them."""
    return [
        (
            document(part["text"], part.get("name", "van-ban.txt"), part.get("published")),
            statements_of(part["text"], part["statements"]),
        )
        for part in example.get("texts", [example])
    ]


def statements_of(text: str, rows: Sequence[Mapping[str, Any]]) -> list[Statement]:
    return [statement(text=text, **row) for row in rows]


def figure(
    number_text: str,
    unit_code: str,
    *,
    indicator: str,
    period: str,
    transformation: str = "level",
    breakdown: str = "",
    stage: str = "reported",
    published: str | None = None,
    area: str = "",
    identity: int = 0,
) -> Figure:
    value, decimals = number(number_text.removeprefix("-"))
    value = -value if number_text.startswith("-") else value
    when = PartialDate(published) if published else None
    return Figure(
        series=SeriesKey(indicator, COUNTRY if area == "country" else HANOI, breakdown),
        period=Period.parse(period),
        transformation=Transformation(transformation),
        quantity=Quantity(value, unit(unit_code), decimals),
        stage=Stage(stage),
        origin=Origin(kind="citation", title="Niên giám", published=when),
        published=when,
        id=identity,
    )


class Shelf:
    """A ledger in memory."""

    def __init__(self, figures: Iterable[Figure] = (), counts: Iterable[tuple[Figure, bool]] = ()) -> None:
        self.counts = {(one.series, one.period): (one, complete) for one, complete in counts}
        self.cells: dict[tuple[SeriesKey, Period, Transformation], list[Figure]] = defaultdict(list)
        for one in figures:
            self.cells[one.cell].append(one)

    def figures(self, series: SeriesKey, period: Period, transformation: Transformation) -> Sequence[Figure]:
        return self.cells.get((series, period, transformation), [])

    def counted(self, series: SeriesKey, period: Period) -> tuple[Figure, bool] | None:
        return self.counts.get((series, period))


def shelf_of(example: Mapping[str, Any]) -> Shelf:
    rows = [dict(row) for row in example.get("ledger", ())]
    counted = [dict(row) for row in example.get("counted", ())]
    counts = [
        (figure(row.pop("number"), row.pop("unit"), stage="computed", **row), complete)
        for row in counted
        for complete in [row.pop("complete")]
    ]
    return Shelf(
        (figure(row.pop("number"), row.pop("unit"), identity=at, **row) for at, row in enumerate(rows, start=1)), counts
    )
