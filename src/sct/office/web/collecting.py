"""Words and marks of collection for the pages: states, standings, acts."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.urls import reverse

from sct.office.collection.ground import Ref
from sct.office.collection.models import State
from sct.office.collection.queries import Standing
from sct.words import _

# Standing → (mark, class of the tag, word).
STANDINGS: Mapping[Standing, tuple[str, str, Callable[[], str]]] = {
    Standing.MISSING: ("✕", "bad", lambda: _("chưa gửi, quá hạn")),
    Standing.RETURNED: ("↩", "doubt", lambda: _("bị trả lại")),
    Standing.LATE: ("!", "doubt", lambda: _("gửi muộn")),
    Standing.ON_TIME: ("✓", "good", lambda: _("đúng hạn")),
    Standing.DRAFT: ("…", "none", lambda: _("đang soạn")),
    Standing.WAITING: ("·", "none", lambda: _("chưa đến hạn")),
}
STATES: Mapping[State, Callable[[], str]] = {
    State.DRAFT: lambda: _("đang soạn"),
    State.SENT: lambda: _("đã gửi"),
    State.CHECKED: lambda: _("đã duyệt cấp 1"),
    State.RETURNED: lambda: _("trả lại"),
    State.RECEIVED: lambda: _("đã nhận"),
    State.LOCKED: lambda: _("đã khóa"),
    State.REOPENED: lambda: _("mở để đính chính"),
}
# Acts in the order of their buttons: word of the button, what is said when it is done.
ACTS: Mapping[str, tuple[Callable[[], str], Callable[[], str]]] = {
    "send": (lambda: _("Gửi báo cáo"), lambda: _("Đã gửi. Sở sẽ nhận hoặc trả lại kèm lý do.")),
    "receive": (lambda: _("Nhận báo cáo"), lambda: _("Đã nhận; số liệu đã vào sổ.")),
    "check": (lambda: _("Duyệt cấp 1"), lambda: _("Đã duyệt cấp 1, chờ duyệt cấp 2.")),
    "approve": (lambda: _("Duyệt và nhận"), lambda: _("Đã nhận; số liệu đã vào sổ.")),
    "return": (lambda: _("Trả lại"), lambda: _("Đã trả lại kèm lý do.")),
    "recall": (lambda: _("Rút lại để sửa"), lambda: _("Đã rút lại; sửa xong hãy gửi lần nữa.")),
    "lock": (lambda: _("Khóa"), lambda: _("Đã khóa.")),
    "reopen": (lambda: _("Mở để đính chính"), lambda: _("Đã mở để đính chính.")),
}


def address(ref: Ref, name: str = "form", *more: str) -> str:
    """The address of a form's page or of something below it."""
    return reverse(name, args=[ref.form, ref.period, ref.unit, *more])
