"""Git's index, the list of what it tracks, as far as it can be read without a process."""

from __future__ import annotations

import os
from pathlib import Path

# By "gitformat-index": a signature, a version, and in versions 2 and 3 every path in full.
# Version 4 leaves out how a path begins; "link" names a second file with more of them.
_PLAIN = (b"DIRC\0\0\0\2", b"DIRC\0\0\0\3")
_SPLIT = b"link"


def surely_lacks(root: Path, name: str) -> bool:
    """Say whether it is sure that Git tracks no path with `name` in it, in whatever capitals.

    `root` is the top of a work tree. False says nothing: Git has to be asked. That takes ten
    times as long, and it knows repositories that lie elsewhere, or belong to somebody else.
    """
    folder = root / ".git"
    try:
        if folder.stat().st_uid != os.getuid():
            return False
        data = (folder / "index").read_bytes()
    except (OSError, AttributeError):  # Windows has no getuid
        return False
    return data.startswith(_PLAIN) and _SPLIT not in data and name.encode() not in data.lower()
