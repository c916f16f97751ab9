"""The greatest of periods (công suất cực đại Pmax)."""

from __future__ import annotations

from typing import Any

import numpy as np

from sct.engine.kernels.kernel import kernel


@kernel("maximum", ("part…",), "", "max({all})")
def maximum(first: Any, *others: Any) -> Any:
    for part in others:
        first = np.maximum(first, part) if isinstance(first, np.ndarray | float) else max(first, part)
    return first
