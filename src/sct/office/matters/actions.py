"""What people do with matters: put one on record, give it, report on it, extend, answer, finish, take a slip back.

Each action checks, changes, and writes one entry in the log, in one transaction. Who may do what is the table `MAY`.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from sct.catalogue import load
from sct.errors import UserError
from sct.following.events import EventKind, ResultClass, local_day
from sct.following.rhythm import Rhythm
from sct.office.documents import attaching
from sct.office.matters import queries
from sct.office.matters.models import CalendarKey, Concerned, Happening, Kind, Link, Matter, Memorandum
from sct.office.matters.standing import standing_rows, told_by, write
from sct.office.people import audit
from sct.office.people.errors import NotAllowedError
from sct.office.people.models import Person, Right
from sct.office.people.queries import local_unit, may, reached, require, unit_of, units_of
from sct.vietnamese.text import search_key
from sct.words import _

LEADERS = frozenset({Right.ASSIGN})
CHASERS = frozenset({Right.ASSIGN, Right.PLAN})
# Who may make what happen: holders of a right in the matter's area, or the unit that has the part.
MAY: dict[EventKind, tuple[frozenset[Right], frozenset[Concerned.Part]]] = {
    EventKind.ASSIGN: (LEADERS, frozenset()),
    EventKind.TRANSFER: (LEADERS, frozenset()),
    EventKind.SUPPORT: (LEADERS, frozenset()),
    EventKind.EXTEND: (LEADERS, frozenset()),
    EventKind.REFUSE: (LEADERS, frozenset()),
    EventKind.SUSPEND: (LEADERS, frozenset()),
    EventKind.RESUME: (LEADERS, frozenset()),
    EventKind.RECALL: (LEADERS, frozenset()),
    EventKind.REOPEN: (LEADERS, frozenset()),
    EventKind.REMIND: (CHASERS, frozenset()),
    EventKind.ESCALATE: (CHASERS, frozenset()),
    EventKind.ACCEPT: (frozenset(), frozenset({Concerned.Part.LEAD})),
    EventKind.START: (frozenset(), frozenset({Concerned.Part.LEAD})),
    EventKind.ASK: (frozenset(), frozenset({Concerned.Part.LEAD})),
    EventKind.ANSWER: (frozenset(), frozenset({Concerned.Part.LEAD})),
    EventKind.DONE: (frozenset(), frozenset({Concerned.Part.LEAD})),
    EventKind.UPDATE: (frozenset(), frozenset({Concerned.Part.LEAD, Concerned.Part.SUPPORT})),
    EventKind.RATE: (frozenset({Right.PLAN}), frozenset({Concerned.Part.GIVER})),
}
_NEEDS_DUE = frozenset({EventKind.EXTEND})
_NAMES_SUPPORTS = frozenset(one.value for one in (EventKind.ASSIGN, EventKind.TRANSFER, EventKind.SUPPORT))


@dataclass(frozen=True, slots=True)
class NewMatter:
    """What is put on record. `lead`, `supports` and `due` are what the paper says; a leader gives it (`happen`)."""

    kind: Kind
    text: str
    raised: date
    quote: str = ""
    start: int | None = None
    end: int | None = None
    document: int | None = None
    paper: str = ""
    url: str = ""
    occasion: str = ""
    occasion_name: str = ""
    group: str = ""
    giver: str = ""
    output: str = ""
    topic: str = ""
    level: str = ""
    rhythm: Rhythm = Rhythm.NONE
    parent: int | None = None
    again: int | None = None
    memorandum: int | None = None
    amount: int | None = None
    thing: str = ""
    stated: date | None = None
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Detail:
    """What goes with a happening; each kind needs some of it."""

    on: date | None = None
    lead: str = ""
    supports: tuple[str, ...] = ()
    due: date | None = None
    result: ResultClass | None = None
    satisfied: bool | None = None
    percent: int | None = None
    note: str = ""
    evidence: str = ""
    papers: tuple[attaching.Given, ...] = ()


@transaction.atomic
def create(person: Person, area: str, matter: NewMatter) -> Matter:
    """Put a matter on record; a unit may raise a petition of its own, everything else needs the right to plan."""
    _require_right(person, area, matter)
    audit.lock()
    if not matter.text.strip():
        raise UserError("empty-matter", _("Việc chưa có nội dung"), way_out=_("Ghi điều được yêu cầu"))
    row = _row(person, area, matter)
    row.save()
    if row.giver:
        Concerned.objects.create(matter=row, unit=row.giver, part=Concerned.Part.GIVER)
    Link.objects.bulk_create([Link(matter=row, to=to, name=name) for to, name in matter.links])
    audit.record(person.pk, "matters.create", f"matter:{row.pk}", {"number": row.number, "text": row.text})
    return row


@transaction.atomic
def take_on(
    person: Person,
    area: str,
    matter: NewMatter,
    given: Detail,
    story: Sequence[tuple[EventKind, Detail]] = (),
) -> Matter:
    """A matter that a paper has already given to a unit, with what the paper tells of it since.

    Who plans may record this because the paper, not the person, assigns; without a paper a leader must.
    """
    require(person, Right.PLAN if not may(person, Right.ASSIGN, area) else Right.ASSIGN, area)
    if not matter.paper.strip():
        raise UserError("no-paper", _("Ghi việc đã giao thì phải có văn bản giao"))
    row = create(person, area, matter)
    for kind, detail in [(EventKind.ASSIGN, given), *story]:
        _check(row, kind, detail)
        _add(person, row, kind, detail, unit=given.lead if MAY[kind][1] else "")
    row.refresh_from_db()
    return row


def _require_right(person: Person, area: str, matter: NewMatter) -> None:
    areas = reached(person, Right.ANSWER)
    own = matter.kind is Kind.PETITION and matter.giver in units_of(person)
    if own and (areas is None or area in areas):
        return
    require(person, Right.PLAN if not may(person, Right.ASSIGN, area) else Right.ASSIGN, area)


def _row(person: Person, area: str, matter: NewMatter) -> Matter:
    plain = {
        name: getattr(matter, name)
        for name in (
            "quote",
            "start",
            "end",
            "occasion",
            "group",
            "raised",
            "stated",
            "amount",
            "topic",
            "level",
            "url",
        )
    }
    return Matter(
        **plain,
        kind=matter.kind,
        number=_next_number(area, matter.kind, matter.raised.year),
        area=area,
        text=matter.text.strip()[:1000],
        document_id=matter.document,
        paper=matter.paper[:300],
        occasion_name=matter.occasion_name[:300],
        giver=unit_name(matter.giver),
        output=matter.output[:300],
        thing=matter.thing[:80],
        rhythm=matter.rhythm.value,
        parent_id=matter.parent,
        again_id=matter.again,
        memorandum_id=matter.memorandum,
        words=search_key(f"{matter.text} {matter.paper} {matter.giver}"),
        who=person,
        at=timezone.now(),
    )


def _next_number(area: str, kind: Kind, year: int) -> str:
    """The next free number of an area and kind in a year."""
    taken = Matter.objects.filter(area=area, kind=kind, number__endswith=f"/{year}").order_by("-id").first()
    last = int(taken.number.partition("/")[0]) if taken else 0
    return f"{last + 1}/{year}"


@transaction.atomic
def happen(person: Person, matter_id: int, kind: EventKind, detail: Detail | None = None) -> Happening:
    """Let something happen to a matter; raises 404 for one the person may not see, 403 for what is not theirs to do."""
    audit.lock()
    given = detail or Detail()
    row = queries.matter_row(person, matter_id)
    parts = _require(person, row, kind)
    _check(row, kind, given)
    return _add(person, row, kind, given, unit=unit_of(person) if parts else "")


def _add(person: Person, row: Matter, kind: EventKind, given: Detail, *, unit: str) -> Happening:
    made = Happening(
        matter=row,
        kind=kind.value,
        on=given.on or local_day(timezone.now()),
        unit=unit,
        lead=unit_name(given.lead),
        supports=[unit_name(unit) for unit in given.supports if unit.strip()],
        due=given.due or (row.stated if kind is EventKind.ASSIGN else None),
        result=given.result.value if given.result else "",
        satisfied=given.satisfied,
        percent=given.percent,
        note=given.note.strip(),
        evidence=given.evidence.strip()[:300],
        who=person,
        at=timezone.now(),
    )
    made.save()
    attaching.attach(person, row.area, made, given.papers)
    restand(row)
    _log(person, made)
    return made


def _require(person: Person, row: Matter, kind: EventKind) -> set[str]:
    """The parts the person's unit has in the matter, when one of them or a right allows it."""
    rights, parts = MAY[kind]
    mine = set(row.concerned.filter(unit__in=units_of(person)).values_list("part", flat=True))
    by_right = any(may(person, right, row.area) for right in rights)
    areas = reached(person, Right.ANSWER)
    answering = bool(mine & {part.value for part in parts}) and (areas is None or row.area in areas)
    if by_right or answering:
        return mine
    raise NotAllowedError(
        "not-allowed",
        _("Việc này không phải của đơn vị bạn để {what}").format(what=kind.words),
        way_out=_("Đơn vị chủ trì báo cáo; lãnh đạo giao, gia hạn, thu hồi"),
    )


def _check(row: Matter, kind: EventKind, given: Detail) -> None:
    today = local_day(timezone.now())
    if given.on is not None and given.on > today:
        raise UserError("future-day", _("Ngày xảy ra không thể ở sau hôm nay"), value=f"{given.on:%d/%m/%Y}")
    if kind in (EventKind.ASSIGN, EventKind.TRANSFER) and not given.lead.strip():
        raise UserError("no-lead", _("Giao việc thì phải có một đơn vị chủ trì"))
    if kind in _NEEDS_DUE and given.due is None:
        raise UserError("no-due", _("Gia hạn thì phải có hạn mới"))
    if kind is EventKind.EXTEND and row.due is not None and given.due is not None and given.due <= row.due:
        raise UserError(
            "not-later", _("Hạn mới phải sau hạn cũ"), value=f"{given.due:%d/%m/%Y}", expected=f"> {row.due:%d/%m/%Y}"
        )
    if kind is EventKind.DONE and not (given.note.strip() or given.evidence.strip() or given.papers):
        raise UserError("no-evidence", _("Báo hoàn thành thì phải ghi kết quả hoặc văn bản chứng minh"))
    if kind is EventKind.ANSWER and given.result is None:
        raise UserError("no-result", _("Trả lời thì phải xếp loại kết quả"))
    if given.percent is not None and not 0 <= given.percent <= 100:
        raise UserError("bad-percent", _("Tiến độ phải từ 0 đến 100"), value=given.percent)
    if kind not in (EventKind.REOPEN, EventKind.RATE) and (row.done or row.recalled):
        raise UserError("closed", _("Việc này đã kết thúc"), way_out=_("Lãnh đạo mở lại trước"))


def restand(row: Matter) -> None:
    """Write the standing and the units concerned anew from the happenings."""
    rows = list(row.happenings.order_by("pk"))
    row.save(update_fields=write(row, told_by(rows)))
    supports: Sequence[str] = ()
    for one in sorted(standing_rows(rows), key=lambda one: (one.on, one.pk)):
        if one.kind in _NAMES_SUPPORTS:
            supports = one.supports
    wanted = {(unit, Concerned.Part.SUPPORT.value) for unit in supports if unit != row.lead}
    wanted |= {(row.lead, Concerned.Part.LEAD.value)} if row.lead else set()
    standing = row.concerned.exclude(part=Concerned.Part.GIVER)
    present = {(one.unit, one.part): one.pk for one in standing}
    standing.filter(pk__in=[pk for key, pk in present.items() if key not in wanted]).delete()
    Concerned.objects.bulk_create(
        [Concerned(matter=row, unit=unit, part=part) for unit, part in sorted(wanted - present.keys())]
    )


@transaction.atomic
def undo(person: Person, happening_id: int) -> Matter:
    """Take a slip back: one's own last happening, or anybody's for who may assign."""
    audit.lock()
    slip = Happening.objects.filter(pk=happening_id).select_related("matter").first()
    row = queries.matter_row(person, slip.matter_id if slip else 0)
    assert slip is not None
    stand = standing_rows(row.happenings.order_by("pk"))
    if slip not in stand:
        raise UserError("nothing-to-undo", _("Việc này đã được hoàn tác"))
    if not may(person, Right.ASSIGN, row.area) and (slip.who_id != person.pk or stand[-1].pk != slip.pk):
        raise NotAllowedError("not-allowed", _("Chỉ hoàn tác được việc mình vừa làm"))
    made = Happening(matter=row, on=local_day(timezone.now()), undoes=slip, who=person, at=timezone.now())
    made.save()
    restand(row)
    _log(person, made)
    return row


@transaction.atomic
def withdraw(person: Person, matter_id: int, why: str) -> Matter:
    """Take a matter back that was put on record by mistake: recalled by who planned it while nobody has it in hand.

    One that a leader has recalled already is left as it is; one in hand is for a leader to recall.
    """
    audit.lock()
    row = queries.matter_row(person, matter_id)
    require(person, Right.PLAN, row.area)
    if row.recalled is not None:
        return row
    if standing_rows(row.happenings.order_by("pk")) or row.children.exists():
        raise UserError(
            "matter-in-hand",
            _("Việc đã giao hoặc đã có diễn biến nên không hoàn tác được"),
            value=row.number,
            way_out=_("Lãnh đạo thu hồi việc trước"),
        )
    _add(person, row, EventKind.RECALL, Detail(note=why), unit="")
    row.refresh_from_db()
    return row


def _keeper(person: Person, number: int) -> Matter:
    """A matter whose ties the person may change: who plans or assigns in its area, and its lead unit. 404, 403."""
    audit.lock()
    row = queries.matter_row(person, number)
    if not queries.may_tie(person, row):
        raise NotAllowedError("not-allowed", _("Chỉ đơn vị chủ trì và người tổng hợp sửa được phần liên quan"))
    return row


@transaction.atomic
def link(person: Person, number: int, to: str, name: str) -> Link:
    """Say what a matter speaks of; the same thing twice is one link. The caller has seen that the thing is there."""
    row = _keeper(person, number)
    if to == f"matter:{row.pk}":
        raise UserError("own-link", _("Việc không gắn với chính nó"))
    made, new = Link.objects.get_or_create(matter=row, to=to[:120], defaults={"name": name[:300]})
    if new:
        audit.record(person.pk, "matters.link", f"matter:{row.pk}", {"to": to})
    return made


@transaction.atomic
def unlink(person: Person, number: int, to: str) -> None:
    """Take a link off."""
    row = _keeper(person, number)
    if row.links.filter(to=to).delete()[0]:
        audit.record(person.pk, "matters.unlink", f"matter:{row.pk}", {"to": to})


@transaction.atomic
def place_under(person: Person, number: int, parent: int | None) -> Matter:
    """Make a matter part of another of its area (None: of none); never of itself or of what is part of it."""
    row = _keeper(person, number)
    above = queries.matter_row(person, parent) if parent else None
    if above is not None and above.area != row.area:
        raise UserError("other-area", _("Việc cha phải cùng địa bàn"), value=above.number)
    walk = above
    while walk is not None:
        if walk.pk == row.pk:
            raise UserError("own-parent", _("Việc không thể là phần của chính nó"), value=above.number if above else "")
        walk = walk.parent
    row.parent = above
    row.save(update_fields=["parent"])
    audit.record(person.pk, "matters.place", f"matter:{row.pk}", {"parent": parent})
    return row


def unit_name(text: str) -> str:
    """A unit as people write it; a declared division or locality under its own name, however its letters are cased."""
    plain = " ".join(text.split())
    catalogue = load()
    declared = {division.name.casefold(): division.name for division in catalogue.divisions.values()}
    if plain.casefold().startswith("ubnd "):
        declared |= {name.casefold(): name for name in map(local_unit, catalogue.areas.children(catalogue.home))}
    return declared.get(plain.casefold(), plain)[:150]


def _log(person: Person, made: Happening) -> None:
    payload: dict[str, Any] = {
        name: getattr(made, name)
        for name in (
            "pk",
            "kind",
            "on",
            "unit",
            "lead",
            "supports",
            "due",
            "result",
            "satisfied",
            "percent",
            "evidence",
        )
    }
    payload |= {"note": made.note, "undoes": made.undoes_id}
    audit.record(person.pk, f"matters.{made.kind or 'undo'}", f"matter:{made.matter_id}", payload)


@dataclass(frozen=True, slots=True)
class NewMemorandum:
    """Two sides, when signed, until when, where it stands."""

    title: str
    side_one: str
    side_two: str
    signed: str = ""
    until: date | None = None
    url: str = ""
    document: int | None = None


@transaction.atomic
def sign(person: Person, area: str, new: NewMemorandum) -> Memorandum:
    """Put a memorandum on record; its commitments follow as matters."""
    require(person, Right.PLAN, area)
    if not new.title.strip() or not new.side_one.strip() or not new.side_two.strip():
        raise UserError("bad-memorandum", _("Biên bản ghi nhớ cần tên và hai bên"))
    row = Memorandum.objects.create(
        title=new.title.strip()[:300],
        area=area,
        side_one=new.side_one.strip()[:150],
        side_two=new.side_two.strip()[:150],
        signed=new.signed,
        until=new.until,
        url=new.url,
        document_id=new.document,
        who=person,
        at=timezone.now(),
    )
    audit.record(person.pk, "matters.memorandum", f"memorandum:{row.pk}", {"title": row.title})
    return row


@transaction.atomic
def calendar_key(person: Person, *, renew: bool = False) -> str:
    """The secret of the person's calendar address; a new one makes the old address stop."""
    row = CalendarKey.objects.filter(person=person).first()
    if row is None or renew:
        CalendarKey.objects.filter(person=person).delete()
        row = CalendarKey.objects.create(person=person, key=secrets.token_urlsafe(32))
        audit.record(person.pk, "matters.calendar", f"person:{person.pk}", {})
    return row.key
