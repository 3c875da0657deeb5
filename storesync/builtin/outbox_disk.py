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

from storesync.diagnostics import printable
from storesync.errors import UserError

# More than any part or sidecar of ours; what is larger was not written by the outbox.
LARGEST = 4 * 1024 * 1024

_IN_THE_WAY = frozenset({errno.EEXIST, errno.ENOTEMPTY, errno.ENOTDIR, errno.EISDIR, errno.ELOOP})
_NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT})
_NO_ACCESS = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
# What one folder may refuse while the rest of the outbox takes it: rights, a mount, a long name.
_ONE_PLACE = _IN_THE_WAY | _NO_ACCESS | {errno.EXDEV, errno.EBUSY, errno.ENAMETOOLONG}
_ALL_RIGHTS = os.R_OK | os.W_OK | os.X_OK


class BlockedError(Exception):
    """A place cannot be used. `path` is whole; `reason` is empty where something else is there."""

    def __init__(self, path: str, reason: str = "") -> None:
        super().__init__(path)
        self.path = path
        self.reason = reason


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


@contextmanager
def one_place(top: str, folder: str) -> Iterator[None]:
    """Turn what only a folder below `top` refuses into BlockedError: others go on.

    What would stop every delivery, such as a full disk, stays as it is.
    """
    try:
        yield
    except OSError as error:
        if error.errno not in _ONE_PLACE:
            raise
        path = str(error.filename2 or error.filename or f"{top}/{folder}")
        if error.errno in _IN_THE_WAY:
            raise BlockedError(_alien(top, folder) or path) from error
        reason = (error.strerror or "unknown error").lower()
        raise BlockedError(_closed(top, folder) or path, reason) from error


def read_folder(top: str, folder: str) -> Mapping[str, bytes | None]:
    """Return a folder's files by name, nothing where there is none; never through a link.

    Raises BlockedError where a link, a file or a lack of rights is in the way.
    """
    found = {}
    with one_place(top, folder), suppress(FileNotFoundError), os.scandir(f"{top}/{folder}") as all_:
        found = {entry.name: _read_entry(entry) for entry in all_}
    alien = _alien(top, folder)
    if alien:
        raise BlockedError(alien)
    return found


def _alien(top: str, folder: str) -> str:
    """Return the first step of a path below `top` that is there and no folder, or nothing."""
    for path in _steps(top, folder):
        try:
            if not stat.S_ISDIR(os.lstat(path).st_mode):
                return path
        except OSError:
            break
    return ""


def _closed(top: str, folder: str) -> str:
    """Return the first folder on a path below `top` in which this user may not write."""
    there = (path for path in _steps(top, folder) if os.path.lexists(path))
    return next((path for path in there if not _may_use(path)), "")


def _may_use(path: str) -> bool:
    return os.access(path, _ALL_RIGHTS, effective_ids=os.access in os.supports_effective_ids)


def _steps(top: str, folder: str) -> Iterator[str]:
    path = top
    for name in folder.split("/"):
        path = f"{path}/{name}"
        yield path


class FolderView:
    """The outbox in a folder, as `outbox_index` reads it."""

    def __init__(self, top: str) -> None:
        self._top = top

    def names(self, folder: str) -> tuple[list[str], list[str]]:
        """Return the names of the folders and of the files directly in a folder, sorted."""
        try:
            with os.scandir(f"{self._top}/{folder}") as entries:
                found = [(entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries]
        except (FileNotFoundError, NotADirectoryError, PermissionError):
            return [], []
        found.sort()
        folders = [name for name, is_folder in found if is_folder]
        return folders, [name for name, is_folder in found if not is_folder]

    def read_many(self, paths: Iterable[str]) -> list[bytes | None]:
        """Return each file's bytes, None where there is no such file or none that may be read."""
        return [self._read(f"{self._top}/{path}") for path in paths]

    def _read(self, path: str) -> bytes | None:
        with suppress(PermissionError):
            return _read(path)
        return None


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
    if not stat.S_ISREG(os.fstat(handle).st_mode):  # open() would refuse a folder by itself
        os.close(handle)
        return None
    with os.fdopen(handle, "rb") as file:
        data = file.read(LARGEST + 1)
    return data if len(data) <= LARGEST else None
