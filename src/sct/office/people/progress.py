"""How far a long piece of work is: told to whoever watches, a page or a terminal."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

Progress: TypeAlias = Callable[[int, int], None]  # done, of how many


def quiet(_done: int, _total: int) -> None:
    """Nobody watches."""
