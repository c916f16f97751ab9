"""The form of an entry or an event, made from the declaration and read by it: each field its own mistake."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from sct.catalogue import load
from sct.catalogue.histories import AREA, LATITUDE, LONGITUDE, NAME
from sct.catalogue.register_values import day_of, number_of, parse, plain, show
from sct.catalogue.registers import Field, Kind, Register
from sct.errors import UserError
from sct.office.people.queries import Someone, roles
from sct.office.registers.actions import Draft
from sct.office.registers.columns import word
from sct.office.registers.links import choices, resolve
from sct.office.registers.queries import Line, hidden
from sct.office.web.choice import SiteRequest
from sct.office.web.register_wording import unit_name
from sct.words import _

VALUE = "v."
_PAPER = ("decision", "signer", "document", "source", "note")


@dataclass(slots=True)
class Box:
    """One field of the form as shown: what stands in it, what may, what is wrong with it."""

    name: str
    label: str
    kind: str
    value: str = ""
    hint: str = ""
    required: bool = False
    mistake: str = ""
    options: list[tuple[str, str]] = field(default_factory=list)
    wide: bool = False


@dataclass(slots=True)
class Form:
    """Boxes by group; `mistakes` is empty when `draft` may be recorded."""

    identity: list[Box]
    values: list[Box]
    paper: list[Box]
    mistakes: int = 0
    general: str = ""

    def put(self, name: str, sentence: str) -> None:
        self.mistakes += 1
        for box in (*self.identity, *self.values, *self.paper):
            if box.name == name:
                box.mistake = sentence
                return
        self.general = sentence


def form_of(request: SiteRequest, kind: Register, line: Line | None, given: Mapping[str, str]) -> Form:
    """The form with what was typed, or with what the entry is now."""
    return Form(_identity(request, line, given), _values(request, kind, line, given), _paper(given))


def _identity(request: SiteRequest, line: Line | None, given: Mapping[str, str]) -> list[Box]:
    def now(code: str) -> str:
        return given.get(code, line.values.get(code, "") if line else "")

    area = now(AREA) or ("" if line else request.choice.area.key)
    lat, lon = (now(code).replace(".", ",") for code in (LATITUDE, LONGITUDE))
    return [
        Box(NAME, word(NAME), "text", now(NAME), required=True, wide=True),
        Box(AREA, word(AREA), "select", area, required=True, options=_areas(request, area), wide=True),
        Box(
            LATITUDE,
            word(LATITUDE),
            "number",
            lat,
            _("Bấm lên bản đồ, hoặc gõ độ thập phân; để trống thì hiện ở tâm địa bàn"),
        ),
        Box(LONGITUDE, word(LONGITUDE), "number", lon),
    ]


def _areas(request: SiteRequest, now: str) -> list[tuple[str, str]]:
    """The units of today, the districts until 2025, and whatever the entry has now."""
    known = load().areas
    top = request.choice.area
    while top.level not in ("province", "country") and top.parent in known:
        top = known[top.parent]
    units = [top, *sorted(known.children(top.key), key=lambda a: a.short_name)]
    old = [a for a in known.values() if a.parent == top.key and a.level == "district" and a.valid_to]
    units += sorted(
        (a for a in old if a.valid_to == max(o.valid_to for o in old if o.valid_to)), key=lambda a: a.short_name
    )
    listed = [(a.key, a.name if a.valid_to is None else f"{a.name} ({_('đến')} {a.valid_to:%d-%m-%Y})") for a in units]
    if now in known and now not in dict(listed):
        listed.append((now, known[now].name))
    return listed


def _values(request: SiteRequest, kind: Register, line: Line | None, given: Mapping[str, str]) -> list[Box]:
    secret, mine = hidden(request.user, kind), roles(request.user)
    made = []
    for one in kind.fields.values():
        if one.kind is Kind.RATIO or one.code in secret or (one.edit and not mine & set(one.edit)):
            continue
        now = _plain(one, line.values.get(one.code, "")) if line else ""
        box = _box(one, given.get(VALUE + one.code, now))
        if one.kind is Kind.ENTRY:
            box.kind, box.options = "select", [("", _("chưa biết")), *choices(request.user, one)]
            if box.value and box.value not in dict(box.options):
                box.options.append((box.value, show(one, box.value)))
        made.append(box)
    return made


def _plain(one: Field, value: str) -> str:
    """A value as a form field holds it: dates as browsers want them, numbers with a comma."""
    return value if one.kind in (Kind.DATE, Kind.CHOICE, Kind.YES_NO, Kind.TEXT, Kind.ENTRY) else show(one, value)


def _box(one: Field, value: str) -> Box:
    unit = unit_name(one.unit)
    box = Box(VALUE + one.code, f"{one.told} ({unit})" if unit else one.told, "text", value, one.help, one.required)
    if one.kind is Kind.CHOICE:
        box.kind, box.options = "select", [("", _("chưa biết")), *((c.code, c.told) for c in one.choices)]
    elif one.kind is Kind.YES_NO:
        box.kind, box.options = "select", [("", _("chưa biết")), ("yes", _("có")), ("no", _("không"))]
    elif one.kind is Kind.DATE:
        box.kind = "date"
    elif one.numeric:
        box.kind = "number"
    return box


def _paper(given: Mapping[str, str]) -> list[Box]:
    return [
        Box("decision", word("decision"), "text", given.get("decision", "")),
        Box("decided", word("decided"), "date", given.get("decided", "")),
        Box("signer", word("signer"), "text", given.get("signer", "")),
        Box("document", word("document"), "text", given.get("document", ""), _("Tên văn bản, biên bản")),
        Box(
            "source",
            word("source"),
            "text",
            given.get("source", ""),
            _("Địa chỉ hoặc tên nguồn, khi chưa có văn bản trong tay"),
            wide=True,
        ),
        Box("note", word("note"), "text", given.get("note", ""), wide=True),
    ]


def draft_of(person: Someone, form: Form, kind: Register, line: Line | None, given: Mapping[str, str]) -> Draft | None:
    """What was typed as an event; None where a field has a mistake, which the form then shows."""
    before = line.values if line else {}
    values: dict[str, str] = {}
    name = " ".join(given.get(NAME, "").split())[:300]
    for code, value in ((NAME, name), (AREA, given.get(AREA, "").strip())):
        if value and value != before.get(code, ""):
            values[code] = value
    if not name and line is None:
        form.put(NAME, _("Hồ sơ phải có tên."))
    _point(form, given, before, values)
    for box in form.values:
        one = kind.fields[box.name.removeprefix(VALUE)]
        try:
            value = parse(one, box.value)
            value = resolve(person, one, value) if one.kind is Kind.ENTRY else value
        except UserError as error:
            form.put(box.name, _("Cần {expected}.").format(expected=error.expected))
            continue
        if value != before.get(one.code, ""):
            values[one.code] = value
    valid, decided = _day(form, given, "valid", timezone.localdate()), _day(form, given, "decided", None)
    state = given.get("state", "")
    if state and state not in kind.states:
        form.put("state", _("Không có trạng thái này"))
    if form.mistakes:
        return None
    told = {code: given.get(code, "").strip() for code in _PAPER}
    return Draft(
        valid or timezone.localdate(),
        state,
        values,
        decision=told["decision"],
        decided=decided,
        signer=told["signer"],
        document=told["document"],
        source=told["source"],
        note=told["note"],
        found=bool(given.get("found")),
    )


def _point(form: Form, given: Mapping[str, str], before: Mapping[str, str], values: dict[str, str]) -> None:
    texts = {code: given.get(code, "").strip() for code in (LATITUDE, LONGITUDE)}
    if bool(texts[LATITUDE]) != bool(texts[LONGITUDE]):
        form.put(LATITUDE if not texts[LATITUDE] else LONGITUDE, _("Cần cả vĩ độ và kinh độ."))
        return
    for code, limit in ((LATITUDE, 90), (LONGITUDE, 180)):
        text = texts[code]
        number = number_of(text if "," in text or text.count(".") != 1 else text.replace(".", ",")) if text else None
        if text and (number is None or abs(number) > limit):
            form.put(code, _("Cần độ thập phân, ví dụ 21,0285."))
            continue
        value = plain(number) if number is not None else ""
        if value != before.get(code, ""):
            values[code] = value


def _day(form: Form, given: Mapping[str, str], name: str, default: date | None) -> date | None:
    text = given.get(name, "").strip()
    if not text:
        return default
    day = day_of(text)
    if day is None:
        form.put(name, _("Ngày không có thật."))
    return day
