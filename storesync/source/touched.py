"""Which files commits changed, where Git cannot compare one of them: commit by commit."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from storesync.source.git import Repository
from storesync.source.history import Commit, log
from storesync.source.landed import Brought

_OPTIONS = ("--stdin", "--always", "--root", "-r", "-m", "--name-only", "--no-renames", "-z")


class Touched(NamedTuple):
    """Commit -> the files in which it differs from each of its parents; whom Git cannot compare."""

    paths: Mapping[str, list[tuple[str, ...]]]
    unknown: Sequence[str]


def touched(repository: Repository, rev: str, *, own: bool = False) -> Touched:
    """Return what the commits up to `rev` changed.

    `own`: only those of the branch's own line, compared with the one before.
    """
    options = ("--first-parent",) if own else ()
    listed = repository.ask_once([rev], "rev-list", "--parents", *options, rev)
    rows = [row.split(" ") for row in listed.stdout.decode().splitlines()]
    left = [row[:2] for row in rows] if own else rows
    ids = {row[0] for row in left}
    found: dict[str, list[tuple[str, ...]]] = {}
    unknown = []
    while left:
        data = "".join(f"{' '.join(row)}\n" for row in left).encode()
        done = repository.git("diff-tree", *_OPTIONS, data=data, accept=(0, 128))
        found |= _told(done.stdout.decode(errors="replace"), ids)
        # It goes by the rows, and ends at the one that it cannot compare with one of its parents.
        told = (len(found.get(item, ())) >= max(1, len(parents)) for item, *parents in left)
        at = next((at for at, is_told in enumerate(told) if not is_told), None)
        if at is None:
            break
        found.pop(left[at][0], None)
        unknown.append(left[at][0])
        left = left[at + 1 :]
    return Touched(found, unknown)


def log_of(
    repository: Repository, folders: Collection[str], rev: str, known: Touched
) -> list[Commit]:
    """Return the commits up to `rev` that changed something in some folders, the newest first.

    A merge did where the folders are as in none of its parents.
    """
    below = tuple(f"{folder}/" for folder in folders)
    return [
        item
        for item in log(repository, [], rev)
        if item.id in known.paths
        and all(any(name.startswith(below) for name in names) for names in known.paths[item.id])
    ]


def brought_of(repository: Repository, rev: str, known: Touched) -> dict[str, Brought]:
    """Return commit -> what it brought, as `landed.brought` does; the newest first."""
    every = log(repository, [], rev)
    return {it.id: Brought(it.at, known.paths[it.id][0]) for it in every if it.id in known.paths}


def _told(output: str, ids: Collection[str]) -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    names: list[str] = []
    item = ""
    for part in [*output.split("\0"), ""]:
        if part in ids or not part:
            if item:
                found.setdefault(item, []).append(tuple(names))
            item, names = part, []
        else:
            names.append(part)
    return found
