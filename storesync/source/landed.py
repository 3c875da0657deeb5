"""What came to a branch: its own commits, and what each of them brought."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from storesync.errors import UserError
from storesync.source import plumbing
from storesync.source.git import Repository

_FORM = "--format=%H%x1f%T%x1f%P%x1f%ct%x1f%an"
# Whom a commit names: author, committer, and who is said to have written it with them.
_NAMED = "%ae%x1f%ce%x1f%(trailers:key=Co-authored-by,valueonly,unfold,separator=%x1f)"


class LandedCommit(NamedTuple):
    """One commit of a branch's own line (first parents): ids, UTC time, author as Git has him."""

    id: str
    tree: str
    parents: tuple[str, ...]
    at: datetime
    author: str


class Brought(NamedTuple):
    """One of a branch's own commits: its time (UTC), and what differs from the one before it."""

    at: datetime
    paths: tuple[str, ...]


class Arrivals(NamedTuple):
    """What came on a branch.

    `where` is commit -> where it came: itself, or the first merge that brought it. `named` is
    commit -> the addresses, in small letters, that the commits name which it brings: commits that
    the branch merged, and others that it does not hold. What it held before they bring not.
    """

    where: dict[str, str]
    named: dict[str, frozenset[str]]


def landed(repository: Repository, base: str, tip: str) -> list[LandedCommit]:
    """Return the commits of the branch `tip` after the commit `base`, the oldest first.

    Raises UserError where `base` is no part of the branch's own line: the branch was set back or
    rewritten, or a merge took the wrong side for its first.
    """
    if base == tip:
        return []
    options = ("--first-parent", "--reverse", "--encoding=UTF-8", "-z", _FORM)
    span = (f"{base}..{tip}", "--")
    done = repository.ask_once([base, tip], "log", *options, *span, accept=(0, 128))
    records = done.stdout.decode(errors="replace").split("\0")
    found = [_commit(record) for record in records if record]
    if done.returncode or not found or found[0].parents[:1] != (base,):
        raise UserError(
            f"the published branch does not go on from {base[:12]}, which was proven before",
            hint="git pull, on that branch; if nothing is new, it was set back, rewritten or cut "
            "off: restore it, or fetch its whole history",
        )
    return found


def _commit(record: str) -> LandedCommit:
    # A name may hold anything but the zero that ends the record, so it comes last.
    item, tree, parents, seconds, author = record.split("\x1f", 4)
    return LandedCommit(item, tree, tuple(parents.split()), plumbing.moment(seconds), author)


def addresses_between(repository: Repository, base: str, tip: str) -> set[str]:
    """Return the addresses, in small letters, of all whom the commits after `base` name."""
    command = ("log", "-z", f"--format={_NAMED}", "--encoding=UTF-8", f"{base}..{tip}", "--")
    listed = repository.ask_once([base, tip], *command).stdout.decode(errors="replace")
    rows = [row.lower().split("\x1f") for row in listed.split("\0") if row]
    return {address for row in rows for address in _addresses(row)}


def _addresses(named: Sequence[str]) -> set[str]:
    """Return the addresses of author and committer, and of co-authors: `Name <address>`."""
    beside = [text.rpartition("<")[2].partition(">")[0] for text in named[2:] if text]
    return {as_address(text) for text in (*named[:2], *beside)}


def as_address(text: str) -> str:
    """Return an address as it is compared; of what is none, for Git takes any, no login."""
    address = text.strip().lower()
    return address if "@" in address[1:] else f"{address or 'nobody'}@"


def own_line(repository: Repository, tip: str) -> list[str]:
    """Return the ids of a branch's own commits, the newest first."""
    return repository.ask_once([tip], "rev-list", "--first-parent", tip).stdout.decode().split()


def landings_of(repository: Repository, commits: set[str], line: Sequence[str]) -> dict[str, str]:
    """Return for each commit the one of a branch's own `line` that brought it; none: left out."""
    found = {commit: commit for commit in commits if commit in line}
    for commit in commits - found.keys() if line else ():
        listed = repository.git("rev-list", "--ancestry-path", f"{commit}..{line[0]}")
        after = set(listed.stdout.decode().split())
        behind = [item for item in line if item in after]
        found.update({commit: behind[-1]} if behind else {})
    return found


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
        found[commit] = Brought(plumbing.moment(seconds), paths_here)
    return found


def arrivals(repository: Repository, tip: str, heads: Iterable[str]) -> Arrivals:
    """Return what came on a branch at `tip`, and what its merges and `heads` bring."""
    form = f"--format=%H%x1f%P%x1f{_NAMED}"
    ends = [tip, *dict.fromkeys(heads)]
    listed = repository.ask_once(ends, "log", form, "--encoding=UTF-8", *ends, "--")
    parents: dict[str, list[str]] = {}
    people: dict[str, set[str]] = {}
    for row in plumbing.rows(listed.stdout):
        commit, before, *named = row.lower().split("\x1f")
        parents[commit], people[commit] = before.split(), _addresses(named)
    line = [tip]
    while parents.get(line[-1]):
        line.append(parents[line[-1]][0])
    known: set[str] = set()
    found: dict[str, frozenset[str]] = {}
    where: dict[str, str] = {}
    for commit in reversed(line):
        known.add(commit)
        found[commit] = frozenset(people.get(commit, ()))
        for side in parents.get(commit, [])[1:]:
            new = _behind(side, parents, known)
            known |= new
            found[side] = frozenset(name for item in new for name in people[item])
            where.setdefault(side, commit)
    for head in {*heads} - found.keys():
        new = _behind(head, parents, known)
        found[head] = frozenset(name for item in new for name in people[item])
    return Arrivals(where | {commit: commit for commit in line if commit in parents}, found)


def _behind(start: str, parents: Mapping[str, Sequence[str]], known: Container[str]) -> set[str]:
    """Return a commit and all behind it that are not known; in a shallow clone some are missing."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        commit = waiting.pop()
        if commit in parents and commit not in known and commit not in found:
            found.add(commit)
            waiting += parents[commit]
    return found
