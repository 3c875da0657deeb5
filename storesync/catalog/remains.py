"""Catalogs with what is left of faulty files: to check these further, and for nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from storesync.catalog.assemble import assemble
from storesync.catalog.catalog import Catalog
from storesync.catalog.layout import Kind, Place
from storesync.catalog.parsed import Parsed

_LOCATED = (Kind.LOCATION, Kind.DEFAULTS)
_OF_ALL = (Kind.SETTINGS, Kind.BRAND, Kind.TEMPLATE, *_LOCATED)
_OF_CAMPAIGNS = (Kind.CAMPAIGN, Kind.OVERRIDE, Kind.COPY, Kind.RESULTS)


def remains_of(catalog: Catalog) -> Iterator[Catalog]:
    """Yield a tree's catalog with no more of it than what faulty files need to be checked.

    Campaigns are by themselves, with none of the other faulty files: what is missing from a
    template or a brand is not their fault.
    """
    if catalog.parsed is None:
        return
    kinds = {rest.place.kind for rest in catalog.parsed.rests}
    if not kinds.isdisjoint(_OF_ALL):
        yield _without_campaigns(catalog, catalog.parsed)
    if not kinds.isdisjoint(_OF_CAMPAIGNS):
        yield _with_campaigns(catalog, catalog.parsed)


def _without_campaigns(catalog: Catalog, parsed: Parsed) -> Catalog:
    left = _part(parsed, lambda place: place.kind in _OF_ALL)
    faulty = {rest.place.path for rest in parsed.rests}
    every = left.models[Kind.LOCATION]
    left.models[Kind.LOCATION] = [item for item in every if item[0].path in faulty]
    left.left_out = [place.path for place, _ in every if place.path not in faulty]
    found = assemble(left)
    brands = {
        name: brand._replace(campaigns_elsewhere=catalog.brands[name].campaign_ids)
        for name, brand in found.brands.items()
        if name in catalog.brands
    }
    return found._replace(brands=brands)


def _with_campaigns(catalog: Catalog, parsed: Parsed) -> Catalog:
    names = {(rest.place.owner, rest.place.campaign) for rest in parsed.rests}
    left = _part(
        parsed,
        lambda place: place.kind in _OF_CAMPAIGNS and (place.owner, place.campaign) in names,
    )
    found = assemble(left)
    brands = {
        name: brand._replace(
            campaigns=found.brands[name].campaigns, campaigns_elsewhere=brand.campaign_ids
        )
        for name, brand in catalog.brands.items()
        if name in found.brands
    }
    return catalog._replace(brands=brands, diagnostics=found.diagnostics)


def _part(parsed: Parsed, wanted: Callable[[Place], bool]) -> Parsed:
    """Return the files that are wanted, faulty ones as far as they are left."""
    part = Parsed()
    part.archived = parsed.archived
    part.parts = parsed.parts
    faulty = {rest.place.path for rest in parsed.rests}
    part.broken = [item for item in parsed.broken if wanted(item) and item.path not in faulty]
    for kind, models in parsed.models.items():
        part.models[kind] = [(place, model) for place, model in models if wanted(place)]
    for rest in parsed.rests:
        if wanted(rest.place):
            kept = rest.data if rest.place.kind in _LOCATED else rest.model
            part.models[rest.place.kind].append((rest.place, kept))
    return part
