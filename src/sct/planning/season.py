"""The season: which part of a year is usually done by the end of each month, from the years behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

Cumulative = Mapping[int, Fraction]  # month → level from January to that month; 12 is the year
EVENLY = {month: Fraction(month, 12) for month in range(1, 13)}


def shares(year: Cumulative) -> dict[int, Fraction]:
    """The part of the year done by each month that is known; nothing without the year's level."""
    whole = year.get(12)
    if whole is None or whole <= 0:
        return {}
    return {month: value / whole for month, value in year.items() if 1 <= month <= 12}


def usual_shares(years: Sequence[Cumulative]) -> dict[int, Fraction]:
    """The mean share by month of the years that know it. Empty without any year."""
    told: dict[int, list[Fraction]] = {}
    for year in years:
        for month, share in shares(year).items():
            told.setdefault(month, []).append(share)
    return {month: sum(values, Fraction(0)) / len(values) for month, values in sorted(told.items())}


def path(total: Fraction, usual: Mapping[int, Fraction]) -> dict[int, Fraction]:
    """Where a year that ends at `total` should stand at the end of each month.

    Months without a usual share lie on a straight line between their neighbours (January begins at zero).
    """
    known = {0: Fraction(0), **usual, 12: Fraction(1)}
    found: dict[int, Fraction] = {}
    for month in range(1, 13):
        below = max(m for m in known if m <= month)
        above = min(m for m in known if m >= month)
        part = Fraction(0) if above == below else Fraction(month - below, above - below)
        found[month] = total * (known[below] + (known[above] - known[below]) * part)
    return found


def quarters(by_month: Mapping[int, Fraction]) -> dict[int, Fraction]:
    """The path by quarter: what each of the four brings."""
    ends = [Fraction(0), *(by_month[3 * q] for q in range(1, 5))]
    return {q: ends[q] - ends[q - 1] for q in range(1, 5)}
