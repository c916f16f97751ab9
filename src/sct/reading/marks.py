"""Everything found in a text besides its figures, in order, and quick to cut to a sentence or a head."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar


class Marked(Protocol):
    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


M = TypeVar("M", bound=Marked)


class Marks(Generic[M]):
    """Marks sorted by where they begin."""

    def __init__(self, marks: Sequence[M]) -> None:
        self._marks = marks
        self._starts = [mark.start for mark in marks]

    def within(self, start: int, end: int) -> Sequence[M]:
        """The marks that begin in `[start, end)`."""
        return self._marks[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
