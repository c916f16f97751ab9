"""January to a month (lũy kế): the running sum of months; one month missing leaves all later ones unknown."""

from __future__ import annotations

from typing import Any

import numpy as np

from sct.engine.kernels.kernel import kernel
from sct.engine.panel import Floats


def _running(months: Floats) -> Floats:
    return np.cumsum(months, axis=-1)


@kernel("ytd", ("month…",), "", "{all}", additive=True, scan=_running)
def ytd(first: Any, *others: Any) -> Any:
    for month in others:
        first = first + month
    return first
