"""The third wall, from inside: what a worker process takes away from itself before it renders."""

from __future__ import annotations

import os
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Self

from storesync.render.engine import TimeUpError

# Room for the templates' work above what the process takes when it starts; 256 MB is the promise.
_ROOM = 112 * 1024 * 1024
_CPU_SECONDS = 3_600  # of the whole process, as a last resort; jobs have their own limit
_OPEN_FILES = 24
# A job's limit is of CPU time, so that a busy machine fails nothing; these are for what a signal
# handler in Python cannot stop, and for waiting, which no template does. A worker that gives way
# gets a third of what others get, so beside ten that are busy it has a thirtieth of a processor.
_HARD_FACTOR = 2.0
_WALL_FACTOR = 12.0
_REFUSED_EVENTS = (
    "ctypes.",
    "ftplib.",
    "http.client.",
    "os.chmod",
    "os.exec",
    "os.fork",
    "os.kill",
    "os.link",
    "os.mkdir",
    "os.posix_spawn",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.spawn",
    "os.symlink",
    "os.system",
    "os.truncate",
    "pty.",
    "shutil.",
    "smtplib.",
    "socket.",
    "subprocess.",
    "tempfile.",
    "urllib.",
)


def confine(readable: list[str]) -> bool:
    """Give up memory, files, processes and writing; say whether memory is really limited.

    `readable` are the folders that libraries load their data from later.
    """
    size = _address_space()
    os.environ.clear()
    sys.dont_write_bytecode = True
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_NOFILE, _OPEN_FILES)
    _limit(resource.RLIMIT_CPU, _CPU_SECONDS)
    if hasattr(resource, "RLIMIT_NPROC"):
        _limit(resource.RLIMIT_NPROC, 0)
    sys.addaudithook(_auditor(tuple(f"{folder}{os.sep}" for folder in readable)))
    return size > 0 and _limit(resource.RLIMIT_AS, size + _ROOM)


def _limit(which: int, value: int) -> bool:
    try:
        resource.setrlimit(which, (value, value))
    except (OSError, ValueError):
        return False
    return True


def _address_space() -> int:
    """Return the address space in use, in bytes; 0 where the system does not say (macOS)."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * resource.getpagesize()


def _auditor(readable: tuple[str, ...]) -> Callable[[str, tuple[object, ...]], None]:
    """Return a hook that ends what no rendering does (PEP 578)."""

    def audit(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open":
            path, _mode, flags = arguments
            writes = isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
            if writes or not isinstance(path, str) or not path.startswith(readable):
                raise PermissionError("templates open no files")
        elif event.startswith(_REFUSED_EVENTS):
            raise PermissionError(f"templates do not cause {event}")

    return audit


class Stopwatch:
    """Raises TimeUpError in a job that takes too long, and ends the process if that is not heard.

    The kernel's default action for SIGPROF kills: it also ends one long call into C.
    """

    def __init__(self) -> None:
        self._armed = False
        self._seconds = 0.0
        signal.signal(signal.SIGVTALRM, self._ring)
        signal.signal(signal.SIGALRM, self._ring)
        signal.signal(signal.SIGPROF, signal.SIG_DFL)

    def _ring(self, _signal: int, _frame: FrameType | None) -> None:
        if self._armed:
            self._armed = False
            raise TimeUpError

    def __call__(self, seconds: float) -> Self:
        """Return this watch, to bound what is done inside `with`, in seconds of CPU time."""
        self._seconds = seconds
        return self

    def __enter__(self) -> None:
        """Begin to count."""
        seconds = self._seconds
        self._armed = True
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
        signal.setitimer(signal.ITIMER_PROF, seconds * _HARD_FACTOR + 0.2)
        signal.setitimer(signal.ITIMER_REAL, seconds * _WALL_FACTOR + 0.5)

    def __exit__(self, *_: object) -> None:
        """Stop counting."""
        self._armed = False
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
