"""What a hold or a recall is about: brand, campaign, location and channel, each one or all."""

from __future__ import annotations

from typing import NamedTuple

from storesync.plan.change import PlacementKey


class Scope(NamedTuple):
    """A part of all placements. An empty part means every one of its kind.

    Ids of campaigns and locations are unique in their brand only: with one of them goes a brand.
    """

    brand: str = ""
    campaign: str = ""
    location: str = ""
    channel: str = ""

    def covers(self, key: PlacementKey) -> bool:
        """Say whether a placement lies in it."""
        return all(own in {"", part} for own, part in zip(self, key, strict=False))

    def meets(self, other: Scope) -> bool:
        """Say whether some placement can lie in both."""
        pairs = zip(self, other, strict=True)
        return all(not own or not part or own == part for own, part in pairs)

    def __str__(self) -> str:
        name = "/".join(filter(None, (self.brand, self.campaign)))
        at = f"at {self.location}" if self.location else ""
        on = f"on {self.channel}" if self.channel else ""
        return " ".join(filter(None, (name, at, on))) or "everything"
