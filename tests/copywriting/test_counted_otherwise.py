"""Counts and limits of phrases and legal texts, told in other words, and told wrong."""

from __future__ import annotations

import pytest
from shops import found

RIGHT = [
    ("bakery", "Three loaves each at most, please: leave some rye for the neighbours."),
    ("bakery", "No more than three rye loaves per person, please."),
    ("bakery", "Bring the kids: anyone aged eight or over can knead."),
    ("bakery", "Anyone who is eight or older can bake with us."),
    ("bakery", "Our dough takes two days to prove."),
    ("bakery", "Three times a year we open the ovens for a class."),
    ("bakery", "Rye, water, salt, honey, starter: that's all five of them."),
    ("bakery", "Just five ingredients, and you can count all five on one hand."),
    ("bakery", "Three quarters of an hour, and your loaf is ready."),
    ("bakery", "A class takes an hour and a half."),
    ("bakery", "Up to 12 kg an order."),
    ("salon", "Dry in a quarter of an hour."),
    ("salon", "Two dogs each at most."),
    ("salon", "Your pup is done in a day."),
    ("salon", "Two per household, no exceptions."),
    ("bakery", "Up to three loaves per customer at 20% off."),
    ("salon", "Two nail trims a month."),
    ("pressing", "Trois couettes au plus par foyer."),
    ("taller", "Máximo dos autos por persona."),
    ("optiker", "Nach einer halben Stunde rollen Sie wieder: Räderwechsel bei Tollund."),
    ("optiker", "In einer halben Stunde sind die Räder gewechselt."),
    ("optiker", "Zwei Brillen pro Kopf, mehr Augen haben Sie ja nicht."),
    ("optiker", "Mehl, Wasser, Salz, Hefe: alle vier, und sonst nichts."),
    ("optiker", "Zweimal im Jahr wird es laut bei uns."),
    ("optiker", "Anderthalb Stunden dauert ein Kurs."),
    ("optiker", "In zwei Tagen geliefert."),
    ("optiker", "Für Kinder ab sechs."),
    ("pressing", "Cinq euros de moins par couette, trois couettes maximum par client."),
    ("pressing", "Vos retouches en trois quarts d'heure."),
    ("pressing", "Prêt en deux jours."),
    ("pressing", "Deux fois par an, nos élèves montent sur scène."),
    ("pressing", "Farine, eau, sel, levain : rien que ces quatre-là."),
    ("pressing", "Pas plus de trois couettes par personne."),
    ("taller", "Hasta 5 litros de sintético, autos de cuatro cilindros. Clarito, ¿no?"),
    ("taller", "Dos autos por cliente, ni uno más."),
    ("taller", "Listo en tres cuartos de hora."),
    ("taller", "Tres veces al año nos subimos al escenario."),
    ("taller", "A partir de los ocho años."),
    ("optica", "En media hora le revisamos la vista."),
    ("optica", "Listas en una semana."),
]
WRONG = [
    ("bakery", "Four loaves each at most, please."),
    ("bakery", "Three loaves or more per customer."),
    ("bakery", "Twice a week we bake."),
    ("bakery", "Two loaves a week."),
    ("salon", "Three nail trims a month."),
    ("pressing", "Trois couettes au moins par client."),
    ("bakery", "Three loaves for £4."),
    ("bakery", "Teams of eight."),
    ("salon", "A two-hour dog wash."),
    ("bakery", "Anyone aged seven or over can knead."),
    ("bakery", "Anyone aged eight or under can knead."),
    ("bakery", "Our dough takes three days to prove."),
    ("bakery", "Twice a year we open the ovens for a class."),
    ("bakery", "Three times a month we open the ovens."),
    ("bakery", "Three times we open the ovens."),
    ("bakery", "Rye, water, salt, honey, starter: that's all six of them."),
    ("bakery", "Half an hour, and your loaf is ready."),
    ("bakery", "Three quarters of a day, and your loaf is ready."),
    ("bakery", "Three bakers at your service."),
    ("bakery", "Over three loaves each."),
    ("bakery", "At least three loaves per customer."),
    ("salon", "Three dogs per household."),
    ("salon", "Dry in a quarter of a day."),
    ("salon", "Two weeks per household."),
    ("optiker", "Nach einer Viertelstunde rollen Sie wieder."),
    ("optiker", "Nach einer halben Woche rollen Sie wieder."),
    ("optiker", "Dreimal im Jahr wird es laut bei uns."),
    ("optiker", "Drei Brillen pro Person."),
    ("pressing", "Quatre couettes maximum par client."),
    ("pressing", "Trois fois par an, nos élèves montent sur scène."),
    ("pressing", "Vos retouches en une demi-heure."),
    ("pressing", "Trois retouches par client."),
    ("taller", "Hasta 6 litros de sintético."),
    ("taller", "Autos de seis cilindros."),
    ("taller", "Dos veces al año nos subimos al escenario."),
    ("taller", "Listo en media hora."),
    ("optica", "En un cuarto de hora le revisamos la vista."),
]


@pytest.mark.parametrize(("shop", "text"), RIGHT)
def test_a_count_told_otherwise_is_founded(shop, text):
    assert not found(shop, text)


@pytest.mark.parametrize(("shop", "text"), WRONG)
def test_another_count_is_found(shop, text):
    assert found(shop, text)
