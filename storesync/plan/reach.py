"""What a merge can reach: the brands, campaigns and locations that its changed files are about.

What a campaign's files say matters where it is selected, and there to the campaigns that run at
the same locations: they may give way to it. What a location's file says matters at that location.
Whatever else changes reaches its whole brand, or everything.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from storesync.catalog.catalog import Brand, Location
from storesync.catalog.layout import Kind, Place, place_of
from storesync.model.campaign import CampaignFile, Selector
from storesync.resolve.select import is_heard, matches, selected


@dataclass(frozen=True, slots=True)
class Touched:
    """What changed in a brand: ids of campaigns, places of locations. `is_all`: anything else."""

    campaigns: frozenset[str] = frozenset()
    locations: frozenset[Place] = frozenset()
    is_all: bool = False

    @property
    def location_ids(self) -> frozenset[str]:
        """Return the ids of the locations."""
        return frozenset(place.id for place in self.locations)


@dataclass(frozen=True, slots=True)
class Reach:
    """Of one brand what has to be looked at: ids of campaigns and of locations."""

    campaigns: frozenset[str]
    locations: frozenset[str]


class Bound(NamedTuple):
    """Locations whose files lie in a folder (with its slash); with `ids`, only those."""

    folder: str
    ids: frozenset[str]

    def holds(self, path: str) -> bool:
        """Say whether the location whose file stands at `path` is one of these."""
        return path.startswith(self.folder) and (
            not self.ids or path.rpartition("/")[2].removesuffix(".yaml") in self.ids
        )


def touched_by(paths: Iterable[str]) -> dict[str, Touched] | None:
    """Return what changed in which brand, None where it may be of matter to all brands."""
    places: dict[str, list[Place]] = {}
    whole: set[str] = set()
    for path in paths:
        parts = path.split("/", 2)
        if len(parts) < 3 or parts[0] != "brands":
            return None
        place = place_of(path)
        if place is None or not (place.kind is Kind.LOCATION or place.campaign):
            whole.add(parts[1])
        else:
            places.setdefault(parts[1], []).append(place)
    found = {name: _touched(every) for name, every in places.items()}
    return {**found, **dict.fromkeys(whole, Touched(is_all=True))}


def _touched(every: Sequence[Place]) -> Touched:
    return Touched(
        frozenset(place.campaign for place in every if place.campaign),
        frozenset(place for place in every if place.kind is Kind.LOCATION),
    )


def bounds_of(brand: str, files: Iterable[CampaignFile]) -> set[Bound]:
    """Return which locations of a brand campaigns may be for, as far as paths tell."""
    found = set()
    for file in files:
        for item in file.select or [Selector.model_construct()]:
            folder = f"{item.folder}/" if item.folder else ""
            found.add(Bound(f"brands/{brand}/locations/{folder}", frozenset(item.ids)))
    return found


def reach_of(touched: Touched, before: Brand, now: Brand) -> Reach:
    """Return what has to be looked at of a brand in which some campaigns and locations changed.

    Both trees need all campaigns, and the locations that the changed ones may be for.
    """
    locations = set(touched.location_ids)
    for brand in (before, now):
        for name in touched.campaigns & brand.campaigns.keys():
            locations |= {item.id for item in selected(brand, brand.campaigns[name])}
    campaigns = set(touched.campaigns)
    for brand in (before, now):
        places = [item for name, item in brand.locations.items() if name in locations]
        campaigns |= {
            name
            for name, campaign in brand.campaigns.items()
            if name not in campaigns
            and (_speaks_of(campaign.file, touched.campaigns) or _selects(campaign.file, places))
        }
    return Reach(frozenset(campaigns), frozenset(locations))


def _selects(file: CampaignFile, places: Sequence[Location]) -> bool:
    """Say whether a campaign is for one of some locations."""
    if not file.select:
        return bool(places)
    return any(matches(item, place) for place in places for item in file.select)


def _speaks_of(file: CampaignFile, campaigns: Collection[str]) -> bool:
    """Say whether a campaign names some campaigns, or any past: that gives others another key."""
    return bool(file.formerly) or not set(campaigns).isdisjoint(file.stacks_with)


def is_settled(touched: Touched, before: Brand, now: Brand) -> bool:
    """Say whether a brand's part can be judged without the rest of it.

    Whether a selector matches anything at all hangs on all locations, what an id was before on
    all ids.
    """
    edited = touched.location_ids
    for brand in (before, now):
        known = edited & brand.locations.keys()
        if any(brand.locations[name].own.get("formerly") for name in known):
            return False
    changed = touched.campaigns & now.campaigns.keys()
    return all(_finds_somebody(now, name) for name in changed) and all(
        _keeps(before, now, name, edited) for name in now.campaigns.keys() - changed
    )


def _finds_somebody(brand: Brand, name: str) -> bool:
    campaign = brand.campaigns[name]
    places = brand.locations.values()
    found = all(any(matches(item, place) for place in places) for item in campaign.file.select)
    return found and (
        not campaign.file.locales or any(is_heard(campaign, place) for place in places)
    )


def _keeps(before: Brand, now: Brand, name: str, edited: Collection[str]) -> bool:
    """Say whether nothing that a campaign's selectors or languages reached is lost to them."""
    campaign = now.campaigns[name]
    for location in edited:
        old, new = before.locations.get(location), now.locations.get(location)
        if old is None or new is None:
            return False
        for item in campaign.file.select:
            if matches(item, old) and not matches(item, new):
                return False
        if is_heard(campaign, old) and not is_heard(campaign, new):
            return False
    return True
