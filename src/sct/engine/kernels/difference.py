"""One period out of two cumulative ones: nine months less eight months is September."""

from __future__ import annotations

from typing import Any

from sct.engine.kernels.kernel import kernel


@kernel("difference", ("longer", "shorter"), "", "{longer} − {shorter}", additive=True)
def difference(longer: Any, shorter: Any) -> Any:
    return longer - shorter
