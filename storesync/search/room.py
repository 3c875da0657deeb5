"""Whether a disk still takes what an index writes: what failed for want of room is not damaged."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from storesync.errors import UserError

# ChromaDB and SQLite write a piece anew before they give up the old one.
_SPARE = 16 * 2**20
_STEP = 2**20


def has_room(folder: Path) -> bool:
    """Say whether as much again as lies in a folder, and some more, can be written there.

    It is tried: what a quota or a limit of the process leaves, a disk does not tell.
    """
    place = folder if folder.is_dir() else folder.parent
    try:
        wanted = _size(folder) + _SPARE
        if shutil.disk_usage(place).free < wanted:
            return False  # nothing is written: it would be missing to others
        with tempfile.TemporaryFile(dir=place) as file:
            piece = os.urandom(_STEP)
            for _ in range(0, wanted, _STEP):
                file.write(piece)
    except OSError:
        return False
    return True


def no_room(folder: Path) -> UserError:
    """Return what to tell of a disk that has none."""
    return UserError(
        f"no space is left for vectors in {folder}",
        hint="make room there, and run the command again: what is there is kept",
    )


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
