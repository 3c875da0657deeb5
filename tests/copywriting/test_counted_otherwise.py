"""Counts and limits of phrases and legal texts, told in other words, and told wrong."""

from __future__ import annotations

import pytest
from shops import found

from storesync.copywriting.facts.check import check
from storesync.copywriting.facts.declared.facts import facts_of

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


def _unfounded(
    text: str, locale: str = "en-GB", terms: str = "", product: str = "oil lamp"
) -> list[str]:
    offer = {"product": "one", "discount_percentage": 20, "price": "0.32", "regular_price": "0.40"}
    shared = {
        "locale": locale,
        "product_name": product,
        "offer": offer,
        "legal": {"terms": terms},
    }
    return [one.text for one in check(text, locale, facts_of(shared, {"currency": "EUR"}))]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("1. Come in.\n2. Pick an oil lamp.\n3. Light it.", []),
        ("1) Come in. 2) Pick an oil lamp. 3) Light it.", []),
        ("1. Come in.\n3. Light it.", ["1", "3"]),
        ("2) Come in. 3) Light it.", ["2", "3"]),
        ("Come in. 4) Light it.", ["4"]),
        ("20% off oil lamps. TWENTY.", []),
        ("20% off oil lamps. Yes, twenty.", []),
        ("20% off oil lamps. TEN.", ["TEN"]),
        ("20% off oil lamps. Twenty cups.", ["Twenty"]),
        ("30% off oil lamps. Thirty.", ["30%", "Thirty"]),
        ("20% off oil lamps. Forty years of light. Twenty.", ["Forty", "Twenty"]),
        ("1 oil lamp, 20% off.", []),
        ("1 teapot, 20% off.", ["1"]),
        ("1 oil lamp per customer.", ["1"]),
        ("Only 1 oil lamp.", ["1"]),
        ("Max. 1 oil lamp.", ["1"]),
    ],
)
def test_marks_of_a_list_and_what_is_said_again_count_nothing(text: str, wrong: list[str]):
    assert _unfounded(text) == wrong


def test_cents_are_said_again_as_their_number():
    assert _unfounded("Lampada a 32 centesimi. Sì, trentadue.", "it-IT", product="lampada") == []
    found = _unfounded("Lampada a 32 centesimi. Sì, trentatré.", "it-IT", product="lampada")
    assert found == ["trentatré"]


@pytest.mark.parametrize(
    ("locale", "terms", "product", "text", "right"),
    [
        ("en-GB", "Limit six per customer.", "lamp", "Limit 6 per cust.", True),
        ("en-GB", "Limit six per customer.", "lamp", "Limit 5 per cust.", False),
        ("en-GB", "Limit six per customer.", "lamp", "Six is the limit.", True),
        ("en-GB", "Limit six per customer.", "lamp", "Seven is the limit.", False),
        ("en-GB", "Limit six per customer.", "lamp", "Six max.", True),
        ("en-GB", "Limit six per customer.", "lamp", "Limit: 7.", False),
        ("en-GB", "Limit six per customer.", "lamp", "Limit 6 per day.", False),
        ("en-GB", "Limit six per customer.", "lamp", "Six days is the limit.", False),
        ("en-GB", "Limit six per customer.", "lamp", "Max 6 teapots.", False),
        ("en-GB", "", "lamp", "Limit 6.", False),
        ("en-GB", "Limit six per customer.", "lamp", "Six each, please.", True),
        ("en-GB", "Limit six per customer.", "lamp", "Seven each, please.", False),
        ("en-GB", "Limit six per customer.", "lamp", "Six you may take home.", True),
        ("en-GB", "Limit six per customer.", "lamp", "Six can have cake.", False),
        ("en-GB", "", "lamp", "Six each, please.", False),
        (
            "de-DE",
            "Maximal vier Kränze pro Person.",
            "Adventskranz",
            "Vier darfst du nehmen.",
            True,
        ),
        ("de-DE", "Maximal vier Kränze pro Person.", "Adventskranz", "Fünf dürfen mit.", False),
        (
            "de-DE",
            "Maximal vier Kränze pro Person.",
            "Adventskranz",
            "Höchstens 4 Stück je Person.",
            True,
        ),
        (
            "de-DE",
            "Maximal vier Kränze pro Person.",
            "Adventskranz",
            "Höchstens 5 Stück je Person.",
            False,
        ),
        ("nl-NL", "Maximaal twee per klant.", "lamp", "Meer dan twee mag niet.", True),
        ("nl-NL", "Maximaal twee per klant.", "lamp", "Meer dan drie mag niet.", False),
        ("nl-NL", "Maximaal twee per klant.", "lamp", "Meer dan twee mag.", False),
        ("es-ES", "Máximo dos unidades por cliente.", "lupa", "Máx. 2 uds. por cliente.", True),
        ("es-ES", "Máximo dos unidades por cliente.", "lupa", "Máx. 3 uds. por cliente.", False),
        ("de-DE", "Maximal vier Stück pro Person.", "Lampe", "Max. 4 Stk. pro Pers.", True),
        ("de-DE", "Maximal vier Stück pro Person.", "Lampe", "Max. 5 Stk. pro Pers.", False),
        ("it-IT", "Massimo tre pezzi per cliente.", "lampada", "Max 3 pz per cliente.", True),
        ("it-IT", "Massimo tre pezzi per cliente.", "lampada", "Max 4 pz per cliente.", False),
    ],
)
def test_a_limit_may_be_cut_short(locale: str, terms: str, product: str, text: str, *, right: bool):
    assert (not _unfounded(text, locale, terms, product)) is right


def test_half_of_a_price_may_be_told_by_a_cut():
    shared = {"locale": "fr-FR", "product_name": "thé", "offer": {"discount_percentage": 50}}
    facts = facts_of(shared, {"currency": "EUR"})
    assert (
        check(
            "On ouvre, on ferme, et entre les deux le prix du thé est coupé en deux.",
            "fr-FR",
            facts,
        )
        == []
    )
    assert check("Le prix du thé est coupé en trois.", "fr-FR", facts) != []
    less = facts_of({**shared, "offer": {"discount_percentage": 40}}, {"currency": "EUR"})
    assert check("Le prix du thé est coupé en deux.", "fr-FR", less) != []
