"""What a template sees: plain data, a part shared by many locations and a location's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from storesync.catalog.catalog import Brand, Campaign, Location, Template
from storesync.model.campaign import Offer
from storesync.model.hours import parse_hours
from storesync.model.location import Address, LocationFile
from storesync.resolve.layers import OFFER_VARIABLES
from storesync.resolve.localise import nearest, translated

# For people who maintain the files; customers never see them.
_HIDDEN = frozenset({"notes", "waive", "formerly", "values", "legal", "names"})
_EMPTY_LOCATION: Mapping[str, Any] = {
    name: None for name in LocationFile.model_fields if name not in _HIDDEN
} | {"tags": [], "attributes": {}}
_EMPTY_ADDRESS: Mapping[str, Any] = dict.fromkeys(Address.model_fields)


def shared_context(
    brand: Brand,
    campaign: Campaign,
    template: Template,
    flat: Mapping[str, Any],
    locale: str,
    fallbacks: Sequence[str],
) -> tuple[dict[str, Any], list[str]]:
    """Return what all locations with the same values see in a language, and missing translations.

    `flat` are the values in that language.
    """
    if brand.file is None:
        message = f"brand {brand.id} has no sound brand.yaml"
        raise ValueError(message)
    missing: list[str] = []
    product, product_name = _product(brand, campaign.file.offer, locale, fallbacks, missing)
    offer = {name: flat.get(name) for name in OFFER_VARIABLES} | {"product": product}
    context = {
        **flat,
        "brand": {
            "id": brand.id,
            "name": brand.file.name,
            "website": brand.file.website,
            "colours": dict(brand.file.colours),
        },
        "brand_name": brand.file.name,
        "campaign": {"id": campaign.id, "name": campaign.file.name, "tags": campaign.file.tags},
        "campaign_name": campaign.file.name,
        "offer": offer if campaign.file.offer else None,
        "product": product,
        "product_name": product_name,
        "locale": locale,
        "t": _texts(template.file.texts, "texts", locale, fallbacks, missing),
        "legal": _texts(brand.file.legal, "legal", locale, fallbacks, missing),
    }
    return context, missing


def _product(
    brand: Brand,
    offer: Offer | None,
    locale: str,
    fallbacks: Sequence[str],
    missing: list[str],
) -> tuple[str | None, str | None]:
    if offer is None or offer.product is None or brand.file is None:
        return None, None
    ids = [offer.product] if isinstance(offer.product, str) else offer.product
    names = []
    for product in ids:
        name, exact = translated(brand.file.products.get(product, product), locale, fallbacks)
        names.append(name or product)
        if not exact:
            missing.append(f"products.{product}")
    return ids[0], ", ".join(names)


def _texts(
    texts: Mapping[str, Any],
    what: str,
    locale: str,
    fallbacks: Sequence[str],
    missing: list[str],
) -> dict[str, str | None]:
    found = {}
    for name, text in texts.items():
        found[name], exact = translated(text, locale, fallbacks)
        if not exact:
            missing.append(f"{what}.{name}")
    return found


def own_context(
    location: Location, locale: str, legal: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return what only this location's artifacts see; `legal` are the brand's texts."""
    data = location.data
    name = name_in(location, locale)
    seen: dict[str, Any] = {**_EMPTY_LOCATION, **data}
    for hidden in _HIDDEN.intersection(data):
        del seen[hidden]
    address = {**_EMPTY_ADDRESS, **data.get("address", {})}
    seen["id"] = location.id
    seen["name"] = name
    seen["folder"] = location.folder
    seen["address"] = address
    seen["hours"] = parse_hours(data["hours"]) if data.get("hours") else None
    context = {
        "location": seen,
        "location_name": name,
        "city": address["city"],
        "currency": location.currency,
        "locale": locale,
    }
    if "legal" in data:
        context["legal"] = {**(legal or {}), **own_legal(location, locale)}
    return context


def name_in(location: Location, locale: str) -> str:
    """Return a location's name in a language."""
    names = location.data.get("names")
    return str((nearest(names, locale) if names else None) or location.data["name"])


def own_legal(location: Location, locale: str) -> dict[str, str | None]:
    """Return the legal texts of a location's folders in a language, which stand for the brand's."""
    texts = location.data.get("legal", {})
    return {key: translated(text, locale, location.locales)[0] for key, text in texts.items()}
