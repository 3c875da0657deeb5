"""What a price is by the words around it: what is kept, what was asked and is, all of a list."""

from __future__ import annotations

from typing import Any

import pytest

from storesync.copywriting.facts.check import check
from storesync.copywriting.facts.declared.facts import Facts, facts_of
from storesync.model.template import Variable


def shop(locale: str, currency: str, product: str, prices: str, off: int) -> Facts:
    now, was = prices.split()
    shared: dict[str, Any] = {
        "locale": locale,
        "product_name": product,
        "discount_percentage": off,
        "offer": {"product": "one", "price": now, "regular_price": was},
    }
    variables = {"discount_percentage": Variable(type="integer", unit="percent")}
    return facts_of(shared, {"currency": currency}, variables=variables)


SHOPS = {
    "glasses": shop("en-US", "USD", "reading glasses", "60.00 80.00", 25),
    "pizza": shop("en-US", "USD", "large pizza", "14.00 20.00", 30),
    "lesson": shop("en-AU", "AUD", "swim lesson", "30.00 50.00", 40),
    "half": shop("fr-FR", "EUR", "bouquet de roses", "18.00 36.00", 50),
    "lit": shop("fr-FR", "EUR", "parure de lit", "45.00 60.00", 25),
    "brille": shop("de-DE", "EUR", "Lesebrille", "60.00 80.00", 25),
    "gafas": shop("es-ES", "EUR", "gafas progresivas", "180.00 240.00", 25),
    "aceite": shop("es-MX", "MXN", "cambio de aceite", "680.00 850.00", 20),
}
RIGHT = [
    ("glasses", "Reading glasses are a quarter off, and you keep the extra $20 for dessert."),
    ("glasses", "Pocket the extra twenty dollars: reading glasses, now $60."),
    ("glasses", "Reading glasses at three quarters of the price."),
    ("glasses", "Reading glasses for three quarters of what you usually pay."),
    ("glasses", "Previously, $80. Now, $60. Reading glasses, that is."),
    ("pizza", "Twenty bucks? Not this time. Fourteen! Large pizza, no regrets."),
    ("pizza", "Large pizza: $20? No. Just 14."),
    ("pizza", "What you get:\n- A large pizza\n- Garlic knots\nAll for $14."),
    ("pizza", "• Large pizza\n• A quiet evening\nAll that for fourteen dollars!"),
    ("pizza", "Fourteen dollars gets you a large pizza and a whole lot of peace."),
    ("lesson", "Twenty bucks off learning to float! Swim lessons are on."),
    ("lesson", "$20 off learning how to dive in."),
    ("half", "Dix-huit euros le bouquet : vous en économisez dix-huit."),
    ("half", "Avant, 36 €. Le bouquet de roses est à 18 €."),
    ("lit", "La parure de lit aux trois quarts du prix."),
    ("lit", "Gardez les 15 € de différence : la parure de lit passe à 45 €."),
    ("brille", "Die Lesebrille kostet 60 Euro, Sie sparen zwanzig."),
    ("brille", "Vorher, ganz ehrlich: 80 €. Die Lesebrille kostet jetzt 60 €."),
    ("brille", "Die Lesebrille zu drei Vierteln des Preises."),
    ("gafas", "Gafas progresivas por 180 €. Antes, 240 €."),
    ("gafas", "Gafas progresivas por tres cuartos de lo que cuestan siempre."),
    ("gafas", "Las gafas progresivas, a tres cuartas partes del precio."),
    ("aceite", "Ahórrate 170 pesos mientras le cambiamos el aceite."),
    ("aceite", "Te ahorras 170 pesos en el cambio de aceite."),
    ("pizza", "Large pizza: was $20. Now 14."),
    ("lit", "Avant : 60 €. Maintenant : 45 €. La parure de lit."),
    ("aceite", "¡Ahórrese 170 pesos!"),
]
WRONG = [
    ("glasses", "Reading glasses are a quarter off, and you keep the extra $25 for dessert."),
    ("glasses", "You keep the extra $60: reading glasses are on offer."),
    ("glasses", "An extra $20 off reading glasses."),
    ("glasses", "Reading glasses at two thirds of the price."),
    ("glasses", "Reading glasses for a quarter of what you usually pay."),
    ("glasses", "Reading glasses: previously, $60. Now, $80."),
    ("pizza", "Twenty bucks? Not this time. Thirteen! Large pizza, no regrets."),
    ("pizza", "Fourteen bucks? Not this time. Twenty! Large pizza."),
    ("pizza", "Large pizza: $20? No. Just 15."),
    ("pizza", "• Garlic knots\n• Lemonade\nAll for $14."),
    ("pizza", "• Large pizza\n• A quiet evening\nAll for $20."),
    ("pizza", "• Large pizza\nAll pizzas for $14."),
    ("pizza", "The whole menu for $14."),
    ("lesson", "Thirty bucks off learning to float!"),
    ("lesson", "$20 off paddleboards."),
    ("half", "Dix-huit euros le bouquet : vous en économisez vingt."),
    ("half", "Avant, 40 €. Le bouquet de roses est à 18 €."),
    ("lit", "La parure de lit aux deux tiers du prix."),
    ("lit", "Gardez les 45 € de différence : la parure de lit est à vous."),
    ("brille", "Die Lesebrille kostet 60 Euro, Sie sparen dreißig."),
    ("brille", "Die Lesebrille kostet 80 Euro, Sie sparen zwanzig."),
    ("brille", "Die Lesebrille zu zwei Dritteln des Preises."),
    ("gafas", "Gafas progresivas por 180 €. Antes, 250 €."),
    ("gafas", "Gafas progresivas por un cuarto de lo que cuestan siempre."),
    ("aceite", "Ahórrate 180 pesos mientras le cambiamos el aceite."),
    ("aceite", "Ahórrate 680 pesos en el cambio de aceite."),
    ("pizza", "Large pizza: $20. Open till late. 14."),
    ("pizza", "Large pizza $14. Ages 4."),
    ("glasses", "Reading glasses for three quarters of what others pay."),
    ("gafas", "Antes, 180 €. Ahora, 240 €."),
    ("pizza", "All this week\n• Large pizza\nEverything in store for $15."),
]


@pytest.mark.parametrize(("name", "text"), RIGHT)
def test_a_price_in_its_part_passes(name: str, text: str):
    assert check(text, SHOPS[name].locale, SHOPS[name]) == []


@pytest.mark.parametrize(("name", "text"), WRONG)
def test_a_price_in_another_part_is_found(name: str, text: str):
    assert check(text, SHOPS[name].locale, SHOPS[name])
