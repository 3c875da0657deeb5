"""Which files an import puts in their places: on record beside them until all are there."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from storesync.errors import UserError

_NAME = "journal"
_STAGED = re.compile("[0-9]+|back-[0-9]+|")


class Move(NamedTuple):
    """A staged file and its place; without a staged one the file there is removed.

    `was` and `becomes` are ids of what stands there before and after, empty for no file.
    """

    path: str
    was: str
    becomes: str
    staged: str


def open_journal(folder: Path, moves: Sequence[Move]) -> None:
    """Put on record what is staged in `folder`, in one step; what was on record is forgotten.

    From now on `moves` are carried out, by whoever comes. Raises OSError.
    """
    new = folder / f"{_NAME}.new"
    new.write_text(json.dumps(moves), encoding="utf-8")
    new.replace(folder / _NAME)


def close_journal(folder: Path) -> None:
    """Say that all is done, or that nothing was begun."""
    (folder / _NAME).unlink(missing_ok=True)


def is_open(folder: Path) -> bool:
    """Say whether something of what is staged in a folder may have been put in its place."""
    return (folder / _NAME).exists()


def read_journal(folder: Path) -> list[Move]:
    """Return what is on record in a folder. Raises UserError where that cannot be believed."""
    try:
        moves = [Move(*each) for each in json.loads((folder / _NAME).read_bytes())]
    except (OSError, ValueError, TypeError, RecursionError):
        moves = [Move("", "", "", "?")]
    if all(isinstance(word, str) for move in moves for word in move) and all(
        _STAGED.fullmatch(move.staged) for move in moves
    ):
        return moves
    message = f".storesync/{folder.name} holds what an import that was killed had begun, damaged"
    raise UserError(message, hint="delete it, look at what Git says has changed, and import again")


def carry_out(
    root: Path,
    folder: Path,
    moves: Sequence[Move],
    made: list[Path],
    advance: Callable[[int], object] = lambda _count: None,
) -> None:
    """Put staged files in their places below `root`. Adds to `made` what folders that took.

    A file is there whole or not at all, and then still staged. Raises OSError.
    """
    known: set[Path] = set()
    for move in moves:
        target = root / move.path
        if not move.staged:
            target.unlink(missing_ok=True)
            continue
        if target.parent not in known:
            _make(target.parent, made)
            known.add(target.parent)
        (folder / move.staged).replace(target)
        advance(1)


def _make(folder: Path, made: list[Path]) -> None:
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for each in reversed(missing):
        each.mkdir()
        made.append(each)
