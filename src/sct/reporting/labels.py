"""Words of an official document for stages, transformations and comparators.

A report is written in Vietnamese whatever the language of the screen, so these are not translated.
"""

from __future__ import annotations

import re

from sct.catalogue.model import Comparator, Figure, PartialDate, SeriesKey, Stage, Transformation
from sct.errors import UserError
from sct.reporting.known import Names, Value
from sct.vietnamese.periods import Period, PeriodKind
from sct.vietnamese.quantities import Quantity
from sct.vietnamese.write import write_number, write_quantity

STAGES = {
    Stage.ESTIMATE: "ước tính",
    Stage.PRELIMINARY: "sơ bộ",
    Stage.OFFICIAL: "chính thức",
    Stage.REPORTED: "đã công bố",
    Stage.PLAN: "kế hoạch",
    Stage.FORECAST: "dự báo",
    Stage.COMPUTED: "tính từ sổ",
}
RECKONED = STAGES[Stage.COMPUTED]
TRANSFORMATIONS = {
    Transformation.LEVEL: "",
    Transformation.MOM: "so với kỳ trước",
    Transformation.YOY: "so với cùng kỳ năm trước",
    Transformation.SINCE_DECEMBER: "so với tháng 12 năm trước",
    Transformation.AVERAGE_YEARLY: "tăng bình quân năm",
    Transformation.CONTRIBUTION: "đóng góp vào mức tăng chung",
    Transformation.SHARE: "tỷ trọng",
    Transformation.GROWTH_SHARE: "tỷ lệ trong mức tăng chung",
    Transformation.INDEX: "chỉ số",
    Transformation.PROGRESS: "so với kế hoạch",
}
COMPARATORS = {
    Comparator.EQ: "",
    Comparator.GT: "hơn ",
    Comparator.GE: "ít nhất ",
    Comparator.LT: "dưới ",
    Comparator.LE: "không quá ",
    Comparator.APPROX: "khoảng ",
    Comparator.RANGE: "",
}
GROWTHS = frozenset(
    {Transformation.MOM, Transformation.YOY, Transformation.SINCE_DECEMBER, Transformation.AVERAGE_YEARLY}
)
_HOW = {item.value for item in Transformation}
ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def amount(quantity: Quantity) -> str:
    """The amount as printed; counted things print the bare number, their noun stands in the sentence."""
    return number(quantity) if quantity.unit.counted else write_quantity(quantity)


def number(quantity: Quantity) -> str:
    """The number alone, with its printed digits."""
    return write_number(quantity.number, quantity.decimals)


def span(value: Value, *, unit: bool = True) -> str:
    """One figure, or "15 đến 20 …" for the two ends of a range; without comparator."""
    write = amount if unit else number
    if len(value.figures) == 1:
        return write(value.figure.quantity)
    low, high = (figure.quantity for figure in value.figures)
    return f"{number(low)} đến {write(high)}" if unit else f"{number(low)}–{number(high)}"


def bound(value: Value) -> str:
    """The words before the amount: hơn, khoảng, từ …"""
    figure = value.figure
    if len(value.figures) == 2:
        return "từ "
    if figure.bound:
        return "từ " if figure.bound == "lower" else "không quá "
    return COMPARATORS[figure.comparator]


def series_name(names: Names, series: SeriesKey) -> str:
    """The name of the series in the catalogue."""
    return names.name_of(series.indicator, series.breakdown)


_TERM = re.compile(r"([a-z][a-z0-9_]*)(?:\[([^\]]+)\])?((?:\.[a-z_]+)*)\(([^()]+)\)(\.plan)?")


def formula(names: Names, text: str) -> str:
    """A formula with names and periods in place of codes: "Kim ngạch xuất khẩu (10 tháng 2024) / …"."""
    return _TERM.sub(lambda found: _term(names, found), text)


def _term(names: Names, found: re.Match[str]) -> str:
    code, breakdown, how, period, plan = found.groups()
    try:
        words = [names.name_of(code, breakdown or ""), f"({period_name(Period.parse(period))})"]
    except UserError:
        return found[0]  # a function of the grammar, not a series
    kind = TRANSFORMATIONS.get(Transformation(how[1:])) if how[1:] in _HOW else ""
    words[1:1] = [f"– {kind}"] if kind else []
    return " ".join([*words, "theo kế hoạch"] if plan else words)


def period_name(period: Period) -> str:
    """Short form for tables: Quý I/2024, Tháng 3/2024, 11 tháng 2024, 2024."""
    match period.kind:
        case PeriodKind.MONTH:
            return f"Tháng {period.number}/{period.year}"
        case PeriodKind.QUARTER:
            return f"Quý {ROMAN[period.number]}/{period.year}"
        case PeriodKind.HALF:
            return f"6 tháng {'đầu' if period.number == 1 else 'cuối'} năm {period.year}"
        case PeriodKind.CUMULATIVE:
            return f"{period.number} tháng {period.year}"
        case PeriodKind.SPAN:
            return f"{period.year}–{period.number}"
        case _:
            return f"Năm {period.year}"


def day(published: PartialDate | None) -> str:
    """05/01/2025, 01/2025 or 2025."""
    return "/".join(reversed(published.text.split("-"))) if published else ""


def told(figure: Figure) -> str:
    """A vintage in a few words: value, stage, when and where it was published."""
    when = day(figure.published)
    parts = [amount(figure.quantity), f"({STAGES[figure.stage]}{', ' + when if when else ''})"]
    return " ".join(parts)


def unit_column(value: Value) -> str:
    """The unit as a table's column prints it; a bare count is "số lượng"."""
    unit = value.figure.quantity.unit
    return unit.name or "số lượng"


def sentence_case(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]
