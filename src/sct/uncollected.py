"""Long work without searches for garbage: they would walk everything that was just made again and again for nothing."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """No search for garbage meanwhile; what nobody refers to is freed at once all the same.

    Two at a time do no harm: the first to end lets the collector run again, and none leaves it stopped.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
