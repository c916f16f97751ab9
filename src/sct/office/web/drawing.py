"""Small drawings made on the server: sparkline and progress bar, as SVG with attributes only (no inline style)."""

from __future__ import annotations

from fractions import Fraction

from django.utils.html import format_html
from django.utils.safestring import SafeString

from sct.reporting import targets
from sct.reporting.targets import Outcome
from sct.words import _

WIDTH, HEIGHT, EDGE = 110, 28, 3


def spark(points: tuple[tuple[int, float], ...], told: str) -> SafeString:
    """A line over years, gaps in years kept as distance; the last point marked. `told` is its text for readers."""
    if not points:
        return SafeString("")
    first, last = points[0][0], points[-1][0]
    low, high = min(value for _year, value in points), max(value for _year, value in points)
    wide, tall = max(last - first, 1), (high - low) or 1.0

    def place(year: int, value: float) -> tuple[float, float]:
        x = EDGE + (WIDTH - 2 * EDGE) * (year - first) / wide
        y = HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * (value - low) / tall
        return round(x, 1), round(y, 1)

    line = " ".join("{},{}".format(*place(*point)) for point in points)
    x, y = place(*points[-1])
    shape = '<polyline points="{}"/><circle cx="{}" cy="{}" r="2.6"/></svg>'
    head = '<svg class="spark" viewBox="0 0 {} {}" role="img" aria-label="{}">'
    return format_html(head + shape, WIDTH, HEIGHT, told, line, x, y)


def progress(share: Fraction, goal: Fraction, kind: str, told: str) -> SafeString:
    """A bar filled to `share` of its width with a mark at `goal` (both 0..1); `kind` is "", late or miss."""
    width = 150
    done = round(float(max(Fraction(0), min(share, Fraction(1)))) * width, 1)
    at = round(float(min(goal, Fraction(1))) * width, 1)
    head = '<svg class="bar-track" viewBox="0 0 {} 18" role="img" aria-label="{}">'
    bed = '<rect class="bed" x="0" y="4" width="{}" height="10" rx="5"/>'
    bar = '<rect class="done {}" x="0" y="4" width="{}" height="10" rx="5"/>'
    mark = '<rect class="goal" x="{}" y="0" width="2" height="18"/></svg>'
    return format_html(head + bed + bar + mark, width, told, width, kind, done, max(at - 2, 0))


def outcome_bar(outcome: Outcome) -> SafeString | str:
    """Result against target on one scale from zero; nothing where there is no result in the same unit."""
    if outcome.result is None:
        return ""
    goal, got = outcome.target.figures[-1].quantity, outcome.result.figure.quantity
    low = outcome.target.figure.quantity
    if goal.unit.dimension != got.unit.dimension or goal.value <= 0:
        return ""
    scale = max(goal.value, got.value, low.value) * Fraction(105, 100)
    kinds = {targets.MISSED: "miss", targets.PARTIAL: "late", targets.UNDECIDED: "late"}
    told = _("{percent}% kế hoạch").format(percent=round(float(got.value / low.value * 100)) if low.value else 0)
    return progress(got.value / scale, low.value / scale, kinds.get(outcome.judgement, ""), told)
