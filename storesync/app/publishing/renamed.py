"""Ids that changed since the last run without naming their past, as a publish plan sees them."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from storesync.app.context import UNSHALLOW
from storesync.catalog.load import load
from storesync.errors import UserError
from storesync.source.tree import MemoryTree
from storesync.validate.identity import Renaming, renamings

if TYPE_CHECKING:
    from storesync.catalog.catalog import Catalog
    from storesync.ledger.ledger import Ledger
    from storesync.source.git import Repository
    from storesync.source.plumbing import TreeEntry


def find_renamings(ledger: Ledger, brands: Collection[str], catalog: Catalog) -> list[Renaming]:
    """Return unnamed renamings between what was last worked out and a catalog.

    Looked for only where something live is gone and something new has come: then the files as of
    the last run are read from Git once more.
    """
    before = {
        key.brand
        for name, item in ledger.campaigns.items()
        if name.brand in brands
        for key, record in item.state.items()
        if record.live and _is_gone(key.brand, key.campaign, key.location, catalog)
    }
    if not before:
        return []
    return list(renamings(load(_last_tree(ledger, before)), catalog))


def _is_gone(brand: str, campaign: str, location: str, catalog: Catalog) -> bool:
    known = catalog.brands.get(brand)
    return known is None or campaign not in known.campaigns or not known.has(location)


def _last_tree(ledger: Ledger, brands: set[str]) -> MemoryTree:
    """Return brands' files as of the last run: its manifests name their trees in Git."""
    repository = ledger.repository
    files: dict[str, bytes] = {}
    for brand in sorted(brands):
        folder = f"brands/{brand}"
        known = [
            (item.computed_at, item.inputs[folder])
            for name, item in ledger.manifests.items()
            if name.brand == brand and folder in item.inputs
        ]
        tree = max(known)[1] if known else None
        if tree is None and ledger.genesis is not None:
            tree = repository.object_id(ledger.genesis.commit, folder)
        if tree is not None:
            entries = _entries(repository, tree)
            data = repository.blobs([item.id for item in entries])
            paths = [f"{folder}/{item.path}" for item in entries]
            files |= dict(zip(paths, data, strict=True))
    return MemoryTree(files)


def _entries(repository: Repository, tree: str) -> list[TreeEntry]:
    try:
        return repository.entries(tree, [])
    except UserError:
        if not repository.shallow:
            raise
        message = "this clone is shallow, so whether an id was renamed cannot be told"
        raise UserError(message, hint=UNSHALLOW) from None
