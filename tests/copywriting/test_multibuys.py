"""Three for two is one offer in whatever words, and no other sum of it."""

from __future__ import annotations

import pytest

from storesync.copywriting.facts.check import check
from storesync.copywriting.facts.declared.facts import Facts

OFFERS = {
    "en": ("3 for 2 on paperbacks", "paperback"),
    "de": ("3 für 2 auf Taschenbücher", "Taschenbuch"),
    "es": ("3 x 2 en empanadas", "empanada"),
    "fr": ("2 pour 1 sur les pizzas", "pizza"),
    "it": ("3x2 sulle piadine", "piadina"),
    "pt": ("leve 3, pague 2 em empadas", "empada"),
    "nl": ("3 voor 2 op pockets", "pocket"),
    "pl": ("trzy książki w cenie dwóch", "książka"),
}


def findings(locale: str, text: str) -> list[str]:
    phrase, product = OFFERS[locale]
    known = Facts(statements=(phrase,), products=(product,), names=(product,), locale=locale)
    return [one.text for one in check(text, locale, known)]


SAME = [
    ("en", "Buy two paperbacks and get one free."),
    ("en", "Buy two paperbacks, the third is free."),
    ("en", "Pick three paperbacks and pay for two."),
    ("en", "Three paperbacks for the price of two."),
    ("en", "Our 3-for-2 offer on paperbacks runs and runs."),
    ("en", "Call the shop for 3 for 2 on paperbacks."),
    ("de", "Drei Taschenbücher zum Preis von zwei."),
    ("de", "Nimm 3 Taschenbücher, zahl 2."),
    ("es", "Lleva tres empanadas y paga dos."),
    ("fr", "Deux pizzas pour le prix d’une."),
    ("it", "Tre piadine al prezzo di due."),
    ("it", "Prendi tre piadine e ne paghi due."),
    ("pt", "Três empadas pelo preço de duas."),
    ("pt", "Pague duas empadas e leve três."),
    ("nl", "Drie pockets voor de prijs van twee."),
    ("nl", "Pockets: drie halen, twee betalen."),
    ("nl", "2+1 gratis op pockets."),
    ("pl", "Kup trzy książki, zapłać za dwie."),
    ("pl", "Książki: 2+1 gratis."),
]
OTHER = [
    ("en", "Buy three paperbacks and get one free."),
    ("en", "Buy two hardbacks and get one free."),
    ("en", "Buy two paperbacks, get a tote free."),
    ("en", "Buy one paperback, the second is free."),
    ("en", "Pick four paperbacks and pay for two."),
    ("en", "BOGOF on paperbacks."),
    ("en", "3 for 0 on paperbacks."),
    ("de", "Vier Taschenbücher zum Preis von zwei."),
    ("es", "Lleva cuatro empanadas y paga dos."),
    ("fr", "Trois pizzas pour le prix d’une."),
    ("it", "Quattro piadine al prezzo di due."),
    ("it", "La seconda piadina la offriamo noi."),
    ("pt", "Quatro empadas pelo preço de duas."),
    ("pt", "A segunda empada é por nossa conta."),
    ("nl", "Vier pockets voor de prijs van twee."),
    ("nl", "Pockets: tweede halve prijs."),
    ("nl", "1+1 gratis op pockets."),
    ("pl", "Cztery książki w cenie dwóch."),
    ("pl", "Druga książka za pół ceny."),
]


@pytest.mark.parametrize(("locale", "text"), SAME)
def test_the_same_sum_in_other_words_passes(locale: str, text: str):
    assert findings(locale, text) == []


@pytest.mark.parametrize(("locale", "text"), OTHER)
def test_another_sum_or_another_thing_is_found(locale: str, text: str):
    assert findings(locale, text)
