"""Against December of the year before (so với tháng 12 năm trước), a comparison of price indexes only."""

from __future__ import annotations

from typing import Any

from sct.engine.kernels.kernel import kernel


@kernel("since_december", ("now", "december"), "percent", "100·({now}/{december} − 1)", positive=("december",))
def since_december(now: Any, december: Any) -> Any:
    return 100 * (now / december - 1)
