"""Part of the growth of the whole that one part brought (tỷ trọng đóng góp vào mức tăng): 1,5/3,98 = 37,7 %."""

from __future__ import annotations

from typing import Any

from sct.engine.kernels.kernel import kernel


@kernel("growth_share", ("points", "growth"), "percent", "100·{points}/{growth}", positive=("growth",))
def growth_share(points: Any, growth: Any) -> Any:
    return 100 * (points / growth)
