"""Strategies of registers: lives that the life cycle allows, and the order in which people happen to enter them."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from sct.catalogue.histories import Event
from sct.catalogue.registers import load_registers

FIRST = date(2015, 1, 1)


def register_codes() -> st.SearchStrategy[str]:
    return st.sampled_from(sorted(load_registers()))


@st.composite
def lives(draw, code: str, most: int = 8) -> list[Event]:
    """A walk along allowed transitions with changes of fields between, each on a day of its own, in order of validity."""
    register = load_registers()[code]
    names = ["name", "area", *register.fields][:6]
    days = sorted(draw(st.sets(st.integers(0, 4000), min_size=1, max_size=most)))
    state, events = "", []
    for number, offset in enumerate(days):
        ways = [way.to for way in register.ways(state)] if state else list(register.states)
        move = not state or (bool(ways) and draw(st.booleans()))
        to = draw(st.sampled_from(ways)) if move else ""
        values = draw(st.dictionaries(st.sampled_from(names), st.sampled_from(["a", "b", "1", ""]), max_size=2))
        events.append(Event(FIRST + timedelta(days=offset), to, values, number=number + 1, source="nguồn"))
        state = to or state
    return events


@st.composite
def entered(draw, events: list[Event]) -> list[Event]:
    """The same events as somebody entered them: in any order, at moments of that order."""
    shuffled = draw(st.permutations(events))
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    return [
        Event(e.valid, e.state, e.values, begin + timedelta(minutes=n), n + 1, source=e.source)
        for n, e in enumerate(shuffled)
    ]
