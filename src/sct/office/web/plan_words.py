"""Words and marks of plans, targets, matters and reviews on the screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from sct.catalogue import load
from sct.catalogue.model import Comparator, Transformation
from sct.following.states import State
from sct.office.plans.models import Target
from sct.planning.aims import Nature
from sct.planning.standing import Status
from sct.vietnamese.write import write_number
from sct.words import _

STATUSES: dict[Status, tuple[str, str]] = {
    Status.REACHED: ("good", "✓"),
    Status.ON_TRACK: ("good", "→"),
    Status.SLOW: ("doubt", "!"),
    Status.AT_RISK: ("bad", "▲"),
    Status.MISSED: ("bad", "✕"),
    Status.UNDECIDED: ("doubt", "?"),
    Status.NO_FIGURE: ("none", "–"),
}
STATES: dict[State, tuple[str, str]] = {
    State.UNASSIGNED: ("none", "○"),
    State.WAITING: ("none", "…"),
    State.NOT_STARTED: ("none", "–"),
    State.RUNNING: ("blue", "→"),
    State.DUE_SOON: ("doubt", "!"),
    State.OVERDUE: ("bad", "✕"),
    State.DONE_IN_TIME: ("good", "✓"),
    State.DONE_LATE: ("doubt", "✓"),
    State.DONE: ("good", "✓"),
    State.REGULAR: ("blue", "↻"),
    State.SUSPENDED: ("none", "‖"),
    State.RECALLED: ("none", "⤺"),
}
BOARDS: dict[str, Callable[[], str]] = {
    "mine": lambda: _("Việc của tôi"),
    "unit": lambda: _("Đơn vị tôi"),
    "overdue": lambda: _("Quá hạn"),
    "week": lambda: _("Đến hạn tuần này"),
    "waiting": lambda: _("Chưa giao, chờ nhận"),
    "asked": lambda: _("Xin gia hạn"),
    "escalated": lambda: _("Đôn đốc quá 3 lần"),
    "regular": lambda: _("Thường xuyên"),
    "done": lambda: _("Đã xong"),
    "all": lambda: _("Tất cả"),
}
NATURES: dict[Nature, Callable[[], str]] = {
    Nature.LEVEL: lambda: _("mức trong kỳ"),
    Nature.GROWTH: lambda: _("tốc độ tăng"),
    Nature.SHARE: lambda: _("tỷ lệ"),
    Nature.STOCK: lambda: _("số có tại một thời điểm"),
    Nature.COUNT: lambda: _("số thực hiện trong kỳ"),
    Nature.AVERAGE: lambda: _("bình quân năm"),
}
COMPARATORS: dict[Comparator, Callable[[], str]] = {
    Comparator.EQ: lambda: _("bằng"),
    Comparator.GE: lambda: _("ít nhất"),
    Comparator.LE: lambda: _("không quá"),
    Comparator.GT: lambda: _("trên"),
    Comparator.LT: lambda: _("dưới"),
    Comparator.APPROX: lambda: _("khoảng"),
}
WAYS: dict[Transformation, Callable[[], str]] = {
    Transformation.LEVEL: lambda: _("mức, số lượng"),
    Transformation.YOY: lambda: _("tốc độ tăng so với năm trước"),
    Transformation.AVERAGE_YEARLY: lambda: _("tăng bình quân năm"),
    Transformation.SHARE: lambda: _("tỷ trọng, tỷ lệ"),
}
METHODS: dict[str, Callable[[], str]] = {
    "held_growth": lambda: _("mức tăng từ đầu năm giữ đến cuối năm"),
    "seasonal_naive": lambda: _("phần còn lại bằng phần còn lại năm trước"),
    "usual_share": lambda: _("phần đã qua chiếm tỷ lệ như các năm trước"),
}
CHECKS: dict[str, Callable[[], str]] = {
    "unsent": lambda: _("Báo cáo của đơn vị chưa gửi"),
    "sections": lambda: _("Phần báo cáo chưa có số liệu"),
    "missing": lambda: _("Chỉ tiêu chưa có số liệu"),
    "conflicts": lambda: _("Số liệu chưa thống nhất"),
    "stale": lambda: _("Đơn vị chưa báo tiến độ"),
    "findings": lambda: _("Phát hiện trong văn bản chưa xử lý"),
    "papers": lambda: _("Mục chương trình chưa có tài liệu"),
    "last": lambda: _("Kết luận kỳ trước quá hạn hoặc xong muộn"),
}


def asks(target: Target) -> str:
    """What a target asks, as papers write it: tăng 7-8%; ít nhất 20 cụm; không quá 3,4%; 43 cụm."""
    unit = load().unit(target.unit)
    grows = Transformation(target.transformation) in (Transformation.YOY, Transformation.AVERAGE_YEARLY)
    low, high = (
        None if not text else write_number(Fraction(text) / unit.factor, target.decimals)
        for text in (target.low, target.high)
    )
    words = {Comparator.GE: "ít nhất", Comparator.GT: "trên", Comparator.LE: "không quá", Comparator.LT: "dưới"}
    number = f"{low}-{high}" if low and high and low != high else (low or high or "")
    verb = "tăng" if grows and not number.startswith("-") else ""
    told = f"{verb} {words.get(Comparator(target.comparator), '')} {number}".split()
    text = " ".join(told)
    return text + (unit.name if unit.name == "%" else f" {unit.name}" if unit.name else "")


def against(target: Target, result: Fraction) -> str:
    """A result beside what a target asked: percent of plan, or the distance in points."""
    percent = target.aim.percent(result)
    if percent is not None:
        return _("bằng {percent}% kế hoạch").format(percent=write_number(percent, 1))
    gap = target.aim.gap(result)
    verb = _("cao hơn {points} điểm phần trăm") if gap >= 0 else _("thấp hơn {points} điểm phần trăm")
    return verb.format(points=write_number(abs(gap), 2))


def amount(value: Fraction, target: Target, decimals: int | None = None) -> str:
    """A value in the unit of a target."""
    unit = load().unit(target.unit)
    places = max(target.decimals, 1 if target.nature in ("level", "growth") else 0) if decimals is None else decimals
    text = write_number(value / unit.factor, places)
    return text + (unit.name if unit.name == "%" else f" {unit.name}" if unit.name else "")


def time_left(due: date | None, today: date) -> str:
    """còn 5 ngày, hôm nay, quá 3 ngày."""
    if due is None:
        return ""
    days = (due - today).days
    if days == 0:
        return _("hôm nay")
    return _("còn {n} ngày").format(n=days) if days > 0 else _("quá {n} ngày").format(n=-days)
