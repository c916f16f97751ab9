"""Which writing a ratio has: index (118,23), growth (18,23) or fraction (0,0794); and January's changed column."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from sct.reading.workbooks.meaning import Column


def writing(column: Column, values: Sequence[Fraction]) -> tuple[str, str, tuple[str, ...]]:
    """(`index` or `growth`, scale, flags) of a column of ratios, by its words and the size of its values."""
    sizes = _sizes(values)
    grows = "growth" in column.header.said
    if not sizes:
        return ("growth" if grows and not column.header.versus else "index"), "index", ()
    middle = sizes[len(sizes) // 2]
    negative = any(v.numerator < 0 for v in values)
    if middle >= 40 and not (negative and middle < 60):
        return "index", "index", ()
    if middle <= 3 and not column.header.percent:
        # 1,1823 is an index of base 1, 0,1823 a growth of base 1.
        if middle < 0.5:
            return "growth", "fraction", ("scale-guessed",)
        if not negative and not grows:
            return "index", "fraction", ("scale-guessed",)
    return "growth", "growth", () if grows or negative else ("scale-guessed",)


def _sizes(values: Sequence[Fraction]) -> list[float]:
    """The sizes of values that are not zero in their order; which side of a bound they lie on needs no exact number."""
    return sorted(abs(v.numerator / v.denominator) for v in values if v)


def completion_scale(values: Sequence[Fraction]) -> str:
    """Whether progress against a plan is told in per cent or as a fraction of 1."""
    sizes = _sizes(values)
    small = not sizes or (sizes[len(sizes) // 2] <= 2.5 and sizes[-1] <= 10)
    return "fraction" if small else "index"


def proved_against_month_before(rows: Sequence[tuple[Fraction | None, Fraction | None, Fraction | None]]) -> bool:
    """Whether a ratio column equals this month divided by the month before in every row that has all three.

    One row agreeing is chance; three and more, each to five digits, are not. Rows where the month before is zero tell
    nothing. Each row is (month before, this month, ratio as an index).
    """
    full = [(before, now, ratio) for before, now, ratio in rows if before and now is not None and ratio is not None]
    telling = [(b, n, r) for b, n, r in full if b != n]
    if len(telling) < 3:
        return False
    # Factors alone: an integer test spares a gcd a row.
    return all(abs(r * b - 100 * n) <= abs(b) * Fraction(1, 2000) for b, n, r in full)
