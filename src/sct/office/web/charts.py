"""The chart of a series page: points with their words, and a title that is the finding; the kit draws it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sct.catalogue.model import Figure, SeriesKey, Transformation
from sct.office.coordination.series import Line
from sct.office.web import english, wording
from sct.office.web.choice import Choice, label
from sct.reporting.chart import Point, Words, course
from sct.vietnamese.periods import Period, PeriodKind
from sct.vietnamese.quantities import Unit
from sct.words import _

MOST = 120  # points on an axis
_APART = {PeriodKind.CUMULATIVE, PeriodKind.SPAN}  # periods that do not follow one another


@dataclass(frozen=True, slots=True)
class SeriesChart:
    """Spec for the page, title and subtitle as text (they stand outside the drawing), number of sources."""

    spec: dict[str, Any]
    title: str
    subtitle: str
    sources: int
    contested: bool


def series_chart(key: SeriesKey, lines: list[Line], how: Transformation, choice: Choice) -> SeriesChart | None:
    """Bars from zero for levels that add up, a line with points otherwise; contested points stand out. None where there
    is no point to draw."""
    shown = [
        (line.period, line.cells[how].figure, line.cells[how].conflict is not None)
        for line in lines
        if how in line.cells
    ]
    known = [(p, f, c) for p, f, c in shown if f is not None]
    # A span of years has no place among years; what is told of spans alone is drawn span by span.
    points = [one for one in known if one[0].kind is not PeriodKind.SPAN] or known
    if not points:
        return None
    unit = points[-1][1].quantity.unit
    points = [(p, f, c) for p, f, c in points if f.quantity.unit.dimension == unit.dimension]
    drawn = [
        Point(
            label=short(period),
            value=float(figure.quantity.to(unit)),
            text=wording.said(figure),
            stage=wording.STAGES[figure.stage](),
            strong=period == choice.period,
            mark=_label(figure, unit),
            name=label(period),
            contested=contested,
        )
        for period, figure, contested in points
    ]
    words = Words(_("Kỳ"), _("Giá trị"), _("Loại"))
    axis = [short(period) for period in without_gaps([p for p, _f, _c in points])]
    unit_words = "%" if unit.dimension == "percent" else wording.unit(unit)
    told = wording.TRANSFORMATIONS[how]().lower()
    subtitle = f"{wording.series_name(key)}, {choice.area.short_name} · {told}, {unit_words}"
    origins = {
        f.origin.url or f.origin.document or f.origin.title for _p, f, _c in points if f.origin.kind != "formula"
    }
    return SeriesChart(
        course(drawn, words=words, order=axis, bars=how is Transformation.LEVEL),
        finding([(p, f) for p, f, _c in points]),
        subtitle,
        len(origins),
        any(contested for _p, _f, contested in points),
    )


def _label(figure: Figure, unit: Unit) -> str:
    """The number in the axis' unit, with the digits it was printed with but no more than two."""
    moved = figure.quantity.unit.factor != unit.factor
    decimals = 2 if moved else min(figure.quantity.decimals, 2)
    return wording.number(figure.quantity.to(unit), decimals)


def without_gaps(periods: list[Period]) -> list[Period]:
    """Periods of one kind with those between them, so that a year nobody told is a gap and not a jump."""
    if not periods or len({p.kind for p in periods}) > 1 or periods[0].kind in _APART:
        return periods
    found = [periods[-1]]
    while found[-1] > periods[0] and len(found) < MOST:
        found.append(found[-1].previous)
    return found[::-1] if found[-1] == periods[0] else periods


def short(period: Period) -> str:
    """2024, Q3/24, 9T/24, 9/24: a period as an axis has room for."""
    if wording.english():
        return english.short(period)
    kind = period.kind
    year, months = f"{period.year % 100:02d}", period.number * (6 if kind is PeriodKind.HALF else 1)
    if kind is PeriodKind.YEAR:
        return str(period.year)
    if kind is PeriodKind.SPAN:
        return f"{period.year}–{period.number}"
    before = {PeriodKind.QUARTER: "Q"}.get(kind, "")
    after = {PeriodKind.CUMULATIVE: "T", PeriodKind.HALF: "T"}.get(kind, "")
    return f"{before}{months}{after}/{year}"


def finding(points: list[tuple[Period, Figure]]) -> str:
    """The last value against those before it: highest or lowest since when; plain if it is neither."""
    period, last = points[-1]
    text = f"{label(period)}: {wording.said(last)}"
    before = [(p, f.quantity.value) for p, f in points[:-1] if p.kind is period.kind]
    higher = [p for p, value in before if value >= last.quantity.value]
    lower = [p for p, value in before if value <= last.quantity.value]
    if len(before) < 2:
        return text
    if not higher:
        return _("{text}, cao nhất từ {since}").format(text=text, since=label(before[0][0]).lower())
    if not lower:
        return _("{text}, thấp nhất từ {since}").format(text=text, since=label(before[0][0]).lower())
    return text
