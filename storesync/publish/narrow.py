"""After a few location files changed: what of the last run still stands, and what does not.

A manifest vouches for its campaign as of one folder in Git and one line of the ledger. Where
nothing but location files differs from that folder, the other locations need no second look.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial

from storesync.catalog.catalog import Catalog
from storesync.ledger.layout import CampaignId
from storesync.ledger.ledger import Ledger
from storesync.ledger.manifest import Manifest, is_current
from storesync.plan.change import PlacementKey
from storesync.resolve.select import is_heard, matches
from storesync.source.part import is_location
from storesync.source.plumbing import FileChange


def settled_folder(
    ledger: Ledger, brand: str, inputs: Mapping[str, str], tool: str, at: datetime
) -> str | None:
    """Return the id in Git of the brand's folder for which nothing is due, None for none.

    `inputs` are the brand's own now. Every campaign in the ledger has to vouch for that folder.
    """
    folder = f"brands/{brand}"
    found = set()
    for name, campaign in ledger.campaigns.items():
        if name.brand != brand:
            continue
        manifest = ledger.manifests.get(name)
        if manifest is None or campaign.is_damaged:
            return None
        then = manifest.inputs.get(folder, "")
        now = {**inputs, folder: then}
        if not is_current(manifest, now, tool, campaign.last_hash, at):
            return None
        found.add(then)
    return found.pop() if len(found) == 1 else None


def edited_locations(brand: str, changes: Collection[FileChange]) -> dict[str, str] | None:
    """Return path -> id before, for changes in a brand's folder that are edits of locations.

    None where something else changed as well.
    """
    before = {}
    for item in changes:
        path = f"brands/{brand}/{item.path}"
        if not is_location(path) or item.old is None or item.new is None:
            return None
        before[path] = item.old
    return before


def lost_match(before: Catalog, now: Catalog) -> bool:
    """Say whether a selector matches, or a campaign's languages reach, one of these no more.

    It may have been the only one, and a selector that matches nothing is an error.
    """
    for brand in now.brands.values():
        old = before.brands[brand.id].locations
        for campaign in brand.campaigns.values():
            tests = [partial(matches, selector) for selector in campaign.file.select]
            for is_met in (*tests, partial(is_heard, campaign)):
                for key, location in old.items():
                    new = brand.locations.get(key)
                    if is_met(location) and not (new and is_met(new)):
                        return True
    return False


def vouched_for(ledger: Ledger, now: Catalog) -> bool:
    """Say whether there is a manifest of every campaign."""
    return all(
        CampaignId(brand.id, name) in ledger.manifests
        for brand in now.brands.values()
        for name in (*brand.campaigns, *brand.broken_campaigns)
    )


def merged(old: Manifest, part: Manifest, is_left_out: Callable[[PlacementKey], bool]) -> Manifest:
    """Return a campaign's manifest from the one before and that of the locations looked at.

    What was skipped is `part`'s alone: a plan says that of all locations.
    """
    kept = [item for item in old.entries if is_left_out(item.placement)]
    moments = [item for item in (old.next_change, part.next_change) if item is not None]
    entries = sorted([*kept, *part.entries], key=lambda item: item.placement)
    return replace(part, next_change=min(moments, default=None), entries=tuple(entries))
