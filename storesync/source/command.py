"""Running git: the only place where a git process is started."""

from __future__ import annotations

import functools
import os
import shutil
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path

from storesync.errors import UserError
from storesync.source import plumbing
from storesync.source.surroundings import OPTIONS, clean


def run(
    folder: Path,
    *arguments: str,
    data: bytes = b"",
    accept: Sequence[int] = (0,),
    lock: int | None = None,
    seconds: float | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """Run one git command in `folder` with `data` on its standard input.

    `lock` is a file descriptor that the process inherits: a flock on it then outlives us if we
    are killed while git still writes. GitPython's runner is not used: it adds to the environment
    but cannot take from it, and importing it takes 70 ms, as long as all of a run that finds
    nothing to do may take in Git.

    Raises UserError on an exit code not in `accept`, where git is missing or was ended by a
    signal, or after `seconds`.
    """
    try:
        done = subprocess.run(
            [_program(), *OPTIONS, *arguments],
            cwd=folder,
            input=data,
            capture_output=True,
            check=False,
            env=clean(os.environ),
            pass_fds=() if lock is None else (lock,),
            timeout=seconds,
        )
    except OSError as error:
        raise UserError(f"cannot run git: {error.strerror}") from error
    except subprocess.TimeoutExpired as error:
        raise UserError(f"git took longer than {error.timeout:.0f} seconds") from error
    if done.returncode < 0:
        raise _ended(done.returncode)
    if done.returncode not in accept:
        raise plumbing.trouble(done.stderr)
    return done


def start(folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    """Start one git command in `folder` that is talked with through pipes; it complains to nobody.

    Raises UserError where git is missing, OSError where it cannot be started.
    """
    return subprocess.Popen(
        [_program(), *OPTIONS, *arguments],
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=clean(os.environ),
    )


def _ended(code: int) -> UserError:
    """Return who ended git, which then says nothing itself: a lack of memory, a limit, a person."""
    return UserError(
        f"git was ended by signal {-code} ({signal.strsignal(-code)})",
        hint="look at memory and at limits (ulimit -a), and run the command again",
    )


@functools.cache
def _program() -> str:
    found = shutil.which("git")
    if found is None:
        raise UserError("git is not installed", hint="install git and run the command again")
    return found
