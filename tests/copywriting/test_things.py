"""What an offer or a price is said of has to be what the campaign is about."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from storesync.copywriting.facts.check import check
from storesync.copywriting.facts.declared.facts import Facts
from storesync.copywriting.facts.declared.gather import Percentage, Price

PRODUCTS = {"en": "flat white", "de": "Kinderbuch", "fr": "croissant", "es": "churro"} | {
    "it": "cornetto",
    "pt": "pastel de nata",
    "nl": "appeltaart",
    "pl": "pączek",
}


def facts(locale: str, *statements: str) -> Facts:
    return Facts(
        percentages=(Percentage(Decimal(50), "off"),),
        prices=(Price(Decimal(2), "EUR", "now"), Price(Decimal(4), "EUR", "was")),
        products=(PRODUCTS[locale],),
        names=(PRODUCTS[locale],),
        statements=statements,
        locale=locale,
    )


def things(text: str, locale: str, *statements: str) -> list[str]:
    found = check(text, locale, facts(locale, *statements))
    return [one.text for one in found if one.kind.value == "product"]


OTHERS = [
    ("en", "Lattes are half price.", "Lattes"),
    ("en", "Your iced latte is 50% off.", "iced latte"),
    ("en", "Flat whites and mochas are half price.", "mochas"),
    ("en", "Compost, €2, was €4.", "Compost"),
    ("en", "Large popcorn for €2.", "Large popcorn"),
    ("en", "Muffins cost €2.", "Muffins"),
    ("en", "Get a muffin for €2.", "muffin"),
    ("en", "€2 for a muffin.", "muffin"),
    ("en", "Get a half-price muffin.", "muffin"),
    ("en", "Flat whites and muffins, half price.", "muffins"),
    ("en", "Half price long whites.", "long whites"),
    ("en", "Cold whites are half price.", "Cold whites"),
    ("de", "Krimis sind 50 % günstiger.", "Krimis"),
    ("de", "Krimis für 2 €.", "Krimis"),
    ("fr", "Les brioches sont à 50 % de rabais.", "brioches"),
    ("es", "Las porras están a mitad de precio.", "porras"),
]


@pytest.mark.parametrize(("locale", "text", "thing"), OTHERS)
def test_another_thing_before_its_offer_is_found(locale: str, text: str, thing: str):
    assert things(text, locale) == [thing]


OWN = [
    ("en", "Half price whites."),
    ("en", "Velvety flat whites are half price."),
    ("en", "Every white is half price."),
    ("en", "Flat whites are half price."),
    ("en", "Your flat white, €2."),
    ("en", "Prices are down 50%."),
    ("en", "Feet up: it is €2 all week."),
    ("en", "Join the club for €2."),
    ("en", "This weekend is half price."),
    ("en", "Swing by for a half-price flat white."),
    ("en", "Meet a friend for a €2 flat white."),
    ("en", "Warmth for €2 a flat white."),
    ("en", "Frothy, velvety, €2."),
    ("en", "Strong espresso and soft milk, half price."),
    ("en", "Winter brings 50% off."),
    ("de", "Kinderbücher sind 50 % günstiger."),
    ("fr", "Nos croissants sont à 50 % de rabais."),
    ("es", "Los churros cuestan 2 € en vez de 4 €."),
]


@pytest.mark.parametrize(("locale", "text"), OWN)
def test_the_thing_itself_and_what_names_none_are_not(locale: str, text: str):
    assert things(text, locale) == []


def test_each_of_a_list_behind_an_offer_is_found():
    assert things("50% off flat whites, muffins and jam.", "en") == ["muffins", "jam"]
    assert things("50% off flat whites, come in and sit down.", "en") == []


def test_a_declared_phrase_may_put_the_same_offer_on_something_else():
    assert things("Muffins are 50% off.", "en", "50% off muffins") == []
    assert things("Scones are 50% off.", "en", "50% off muffins") == ["Scones"]


PACKS = ["Flat whites, €2 a pair.", "A box of flat whites for €2.", "€2 for a set of flat whites."]


@pytest.mark.parametrize("text", PACKS)
def test_a_price_for_a_pack_needs_a_pack(text: str):
    assert check(text, "en", facts("en"))
    declared = ("pair", "box", "set")
    assert not check(text, "en", facts("en", *(f"{one} of flat whites" for one in declared)))


BESIDE = ["Find Acme in Falmouth.", "Visit Acme in Falmouth today!", "Next to Falmouth Terminal."]


@pytest.mark.parametrize("text", BESIDE)
def test_a_name_of_the_brand_makes_no_headline_of_a_sentence(text: str):
    known = Facts(names=("Acme",))
    assert any(one.text.startswith("Falmouth") for one in check(text, "en", known))
    assert not check("Find Comfort in Coffee", "en", known)


PER = [
    ("en", "Flat whites, €2 a sip."),
    ("en", "Flat whites: €2 per kilo."),
    ("en", "Save €2 per sip."),
    ("de", "Das Kinderbuch für 2 € pro Seite."),
    ("de", "2 € im Kilo."),
    ("fr", "2 € par bouchée."),
    ("fr", "2 € la minute."),
    ("fr", "2 € la bouchée."),
    ("es", "2 € por gramo."),
    ("es", "2 € la hora."),
]


@pytest.mark.parametrize(("locale", "text"), PER)
def test_a_price_is_for_one_of_the_product_and_no_part_of_it(locale: str, text: str):
    found = check(text, locale, facts(locale))
    assert [one.kind.value for one in found] == ["money"]
    assert "is not declared as the price" in found[0].message


PER_ONE = [
    ("en", "€2 a flat white."),
    ("en", "€2 a cup."),
    ("en", "€2 each, €2 per person."),
    ("de", "2 € pro Stück, 2 € im Laden, 2 € je Buch."),
    ("fr", "2 € le croissant, 2 € pièce, 2 € par personne."),
    ("es", "2 € por churro."),
]


@pytest.mark.parametrize(("locale", "text"), PER_ONE)
def test_a_price_may_be_said_of_one(locale: str, text: str):
    assert check(text, locale, facts(locale)) == []


ALL = [
    ("en", "All whites are half price.", "half price"),
    ("en", "50% off all whites.", "all whites"),
    ("en", "All our whites: €2.", "€2"),
    ("fr", "Tous les pains à 2 €.", "2 €"),
    ("es", "Todos los bollos a 2 €.", "2 €"),
]
KINDS = {"en": "flat white", "fr": "pain au levain", "es": "bollo de canela"}


@pytest.mark.parametrize(("locale", "text", "said"), ALL)
def test_all_of_a_kind_are_more_than_one_kind_of_it(locale: str, text: str, said: str):
    own = replace(facts("en"), products=(KINDS[locale],), locale=locale)
    assert said in [one.text for one in check(text, locale, own)]


def test_all_of_one_kind_may_be_told():
    assert check("All our flat whites: €2. 50% off all flat whites.", "en", facts("en")) == []
    assert check("All others: flat whites for €2.", "en", facts("en")) == []
    assert check("Half price all through the morning.", "en", facts("en")) == []
    assert check("All guests: cakes for €2.", "en", facts("en")) != []


CODES = {
    "50% off with code FOAMY.": "",
    "Code FOAMY, €2.": "",
    "50% off with code MILKY.": "MILKY",
    "The code is “MILKY20”.": "MILKY20",
    "USE CODE NOW": "",
    "Code red: half price flat whites.": "",
}


@pytest.mark.parametrize("text", CODES)
def test_a_code_is_the_one_of_the_offer(text: str):
    own = replace(facts("en"), names=("flat white", "FOAMY"))
    assert " ".join(one.text for one in check(text, "en", own)) == CODES[text]


def test_every_one_of_a_kind_is_more_where_there_are_others():
    text = "€2 for every white."
    assert check(text, "en", facts("en")) == []
    assert check(text, "en", replace(facts("en"), others=("long white",))) != []
    told = "Flat whites: €2 for every white."
    assert check(told, "en", replace(facts("en"), others=("long white",))) == []


def test_a_longer_name_is_another_place():
    known = Facts(names=("Leith",))
    assert [one.text for one in check("Opposite Leith Links.", "en-GB", known)] == ["Leith Links"]
    assert check("In Leith Friday is fish day.", "en-GB", known)[0].text == "Friday"
    assert check("Our Leith store.", "en-GB", known) == []


NONE = [
    ("en", "Neighbours, €2 gets you a flat white."),
    ("en", "PSA: the €2 price for a flat white ends soon."),
    ("en", "Old: €4. New: €2. The difference: €2."),
    ("en", "Fuel up for two euros: flat white, Leith."),
    ("en", "Wake up, walk in and sit down with yours for €2."),
    ("en", "Get your hands warm for €2: flat white."),
    ("en", "What's warm, wakes you and costs €2? Our flat white."),
    ("en", "Night owl or early bird, flat whites are 50% off either way."),
    ("en", "Spice things up for €2. Switch on, pay €2."),
    ("nl", "Je betaalt: 2 €."),
    ("es", "Pagas: 2 €."),
    ("de", "Neuer Preis: 2 €, alt: 4 €. Ihr Vorteil: 2 €."),
    ("fr", "Ancien tarif : 4 €. Nouveau tarif : 2 €."),
    ("fr", "50 % de remise sur le tarif."),
    ("es", "Cuánto: 2 €. Tarifa antigua: 4 €."),
    ("it", "Nuova tariffa: 2 €. Differenza: 2 €."),
    ("pt", "A diferença: 2 €. Valor antigo: 4 €."),
    ("nl", "Oud: 4 €. Nieuw: 2 €."),
    ("pl", "Różnica: 2 €. Stara cena: 4 €, nowa: 2 €."),
]


@pytest.mark.parametrize(("locale", "text"), NONE)
def test_captions_people_verbs_and_measures_are_no_things(locale: str, text: str):
    assert things(text, locale) == []


NEAR_NONE = [
    ("en", "New lattes: €2", "New lattes"),
    ("en", "Difference makers: €2", "Difference makers"),
    ("en", "Neighbours, €2 for a latte.", "latte"),
    ("en", "Lattes up for €2.", "Lattes"),
    ("en", "Your hand cream: €2", "hand cream"),
    ("de", "Neue Krimis: 2 €", "Neue Krimis"),
    ("fr", "50 % sur le tarif des brioches.", "tarif des brioches"),
    ("es", "Nueva porra: 2 €", "Nueva porra"),
    ("it", "Le brioche sono a metà prezzo.", "brioche"),
    ("it", "50 % di sconto sulle brioche.", "brioche"),
    ("pt", "Bolos a metade do preço.", "Bolos"),
    ("pt", "Novo bolo: 2 €", "Novo bolo"),
    ("nl", "50 % korting op vlaaien.", "vlaaien"),
    ("nl", "Nieuwe vlaai: 2 €", "Nieuwe vlaai"),
    ("pl", "Sernik za pół ceny.", "Sernik"),
    ("pl", "50 % rabatu na serniki.", "serniki"),
]


@pytest.mark.parametrize(("locale", "text", "thing"), NEAR_NONE)
def test_a_thing_with_or_near_such_words_is_found(locale: str, text: str, thing: str):
    assert things(text, locale) == [thing]


PARTS = [
    ("de", "50 % auf die Inspektion Ihres Fahrrads.", "Fahrradinspektion", ""),
    ("de", "Die Reinigung eurer Teppiche: 2 €.", "Teppichreinigung", ""),
    ("nl", "50 % korting op de reparatie van uw fiets.", "fietsreparatie", ""),
    ("en", "Bike svc 50% off.", "bike service", ""),
    ("en", "50% off cinn. rolls here.", "cinnamon roll", ""),
    ("en", "50% off every plate of cod and chips.", "cod and chips", ""),
    (
        "de",
        "50 % auf die Inspektion Ihrer Heizung.",
        "Fahrradinspektion",
        "Inspektion Ihrer Heizung",
    ),
    ("de", "50 % auf die Inspektion des Autos.", "Fahrradinspektion", "Inspektion des Autos"),
    ("nl", "50 % korting op de reparatie van uw tv.", "fietsinspectie", "reparatie van uw tv"),
    ("en", "Car svc 50% off.", "bike service", "Car svc"),
    ("en", "50% off choc. rolls here.", "cinnamon roll", "choc"),
    ("en", "50% off every plate of haddock.", "cod and chips", "every plate of haddock"),
]


@pytest.mark.parametrize(("locale", "text", "product", "thing"), PARTS)
def test_the_product_may_be_taken_apart_or_cut_short(
    locale: str, text: str, product: str, thing: str
):
    own = replace(facts(locale), products=(product,), names=(product,))
    found = [one.text for one in check(text, locale, own)]
    assert " ".join(found) == thing


def test_what_measures_out_the_product_is_not_all_of_it():
    own = replace(facts("en"), products=("cod and chips",), names=("cod and chips",))
    assert check("€2 with every plate of cod and chips.", "en", own) == []
    assert check("€2 with every plate of haddock.", "en", own) != []


OPEN = {
    "50% off something frothy: our flat white.": "",
    "50% off something frothy: our muffins.": "muffins",
    "50% OFF LEITH CALL 0131 496 0185": "0131 496 0185",
    "50% OFF MUFFINS CALL 0131 496 0185": "MUFFINS 0131 496 0185",
    "50% off coffee": "coffee",
    "Half off muffins.": "muffins",
    "You pay 50% on the pound.": "",
}


@pytest.mark.parametrize("text", OPEN)
def test_a_place_and_a_thing_left_open_are_none(text: str):
    own = replace(facts("en"), names=("flat white", "Leith", "Leith Coffee"))
    assert " ".join(one.text for one in check(text, "en", own)) == OPEN[text]


BEHIND = {
    ("en", "Bliss for €2: our flat white."): "",
    ("en", "The world for €2: every flat white is frothy."): "",
    ("de", "Gute Nacht für 2 €: ein Kinderbuch."): "",
    ("en", "Latte for €2: muffins."): "Latte",
    ("en", "Lattes for €2: flat white."): "Lattes",
    ("en", "Toast for €2: flat white mugs."): "Toast",
    ("en", "Toast for €2: flat white and toast."): "Toast",
    ("de", "Krimi für 2 €: Kinderbuch, Roman, Krimi."): "Krimi",
}


@pytest.mark.parametrize(("locale", "text"), BEHIND)
def test_a_headline_may_be_told_as_the_product_behind_a_colon(locale: str, text: str):
    assert " ".join(things(text, locale)) == BEHIND[locale, text]
