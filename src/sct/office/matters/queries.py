"""Reads of matters, already narrowed: all of the area for who oversees it, else those that concern the own unit."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncMonth

from sct.catalogue import load
from sct.errors import UserError
from sct.following.events import EventKind
from sct.following.states import Counts, State, counts, escalated
from sct.office.documents import attaching
from sct.office.documents.models import Attachment
from sct.office.matters.models import Concerned, Happening, Kind, Matter, Memorandum
from sct.office.matters.standing import in_state, is_escalated, is_open, of_row, standing_rows, state_now, state_of
from sct.office.people.errors import NotVisibleError
from sct.office.people.models import Person, Right
from sct.office.people.queries import Someone, granted, may, reached, units_of
from sct.vietnamese.text import search_key
from sct.words import _

Rows = QuerySet[Matter]
PAGE = 50


def visible(person: Someone) -> Rows:
    """The one gate: areas overseen whole; elsewhere what the person's own unit has a part in."""
    if not isinstance(person, Person) or not person.is_active:
        return Matter.objects.none()
    overseen = granted(person, Right.OVERSEE)
    if overseen is None:
        return Matter.objects.all()
    mine = Q(area__in=overseen) if overseen else Q(pk__in=[])
    areas = reached(person)
    units = units_of(person)
    if units and (areas is None or areas):
        concerned = Q(pk__in=Concerned.objects.filter(unit__in=units).values("matter"))
        mine |= concerned if areas is None else concerned & Q(area__in=areas)
    return Matter.objects.filter(mine)


def visible_in(person: Someone, area: str) -> Rows:
    """`visible` within one area, asked without listing every area the person oversees.

    A commune's unit sees beside its own area what it has a part in at the department: its petitions lie there.
    """
    rows = Matter.objects.filter(area=area)
    if not isinstance(person, Person) or not person.is_active:
        return rows.none()
    overseen, areas, units = granted(person, Right.OVERSEE), reached(person), units_of(person)
    if overseen is None or area in overseen:
        return rows
    if units and (areas is None or area in areas):
        mine = Concerned.objects.filter(unit__in=units).values("matter")
        held, home = granted(person, Right.ANSWER), load().home
        there = held is not None and home not in held and (areas is None or home in areas)
        return Matter.objects.filter(area__in={area, home} if there else {area}, pk__in=mine)
    return rows.none()


def matter_row(person: Someone, number: int) -> Matter:
    """One matter; raises `NotVisibleError` (404)."""
    row = visible(person).filter(pk=number).first()
    if row is None:
        raise NotVisibleError("not-found", _("Không có việc này"), value=number or None)
    return row


def may_tie(person: Someone, row: Matter) -> bool:
    """Who may say what a matter speaks of and is part of: who plans or assigns in its area, and its lead unit."""
    if may(person, Right.PLAN, row.area) or may(person, Right.ASSIGN, row.area):
        return True
    areas = reached(person, Right.ANSWER)
    return bool(row.lead) and row.lead in units_of(person) and (areas is None or row.area in areas)


def petition(person: Someone, number: str) -> int | None:
    """The petition of a number as people cite it (3/2026), to say that it is raised again; None for no number.

    Raises `UserError("no-such-petition")`, also for one that the person may not see.
    """
    cited = number.strip()
    if not cited:
        return None
    row = visible(person).filter(kind=Kind.PETITION, number=cited).order_by("-pk").first()
    if row is None:
        raise UserError("no-such-petition", _("Không có kiến nghị số này"), value=cited[:40], expected="3/2026")
    return row.pk


def require_happening(person: Someone, number: int) -> None:
    """Raises `NotVisibleError` (404) for what happened to a matter that is not the person's to see."""
    row = Happening.objects.filter(pk=number).first()
    matter_row(person, row.matter_id if row else 0)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a board asks for: area, today, and filters; `board` is one of `BOARDS`."""

    area: str
    today: date
    board: str = "all"
    state: str = ""
    kind: str = ""
    unit: str = ""
    giver: str = ""
    occasion: str = ""
    words: str = ""
    page: int = 1


def _mine(person: Someone, asked: Asked) -> Q:
    return Q(lead__in=units_of(person)) & is_open()


def _unit(person: Someone, asked: Asked) -> Q:
    units = {asked.unit} if asked.unit else units_of(person)
    return Q(pk__in=Concerned.objects.filter(unit__in=units).values("matter"))


def _week(person: Someone, asked: Asked) -> Q:
    last = asked.today + timedelta(days=6 - asked.today.weekday())
    return is_open() & Q(suspended__isnull=True, order__gte=asked.today, order__lte=last)


def _overdue(person: Someone, asked: Asked) -> Q:
    """Read off the index of open matters by due date."""
    return Q(closed=False, order__lt=asked.today) & in_state(State.OVERDUE, asked.today)


Condition = Callable[[Someone, Asked], Q]
BOARDS: dict[str, Condition] = {
    "all": lambda person, asked: Q(),
    "mine": _mine,
    "unit": _unit,
    "overdue": _overdue,
    "week": _week,
    "waiting": lambda person, asked: in_state(State.UNASSIGNED, asked.today) | in_state(State.WAITING, asked.today),
    "asked": lambda person, asked: is_open() & Q(asked=True),
    "escalated": lambda person, asked: is_escalated(asked.today),
    "regular": lambda person, asked: in_state(State.REGULAR, asked.today),
    "done": lambda person, asked: Q(done__isnull=False),
}


def filtered(person: Someone, asked: Asked) -> Rows:
    """The matters of a board, unordered."""
    rows = visible_in(person, asked.area)
    rows = rows.filter(BOARDS.get(asked.board, BOARDS["all"])(person, asked))
    if asked.state:
        rows = rows.filter(in_state(State(asked.state), asked.today))
    plain = {"kind": asked.kind, "giver": asked.giver, "occasion": asked.occasion}
    rows = rows.filter(**{name: value for name, value in plain.items() if value})
    if asked.unit and asked.board != "unit":
        rows = rows.filter(lead=asked.unit)
    for word in search_key(asked.words).split():
        rows = rows.filter(words__contains=word)
    return rows


def named(person: Someone, area: str, words: str, limit: int) -> list[Matter]:
    """The newest matters of an area with every one of the words, open ones first. One query."""
    rows = visible_in(person, area)
    keys = search_key(words).split()
    for word in keys:
        rows = rows.filter(words__contains=word)
    return list(rows.order_by("closed", "-pk")[:limit]) if keys else []


@dataclass(frozen=True, slots=True)
class Line:
    """A matter on a board, its state on the day, days past due (negative: left)."""

    row: Matter
    state: State
    late: int | None


@dataclass(frozen=True, slots=True)
class Board:
    lines: tuple[Line, ...]
    more: bool
    page: int


def board(person: Someone, asked: Asked) -> Board:
    """One page of a board: what is due first comes first, what has no date last. One query beside rights."""
    rows = filtered(person, asked).order_by("closed", "order", "id").select_related("parent")
    start = (asked.page - 1) * PAGE
    found = list(rows[start : start + PAGE + 1])
    return Board(tuple(_line(row, asked.today) for row in found[:PAGE]), len(found) > PAGE, asked.page)


def _line(row: Matter, today: date) -> Line:
    kind = state_of(row, today)
    late = None if row.due is None or not kind.is_open or kind is State.SUSPENDED else (today - row.due).days
    return Line(row, kind, late)


def every(person: Someone, asked: Asked, limit: int = 5000) -> list[Line]:
    """All matters of a board, for exports and calendars."""
    rows = filtered(person, asked).order_by("occasion", "id")[:limit]
    return [_line(row, asked.today) for row in rows]


def late_by_lead(person: Someone, asked: Asked, year: int) -> dict[str, int]:
    """Lead unit → how many matters that fell due in a year were finished late or are overdue. One query."""
    last = min(asked.today, date(year, 12, 31))
    late = in_state(State.OVERDUE, asked.today) | in_state(State.DONE_LATE, asked.today)
    rows = filtered(person, asked).filter(late, due__gte=date(year, 1, 1), due__lte=last).exclude(lead="")
    return dict(rows.values_list("lead").annotate(n=Count("id")).order_by())


def fallen_due(person: Someone, asked: Asked, year: int) -> list[Line]:
    """The matters of an area that fell due in a year, none recalled, by due date. One query."""
    last = min(asked.today, date(year, 12, 31))
    rows = filtered(person, asked).filter(due__gte=date(year, 1, 1), due__lte=last, recalled__isnull=True)
    return [_line(row, asked.today) for row in rows.exclude(lead="").order_by("due", "id")]


@dataclass(frozen=True, slots=True)
class Pressing:
    """What presses today: the first few that are past due or due this week, and how many there are in all."""

    lines: tuple[Line, ...]
    overdue: int
    week: int
    escalated: int


def pressing(person: Someone, area: str, today: date, most: int = 5) -> Pressing:
    """Of the own units; for who oversees of the whole area. Two queries."""
    asked = Asked(area, today)
    rows = visible_in(person, area).filter(is_open(), suspended__isnull=True)
    if not may(person, Right.OVERSEE, area):
        rows = rows.filter(lead__in=units_of(person))
    late, soon, leaders = in_state(State.OVERDUE, today), _week(person, asked), is_escalated(today)
    told = rows.aggregate(
        overdue=Count("pk", filter=late),
        week=Count("pk", filter=soon),
        escalated=Count("pk", filter=leaders),
    )
    first = rows.filter(late | soon).order_by("closed", "order", "id")[:most] if told["overdue"] + told["week"] else ()
    return Pressing(tuple(_line(row, today) for row in first), **told)


def moment() -> tuple[int, int]:
    """What changes whenever a matter does: the last happening and the last matter. Two small queries."""
    last = (model.objects.order_by("-pk").values_list("pk", flat=True).first() for model in (Happening, Matter))
    happening, matter = (pk or 0 for pk in last)
    return happening, matter


def tally(person: Someone, asked: Asked) -> Counts:
    """How many in each state. One query."""
    rows = filtered(person, asked).annotate(kind_now=state_now(asked.today)).values("kind_now")
    by_state = {State(row["kind_now"]): row["n"] for row in rows.annotate(n=Count("id")).order_by()}
    return Counts(sum(by_state.values()), by_state)


@dataclass(frozen=True, slots=True)
class UnitTally:
    """A unit's counts, with the rate of what should be done by now that was done in time."""

    unit: str
    counts: Counts

    @property
    def rate(self) -> Fraction | None:
        return self.counts.in_time_rate


def by_unit(person: Someone, asked: Asked) -> list[UnitTally]:
    """Counts by lead unit, most overdue first. One query."""
    rows = filtered(person, asked).exclude(lead="").annotate(kind_now=state_now(asked.today)).values("lead", "kind_now")
    found: dict[str, dict[State, int]] = {}
    for row in rows.annotate(n=Count("id")).order_by():
        found.setdefault(row["lead"], {})[State(row["kind_now"])] = row["n"]
    told = [UnitTally(unit, Counts(sum(kinds.values()), kinds)) for unit, kinds in found.items()]
    return sorted(told, key=lambda one: (-one.counts.of(State.OVERDUE), one.unit))


def by_month(person: Someone, asked: Asked) -> list[tuple[date, int, int]]:
    """For each month: how many fell due, how many of these were done in time. One query."""
    rows = filtered(person, asked).filter(due__isnull=False, recalled__isnull=True)
    in_time = Count("id", filter=in_state(State.DONE_IN_TIME, asked.today))
    months = rows.annotate(month=TruncMonth("due")).values("month").annotate(n=Count("id"), good=in_time)
    return [(row["month"], row["n"], row["good"]) for row in months.order_by("month")]


def choices(person: Someone, area: str) -> dict[str, list[tuple[str, str]]]:
    """What the filters offer: givers, conferences and lead units that occur. Three queries."""
    rows = visible_in(person, area)
    units = rows.exclude(lead="").order_by("lead").values_list("lead", flat=True).distinct()
    givers = rows.exclude(giver="").order_by("giver").values_list("giver", flat=True).distinct()
    held = rows.exclude(occasion="").order_by("occasion").values_list("occasion", "occasion_name").distinct()
    return {
        "unit": [(unit, unit) for unit in units[:200]],
        "giver": [(giver, giver) for giver in givers[:200]],
        "occasion": list(held[:200]),
    }


@dataclass(frozen=True, slots=True)
class Page:
    """Everything about one matter."""

    line: Line
    story: tuple[Happening, ...]
    undone: frozenset[int]
    leads: tuple[str, ...]
    supports: tuple[str, ...]
    children: tuple[Line, ...]
    again: tuple[Matter, ...]
    links: tuple[tuple[str, str], ...] = field(default=())
    papers: dict[int, list[Attachment]] = field(default_factory=dict)  # by happening
    reminded: int = 0  # how often, before its due date too
    escalated: bool = False


def page(person: Someone, number: int, today: date) -> Page:
    """One matter with its story, children and those who have to do with it; raises 404."""
    row = matter_row(person, number)
    story = list(row.happenings.select_related("who").order_by("on", "pk"))
    standing = {one.pk for one in standing_rows(story)}
    parts: dict[str, list[str]] = {}
    for unit, part in row.concerned.order_by("unit").values_list("unit", "part"):
        parts.setdefault(part, []).append(unit)
    below = [_line(child, today) for child in visible(person).filter(parent=row).order_by("id")]
    return Page(
        line=_line(row, today),
        story=tuple(one for one in story if not one.undoes_id),
        undone=frozenset(one.pk for one in story if one.pk not in standing),
        leads=tuple(parts.get("lead", ())),
        supports=tuple(parts.get("support", ())),
        children=tuple(below),
        again=tuple(visible(person).filter(again=row)),
        links=tuple(row.links.order_by("pk").values_list("to", "name")),
        papers=attaching.of(story),
        reminded=sum(one.kind == EventKind.REMIND.value and one.pk in standing for one in story),
        escalated=escalated(of_row(row), today),
    )


def of_occasion(person: Someone, occasion: str, today: date) -> list[Line]:
    """The matters of a conference, top ones first."""
    rows = visible(person).filter(occasion=occasion).order_by("id")
    return [_line(row, today) for row in rows]


def linked(person: Someone, to: str, today: date) -> list[Line]:
    """Matters that speak of a thing: indicator:exports, target:12."""
    rows = visible(person).filter(links__to=to).order_by("closed", "order")[:20]
    return [_line(row, today) for row in rows]


def memoranda(person: Someone, area: str) -> list[Memorandum]:
    """Memoranda of an area that the person oversees."""
    overseen = granted(person, Right.OVERSEE)
    if overseen is not None and area not in overseen:
        return []
    return list(Memorandum.objects.filter(area=area).order_by("-id"))


@dataclass(frozen=True, slots=True)
class Year:
    """Kiểm điểm: what of a memorandum was to be done in a year (0: without a date), and what became of it."""

    year: int
    lines: tuple[Line, ...]

    @property
    def counts(self) -> Counts:
        return counts(line.state for line in self.lines)


def years_of(person: Someone, memorandum: int, today: date) -> list[Year]:
    """The yearly reckoning, oldest year first, what has no date last."""
    told = reckoning(person, memorandum, today)
    return [Year(year, tuple(told[year])) for year in sorted(told, key=lambda year: (not year, year))]


def reckoning(person: Someone, memorandum: int, today: date) -> dict[int, list[Line]]:
    """The commitments of a memorandum by the year in which they are due (0: without a date): its yearly reckoning."""
    found: dict[int, list[Line]] = {}
    for row in visible(person).filter(memorandum=memorandum, kind=Kind.COMMITMENT).order_by("due", "id"):
        found.setdefault(row.due.year if row.due else 0, []).append(_line(row, today))
    return found


def leads_of(rows: Iterable[Matter]) -> list[str]:
    return sorted({row.lead for row in rows if row.lead})
