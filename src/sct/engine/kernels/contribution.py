"""Points that a part adds to the growth of the whole (đóng góp, điểm phần trăm): c = 100·(x₁ − x₀)/X₀."""

from __future__ import annotations

from typing import Any

from sct.engine.kernels.kernel import kernel


@kernel(
    "contribution",
    ("now", "before", "whole_before"),
    "percentage_point",
    "100·({now} − {before})/{whole_before}",
    positive=("whole_before",),
)
def contribution(now: Any, before: Any, whole_before: Any) -> Any:
    return 100 * ((now - before) / whole_before)
