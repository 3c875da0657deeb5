"""Whole processes measured: wall and CPU time, peak memory; two of them in turns."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_KIBIBYTE = 1024
# Seconds between two looks at a process and its children; each look takes about 0.1 ms.
_LOOK = 0.05
# A command that runs longer is stuck.
_PATIENCE = 900


class CommandFailedError(Exception):
    """A command could not be started, or ended otherwise than expected; says how."""


@dataclass(frozen=True)
class Command:
    """A program with its arguments, and what has to be done before each run (not measured)."""

    args: Sequence[str]
    folder: Path
    prepare: Callable[[], object] = lambda: None
    # The peak of all processes together is asked for: looked up while the command runs.
    watched: bool = False


@dataclass(frozen=True)
class Sample:
    """One run: seconds, and bytes of resident memory at its peak."""

    wall: float
    user: float
    system: float
    peak: int


def run(command: Command) -> Sample:
    """Run a command to its end and return what it took. Raises CommandFailedError.

    CPU times are those of the process and all its children. The peak is the largest process's
    (getrusage(2), `ru_maxrss`), or of all together where the command is watched.
    """
    command.prepare()
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        try:
            process = subprocess.Popen(
                command.args,
                cwd=command.folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=errors,
            )
        except OSError as error:
            raise CommandFailedError(str(error)) from None
        stuck = threading.Timer(_PATIENCE, process.kill)
        stuck.start()
        watcher = _Watcher(process.pid) if command.watched else None
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        stuck.cancel()
        together = watcher.stop() if watcher else 0
        # Popen must not wait for a process that is gone.
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            errors.seek(0)
            message = errors.read().decode(errors="replace").strip().splitlines()
            raise CommandFailedError(f"exit {process.returncode}: {' '.join(message[-2:])[:300]}")
    unit = 1 if sys.platform == "darwin" else _KIBIBYTE
    return Sample(wall, usage.ru_utime, usage.ru_stime, max(usage.ru_maxrss * unit, together))


class _Watcher:
    """Looks at a process and its children (Linux's /proc) until told to stop."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._peak = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        while not self._over.wait(_LOOK):
            self._peak = max(self._peak, _resident(self._pid))

    def stop(self) -> int:
        self._over.set()
        self._thread.join()
        return self._peak


def _resident(pid: int) -> int:
    """Return the resident bytes of a process and all below it, 0 where nobody can tell."""
    with suppress(OSError, ValueError, IndexError):
        own = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
        return own * os.sysconf("SC_PAGE_SIZE") + sum(_resident(int(child)) for child in children)
    return 0


@dataclass(frozen=True)
class Side:
    """All runs of a command, or why there are none."""

    samples: tuple[Sample, ...] = ()
    missing: str = ""

    def median(self, what: str) -> float:
        """Return the median of wall, user, system or peak."""
        return statistics.median(float(getattr(sample, what)) for sample in self.samples)


def compare(ours: Command | str, theirs: Command | str, pairs: int) -> tuple[Side, Side]:
    """Run two commands in turns, A B A B, after one run of each that does not count.

    Where one is missing (its reason as text, or it fails), the other is measured alone.
    """
    commands = [ours, theirs]
    samples: list[list[Sample]] = [[], []]
    for turn in range(pairs + 1):
        for side, command in enumerate(commands):
            if isinstance(command, str):
                continue
            try:
                sample = run(command)
            except CommandFailedError as error:
                commands[side] = str(error)
                continue
            if turn:
                samples[side].append(sample)
    first, second = (
        Side(missing=command) if isinstance(command, str) else Side(tuple(taken))
        for command, taken in zip(commands, samples, strict=True)
    )
    return first, second


def ratio(ours: Side, theirs: Side) -> float | None:
    """Return the median of the pairs' ratios of wall time, None where a side is missing."""
    if not ours.samples or not theirs.samples:
        return None
    pairs = zip(ours.samples, theirs.samples, strict=True)
    return statistics.median(a.wall / b.wall for a, b in pairs)
