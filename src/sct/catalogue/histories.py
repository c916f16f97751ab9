"""The history of an entry: dated events, and what it was on any day, in whatever order they were entered.

Two dates stand on an event: `valid`, the day from which it holds, and `entered`, when it was put in. What an entry is
on a day is the events valid by then, put in by then, in the order of their valid days. On one day a life moves
forward (the rank of the states), and of two values of one field the one entered later is a correction.
docs/why/registers.md has a worked example.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import pairwise

from sct.catalogue.registers import Register
from sct.errors import UserError
from sct.words import _

NAME, AREA, LATITUDE, LONGITUDE = "name", "area", "lat", "lon"
BUILT_IN = (NAME, AREA, LATITUDE, LONGITUDE)
EVIDENCE = ("decision", "date", "signer", "document")
_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Event:
    """One dated change of an entry. `values` maps fields to canonical text, "" takes a value away."""

    valid: date
    state: str = ""  # the state it leads to; "" when it only changes fields
    values: Mapping[str, str] = field(default_factory=dict)
    entered: datetime | None = None
    number: int = 0  # orders events entered at one moment
    decision: str = ""
    decided: date | None = None
    signer: str = ""
    document: str = ""  # the paper's title or address
    source: str = ""  # a cited source, where no decision is at hand
    found: bool = False  # the state was found so on the day; since when it holds is not known
    precision: int = 10  # how much of `valid` is known: 4 the year, 7 the month, 10 the day

    def lacks(self, wanted: Iterable[str]) -> list[str]:
        """Which kinds of evidence are not there."""
        here = {"decision": self.decision, "date": self.decided, "signer": self.signer, "document": self.document}
        return [name for name in wanted if not here[name]]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What an entry was on a day: its state, since when, and the values of its fields."""

    state: str
    since: date
    values: Mapping[str, str]
    entered_now: bool = False  # the state was come into on the very day the snapshot begins
    found: bool = False  # it was only found so on that day
    precision: int = 10  # of `since`

    def __getitem__(self, name: str) -> str:
        return self.state if name == "state" else self.values.get(name, "")


@dataclass(frozen=True, slots=True)
class Span:
    """A snapshot that held from a day on, up to the day before `until` (None: still)."""

    start: date
    until: date | None
    snapshot: Snapshot


def ordered(register: Register, events: Iterable[Event]) -> list[Event]:
    """Events as they took hold. The rank of a state breaks ties, then the order of entry."""

    def key(event: Event) -> tuple[date, int, datetime, int]:
        rank = register.states[event.state].rank if event.state in register.states else -1
        return event.valid, rank, event.entered or _LONG_AGO, event.number

    return sorted(events, key=key)


def spans(register: Register, events: Iterable[Event]) -> list[Span]:
    """The whole life as spans without gap, one for each day on which something changed; [] without a state."""
    found: list[tuple[date, Snapshot]] = []
    values: dict[str, str] = {}
    state, since, how = "", date.min, (False, 10)
    by_entry: dict[str, tuple[date, tuple[datetime, int]]] = {}
    for event in ordered(register, events):
        moved = bool(event.state) and event.state != state
        if moved:
            state, since, how = event.state, event.valid, (event.found, event.precision)
        _apply(values, by_entry, event)
        if not state:
            continue
        came = (moved and not event.found) or bool(found and found[-1][0] == event.valid and found[-1][1].entered_now)
        snapshot = Snapshot(state, since, {k: v for k, v in values.items() if v}, came, *how)
        if found and found[-1][0] == event.valid:
            found[-1] = (event.valid, snapshot)
        else:
            found.append((event.valid, snapshot))
    made = [Span(day, following, snapshot) for (day, snapshot), (following, _s) in pairwise(found)]
    return [*made, Span(found[-1][0], None, found[-1][1])] if found else []


def _apply(values: dict[str, str], last: dict[str, tuple[date, tuple[datetime, int]]], event: Event) -> None:
    """Set the event's values; on one day the value entered later stands, whatever the states of the two events."""
    entry = (event.entered or _LONG_AGO, event.number)
    for name, value in event.values.items():
        known = last.get(name)
        if known is not None and known[0] == event.valid and known[1] > entry:
            continue
        values[name], last[name] = value, (event.valid, entry)


def on(register: Register, events: Iterable[Event], day: date, known: datetime | None = None) -> Snapshot | None:
    """What the entry was on a day, as far as it was known at a moment (None: as known now); None before it was."""
    told = [event for event in events if event.valid <= day and _known(event, known)]
    life = spans(register, told)
    return life[-1].snapshot if life else None


def _known(event: Event, moment: datetime | None) -> bool:
    return moment is None or event.entered is None or event.entered <= moment


def moves(register: Register, events: Iterable[Event]) -> Iterator[tuple[Event, str]]:
    """Each event that changes the state, with the state before it ("" at the beginning)."""
    state = ""
    for event in ordered(register, events):
        if event.state and event.state != state:
            yield event, state
            state = event.state


def check(register: Register, events: Iterable[Event], new: Event) -> None:
    """Refuse an event that the life cycle does not allow, also when it is entered late between two others.

    Raises `UserError("illegal-transition")` with the ways that are open, and `UserError("evidence-missing")`.
    The first state of an entry may be any: it is told as it was found. Evidence may be lacking where a source is cited.
    """
    if new.state:
        register.state(new.state)
    before = list(events)
    standing = {id(event) for event, origin in moves(register, before) if not _legal(register, origin, event)}
    for event, origin in moves(register, [*before, new]):
        if not _legal(register, origin, event) and id(event) not in standing:
            raise _refusal(register, origin, event, new)
    way = _way_of(register, [*before, new], new)
    if way is not None and not new.source and (missing := new.lacks(way)):
        raise UserError(
            "evidence-missing",
            _("Chuyển sang «{state}» phải có căn cứ").format(state=register.states[new.state].told),
            expected=", ".join(evidence_word(name) for name in missing),
            way_out=_("Ghi đủ căn cứ, hoặc dẫn nguồn nếu văn bản chưa có trong tay"),
        )


def _legal(register: Register, origin: str, event: Event) -> bool:
    return not origin or register.way(origin, event.state) is not None


def _way_of(register: Register, events: Iterable[Event], new: Event) -> tuple[str, ...] | None:
    """The evidence that the move of `new` asks for; None where it moves nothing or begins the entry."""
    for event, origin in moves(register, events):
        if event is new:
            way = register.way(origin, new.state) if origin else None
            return way.evidence if way else None
    return None


def _refusal(register: Register, origin: str, event: Event, new: Event) -> UserError:
    ways = ", ".join(f"«{register.states[way.to].told}»" for way in register.ways(origin)) or _(
        "không chuyển đi đâu nữa"
    )
    if event is new:
        return UserError(
            "illegal-transition",
            _("Từ «{a}» không chuyển thẳng sang «{b}» được").format(
                a=register.states[origin].told, b=register.states[event.state].told
            ),
            expected=ways,
            way_out=_("Ghi bước ở giữa trước, hoặc sửa ngày hiệu lực"),
        )
    return UserError(
        "illegal-transition",
        _("Ghi như vậy thì bước «{b}» ngày {day} không còn đứng được sau «{a}»").format(
            a=register.states[origin].told, b=register.states[event.state].told, day=f"{event.valid:%d-%m-%Y}"
        ),
        expected=ways,
        way_out=_("Sửa ngày hiệu lực, hoặc rút bước sau trước"),
    )


def evidence_word(name: str) -> str:
    return {
        "decision": _("số quyết định"),
        "date": _("ngày ký"),
        "signer": _("người ký"),
        "document": _("văn bản"),
    }[name]


def distribution(register: Register, lives: Iterable[list[Span]], day: date) -> dict[str, int]:
    """How many entries stand in each state on a day; states without entries are 0."""
    counted = dict.fromkeys(register.states, 0)
    for life in lives:
        here = at(life, day)
        if here is not None:
            counted[here.state] += 1
    return counted


def at(life: Iterable[Span], day: date) -> Snapshot | None:
    """The snapshot of a life on a day."""
    return next((s.snapshot for s in life if s.start <= day and (s.until is None or day < s.until)), None)


def members(register: Register, lives: Mapping[int, list[Span]], entered: str, first: date, last: date) -> set[int]:
    """The entries that came into a state within some days: a cohort."""
    assert entered in register.states
    return {
        number
        for number, life in lives.items()
        if any(s.snapshot.state == entered and s.snapshot.entered_now and first <= s.start <= last for s in life)
    }
