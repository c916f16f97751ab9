"""Quantities (đại lượng): an exact number with its unit and the digits as printed.

A printed figure stands for every value that rounds to it: "16 tỷ USD" is 15,5..16,5 tỷ USD. The digits are
therefore kept, and a quantity never becomes a float here.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from sct.errors import UserError
from sct.words import _


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure. `factor` turns it into the base unit of its dimension (tỷ USD: USD, 10**9).

    `dimension` is `VND`, `USD`, `percent`, `percentage_point`, `times`, `kWh`, `MW`, `ha`, `tonne`, `TEU`,
    `điểm` …; a counted thing (cụm, chợ, dự án) is a dimension of its own: the noun.
    """

    code: str
    dimension: str
    factor: Fraction = Fraction(1)
    name: str = ""
    name_en: str = ""
    counted: bool = False

    def __hash__(self) -> int:
        return hash(self.code)

    def __str__(self) -> str:
        return self.name or self.code


@cache
def _half_step(decimals: int, unit: Unit) -> Fraction:
    return Fraction(1, 2 * 10**decimals) * unit.factor


@dataclass(frozen=True, slots=True)
class Quantity:
    """`number` as printed in `unit`, with `decimals` digits after the comma.

    `Quantity(Fraction("3060.7"), NGHIN_TY_DONG, 1)` is 3.060,7 nghìn tỷ đồng; its `value` is in đồng.
    """

    number: Fraction
    unit: Unit
    decimals: int = 0

    @property
    def value(self) -> Fraction:
        """In the base unit of the dimension (đồng, USD, %, kWh, ha …)."""
        factor = self.unit.factor
        return self.number if factor == 1 else self.number * factor

    @property
    def half_step(self) -> Fraction:
        """Half a unit of the last printed digit, in the base unit; 0 for counted things, which are exact."""
        if self.unit.counted and self.decimals == 0:
            return Fraction(0)
        return _half_step(self.decimals, self.unit)

    def to(self, unit: Unit) -> Fraction:
        """The number in another unit of the same dimension; raises `UserError("units-differ")`."""
        self._same(unit)
        return self.value / unit.factor

    def _same(self, unit: Unit) -> None:
        if unit.dimension != self.unit.dimension:
            raise UserError(
                "units-differ",
                _("Hai đơn vị khác nhau không cộng, trừ, so sánh được"),
                value=f"{self.unit} / {unit}",
                expected=_("cùng một loại đơn vị"),
            )

    def _with(self, other: Quantity, number: Fraction) -> Quantity:
        finer = self if self.half_step <= other.half_step else other
        return Quantity(number / finer.unit.factor, finer.unit, finer.decimals)

    def __add__(self, other: Quantity) -> Quantity:
        self._same(other.unit)
        return self._with(other, self.value + other.value)

    def __sub__(self, other: Quantity) -> Quantity:
        self._same(other.unit)
        return self._with(other, self.value - other.value)

    def __neg__(self) -> Quantity:
        return Quantity(-self.number, self.unit, self.decimals)

    def __abs__(self) -> Quantity:
        return -self if self.number < 0 else self

    def __lt__(self, other: Quantity) -> bool:
        self._same(other.unit)
        return self.value < other.value

    def __le__(self, other: Quantity) -> bool:
        self._same(other.unit)
        return self.value <= other.value
