"""How long a run has taken by now: what it has to itself ends by the clock."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

Lapse = Callable[[], timedelta]


def lapse() -> Lapse:
    """Return a function that tells how long ago this was called, rather too long than too short.

    One clock stands still while a machine sleeps, and the other one may be set.
    """
    began, by_the_wall = time.monotonic(), time.time()
    return lambda: timedelta(seconds=max(time.monotonic() - began, time.time() - by_the_wall))
