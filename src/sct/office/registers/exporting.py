"""A register as a file to be taken in again: the columns import knows, numbers as numbers, areas with keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction

from sct.catalogue.histories import AREA, LATITUDE, LONGITUDE
from sct.catalogue.register_values import YES, show
from sct.catalogue.registers import Field, Kind, Register
from sct.office.people.queries import Someone
from sct.office.registers.columns import Column, columns
from sct.office.registers.models import Event
from sct.office.registers.places import shown
from sct.office.registers.queries import Line, asked, hidden, lines_of, ordered
from sct.office.registers.questions import Question
from sct.words import _

Value = str | Fraction | None
_PIECE = 2000


def heads(person: Someone, kind: Register) -> list[str]:
    return [column.title for column in columns(kind, hidden(person, kind))]


def rows(person: Someone, question: Question) -> Iterator[list[Value]]:
    """Every entry that answers a question, by name, as cells."""
    kind = question.register
    found = ordered(asked(person, question), "ten")
    for start in range(0, found.count(), _PIECE):
        yield from cells(person, kind, lines_of(person, kind, found[start : start + _PIECE]))


def cells(person: Someone, kind: Register, lines: Sequence[Line]) -> Iterator[list[Value]]:
    """Lines as the cells of a file."""
    shape, papers = columns(kind, hidden(person, kind)), _papers(lines)
    for line in lines:
        yield [_cell(column, line, papers.get(line.entry)) for column in shape]


def _papers(lines: Iterable[Line]) -> dict[int, Event]:
    """The event by which each entry came into its state: its decision and source."""
    wanted = {line.entry: (line.state, line.since) for line in lines}
    found: dict[int, Event] = {}
    numbers = list(wanted)
    for start in range(0, len(numbers), 500):
        events = Event.objects.filter(entry__in=numbers[start : start + 500], withdrawal__isnull=True).exclude(state="")
        for event in events:
            if wanted[event.entry_id] == (event.state, event.valid):
                found[event.entry_id] = event
    return found


def _cell(column: Column, line: Line, paper: Event | None) -> Value:
    code = column.code
    simple: dict[str, Value] = {
        "entry": Fraction(line.entry),
        "name": line.name,
        AREA: shown(line.area) if line.area else "",
        "state": line.register.states[line.state].told,
        "valid": written(line.since),
    }
    if code in simple:
        return simple[code]
    if code in (LATITUDE, LONGITUDE):
        return Fraction(line.values[code]) if line.values.get(code) else None
    if code in line.register.fields:
        return value_cell(line.register.fields[code], line.value(code))
    if paper is None:
        return None
    return written(paper.decided) if code == "decided" else str(getattr(paper, code))


def value_cell(one: Field, value: str) -> Value:
    """A number stays a number, a choice becomes its name."""
    if not value:
        return None
    if one.numeric:
        return Fraction(value)
    if one.kind is Kind.ENTRY:
        return value  # with its number, so that it comes back to the same entry
    if one.kind is Kind.YES_NO:
        return _("có") if value == YES else _("không")
    return written(date.fromisoformat(value)) if one.kind is Kind.DATE else show(one, value)


def written(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
