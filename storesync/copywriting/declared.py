"""What people declared as facts of a campaign, besides values: phrases, claims, other products."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from storesync.catalog.catalog import Brand, Campaign
from storesync.resolve.localise import translated


@dataclass(frozen=True, slots=True)
class Declared:
    """`statements` and `claims` may be said; `others` are products that the offer is not about."""

    statements: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


def declared_of(brand: Brand, campaign: Campaign, locale: str) -> Declared:
    """Return what is declared for copy of a campaign in a language."""
    offer = campaign.file.offer
    about = offer.product if offer else None
    ids = {about} if isinstance(about, str) else set(about or ())
    products = brand.file.products if brand.file and ids else {}
    others = tuple(_name(name, locale) for key, name in products.items() if key not in ids)
    return Declared(others=others)


def _name(name: str | Mapping[str, str], locale: str) -> str:
    return translated(name, locale, ())[0] or ""
