"""What happens to a matter, and what stands after it: pure functions of dated events, told in any order.

"Trả lời" is not "giải quyết": an answer and a solution are two dates. An extension keeps the first due date; lateness
is judged by the granted one (domain-rules §4.2, §4.3; QĐ 42/2014/QĐ-TTg).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import Enum
from typing import Any
from zoneinfo import ZoneInfo

from sct.words import _

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


class EventKind(Enum):
    """What can happen, in the order in which things of one day are taken to have happened."""

    ASSIGN = "assign"  # giao: lead, supports, due
    TRANSFER = "transfer"  # chuyển đơn vị khác
    SUPPORT = "support"  # đổi đơn vị phối hợp, chủ trì giữ nguyên
    ACCEPT = "accept"  # đơn vị nhận việc
    START = "start"  # bắt đầu
    UPDATE = "update"  # cập nhật tiến độ
    REMIND = "remind"  # đôn đốc
    ESCALATE = "escalate"  # báo lãnh đạo, bên giao
    ASK = "ask"  # xin gia hạn
    EXTEND = "extend"  # được gia hạn
    REFUSE = "refuse"  # không cho gia hạn
    SUSPEND = "suspend"  # tạm dừng
    RESUME = "resume"  # tiếp tục
    ANSWER = "answer"  # trả lời kiến nghị
    DONE = "done"  # hoàn thành; kiến nghị: giải quyết xong
    RATE = "rate"  # người kiến nghị đánh giá
    REOPEN = "reopen"  # trả lại, làm tiếp
    RECALL = "recall"  # thu hồi

    @property
    def words(self) -> str:
        return _KINDS[self]()


_KINDS = {
    EventKind.ASSIGN: lambda: _("giao việc"),
    EventKind.TRANSFER: lambda: _("chuyển đơn vị"),
    EventKind.SUPPORT: lambda: _("đổi đơn vị phối hợp"),
    EventKind.ACCEPT: lambda: _("nhận việc"),
    EventKind.START: lambda: _("bắt đầu"),
    EventKind.UPDATE: lambda: _("cập nhật"),
    EventKind.REMIND: lambda: _("đôn đốc"),
    EventKind.ESCALATE: lambda: _("báo lãnh đạo"),
    EventKind.ASK: lambda: _("xin gia hạn"),
    EventKind.EXTEND: lambda: _("gia hạn"),
    EventKind.REFUSE: lambda: _("không gia hạn"),
    EventKind.SUSPEND: lambda: _("tạm dừng"),
    EventKind.RESUME: lambda: _("tiếp tục"),
    EventKind.ANSWER: lambda: _("trả lời"),
    EventKind.DONE: lambda: _("hoàn thành"),
    EventKind.RATE: lambda: _("đánh giá"),
    EventKind.REOPEN: lambda: _("mở lại"),
    EventKind.RECALL: lambda: _("thu hồi"),
}
ORDER = {kind: place for place, kind in enumerate(EventKind)}


class ResultClass(Enum):
    """How an answer to a petition leaves it (domain-rules §4.3)."""

    SOLVED = "solved"
    SOLVING = "solving"
    ROADMAP = "roadmap"
    EXPLAINED = "explained"
    PASSED_ON = "passed_on"
    NOT_TAKEN = "not_taken"

    @property
    def words(self) -> str:
        return _RESULTS[self]()

    @property
    def closes(self) -> bool:
        """Whether nothing more is to be done about it here."""
        return self in (ResultClass.SOLVED, ResultClass.EXPLAINED, ResultClass.PASSED_ON, ResultClass.NOT_TAKEN)


_RESULTS = {
    ResultClass.SOLVED: lambda: _("đã giải quyết xong"),
    ResultClass.SOLVING: lambda: _("đang giải quyết"),
    ResultClass.ROADMAP: lambda: _("sẽ giải quyết theo lộ trình"),
    ResultClass.EXPLAINED: lambda: _("giải trình, cung cấp thông tin"),
    ResultClass.PASSED_ON: lambda: _("chuyển cơ quan có thẩm quyền"),
    ResultClass.NOT_TAKEN: lambda: _("chưa giải quyết, chưa tiếp thu"),
}


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened on a day (of Việt Nam: `local_day`); `order` tells events of one day and kind apart."""

    kind: EventKind
    on: date
    order: int = 0
    lead: str = ""
    due: date | None = None
    result: ResultClass | None = None
    satisfied: bool | None = None
    percent: int | None = None

    @property
    def sort_key(self) -> tuple[date, int, int]:
        return self.on, ORDER[self.kind], self.order


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a matter stands after its events; independent of today."""

    lead: str = ""
    assigned: date | None = None
    first_due: date | None = None  # the original one, kept through every extension
    due: date | None = None  # the one in force
    accepted: date | None = None
    started: date | None = None
    asked: bool = False  # an extension is asked for and not decided
    extensions: int = 0
    answered: date | None = None
    result: ResultClass | None = None
    done: date | None = None
    suspended: date | None = None
    recalled: date | None = None
    reminders: int = field(default=0)  # past its due date, since it was given or last moved on
    last_word: date | None = None  # last time its unit said anything
    satisfied: bool | None = None
    percent: int | None = None


def local_day(moment: datetime, zone: ZoneInfo = VIETNAM) -> date:
    """The day of a moment where the work is done: 17:10 UTC is tomorrow in Hà Nội."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment.astimezone(zone).date()


def standing(events: Iterable[Event]) -> Standing:
    """Fold the events, sorted by day, kind and order: the order in which they were typed in changes nothing."""
    now = Standing()
    for event in sorted(events, key=lambda event: event.sort_key):
        now = _after(now, event)
    return now


def _after(now: Standing, event: Event) -> Standing:
    change = _STEPS[event.kind](now, event)
    if event.kind in _WORDS_OF_UNIT:
        change = {"last_word": event.on, **change}
    return replace(now, **change)


_WORDS_OF_UNIT = frozenset(
    {EventKind.ACCEPT, EventKind.START, EventKind.UPDATE, EventKind.ASK, EventKind.ANSWER, EventKind.DONE}
)
Change = dict[str, Any]
Step = Callable[[Standing, Event], Change]


def _assign(now: Standing, event: Event) -> Change:
    change: Change = {"lead": event.lead or now.lead, "assigned": now.assigned or event.on}
    if event.due is not None:
        change |= {"due": event.due, "first_due": now.first_due or event.due}
    return change


def _transfer(now: Standing, event: Event) -> Change:
    change: Change = {"lead": event.lead or now.lead, "accepted": None, "started": None, "asked": False, "reminders": 0}
    return change if event.due is None else {**change, "due": event.due, "first_due": now.first_due or event.due}


def _extend(now: Standing, event: Event) -> Change:
    if event.due is None:
        return {"asked": False}
    first = now.first_due or now.due or event.due
    return {"due": event.due, "first_due": first, "asked": False, "extensions": now.extensions + 1, "reminders": 0}


def _remind(now: Standing, event: Event) -> Change:
    """A word before the due date, or on it, is a help and no step toward the leaders."""
    late = now.due is not None and event.on > now.due
    return {"reminders": now.reminders + 1} if late else {}


def _answer(now: Standing, event: Event) -> Change:
    change: Change = {"answered": event.on, "result": event.result or now.result, "started": now.started or event.on}
    if event.result is not None and event.result.closes:
        change["done"] = now.done or event.on
    return change


def _done(now: Standing, event: Event) -> Change:
    result = event.result or (ResultClass.SOLVED if now.answered else now.result)
    started = now.started or event.on
    return {"done": event.on, "started": started, "result": result, "percent": 100, "asked": False}


_STEPS: dict[EventKind, Step] = {
    EventKind.ASSIGN: _assign,
    EventKind.TRANSFER: _transfer,
    EventKind.ACCEPT: lambda now, event: {"accepted": now.accepted or event.on},
    EventKind.START: lambda now, event: {"started": now.started or event.on, "accepted": now.accepted or event.on},
    EventKind.UPDATE: lambda now, event: {
        "started": now.started or event.on,
        "accepted": now.accepted or event.on,
        "percent": now.percent if event.percent is None else event.percent,
        "reminders": 0,
    },
    EventKind.REMIND: _remind,
    EventKind.ESCALATE: lambda now, event: {},
    EventKind.SUPPORT: lambda now, event: {},
    EventKind.ASK: lambda now, event: {"asked": True},
    EventKind.EXTEND: _extend,
    EventKind.REFUSE: lambda now, event: {"asked": False},
    EventKind.SUSPEND: lambda now, event: {"suspended": event.on},
    EventKind.RESUME: lambda now, event: {
        "suspended": None,
        "due": event.due or now.due,
        "first_due": now.first_due or event.due,
    },
    EventKind.ANSWER: _answer,
    EventKind.DONE: _done,
    EventKind.RATE: lambda now, event: {"satisfied": event.satisfied},
    EventKind.REOPEN: lambda now, event: {
        "done": None,
        "recalled": None,
        "due": event.due or now.due,
        "first_due": now.first_due or event.due,
        "percent": None,
        "reminders": 0,
    },
    EventKind.RECALL: lambda now, event: {"recalled": event.on},
}
