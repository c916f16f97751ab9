"""The status of a target, computed, with its reason in words.

Đạt, đúng tiến độ, chậm, nguy cơ, không đạt, chưa có số liệu; "chưa đủ căn cứ" where the result is told too loosely.
A part of the year never counts as a failed year; a count or a flow that is already there counts as reached.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from sct.planning.aims import Aim, Nature, Verdict
from sct.vietnamese.periods import Period
from sct.vietnamese.write import write_number, write_period
from sct.words import _


class Status(Enum):
    """Tình trạng của chỉ tiêu."""

    REACHED = "reached"
    ON_TRACK = "on_track"
    SLOW = "slow"
    AT_RISK = "at_risk"
    MISSED = "missed"
    UNDECIDED = "undecided"
    NO_FIGURE = "no_figure"

    @property
    def words(self) -> str:
        return _WORDS[self]()


_WORDS = {
    Status.REACHED: lambda: _("đạt"),
    Status.ON_TRACK: lambda: _("đúng tiến độ"),
    Status.SLOW: lambda: _("chậm"),
    Status.AT_RISK: lambda: _("nguy cơ"),
    Status.MISSED: lambda: _("không đạt"),
    Status.UNDECIDED: lambda: _("chưa đủ căn cứ"),
    Status.NO_FIGURE: lambda: _("chưa có số liệu"),
}


@dataclass(frozen=True, slots=True)
class Limits:
    """From where a target counts as slow or at risk: chances (0..1), parts of the path (0..1), points short."""

    chance_on_track: Fraction = Fraction(1, 2)
    chance_at_risk: Fraction = Fraction(1, 5)
    path_on_track: Fraction = Fraction(95, 100)
    path_at_risk: Fraction = Fraction(80, 100)
    points_at_risk: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of a target's result: its period, and all it may be (`aims.may_be`), in the target's unit.

    `at_least` tells a count of a register that nobody has said to be complete: what it lacks can only add to it.
    """

    period: Period
    ends: tuple[Fraction | None, ...]
    at_least: bool = False

    @property
    def value(self) -> Fraction:
        return next((end for end in self.ends if end is not None), Fraction(0))


@dataclass(frozen=True, slots=True)
class Outlook:
    """Status and reason, with the numbers they rest on: percent of plan, gap, expected by now, needed, chance."""

    status: Status
    reason: str
    percent: Fraction | None = None
    gap: Fraction | None = None
    expected: Fraction | None = None
    needed: Fraction | None = None
    chance: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """Of a year under way: the level expected by now, the growth needed of the rest, the chance to reach the target."""

    expected: Fraction | None = None
    needed: Fraction | None = None
    chance: Fraction | None = None


def judge(
    aim: Aim,
    period: Period,
    seen: Seen | None,
    *,
    over: bool,
    course: Course | None = None,
    limits: Limits | None = None,
) -> Outlook:
    """The status of a target of `period` given what is known; `over` tells that the period has ended.

    `course` may be left out; then levels are held against an even path and growths against the target itself.
    """
    course, limits = course or Course(), limits or Limits()
    if seen is None:
        return Outlook(Status.NO_FIGURE, _("Chưa có số liệu nào của {period}").format(period=write_period(period)))
    percent, gap = aim.percent(seen.value), aim.gap(seen.value)
    verdict = aim.verdict_of(seen.ends)
    if seen.at_least and verdict not in (Verdict.REACHED, Verdict.EXCEEDED):
        return Outlook(
            Status.UNDECIDED, _("Sổ bộ mới ghi được ngần ấy, chưa ai nói đã đủ hồ sơ; số thật có thể lớn hơn")
        )
    if seen.period.months == period.months:
        return Outlook(_FINAL[verdict], _final_words(aim, verdict, percent, gap), percent, gap)
    if _adds(aim) and not aim.is_ceiling and verdict in (Verdict.REACHED, Verdict.EXCEEDED):
        words = _("{period} đã bằng {percent}% kế hoạch").format(period=_when(seen), percent=_one(percent))
        return Outlook(Status.REACHED, words, percent, gap)
    if over:
        words = _("Mới có số liệu {period}, chưa có số liệu cả kỳ").format(period=_when(seen))
        return Outlook(Status.NO_FIGURE, words, percent, gap)
    return _under_way(aim, period, seen, course, limits)


_FINAL = {
    Verdict.REACHED: Status.REACHED,
    Verdict.EXCEEDED: Status.REACHED,
    Verdict.MISSED: Status.MISSED,
    Verdict.UNDECIDED: Status.UNDECIDED,
}


def _adds(aim: Aim) -> bool:
    return aim.nature in (Nature.LEVEL, Nature.COUNT)


def _when(seen: Seen) -> str:
    text = write_period(seen.period)
    return text[:1].upper() + text[1:]


def _one(number: Fraction | None) -> str:
    return "–" if number is None else write_number(number, 1)


def _final_words(aim: Aim, verdict: Verdict, percent: Fraction | None, gap: Fraction) -> str:
    if verdict is Verdict.UNDECIDED:
        return _("Kết quả được nói ước chừng, có thể đạt hoặc không")
    if percent is not None:
        return _("Bằng {percent}% kế hoạch").format(percent=_one(percent))
    short = verdict is Verdict.MISSED
    if gap == 0:
        return _("Vừa bằng kế hoạch")
    better = short == aim.is_ceiling  # a ceiling missed lies above it, a floor missed below
    text = _("Cao hơn kế hoạch {gap} điểm phần trăm") if better else _("Thấp hơn kế hoạch {gap} điểm phần trăm")
    return text.format(gap=write_number(abs(gap), 2))


def _under_way(aim: Aim, period: Period, seen: Seen, course: Course, limits: Limits) -> Outlook:
    percent, gap = aim.percent(seen.value), aim.gap(seen.value)
    expected = course.expected if course.expected is not None else _even(aim, period, seen)

    def told(status: Status, reason: str) -> Outlook:
        return Outlook(status, reason, percent, gap, expected, course.needed, course.chance)

    if course.chance is not None:
        status = _by_chance(course.chance, limits)
        words = _("{period}: khả năng đạt {chance}% theo các năm trước").format(
            period=_when(seen), chance=write_number(course.chance * 100)
        )
        return told(status, _with_need(words, course))
    if expected is not None and expected > 0 and not aim.is_ceiling:
        part = seen.value / expected
        status = Status.ON_TRACK if part >= limits.path_on_track else Status.SLOW
        status = Status.AT_RISK if part < limits.path_at_risk else status
        words = _("{period} bằng {part}% mức cần có đến lúc đó").format(period=_when(seen), part=_one(part * 100))
        return told(status, _with_need(words, course))
    if gap >= 0:
        return told(Status.ON_TRACK, _("{period} đã ở mức của kế hoạch").format(period=_when(seen)))
    if percent is not None:  # a stock: what is short of it is no point of a rate
        short = Status.AT_RISK if seen.value / aim.least < limits.path_at_risk else Status.SLOW
        return told(short, _("{period} bằng {percent}% kế hoạch").format(period=_when(seen), percent=_one(percent)))
    status = Status.AT_RISK if -gap > limits.points_at_risk else Status.SLOW
    words = _("{period} còn kém kế hoạch {gap} điểm phần trăm").format(period=_when(seen), gap=write_number(-gap, 2))
    return told(status, _with_need(words, course))


def _with_need(words: str, course: Course) -> str:
    if course.needed is None:
        return words
    verb = _("giảm không quá") if course.needed < 0 else _("tăng")
    return (
        words
        + "; "
        + _("phần còn lại của năm phải {verb} {need}%").format(verb=verb, need=write_number(abs(course.needed), 2))
    )


def _even(aim: Aim, period: Period, seen: Seen) -> Fraction | None:
    """Levels and counts without a season behind them: the same each month."""
    if not _adds(aim):
        return None
    first, last = period.months
    passed = seen.period.months[1] - first + 1
    return aim.least * passed / (last - first + 1) if passed > 0 else None


def _by_chance(chance: Fraction, limits: Limits) -> Status:
    if chance >= limits.chance_on_track:
        return Status.ON_TRACK
    return Status.AT_RISK if chance < limits.chance_at_risk else Status.SLOW
