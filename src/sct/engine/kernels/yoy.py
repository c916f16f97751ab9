"""Against the same period a year before (so với cùng kỳ năm trước); on cumulative panels it is ytd_yoy."""

from __future__ import annotations

from typing import Any

from sct.engine.kernels.kernel import kernel


@kernel("yoy", ("now", "before"), "percent", "100·({now}/{before} − 1)", positive=("before",))
def yoy(now: Any, before: Any) -> Any:
    return 100 * (now / before - 1)
