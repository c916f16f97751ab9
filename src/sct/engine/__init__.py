"""The engine: figures become panels, kernels make derived values, and each value knows where it came from."""

from sct.engine.derived import Computed, Derived, derive
from sct.engine.families import check_formulas, families
from sct.engine.refusals import Refusal

__all__ = ["Computed", "Derived", "Refusal", "check_formulas", "derive", "families"]
