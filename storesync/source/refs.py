"""Refs as they stand in Git's own files: what is not plainly there, Git itself is asked for.

Who reads a ref a moment later may find another one, so nothing of it is kept. To start a Git for
each time would take most of what a small run does.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from storesync.source import plumbing
from storesync.source.answers import Answers, is_id
from storesync.source.command import run
from storesync.source.objects import Objects

# Below these, all worktrees have the same refs.
_PLACE = re.compile(r"refs/(?:heads|notes|remotes|storesync|tags)(?:/[0-9A-Za-z_@+=.-]+)*/?")
# Git may write more into a name, and takes less: `..`, a point at the end.
_NAME = re.compile(r"refs(?:/[0-9A-Za-z_@+=-]+(?:\.[0-9A-Za-z_@+=-]+)*)+")
_ID = re.compile(rb"(?!0+\n)((?:[0-9a-f]{40}|[0-9a-f]{64}))\n")
_SYMBOLIC = re.compile(rb"ref: (refs/heads/[!-~]+)\n")
_PACKED = re.compile(
    rb"(?:#[^\n]*\n)*+"
    rb"(?:(?:[0-9a-f]{40}|[0-9a-f]{64}) refs/[^\n]+\n|\^(?:[0-9a-f]{40}|[0-9a-f]{64})\n)*+"
)
# Beyond these, Git is quicker.
_MOST = 200
_LARGEST = 1_000_000  # bytes
_PEELED = "%(if)%(*objectname)%(then)%(*objectname)%(else)%(objectname)%(end)"


class Refs:
    """The refs of one clone, and what is checked out of them at `root`."""

    def __init__(self, root: Path, common_dir: Path, answers: Answers, objects: Objects) -> None:
        self._root = root
        self._common_dir = common_dir
        self._answers = answers
        self._objects = objects

    def at(self, places: Sequence[str]) -> dict[str, str]:
        """Return full ref name -> id of what it names, of all that are or lie below a place."""
        found = read(self._common_dir, places)
        return self._asked("%(objectname)", places) if found is None else found

    def commits(self, names: Sequence[str]) -> dict[str, str]:
        """Return full ref name -> commit id, for those of `names` that exist."""
        found = read(self._common_dir, names)
        if found is not None:
            found = {name: item for name, item in found.items() if name in names}
        if found is None or not self.are_commits(found.values()):
            found = self._asked(_PEELED, names)
        return {name: commit for name, commit in found.items() if name in names}

    def head(self, git_dir: Path) -> str | None:
        """Return the id of the commit that a worktree has checked out; None: ask Git."""
        name = head(git_dir)
        found = name if name is None or is_id(name) else self.commits([name]).get(name)
        return found if found is None or self.are_commits([found]) else None

    def are_commits(self, ids: Collection[str]) -> bool:
        """Say whether all of these are full ids of commits, and not of tags; False: ask Git."""
        new = sorted({*ids} - self._answers.commits)
        told = self._objects.ask([f"info {item}" for item in new]) if new else []
        if told is None or any(item.kind != "commit" for item in told):
            return False
        self._answers.commits.update(new)
        return True

    def _asked(self, form: str, patterns: Sequence[str]) -> dict[str, str]:
        done = run(self._root, "for-each-ref", f"--format={form} %(refname)", *patterns)
        rows = [line.partition(" ") for line in plumbing.rows(done.stdout)]
        return {name: item for item, _, name in rows}


def read(common_dir: Path, places: Sequence[str]) -> dict[str, str] | None:
    """Return full name -> id of all refs that are one of `places` or lie below, by their names.

    Returns None where only Git can tell: refs that are kept in another way, that point to others,
    that are broken or have unusual names, patterns, and very many of them.
    """
    if not all(map(_PLACE.fullmatch, places)):
        return None
    wanted = [place.rstrip("/") for place in places]
    try:
        if not (common_dir / "refs/heads").is_dir():
            return None
        # In this order: Git packs a ref before it takes the loose one away.
        loose: dict[str, str] = {}
        for name, item in _loose(common_dir, "refs", wanted):
            loose[name] = item
            if len(loose) > _MOST:
                return None
        found = _packed(common_dir, wanted) | loose
    except (OSError, ValueError):
        return None
    return dict(sorted(found.items()))


def is_plain(name: str) -> bool:
    """Say whether Git takes this for a ref's full name, as one that nobody can take for another."""
    return _NAME.fullmatch(name) is not None and not re.search(r"\.lock(/|$)", name)


def head(git_dir: Path) -> str | None:
    """Return what a worktree's HEAD holds: a branch's full name, or an id. None: ask Git."""
    path = git_dir / "HEAD"
    try:
        raw = path.read_bytes()
        if path.is_symlink():
            return None
    except OSError:
        return None
    found = _SYMBOLIC.fullmatch(raw) or _ID.fullmatch(raw)
    name = found[1].decode() if found else None
    return name if name and (is_id(name) or _NAME.fullmatch(name)) else None


def _loose(common_dir: Path, folder: str, wanted: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield refs that have a file of their own. Raises OSError, ValueError for odd ones.

    Folders are listed: to open a file finds one of other capitals on some systems.
    """
    with os.scandir(common_dir / folder) as entries:
        here = [entry for entry in entries if _concerns(f"{folder}/{entry.name}", wanted)]
    for entry in here:
        name = f"{folder}/{entry.name}"
        if entry.name.startswith(".") or entry.name.endswith(".lock"):
            continue  # as Git does
        if _NAME.fullmatch(name) is None or entry.is_symlink():
            raise ValueError(name)
        if entry.is_dir():
            yield from _loose(common_dir, name, wanted)
        elif _is_in(name, wanted):
            found = _ID.fullmatch(Path(entry.path).read_bytes())
            if found is None:
                raise ValueError(name)
            yield name, found[1].decode()


def _packed(common_dir: Path, wanted: Sequence[str]) -> dict[str, str]:
    """Return refs of the file that holds many. Raises OSError, ValueError for odd ones."""
    try:
        raw = (common_dir / "packed-refs").read_bytes()
    except FileNotFoundError:
        return {}
    if len(raw) > _LARGEST:
        raise ValueError(len(raw))
    if _PACKED.fullmatch(raw) is None:  # cut, or changed by hand
        raise ValueError(len(raw))
    places = b"|".join(re.escape(place.encode()) for place in wanted)
    rows = re.findall(rb"^([0-9a-f]+) ((?:%s)(?:/.*)?)$" % places, raw, re.MULTILINE)
    found = {name.decode(): item.decode() for item, name in rows}
    is_odd = len(found) < len(rows) or len({*map(len, found.values())}) > 1
    if is_odd or len(found) > _MOST * 10 or not all(map(_NAME.fullmatch, found)):
        raise ValueError(len(found))
    return found


def _is_in(name: str, places: Sequence[str]) -> bool:
    return any(f"{name}/".startswith(f"{place}/") for place in places)


def _concerns(name: str, places: Sequence[str]) -> bool:
    """Say whether this is one of the places, below one or above one."""
    return _is_in(name, places) or any(place.startswith(f"{name}/") for place in places)
