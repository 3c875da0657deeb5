"""A folder of one import's own in `.storesync/`, and those that killed imports left behind."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

from storesync.errors import UserError
from storesync.importing.journal import is_open

_FOLDER = ".storesync"
_PREFIX = "import-"


@contextmanager
def staging(root: Path) -> Iterator[Path]:
    """Give a new folder below `root` to stage files in; it is gone afterwards, or has a journal.

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
        if not is_open(made):  # else the next import finishes what this one could not
            shutil.rmtree(made, ignore_errors=True)
        os.close(handle)


def abandoned(root: Path) -> Generator[Path, None, None]:
    """Yield the folders of imports that were killed, each locked while it is looked at.

    One that is running keeps its own. What cannot be locked, such as a file or a link, stays: it
    is in nobody's way.
    """
    folder = root / _FOLDER
    if folder.is_symlink() or not any(folder.glob(f"{_PREFIX}*")):
        return
    with _if_free(folder, 0) as is_ours:
        for path in sorted(folder.glob(f"{_PREFIX}*")) if is_ours else ():
            with _if_free(path, fcntl.LOCK_NB) as is_dead:
                if is_dead:
                    yield path


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


@contextmanager
def _if_free(path: Path, how: int) -> Iterator[bool]:
    """Lock a folder, and say whether that went."""
    try:
        handle = _locked(path, how)
    except OSError:
        yield False
        return
    try:
        yield True
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
