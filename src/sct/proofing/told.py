"""A figure as an operand, wherever it was told: in a document or in the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from sct.catalogue.model import Figure
from sct.catalogue.statement import Statement
from sct.proofing import wording
from sct.proofing.finding import Operand
from sct.proofing.rounding import Readings, of_figure
from sct.proofing.texts import Text
from sct.vietnamese.quantities import Quantity


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """A statement with its text, or a figure of the ledger."""

    text: Text | None = None
    statement: Statement | None = None
    figure: Figure | None = None

    @property
    def quantity(self) -> Quantity:
        if self.statement is not None:
            return self.statement.quantity
        assert self.figure is not None
        return self.figure.quantity

    @property
    def dimension(self) -> str:
        return self.quantity.unit.dimension

    @property
    def value(self) -> Fraction | None:
        """None for a range."""
        return self.statement.value if self.statement is not None else self.quantity.value

    @property
    def period(self) -> str:
        if self.statement is not None:
            return self.statement.period or ""
        assert self.figure is not None
        return self.figure.period.code

    def readings(self, *, plan_is_exact: bool = False) -> Readings:
        if self.statement is not None:
            assert self.text is not None
            return self.text.readings(self.statement, plan_is_exact=plan_is_exact)
        assert self.figure is not None
        return of_figure(self.figure)

    @property
    def operand(self) -> Operand:
        if self.statement is not None:
            assert self.text is not None
            return Operand.told(self.statement, self.text.name)
        assert self.figure is not None
        return Operand.kept(self.figure)

    def number(self, like: Quantity) -> str:
        """The number, in the unit of `like` where both are of one dimension."""
        if self.statement is not None and (self.statement.value is None or self.quantity.unit == like.unit):
            return wording.printed(self.statement)
        value = self.value
        assert value is not None
        return wording.in_unit(value, self.quantity, like.unit)

    def words(self, besides: str = "") -> str:
        """ "18,00 tỷ USD (năm 2023)"; the period is left out where it is that of `besides`."""
        if self.statement is not None:
            said = wording.printed_with_unit(self.statement)
            when = wording.period(self.statement.period)
        else:
            assert self.figure is not None
            said, when = wording.of_figure(self.figure), wording.period(self.figure.period.code)
        notes = [when] if when and self.period != besides else []
        if self.figure is not None:
            notes.append(wording.in_ledger())
        return f"{said} ({', '.join(notes)})" if notes else said
