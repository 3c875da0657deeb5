"""Messages that were sent under another key: a renamed id, another language or destination.

What was sent is final; under its new key it must be known, or it would be sent a second time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from storesync.plan.change import PlacementKey
from storesync.plan.live import Live

# (brand, "location/old") -> new id; brands under ("", "brand/old").
Renamed = Mapping[tuple[str, str], str]


def present(renamed: Renamed, key: PlacementKey) -> PlacementKey | None:
    """Return the key of a placement now, or None where no id of it has changed."""
    brand = renamed.get(("", f"brand/{key.brand}"), key.brand)
    location = renamed.get((brand, f"location/{key.location}"), key.location)
    campaign = renamed.get((brand, f"campaign/{key.campaign}"), key.campaign)
    new = key._replace(brand=brand, location=location, campaign=campaign)
    return new if new != key else None


def inherited(
    renamed: Renamed, live: Mapping[PlacementKey, Live], wanted: Collection[PlacementKey]
) -> dict[PlacementKey, PlacementKey]:
    """Return new key -> old key of messages that were sent before their key changed.

    `wanted` are the keys that a tree asks for: one of them that nobody knows, beside a message
    that nobody wants any more at the same place, is that message in another language or list.
    """
    heirs: dict[PlacementKey, PlacementKey] = {}
    orphans: dict[tuple[str, ...], PlacementKey] = {}
    for key, record in live.items():
        if not (record.out and record.final):
            continue
        new = present(renamed, key)
        if new is not None and new not in live:
            heirs[new] = key
        place: tuple[str, ...] = (new or key)[:4]
        if (new or key) not in wanted:
            orphans[place] = key
    strangers: dict[tuple[str, ...], list[PlacementKey]] = defaultdict(list)
    for key in wanted:
        if key not in live and key not in heirs:
            strangers[key[:4]].append(key)
    for place, keys in strangers.items():
        if place in orphans:
            heirs |= dict.fromkeys(keys, orphans[place])
    return heirs
