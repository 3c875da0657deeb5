"""Long commands without the cyclic garbage collector, and without taking apart what they built."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_KEPT: list[object] = []


@contextmanager
def without_collection() -> Iterator[None]:
    """Switch the cyclic collector off: nothing here makes cycles, and it takes half the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()  # what is there now is never looked through
        gc.enable()


def collect() -> None:
    """Free what `without_collection` left behind in cycles: between two rounds of a process."""
    gc.unfreeze()
    gc.collect()


def keep(built: object) -> None:
    """Keep the last large thing that was built: freeing it bit by bit takes time at the end."""
    _KEPT[:] = [built]


def leave(code: int) -> None:
    """End the process at once, output written; its memory goes back as one piece."""
    idle = sys.modules.get("storesync.render.idle")
    if idle is not None:
        idle.IDLE.close()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        sys.exit(code)  # Python says what became of the output
    os._exit(code)
