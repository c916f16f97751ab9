"""Views of the registers, each already narrowed to what the person may see.

Every question has a day: the open spans answer for today, `start <= day < until` for any other; which entries stand on
a page of a past day is told by the columns of `past`. Fields that a role may not see are taken out of the values here,
so that no page, file or answer of the API can show them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from sct.catalogue import load
from sct.catalogue.classing import Classed, classify, value_of, warned
from sct.catalogue.classing import Verdict as Rule
from sct.catalogue.histories import Event as Life
from sct.catalogue.histories import Snapshot, on
from sct.catalogue.milestones import Milestone, milestones
from sct.catalogue.registers import Cohort, Register, register
from sct.office.people.errors import NotVisibleError
from sct.office.people.models import Right
from sct.office.people.queries import Someone, granted, may, roles
from sct.office.registers import past
from sct.office.registers.mapping import Box
from sct.office.registers.models import Batch, Entry, Event, Span
from sct.office.registers.questions import PAGE, SORTS, Question, areas_in
from sct.office.registers.reading import facet_columns, told
from sct.office.registers.rollup import feeders, given, with_given
from sct.office.registers.words import candidates, split, with_words
from sct.vietnamese.text import search_key
from sct.words import _

Spans = models.QuerySet[Span]


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as a list shows it on a day."""

    entry: int
    register: Register
    name: str
    area: str
    state: str
    since: date
    values: dict[str, str] = field(hash=False)
    lat: float | None = None
    lon: float | None = None
    approximate: bool = False
    expires: date | None = None
    blocked: bool = False
    start: date | None = None
    found: bool = False  # its state was only found so on `since`
    precision: int = 10  # of `since`: 4 the year, 7 the month, 10 the day

    @property
    def snapshot(self) -> Snapshot:
        return Snapshot(self.state, self.since, self.values)

    def value(self, code: str) -> str:
        return value_of(self.register, self.snapshot, code)


# -- the gate -------------------------------------------------------------------------------------------------


def visible(person: Someone, kind: str) -> Spans:
    """The spans of a register in the areas a person may see.

    A grant of a whole province is asked by the province, which leads the indexes; smaller ones by their areas.
    """
    return _seen(person, Span.objects.filter(register=kind))


def visible_of(person: Someone, kinds: Sequence[str]) -> Spans:
    """The same of several registers."""
    return _seen(person, Span.objects.filter(register__in=kinds))


def _seen(person: Someone, rows: Spans) -> Spans:
    areas = granted(person, Right.SEE)
    if areas is None:
        return rows
    return rows.filter(inside(areas)) if areas else rows.none()


def inside(areas: frozenset[str]) -> Q:
    whole, rest = _roots(areas)
    inside = Q(province__in=whole) if len(whole) != 1 else Q(province=whole[0])
    if not rest:
        return inside
    return inside | Q(area__in=rest) if whole else Q(area__in=rest)


@lru_cache(maxsize=256)
def _roots(areas: frozenset[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Whole provinces among the areas, and the areas that lie in none of them."""
    known = load().areas
    whole = tuple(sorted(key for key in areas if key in known and known[key].level == "province"))

    def covered(key: str) -> bool:
        area = known.get(key)
        while area is not None:
            if area.key in whole:
                return True
            area = known.get(area.parent)
        return False

    return whole, tuple(sorted(key for key in areas if not covered(key)))


def hidden(person: Someone, kind: Register) -> frozenset[str]:
    """The fields that a person's roles may not see."""
    mine = roles(person)
    return frozenset(one.code for one in kind.fields.values() if one.see and not mine & set(one.see))


# -- lists ----------------------------------------------------------------------------------------------------


def asked(person: Someone, question: Question) -> Spans:
    """The spans that answer a question, without order."""
    return narrowed_to(on_day(visible(person, question.register.code), question.day), question)


def on_day(rows: Spans, day: date) -> Spans:
    if day >= timezone.localdate():
        return rows.filter(open=True)
    return rows.filter(start__lte=day, until__gt=day)


def narrowed_to(rows: Spans, question: Question) -> Spans:
    """The filters of a question, upon rows of its day."""
    if question.state:
        rows = (
            rows.filter(state=question.state[0]) if len(question.state) == 1 else rows.filter(state__in=question.state)
        )
    columns = facet_columns(question.register)
    for code, value in question.facets:
        if code in columns:
            rows = rows.filter(**{columns[code]: value})
    if question.area:
        rows = within(rows, question.area)
    if question.entries is not None:
        rows = rows.filter(entry__in=question.entries)
    if question.box is not None:
        rows = inside_box(rows, question.box)
    return matching(rows, question.words)


def within(rows: Spans, area: str) -> Spans:
    """Rows of an area and everything under it."""
    areas = areas_in(area)
    if areas is None:
        return rows
    return rows.filter(province=area) if load().areas[area].level == "province" else rows.filter(area__in=areas)


def inside_box(rows: Spans, box: Box) -> Spans:
    """Rows whose point lies in a rectangle; the grid leads the index to its cells, or to its rows where it is large."""
    cells = box.cells()
    rows = rows.filter(cell__range=box.rows()) if cells is None else rows.filter(cell__in=cells)
    return rows.filter(lat__range=(box.south, box.north), lon__range=(box.west, box.east))


def cohort_members(person: Someone, kind: Register, cohort: Cohort) -> tuple[int, ...]:
    """The entries that came into the cohort's state within its days."""
    rows = visible(person, kind.code).filter(
        entered=True, state=cohort.entered, start__range=(cohort.first, cohort.last)
    )
    return tuple(rows.values_list("entry", flat=True).distinct())


def matching(rows: Spans, words: str) -> Spans:
    """Rows that hold every word, or its beginning, without diacritics; a past day is found by words of today."""
    return rows.filter(entry__in=with_words(words)) if split(words) else rows


def ordered(rows: Spans, sort: str) -> Spans:
    names = SORTS.get(sort, SORTS["ten"])
    if names[0] == "expires":
        return rows.order_by(F("expires").asc(nulls_last=True), *names[1:])
    return rows.order_by(*names)


def lines(person: Someone, question: Question, limit: int = PAGE) -> list[Line]:
    """One page of a list; one query (of a past day some more, to see whether its columns are still right)."""
    start = (max(question.page, 1) - 1) * limit
    if question.past:
        numbers = past.view(person, question).listed()[start : start + limit]
        return lines_of(person, question.register, rows_on(person, question, numbers))
    rows = ordered(asked(person, question), question.sort)[start : start + limit]
    return lines_of(person, question.register, rows)


def rows_on(person: Someone, question: Question, entries: Sequence[int]) -> list[Span]:
    """The spans of entries on the day of a question, in the order given."""
    found: dict[int, Span] = {}
    for start in range(0, len(entries), 500):
        rows = on_day(visible(person, question.register.code), question.day)
        found |= {row.entry_id: row for row in rows.filter(entry__in=entries[start : start + 500])}
    return [found[entry] for entry in entries if entry in found]


def lines_of(person: Someone, kind: Register, rows: Iterable[Span]) -> list[Line]:
    secret = hidden(person, kind)
    return [line_of(kind, row, secret) for row in rows]


def line_of(kind: Register, row: Span, secret: frozenset[str] = frozenset()) -> Line:
    return Line(
        entry=row.entry_id,
        register=kind,
        name=row.name,
        area=row.area,
        state=row.state,
        since=row.since,
        values={code: value for code, value in row.values.items() if code not in secret},
        lat=row.lat,
        lon=row.lon,
        approximate=row.approximate,
        expires=row.expires,
        blocked=row.blocked,
        start=row.start,
        found=row.since_found,
        precision=row.since_precision,
    )


def found(person: Someone, kinds: Iterable[str], words: str, limit: int = 8) -> list[Line]:
    """Entries of any register by words, those that begin so first: what a search box shows while one types."""
    wanted = set(kinds)
    areas = granted(person)
    if len("".join(split(words))) < 2 or areas == frozenset():
        return []
    rows: dict[int, Span] = {}
    for numbers in candidates(words, sorted(wanted), 8 * limit, None if areas is None else inside(areas)):
        rows |= {row.pk: row for row in Span.objects.filter(pk__in=numbers)}
        if len(rows) >= limit:
            break
    secret = {code: hidden(person, register(code)) for code in wanted}
    lines_found = [line_of(register(row.register), row, secret[row.register]) for row in rows.values()]
    key = " ".join(split(words))
    lines_found.sort(key=lambda line: (not search_key(line.name).startswith(key), len(line.name), line.entry))
    return lines_found[:limit]


# -- one entry ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Told:
    """One event of the time line: the row, what it changed (field, before, after), what evidence it lacks."""

    row: Event
    changes: tuple[tuple[str, str, str], ...]
    withdrawn: bool
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """Everything about an entry on a day."""

    line: Line
    events: tuple[Told, ...]
    classes: tuple[tuple[str, Classed], ...]
    warnings: tuple[tuple[str, Rule], ...]
    milestones: tuple[Milestone, ...]
    may_record: bool
    day: date


def entry(person: Someone, number: int, day: date, known: datetime | None = None) -> Page:
    """One entry; `known` asks what was known of it at a moment. Raises `NotVisibleError` (404)."""
    row = Entry.objects.filter(pk=number).first()
    kind = register(row.register) if row else None
    if kind is None:
        raise NotVisibleError("not-found", _("Không có hồ sơ này"), value=number)
    span = visible(person, kind.code).filter(entry=number).order_by("-start").first()
    if span is None:
        raise NotVisibleError("not-found", _("Không có hồ sơ này"), value=number)
    every = Event.objects.filter(entry=number).select_related("who", "batch", "withdrawal__who").order_by("valid", "pk")
    rows = [row for row in every if known is None or row.entered <= known]
    secret = hidden(person, kind)
    line = _line_on(kind, rows, day, known, secret)
    parameters = load().parameters
    return Page(
        line=line,
        events=tuple(_told(kind, rows, secret, known)),
        classes=tuple((one.told, classify(kind, one, line.snapshot, day, parameters)) for one in kind.classes),
        warnings=tuple(warned(kind, line.snapshot, day, parameters)),
        milestones=tuple(m for m in _milestones(kind, rows, day, known) if m.state.planned not in secret),
        may_record=known is None
        and may(person, Right.RECORD, span.area)
        and (not kind.edit or bool(roles(person) & set(kind.edit))),
        day=day,
    )


def _milestones(kind: Register, rows: Sequence[Event], day: date, known: datetime | None) -> list[Milestone]:
    """Planned and actual days, where any is planned."""
    found = milestones(kind, [told(row) for row in rows if _stood(row, known)], day)
    return found if any(one.planned for one in found) else []


def _line_on(kind: Register, rows: Sequence[Event], day: date, known: datetime | None, secret: frozenset[str]) -> Line:
    """The entry on a day; before its first event, as it began (the page says so)."""
    events = [told(row) for row in rows if _stood(row, known)]
    if known is None and rows:
        events = _with_lists(kind, rows[0].entry_id, events)
    snapshot = on(kind, events, day, known)
    if snapshot is None:
        raise NotVisibleError("not-yet", _("Ngày đó hồ sơ này chưa có trong sổ"), value=f"{day:%d-%m-%Y}")
    from sct.office.registers.reading import span_rows

    upto = [
        event
        for event in events
        if event.valid <= day and (known is None or not event.entered or event.entered <= known)
    ]
    row = span_rows(kind, rows[0].entry_id, upto)[-1]
    return line_of(kind, row, secret)


def _with_lists(kind: Register, number: int, events: list[Life]) -> list[Life]:
    """The life with what the lists of its members give to it."""
    lists = given(kind, [number]) if feeders(kind) else {}
    return with_given(events, lists[number]) if number in lists else events


def _stood(row: Event, known: datetime | None) -> bool:
    taken: Any = getattr(row, "withdrawal", None)
    return taken is None or (known is not None and taken.at > known)


def _told(
    kind: Register, rows: Sequence[Event], secret: frozenset[str], known: datetime | None = None
) -> Iterable[Told]:
    """The events as they took hold, each with what it changed against the values before it."""
    from sct.catalogue.histories import moves, ordered

    standing = {row.pk: row for row in rows if _stood(row, known)}
    order = [event.number for event in ordered(kind, (told(row) for row in standing.values()))]
    origins = {event.number: origin for event, origin in moves(kind, (told(row) for row in standing.values()))}
    before: dict[str, str] = {}
    for number in order:
        row = standing[number]
        yield Told(row, _changes(row, before, secret), False, _lacks(kind, row, origins.get(number)))
        before.update(row.values)
    for row in rows:
        if row.pk not in standing:
            yield Told(row, _changes(row, {}, secret), True)


def _changes(row: Event, before: dict[str, str], secret: frozenset[str]) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (code, before.get(code, ""), value)
        for code, value in row.values.items()
        if code not in secret and value != before.get(code, "")
    )


def _lacks(kind: Register, row: Event, origin: str | None) -> tuple[str, ...]:
    if not row.state or origin is None:
        return ()
    way = kind.way(origin, row.state) if origin else next((w for w in kind.transitions if w.to == row.state), None)
    return tuple(told(row).lacks(way.evidence)) if way else ()


# -- desks ----------------------------------------------------------------------------------------------------


def expiring(person: Someone, kind: Register, first: date | None, last: date | None) -> Spans:
    """Open entries whose last day lies within some days, soonest first."""
    rows = visible(person, kind.code).filter(open=True, expires__isnull=False)
    if first is not None:
        rows = rows.filter(expires__gte=first)
    if last is not None:
        rows = rows.filter(expires__lte=last)
    return rows.order_by("expires", "entry_id")


def blocked(person: Someone, kind: Register) -> Spans:
    """Open entries with an obstacle that are still alive, waiting longest first."""
    rows = visible(person, kind.code).filter(open=True, blocked=True, state__in=kind.living)
    return rows.order_by("since", "entry_id")


def batches(person: Someone, kind: str, limit: int = 10) -> list[tuple[Batch, bool]]:
    """The newest imports of a register, each with whether anything of it still stands."""
    if not may(person, Right.SEE):
        return []
    rows = Batch.objects.filter(register=kind, kind="import").select_related("who").order_by("-pk")[:limit]
    alive = set(
        Event.objects.filter(batch__in=[row.pk for row in rows], withdrawal__isnull=True)
        .values_list("batch", flat=True)
        .distinct()
    )
    return [(row, row.pk in alive) for row in rows]
