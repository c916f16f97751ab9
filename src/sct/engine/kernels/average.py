"""The plain mean of periods, for indicators that declare it (bình quân); never for an index or a ratio."""

from __future__ import annotations

from typing import Any

from sct.engine.kernels.kernel import kernel


@kernel("average", ("part…",), "", "({all})/{n}", additive=True)
def average(*parts: Any) -> Any:
    total = parts[0]
    for part in parts[1:]:
        total = total + part
    return total / len(parts)
