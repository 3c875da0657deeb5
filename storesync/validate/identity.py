"""Ids that changed: a new id must name its past, or its messages would be sent once more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from storesync.catalog.catalog import Brand, Campaign, Catalog, Location
from storesync.diagnostics import Diagnostic
from storesync.schedule.zones import ending, starting

# What two files of one place have in common, whatever their names: ("address", street, …).
_Trace = tuple[str, ...]


class Renaming(NamedTuple):
    """An id that changed and does not name its past; `what` is brand, location or campaign."""

    what: str
    brand: str
    old: str
    new: str
    path: str


def check_identity(before: Catalog, after: Catalog) -> Iterator[Diagnostic]:
    """Yield ids that changed between two catalogs without `formerly`."""
    for item in renamings(before, after):
        yield unnamed(item)


def unnamed(item: Renaming) -> Diagnostic:
    """Return what is wrong with a new id that does not name its past."""
    message = (
        f'the {item.what} "{item.old}" became "{item.new}" without saying so:'
        " it would count as another one, and get its messages again"
    )
    hint = f"add formerly: [{item.old}], or keep the old name"
    return Diagnostic("renamed-id", message, item.path, hint=hint)


def renamings(before: Catalog, after: Catalog) -> Iterator[Renaming]:
    """Yield brands, locations and campaigns whose id changed without naming the past."""
    yield from _brands(before, after)
    for name, brand in sorted(after.brands.items()):
        old = before.brands.get(name)
        if old is not None:
            yield from _locations(old, brand)
            yield from _campaigns(old, brand)


def _brands(before: Catalog, after: Catalog) -> Iterator[Renaming]:
    gone = {
        item.file.name: key
        for key, item in before.brands.items()
        if item.file and key not in after.brands
    }
    for key, brand in sorted(after.brands.items()):
        past = gone.get(brand.file.name) if brand.file and key not in before.brands else None
        if past and brand.file and past not in brand.file.formerly:
            yield Renaming("brand", key, past, key, brand.path)


def _locations(old: Brand, new: Brand) -> Iterator[Renaming]:
    kept = new.locations.keys() | new.broken_locations | new.elsewhere
    gone = {key: item for key, item in old.locations.items() if key not in kept}
    if not gone:
        return
    claimed = {past for item in new.locations.values() for past in item.own.get("formerly", ())}
    left = [(key, item) for key, item in sorted(gone.items()) if key not in claimed]
    traces = {trace: key for key, item in left for trace in _traces(item)}
    borne = Counter(
        trace
        for locations in (old.locations, new.locations)
        for item in locations.values()
        for trace in _traces(item)
    )
    for key, location in sorted(new.locations.items()):
        if key in old.locations or key in old.broken_locations:
            continue
        found = [trace for trace in _traces(location) if trace in traces and _tells(trace, borne)]
        if found and gone.keys().isdisjoint(location.own.get("formerly", ())):
            yield Renaming("location", new.id, traces[found[0]], key, location.path)


def _traces(location: Location) -> list[_Trace]:
    address: Mapping[str, str] = location.data.get("address", {})
    traces: list[_Trace] = []
    if address.get("street") and address.get("city"):
        traces.append(("address", address["street"], address["city"], location.country))
    name = location.own.get("name")
    if name and address.get("city"):
        traces.append(("name", name, address["city"], location.country))
    return traces


def _tells(trace: _Trace, borne: Mapping[_Trace, int]) -> bool:
    """Say whether only one place is meant: a name that several of a town bear tells nothing."""
    return trace[0] != "name" or borne[trace] <= 2


def _campaigns(old: Brand, new: Brand) -> Iterator[Renaming]:
    claimed = {past for item in new.campaigns.values() for past in item.file.formerly}
    kept = new.campaign_ids | claimed
    gone = {item.file.name: item for key, item in old.campaigns.items() if key not in kept}
    for key, campaign in sorted(new.campaigns.items()):
        if key in old.campaigns or key in old.broken_campaigns:
            continue
        past = gone.get(campaign.file.name)
        if past and _at_once(past, campaign):
            yield Renaming("campaign", new.id, past.id, key, campaign.path)


def _at_once(one: Campaign, other: Campaign) -> bool:
    """Say whether flights overlap: the campaign of another year may well bear the same name."""
    first, second = one.file.flight, other.file.flight
    return (first.end is None or ending(first.end) > starting(second.start)) and (
        second.end is None or ending(second.end) > starting(first.start)
    )


def check_claims(brand: Brand) -> Iterator[Diagnostic]:
    """Yield earlier ids that are still in use, or that two files claim."""
    locations = [
        (key, item.path, item.own.get("formerly", ())) for key, item in brand.locations.items()
    ]
    campaigns = [(key, item.path, item.file.formerly) for key, item in brand.campaigns.items()]
    there = brand.locations.keys() | brand.broken_locations | brand.elsewhere
    yield from _claims(locations, there)
    yield from _claims(campaigns, brand.campaign_ids)


def _claims(
    files: Iterable[tuple[str, str, Collection[str]]], there: Collection[str]
) -> Iterator[Diagnostic]:
    claimed: dict[str, str] = {}
    for key, path, formerly in sorted(files):
        for index, old in enumerate(formerly):
            if old in there:
                message = f'"{old}" is still there, so it is not the past of "{key}"'
            elif claimed.setdefault(old, key) != key:
                message = f'"{old}" is the past of "{claimed[old]}" already'
            else:
                continue
            hint = "an earlier id belongs to one file, and is in use no more"
            yield Diagnostic("duplicate-id", message, path, ("formerly", index), hint=hint)


def renamed(after: Catalog) -> dict[tuple[str, str], str]:
    """Return (brand, "location/old" or "campaign/old") -> new id, from `formerly`.

    A brand's own earlier ids stand under ("", "brand/old"). What is still there is nobody's past.
    """
    names: dict[tuple[str, str], str] = {}
    for brand in after.brands.values():
        for old in brand.file.formerly if brand.file else ():
            if old not in after.brands:
                names["", f"brand/{old}"] = brand.id
        for key, location in brand.locations.items():
            for old in location.own.get("formerly", ()):
                if not brand.has(old):
                    names[brand.id, f"location/{old}"] = key
        for key, campaign in brand.campaigns.items():
            for old in campaign.file.formerly:
                if old not in brand.campaign_ids:
                    names[brand.id, f"campaign/{old}"] = key
    return names
