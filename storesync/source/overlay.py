"""A tree with some files as they were: what a revision would be without certain changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from storesync.source.commit_tree import CommitTree
from storesync.source.tree import ROOTS, SETTINGS


class Blobs(Protocol):
    """What of a repository is needed: see `git.Repository`."""

    def blobs(self, ids: Sequence[str]) -> list[bytes]:
        """Return the bytes of many blobs, in the order asked for."""


def overlaid(
    tree: CommitTree, replaced: Mapping[str, str | None], blobs: Blobs
) -> CommitTree | OverlayTree:
    """Return a commit's files with some `replaced`, see `OverlayTree`; the tree itself for none."""
    return OverlayTree(tree, replaced, blobs) if replaced else tree


class OverlayTree:
    """A commit's files, `replaced` ones with other blobs (path -> id; None: not there at all)."""

    def __init__(self, tree: CommitTree, replaced: Mapping[str, str | None], blobs: Blobs) -> None:
        self._tree = tree
        self._blobs = blobs
        self._ids = dict(tree.content_ids())
        for path, item in replaced.items():
            if not path.startswith(ROOTS) and path != SETTINGS:
                continue
            if item is None:
                self._ids.pop(path, None)
            else:
                self._ids[path] = item
        self._own = {path: item for path, item in replaced.items() if item is not None}

    @property
    def refused(self) -> list[str]:
        """Return what the commit's tree refused, unless it is replaced."""
        return [path for path in self._tree.refused if path not in self._own]

    def paths(self) -> list[str]:
        """Return the paths under `ROOTS` and the settings file, sorted."""
        return sorted(self._ids)

    def content_ids(self) -> Mapping[str, str]:
        """Return path -> blob id."""
        return self._ids

    def read(self, path: str) -> bytes:
        """Return a file's bytes. Raises KeyError where there is no such regular file."""
        if path in self._own:
            return self._blobs.blobs([self._ids[path]])[0]
        if path not in self._ids:
            raise KeyError(path)
        return self._tree.read(path)

    def read_many(self, paths: Iterable[str]) -> list[bytes]:
        """Return the bytes of many files, in the order asked for. Raises KeyError."""
        wanted = list(paths)
        own = [path for path in wanted if path in self._own]
        read = dict(zip(own, self._blobs.blobs([self._ids[path] for path in own]), strict=True))
        rest = [path for path in wanted if path not in read]
        gone = next((path for path in rest if path not in self._ids), None)
        if gone is not None:
            raise KeyError(gone)
        read |= dict(zip(rest, self._tree.read_many(rest), strict=True))
        return [read[path] for path in wanted]
