"""Whether Git tracks a file or a folder: from its index, without a process where that is sure."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

# The form of git-index, "gitformat-index": a signature, a version, and in versions 2 and 3 every
# path as it is. Version 4 leaves out how a path begins; "link" names a second file with more.
_PLAIN = (b"DIRC\0\0\0\2", b"DIRC\0\0\0\3")
_SPLIT = b"link"


def is_tracked(path: str, index: Path, listed: Callable[[], bytes]) -> bool:
    """Say whether Git tracks `path`, in whatever capitals, or anything below it.

    `listed` asks Git for all that it tracks, as `git ls-files -z`: ten times the work of looking
    into the file `index`, which says at once that a name is not in it.
    """
    name = path.encode().lower()
    if _lacks(index, name):
        return False
    rows = listed().lower().split(b"\0")
    return any(row == name or row.startswith(name + b"/") for row in rows)


def _lacks(index: Path, name: bytes) -> bool:
    """Say whether it is sure that no path in the index has `name` in it."""
    try:
        data = index.read_bytes()
    except FileNotFoundError:
        return True  # nothing was ever added
    except OSError:
        return False
    return data.startswith(_PLAIN) and _SPLIT not in data and name not in data.lower()
