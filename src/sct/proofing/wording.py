"""How a proof is said: numbers and intervals in Vietnamese, in a scale that the reader of the claim is used to."""

from __future__ import annotations

import re
from fractions import Fraction

from sct.catalogue.model import Figure
from sct.catalogue.statement import Statement
from sct.proofing.intervals import Interval
from sct.vietnamese.periods import Period
from sct.vietnamese.quantities import Quantity, Unit
from sct.vietnamese.write import write_number, write_period, write_quantity
from sct.words import _

_PLAIN = re.compile(r"-?\d+(?:\.\d+)?")


def number(value: Fraction, unit: Unit, decimals: int) -> str:
    """A value in base units, written in `unit` without naming it."""
    return write_number(value if unit.factor == 1 else value / unit.factor, decimals)


def interval(found: Interval, like: Quantity) -> str:
    """ "22,3…22,5" in the unit of `like`, one digit finer than it is printed; an open end is ∞."""
    digits = like.decimals + 1
    if found.low == found.high and found.low is not None:
        return number(found.low, like.unit, like.decimals if _fits(found.low, like) else digits)
    low = "−∞" if found.low is None else number(found.low, like.unit, digits)
    high = "+∞" if found.high is None else number(found.high, like.unit, digits)
    return low if low == high else f"{low}…{high}"


_ENOUGH = 3  # digits after the comma that a person reads in a line of arithmetic


def intervals(computed: Interval, claimed: Interval, like: Quantity) -> tuple[str, str]:
    """Two intervals side by side: of a cell with nine digits no more than it takes to see whether they meet."""
    for decimals in range(min(like.decimals, _ENOUGH - 1), like.decimals):
        short = Quantity(like.number, like.unit, decimals)
        told = interval(computed, short), interval(claimed, short)
        if computed.meets(claimed) or told[0] != told[1]:
            return told
    return interval(computed, like), interval(claimed, like)


def _fits(value: Fraction, like: Quantity) -> bool:
    digits: Fraction = value / like.unit.factor * 10**like.decimals
    return digits.denominator == 1


def printed(statement: Statement) -> str:
    """The number of a statement as it stands in the text, without its unit: "7–8", "−11,5"."""
    unit, decimals = statement.quantity.unit, statement.quantity.decimals
    if statement.value is not None:
        return number(statement.value, unit, decimals)
    assert statement.low is not None and statement.high is not None
    return f"{number(statement.low, unit, decimals)}–{number(statement.high, unit, decimals)}"


def printed_with_unit(statement: Statement) -> str:
    """The same with its unit: "584,7 nghìn tỷ đồng"."""
    quantity = statement.quantity
    if statement.value is None:
        return with_unit(printed(statement), quantity.unit)
    return write_quantity(Quantity(statement.value / quantity.unit.factor, quantity.unit, quantity.decimals))


def in_unit(value: Fraction, printed_as: Quantity, unit: Unit) -> str:
    """A value in another unit, with the digits it was printed with: 750.000 tỷ in nghìn tỷ is 750,000."""
    if unit.dimension != printed_as.unit.dimension:
        return number(value, printed_as.unit, printed_as.decimals)
    ratio, decimals = printed_as.unit.factor / unit.factor, printed_as.decimals
    while ratio < 1:
        ratio, decimals = ratio * 10, decimals + 1
    return number(value, unit, decimals)


def with_unit(number: str, unit: Unit) -> str:
    """ "853,3 nghìn tỷ đồng", "6,2%"."""
    name = str(unit)
    return f"{number}{name}" if name[:1] == "%" else f"{number} {name}".strip()


def percent(claim: Statement) -> str:
    """The suffix of an interval of percents."""
    return "%" if claim.quantity.unit.dimension == "percent" else ""


def signed(printed: str) -> str:
    """A negative number in brackets, so that it can stand in a line of arithmetic."""
    return f"({printed})" if printed.startswith("-") else printed


def years(code: str | None) -> Interval:
    """How many years a period covers, as an exact interval: 5 for 2021/2025, 1 for a year or less."""
    if not code:
        return Interval.exact(Fraction(1))
    first, last = Period.parse(code).months
    return Interval.exact(Fraction(max(1, (last - first + 1) // 12)))


def times(factor: Fraction) -> str:
    """ "1/1.000" or "1.000" for a power of a thousand."""
    return write_number(factor, 0) if factor >= 1 else f"1/{write_number(1 / factor, 0)}"


def change(value: Fraction) -> str:
    """A signed change with one digit: "+51,2%"."""
    return f"{'+' if value > 0 else ''}{write_number(value, 1)}%"


def in_ledger() -> str:
    return _("sổ")


def of_figure(figure: Figure) -> str:
    """A figure of the ledger as it was printed, with its unit."""
    return write_quantity(figure.quantity)


def source_of(figure: Figure) -> str:
    """Where a figure of the ledger comes from and when it was published, short."""
    source = figure.origin.title or figure.origin.url or figure.origin.document
    when = str(figure.published) if figure.published else _("không rõ ngày")
    return f"{source}, {when}" if source else when


def period(code: str | None) -> str:
    """The period in words; "" for none."""
    return write_period(Period.parse(code)) if code else ""


def quoted(statement: Statement) -> str:
    """The words of the text between «»; the number of a workbook's cell as officials write it."""
    if "!" in statement.place:
        return f"«{cell_number(statement.quote)}»"
    return "«" + " ".join(statement.quote.split()) + "»"


def cell_number(text: str) -> str:
    """A number of a cell as officials write it, 18635236.68 → 18.635.236,68; other words as they are."""
    if _PLAIN.fullmatch(text) is None:
        return text
    return write_number(Fraction(text), len(text.partition(".")[2]))


def nearest(found: Interval, like: Quantity, sign: int = 1) -> str:
    """The value of the interval's middle rounded to the digits of the claim: what would make the relation hold."""
    if found.low is None or found.high is None:
        end = found.low if found.low is not None else found.high
        assert end is not None
        middle = end
    else:
        middle = (found.low + found.high) / 2
    return number(middle * sign, like.unit, like.decimals)


def what(statement: Statement) -> str:
    """The subject with its period, for a sentence."""
    when = period(statement.period)
    return _("{subject} {period}").format(subject=statement.subject, period=when).strip()
