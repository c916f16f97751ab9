"""The value at the end of a period: how a stock is told for a quarter or a year."""

from __future__ import annotations

from typing import Any

from sct.engine.kernels.kernel import kernel


@kernel("last", ("last",), "", "{last}", additive=True)
def last(last: Any) -> Any:
    return last
