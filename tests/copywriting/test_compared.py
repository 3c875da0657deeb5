"""Prices compared with those of others, and complaints that go away: claims by whole phrases."""

from __future__ import annotations

import pytest
from shops import found

RIGHT = [
    ("bakery", "Nobody does crumbs like your kids."),
    ("bakery", "You won't find us hurrying."),
    ("bakery", "Beat the queue."),
    ("bakery", "Beat the eggs, then beat the butter."),
    ("bakery", "Nothing beats a warm slice."),
    ("bakery", "Forget the alarm clock."),
    ("bakery", "A lower shelf for little hands."),
    ("salon", "Can't beat a clean dog."),
    ("optiker", "Nirgendwo wird so gern gelacht."),
    ("optiker", "Lange Suche gehört der Vergangenheit an."),
    ("optiker", "Verlegte Brillen gehören der Vergangenheit an."),
    ("optiker", "Vergessen Sie die Lesebrille."),
    ("optiker", "Nirgends sitzt man so bequem."),
    ("pressing", "La pluie ? Oubliée."),
    ("pressing", "Taches éliminées, soucis oubliés."),
    ("pressing", "Vous ne trouverez pas de file d'attente ici."),
    ("taller", "No encontrarás prisas aquí."),
    ("optica", "Olvida las prisas."),
]
WRONG = [
    ("bakery", "We'll beat any written quote."),
    ("bakery", "We beat every quote."),
    ("bakery", "We will beat their quote."),
    ("bakery", "You won't find a lower price."),
    ("bakery", "You will not find a better deal."),
    ("bakery", "You'll never find it for less."),
    ("bakery", "Nowhere in Exeter will you pay less."),
    ("bakery", "Nobody in Exeter charges less."),
    ("bakery", "Say goodbye to headaches."),
    ("bakery", "Back pain is a thing of the past."),
    ("bakery", "No more allergies."),
    ("bakery", "Allergies? Forgotten."),
    ("optiker", "Nirgendwo in Freiburg wechseln Sie günstiger."),
    ("optiker", "Nirgends zahlen Sie weniger."),
    ("optiker", "Niemand in Freiburg ist günstiger."),
    ("optiker", "Günstiger finden Sie es nirgendwo."),
    ("optiker", "Wir unterbieten jedes Angebot."),
    (
        "optiker",
        "So gehören Kopfschmerzen am Bildschirm der Vergangenheit an.",
    ),
    ("optiker", "Schluss mit Kopfschmerzen."),
    ("optiker", "Nie wieder Kopfschmerzen!"),
    ("optiker", "Kopfschmerzen ade!"),
    ("optiker", "Migräne war gestern."),
    ("pressing", "Couette nettoyée, acariens éliminés, allergies oubliées."),
    ("pressing", "Finies les allergies !"),
    ("pressing", "Adieu les maux de tête !"),
    ("pressing", "Fini le mal de dos."),
    ("pressing", "Vous ne trouverez pas moins cher."),
    ("pressing", "Nulle part ailleurs vous ne paierez moins."),
    ("pressing", "Personne à Nantes n'est moins cher."),
    ("taller", "No lo encontrarás más barato."),
    ("taller", "Nadie en Guadalajara cobra menos."),
    ("taller", "En ningún lugar pagas menos."),
    ("optica", "Adiós a los dolores de cabeza."),
    ("optica", "Se acabaron las migrañas."),
    ("optica", "Olvídate del dolor de espalda."),
]


@pytest.mark.parametrize(("shop", "text"), RIGHT)
def test_what_compares_no_price_and_heals_nothing_passes(shop, text):
    assert not found(shop, text)


@pytest.mark.parametrize(("shop", "text"), WRONG)
def test_compared_prices_and_healed_complaints_are_found(shop, text):
    assert found(shop, text)
