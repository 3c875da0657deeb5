"""Regulated categories: alcohol, allergens. A campaign is in those of its products."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from storesync.catalog.catalog import Campaign, Catalog

Regulated = Iterable[tuple[str, list[str]]]


def regulated(catalog: Catalog, brand: str) -> Regulated:
    """Return the regulated categories of a brand: names and ids of products."""
    found = catalog.brands.get(brand)
    return found.file.categories.items() if found and found.file else ()


def categories_of(campaign: Campaign | None, known: Regulated) -> Collection[str]:
    """Return the regulated categories of a campaign: its own, its products' among those known.

    An offer for everything is one for every product.
    """
    if campaign is None:
        return ()
    found = {campaign.file.category} if campaign.file.category else set()
    offer = campaign.file.offer
    if offer is None:
        return found
    named = [offer.product] if isinstance(offer.product, str) else offer.product
    return found | {key for key, ids in known if named is None or not set(ids).isdisjoint(named)}
