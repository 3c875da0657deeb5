"""Who changed what and when: the commits of a path, and the commit that last wrote a line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from storesync.source.git import Repository
from storesync.source.plumbing import moment

_FORM = "--format=%H%n%ct%n%an%n%s"


class Commit(NamedTuple):
    """One commit: full id, UTC time of the commit, author's name, first line."""

    id: str
    at: datetime
    author: str
    subject: str


def log(
    repository: Repository,
    paths: Sequence[str],
    rev: str,
    *,
    limit: int | None = None,
) -> list[Commit]:
    """Return the commits up to the commit id `rev` that touch `paths` or what is below them.

    Newest first; no paths means all commits.
    """
    options = [_FORM, "-z", "--encoding=UTF-8"]
    options += [f"--max-count={limit}"] if limit is not None else []
    output = repository.git("log", *options, rev, "--", *paths).stdout
    return [_commit(record) for record in _decoded(output).split("\0") if record]


def first_parent_commits(
    repository: Repository, paths: Sequence[str], rev: str
) -> list[tuple[str, bool]]:
    """Return a branch's own commits up to `rev` that changed what lies at `paths`, newest first.

    Each is an id, and whether it is a merge: that is one change of all that it brought.
    """
    options = ("--first-parent", "--no-patch", "--format=%H %P")
    output = repository.git("log", *options, rev, "--", *paths).stdout
    rows = [line.split() for line in output.decode().splitlines()]
    return [(item, len(parents) > 1) for item, *parents in rows]


def blame(
    repository: Repository, path: str, lines: Sequence[int], rev: str | None
) -> dict[int, Commit]:
    """Return line (from 1) -> the commit that last wrote it, in one process.

    `rev` is a commit id, or None for the file on disk. A line that is not committed yet, or that
    Git knows nothing of, is left out.
    """
    ranges = [f"-L{line},{line}" for line in sorted(set(lines))]
    if not ranges:
        return {}
    revision = [rev] if rev else []
    # A configured list of commits to skip over would name a person who did not write the line.
    options = ("--porcelain", "--encoding=UTF-8", "--ignore-revs-file=", *ranges)
    done = repository.git("blame", *options, *revision, "--", path, accept=(0, 128))
    return _blamed(_decoded(done.stdout))


def _decoded(output: bytes) -> str:
    return output.decode(errors="replace")


def _commit(record: str) -> Commit:
    item, seconds, author, subject = record.split("\n", 3)
    return Commit(item, moment(seconds), author, subject)


def _blamed(output: str) -> dict[int, Commit]:
    """Read `blame --porcelain`: details of a commit come once, at its first line."""
    known: dict[str, Commit] = {}
    found: dict[int, Commit] = {}
    details: dict[str, str] = {}
    item, line = "", 0
    for text in output.split("\n"):
        word, _, rest = text.partition(" ")
        if text.startswith("\t"):
            if "summary" in details:
                known[item] = _described(item, details)
            if item.strip("0"):
                found[line] = known[item]
            item, details = "", {}
        elif not item:
            item, line = word, int(rest.split(" ")[1]) if rest else 0
        else:
            details[word] = rest
    return found


def _described(item: str, details: dict[str, str]) -> Commit:
    at = moment(details["committer-time"])
    return Commit(item, at, details["author"], details["summary"])
