"""What came to a branch, commit by commit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from storesync.errors import UserError
from storesync.source.git import Repository

_FORM = "--format=%H%x1f%T%x1f%P%x1f%ct%x1f%an"
_LATEST = 253_402_300_799  # the last second of the year 9999


class LandedCommit(NamedTuple):
    """One commit of a branch's own line (first parents): ids, UTC time, author as Git has him."""

    id: str
    tree: str
    parents: tuple[str, ...]
    at: datetime
    author: str


def landed(repository: Repository, base: str, tip: str) -> list[LandedCommit]:
    """Return the commits of the branch `tip` after the commit `base`, the oldest first.

    Raises UserError where `base` is no part of the branch's own line: the branch was set back or
    rewritten, or a merge took the wrong side for its first.
    """
    if base == tip:
        return []
    options = ("--first-parent", "--reverse", "--encoding=UTF-8", "-z", _FORM)
    done = repository.git("log", *options, f"{base}..{tip}", "--", accept=(0, 128))
    records = done.stdout.decode(errors="replace").split("\0")
    found = [_commit(record) for record in records if record]
    if done.returncode or not found or found[0].parents[:1] != (base,):
        raise UserError(
            f"the published branch does not go on from {base[:12]}, which was proven before",
            hint="it was set back, rewritten or cut off: restore it, or fetch its whole history",
        )
    return found


def _commit(record: str) -> LandedCommit:
    # A name may hold anything but the zero that ends the record, so it comes last.
    item, tree, parents, seconds, author = record.split("\x1f", 4)
    return LandedCommit(item, tree, tuple(parents.split()), moment(seconds), author)


def moment(seconds: str) -> datetime:
    """Return a commit's time, which anybody may write: what is no time is the first or the last."""
    digits = seconds if seconds.lstrip("-").isdigit() else "0"
    return datetime.fromtimestamp(min(max(int(digits[:20]), 0), _LATEST), UTC)


def addresses_between(repository: Repository, base: str, tip: str) -> set[str]:
    """Return the addresses, in small letters, of all whom the commits after `base` name."""
    listed = repository.git("log", "-z", "--format=%ae%x1f%ce", f"{base}..{tip}", "--").stdout
    names = listed.decode(errors="replace").replace("\x1f", "\0").split("\0")
    return {name.lower() for name in names if name}


def own_line(repository: Repository, tip: str) -> list[str]:
    """Return the ids of a branch's own commits, the newest first."""
    return repository.git("rev-list", "--first-parent", tip).stdout.decode().split()


def landings_of(repository: Repository, commits: set[str], line: Sequence[str]) -> dict[str, str]:
    """Return for each commit the one of a branch's own `line` that brought it; none: left out."""
    found = {commit: commit for commit in commits if commit in line}
    for commit in commits - found.keys() if line else ():
        listed = repository.git("rev-list", "--ancestry-path", f"{commit}..{line[0]}")
        after = set(listed.stdout.decode().split())
        behind = [item for item in line if item in after]
        found.update({commit: behind[-1]} if behind else {})
    return found
