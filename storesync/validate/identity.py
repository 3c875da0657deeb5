"""Ids that changed: a new id must name its past, or customers see a withdrawal and a new post."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from storesync.catalog.catalog import Brand, Catalog, Location
from storesync.diagnostics import Diagnostic


def check_identity(before: Catalog, after: Catalog) -> Iterator[Diagnostic]:
    """Yield locations and campaigns whose id changed between two catalogs without `formerly`."""
    for name, brand in sorted(after.brands.items()):
        old = before.brands.get(name)
        if old is not None:
            yield from _locations(old, brand)
            yield from _campaigns(old, brand)


def _locations(old: Brand, new: Brand) -> Iterator[Diagnostic]:
    kept = new.locations.keys() | new.broken_locations
    gone = {key: item for key, item in old.locations.items() if key not in kept}
    if not gone:
        return
    traces = {trace: key for key, item in sorted(gone.items()) for trace in _traces(item)}
    for key, location in sorted(new.locations.items()):
        if key in old.locations or key in old.broken_locations:
            continue
        former = set(location.own.get("formerly", ())) & gone.keys()
        past = next((traces[trace] for trace in _traces(location) if trace in traces), "")
        if past and not former:
            yield _unnamed("location", past, key, location.path)


def _traces(location: Location) -> list[tuple[str, ...]]:
    """Return what two files of one place have in common, whatever their names."""
    address: Mapping[str, str] = location.data.get("address", {})
    traces: list[tuple[str, ...]] = []
    if address.get("street") and address.get("city"):
        traces.append(("address", address["street"], address["city"], location.country))
    name = location.own.get("name")
    if name and address.get("city"):
        traces.append(("name", name, address["city"], location.country))
    return traces


def _campaigns(old: Brand, new: Brand) -> Iterator[Diagnostic]:
    kept = new.campaigns.keys() | new.broken_campaigns
    gone = {item.file.name: key for key, item in old.campaigns.items() if key not in kept}
    for key, campaign in sorted(new.campaigns.items()):
        if key in old.campaigns or key in old.broken_campaigns:
            continue
        past = gone.get(campaign.file.name)
        if past and past not in campaign.file.formerly:
            yield _unnamed("campaign", past, key, campaign.path)


def _unnamed(what: str, past: str, new: str, path: str) -> Diagnostic:
    message = (
        f'the {what} "{past}" became "{new}": customers would see it withdrawn and posted anew'
    )
    hint = f"add formerly: [{past}], or keep the old file name"
    return Diagnostic("renamed-id", message, path, hint=hint)


def renamed(after: Catalog) -> dict[tuple[str, str], str]:
    """Return (brand, "location/old" or "campaign/old") -> new id, from `formerly`."""
    names: dict[tuple[str, str], str] = {}
    for brand in after.brands.values():
        for key, location in brand.locations.items():
            for old in location.own.get("formerly", ()):
                names[brand.id, f"location/{old}"] = key
        for key, campaign in brand.campaigns.items():
            for old in campaign.file.formerly:
                names[brand.id, f"campaign/{old}"] = key
    return names
