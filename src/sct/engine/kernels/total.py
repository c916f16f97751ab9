"""The sum of periods that make up a longer one, of parts that make up a whole, of areas within an area."""

from __future__ import annotations

from typing import Any

from sct.engine.kernels.kernel import kernel


@kernel("total", ("part…",), "", "{all}", additive=True)
def total(first: Any, *others: Any) -> Any:
    for part in others:
        first = first + part
    return first
