"""Campaigns by name, those that are gone and live on in the ledger included."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storesync.app.context import Context

if TYPE_CHECKING:
    from storesync.ledger.ledger import Ledger


def known_campaigns(context: Context, ledger: Ledger) -> set[tuple[str, str]]:
    """Return (brand, campaign) of all that are in the newest commit or in the ledger."""
    from storesync.catalog.layout import campaign_at

    tree = context.repository.tree(context.head())
    names = {(name.brand, name.campaign) for name in ledger.campaigns}
    return names | {name for path in tree.paths() if (name := campaign_at(path))}


def known_campaign(context: Context, ledger: Ledger, name: str) -> str:
    """Return `brand/campaign` of a campaign by that name or by its bare id. Raises UserError."""
    from storesync.app.find import find_campaign
    from storesync.catalog.load import load

    names = known_campaigns(context, ledger)
    if name in {f"{brand}/{campaign}" for brand, campaign in names}:
        return name
    bare = [item for item in names if item[1] == name]
    if len(bare) == 1:
        return "/".join(bare[0])
    found = find_campaign(load(context.work_tree), name)
    return f"{found.brand}/{found.id}"
