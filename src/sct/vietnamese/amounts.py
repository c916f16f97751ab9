"""An amount: a quantity as it stands in a text, with exact spans of everything around it."""

from __future__ import annotations

from dataclasses import dataclass

from sct.vietnamese.quantities import Quantity

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity as it stands in a text.

    `start`/`end` is what a quote of the figure takes: verb of change, qualifier, number, unit, plan words.
    `low` keeps the printed digits; `high` is the other end of a range, `whole` the denominator of "26/30".
    `comparator` is eq, gt, ge, lt, le, approx or range. `direction` is the sign the verb gives (tăng 1, giảm −1),
    `verb` its sort (growth, share, contribution, multiple, reach, equal, exceed, short, difference, to: see
    `phrases.DIRECTIONS`; `from` in "tăng từ 85%").
    `plan`: a percent of a plan follows ("% kế hoạch"). `per`: a denominator ("năm", "người"); those of time are left
    out of the unit. `double_unit`: "1,43% điểm phần trăm". `minus`: a minus sign is printed, and counted in `low`.
    `implied_unit`: "4.500 tỷ" without đồng. `form` is digits, padded ("07"), words, or one ("một", often an article).
    `note` is the number's (`numerals.Printed`).
    """

    start: int
    end: int
    number: Span
    low: Quantity
    high: Quantity | None = None
    whole: Quantity | None = None
    comparator: str = "eq"
    unit_span: Span | None = None
    qualifier: Span | None = None
    direction: int = 0
    verb: str = ""
    direction_span: Span | None = None
    plan: bool = False
    tail: Span | None = None
    per: str = ""
    per_span: Span | None = None
    double_unit: bool = False
    minus: bool = False
    implied_unit: bool = False
    form: str = "digits"
    note: str = ""

    @property
    def signed(self) -> Quantity:
        """`low` with the sign of its verb: "giảm 11,5%" is −11,5; the slip "giảm -3,8%" stays −3,8."""
        return self._signed(self.low)

    @property
    def signed_high(self) -> Quantity | None:
        return None if self.high is None else self._signed(self.high)

    def _signed(self, quantity: Quantity) -> Quantity:
        turned = self.direction < 0 and self.verb in {"growth", "contribution", "difference", "short"}
        return -quantity if turned and quantity.number > 0 else quantity
