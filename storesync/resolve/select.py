"""Which locations a campaign is for, and why a location it names does not take part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from storesync.catalog.catalog import Brand, Campaign, Location
from storesync.model.campaign import Answer, Criteria, Participation, Selector


class Skip(NamedTuple):
    """A location that the campaign's selectors name but that does not take part."""

    location: str
    reason: str


def selected(brand: Brand, campaign: Campaign) -> list[Location]:
    """Return the locations that the campaign's selectors name, by id."""
    if not campaign.file.select:
        return [location for _, location in sorted(brand.locations.items())]
    found = {
        location.id: location
        for selector in campaign.file.select
        for location in _likely(brand, selector)
        if matches(selector, location)
    }
    return [found[name] for name in sorted(found)]


def _likely(brand: Brand, selector: Selector) -> Iterable[Location]:
    """Return locations among which are all that a selector matches, by what is quick to tell.

    A thousand campaigns may each have to find their few locations among thousands.
    """
    if selector.ids:
        return [brand.locations[name] for name in selector.ids if name in brand.locations]
    if selector.tags:
        tag = selector.tags[0]
        return [item for item in brand.locations.values() if tag in item.data.get("tags", ())]
    return brand.locations.values()


def is_heard(campaign: Campaign, location: Location) -> bool:
    """Say whether a campaign selects a location that speaks one of its `locales`."""
    selectors, spoken = campaign.file.select, campaign.file.locales
    return (not spoken or not set(spoken).isdisjoint(location.locales)) and (
        not selectors or any(matches(selector, location) for selector in selectors)
    )


def matches(selector: Selector, location: Location) -> bool:
    """Say whether a location meets a selector's criteria and none of its exceptions."""
    if not meets(selector, location):
        return False
    return not any(
        location.id == item if isinstance(item, str) else meets(item, location)
        for item in selector.exclude
    )


def meets(criteria: Criteria, location: Location) -> bool:
    """Say whether a location meets all that is named."""
    if criteria.ids and location.id not in criteria.ids:
        return False
    if criteria.countries and location.country not in criteria.countries:
        return False
    folder = criteria.folder
    if folder and location.folder != folder and not location.folder.startswith(f"{folder}/"):
        return False
    if criteria.tags and not set(criteria.tags) <= set(location.data.get("tags", ())):
        return False
    attributes = location.data.get("attributes", {})
    return all(
        attributes.get(name) in ([wanted] if isinstance(wanted, str) else wanted)
        for name, wanted in criteria.attributes.items()
    )


def take_part(brand: Brand, campaign: Campaign) -> Iterator[tuple[Location, Skip | None]]:
    """Yield each selected location, with a Skip where it does not take part."""
    for location in selected(brand, campaign):
        reason = _reason_against(campaign, location)
        yield location, Skip(location.id, reason) if reason else None


def _reason_against(campaign: Campaign, location: Location) -> str:
    file = campaign.file
    if file.cancelled:
        return f"campaign cancelled: {file.cancelled}"
    override = campaign.overrides.get(location.id)
    answer = override.file.participation if override else None
    said = f": {override.file.reason}" if override and override.file.reason else ""
    if file.participation is Participation.OPT_IN and answer is not Answer.IN:
        if answer is Answer.OUT:
            return f"opted out{said}"
        by = file.answer_by and file.answer_by.isoformat()[:16]
        return f"no answer yet, opt-in by {by}" if by else "did not opt in"
    if file.participation is Participation.OPT_OUT and answer is Answer.OUT:
        return f"opted out{said}"
    return ""
