"""One worker process as its parent sees it: started, spoken to without waiting, watched, killed."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from storesync.render import frames, worker
from storesync.render.outlet import Outlet

# A worker that says nothing for so long while it has work is stuck: its own limits, in CPU time and
# by the clock, ended every job before.
_SILENCE_SECONDS = 15.0
_MAX_RESIDENT = 224 * 1024 * 1024
_WATCH_SECONDS = 0.1
_READ_BYTES = 1 << 18
_PIPE_BYTES = 1 << 20
# Some Pythons find their own library by these (GitHub's setup-python sets the first).
_KEPT = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")


class Link:
    """A worker process with its pipes. `sources` are what it renders from."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        script = str(Path(worker.__file__).resolve())
        environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
        # Spawned and never forked: a copy of this process would hold its memory and secrets.
        self._process = subprocess.Popen(  # noqa: S603 - a list of our own, no shell
            [sys.executable, "-I", "-S", "-X", "utf8", script, *_folders()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env=environment,
            start_new_session=True,
        )
        to, self._from = _descriptors(self._process)
        self._requests = Outlet(to)
        self._inbox = frames.Inbox()
        self._heard = self._watched = time.monotonic()
        self.ready = False
        self.ended = False
        self.send(frames.encode({"sources": dict(sources)}))

    @property
    def reading(self) -> int:
        """The descriptor that answers come from."""
        return self._from

    @property
    def writing(self) -> int | None:
        """The descriptor that takes requests, None while there is nothing to send."""
        return self._requests.descriptor if self._requests.size and not self.ended else None

    @property
    def is_free(self) -> bool:
        """Say whether it has started and taken all that it was sent."""
        return self.ready and not self.ended and not self._requests.size

    def runs(self) -> bool:
        """Say whether the process is still there."""
        return self._process.poll() is None

    def send(self, frame: bytes) -> None:
        """Put a request in line; it is written as the worker takes it."""
        self._heard = time.monotonic()
        try:
            self._requests.send(frame)
        except BrokenPipeError:
            self._requests.drop()  # its end is seen where it is read from

    def write(self) -> None:
        """Write what the pipe takes now, which says that the worker took what was there."""
        self._heard = time.monotonic()
        try:
            self._requests.write()
        except BrokenPipeError:
            self._requests.drop()

    def read(self) -> Iterator[list[Any] | None]:
        """Yield lists of answers that have come, None where the worker wants to be replaced.

        Sets `ended` where there will be no more.
        """
        try:
            data = os.read(self._from, _READ_BYTES)
        except BlockingIOError:
            return
        self._heard = time.monotonic()
        if not data:
            self.ended = True
            return
        try:
            for value, behind in self._inbox.feed(data):
                if not isinstance(value, dict):
                    yield frames.answers_of(value, behind)
                elif value.get("ready"):
                    self.ready = True
                else:
                    yield None
        except frames.FrameError:
            self.kill()

    def watch(self) -> None:
        """Kill a worker that has work and is silent, or that takes too much memory for it."""
        now = time.monotonic()
        if now - self._watched < _WATCH_SECONDS:
            return
        self._watched = now
        # Starting is our own work, slow on a busy machine, and done with no template.
        patience = _SILENCE_SECONDS if self.ready else 2 * _SILENCE_SECONDS
        large = self.ready and resident_bytes(self._process.pid) > _MAX_RESIDENT
        if large or now - self._heard > patience:
            self.kill()

    def kill(self) -> None:
        """End the process now."""
        self._process.kill()
        self.ended = True

    def close(self) -> None:
        """End the process, if it has not ended, and give everything back."""
        self._process.kill()
        for stream in (self._process.stdin, self._process.stdout):
            if stream:
                with suppress(OSError):
                    stream.close()
        self._process.wait()


def _descriptors(process: subprocess.Popen[bytes]) -> tuple[int, int]:
    if process.stdin is None or process.stdout is None:
        message = "the worker was started without pipes"
        raise RuntimeError(message)
    pair = (process.stdin.fileno(), process.stdout.fileno())
    for descriptor in pair:
        _widen(descriptor)
    os.set_blocking(pair[1], False)
    return pair


def _widen(descriptor: int) -> None:
    """Let a pipe hold a whole batch, so that a worker goes on while its parent does other work."""
    import fcntl

    if hasattr(fcntl, "F_SETPIPE_SZ"):
        with suppress(OSError):
            fcntl.fcntl(descriptor, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)


def _folders() -> list[str]:
    """Return the folders to import from: where the libraries lie that this process uses itself."""
    found: dict[str, None] = {}
    for name in worker.LIBRARIES:
        spec = importlib.util.find_spec(name)
        for place in (spec.submodule_search_locations or []) if spec else []:
            found[str(Path(place).resolve().parent)] = None
    return list(found)


def resident_bytes(pid: int) -> int:
    """Return how much memory a process holds, 0 where the system does not say."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        pass
    if sys.platform != "darwin":
        return 0
    # RLIMIT_AS has no effect there; asked only while a worker is slow, so rarely.
    command = ["/bin/ps", "-o", "rss=", "-p", str(pid)]
    shown = subprocess.run(command, capture_output=True, check=False, env={})  # noqa: S603 - as above
    return int(shown.stdout.strip() or 0) * 1024
