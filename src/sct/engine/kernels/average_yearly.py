"""Growth a year over a span (bình quân năm): the root of the ratio, not the mean of the yearly rates.

"Giai đoạn 2021-2025" has the base 2020 and five years (domain-rules §1.5).
"""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any

import numpy as np

from sct.engine.kernels.kernel import kernel

DIGITS = 50  # far beyond what is printed: the root is rounded once, at the end


def _root(ratio: Any, years: int) -> Any:
    """The root for floats, arrays, fractions, and whatever has a `root` of its own (bounds)."""
    if isinstance(ratio, np.ndarray | float):
        return ratio ** (1 / years)
    if not isinstance(ratio, Fraction):
        return ratio.monotone(lambda end: _root(end, years))
    with localcontext() as context:
        context.prec = DIGITS
        return Fraction((Decimal(ratio.numerator) / Decimal(ratio.denominator)) ** (Decimal(1) / Decimal(years)))


@kernel(
    "average_yearly",
    ("last", "first", "years"),
    "percent",
    "100·(({last}/{first})^(1/{years}) − 1)",
    positive=("last", "first"),
)
def average_yearly(last: Any, first: Any, years: Any) -> Any:
    return 100 * (_root(last / first, int(years)) - 1)


@kernel("average_of_growths", ("growth…",), "percent", "100·((Π(1 + g/100))^(1/{n}) − 1), g: {all}")
def average_of_growths(*growths: Any) -> Any:
    product = growths[0] / 100 + 1
    for growth in growths[1:]:
        product = product * (growth / 100 + 1)
    return 100 * (_root(product, len(growths)) - 1)
