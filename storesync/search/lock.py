"""Who may touch the index: many readers, or one writer. The kernel frees it when they die."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storesync.errors import UserError

_PAUSE = 0.02


@contextmanager
def locked(folder: Path, *, writing: bool, seconds: float = 600) -> Iterator[None]:
    """Hold the index's lock. Raises UserError where it is not free within `seconds`."""
    try:
        handle = _opened(folder)
    except OSError as error:
        raise UserError(f"cannot write to {folder}: {error.strerror}") from error
    try:
        _wait(handle, fcntl.LOCK_EX if writing else fcntl.LOCK_SH, seconds)
        yield
    finally:
        os.close(handle)


def _opened(folder: Path) -> int:
    """Return the lock's file, made with its folder where there is none yet."""
    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW
    try:
        return os.open(folder / "lock", flags, 0o644)
    except FileNotFoundError:
        folder.mkdir(parents=True, exist_ok=True)
        return os.open(folder / "lock", flags, 0o644)


def _wait(handle: int, kind: int, seconds: float) -> None:
    give_up = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(handle, kind | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() >= give_up:
                message = f"another run has been building the search index for {seconds:.0f} s"
                raise UserError(message, hint="wait until it has ended") from error
            time.sleep(_PAUSE)
        else:
            return
