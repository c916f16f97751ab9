"""Figures as an official writes them; what is written here, `scan` and `scan_periods` read back.

"853,3 nghìn tỷ đồng", "tăng 10,8%", "đóng góp 0,82 điểm phần trăm", "07 cụm", "9 tháng đầu năm 2024"
(domain rules §6.3, §7). Numbers are rounded half away from zero, as statistics offices print them.
"""

from __future__ import annotations

from fractions import Fraction

from sct.errors import UserError
from sct.vietnamese.numerals import number_words
from sct.vietnamese.periods import Period, PeriodKind
from sct.vietnamese.quantities import Quantity
from sct.words import _

ROMAN = ("", "I", "II", "III", "IV")
# One wording for each comparator; `sct.vietnamese.phrases.QUALIFIERS` knows the others.
QUALIFIER = {"eq": "", "gt": "hơn", "ge": "ít nhất", "lt": "dưới", "le": "không quá", "approx": "khoảng"}


def round_half_up(number: Fraction, decimals: int = 0) -> Fraction:
    """Rounded to `decimals` digits, halves away from zero."""
    return Fraction(_steps(number, decimals), 10**decimals)


def _steps(number: Fraction, decimals: int) -> int:
    """The number in units of its last digit, rounded; whole numbers alone, since much is written."""
    top, bottom = number.numerator, number.denominator
    whole: int = (abs(top) * 2 * 10**decimals + bottom) // (2 * bottom)
    return whole if top >= 0 else -whole


def write_number(number: Fraction, decimals: int = 0, *, pad: int = 0) -> str:
    """3060.7 → "3.060,7"; `pad` fills whole numbers with zeros to that many digits ("07")."""
    steps = _steps(number, decimals)
    whole, part = divmod(abs(steps), 10**decimals)
    text = f"{whole:,}".replace(",", ".") if whole >= 1000 else f"{whole:0{pad or 1}d}"
    if decimals:
        text += f",{part:0{decimals}d}"
    return f"-{text}" if steps < 0 else text


def write_quantity(quantity: Quantity, *, pad: bool = False, in_words: bool = False) -> str:
    """ "3.060,7 nghìn tỷ đồng"; counts below ten as "07 cụm" with `pad`, as "bảy cụm" with `in_words`."""
    number, decimals = quantity.number, quantity.decimals
    if in_words and number.denominator == 1 and decimals == 0 and number >= 0:
        text = number_words(int(number))
    else:
        text = write_number(number, decimals, pad=2 if pad and quantity.unit.counted and not decimals else 0)
    return _joined(text, quantity.unit.name)


def _joined(text: str, name: str) -> str:
    return f"{text}{name}" if name[:1] in {"%", ""} else f"{text} {name}"


def write_range(low: Quantity, high: Quantity, *, spoken: bool = False) -> str:
    """ "7-8%", or with `spoken` "từ 30 đến 40 điểm"; both ends in one unit."""
    if low.unit != high.unit:
        raise UserError("units-differ", _("Hai đầu của khoảng phải cùng đơn vị"), value=f"{low.unit} / {high.unit}")
    first, last = write_number(low.number, low.decimals), write_number(high.number, high.decimals)
    return _joined(f"từ {first} đến {last}" if spoken else f"{first}-{last}", low.unit.name)


def write_amount(low: Quantity, comparator: str = "eq", high: Quantity | None = None) -> str:
    """A quantity with its qualifier: "hơn 12,4 triệu TEU", "ít nhất 20 cụm", "từ 30 đến 40 điểm"."""
    if comparator == "range" and high is not None:
        return write_range(low, high, spoken=True)
    return f"{QUALIFIER[comparator]} {write_quantity(low)}".strip()


def write_growth(change: Quantity, *, high: Quantity | None = None, comparator: str = "eq") -> str:
    """ "tăng 7,9%", "giảm 11,5%", "không đổi"; any unit ("tăng 4 triệu tấn"), a range as "tăng 7-8%"."""
    if change.number == 0 and high is None:
        return "không đổi"
    falls = min(change.number, high.number if high is not None else change.number) < 0
    verb = "giảm" if falls else "tăng"
    if high is not None:
        ends = sorted((abs(change), abs(high)), key=lambda q: q.value)
        return f"{verb} {write_range(*ends)}"
    return f"{verb} {write_amount(abs(change), comparator)}"


def write_contribution(points: Quantity) -> str:
    """ "đóng góp 0,82 điểm phần trăm", "làm giảm 0,02 điểm phần trăm"."""
    verb = "làm giảm" if points.number < 0 else "đóng góp"
    return f"{verb} {write_quantity(abs(points))}"


def write_share(share: Quantity, comparator: str = "eq") -> str:
    """ "chiếm 38%", "chiếm khoảng 38%"."""
    return f"chiếm {write_amount(share, comparator)}"


def write_multiple(times: Quantity, comparator: str = "eq") -> str:
    """ "gấp 1,9 lần"."""
    return f"gấp {write_amount(times, comparator)}"


def write_index(percent: Quantity) -> str:
    """ "bằng 105,4% so với cùng kỳ"."""
    return f"bằng {write_quantity(percent)} so với cùng kỳ"


def write_plan(percent: Quantity) -> str:
    """Percent of plan reached: "đạt 95,3% kế hoạch"."""
    return f"đạt {write_quantity(percent)} kế hoạch"


def write_difference(points: Quantity) -> str:
    """ "cao hơn 0,91 điểm phần trăm", "thấp hơn 1,2 điểm phần trăm"."""
    return f"{'thấp' if points.number < 0 else 'cao'} hơn {write_quantity(abs(points))}"


def write_part(part: Quantity, whole: Quantity) -> str:
    """ "26/30 quận"."""
    first, last = write_number(part.number, part.decimals), write_number(whole.number, whole.decimals)
    return _joined(f"{first}/{last}", part.unit.name)


def write_period(period: Period) -> str:
    """ "tháng 9/2024", "quý III/2024", "nửa đầu năm 2024", "6 tháng cuối năm 2024", "9 tháng đầu năm 2024",
    "12 tháng năm 2024", "năm 2024", "giai đoạn 2021-2025"."""
    year, number = period.year, period.number
    match period.kind:
        case PeriodKind.MONTH:
            return f"tháng {number}/{year}"
        case PeriodKind.QUARTER:
            return f"quý {ROMAN[number]}/{year}"
        case PeriodKind.HALF:
            return f"nửa đầu năm {year}" if number == 1 else f"6 tháng cuối năm {year}"
        case PeriodKind.CUMULATIVE:
            return f"{number} tháng {'' if number == 12 else 'đầu '}năm {year}"
        case PeriodKind.SPAN:
            return f"giai đoạn {year}-{number}"
        case _:
            return f"năm {year}"
