"""Tags and filters of plans, matters and reviews."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from sct.following.events import EventKind, ResultClass
from sct.following.rhythm import Rhythm
from sct.following.states import State
from sct.office.coordination.matter_links import Linked
from sct.office.coordination.outlooks import Judged
from sct.office.plans.models import Target
from sct.office.web import drawing, plan_words
from sct.office.web.choice import Choice
from sct.planning.standing import Status
from sct.vietnamese.periods import Period
from sct.vietnamese.write import write_number, write_period
from sct.words import _

register = template.Library()


def _tag(kind: str, mark: str, words: str) -> SafeString:
    return format_html('<span class="tag {}"><span aria-hidden="true">{}</span> {}</span>', kind, mark, words)


@register.simple_tag
def status_tag(status: Status) -> SafeString:
    return _tag(*plan_words.STATUSES[status], status.words)


@register.simple_tag
def state_tag(state: State) -> SafeString:
    return _tag(*plan_words.STATES[state], state.words)


@register.filter
def status_words(status: Status) -> str:
    return status.words


@register.filter
def state_word(state: State) -> str:
    return state.words


@register.filter
def asks(target: Target) -> str:
    return plan_words.asks(target)


@register.filter
def points(value: Fraction | Decimal | None) -> str:
    """Points as people write them, at most two digits after the comma; a dash for nothing."""
    if value is None:
        return "–"
    text = write_number(round(Fraction(value), 2), 2)
    return text.rstrip("0").rstrip(",") if "," in text else text


@register.filter
def in_unit(value: Fraction | None, target: Target) -> str:
    """A value in the unit of a target; a dash for nothing."""
    return "–" if value is None else plan_words.amount(value, target)


@register.filter
def percent(value: Fraction | None, places: int = 1) -> str:
    return "–" if value is None else write_number(value, places) + "%"


@register.filter
def decimal(value: Fraction | None, places: int = 2) -> str:
    return "–" if value is None else write_number(value, places)


@register.filter
def point(value: float | Fraction) -> str:
    """A number with a point, as an input of type range takes it."""
    return f"{float(value):.8f}".rstrip("0").rstrip(".")


@register.filter
def period_of(code: str) -> str:
    """năm 2024, giai đoạn 2021-2025."""
    return write_period(Period.parse(code))


@register.filter
def rhythm(code: str) -> str:
    return Rhythm(code).words


@register.filter
def event_words(code: str) -> str:
    return EventKind(code).words


@register.filter
def result_words(code: str) -> str:
    return ResultClass(code).words if code else ""


@register.filter
def left(due: date | None, today: date) -> str:
    return plan_words.time_left(due, today)


@register.filter
def board_words(code: str) -> str:
    return plan_words.BOARDS[code]()


@register.filter
def check_words(code: str) -> str:
    return plan_words.CHECKS[code]()


@register.simple_tag
def target_bar(judged: Judged) -> SafeString | str:
    """Result against target on one scale from zero; nothing for rates without a result."""
    if judged.result is None or judged.target.aim.least <= 0:
        return ""
    got, goal = judged.result.figure.quantity.value, judged.target.aim.least
    scale = max(got, goal) * Fraction(105, 100)
    kinds = {Status.MISSED: "miss", Status.AT_RISK: "miss", Status.SLOW: "late", Status.NO_FIGURE: "late"}
    told = judged.outlook.reason
    return drawing.progress(max(got, Fraction(0)) / scale, goal / scale, kinds.get(judged.outlook.status, ""), told)


@register.filter
def part(points: Fraction | None) -> str:
    return "" if points is None else _("{points} điểm phần trăm").format(points=write_number(points, 2))


@register.simple_tag
def chosen(value: Any, wanted: Any) -> str:
    return "selected" if str(value) == str(wanted) else ""


@register.filter
def slice_minus(number: int) -> int:
    """How many, of a number below zero."""
    return -number


@register.filter
def words_of(text: str) -> list[str]:
    return text.split()


@register.simple_tag
def state_mark(state: State) -> SafeString:
    """The mark of a state with its word for readers alone."""
    kind, mark = plan_words.STATES[state]
    return format_html(
        '<span class="mark {}" aria-hidden="true">{}</span><span class="unseen">{}</span>', kind, mark, state.words
    )


@register.simple_tag(takes_context=True)
def tie_to(context: dict[str, Any], one: Linked) -> SafeString:
    """What a matter is linked with, as a link to its page, with its kind."""
    choice: Choice | None = context.get("choice")
    address = reverse(one.page[0], args=one.page[1]) + (choice.query() if choice else "")
    return format_html('<a href="{}" lang="vi">{}</a> <span class="soft">{}</span>', address, one.name, one.kind)
