"""What each commit of a branch brought: when it came there, and the paths it changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from storesync.source.git import Repository


class Brought(NamedTuple):
    """One of a branch's own commits: its time (UTC), and what differs from the one before it."""

    at: datetime
    paths: tuple[str, ...]


def brought(repository: Repository, rev: str, paths: Sequence[str]) -> dict[str, Brought]:
    """Return commit -> what it brought below `paths`, the newest first; one process.

    A merge counts as one change of all that it brought. Renamed files count under both names.
    """
    options = ("--first-parent", "--diff-merges=first-parent", "--no-renames", "--name-only", "-z")
    output = repository.git("log", *options, "--format=%x01%H %ct", rev, "--", *paths).stdout
    found: dict[str, Brought] = {}
    for record in output.decode(errors="replace").split("\x01")[1:]:
        head, *names = record.split("\0")
        commit, _, seconds = head.strip().partition(" ")
        paths_here = tuple(name.lstrip("\n") for name in names if name.strip("\n"))
        found[commit] = Brought(_time(seconds), paths_here)
    return found


def _time(seconds: str) -> datetime:
    """Return a commit's time; Git keeps whatever somebody wrote there, also what is no time."""
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(0, UTC)
