"""Part of a whole (tỷ trọng, cơ cấu), at current prices."""

from __future__ import annotations

from typing import Any

from sct.engine.kernels.kernel import kernel


@kernel("share", ("part", "whole"), "percent", "100·{part}/{whole}", positive=("whole",))
def share(part: Any, whole: Any) -> Any:
    return 100 * (part / whole)
