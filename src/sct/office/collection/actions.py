"""Every change to submissions: a save, a sending, the steps of who receives. Check, change, log: one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils import timezone

from sct.collecting.checking import Remark, missing, remarks
from sct.collecting.duties import Duty
from sct.collecting.filling import tidied
from sct.errors import Place, UserError
from sct.office.collection import posting
from sct.office.collection.folding import Clash, Fold, lay
from sct.office.collection.ground import Ref, Whole, before, duty_of, folded, read, row_of, today
from sct.office.collection.models import Edit, State, Step, Submission, Version, Via
from sct.office.collection.rows import known as known_of
from sct.office.collection.rows import opening, strangers
from sct.office.collection.states import ACTS, Act, Subject, effective, may_edit, may_see, possible
from sct.office.people import audit
from sct.office.people.errors import NotAllowedError, NotVisibleError
from sct.office.people.models import Person
from sct.words import _

SAVE, STEP, REMIND = "collection.save", "collection.step", "collection.remind"
MOST_CELLS = 4000
MOST_TOKEN = 64


@dataclass(frozen=True, slots=True)
class Save:
    """What somebody typed: cells by path, on the ground of edit `base`, under a `token` of their own drawing.

    `settles` names cells whose clash this save decides.
    """

    changes: Mapping[str, str]
    base: int
    token: str
    settles: tuple[str, ...] = ()
    via: Via = Via.PAGE


@dataclass(frozen=True, slots=True)
class Saved:
    """The edit that holds the save, cells that could not be kept (with a sentence each), open clashes, and all values.

    `again`: the save had come before and is not made twice.
    """

    number: int
    refused: dict[str, UserError] = field(hash=False)
    clashes: dict[str, Clash] = field(hash=False)
    values: dict[str, str] = field(hash=False)
    again: bool = False


class IncompleteError(UserError):
    """A form that cannot be sent; `remarks` are what stops it."""

    remarks: tuple[Remark, ...] = ()


def save(person: Person, ref: Ref, given: Save) -> Saved:
    """Keep what somebody typed. Cells that cannot be read are refused one by one, the others are kept.

    Raises 404 for a form that is not this unit's or not visible, 403 without the right, `UserError("not-editable")`
    once it is sent.
    """
    duty = duty_of(ref)
    about = Subject(duty.unit.key, duty.unit.area, duty.form)
    if not may_see(person, about):
        raise NotVisibleError("not-found", _("Không có mục này"))
    if not may_edit(person, about, State.DRAFT):
        raise NotAllowedError("not-allowed", _("Bạn không được điền biểu này"))
    if not 0 < len(given.token) <= MOST_TOKEN or len(given.changes) > MOST_CELLS or given.base < 0:
        raise UserError("bad-save", _("Lần lưu này không đúng dạng"), value=given.token[:20])
    tidy, refused = _tidied(given, duty)
    with transaction.atomic():
        audit.lock()
        row = row_of(ref)
        if row is None:
            held = Fold(values=opening(duty))
            if all(text == held.values.get(path, "") for path, text in tidy.items()):
                return Saved(0, refused, {}, held.values)
            row = _opened(person, duty, given.via, held.values)
        else:
            _require_editable(row)
            held = folded(row, Version.objects.filter(submission=row).order_by("-number").first())
            made = _number_of(row, held, given.token)
            if made:
                return Saved(made, refused, held.clashes, held.values, again=True)
        edit = _edit(person, row, held, given, tidy)
        if edit is not None:
            lay(held, edit)
    return Saved(held.number, refused, held.clashes, held.values)


def _number_of(row: Submission, held: Fold, token: str) -> int:
    """The edit that already holds this save; 0 for a new one. Those before the last version need a query."""
    if token in held.numbers or not held.floor:
        return held.numbers.get(token, 0)
    return Edit.objects.filter(submission=row, token=token).values_list("number", flat=True).first() or 0


def _tidied(given: Save, duty: Duty) -> tuple[dict[str, str], dict[str, UserError]]:
    tidy: dict[str, str] = {}
    refused: dict[str, UserError] = {}
    for path, text in given.changes.items():
        try:
            tidy[path] = tidied(duty.form, path, text)
        except UserError as error:
            refused[path] = error
    for path in strangers(duty, tidy):
        del tidy[path]
        what = _("Hồ sơ này không thuộc địa bàn của đơn vị")
        refused[path] = UserError("not-your-entry", what, place=Place(field=path))
    return tidy, refused


def _opened(person: Person, duty: Duty, via: str, known: Mapping[str, str]) -> Submission:
    return Submission.objects.create(
        unit=duty.unit.key,
        area=duty.unit.area,
        form=duty.form.code,
        version=duty.form.version,
        period=duty.period.code,
        illustrative=via == Via.DEMO,
        known=dict(known) or None,
        who=person,
        at=timezone.now(),
    )


def _require_editable(row: Submission) -> None:
    last = Step.objects.filter(submission=row).order_by("-number").first()
    state = effective(State(last.state), last.until, today()) if last else State.DRAFT
    if state not in (State.DRAFT, State.RETURNED, State.REOPENED):
        raise UserError(
            "not-editable",
            _("Báo cáo {state}, không sửa được nữa").format(state=State(state).label),
            way_out=_("Rút lại nếu chưa ai nhận, hoặc xin mở để đính chính"),
        )


def _edit(person: Person, row: Submission, held: Fold, given: Save, tidy: Mapping[str, str]) -> Edit | None:
    """The edit of a save: what is new goes in, what another changed meanwhile becomes a clash. None: nothing is new."""
    changes: dict[str, str] = {}
    clashes: dict[str, str] = {}
    for path, text in tidy.items():
        if text == held.values.get(path, ""):
            continue
        settled = path in given.settles
        if not settled and given.base < held.last_change(path):
            clashes[path] = text
        else:
            changes[path] = text
    settles = [path for path in given.settles if path in held.clashes]
    if not (changes or clashes or settles):
        return None
    edit = Edit.objects.create(
        submission=row,
        number=held.number + 1,
        base=min(given.base, held.number),
        token=given.token,
        changes=changes,
        clashes=clashes,
        settles=settles,
        via=given.via,
        who=person,
        at=timezone.now(),
    )
    audit.append(person.pk, SAVE, f"edit:{edit.pk}", digest_of_edit(edit))
    return edit


def digest_of_edit(edit: Edit) -> str:
    """SHA-256 of what an edit changed."""
    told = [edit.submission_id, edit.number, edit.base, edit.token, edit.changes, edit.clashes, edit.settles]
    return audit.digest_of([*told, edit.via, edit.who_id])


# -- steps -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: in words, at cells, and for an exception until which day."""

    why: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)
    until: date | None = None


def act(person: Person, ref: Ref, name: str, reason: Reason | None = None) -> Step:
    """Do one of `states.ACTS`; the ledger follows in the same transaction.

    Raises 404 for what is not visible, 403 without the right, `UserError` where the state does not allow it.
    """
    given = reason or Reason()
    duty = duty_of(ref)
    about = Subject(duty.unit.key, duty.unit.area, duty.form)
    row = row_of(ref)
    if not may_see(person, about) or row is None or name not in ACTS:
        raise NotVisibleError("not-found", _("Không có mục này"))
    with transaction.atomic():
        audit.lock()
        held = read(duty, row)
        _require(person, about, held, ACTS[name])
        _require_reason(ACTS[name], given, held)
        return _DOING.get(name, _plain)(person, held, ACTS[name], given)


def _require(person: Person, about: Subject, held: Whole, wanted: Act) -> None:
    if wanted.name in possible(person, about, held.state):
        return
    states = [state for state in State if wanted.name in possible(person, about, state)]
    if not states:
        raise NotAllowedError("not-allowed", _("Bạn không được làm việc này với báo cáo này"))
    raise UserError(
        "wrong-state",
        _("Báo cáo {state} nên không làm được việc này").format(state=held.state.label),
        expected=", ".join(str(state.label) for state in states),
        way_out=_("Tải lại trang để xem trạng thái mới"),
    )


def _require_reason(wanted: Act, given: Reason, held: Whole) -> None:
    if wanted.reason and not (given.why.strip() or any(text.strip() for text in given.cells.values())):
        raise UserError("no-reason", _("Việc này phải nói vì sao"), way_out=_("Ghi lý do, hoặc ghi ngay tại ô"))
    unknown = [path for path in given.cells if held.form.at(path) is None]
    if unknown:
        raise UserError("unknown-field", _("Biểu không có ô này"), value=unknown[0])
    if wanted.name == "reopen" and (given.until is None or given.until < today()):
        raise UserError(
            "no-day", _("Đính chính phải có ngày hết hạn"), value=given.until, expected=_("từ hôm nay trở đi")
        )


def _step(person: Person, held: Whole, state: State, given: Reason, version: int | None = None) -> Step:
    assert held.row is not None
    step = Step.objects.create(
        submission=held.row,
        number=len(held.steps) + 1,
        state=state,
        version=version if version is not None else (held.sent.number if held.sent else 0),
        why=given.why.strip()[:1000],
        cells={path: text.strip()[:500] for path, text in given.cells.items() if text.strip()},
        until=given.until,
        who=person,
        at=timezone.now(),
    )
    audit.append(person.pk, STEP, f"step:{step.pk}", digest_of_step(step))
    return step


def digest_of_step(step: Step) -> str:
    """SHA-256 of a step and of the values it speaks of."""
    sent = Version.objects.filter(submission=step.submission_id, number=step.version).first()
    told = [step.submission_id, step.number, step.state, step.version, step.why, step.cells, step.until, step.who_id]
    return audit.digest_of([*told, sent.values if sent else None])


def _plain(person: Person, held: Whole, wanted: Act, given: Reason) -> Step:
    return _step(person, held, wanted.target, given)


def _send(person: Person, held: Whole, wanted: Act, given: Reason) -> Step:
    """A new version, unless something stops it: an open clash, an empty cell, a broken rule, nothing new."""
    assert held.row is not None
    if held.fold.clashes:
        raise UserError(
            "clash",
            _("Còn {n} ô hai người điền khác nhau").format(n=len(held.fold.clashes)),
            way_out=_("Chọn số đúng ở từng ô rồi gửi"),
        )
    stops = [
        *missing(held.form, held.fold.values),
        *(one for one in _remarks(held) if one.stops),
    ]
    if stops:
        error = IncompleteError(
            "incomplete",
            _("Chưa gửi được: {n} chỗ phải xem lại").format(n=len(stops)),
            value=stops[0].text,
        )
        error.remarks = tuple(stops)
        raise error
    number = len(held.versions) + 1
    Version.objects.create(
        submission=held.row,
        number=number,
        base=number - 1,
        edit=held.fold.number,
        values=held.fold.values,
        who=person,
        at=timezone.now(),
    )
    return _step(person, held, wanted.target, given, number)


def _remarks(held: Whole) -> list[Remark]:
    values = held.fold.values
    return remarks(held.form, values, before(held.duty), known_of(held.duty, values))


def _recall(person: Person, held: Whole, _wanted: Act, given: Reason) -> Step:
    """Back to where it was sent from."""
    came_from = State(held.steps[-2].state) if len(held.steps) > 1 else State.DRAFT
    back = Reason(given.why, {}, held.steps[-2].until if came_from is State.REOPENED else None)
    return _step(person, held, came_from if came_from in (State.RETURNED, State.REOPENED) else State.DRAFT, back)


def _receive(person: Person, held: Whole, wanted: Act, given: Reason) -> Step:
    assert held.row is not None
    assert held.sent is not None
    step = _step(person, held, wanted.target, given)
    posting.post(person, held.duty, held.row, held.sent, today())
    return step


def _return(person: Person, held: Whole, wanted: Act, given: Reason) -> Step:
    assert held.row is not None
    step = _step(person, held, wanted.target, given)
    if held.state is State.RECEIVED:
        posting.unpost(person, held.row, _("trả lại báo cáo {form}").format(form=held.form.number))
    return step


_DOING = {"send": _send, "recall": _recall, "receive": _receive, "approve": _receive, "return": _return}
