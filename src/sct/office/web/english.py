"""The English of figures, units and periods for the switched screen: 853.3 trillion đồng; up 10.8% on the same period.

Writing only: what is read, and what is said in reports, is Vietnamese.
"""

from __future__ import annotations

from fractions import Fraction

from sct.catalogue.model import Transformation
from sct.vietnamese.periods import Period, PeriodKind
from sct.vietnamese.quantities import Quantity, Unit
from sct.vietnamese.write import round_half_up

_BOUNDS = {"gt": "more than ", "ge": "at least ", "lt": "less than ", "le": "at most ", "approx": "about "}
_AGAINST = {
    Transformation.YOY: "on the same period",
    Transformation.MOM: "on the period before",
    Transformation.SINCE_DECEMBER: "since December",
    Transformation.AVERAGE_YEARLY: "a year on average",
}
_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)


def number(value: Fraction, decimals: int) -> str:
    """1,021,145 and 853.3: digits as printed."""
    rounded = round_half_up(abs(value), decimals)
    scaled = int(rounded * 10**decimals)
    whole, part = divmod(scaled, 10**decimals)
    text = f"{whole:,}" + (f".{part:0{decimals}d}" if decimals else "")
    return f"−{text}" if value < 0 and scaled else text


def unit(one: Unit) -> str:
    """Its English name; đồng keeps its own spelling."""
    return (one.name_en or one.name).replace("dong", "đồng")


def amount(quantity: Quantity, comparator: str = "eq") -> str:
    """853.3 trillion đồng, 10.8%, more than 12,350."""
    name = unit(quantity.unit)
    text = _BOUNDS.get(comparator, "") + number(quantity.number, quantity.decimals)
    return text + ("%" if name in ("%", "percent") else f" {name}" if name else "")


def growth(change: Quantity, how: Transformation, comparator: str = "eq") -> str:
    """up 10.8% on the same period; down 4.2% on the period before; unchanged."""
    against = _AGAINST.get(how, "")
    if change.number == 0:
        return f"unchanged {against}".strip()
    verb = "down" if change.number < 0 else "up"
    return f"{verb} {amount(abs(change), comparator)} {against}".strip()


def period(one: Period) -> str:
    """2024, September 2024, Q3 2024, first half of 2024, January–September 2024, 2021–2025."""
    year = one.year
    match one.kind:
        case PeriodKind.MONTH:
            return f"{_MONTHS[one.number - 1]} {year}"
        case PeriodKind.QUARTER:
            return f"Q{one.number} {year}"
        case PeriodKind.HALF:
            return f"{'first' if one.number == 1 else 'second'} half of {year}"
        case PeriodKind.CUMULATIVE:
            return f"January–{_MONTHS[one.number - 1]} {year}"
        case PeriodKind.SPAN:
            return f"{year}–{one.number}"
        case _:
            return str(year)


def short(one: Period) -> str:
    """A period as an axis has room for: 2024, Q3/24, Jan–Sep 24, Sep 24."""
    year = f"{one.year % 100:02d}"
    match one.kind:
        case PeriodKind.MONTH:
            return f"{_MONTHS[one.number - 1][:3]} {year}"
        case PeriodKind.CUMULATIVE:
            return f"Jan–{_MONTHS[one.number - 1][:3]} {year}"
        case PeriodKind.HALF:
            return f"H{one.number}/{year}"
        case PeriodKind.QUARTER:
            return f"Q{one.number}/{year}"
        case _:
            return period(one)


def day(text: str) -> str:
    """18 Dec 2020, Dec 2020 or 2020, from 2020-12-18, 2020-12 or 2020."""
    year, *rest = text.split("-")
    words = [_MONTHS[int(rest[0]) - 1][:3]] if rest else []
    return " ".join([*([str(int(rest[1]))] if len(rest) > 1 else []), *words, year])
