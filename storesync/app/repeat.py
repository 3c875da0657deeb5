"""Doing something again and again until somebody interrupts it."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from typing import NoReturn


def repeat(work: Callable[[], object], pause: int) -> NoReturn:
    """Work, wait for some seconds, and so on. Raises KeyboardInterrupt when interrupted.

    An interrupt that comes while Python clears up is dropped by it: remembered, it ends the wait.
    """
    asked: list[int] = []

    def stop(number: int, _frame: object) -> None:
        asked.append(number)
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, stop)
    while True:
        work()
        until = time.monotonic() + pause
        while (left := until - time.monotonic()) > 0:
            if asked:
                raise KeyboardInterrupt
            time.sleep(min(left, 1))
