"""What a kernel is: pointwise arithmetic with a name, named operands, a unit and a formula to show.

One function serves numpy arrays, floats, exact fractions and intervals, so the panel, the exact cell behind a
rounded number and the error bounds of printed digits cannot disagree about the arithmetic.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sct.engine.panel import Floats

Arithmetic = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Kernel:
    """`operands` are its letters; one name ending in `…` takes any number. `positive` operands must be above zero:
    a growth over a base of zero or below says nothing. `unit` is a dimension, "" for that of the operands.
    `text` shows it with its operands in braces (`{all}` for any number of them).
    """

    name: str
    operands: tuple[str, ...]
    unit: str
    text: str
    arithmetic: Arithmetic
    positive: tuple[str, ...] = ()
    additive: bool = False  # the result is made of its operands by + and − alone
    # Over whole years of months at once, for running kernels: [area, year, month] → the same.
    scan: Callable[[Floats], Floats] | None = None

    @property
    def takes_many(self) -> bool:
        return self.operands[-1].endswith("…")

    def run(self, operands: Sequence[Floats]) -> Floats:
        """Over arrays of one shape; NaN where an operand is missing or a base is not positive."""
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            result: Floats = self.arithmetic(*operands)
            for number in self.bases():
                good = operands[number] > 0
                if not good.all():
                    result = np.where(good, result, np.nan)
        return result

    def bases(self) -> tuple[int, ...]:
        """Positions of the operands that must be positive."""
        return tuple(n for n, name in enumerate(self.operands) if name in self.positive)

    def show(self, operands: Sequence[str]) -> str:
        """The formula with its operands written in."""
        if self.takes_many:
            return self.text.format(all=self.joined(operands), n=len(operands))
        return self.text.format(**dict(zip(self.operands, operands, strict=True)))

    def joined(self, operands: Sequence[str]) -> str:
        return (" + " if self.additive else "; ").join(operands)


KERNELS: dict[str, Kernel] = {}


def kernel(name: str, operands: tuple[str, ...], unit: str, text: str, **more: Any) -> Callable[[Arithmetic], Kernel]:
    """Declare a function as a kernel and enter it in the table."""

    def declare(function: Arithmetic) -> Kernel:
        assert name not in KERNELS, f"two kernels named {name}"
        KERNELS[name] = Kernel(name, operands, unit, text, function, **more)
        return KERNELS[name]

    return declare
