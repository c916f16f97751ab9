"""The words of the log: rooms and actions; an action without words here is shown by its own name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sct.catalogue import load
from sct.following.events import EventKind
from sct.office.people.models import Right, Role
from sct.words import _

Words = Callable[[], str]

ROOMS: dict[str, Words] = {
    "people": lambda: _("Người dùng"),
    "ledger": lambda: _("Sổ số liệu"),
    "documents": lambda: _("Văn bản"),
    "collection": lambda: _("Thu thập"),
    "workbooks": lambda: _("Bảng tính"),
    "registers": lambda: _("Sổ bộ"),
    "plans": lambda: _("Kế hoạch"),
    "matters": lambda: _("Việc"),
    "reviews": lambda: _("Kỳ họp"),
    "emulation": lambda: _("Thi đua"),
    "procedures": lambda: _("Quy trình"),
    "system": lambda: _("Sao lưu"),
    "audit": lambda: _("Nhật ký"),
}
ACTIONS: dict[str, Words] = {
    "people.system": lambda: _("tạo tài khoản hệ thống"),
    "people.create": lambda: _("tạo người dùng"),
    "people.edit": lambda: _("sửa thông tin người dùng"),
    "people.grant": lambda: _("cấp quyền"),
    "people.revoke": lambda: _("thu quyền"),
    "people.disable": lambda: _("khóa tài khoản"),
    "people.enable": lambda: _("mở lại tài khoản"),
    "people.reset_password": lambda: _("đặt lại mật khẩu"),
    "people.change_password": lambda: _("tự đổi mật khẩu"),
    "people.close_sessions": lambda: _("đóng các phiên đăng nhập"),
    "ledger.record": lambda: _("ghi số liệu vào sổ"),
    "ledger.withdraw": lambda: _("rút số liệu"),
    "documents.upload": lambda: _("đưa văn bản vào"),
    "documents.proof": lambda: _("soát văn bản"),
    "documents.accept": lambda: _("nhận số liệu từ văn bản"),
    "documents.reject": lambda: _("bỏ qua một phát biểu"),
    "documents.mend": lambda: _("sửa cách hiểu một phát biểu"),
    "documents.undo": lambda: _("hoàn tác một quyết định"),
    "documents.keep": lambda: _("giữ nguyên một phát hiện"),
    "documents.unkeep": lambda: _("mở lại một phát hiện đã giữ"),
    "documents.proposal.take": lambda: _("nhận một việc văn bản nêu"),
    "documents.proposal.dismiss": lambda: _("bỏ qua một việc văn bản nêu"),
    "documents.proposal.undo": lambda: _("hoàn tác với một việc văn bản nêu"),
    "workbooks.upload": lambda: _("đưa bảng tính vào"),
    "workbooks.keep": lambda: _("nhận số liệu từ bảng tính"),
    "workbooks.answer": lambda: _("khai báo cách hiểu bảng tính"),
    "registers.record": lambda: _("ghi biến động vào sổ bộ"),
    "registers.rebuild": lambda: _("dựng lại trạng thái sổ bộ từ các biến động"),
    "registers.withdraw": lambda: _("rút biến động khỏi sổ bộ"),
    "collection.save": lambda: _("lưu báo cáo đang lập"),
    "collection.step": lambda: _("chuyển trạng thái báo cáo"),
    "collection.post": lambda: _("ghi báo cáo đã nhận vào sổ"),
    "collection.weigh": lambda: _("ghi trọng số quy đổi địa bàn"),
    "collection.remind": lambda: _("nhắc nộp báo cáo"),
    "emulation.own": lambda: _("tự chấm điểm thi đua"),
    "emulation.verified": lambda: _("thẩm định điểm thi đua"),
    "procedures.open": lambda: _("mở hồ sơ quy trình"),
    "procedures.step": lambda: _("ghi bước của hồ sơ"),
    "procedures.return": lambda: _("trả hồ sơ, chờ bổ sung"),
    "procedures.receive": lambda: _("nhận bổ sung hồ sơ"),
    "procedures.undo": lambda: _("hoàn tác bước của hồ sơ"),
    "plans.create": lambda: _("lập kế hoạch"),
    "plans.version": lambda: _("ghi một bản chỉ tiêu"),
    "plans.withdraw": lambda: _("rút chỉ tiêu đã nhận từ văn bản"),
    "plans.say": lambda: _("ghi lời nhận xét kế hoạch"),
    "matters.create": lambda: _("ghi việc vào sổ"),
    "matters.memorandum": lambda: _("ghi biên bản ghi nhớ"),
    "matters.calendar": lambda: _("tạo địa chỉ lịch việc"),
    "matters.link": lambda: _("gắn việc với mục liên quan"),
    "matters.unlink": lambda: _("gỡ mục liên quan của việc"),
    "matters.place": lambda: _("đổi việc cha"),
    "matters.undo": lambda: _("hoàn tác một diễn biến của việc"),
    "reviews.call": lambda: _("mở kỳ họp"),
    "reviews.agenda": lambda: _("ghi chương trình kỳ họp"),
    "reviews.paper": lambda: _("gắn tài liệu vào chương trình kỳ họp"),
    "reviews.minutes": lambda: _("ghi biên bản kỳ họp"),
    "reviews.conclude": lambda: _("ghi kết luận"),
    "reviews.cut": lambda: _("cắt kết luận thành việc"),
    "reviews.close": lambda: _("kết thúc kỳ họp"),
    "system.backup": lambda: _("sao lưu"),
    "audit.verify": lambda: _("kiểm lại nhật ký"),
    "audit.adopt": lambda: _("niêm phong dữ liệu có từ trước"),
}
SUBJECTS: dict[str, tuple[Words, str]] = {
    "document": (lambda: _("văn bản số {n}"), "document"),
    "batch": (lambda: _("đợt số liệu {n}"), ""),
    "statement": (lambda: _("phát biểu {n}"), ""),
    "plan": (lambda: _("kế hoạch {n}"), "plan"),
    "version": (lambda: _("bản {n}"), ""),
    "matter": (lambda: _("việc {n}"), "matter"),
    "review": (lambda: _("kỳ họp {n}"), "review"),
    "withdrawal": (lambda: _("lần rút {n}"), ""),
    "workbook": (lambda: _("bảng tính {n}"), "workbook"),
    "register-batch": (lambda: _("đợt sổ bộ {n}"), ""),
    "proposal": (lambda: _("đề xuất {n}"), ""),
    "keeping": (lambda: _("lần giữ {n}"), ""),
    "conclusion": (lambda: _("kết luận {n}"), ""),
    "memorandum": (lambda: _("ghi nhớ {n}"), ""),
    "answer": (lambda: _("khai báo {n}"), ""),
    "edit": (lambda: _("lần lưu {n}"), ""),
    "step": (lambda: _("bước {n}"), ""),
}
_RIGHTS: dict[Right, Words] = {
    Right.SEE: lambda: _("xem"),
    Right.RECORD: lambda: _("nhập số liệu, văn bản"),
    Right.WITHDRAW: lambda: _("rút số liệu"),
    Right.REPORT: lambda: _("viết báo cáo"),
    Right.MANAGE: lambda: _("quản trị người dùng"),
    Right.FILE: lambda: _("nộp báo cáo của địa bàn"),
    Right.FILE_OWN: lambda: _("nộp báo cáo của phòng"),
    Right.RECEIVE: lambda: _("tiếp nhận báo cáo"),
    Right.APPROVE: lambda: _("duyệt, khóa báo cáo"),
    Right.PLAN: lambda: _("lập kế hoạch, kỳ họp"),
    Right.ASSIGN: lambda: _("giao việc"),
    Right.ANSWER: lambda: _("trả lời việc được giao"),
    Right.OVERSEE: lambda: _("theo dõi mọi việc"),
}
_FIELDS: dict[str, Words] = {
    "full_name": lambda: _("họ và tên"),
    "unit": lambda: _("phòng, đơn vị"),
    "email": lambda: _("thư điện tử"),
}


_MATTERS = {f"matters.{kind.value}": kind for kind in EventKind}


def action(name: str) -> str:
    if name in _MATTERS:
        return _MATTERS[name].words
    words = ACTIONS.get(name)
    return words() if words else name.replace(".", ": ").replace("_", " ")


def subject(text: str) -> str:
    """`document:3` as words; a person is named by the page itself."""
    kind, _colon, number = text.partition(":")
    words = SUBJECTS.get(kind)
    return words[0]().format(n=number) if words and number else ""


def subject_page(text: str) -> tuple[str, int] | None:
    """The url name and number of the page of a subject, if it has one."""
    kind, _colon, number = text.partition(":")
    page = SUBJECTS.get(kind, (None, ""))[1]
    return (page, int(number)) if page and number.isdigit() else None


def detail(told: Mapping[str, Any]) -> str:
    """What the log keeps of an action in words: role and area, fields, counts."""
    if "role" in told:
        area = load().areas.get(told.get("area", ""))
        place = area.name if area else told.get("area") or _("toàn quốc")
        division = load().divisions.get(told.get("unit", ""))
        role = Role(told["role"]).label if told["role"] in Role.values else told["role"]
        return ", ".join(str(part) for part in (role, place, division.name if division else "") if part)
    if "fields" in told:
        return ", ".join(_FIELDS[name]() if name in _FIELDS else name for name in told["fields"])
    if "holds" in told:
        sound = _("nguyên vẹn") if told["holds"] else _("bị sửa ở mục {n}").format(n=told.get("broken"))
        return f"{sound}, {told.get('rows', 0)} {_('dòng')}"
    return str(told.get("name") or told.get("sessions") or "")


def rights_of(rights: Iterable[Right]) -> str:
    """What a role may do, in one line."""
    given = set(rights)
    return ", ".join(words() for right, words in _RIGHTS.items() if right in given)
