"""A part of a tree: what one run has to look at, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from storesync.source.tree import Tree


class PartTree:
    """A tree without the brands that are not wanted."""

    def __init__(self, tree: Tree, brands: Iterable[str]) -> None:
        self._tree = tree
        self._brands = frozenset(brands)

    def paths(self) -> list[str]:
        """Return the paths of the wanted brands, the templates and the settings, sorted."""
        return [
            path
            for path in self._tree.paths()
            if not path.startswith("brands/") or path.split("/", 2)[1] in self._brands
        ]

    @property
    def refused(self) -> list[str]:
        """Return what the whole tree refused."""
        return list(getattr(self._tree, "refused", ()))

    def read(self, path: str) -> bytes:
        """Return a file's bytes. Raises KeyError where there is no such regular file."""
        return self._tree.read(path)

    def read_many(self, paths: Iterable[str]) -> list[bytes]:
        """Return the bytes of many files, in the order asked for."""
        return self._tree.read_many(paths)

    def content_ids(self) -> Mapping[str, str]:
        """Return path -> an id of its bytes."""
        return self._tree.content_ids()
