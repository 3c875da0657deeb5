"""A part of a tree: what one run has to look at, and nothing else."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from storesync.source.tree import Tree


class PartTree:
    """A tree without the brands that are not wanted, and without `left_out` paths.

    What is left out is there, and nothing is concluded from not seeing it.
    """

    def __init__(
        self,
        tree: Tree,
        brands: Iterable[str] | None = None,
        left_out: Collection[str] = (),
    ) -> None:
        self._tree = tree
        self.brands = None if brands is None else frozenset(brands)
        self.left_out = frozenset(left_out)

    def paths(self) -> list[str]:
        """Return the paths of the wanted brands, the templates and the settings, sorted."""
        paths: Iterable[str] = self._tree.paths()
        if self.left_out:
            paths = [path for path in paths if path not in self.left_out]
        if self.brands is not None:
            paths = filter(self._is_wanted, paths)
        return list(paths)

    def _is_wanted(self, path: str) -> bool:
        return not path.startswith("brands/") or path.split("/", 2)[1] in (self.brands or ())

    @property
    def lacks_brands(self) -> bool:
        """Say whether some brand is not to be seen at all."""
        return _brands_in(self._tree.paths()) != _brands_in(self.paths())

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


class ChosenTree(PartTree):
    """The files of a tree at `paths`, and nothing else.

    `left_out` are the paths of locations that are there and were not chosen.
    """

    def __init__(self, tree: Tree, paths: Iterable[str], left_out: Collection[str] = ()) -> None:
        super().__init__(tree, left_out=left_out)
        self._paths = sorted(paths)

    def paths(self) -> list[str]:
        """Return the chosen paths, sorted."""
        return self._paths


def _brands_in(paths: Iterable[str]) -> set[str]:
    return {path.split("/", 2)[1] for path in paths if path.startswith("brands/")}


def is_location(path: str) -> bool:
    """Say whether a location's file stands at `path`: what a run can do without.

    `catalog.layout` knows all kinds; this needs no more than the path, and no import.
    """
    parts = path.split("/", 3)
    return (
        len(parts) == 4
        and (parts[0], parts[2]) == ("brands", "locations")
        and path.endswith(".yaml")
        and not path.endswith("/_defaults.yaml")
    )
