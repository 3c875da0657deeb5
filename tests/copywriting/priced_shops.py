"""Shops that declare one offer each, a line a shop: what tests of how prices are told share."""

from __future__ import annotations

from storesync.copywriting.facts.declared.facts import Facts, facts_of


def priced_shops(rows: str) -> dict[str, tuple[str, Facts]]:
    """Return the language tag and the facts of each shop by its name.

    A line is `name tag; product; per cent off, price before, price now, currency`, with the legal
    text behind it if there is one.
    """
    return {row.split()[0]: _declared(row) for row in rows.strip().splitlines()}


def _declared(row: str) -> tuple[str, Facts]:
    named, product, prices, *legal = (part.strip() for part in row.split(";"))
    locale = named.split()[1]
    percent, was, now, currency = prices.split()
    offer = {"product": "p", "discount_percentage": int(percent), "price": now}
    shared = {
        "locale": locale,
        "offer": {**offer, "regular_price": was},
        "product_name": product,
        **({"legal": {"terms": legal[0]}} if legal else {}),
    }
    return locale, facts_of(shared, {"currency": currency, "location": {}})
