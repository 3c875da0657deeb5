"""Signs and turns that tell which price was and which is: each text with its prices exchanged."""

from __future__ import annotations

import pytest

from storesync.copywriting.facts.check import check
from storesync.copywriting.facts.declared.facts import facts_of

PRODUCTS = {
    "en": ("GBP", "kite"),
    "fr": ("EUR", "cerf-volant"),
    "de": ("EUR", "Drachen"),
    "es": ("EUR", "cometa"),
    "it": ("EUR", "aquilone"),
    "pt": ("EUR", "papagaio"),
    "nl": ("EUR", "vlieger"),
    "pl": ("PLN", "latawiec"),
}
TOLD = """
en Kites: ~~£40~~ £30
en Kites £40 ❌ £30 ✅
en Kites: ❌ £40 ✅ £30
en ☐ £40 ☑ £30 for a kite
en £40 kite → £30 kite
en Kites: £40 >> £30
en Kites, £40 👉 £30
en A kite drops to £30 from £40.
en Kites fall to £30 (from £40) on Friday.
en Our kites are £30. That is £10 below the usual £40.
en How much for a kite? £30! How much was it? £40!
en The kite is now £30 in place of £40.
en We'll charge you £30 for a kite, where we used to ask £40.
en - price: £30 - was: £40 - what: a kite
en Kite £30 (U.P. £40)
en £40 was the old price. £30 is the new one. Kites.
en A kite costs £30 against £40.
en Kite £30 (£40 -25%)
fr 30 € le cerf-volant (40 € -25 %)
fr Cerf-volant : ~~40 €~~ 30 €
fr Cerf-volant : 30 € (rég. 40 €)
fr Le cerf-volant coûte combien ? 30 €. Et avant ? 40 €.
fr Cerf-volant 40 € ❌ 30 € ✅
de Drachen: ~~40 €~~ 30 €
de Ade 40 €: Für den Drachen nehmen wir 30 €.
de Anstelle des Normalpreises von 40 € zahlen Sie für den Drachen 30 €.
es Cometa: ~~40 €~~ 30 €
es Cometa 40 € ❌ 30 € ✅
it Aquilone: ~~40 €~~ 30 €
it Aquilone 40 € 👉 30 €
pt Papagaio: ~~40 €~~ 30 €
nl Vlieger: ~~€ 40~~ € 30
nl Vlieger € 40 ❌ € 30 ✅
pl Latawiec: ~~40 zł~~ 30 zł
"""


def _findings(language: str, text: str) -> list[str]:
    currency, product = PRODUCTS[language]
    offer = {"product": "p", "discount_percentage": 25, "price": "30", "regular_price": "40"}
    shared = {"locale": language, "offer": offer, "product_name": product}
    known = facts_of(shared, {"currency": currency, "location": {}})
    return [one.message for one in check(text, language, known)]


@pytest.mark.parametrize("line", TOLD.strip().splitlines())
def test_the_price_before_and_now_are_told_apart(line: str):
    language, text = line.split(" ", 1)
    assert [one for one in _findings(language, text) if "Friday" not in one] == []
    swapped = text.replace("30", "#").replace("40", "30").replace("#", "40")
    assert _findings(language, swapped)


@pytest.mark.parametrize(
    "text",
    [
        "Kites £30, minus 25%.",
        "£30 less 25% for a kite",
        "Kites £30 take away 25 per cent",
        "£30 kites → £40 with a tail",
        "~~£30~~ kites",
    ],
)
def test_a_price_that_something_is_taken_off_was(text: str):
    assert _findings("en", text)
    assert _findings("en", text.replace("30", "35"))
