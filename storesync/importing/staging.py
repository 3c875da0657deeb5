"""A folder of one import's own in `.storesync/`, and those that killed imports left behind."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from storesync.errors import UserError

_FOLDER = ".storesync"
_PREFIX = "import-"


@contextmanager
def staging(root: Path) -> Iterator[Path]:
    """Give a new folder below `root` to stage files in; it is gone afterwards.

    It is locked while this process lives: whoever can lock one has found a dead import's.
    Raises UserError where it cannot be made.
    """
    folder = root / _FOLDER
    if folder.is_symlink():
        raise UserError(".storesync is a link", hint="remove it; it is made again as a folder")
    try:
        folder.mkdir(exist_ok=True)
        made, handle = _make(folder)
    except OSError as error:
        raise UserError(f"cannot write in .storesync: {error.strerror}") from error
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)
        os.close(handle)


def clear_abandoned(root: Path) -> None:
    """Delete the folders of imports that were killed; one that is running keeps its own.

    What cannot be deleted, or not be locked on this file system, stays: it is in nobody's way.
    """
    folder = root / _FOLDER
    if folder.is_symlink() or not any(folder.glob(f"{_PREFIX}*")):
        return
    with suppress(OSError):
        door = _locked(folder)
        try:
            _clear(folder)
        finally:
            os.close(door)


def _make(folder: Path) -> tuple[Path, int]:
    """Make and lock a folder; until it is locked, nobody else may look at it."""
    door = _locked(folder)
    try:
        made = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=folder))
        try:
            return made, _locked(made)
        except OSError:
            made.rmdir()
            raise
    finally:
        os.close(door)


def _clear(folder: Path) -> None:
    for path in folder.glob(f"{_PREFIX}*"):
        with suppress(OSError):  # a live import's, a file, or a link
            handle = _locked(path, fcntl.LOCK_NB)
            try:
                shutil.rmtree(path, ignore_errors=True)
            finally:
                os.close(handle)


def _locked(path: Path, how: int = 0) -> int:
    """Open and lock a folder; the lock ends when it is closed or the process ends."""
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | how)
    except OSError:
        os.close(handle)
        raise
    return handle
