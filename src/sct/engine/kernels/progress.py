"""How much of the plan is reached (% kế hoạch): 102 % is 2 % over. Growth targets are not divided."""

from __future__ import annotations

from typing import Any

from sct.engine.kernels.kernel import kernel


@kernel("progress", ("actual", "plan"), "percent", "100·{actual}/{plan}", positive=("plan",))
def progress(actual: Any, plan: Any) -> Any:
    return 100 * (actual / plan)
