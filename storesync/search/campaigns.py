"""The campaigns of one brand in a tree, read as far as an index needs them."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from storesync.catalog import layout
from storesync.catalog.load import load
from storesync.search.document import Document, document_of, languages_of
from storesync.source.tree import MemoryTree, Tree


class TreeCampaigns:
    """A `Source` of the index: a brand's campaigns, those in its archive too.

    What a campaign's own folder for locations holds is not read.
    """

    def __init__(self, tree: Tree, brand: str) -> None:
        self._tree, self._brand = tree, brand
        folder = f"brands/{brand}/campaigns/"
        self._shared: list[str] = []
        self._files: dict[str, list[str]] = defaultdict(list)
        self._archived: dict[str, str] = {}  # where it stood -> where it is
        for path in tree.paths():
            standing = layout.standing(path) or path
            if standing.startswith(folder):
                name, _, rest = standing.removeprefix(folder).partition("/")
                if rest and not rest.startswith("locations/"):
                    self._files[name].append(path)
                    if standing != path:
                        self._archived[standing] = path
            elif path == f"brands/{brand}/brand.yaml" or path.endswith("/template.yaml"):
                self._shared.append(path)

    def contents(self) -> Mapping[str, str]:
        """Return campaign -> a hash of its files, by place, the brand's, and the templates'."""
        ids = self._tree.content_ids()
        shared = _hash([ids[path] for path in self._shared])
        return {
            name: _hash([shared, *(f"{path} {ids[path]}" for path in paths)])
            for name, paths in sorted(self._files.items())
            if any(path.endswith(f"/{name}/campaign.yaml") for path in paths)
        }

    def documents(self, names: Sequence[str]) -> Iterator[Document]:
        """Yield the documents of campaigns that can be read."""
        paths = [*self._shared, *(path for name in names for path in self._files[name])]
        raws = self._tree.read_many(paths)
        files = zip((layout.standing(path) or path for path in paths), raws, strict=True)
        catalog = load(MemoryTree(dict(files)))
        for campaign in catalog.campaigns():
            if campaign.brand == self._brand:
                yield self._where_it_is(document_of(catalog, campaign))

    def _where_it_is(self, document: Document) -> Document:
        """Return what is archived as over, at the places where its files are now."""
        passages = tuple(
            replace(item, path=self._archived.get(item.path, item.path))
            for item in document.passages
        )
        home = f"brands/{self._brand}/campaigns/{document.campaign}/campaign.yaml"
        over = document.cancelled or home in self._archived
        return replace(document, passages=passages, cancelled=over)


def brands_in(tree: Tree) -> list[str]:
    """Return the ids of the brands of a tree."""
    parts = [path.split("/") for path in tree.paths()]
    return sorted({part[1] for part in parts if part[0] == "brands" and part[2:] == ["brand.yaml"]})


def languages_in(tree: Tree, brand: str) -> list[str]:
    """Return a brand's languages (ISO 639-1), the main one first; none where it cannot be read."""
    path = f"brands/{brand}/brand.yaml"
    [raw] = tree.read_many([path])
    found = load(MemoryTree({path: raw})).brands.get(brand)
    return languages_of(found) if found is not None else []


def _hash(parts: Iterable[str]) -> str:
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=16).hexdigest()
