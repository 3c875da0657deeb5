"""Names on the command line -> campaigns and locations of a catalog."""

from __future__ import annotations

from storesync.catalog.catalog import Campaign, Catalog, Location
from storesync.diagnostics import did_you_mean
from storesync.errors import UserError


def find_campaign(catalog: Catalog, name: str) -> Campaign:
    """Return the campaign named `brand/campaign`, or by its bare id where that is unique.

    Raises UserError where there is none, or where the bare id is ambiguous.
    """
    brand, slash, bare = name.rpartition("/")
    found = [
        item
        for item in catalog.campaigns()
        if item.id == bare and (not slash or item.brand == brand)
    ]
    if len(found) == 1:
        return found[0]
    if found:
        names = " or ".join(item.name for item in found)
        message = f'"{name}" is ambiguous'
        raise UserError(message, hint=f"say {names}")
    known = [item.name for item in catalog.campaigns()]
    message = f'there is no campaign "{name}"'
    hint = did_you_mean(name, [*known, *(item.id for item in catalog.campaigns())])
    raise UserError(message, hint=hint or "storesync status lists them")


def find_location(catalog: Catalog, brand: str, name: str) -> Location:
    """Return a brand's location by its id. Raises UserError where there is none."""
    locations = catalog.brands[brand].locations
    if name in locations:
        return locations[name]
    message = f'there is no location "{name}" in {brand}'
    raise UserError(message, hint=did_you_mean(name, locations))
