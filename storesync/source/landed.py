"""What came to a branch, commit by commit."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from storesync.errors import UserError
from storesync.source.git import Repository

_FORM = "--format=%H%x00%T%x00%P%x00%ct%x00%an%x00%ae"


class LandedCommit(NamedTuple):
    """One commit of a branch's own line (first parents): ids, UTC time, author as Git has him."""

    id: str
    tree: str
    parents: tuple[str, ...]
    at: datetime
    author: str
    email: str


def landed(repository: Repository, base: str, tip: str) -> list[LandedCommit]:
    """Return the commits of the branch `tip` after the commit `base`, the oldest first.

    Raises UserError where `base` is no part of the branch's own line: the branch was set back or
    rewritten, or a merge took the wrong side for its first.
    """
    if base == tip:
        return []
    options = ("--first-parent", "--reverse", "--encoding=UTF-8", _FORM)
    done = repository.git("log", *options, f"{base}..{tip}", "--", accept=(0, 128))
    found = [_commit(line) for line in done.stdout.decode(errors="replace").splitlines()]
    if done.returncode or not found or found[0].parents[:1] != (base,):
        raise UserError(
            f"the published branch does not go on from {base[:12]}, which was proven before",
            hint="it was set back, rewritten or cut off: restore it, or fetch its whole history",
        )
    return found


def _commit(line: str) -> LandedCommit:
    item, tree, parents, seconds, author, email = line.split("\0")
    at = datetime.fromtimestamp(int(seconds), UTC)
    return LandedCommit(item, tree, tuple(parents.split()), at, author, email)
