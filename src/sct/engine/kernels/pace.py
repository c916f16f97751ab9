"""Growth still needed in the rest of the year to reach a growth target for the year (domain-rules §1.5)."""

from __future__ import annotations

from typing import Any

from sct.engine.kernels.kernel import kernel


@kernel(
    "pace",
    ("target", "done", "year_before", "done_before"),
    "percent",
    "100·(((1 + {target}/100)·{year_before} − {done})/({year_before} − {done_before}) − 1)",
    positive=("year_before",),
)
def pace(target: Any, done: Any, year_before: Any, done_before: Any) -> Any:
    """`target` is growth in %; the levels are at the same prices; last year's rest must not be empty."""
    return 100 * (((1 + target / 100) * year_before - done) / (year_before - done_before) - 1)
