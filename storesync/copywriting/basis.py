"""What drafted words rest on, as two hashes: the facts they were written for, and what fills them.

Copy whose facts are not the ones it was written for is stale. Where only what is filled into its
slots differs (another percentage, another day), the words may still be right.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from storesync.catalog.catalog import Brand, Campaign, Template
from storesync.copywriting.declared import declared_of
from storesync.model.campaign import Offer
from storesync.model.template import VariableType
from storesync.resolve.layers import OFFER_VARIABLES
from storesync.resolve.localise import translated

_KINDS_OF_OFFER = {
    "discount_percentage": "a percentage off the price",
    "discount_amount": "an amount off the price",
    "price": "a price",
    "regular_price": "the regular price is named beside it",
    "code": "with a coupon code",
}


@dataclass(frozen=True, slots=True)
class Basis:
    """SHA-256, in hex, of the facts behind the words, and of the values in their slots."""

    facts: str
    slots: str


def basis_of(brand: Brand, campaign: Campaign, template: Template, locale: str) -> Basis:
    """Return what words in a language rest on; the same whatever locations there are.

    The facts: the brand's name, what the offer is of and of which kind, the campaign's own texts,
    and declared phrases and claims. The slots: the offer's figures, the flight, and the values
    that the campaign, the brand or the template sets for the template's other variables.
    """
    offer = campaign.file.offer
    declared = declared_of(brand, campaign, template, locale)
    facts = {
        "brand": brand.file.name if brand.file else "",
        "products": _products(brand, offer, locale),
        "offer": offer_kinds(offer),
        "said": said(campaign, template, locale),
        "statements": [*declared.statements, *declared.claims],
    }
    ours = brand.file.values if brand.file else {}
    figures = {
        name: campaign.file.values.get(name, ours.get(name, variable.default))
        for name, variable in template.file.variables.items()
        if variable.type is not VariableType.STRING
    }
    slots = {
        "offer": offer.model_dump(mode="json", include=set(OFFER_VARIABLES)) if offer else None,
        "flight": campaign.file.flight.model_dump(mode="json"),
        "values": figures,
    }
    return Basis(_hash(facts), _hash(slots))


def offer_kinds(offer: Offer | None) -> list[str]:
    """Return in words what an offer is, without its figures: these come in through slots."""
    if offer is None:
        return []
    kinds = [words for name, words in _KINDS_OF_OFFER.items() if getattr(offer, name) is not None]
    return [*kinds, *(() if offer.product else ("on everything",))]


def said(campaign: Campaign, template: Template, locale: str) -> dict[str, str]:
    """Return a campaign's own free texts by variable, in a language where there are such."""
    found = {}
    for name, variable in template.file.variables.items():
        value = campaign.file.values.get(name)
        text = text_of(value, locale) if variable.holds_words else ""
        if text:
            found[name] = text
    return found


def text_of(value: Any, locale: str) -> str:
    """Return a value's text in a language: the first of those to choose among, else the only."""
    if isinstance(value, Mapping):
        if "vary" in value:
            options = value["vary"]
            return text_of(options[0] if isinstance(options, list) and options else "", locale)
        text, _ = translated({str(key): str(item) for key, item in value.items()}, locale, ())
        return text or ""
    return value if isinstance(value, str) else ""


def _products(brand: Brand, offer: Offer | None, locale: str) -> dict[str, str]:
    """Return the names of the offer's products in a language, by id."""
    if offer is None or offer.product is None or brand.file is None:
        return {}
    ids = [offer.product] if isinstance(offer.product, str) else offer.product
    names = brand.file.products
    return {item: text_of(names.get(item, item), locale) for item in ids}


def _hash(value: object) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
