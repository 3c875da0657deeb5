"""What a hold or a recall is about: brand, campaign, location and channel, each one or all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from storesync.plan.heirs import Renamed


class Scope(NamedTuple):
    """A part of all placements. An empty part means every one of its kind.

    Ids of campaigns and locations are unique in their brand only: with one of them goes a brand.
    """

    brand: str = ""
    campaign: str = ""
    location: str = ""
    channel: str = ""

    def covers(self, place: Sequence[str]) -> bool:
        """Say whether a placement, or all of another scope, lies in it."""
        return all(own in {"", part} for own, part in zip(self, place, strict=False))

    def meets(self, other: Scope) -> bool:
        """Say whether some placement can lie in both."""
        pairs = zip(self, other, strict=True)
        return all(not own or not part or own == part for own, part in pairs)

    def now(self, renamed: Renamed) -> Scope:
        """Return it with the ids of today; `renamed` as `plan.heirs` has it."""
        brand = renamed.get(("", f"brand/{self.brand}"), self.brand)
        campaign = renamed.get((brand, f"campaign/{self.campaign}"), self.campaign)
        location = renamed.get((brand, f"location/{self.location}"), self.location)
        return Scope(brand, campaign, location, self.channel)

    def __str__(self) -> str:
        name = "/".join(filter(None, (self.brand, self.campaign))) or "everything"
        at = f"at {self.location}" if self.location else ""
        on = f"on {self.channel}" if self.channel else ""
        return " ".join(filter(None, (name, at, on)))
