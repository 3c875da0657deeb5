"""Facts by the roles that they play in copy: the product, its price, the days, the shop."""

from __future__ import annotations

from typing import Any

from storesync.copywriting.facts.declared.facts import Facts, facts_of


def declared(roles: dict[str, Any]) -> Facts:
    """Return what an offer at a location declares; `locale` is British English unless said."""
    offer = {
        "product": "p",
        "discount_percentage": roles["discount_percent"],
        "price": roles["price_now"],
        "regular_price": roles["price_was"],
    }
    shared = {
        "locale": roles.get("locale", "en-GB"),
        "brand": {"name": roles["brand"]},
        "offer": offer,
        "product_name": roles["product"],
        "legal": {"terms": roles["legal"]},
        "flight": {"start": roles["start"], "end": roles["end"]},
    }
    location = {
        "name": roles["location"],
        "phone": roles["phone"],
        "website": roles["url"],
        "hours": {"mon-sun": f"{roles['opens']}-{roles['closes']}"},
        "attributes": {"note": roles.get("location_note", "")},
    }
    own = {"currency": roles["currency"], "location_name": roles["location"], "location": location}
    return facts_of(shared, own)
