"""How well the year's end is told from a part of it: the product's methods beside a well-kept library, on real figures.

Every year of Hà Nội for which a cumulative growth and the year's growth are both published is foretold from the years
before it alone. The error is in percentage points of growth.
"""

from __future__ import annotations

import statistics
import warnings
from collections.abc import Callable
from fractions import Fraction
from itertools import product

from bench.frame import machine, say

SERIES = (
    "grdp",
    "exports",
    "retail_services_total",
    "iip",
    "va_industry",
    "grdp_industry_construction",
    "grdp_services",
)
Rates = dict[int, dict[int, Fraction]]
Case = tuple[str, int, int, float, dict[str, float | None]]  # series, year, month, what came, what was said
Teller = Callable[[Rates, int, int], float | None]


def rates() -> dict[str, Rates]:
    """Series → year → month → growth in % from January (12: the year), as first published."""
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sct.office.settings")
    django.setup()
    from sct.catalogue import load
    from sct.catalogue.model import Transformation
    from sct.office.ledger.importing import read_figures
    from sct.samples import FIGURES
    from sct.vietnamese.periods import PeriodKind

    area = load().area_named("Hà Nội").key
    found: dict[str, Rates] = {}
    for figure in sorted(read_figures(FIGURES.read_bytes(), "x"), key=lambda f: str(f.published or "")):
        fits = figure.transformation is Transformation.YOY and figure.stage.is_actual and figure.series.area == area
        if not fits or figure.series.indicator not in SERIES or figure.series.breakdown or figure.bound:
            continue
        period = figure.period
        if period.kind is PeriodKind.SPAN or period.months[0] % 12:
            continue
        month = period.months[1] % 12 + 1
        told = found.setdefault(figure.series.indicator, {}).setdefault(period.year, {})
        told[month] = figure.quantity.value if month == 12 else told.get(month, figure.quantity.value)
    return found


def held_growth(known: Rates, year: int, month: int) -> float | None:
    """The growth so far is the year's."""
    return float(known[year][month])


def seasonal_naive(known: Rates, year: int, month: int) -> float | None:
    """The rest of the year grows as last year did; the part done weighs by its months."""
    before = known.get(year - 1, {}).get(12)
    return None if before is None else month / 12 * float(known[year][month]) + (1 - month / 12) * float(before)


def last_year(known: Rates, year: int, month: int) -> float | None:
    """Last year's growth again, whatever this year has done."""
    before = known.get(year - 1, {}).get(12)
    return None if before is None else float(before)


def smoothing(known: Rates, year: int, month: int) -> float | None:
    """Simple exponential smoothing of the years before (statsmodels), the rest of the year by it."""
    from statsmodels.tsa.holtwinters import SimpleExpSmoothing

    past = [float(known[y][12]) for y in sorted(known) if y < year and 12 in known[y]]
    if len(past) < 4:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        rest = float(SimpleExpSmoothing(past, initialization_method="estimated").fit().forecast(1)[0])
    return month / 12 * float(known[year][month]) + (1 - month / 12) * rest


TELLERS: dict[str, Teller] = {
    "held_growth (used)": held_growth,
    "seasonal naive": seasonal_naive,
    "last year's growth": last_year,
    "statsmodels SES for the rest": smoothing,
}


def chance(differences: list[float]) -> float:
    """Exact sign-flip test: how often a mean as far from 0 comes of chance alone (Fisher 1935), the signs being even.

    Cases of one series and year lean on each other, so the true chance is rather larger.
    """
    seen = abs(sum(differences)) - 1e-9
    flips = product((1, -1), repeat=len(differences))
    return sum(abs(sum(s * d for s, d in zip(signs, differences, strict=True))) >= seen for signs in flips) / (
        2 ** len(differences)
    )


def pairs(cases: list[Case]) -> list[str]:
    """The method that is used against each other one, on the cases both answer."""
    lines = [
        "",
        "`held_growth` against each other method, on the cases both answer; above 0 the other one is nearer. The last",
        "column is the exact chance that a difference so large comes of chance alone (signs of the differences flipped).",
        "",
        "| other method | cases | mean difference, points | by chance |",
        "| --- | ---: | ---: | ---: |",
    ]
    used = next(iter(TELLERS))
    for other in list(TELLERS)[1:]:
        both = [c for c in cases if c[4][used] is not None and c[4][other] is not None]
        apart = [abs(c[4][used] - c[3]) - abs(c[4][other] - c[3]) for c in both]  # type: ignore[operator]
        lines.append(f"| {other} | {len(both)} | {statistics.mean(apart):+.2f} | {chance(apart):.2f} |")
    return [
        *lines,
        "",
        "Read: last year's growth is plainly worse; the library's smoothing and the seasonal naive are not told apart from",
        "`held_growth` by these cases. The simplest is kept, and this page is run again when more years are in the ledger.",
    ]


def compare() -> str:
    """The table: cases all tellers can answer, mean and median absolute error, the worst."""
    cases: list[Case] = []
    for code, known in rates().items():
        for year, told in sorted(known.items()):
            for month in sorted(m for m in told if m in (3, 6, 9, 10, 11) and 12 in told):
                said = {name: teller(known, year, month) for name, teller in TELLERS.items()}
                cases.append((code, year, month, float(told[12]), said))
    whole = [case for case in cases if all(value is not None for value in case[4].values())]
    lines = [
        "# Where the year will end",
        "",
        f"Machine: {machine()}. Command: `python -m bench.forecasts`. Published growths of Hà Nội, first prints;",
        f"{len(cases)} cases of {len(SERIES)} series, {len(whole)} of them answered by every method (each needs other years).",
        "",
        "| method | cases | mean error, points | median | worst |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for rows, title in ((whole, ""), (cases, " (all it can answer)")):
        for name in TELLERS:
            errors = [abs(case[4][name] - case[3]) for case in rows if case[4][name] is not None]
            if errors:
                mean, middle = statistics.mean(errors), statistics.median(errors)
                lines.append(f"| {name}{title} | {len(errors)} | {mean:.2f} | {middle:.2f} | {max(errors):.2f} |")
    lines += [
        "",
        "By month, `held_growth` against `seasonal naive` (cases both answer):",
        "",
        "| through month | cases | held | naive |",
        "| ---: | ---: | ---: | ---: |",
    ]
    for month in (3, 6, 9, 10, 11):
        both = [c for c in cases if c[2] == month and c[4]["seasonal naive"] is not None]
        if both:
            held = statistics.mean(abs(c[4]["held_growth (used)"] - c[3]) for c in both)
            naive = statistics.mean(abs(c[4]["seasonal naive"] - c[3]) for c in both)
            lines.append(f"| {month} | {len(both)} | {held:.2f} | {naive:.2f} |")
    lines += pairs(cases)
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    from pathlib import Path

    table = compare()
    say(table)
    (Path(__file__).resolve().parents[1] / "docs" / "bench" / "forecasts.md").write_text(table, "utf-8")
