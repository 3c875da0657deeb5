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
    from storesync.ledger.campaign import CampaignLedger
    from storesync.ledger.ledger import Ledger
    from storesync.source.git import Repository
    from storesync.source.plumbing import TreeEntry


def find_renamings(ledger: Ledger, brands: Collection[str], catalog: Catalog) -> list[Renaming]:
    """Return unnamed renamings between what was last worked out and a catalog.

    Looked for only where something live is gone and something new has come: then the files as of
    the last run are read from Git once more.
    """
    before = {
        name.brand
        for name, item in ledger.campaigns.items()
        if name.brand in brands and _has_gone(item, catalog)
    }
    if not before:
        return []
    return list(renamings(load(_last_tree(ledger, before)), catalog))


def _has_gone(campaign: CampaignLedger, catalog: Catalog) -> bool:
    """Say whether something is live of what is there no more: the campaign, or a location."""
    brand = catalog.brands.get(campaign.id.brand)
    live = {key.location for key, record in campaign.state.items() if record.live}
    if brand is None or campaign.id.campaign not in brand.campaigns:
        return bool(live)
    return not all(map(brand.has, live))


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
