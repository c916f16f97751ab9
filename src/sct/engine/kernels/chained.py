"""Growths one after the other: the monthly changes of an index since December, the yearly growths of a span."""

from __future__ import annotations

from typing import Any

from sct.engine.kernels.kernel import kernel


@kernel("chained", ("growth…",), "percent", "100·(Π(1 + g/100) − 1), g: {all}")
def chained(*growths: Any) -> Any:
    product: Any = 1
    for growth in growths:
        product = product * (1 + growth / 100)
    return 100 * (product - 1)
