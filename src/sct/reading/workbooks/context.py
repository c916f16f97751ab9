"""What the reader is told from outside: a department's answers and the area its workbooks are of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Progress = Callable[[int, int], None]  # done, of how much: thousandths of sheets


def _quiet(_done: int, _total: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True, slots=True)
class Context:
    """`answers` are rows of the form of declarations/workbooks; `area` is the key of the area of the workbooks."""

    answers: Sequence[Mapping[str, Any]] = ()
    area: str = ""
    progress: Progress = field(default=_quiet, compare=False)
