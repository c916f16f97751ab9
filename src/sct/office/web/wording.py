"""Words of the screen for figures: value, stage, way of telling, where its card stands."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from urllib.parse import quote, urlsplit

from django.urls import reverse
from django.utils.translation import get_language

from sct.catalogue import load
from sct.catalogue.model import Figure, Indicator, Kind, SeriesKey, Stage, Transformation
from sct.office.web import english as in_english
from sct.proofing.finding import Verdict
from sct.reporting import targets
from sct.vietnamese.periods import Period
from sct.vietnamese.quantities import Unit
from sct.vietnamese.write import write_amount, write_growth, write_number, write_period
from sct.words import _

GROWTHS = frozenset(
    {Transformation.MOM, Transformation.YOY, Transformation.SINCE_DECEMBER, Transformation.AVERAGE_YEARLY}
)

STAGES: dict[Stage, Callable[[], str]] = {
    Stage.ESTIMATE: lambda: _("ước"),
    Stage.PRELIMINARY: lambda: _("sơ bộ"),
    Stage.OFFICIAL: lambda: _("chính thức"),
    Stage.REPORTED: lambda: _("đã báo cáo"),
    Stage.PLAN: lambda: _("kế hoạch"),
    Stage.FORECAST: lambda: _("dự báo"),
    Stage.COMPUTED: lambda: _("tính"),
}
TRANSFORMATIONS: dict[Transformation, Callable[[], str]] = {
    Transformation.LEVEL: lambda: _("Mức"),
    Transformation.MOM: lambda: _("So với kỳ trước"),
    Transformation.YOY: lambda: _("So với cùng kỳ"),
    Transformation.SINCE_DECEMBER: lambda: _("So với tháng 12 năm trước"),
    Transformation.AVERAGE_YEARLY: lambda: _("Bình quân năm"),
    Transformation.CONTRIBUTION: lambda: _("Đóng góp vào tăng trưởng"),
    Transformation.SHARE: lambda: _("Tỷ trọng"),
    Transformation.GROWTH_SHARE: lambda: _("Phần trong mức tăng"),
    Transformation.INDEX: lambda: _("Chỉ số"),
    Transformation.PROGRESS: lambda: _("So với kế hoạch"),
}
KINDS: dict[Kind, Callable[[], str]] = {
    Kind.FLOW: lambda: _("cộng dồn theo tháng"),
    Kind.STOCK: lambda: _("đếm tại một thời điểm"),
    Kind.INDEX: lambda: _("chỉ số, không cộng"),
    Kind.RATE: lambda: _("tỷ lệ, tính lại từ các phần"),
    Kind.SHARE: lambda: _("tỷ trọng, tính lại từ các phần"),
    Kind.COUNT: lambda: _("số lần trong kỳ, cộng dồn"),
}


def said(figure: Figure) -> str:
    """A figure as an official writes it: 853,3 nghìn tỷ đồng; tăng 10,8%; 0,82 điểm phần trăm; hơn 12.350."""
    quantity, how, comparator = figure.quantity, figure.transformation, figure.comparator.value
    if how in GROWTHS and english():
        return in_english.growth(quantity, how, comparator)
    if how in GROWTHS:
        return write_growth(quantity, comparator=comparator)
    return in_english.amount(quantity, comparator) if english() else write_amount(quantity, comparator)


def brief(figure: Figure) -> str:
    """As `said`, where a heading tells already what a growth is against."""
    quantity, how = figure.quantity, figure.transformation
    if how in GROWTHS and english():
        return in_english.growth(quantity, Transformation.LEVEL, figure.comparator.value)
    return said(figure)


def number(value: Fraction, decimals: int) -> str:
    """The digits of a number, the way of the screen's language."""
    if english():
        return in_english.number(value, decimals)
    text = write_number(abs(value), decimals)
    return "−" + text if value < 0 else text


def counted(value: int) -> str:
    """A counted number with its thousands apart, the way of the screen's language."""
    return number(Fraction(value), 0)


def unit(one: Unit) -> str:
    return in_english.unit(one) if english() else one.name


def period(one: Period) -> str:
    """A period within a sentence: quý I/2024, 9 tháng đầu năm 2024; the first half as officials call it."""
    if english():
        return in_english.period(one)
    return write_period(Period.through(one.year, 6) if one == Period.of_half(one.year, 1) else one)


def day(text: str) -> str:
    """18-12-2020, 12-2020 or 2020, as papers write it, from an ISO day, month or year."""
    return in_english.day(text) if english() else "-".join(reversed(text.split("-")))


def bare(figure: Figure) -> str:
    """The signed number alone, for the lower end of a range or a label in a chart."""
    return number(figure.quantity.number, figure.quantity.decimals)


def digits(figure: Figure) -> str:
    """The size of a number without sign and unit: the lower end of a range told by a verb."""
    return number(abs(figure.quantity.number), figure.quantity.decimals)


def parts(figure: Figure) -> tuple[str, str]:
    """Verb and amount: ("tăng ", "8%"); ("", "15 cụm")."""
    text = said(figure)
    verb, space, amount = text.partition(" ")
    return (verb + space, amount) if figure.transformation in GROWTHS and amount else ("", text)


def name(indicator: Indicator, breakdown: str = "") -> str:
    """The indicator's name in the language of the screen, with the member of a breakdown behind it."""
    text = indicator.name_en if english() and indicator.name_en else indicator.name
    return f"{text}: {member(breakdown)}" if breakdown else text


def member(breakdown: str) -> str:
    """`commodity:textiles` as words."""
    found = load().breakdowns.get(breakdown)
    if found is None:
        return breakdown
    return found.name_en if english() and found.name_en else found.name


def series_name(key: SeriesKey) -> str:
    """A series in the language of the screen: its view's name if it has one, else indicator and member."""
    catalogue = load()
    if not english():
        return catalogue.name_of(key.indicator, key.breakdown)
    return name(catalogue.indicator(key.indicator), key.breakdown)


def english() -> bool:
    return (get_language() or "vi").startswith("en")


def host(address: str) -> str:
    """The site of an address, for a source without a title."""
    return urlsplit(address).netloc.removeprefix("www.")


# What importers note about a figure, in words; anything else is shown as it is.
_NOTES: tuple[tuple[str, Callable[[], str]], ...] = (
    ("source_says_more_than", lambda: _("nguồn nói “hơn”")),
    ("source_says_nearly", lambda: _("nguồn nói “gần”")),
    ("source_says_approximately", lambda: _("nguồn nói “khoảng”")),
    ("year_inferred", lambda: _("năm suy từ các số bên cạnh, đoạn trích không in năm")),
    ("misprint", lambda: _("có thể nguồn in nhầm")),
)
_BASES: dict[str, Callable[[], str]] = {
    "vs_same_period_previous_year": lambda: _("so với cùng kỳ năm trước"),
    "vs_previous_month": lambda: _("so với tháng trước"),
    "current_prices": lambda: _("giá hiện hành"),
    "constant_prices": lambda: _("giá so sánh"),
    "contribution_to_grdp_growth": lambda: _("đóng góp vào tăng trưởng GRDP"),
    "growth_vs_previous_year": lambda: _("mức tăng so với năm trước"),
    "growth_average_per_year": lambda: _("mức tăng bình quân mỗi năm"),
    "average_per_year": lambda: _("bình quân mỗi năm"),
    "share": lambda: _("tỷ trọng"),
}


def note(text: str) -> str:
    """A note of the import in words."""
    said = [words() for key, words in _NOTES if key in text]
    return "; ".join(said) or text.replace("_", " ")


def basis(code: str) -> str:
    words = _BASES.get(code)
    return words() if words else code.replace("_", " ")


def card_address(figure: Figure) -> str:
    """Where the figure card stands: by observation, or by cell for a computed one."""
    if figure.id:
        return reverse("figure", args=[figure.id])
    key = figure.series
    address = reverse(
        "computed", args=[key.indicator, key.area, quote(figure.period.code, safe=""), figure.transformation.value]
    )
    return address + (f"?pt={quote(key.breakdown)}" if key.breakdown else "")


# -- pages ------------------------------------------------------------------------------------------------

FREQUENCIES: dict[str, Callable[[], str]] = {
    "nam": lambda: _("Theo năm"),
    "quy": lambda: _("Theo quý"),
    "luyke": lambda: _("Lũy kế"),
    "thang": lambda: _("Theo tháng"),
}
# Judgement of a target (sct.reporting.targets) → class of its tag and the mark beside the word.
JUDGEMENTS: dict[str, tuple[str, str, Callable[[], str]]] = {
    targets.REACHED: ("good", "✓", lambda: _("đạt")),
    targets.EXCEEDED: ("good", "✓", lambda: _("vượt")),
    targets.MISSED: ("bad", "✕", lambda: _("không đạt")),
    targets.UNDECIDED: ("doubt", "?", lambda: _("chưa đủ căn cứ")),
    targets.PARTIAL: ("doubt", "…", lambda: _("chưa có số liệu cả năm")),
    targets.NO_FIGURE: ("none", "–", lambda: _("chưa có số liệu")),
}
DISAGREEMENTS: dict[str, tuple[str, str, Callable[[], str]]] = {
    "contradictory": ("bad", "✕", lambda: _("không cùng đúng được")),
    "reconcilable": ("doubt", "!", lambda: _("có thể cùng đúng")),
    "forecast": ("none", "–", lambda: _("dự báo và kết quả")),
}


VERDICTS: dict[Verdict, tuple[str, str, Callable[[], str]]] = {
    Verdict.WRONG: ("bad", "✕", lambda: _("lỗi")),
    Verdict.DOUBT: ("doubt", "!", lambda: _("nghi")),
    Verdict.HINT: ("blue", "→", lambda: _("gợi ý")),
    Verdict.HOLDS: ("good", "✓", lambda: _("khớp")),
    Verdict.UNCHECKED: ("none", "–", lambda: _("chưa kiểm được")),
}
GROUPS: dict[str, Callable[[], str]] = {
    "growth": lambda: _("Tăng trưởng và công nghiệp"),
    "trade": lambda: _("Thương mại, dịch vụ, giá cả"),
    "foreign_trade": lambda: _("Xuất nhập khẩu"),
    "clusters": lambda: _("Cụm công nghiệp, làng nghề, sản phẩm"),
    "infrastructure": lambda: _("Hạ tầng thương mại"),
    "energy": lambda: _("Năng lượng"),
    "control": lambda: _("Quản lý thị trường, an toàn"),
}


MEASURES: dict[str, Callable[[], str]] = {
    "level": lambda: _("mức"),
    "growth_pct": lambda: _("tăng, giảm theo phần trăm"),
    "change_abs": lambda: _("tăng, giảm theo lượng"),
    "contribution_pp": lambda: _("đóng góp, điểm phần trăm"),
    "share_pct": lambda: _("tỷ trọng"),
    "multiple": lambda: _("số lần"),
    "index": lambda: _("chỉ số"),
    "plan_pct": lambda: _("phần trăm kế hoạch"),
}
STATUSES: dict[str, Callable[[], str]] = {
    "actual": lambda: _("thực hiện"),
    "estimate": lambda: _("ước"),
    "plan": lambda: _("kế hoạch"),
    "forecast": lambda: _("dự báo"),
}


def measure(code: str) -> str:
    words = MEASURES.get(code)
    return words() if words else code


def status(code: str) -> str:
    words = STATUSES.get(code)
    return words() if words else code


AGENCIES: dict[str, Callable[[], str]] = {
    "CTK": lambda: _("cơ quan thống kê"),
    "SCT": lambda: _("Sở Công Thương"),
    "UBNDX": lambda: _("UBND cấp xã"),
    "NNMT": lambda: _("Sở Nông nghiệp và Môi trường"),
    "QLTT": lambda: _("quản lý thị trường"),
    "CDT": lambda: _("chủ đầu tư"),
    "KCN": lambda: _("ban quản lý khu công nghiệp"),
    "BCT": lambda: _("Bộ Công Thương"),
    "STC": lambda: _("Sở Tài chính"),
    "DN": lambda: _("doanh nghiệp"),
    "SNV": lambda: _("Sở Nội vụ"),
    "NHNN": lambda: _("Ngân hàng Nhà nước"),
}


def agency(code: str) -> str:
    """The office that publishes an indicator; a code without a name here is shown as it is."""
    words = AGENCIES.get(code)
    return words() if words else code


def group_name(code: str) -> str:
    """The name of a group of indicators; one without a name here is shown by its code."""
    words = GROUPS.get(code)
    return words() if words else code or _("Các chỉ tiêu khác")


def change(difference: Fraction | None, relative: Fraction | None) -> str:
    """The size of a revision: in per cent of the value before, in points where the value is itself in per cent."""
    if difference is None:
        return ""
    number = relative if relative is not None else difference
    sign = "+" if number > 0 else "−"
    text = write_number(abs(number), 2)
    return f"{sign}{text}%" if relative is not None else _("{sign}{number} điểm %").format(sign=sign, number=text)
