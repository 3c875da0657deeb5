"""Work in a process that is killed at its n-th operation on files or processes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

_EVENTS = {
    "open",
    "os.rename",
    "os.mkdir",
    "os.remove",
    "os.rmdir",
    "subprocess.Popen",
    "shutil.rmtree",
}


def in_child(work: Callable[[], Any], die_at: int | None) -> int:
    """Run `work` in a forked process that ends, without any clean-up, at its n-th operation.

    Returns how many operations it came to, or -1 where it was killed.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        with os.fdopen(reading) as answers:
            said = answers.read()
        _, status = os.waitpid(child, 0)
        return int(said) if os.WEXITSTATUS(status) == 0 else -1
    os.close(reading)
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
    count = 0

    def watch(event: str, args: tuple[Any, ...]) -> None:
        nonlocal count
        if event in _EVENTS and not (event == "open" and not _writes(args)):
            count += 1
            if count == die_at:
                os._exit(137)

    sys.addaudithook(watch)
    work()
    os.write(writing, str(count).encode())
    os._exit(0)


def _writes(args: tuple[Any, ...]) -> bool:
    flags = args[2]
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
