"""The campaigns of one brand in a tree, read as far as an index needs them."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from storesync.catalog.load import load
from storesync.search.document import Document, document_of
from storesync.source.part import ChosenTree
from storesync.source.tree import Tree


class TreeCampaigns:
    """A `Source` of the index. What a campaign's own folder for locations holds is not read."""

    def __init__(self, tree: Tree, brand: str) -> None:
        self._tree, self._brand = tree, brand
        folder = f"brands/{brand}/campaigns/"
        self._shared: list[str] = []
        self._files: dict[str, list[str]] = defaultdict(list)
        for path in tree.paths():
            if path.startswith(folder):
                name, _, rest = path.removeprefix(folder).partition("/")
                if rest and not rest.startswith("locations/"):
                    self._files[name].append(path)
            elif path == f"brands/{brand}/brand.yaml" or path.endswith("/template.yaml"):
                self._shared.append(path)

    def contents(self) -> Mapping[str, str]:
        """Return campaign -> a hash of its files, the brand's, and the templates' variables."""
        ids = self._tree.content_ids()
        shared = _hash([ids[path] for path in self._shared])
        return {
            name: _hash([shared, *(ids[path] for path in paths)])
            for name, paths in sorted(self._files.items())
            if any(path.endswith(f"/{name}/campaign.yaml") for path in paths)
        }

    def documents(self, names: Sequence[str]) -> Iterator[Document]:
        """Yield the documents of campaigns that can be read."""
        paths = [path for name in names for path in self._files[name]]
        catalog = load(ChosenTree(self._tree, [*self._shared, *paths]))
        for campaign in catalog.campaigns():
            if campaign.brand == self._brand:
                yield document_of(catalog, campaign)


def brands_in(tree: Tree) -> list[str]:
    """Return the ids of the brands of a tree."""
    parts = [path.split("/") for path in tree.paths()]
    return sorted({part[1] for part in parts if part[0] == "brands" and part[2] == "brand.yaml"})


def _hash(parts: Iterable[str]) -> str:
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=16).hexdigest()
