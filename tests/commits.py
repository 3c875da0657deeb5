"""Commits on branches that nobody has checked out: one process of Git for each, not five."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from storesync.source.plumbing import _file_commands


def commit_on(
    folder: Path,
    branch: str,
    files: Mapping[str, str | None],
    message: str,
    start: str = "",
    **names: str,
) -> str:
    """Put files (None deletes) on a branch as it is, or on `start`; return the commit's id.

    Authors and committers are those that the surroundings name, or `names` beside them.
    """
    known = {**os.environ, **names}
    people = "".join(
        f"{role.lower()} {known[f'GIT_{role}_NAME']} <{known[f'GIT_{role}_EMAIL']}> now\n"
        for role in ("AUTHOR", "COMMITTER")
    )
    words, ref = message.encode(), f"refs/heads/{branch}"
    raw = {path: text if text is None else text.encode() for path, text in files.items()}
    stream = b"".join(
        [
            f"feature done\ncommit {ref}\nmark :1\n{people}data {len(words)}\n".encode(),
            words,
            f"\nfrom {start or ref}^0\n".encode(),
            *_file_commands(raw),
            b"get-mark :1\ndone\n",
        ]
    )
    command = ["git", "-C", folder, "fast-import", "--quiet", "--date-format=now"]
    done = subprocess.run(command, input=stream, check=True, capture_output=True)
    return done.stdout.decode().strip()
