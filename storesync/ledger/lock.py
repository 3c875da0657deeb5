"""One writer at a time on this machine: a flock that the kernel takes back when its owner dies."""

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
def locked(common_dir: Path, refs: tuple[str, ...], *, seconds: float = 60) -> Iterator[int]:
    """Hold the ledger's lock; yields a descriptor that git processes inherit.

    Since they hold it too, a lock file on one of `refs` that is found now is of a git that was
    killed, and is removed. Raises UserError where the lock is not free within `seconds`, or where
    the repository cannot be written to.
    """
    try:
        handle = os.open(common_dir / "storesync.lock", os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise UserError(f"cannot write to {common_dir}: {error.strerror}") from error
    try:
        _wait(handle, seconds)
        for ref in refs:
            (common_dir / f"{ref}.lock").unlink(missing_ok=True)
        yield handle
    finally:
        os.close(handle)


def _wait(handle: int, seconds: float) -> None:
    give_up = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() >= give_up:
                message = f"another run has been writing the ledger for {seconds:.0f} seconds"
                hint = "wait until it has ended, or end it, and run the command again"
                raise UserError(message, hint=hint) from error
            time.sleep(_PAUSE)
        else:
            return
