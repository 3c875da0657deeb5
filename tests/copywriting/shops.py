"""Shops of seven countries, with all that they declare: what tests of kinds of copy share."""

from __future__ import annotations

from pathlib import Path

import yaml

from storesync.copywriting.facts.check import check
from storesync.copywriting.facts.declared.facts import facts_of
from storesync.model.template import Variable

_PERCENT = {"discount_percentage": Variable(type="integer", unit="percent")}
_CURRENCIES = {"GB": "GBP", "US": "USD", "CH": "CHF", "MX": "MXN", "AR": "ARS"}


def _facts(row):
    percent, price, regular = row["offer"]
    street, city, country = row["address"]
    offer = {"product": "p", "discount_percentage": percent}
    shared = {
        "locale": row["locale"],
        "brand": {"id": "b", "name": "Tollund", "website": "https://tollund.example"},
        "offer": {**offer, "price": price, "regular_price": regular},
        "product_name": row["product"],
        "legal": {"terms": row.get("terms", "")},
        "flight": dict(zip(("start", "end"), row["flight"], strict=True)),
        "discount_percentage": percent,
    }
    address = {"street": street, "city": city, "country": country}
    place = {"name": city, "address": address, "phone": row["phone"], "hours": row["hours"]}
    currency = _CURRENCIES.get(country, "EUR")
    own = {"location_name": city, "city": city, "currency": currency, "location": place}
    return facts_of(shared, own, row.get("statements", ()), variables=_PERCENT)


SHOPS = {
    name: _facts(row)
    for name, row in yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8")).items()
}


def found(name, text):
    """Return what the check finds in a text of a shop."""
    facts = SHOPS[name]
    return [one.text for one in check(text, facts.locale, facts)]
