"""How a location inherits: folder defaults from the top down, then its own file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from storesync.catalog.catalog import Location, folders_above
from storesync.model.brand import BrandFile

# Say something about one file only, so nothing below inherits them.
NOT_INHERITED = frozenset({"name", "names", "formerly", "waive", "notes", "geo"})
_MERGED = frozenset({"address", "attributes", "values", "legal", "names"})


def merge_defaults(folder: str, defaults: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return what locations in `folder` inherit. `defaults` maps folders to their file's data."""
    merged: dict[str, Any] = {}
    for above in folders_above(folder):
        if above in defaults:
            merged = merge(merged, inheritable(defaults[above]))
    return merged


def inheritable(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a folder's defaults pass on."""
    return {key: value for key, value in data.items() if key not in NOT_INHERITED}


def merge(inherited: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Return inherited data with a file's own on top; neither is changed.

    Addresses, attributes, values and legal texts merge key by key; tags add up; weekly hours are
    replaced as one while seasons and special days add up; anything else is replaced.
    """
    merged = {**inherited, **own}
    for key, above in own.items():
        if key not in inherited:
            continue
        below = inherited[key]
        if key in _MERGED:
            merged[key] = {**below, **above}
        elif key == "tags":
            merged[key] = [*below, *(tag for tag in above if tag not in below)]
        elif key == "hours":
            merged[key] = _merge_hours(below, above)
    return merged


def _merge_hours(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    return {**(dated_hours(below) if weekly_hours(above) else below), **above}


def weekly_hours(hours: Mapping[str, Any]) -> dict[str, Any]:
    """Return the part of opening hours that is by days of the week: `mon-fri`."""
    return {key: value for key, value in hours.items() if key[0].isalpha()}


def dated_hours(hours: Mapping[str, Any]) -> dict[str, Any]:
    """Return the part of opening hours that is by dates: seasons and special days."""
    return {key: value for key, value in hours.items() if not key[0].isalpha()}


def location_of(
    ids: tuple[str, str, str, str],
    inherited: Mapping[str, Any],
    own: Mapping[str, Any],
    brand: BrandFile | None,
) -> Location | str:
    """Return a location, or the name of the first field it lacks after inheriting.

    `ids` are id, brand, path and folder.
    """
    # Legal texts are headquarters': what a location sets for one is an error, and does nothing.
    told = {key: own[key] for key in own if key != "legal"} if "legal" in own else own
    data = merge(inherited, told)
    address = data.get("address", {})
    missing = _missing(data, address)
    if missing:
        return missing
    name, brand_id, path, folder = ids
    return Location(
        id=name,
        brand=brand_id,
        path=path,
        folder=folder,
        data=data,
        own=own,
        timezone=data["timezone"],
        country=address["country"],
        region=address.get("region", ""),
        locales=tuple(data.get("locales") or (brand.locales if brand else ())),
        currency=data.get("currency") or (brand.currency if brand else ""),
        opens_on=_day(data, "opens_on"),
        closed_until=_day(data, "closed_until"),
        closes_on=_day(data, "closes_on"),
    )


def _missing(data: Mapping[str, Any], address: Mapping[str, Any]) -> str:
    for field in ("name", "timezone"):
        if not data.get(field):
            return field
    return "" if address.get("country") else "address.country"


def _day(data: Mapping[str, Any], field: str) -> date | None:
    text = data.get(field)
    return date.fromisoformat(text) if text else None
