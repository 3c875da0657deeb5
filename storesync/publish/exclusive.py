"""One publishing run at a time on one machine."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storesync.errors import UserError


@contextmanager
def exclusive(common_dir: Path) -> Iterator[None]:
    """Hold the right to publish until the end; the kernel takes it back when the process dies.

    While it is held no other run of this machine is alive, so what a dead one left in doubt may
    be taken up at once. Raises UserError where another run holds it.
    """
    try:
        handle = os.open(common_dir / "storesync-publish.lock", os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        message = f"cannot write to {common_dir}: {error.strerror}"
        raise UserError(message) from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            message = "another publish is running in this repository"
            raise UserError(message, hint="wait for it, then run the command again") from None
        yield
    finally:
        os.close(handle)
