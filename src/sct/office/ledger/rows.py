"""One row of a CSV of figures → one figure. Tables say what the words of a row mean; every fault names its column."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import cache, partial
from typing import TypeVar
from urllib.parse import urlsplit

from sct.catalogue import load
from sct.catalogue.model import Comparator, Figure, Origin, PartialDate, SeriesKey, Stage, Transformation
from sct.errors import Place, UserError
from sct.vietnamese.periods import Period
from sct.vietnamese.quantities import Quantity, Unit
from sct.words import _

COLUMNS = ("indicator", "area", "period", "measure", "value", "unit", "status", "source_url", "published")

MEASURES: Mapping[str, Transformation] = {
    "level": Transformation.LEVEL,
    "yoy_pct": Transformation.YOY,
    "mom_pct": Transformation.MOM,
    "ytd_pct": Transformation.SINCE_DECEMBER,
    "contribution_pp": Transformation.CONTRIBUTION,
    "share_pct": Transformation.SHARE,
    "target": Transformation.LEVEL,
    "index": Transformation.INDEX,
}
# A basis may say more than the measure: growth a year over a span, a target for growth.
BASES: Mapping[tuple[str, str], Transformation] = {
    ("yoy_pct", "average_per_year"): Transformation.AVERAGE_YEARLY,
    ("target", "growth_vs_previous_year"): Transformation.YOY,
    ("target", "growth_average_per_year"): Transformation.AVERAGE_YEARLY,
}
STATUSES: Mapping[str, Stage] = {
    "estimate": Stage.ESTIMATE,
    "preliminary": Stage.PRELIMINARY,
    "official": Stage.OFFICIAL,
    "reported": Stage.REPORTED,
    "plan": Stage.PLAN,
    "forecast": Stage.FORECAST,
}
# The beginning of a part of the note (parts are separated by ;) → how the printed number bounds the value.
COMPARATORS: Mapping[str, Comparator] = {
    "source_says_more_than": Comparator.GT,
    "source_says_at_least": Comparator.GE,
    "source_says_less_than": Comparator.LT,
    "source_says_at_most": Comparator.LE,
    "source_says_nearly": Comparator.APPROX,
    "source_says_approximately": Comparator.APPROX,
}
BOUNDS: Mapping[str, str] = {"lower_bound_of_range": "lower", "upper_bound_of_range": "upper"}

_NUMBER = re.compile(r"[+-]?\d+(?:\.(\d+))?")
_GROUPED_EN = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
_GROUPED_VI = re.compile(r"[+-]?(\d{1,3}(\.\d{3})+|\d+),\d+")


# The most characters the ledger keeps of a column's words.
LONGEST: Mapping[str, int] = {
    "value": 80,
    "basis": 40,
    "source_url": 1000,
    "note": 500,
    "published_basis": 24,
    "seed_file": 255,
    "source_title": 500,
}

_T = TypeVar("_T")


class RowReader:
    """Reads rows against the catalogue."""

    def __init__(self) -> None:
        self.catalogue = load()
        self._series = cache(self.catalogue.resolve)
        self._unit = cache(self.catalogue.unit)
        self._named = cache(self.catalogue.area_named)

    def figure(self, row: Mapping[str, str], place: Place) -> Figure:
        """The figure of a row; raises `UserError` with file, line and column."""
        cells = {name: (text or "").strip() for name, text in row.items()}

        def told(column: str, read: Callable[[str], _T]) -> _T:
            try:
                return read(cells.get(column, ""))
            except UserError as error:
                raise error.at(replace(place, field=column)) from error

        for column, most in LONGEST.items():
            told(column, partial(_short, most))
        indicator, breakdown = told("indicator", self._series)
        period = told("period", Period.parse)
        area = told("area", lambda name: self._area(name, period))
        unit = told("unit", lambda code: self._counted(code, indicator))
        number, decimals = told("value", read_number)
        transformation = told("measure", lambda word: _transformation(word, cells.get("basis", "")))
        published = told("published", lambda text: PartialDate(text) if text else None)
        stage = told("status", lambda word: _one_of(STATUSES, word, _("Loại số liệu không có trong danh sách")))
        note = cells.get("note", "")
        return Figure(
            series=SeriesKey(indicator, area, breakdown),
            period=period.canonical,
            written="" if period.canonical == period else period.code,
            transformation=transformation,
            quantity=Quantity(number, unit, decimals),
            stage=Stage.PLAN if cells["measure"] == "target" else stage,
            origin=told("source_url", lambda url: _origin(url, cells, published)),
            comparator=_first(COMPARATORS, note, Comparator.EQ),
            bound=_first(BOUNDS, note, ""),
            basis=cells.get("basis", ""),
            published=published,
            note=note,
        )

    def _area(self, name: str, period: Period) -> str:
        """By name or code, as it was at the end of the period."""
        last = period.days()[1]
        if name[:1].isdigit():
            return self.catalogue.area(name, last).key
        return self._named(name, last).key

    def _counted(self, code: str, indicator: str) -> Unit:
        """`count` is the indicator's own noun where it has one (cụm, chợ), so that texts and tables compare."""
        own = self.catalogue.indicator(indicator).unit
        return own if code == "count" and own.counted else self._unit(code)


def read_number(text: str) -> tuple[Fraction, int]:
    """A number with a decimal point and no grouping → exact value and digits after the point."""
    found = _NUMBER.fullmatch(text)
    if found:
        return Fraction(text), len(found[1] or "")
    meant = ""
    if _GROUPED_EN.fullmatch(text):
        meant = text.replace(",", "")
    elif _GROUPED_VI.fullmatch(text):
        meant = text.replace(".", "").replace(",", ".")
    raise UserError(
        "bad-number",
        _("Số viết không đúng dạng"),
        value=text,
        expected=_("dấu chấm thập phân, không có dấu phân nhóm, ví dụ 3060.7"),
        way_out=_("Viết {number}").format(number=meant) if meant else "",
    )


def _transformation(measure: str, basis: str) -> Transformation:
    plain = _one_of(MEASURES, measure, _("Cách tính không có trong danh sách"))
    return BASES.get((measure, basis), plain)


def _one_of(table: Mapping[str, _T], word: str, complaint: str) -> _T:
    if word not in table:
        raise UserError("unknown-word", complaint, value=word, expected=", ".join(table))
    return table[word]


def _short(most: int, text: str) -> None:
    if len(text) > most:
        raise UserError(
            "too-long",
            _("Chữ dài quá"),
            value=f"{text[:40]}…",
            expected=_("không quá {most} ký tự, ở đây {length}").format(most=most, length=len(text)),
        )


def _first(table: Mapping[str, _T], note: str, otherwise: _T) -> _T:
    for part in note.split(";"):
        for beginning, meaning in table.items():
            if part.strip().startswith(beginning):
                return meaning
    return otherwise


def _origin(url: str, cells: Mapping[str, str], published: PartialDate | None) -> Origin:
    """A citation: an address that opens, or `seed:<file>` for an article that is known by its file alone."""
    scheme, _colon, rest = url.partition(":")
    if scheme not in ("http", "https", "seed") or not rest.strip("/"):
        raise UserError(
            "no-source",
            _("Số liệu phải có nguồn"),
            value=url,
            expected=_("địa chỉ http… của bài đăng số liệu"),
        )
    return Origin(
        kind="citation",
        title=cells.get("source_title", "")
        or (rest if scheme == "seed" else urlsplit(url).netloc.removeprefix("www.")),
        url="" if scheme == "seed" else url,
        file=cells.get("seed_file", "") or (rest if scheme == "seed" else ""),
        published=published,
        published_basis=cells.get("published_basis", ""),
    )
