"""What a submission holds now: its last version with the edits after it laid over, and what clashes are still open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


class _Edit(Protocol):
    """What of an edit counts here; read-only, so that light rows of the database do."""

    @property
    def number(self) -> int: ...
    @property
    def token(self) -> str: ...
    @property
    def changes(self) -> dict[str, str]: ...
    @property
    def clashes(self) -> dict[str, str]: ...
    @property
    def settles(self) -> list[str]: ...
    @property
    def who_id(self) -> int: ...
    @property
    def at(self) -> datetime: ...


COLUMNS = ("number", "token", "changes", "clashes", "settles", "who_id", "at")


@dataclass(frozen=True, slots=True)
class Clash:
    """Xung đột: a cell that two people changed on the same ground. `mine` was not taken in."""

    path: str
    mine: str
    who: int  # whose text was not taken in
    at: datetime


@dataclass(slots=True)
class Fold:
    """Values by path, the number of the edit that last changed each, the last edit, and open clashes by path."""

    values: dict[str, str] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    number: int = 0
    floor: int = 0  # edits up to here are within the version the fold began with
    clashes: dict[str, Clash] = field(default_factory=dict)
    saved: datetime | None = None
    numbers: dict[str, int] = field(default_factory=dict)  # of the edits laid over, by token

    def last_change(self, path: str) -> int:
        """The edit that last changed a cell; for one that only the version knows, the version's."""
        return self.changed.get(path, self.floor if path in self.values else 0)


def fold(edits: Iterable[_Edit], values: Mapping[str, str] | None = None, floor: int = 0) -> Fold:
    """Lay edits (by number) over the values of a version that holds the edits up to `floor`."""
    result = Fold(values=dict(values or {}), number=floor, floor=floor)
    for edit in edits:
        lay(result, edit)
    return result


def lay(result: Fold, edit: _Edit) -> None:
    """One more edit over what there is."""
    for path, text in edit.changes.items():
        if text:
            result.values[path] = text
        else:
            result.values.pop(path, None)
        result.changed[path] = edit.number
    for path in edit.settles:
        result.clashes.pop(path, None)
    for path, text in edit.clashes.items():
        result.clashes[path] = Clash(path, text, edit.who_id, edit.at)
    result.numbers[edit.token] = edit.number
    result.number, result.saved = edit.number, edit.at
