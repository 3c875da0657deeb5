"""What a text says without: properties that are declared, and limits that it may not waive."""

from __future__ import annotations

import pytest

from storesync.copywriting.facts.check import check
from storesync.copywriting.facts.declared.facts import facts_of

# A language, what the campaign is about, its terms, declared phrases.
SHOPS = {
    "wash": (
        "en",
        "wash and fold bag",
        "One bag per household.",
        ["fragrance-free detergent on request"],
    ),
    "grooming": ("en", "full groom", "Dogs up to 40 lb.", ["sulfate-free shampoo for puppies"]),
    "gym": ("en", "first month of membership", "New members only.", ["no joining fee"]),
    "cakes": ("de", "Nusstorte", "Eine Torte pro Person.", ["laktosefreie Sahne auf Wunsch"]),
    "tyres": ("de", "Räderwechsel", "Gilt für Pkw bis 19 Zoll.", ["ohne Vertragsbindung"]),
    "dogs": ("fr", "toilettage complet", "Chiens de moins de 25 kg.", ["biscuits sans gluten"]),
    "climbing": ("fr", "abonnement mensuel", "Réservé aux adultes.", ["sans engagement"]),
    "ice": ("es", "tarrina mediana", "Máximo dos por persona.", ["ocho sabores sin lactosa"]),
    "optician": ("es", "gafas", "Montura y lentes incluidas. No acumulable.", ["sin compromiso"]),
    "paws": ("es", "baño y corte", "Perros de hasta 20 kilos.", ["champú sin parabenos"]),
}
RIGHT = [
    ("wash", "Ask for our fragrance-free detergent."),
    ("wash", "Sensitive nose? Our detergent comes fragrance-free if you ask."),
    ("wash", "Feel free to drop in. You get your free time back."),
    ("wash", "Bring as many socks as your bag holds."),
    ("wash", "No matter how busy you are, we fold."),
    ("grooming", "Puppies get sulfate-free shampoo."),
    ("grooming", "No matter how muddy your dog is, we love it."),
    ("grooming", "Any old day will do for a full groom."),
    ("grooming", "Every long walk ends in a full groom."),
    ("gym", "50% off your first month of membership, and no joining fee."),
    ("gym", "Every month has a first day. Yours is half price."),
    ("cakes", "Die Sahne gibt es auch laktosefrei, ein Wort genügt."),
    ("cakes", "Egal wie groß der Hunger ist, die Nusstorte hilft."),
    ("tyres", "Egal wie alt Ihr Auto ist, wir wechseln gern."),
    ("tyres", "• Räderwechsel ohne Vertragsbindung\n• Freundliche Leute"),
    ("dogs", "Nos biscuits sont sans gluten."),
    ("dogs", "Peu importe la couleur du poil, on adore."),
    ("climbing", "• abonnement mensuel sans engagement\n• des murs partout"),
    ("climbing", "L'abonnement est sans engagement."),
    ("ice", "Sin lactosa también hay antojo: ocho sabores te esperan."),
    ("ice", "Son 8 sabores, y todos sin complejos."),
    ("optician", "Gafas nuevas. Montura y lentes incluidas."),
    ("optician", "Gafas sin compromiso."),
    ("paws", "Usamos un champú sin parabenos."),
    ("paws", "Da igual el color de tu perro: nos encanta."),
]
WRONG = [
    ("wash", "Our fragrance-free softener is here."),
    ("wash", "Everything we wash is fragrance-free."),
    ("wash", "Bring as many bags as you like."),
    ("wash", "There's no limit to the bags you bring."),
    ("wash", "Free wash and fold bag."),
    ("grooming", "A full groom for dogs of any size."),
    ("grooming", "Full groom, no matter how much your dog weighs."),
    ("grooming", "Our grain-free treats are waiting."),
    ("gym", "Enjoy 50% off every month, for as long as you stay."),
    ("gym", "No joining fee, no monthly fee."),
    ("cakes", "Nehmen Sie so viele Nusstorten mit, wie Sie tragen können."),
    ("cakes", "Unsere Nusstorte ist laktosefrei."),
    ("tyres", "Räderwechsel, egal wie groß die Felge ist."),
    ("tyres", "Räderwechsel für Felgen jeder Größe."),
    ("dogs", "Toilettage complet, peu importe le poids du chien."),
    ("dogs", "Quelle que soit la taille de votre chien, le toilettage complet l'attend."),
    ("dogs", "Nos croquettes sont sans gluten."),
    ("climbing", "Cartes de dix séances sans engagement."),
    ("ice", "Todos nuestros sabores son sin lactosa."),
    ("ice", "Llévate tantas tarrinas como quieras."),
    ("ice", "Nueve sabores sin lactosa te esperan."),
    ("optician", "Gafas nuevas. Montura, lentes y estuche incluidos."),
    ("paws", "Perros de cualquier tamaño: baño y corte."),
    ("paws", "Baño y corte, sin importar el peso."),
]


def findings(shop: str, text: str) -> list[str]:
    locale, product, terms, phrases = SHOPS[shop]
    shared = {
        "locale": locale,
        "offer": {"product": "p", "discount_percentage": 50},
        "discount_percentage": 50,
        "product_name": product,
        "legal": {"terms": terms},
    }
    return [one.text for one in check(text, locale, facts_of(shared, {}, phrases))]


@pytest.mark.parametrize(("shop", "text"), RIGHT)
def test_what_is_declared_passes(shop: str, text: str):
    assert findings(shop, text) == []


@pytest.mark.parametrize(("shop", "text"), WRONG)
def test_what_goes_beyond_is_found(shop: str, text: str):
    assert findings(shop, text)
