"""The file operations of the outbox; each is a step between which a run may be cut off."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import shutil
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress

from storesync.builtin.outbox_record import SIDECAR
from storesync.diagnostics import printable
from storesync.errors import UserError

# More than any part or sidecar of ours; what is larger was not written by the outbox.
LARGEST = 4 * 1024 * 1024
# What a folder on whose path a link or a file lies is read as: nothing of it is ours.
BLOCKED: Mapping[str, bytes | None] = {SIDECAR: None}

_IN_THE_WAY = frozenset({errno.EEXIST, errno.ENOTEMPTY, errno.ENOTDIR, errno.EISDIR, errno.ELOOP})
_NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT})
_NO_ACCESS = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


class BlockedError(Exception):
    """Something that the outbox did not write stands where a file or folder has to be."""


class Disk:
    """Everything that changes a disk. Paths are whole; folders are made one by one.

    A test puts one in place of it that fails at the n-th step.
    """

    def make_folder(self, path: str) -> None:
        """Make a folder; one that is there is fine. Raises BlockedError for anything else."""
        try:
            os.mkdir(path)  # noqa: PTH102 - a Path costs as much as the call, 25,601 times
        except FileExistsError:
            if not stat.S_ISDIR(os.lstat(path).st_mode):
                raise BlockedError(path) from None

    def write(self, path: str, data: bytes) -> None:
        """Write a new file. Its content is safe only after `sync`."""
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o666)
        try:
            _write_all(handle, data)
        finally:
            os.close(handle)

    def append(self, path: str, data: bytes) -> None:
        """Add to the end of a file, durably."""
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o666)
        try:
            _write_all(handle, data)
            os.fsync(handle)
        finally:
            os.close(handle)
        self.sync_folder(path.rpartition("/")[0])

    def move(self, old: str, new: str) -> None:
        """Move a file over another, or a folder to where none or an empty one is."""
        try:
            os.replace(old, new)  # noqa: PTH105 - as in make_folder
        except OSError as error:
            if error.errno in _IN_THE_WAY:
                raise BlockedError(new) from None
            raise

    def delete(self, path: str) -> None:
        """Delete a file, or a link itself; none there is fine."""
        with suppress(FileNotFoundError):
            os.unlink(path)  # noqa: PTH108 - as in make_folder

    def delete_folder(self, path: str) -> bool:
        """Delete an empty folder; say whether there is none now."""
        try:
            os.rmdir(path)  # noqa: PTH106 - as in make_folder
        except FileNotFoundError:
            return True
        except OSError as error:
            if error.errno in _IN_THE_WAY:
                return False
            raise
        return True

    def clear(self, path: str) -> None:
        """Delete a folder with all that is in it, as far as that goes."""
        shutil.rmtree(path, ignore_errors=True)

    def sync_folder(self, path: str) -> None:
        """Make the names in one folder survive a power cut."""
        handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def sync(self, path: str) -> None:
        """Make all that was written near `path` survive a power cut: one call for 10,000 files.

        Linux waits for that file system and says what went wrong (syncfs(2)). Elsewhere sync(2)
        may return while the disk still writes; each sidecar says whether its files are whole.
        """
        syncfs = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
        if syncfs is None:
            os.sync()
            return
        handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            if syncfs(handle) != 0:
                raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
        finally:
            os.close(handle)


@contextmanager
def locked(folder: str) -> Iterator[None]:
    """Hold a folder's lock, which ends with the process; others wait."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextmanager
def surroundings(name: str) -> Iterator[None]:
    """Turn what the disk complains of into a UserError that names the outbox."""
    try:
        yield
    except BlockedError as error:
        raise UserError(
            f"cannot use the outbox {name}: {printable(str(error))} is not a folder",
            hint="the outbox follows no links: move it away, or choose another folder",
        ) from error
    except OSError as error:
        reason = (error.strerror or "unknown error").lower()
        if error.errno in _NO_SPACE:
            hint = "free some space and run the command again"
        elif error.errno in _NO_ACCESS:
            hint = "check whom the folder belongs to and that the disk can be written to"
        else:
            hint = "check the disk and run the command again"
        raise UserError(f"cannot use the outbox {name}: {reason}", hint=hint) from error


def read_folder(top: str, folder: str) -> Mapping[str, bytes | None]:
    """Return a folder's files by name, nothing where there is none; never through a link."""
    path = f"{top}/{folder}"
    try:
        with os.scandir(path) as entries:
            found = {entry.name: _read_entry(entry) for entry in entries}
    except FileNotFoundError:
        return {}
    except OSError as error:
        if error.errno in _IN_THE_WAY:
            return BLOCKED
        raise
    return found if is_real(top, folder) else BLOCKED


def is_real(top: str, folder: str) -> bool:
    """Say whether each step of a path below `top` is a folder and none a link."""
    path = top
    for name in folder.split("/"):
        path = f"{path}/{name}"
        if not stat.S_ISDIR(os.lstat(path).st_mode):
            return False
    return True


class FolderView:
    """The outbox in a folder, as `outbox_index` reads it."""

    def __init__(self, top: str) -> None:
        self._top = top

    def names(self, folder: str) -> tuple[list[str], list[str]]:
        """Return the names of the folders and of the files directly in a folder, sorted."""
        try:
            with os.scandir(f"{self._top}/{folder}") as entries:
                found = [(entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries]
        except (FileNotFoundError, NotADirectoryError):
            return [], []
        found.sort()
        folders = [name for name, is_folder in found if is_folder]
        return folders, [name for name, is_folder in found if not is_folder]

    def read_many(self, paths: Iterable[str]) -> list[bytes | None]:
        """Return each file's bytes, None where there is no such file."""
        return [_read(f"{self._top}/{path}") for path in paths]


def _write_all(handle: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]


def _read_entry(entry: os.DirEntry[str]) -> bytes | None:
    return _read(entry.path) if entry.is_file(follow_symlinks=False) else None


def _read(path: str) -> bytes | None:
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        if error.errno in {errno.ENOENT, *_IN_THE_WAY}:
            return None
        raise
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            return None
        data = file.read(LARGEST + 1)
    return data if len(data) <= LARGEST else None
