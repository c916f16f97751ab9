"""Following up: deadlines as people write them, states of a matter from its dates, conclusions cut into matters."""

from sct.following.cutting import Cut, cut
from sct.following.deadlines import Deadline, deadline_of, read_deadline
from sct.following.events import Event, EventKind, ResultClass, Standing, standing
from sct.following.rhythm import Rhythm, next_report
from sct.following.states import State, counts, state

__all__ = [
    "Cut",
    "Deadline",
    "Event",
    "EventKind",
    "ResultClass",
    "Rhythm",
    "Standing",
    "State",
    "counts",
    "cut",
    "deadline_of",
    "next_report",
    "read_deadline",
    "standing",
    "state",
]
