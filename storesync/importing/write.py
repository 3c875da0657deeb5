"""Files of an import onto the disk: all of them, or none."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path

from storesync.diagnostics import printable
from storesync.errors import UserError
from storesync.importing.journal import (
    Move,
    carry_out,
    close_journal,
    is_open,
    open_journal,
    read_journal,
)
from storesync.importing.staging import abandoned, staging
from storesync.source.tree import content_id

_DISK = "check the disk's space and the folder's rights"


def write_files(
    root: Path,
    writes: Mapping[str, bytes],
    before: Mapping[str, bytes],
    advance: Callable[[int], object] = lambda _count: None,
) -> None:
    """Write whole files below `root`. `before` holds what those that exist had when they were read.

    Each is first written beside the repository's files, in `.storesync/`, and moved to its place
    when all are there; what was moved is taken back where one fails. Where this process is killed,
    `finish_killed` goes on. Raises UserError, with nothing changed, for a link on the way, a file
    that changed meanwhile, or a disk that refuses.
    """
    sound: set[Path] = set()
    for path in writes:
        _check_place(root, path, sound)
        if _bytes(root / path) != before.get(path):
            message = f"{printable(path)} was changed while the table was read"
            raise UserError(message, hint="run the import again")
    with staging(root) as folder:
        moves: list[Move] = []
        made: list[Path] = []
        try:
            moves = _stage(folder, writes, before, advance)
            open_journal(folder, moves)
            carry_out(root, folder, moves, made, advance)
        except BaseException as error:  # Ctrl-C too leaves nothing half done
            _take_back(root, folder, moves, before)
            with suppress(OSError):  # others may have put something there
                for each in reversed(made):
                    each.rmdir()
            if not isinstance(error, OSError):
                raise
            message = f"nothing was imported: {printable(error.strerror or str(error))}"
            raise UserError(message, hint=_DISK) from error
        close_journal(folder)


def finish_killed(root: Path) -> int:
    """Finish what imports that were killed had begun to move, and clear away what they left.

    Returns how many files that put in their places. One that had moved nothing is dropped, and so
    is one whose files were all put back since. Raises UserError where others changed its files, so
    that nobody can say what they should be.
    """
    count = 0
    with closing(abandoned(root)) as folders:
        for folder in folders:
            if is_open(folder):
                count += _finish(root, folder)
            shutil.rmtree(folder, ignore_errors=True)
    return count


def is_unfinished(root: Path) -> bool:
    """Say whether an import was killed while it put files in their places."""
    with closing(abandoned(root)) as folders:
        return any(is_open(folder) for folder in folders)


def is_half_way(root: Path) -> bool:
    """Say whether the files are as an import left them that was killed, partly old, partly new."""
    with closing(abandoned(root)) as folders:
        return any(is_open(folder) and not _is_undone(root, folder) for folder in folders)


def _is_undone(root: Path, folder: Path) -> bool:
    try:
        moves = read_journal(folder)
    except UserError:
        return False
    return all(_id(_bytes(root / move.path)) == move.was for move in moves)


def _finish(root: Path, folder: Path) -> int:
    moves = read_journal(folder)
    sound: set[Path] = set()
    for move in moves:
        _check_place(root, move.path, sound)
    now = {move.path: _id(_bytes(root / move.path)) for move in moves}
    left = [move for move in moves if _is_left(folder, move, now[move.path])]
    is_undone = len(left) < len(moves) and all(now[move.path] == move.was for move in moves)
    if is_undone or not left:
        close_journal(folder)
        return 0
    staged = {move.path for move in left}
    for move in moves:
        expected = {move.becomes, move.was} if move.path in staged else {move.becomes}
        if now[move.path] not in expected or not _is_sound(folder, move):
            raise _changed(folder, move.path)
    try:
        carry_out(root, folder, left, [])
    except OSError as error:
        raise _broken_off(error) from error
    close_journal(folder)
    return len(left)


def _is_left(folder: Path, move: Move, now: str) -> bool:
    return os.path.lexists(folder / move.staged) if move.staged else now != move.becomes


def _is_sound(folder: Path, move: Move) -> bool:
    """Say whether a staged file, where it is still there, is the one on record."""
    path = folder / move.staged
    if not move.staged or not os.path.lexists(path):
        return True
    return not path.is_symlink() and _id(_bytes(path)) == move.becomes


def _changed(folder: Path, path: str) -> UserError:
    hint = (
        "put the files that it wrote back as they were (git status shows them), or delete"
        f" .storesync/{folder.name} to keep them as they are; then import again"
    )
    message = f"{printable(path)} was changed after an import that wrote it was killed half-way"
    return UserError(message, hint=hint)


def _broken_off(error: OSError) -> UserError:
    message = f"the import was broken off half-way: {printable(error.strerror or str(error))}"
    return UserError(message, hint=f"{_DISK}, and run it again: it goes on from there")


def _take_back(
    root: Path, folder: Path, moves: Sequence[Move], before: Mapping[str, bytes]
) -> None:
    """Restore what was there before; killed while it does so, the next import goes on with it."""
    done = [move for move in moves if not (folder / move.staged).exists()]
    back = []
    try:
        for number, move in enumerate(reversed(done)):
            name = f"back-{number}" if move.path in before else ""
            if name:
                (folder / name).write_bytes(before[move.path])
            back.append(Move(move.path, move.becomes, move.was, name))
        if back:
            open_journal(folder, back)
            carry_out(root, folder, back, [])
    except OSError as error:
        raise _broken_off(error) from error
    close_journal(folder)


def _stage(
    folder: Path,
    writes: Mapping[str, bytes],
    before: Mapping[str, bytes],
    advance: Callable[[int], object],
) -> list[Move]:
    moves = []
    for number, (path, raw) in enumerate(writes.items()):
        # A third of the time of Path.write_bytes, which matters for 25,000 files.
        handle = os.open(folder / str(number), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        try:
            if os.write(handle, raw) < len(raw):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        finally:
            os.close(handle)
        moves.append(Move(path, _id(before.get(path)), content_id(raw), str(number)))
        advance(1)
    return moves


def _id(raw: bytes | None) -> str:
    return "" if raw is None else content_id(raw)


def _check_place(root: Path, path: str, sound: set[Path]) -> None:
    """Raise UserError where a path leads through a link, or to something that is no file.

    `sound` holds folders that were checked already.
    """
    parts = path.split("/")
    is_results = parts[2:3] == ["campaigns"] and parts[4:] == ["results.yaml"]
    if parts[0] != "brands" or not ("locations" in parts or is_results) or ".." in parts:
        raise UserError(f"{printable(path)} is no place for a file of an import")
    folder = root
    for part in parts[:-1]:
        folder /= part
        if folder in sound:
            continue
        sound.add(folder)
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            message = f"{printable(folder.relative_to(root).as_posix())} is a link or no folder"
            raise UserError(message, hint="imports write into real folders only")
    target = folder / parts[-1]
    if target.is_symlink() or (target.exists() and not target.is_file()):
        raise UserError(f"{printable(path)} is a link or no file", hint="remove it first")


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
