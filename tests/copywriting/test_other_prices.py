"""What a declared phrase asks for something else than the offer may be told in other words."""

from __future__ import annotations

from typing import Any

import pytest

from storesync.copywriting.facts.check import check
from storesync.copywriting.facts.declared.facts import Facts, facts_of


def shop(locale: str, currency: str, product: str, *statements: str) -> Facts:
    shared: dict[str, Any] = {
        "locale": locale,
        "product_name": product,
        "offer": {"product": "one", "price": "90.00", "regular_price": "120.00"},
    }
    return facts_of(shared, {"currency": currency}, statements)


SHOPS = {
    "trees": shop("en-GB", "GBP", "pear tree", "delivery £6 within 10 miles", "gift card £2"),
    "surf": shop("en-AU", "AUD", "surf lesson", "hot showers $2", "locker hire $5 a day"),
    "dogs": shop(
        "en-US",
        "USD",
        "full groom",
        "walk-in baths $25",
        "pickup and drop-off $12 within 5 miles",
        "nail grinding $8 for dogs over 80 lb",
    ),
    "wash": shop("en-GB", "GBP", "suit clean", "five shirts washed and pressed for £10"),
    "reifen": shop(
        "de-DE", "EUR", "Räderwechsel", "Einlagerung sechs Monate 45 Euro", "Leihwagen 20 € am Tag"
    ),
    "backen": shop("de-DE", "EUR", "Backkurs", "Lieferung 5 € bis 8 Kilometer", "Schürze 12 €"),
    "couture": shop("fr-FR", "EUR", "nettoyage de couette", "retouches à partir de 8 €"),
    "fleurs": shop("fr-FR", "EUR", "bouquet de pivoines", "livraison 7 € dans les 5 km"),
    "taller": shop("es-ES", "EUR", "cambio de aceite", "recogida 15 € hasta 10 kilómetros"),
    "tinto": shop("es-ES", "EUR", "limpieza de abrigo", "arreglos desde 6 €", "tres camisas 9 €"),
}
RIGHT = [
    ("trees", "Live within ten miles? We’ll bring it to your gate for £6."),
    ("trees", "We deliver within 10 miles for six pounds."),
    ("trees", "Within ten miles, delivery is £6."),
    ("trees", "Add a gift card for two pounds."),
    ("surf", "Hot showers are two dollars if you’d rather not take the ocean home."),
    ("surf", "Two dollars buys a hot shower."),
    ("surf", "Hire a locker for $5 a day."),
    ("dogs", "Walk-in baths are $25, and the towel fight is on him."),
    ("dogs", "Twenty-five dollars for a walk-in bath. Tail wags extra."),
    (
        "dogs",
        "If you’re within five miles, we’ll pick your pup up and drop them off again for $12.",
    ),
    ("wash", "Five shirts, washed and pressed, for a tenner. That’s your evening back."),
    ("wash", "A tenner gets five shirts washed and pressed."),
    ("reifen", "Kein Platz im Keller? Wir lagern Ihre Räder ein: sechs Monate für 45 Euro."),
    ("reifen", "Sechs Monate Einlagerung kosten 45 €."),
    ("reifen", "Für 20 Euro am Tag gibt es einen Leihwagen."),
    ("backen", "Bis acht Kilometer liefern wir für fünf Euro."),
    ("backen", "Dazu eine Schürze? Zwölf Euro."),
    ("couture", "Un ourlet à refaire ? Nos retouches démarrent à 8 €."),
    ("couture", "Retouches dès huit euros."),
    ("fleurs", "Nous livrons dans les cinq kilomètres pour 7 €."),
    ("taller", "Recogemos tu coche hasta 10 km por 15 euros."),
    ("tinto", "Los arreglos empiezan en 6 €."),
    ("tinto", "Nueve euros por tres camisas."),
    ("trees", "We’ll deliver your pear tree within ten miles for £6."),
    ("reifen", "Einlagern? Sechs Monate, 45 Euro."),
    ("couture", "Nos retouches commencent à huit euros."),
]
WRONG = [
    ("trees", "Live within ten miles? We’ll bring it to your gate for £5."),
    ("trees", "Live within twelve miles? We’ll bring it to your gate for £6."),
    ("trees", "We’ll bring it to your gate for £6, wherever you live."),
    ("trees", "A pear tree for £6 within ten miles."),
    ("trees", "Live within ten miles? A pear tree is £6."),
    ("trees", "A gift box is £2."),
    ("surf", "Hot chocolate is two dollars."),
    ("surf", "Hot showers are three dollars."),
    ("surf", "Surf lessons are two dollars."),
    ("surf", "Hire a locker for $5."),
    ("surf", "Hire a board for $5 a day."),
    ("dogs", "Every bath is $25."),
    ("dogs", "Walk-in baths are $25, and so are walk-in grooms."),
    ("dogs", "Pickup and drop-off are $12."),
    ("dogs", "Nail grinding is $8."),
    ("dogs", "A full groom within five miles is $12."),
    ("wash", "Six shirts, washed and pressed, for a tenner."),
    ("wash", "Five shirts, washed and pressed, for a fiver."),
    ("wash", "Five suits, washed and pressed, for a tenner."),
    ("reifen", "Wir lagern Ihre Räder ein: zwölf Monate für 45 Euro."),
    ("reifen", "Räderwechsel für sechs Monate: 45 Euro."),
    ("reifen", "Leihwagen für 20 €."),
    ("backen", "Wir liefern überallhin für fünf Euro."),
    ("backen", "Ein Backkurs kostet zwölf Euro."),
    ("couture", "Nos retouches démarrent à 7 €."),
    ("couture", "Toutes les retouches à 8 €."),
    ("couture", "Notre nettoyage de couette démarre à 8 €."),
    ("fleurs", "Nous livrons partout pour 7 €."),
    ("taller", "Recogemos tu coche hasta 20 km por 15 euros."),
    ("tinto", "Los arreglos cuestan 6 €."),
    ("tinto", "Nueve euros por cuatro camisas."),
    ("trees", "We’ll plant it within ten miles for £6."),
    ("trees", "Delivery £6 within ten miles, and planting £6."),
    ("dogs", "We’ll clip your dog within five miles for $12."),
    ("taller", "Lavamos tu coche hasta 10 km por 15 euros."),
    ("couture", "Les ourlets démarrent à 8 €."),
]


@pytest.mark.parametrize(("name", "text"), RIGHT)
def test_a_price_of_a_phrase_in_other_words_passes(name: str, text: str):
    assert check(text, SHOPS[name].locale, SHOPS[name]) == []


@pytest.mark.parametrize(("name", "text"), WRONG)
def test_a_price_of_another_thing_or_on_other_terms_is_found(name: str, text: str):
    assert check(text, SHOPS[name].locale, SHOPS[name])
