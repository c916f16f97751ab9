"""The state of the ledger as one small value: what was worked out for it stays right until the ledger moves."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Subquery

from sct.office.ledger.models import Observation, Withdrawal
from sct.office.people.queries import Someone, granted

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Stamp:
    """Last observation, last withdrawal, and the areas the person may see (None: all)."""

    observation: int
    withdrawal: int
    entered: datetime | None
    areas: frozenset[str] | None
    database: str = ""


def stamp(person: Someone) -> Stamp:
    """The stamp of now; one small query, asked once a request (kept on the person object of the request)."""
    known: Stamp | None = getattr(person, "_stamp", None)
    return known or fresh_stamp(person)


def fresh_stamp(person: Someone) -> Stamp:
    """The stamp asked anew: after a write within the same request, and at the start of each request."""
    newest = Subquery(Withdrawal.objects.order_by("-pk").values("pk")[:1])
    rows = Observation.objects.order_by("-pk").annotate(taken=newest).values_list("pk", "entered", "taken")
    last, entered, taken = rows.first() or (0, None, None)
    made = Stamp(last, taken or 0, entered, granted(person), str(connection.settings_dict["NAME"]))
    person._stamp = made  # type: ignore[union-attr]
    return made


_clears: list[Callable[[], None]] = []


def forget() -> None:
    """Drop everything kept; pages then work it out again."""
    for clear in _clears:
        clear()


def on_forget(clear: Callable[[], None]) -> None:
    """What else `forget` drops."""
    _clears.append(clear)


class Kept:
    """Results of a function by stamp and arguments: the newest `size` of them, shared by all threads."""

    def __init__(self, size: int = 32) -> None:
        self._size = size
        on_forget(self.clear)
        self._values: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    def clear(self) -> None:
        with self._lock:
            self._values.clear()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]  # type: ignore[no-any-return]
        made = make()
        with self._lock:
            self._values[key] = made
            while len(self._values) > self._size:
                self._values.popitem(last=False)
        return made
