"""Against the period just before (so với tháng trước, so với quý trước); domain-rules: tốc độ tăng."""

from __future__ import annotations

from typing import Any

from sct.engine.kernels.kernel import kernel


@kernel("mom", ("now", "before"), "percent", "100·({now}/{before} − 1)", positive=("before",))
def mom(now: Any, before: Any) -> Any:
    return 100 * (now / before - 1)
